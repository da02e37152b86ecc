"""Files that are damaged, too large, of another kind or made to do harm: each is refused with what to do instead."""

import contextlib
import io
import random
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from bot.errors import NoticeError
from bot.plan.documents import Limits, read_document, shown_name
from bot.plan.notice import read_notice
from tests.plan.document_files import OFFICE, PACKAGE, WORD, as_pdf, as_web_page, as_word, packed, paragraph, word_file
from tests.plan.notices import RESTARTING

MIB = 1024 * 1024


def word_with(document: str, **parts: str | bytes) -> bytes:
    """A .docx whose main part is this XML."""
    return packed({"word/document.xml": document, **parts})


def pdf_with(content: bytes) -> bytes:
    """A PDF of one page that draws `content`, which is packed as PDFs do."""
    stream = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%bendobj\n" % (number, each) for number, each in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def encrypted_pdf() -> bytes:
    """A PDF that opens with a password only."""
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("geheim"))
    canvas.drawString(100, 100, "text")
    canvas.save()
    return file.getvalue()


def image_only_pdf() -> bytes:
    """A PDF with a drawing and no text."""
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    return file.getvalue()


def encrypted_entry() -> bytes:
    """A .docx whose entries say that they are encrypted."""
    data = bytearray(as_word(RESTARTING))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "教育教育教育">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + f']><w:document xmlns:w="{WORD}"><w:body>{paragraph(inner="<w:r><w:t>&amp;</w:t></w:r>")}</w:body></w:document>'
).replace("&amp;", "&j;")
EXTERNAL = f"""<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"""
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "WordDocument".encode("utf-16-le")
LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"PK\x03\x04" + b"x" * (30 * MIB), "文件超过 20 MiB", id="30 MB"),
        pytest.param(b"%PDF-1.7" + b"x" * (30 * MIB), "文件超过 20 MiB", id="30 MB PDF"),
        pytest.param("教".encode() * MIB, "文字超过 2 MiB", id="3 MB of text"),
        pytest.param(as_word(RESTARTING)[:700], "Word 文件不完整或已损坏", id="truncated docx"),
        pytest.param(b"PK\x03\x04rest", "Word 文件不完整或已损坏", id="only the beginning of a docx"),
        pytest.param(word_with("<w:document"), "Word 文件不完整或已损坏", id="truncated XML"),
        pytest.param(as_pdf(RESTARTING)[:300], "PDF 不完整或已损坏", id="truncated PDF"),
        pytest.param(b"%PDF-1.7", "PDF 不完整或已损坏", id="only the beginning of a PDF"),
        pytest.param(word_with(LAUGHS), "XML 声明（DOCTYPE）", id="billion laughs"),
        pytest.param(word_with(EXTERNAL), "XML 声明（DOCTYPE）", id="external entity"),
        pytest.param(word_with("<w/>", **{f"x{i}": "" for i in range(5001)}), "压缩文件里有 5002 个文件", id="entries"),
        pytest.param(packed({"xl/workbook.xml": "<workbook/>"}), "这是 Excel 表格", id="xlsx"),
        pytest.param(packed({"ppt/presentation.xml": "<p/>"}), "这是 PowerPoint", id="pptx"),
        pytest.param(packed({"OFD.xml": "<ofd/>"}), "这是 OFD 版式文件.*另存为 PDF", id="ofd"),
        pytest.param(packed({"notice.txt": "2024年"}), "这是压缩文件.*解压", id="zip"),
        pytest.param(packed({}), "这是压缩文件", id="empty zip"),
        pytest.param(encrypted_entry(), "Word 文件加了密码，请去掉密码", id="encrypted entry"),
        pytest.param(LOCKED_WORD, "Word 文件加了密码，请去掉密码", id="docx with a password"),
        pytest.param(OLD_WORD, r"旧版 Word 文件（.doc）.*另存为 .docx", id="doc"),
        pytest.param(encrypted_pdf(), "PDF 加了密码，请去掉密码", id="PDF with a password"),
        pytest.param(image_only_pdf(), "只有图片（扫描件）.*文字识别", id="image-only PDF"),
        pytest.param(b"{\\rtf1}", "这是 RTF 文件", id="rtf"),
        pytest.param(b"\x89PNG\r\n", "这是图片", id="png"),
        pytest.param(b"", "读不出中文|找不到标题", id="empty"),
        pytest.param(word_file(), "文件里没有文字", id="docx without text"),
        pytest.param(b"<!DOCTYPE html><html>", "文件里没有文字", id="empty page"),
        pytest.param("<html><h1>登录</h1><p>用户名：</p><p>密码：</p></html>".encode(), "找不到标题", id="login page"),
        pytest.param(b"<html>" + b"<div>" * 100_000, "网页嵌套得太深", id="100,000 div"),
        pytest.param(b"MIME-Version: 1.0\n\nX-text/html", "找不到标题|没有网页|读不出中文", id="mht without a page"),
    ],
)
def test_a_file_that_is_no_notice_is_refused(data: bytes, told: str) -> None:
    """The refusal says what was sent and what to send instead, within seconds."""
    begun = time.perf_counter()
    with pytest.raises(NoticeError, match=told):
        read_notice(data)
    assert time.perf_counter() - begun < 10


