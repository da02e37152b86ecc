"""Makes notices as Word files, PDFs and web pages, for the tests of the import."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(text: str) -> str:
    """A stretch of text in one look."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", *, inner: str = "", properties: str = "") -> str:
    """A paragraph of Word: its text, or its XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner or run(text)}</w:p>"


def numbered(text: str, level: int, list_id: int = 1) -> str:
    """A paragraph that Word numbers by itself."""
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def numbering(*levels: tuple[str, str]) -> str:
    """numbering.xml with list 1, whose levels are written so: (format, text with %1)."""
    written = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="7">{written}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def table(*rows: Sequence[str]) -> str:
    """A table of Word; a cell that is `^` is merged with the one above."""
    written = ""
    for row in rows:
        cells = ""
        for cell in row:
            merged = "<w:vMerge/>" if cell == "^" else '<w:vMerge w:val="restart"/>'
            cells += f"<w:tc><w:tcPr>{merged}</w:tcPr>{paragraph('' if cell == '^' else cell)}</w:tc>"
        written += f"<w:tr>{cells}</w:tr>"
    return f"<w:tbl>{written}</w:tbl>"


def word_file(*blocks: str, **parts: str) -> bytes:
    """A .docx of these blocks; further parts by their kind (numbering, header, footnotes)."""
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for index, kind in enumerate(parts)
    )
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r0" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{WORD}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
            **{f"word/{kind}.xml": part for kind, part in parts.items()},
        }
    )


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def as_word(text: str) -> bytes:
    """The text's lines as paragraphs of a .docx."""
    return word_file(*(paragraph(line) for line in text.splitlines()))


def as_web_page(text: str, charset: str = "utf-8") -> bytes:
    """The text's lines as paragraphs of a page, between navigation and foot, in the way of government sites."""
    paragraphs = "\n".join(f'<p style="text-indent:2em">&nbsp;&nbsp;{escape(line)}</p>' for line in text.splitlines())
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>某某区人民政府</title>
<style>p {{ color: red }}</style><script>var a = "<p>1.脚本不是文字。</p>";</script></head>
<body><div><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="content">{paragraphs}</div><div>版权所有：某某区人民政府</div></body></html>"""
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def as_pdf(text: str, *, title_size: int = 22, pages_numbered: bool = True) -> bytes:
    """The text's lines as paragraphs of a PDF: two characters in, broken by the page's width, with page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=28, firstLineIndent=32, wordWrap="CJK")
    title = ParagraphStyle("title", body, fontSize=title_size, leading=36, firstLineIndent=0, alignment=TA_CENTER)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    titles = (index for index, line in enumerate(lines) if "工作要点" in line or "重点工作" in line)
    first = next(titles, 0)
    flow = [Paragraph(escape(line), title if index == first else body) for index, line in enumerate(lines)]

    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        if pages_numbered:
            canvas.setFont("STSong-Light", 14)
            canvas.drawCentredString(A4[0] / 2, 40, f"— {document.page} —")

    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=80, rightMargin=74).build(flow, number, number)
    return file.getvalue()
