"""Notices as Word files, PDFs and web pages: what is text in them, and what is not."""

import base64
from collections.abc import Callable

import pytest

from bot.plan.documents import read_document
from bot.plan.notice import read_notice
from tests.plan.document_files import (
    WORD,
    as_pdf,
    as_web_page,
    as_word,
    numbered,
    numbering,
    paragraph,
    run,
    table,
    word_file,
)
from tests.plan.formats import in_formats
from tests.plan.notices import LAYOUTS, RESTARTING

LONG = (
    "2024年某某区教育工作要点\n"
    + "一、扩大供给\n"
    + "".join(
        f"{number}.推进第{number}项工程。"
        + "统筹推进学校建设,优化资源布局,提升办学品质," * number
        + "新增学位3500个。(基建科)\n"
        for number in range(1, 13)
    )
)


def lines_of(data: bytes) -> list[str]:
    """The lines of the text."""
    return [line.text for line in read_document(data).lines]


def asides_of(data: bytes) -> list[str]:
    """The lines beside the text."""
    return [line.text for line in read_document(data).asides]


@pytest.mark.parametrize(("name", "made"), in_formats(LAYOUTS, [as_word, as_web_page, as_pdf]))
def test_the_format_makes_no_difference(name: str, made: Callable[[str], bytes]) -> None:
    """A notice as .docx, .html or .pdf gives the plan that its plain text gives."""
    assert read_notice(made(LAYOUTS[name])).plan == read_notice(LAYOUTS[name].encode()).plan


def test_runs_are_joined_and_breaks_kept() -> None:
    """Word cuts words into runs anywhere; a manual line break begins a new line."""
    inner = (
        run("加快学") + run("校建设") + "<w:r><w:br/></w:r>" + run("责任科室") + "<w:r><w:tab/></w:r>" + run("基建科")
    )
    assert lines_of(word_file(paragraph(inner=inner))) == ["加快学校建设", "责任科室\t基建科"]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("chineseCounting", "%1、"), ("decimal", "%2.")], ["一、甲", "1.乙", "2.丙", "二、丁", "1.戊"]),
        ([("japaneseCounting", "（%1）"), ("decimal", "%2、")], ["（一）甲", "1、乙", "2、丙", "（二）丁", "1、戊"]),
        (
            [("ideographDigital", "第%1章"), ("chineseCountingThousand", "第%2条")],
            ["第一章甲", "第一条乙", "第二条丙", "第二章丁", "第一条戊"],
        ),
        ([("decimal", "%1"), ("decimal", "%1.%2")], ["1.甲", "1.1乙", "1.2丙", "2.丁", "2.1戊"]),
        ([("none", ""), ("bullet", "\uf06c")], ["甲", "乙", "丙", "丁", "戊"]),
        ([("upperRoman", "%1."), ("decimalEnclosedCircle", "%2")], ["I.甲", "①乙", "②丙", "II.丁", "①戊"]),
    ],
)
def test_automatic_numbers_are_written_out(levels: list[tuple[str, str]], expected: list[str]) -> None:
    """The numbers that Word counts by itself stand before the text, as Word shows them."""
    depths = zip("甲乙丙丁戊", [0, 1, 1, 0, 1], strict=True)
    data = word_file(*(numbered(text, depth) for text, depth in depths), numbering=numbering(*levels))
    assert lines_of(data) == expected


def test_a_style_may_number_its_paragraphs() -> None:
    """A paragraph takes its list from its style, and the style from the one it is based on."""
    styles = f"""<w:styles xmlns:w="{WORD}">
      <w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="item"><w:basedOn w:val="base"/></w:style></w:styles>"""
    styled = '<w:pStyle w:val="item"/>'
    unnumbered = f'{styled}<w:numPr><w:numId w:val="0"/></w:numPr>'
    data = word_file(
        paragraph("甲", properties=styled),
        paragraph("乙", properties=unnumbered),
        paragraph("丙", properties=styled),
        numbering=numbering(("decimal", "%1.")),
        styles=styles,
    )
    assert lines_of(data) == ["1.甲", "乙", "2.丙"]


def test_tracked_changes_count_as_accepted() -> None:
    """Deleted text is not in the notice, inserted text is; a deleted paragraph end joins two paragraphs."""
    inner = (
        run("新增学位")
        + '<w:del w:id="1"><w:r><w:delText>3000</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("5000")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run("旧处")}</w:moveFrom><w:moveTo w:id="4">{run("个")}</w:moveTo>'
    )
    ended = '<w:rPr><w:del w:id="5"/></w:rPr>'
    data = word_file(paragraph(inner=inner), paragraph("上半句，", properties=ended), paragraph("下半句。"))
    assert lines_of(data) == ["新增学位5000个", "上半句，下半句。"]