def test_a_zip_bomb_is_not_unpacked() -> None:
    """A .docx of 100 KB that unpacks to 100 MB is refused, whatever its directory says of its sizes."""
    bomb = f'<w:document xmlns:w="{WORD}"><w:body>' + " " * (100 * MIB)
    with pytest.raises(NoticeError, match="解压后超过 60 MiB"):
        read_document(word_with(bomb))


def test_a_file_that_takes_too_long_is_given_up() -> None:
    """A PDF that draws millions of characters is given up when its time is over, and so is its process."""
    begun = time.perf_counter()
    with pytest.raises(NoticeError, match=r"1 秒里没有读完.*纯文本"):
        read_document(
            pdf_with(b"BT /F 9 Tf " + b"1 0 0 1 9 9 Tm (abcdefgh) Tj " * 2_000_000 + b"ET"), Limits(seconds=1)
        )
    assert time.perf_counter() - begun < 5


@pytest.mark.rare
def test_a_file_that_takes_too_much_memory_is_given_up() -> None:
    """Where the memory that one file may take is used up, the file is refused and the bot goes on."""
    many = word_file(*[paragraph("教育")] * 300_000)
    with pytest.raises(NoticeError, match="可能已损坏，或太大太复杂"):
        read_document(many, Limits(memory=90 * MIB))


def test_nothing_outside_a_word_file_is_read(tmp_path: Path) -> None:
    """Relations that lead out of the archive, to a file or to the network, are passed over."""
    secret = tmp_path / "secret.xml"
    secret.write_text(f'<w:hdr xmlns:w="{WORD}">{paragraph("秘密")}</w:hdr>', encoding="utf-8")
    relations = f"""<Relationships xmlns="{PACKAGE}">
      <Relationship Id="a" Type="{OFFICE}/header" Target="{secret}" TargetMode="External"/>
      <Relationship Id="b" Type="{OFFICE}/header" Target="../../../../../..{secret}"/>
      <Relationship Id="c" Type="{OFFICE}/header" Target="http://127.0.0.1:9/x.xml" TargetMode="External"/>
      </Relationships>"""
    main = f'<w:document xmlns:w="{WORD}"><w:body>{paragraph("正文")}</w:body></w:document>'
    document = read_document(word_with(main, **{"word/_rels/document.xml.rels": relations}))
    assert [line.text for line in document.lines + document.asides] == ["正文"]


@pytest.mark.rare
@pytest.mark.parametrize("made", [as_word, as_pdf, as_web_page])
def test_a_damaged_file_never_breaks_the_bot(made: Callable[[str], bytes]) -> None:
    """Whatever bytes of a file are wrong, it is read or refused."""
    data = made(RESTARTING)
    chance = random.Random(1)  # noqa: S311 -- the same damages in every run
    for _ in range(12):
        damaged = bytearray(data)
        for _ in range(chance.choice([1, 10, 200])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with contextlib.suppress(NoticeError):  # any other error fails the test
            read_notice(bytes(damaged[: chance.choice([len(data), len(data) // 2])]), Limits(seconds=10))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\通知.docx", "通知.docx"),
        ("通知\u202excod.exe\n.docx", "通知xcod.exe.docx"),
        ("..", "未命名文件"),
        ("长" * 300, "长" * 60),
    ],
)
def test_a_file_s_name_is_only_shown(name: str, shown: str) -> None:
    """A name is shown without folders and without what can't be seen; the format is told by the content."""
    assert shown_name(name) == shown