def test_a_text_box_comes_once() -> None:
    """A text box is in the file in two forms, for new and old readers; its text is read once."""
    box = f"<w:txbxContent>{paragraph('框里的字')}</w:txbxContent>"
    inner = (
        run("段落")
        + f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        + f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines_of(word_file(paragraph(inner=inner))) == ["段落", "框里的字"]


def test_headers_and_notes_are_beside_the_text() -> None:
    """Headers, footers, notes and comments are told as unplaced, with where they stand."""
    data = word_file(
        *(paragraph(line) for line in RESTARTING.splitlines()),
        header=f'<w:hdr xmlns:w="{WORD}">{paragraph("内部资料")}</w:hdr>',
        footnotes=f'<w:footnotes xmlns:w="{WORD}"><w:footnote>{paragraph("脚注一。")}</w:footnote></w:footnotes>',
    )
    draft = read_notice(data)
    assert draft.plan == read_notice(RESTARTING.encode()).plan
    assert [(draft.place_of(line), text) for line, text in draft.unplaced][-2:] == [
        ("页眉", "内部资料"),
        ("脚注", "脚注一。"),
    ]


def test_a_table_comes_by_rows() -> None:
    """A row's cells stand in one line; a merged cell counts for each of its rows; one cell alone is a line."""
    data = word_file(
        table(["附件：任务表"], ["类别", "任务", "科室"], ["党建", "讲党课", "党建办"], ["^", "办培训", "人事科"])
    )
    assert lines_of(data) == ["附件：任务表", "类别\t任务\t科室", "党建\t讲党课\t党建办", "党建\t办培训\t人事科"]


def test_a_long_pdf_is_read_over_its_pages() -> None:
    """Paragraphs go on over lines and pages, without blanks; page numbers are told as unplaced with their place."""
    draft = read_notice(as_pdf(LONG))
    assert draft.plan == read_notice(LONG.encode()).plan
    assert [text.replace(" ", "") for _, text in draft.unplaced] == [
        f"—{page}—" for page in range(1, len(draft.unplaced) + 1)
    ]
    assert len(draft.unplaced) > 2
    assert draft.place_of(draft.unplaced[1][0]).startswith("第 2 页")


@pytest.mark.parametrize(
    "charset", ["gb2312", *(pytest.param(each, marks=pytest.mark.rare) for each in ("utf-8", "gbk"))]
)
def test_a_page_says_its_encoding(charset: str) -> None:
    """A page is read in the encoding that it declares; scripts and styles are no text."""
    data = as_web_page(RESTARTING, charset)
    assert read_notice(data).plan == read_notice(RESTARTING.encode()).plan
    assert lines_of(data)[:2] == ["首页", "政务公开"]
    assert asides_of(data) == ["某某区人民政府"]


def test_a_page_s_tables_lists_and_hidden_parts() -> None:
    """Cells of a row stand in one line, a layout table is read cell by cell, numbers of a list are written out."""
    page = """<html><body><table><tr><td><table>
      <tr><th>任务</th><th>科室</th></tr><tr><td rowspan=2>建
      校</td><td>基建科</td></tr><tr><td>财务科</td></tr></table></td><td>右栏</td></tr></table>
      <ol><li>第一件<li>2.第二件</ol><p style="display: none">看不见</p>
      <p>正<b>文</b>&nbsp;有<br>两行<p>第三行</body>"""
    data = page.encode()
    assert lines_of(data) == [
        "任务\t科室",
        "建校\t基建科",
        "建校\t财务科",
        "右栏",
        "1.第一件",
        "2.第二件",
        "正文 有",
        "两行",
        "第三行",
    ]
    assert asides_of(data) == ["看不见"]


def test_a_web_archive_is_read() -> None:
    """A page saved as one .mht file is read as the page in it."""
    page = base64.encodebytes(as_web_page(RESTARTING)).decode()
    data = (
        "From: <Saved by Blink>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="edge"\r\n\r\n'
        f"--edge\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n{page}\r\n--edge--\r\n"
    )
    assert read_notice(data.encode()).plan == read_notice(RESTARTING.encode()).plan


GOVERNMENT_PAGE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于印发2024年工作要点的通知_区教育局_某区人民政府</title>
</head><body>
<div class="top"><a>无障碍</a> | <a>繁体</a></div>
<ul class="nav"><li>首页</li>
<li>政务公开</li>
<li>2023年教育工作要点</li></ul>
<div>您现在的位置：首页 > 政府信息公开 > 区教育局 > 计划总结</div>
<table border=1><tr><td>索引号：</td>
<td>JH-2024-0123</td>
<td>发文机构：</td>
<td>金河区教育局</td></tr>
<tr><td>发文日期：</td>
<td>2024-03-05</td>
<td>文号：</td>
<td>金教字〔2024〕5号</td></tr>
<tr><td>名称：</td>
<td colspan=3>金河区教育局关于印发2024年教育工作要点的通知</td></tr></table>
<h1>金河区教育局关于印发2024年教育工作要点的通知</h1><div>发布时间：2024-03-06 09:00
浏览次数：<span>123</span> 字体：[大 中 小]</div>
<div class="TRS_Editor"><p style="text-align:center">金教字〔2024〕5号</p>
<p>局属各学校、各民办学校，机关各科室：</p>
<p>　　现将《金河区2024年教育工作要点》印发给你们，请认真贯彻执行。</p>
<p style="text-align:right">金河区教育局　　</p>
<p style="text-align:right">2024年3月5日　　</p>
<p align=center><strong>金河区2024年教育工作要点</strong></p>
<p>　　2024年，全区教育系统要全面贯彻党的教育方针。</p>
<p>　　<strong>一、以党建引领为核心，凝聚教育发展合力</strong></p>
<p>　　<strong>（一）强化思想引领。</strong>
开展主题教育，举办培训班4期。
<strong>（责任科室：党办）</strong></p>
<p>　　<strong>（二）夯实基层基础。</strong>完成<span>20</span>个党支部换届。
<strong>（责任科室：党办、人事科）</strong></p>
<p>　　<strong>二、以质量提升为重点，办好人民满意教育</strong></p>
<p>　　<strong>（三）推进学前教育普及普惠。</strong>新增普惠性学位600个。
<strong>（责任科室：学前科、计财科）</strong></p>
<p>　　<strong>（四）深化义务教育优质均衡。</strong>1．推进集团化办学。2．落实“双减”。
<strong>（责任科室：小教科、中教科，教师发展中心）</strong></p>
</div>
<div>附件：<a>金河区2024年教育工作要点.docx</a></div>
<div>【打印本页】【关闭窗口】</div>
<div>上一篇：2023年工作总结</div>
<div>下一篇：2025年工作要点</div>
<div>主办：某区人民政府 ICP备123号</div>
</body></html>"""


def test_a_government_page_as_it_is_saved() -> None:
    """Metadata in a table, navigation and buttons around it, bold headings: the plan comes out of it whole."""
    plan = read_notice(GOVERNMENT_PAGE.encode()).plan
    assert (plan.title, plan.index_number, plan.document_number) == (
        *("金河区2024年教育工作要点", "JH-2024-0123", "金教字〔2024〕5号"),
    )
    assert (plan.issuers, str(plan.issued)) == (("金河区教育局",), "2024-03-05")
    assert plan.addressees == "局属各学校、各民办学校，机关各科室"
    assert plan.preamble == "2024年，全区教育系统要全面贯彻党的教育方针。"
    assert [(point.number, point.title, point.departments) for _, point in plan.numbered_points()] == [
        (1, "强化思想引领", ("党办",)),
        (2, "夯实基层基础", ("党办", "人事科")),
        (3, "推进学前教育普及普惠", ("学前科", "计财科")),
        (4, "深化义务教育优质均衡", ("小教科", "中教科", "教师发展中心")),
    ]


def test_a_notice_that_word_numbers_by_itself() -> None:
    """Parts, points and the rows of a table have no number in the text: the plan has the numbers that Word shows."""
    blocks = [
        paragraph("2024年某某区教育工作要点"),
        numbered("加强党建", 0),
        numbered("抓好学习。全年12次。（党建办）", 1),
        numbered("", 1),
        numbered("抓好队伍。（党建办、人事科）", 1),
        numbered("提升质量", 0),
        numbered("深化教研。（教研室）", 1),
        paragraph("附件：任务表"),
        table(["序号", "任务", "牵头科室"], ["", "建校", "基建科"]).replace(
            "<w:p><w:pPr></w:pPr>" + run(""), numbered("", 0).removesuffix("</w:p>"), 1
        ),
    ]
    plan = read_notice(word_file(*blocks, numbering=numbering(("chineseCounting", "%1、"), ("decimal", "（%2）")))).plan
    assert [
        (section.number, section.title, [point.number for point in section.points]) for section in plan.sections
    ] == [
        (1, "加强党建", [1, 3]),
        (2, "提升质量", [1]),
        (3, "附件：任务表", [3]),
    ]
    assert plan.sections[2].points[0].leads == ("基建科",)
