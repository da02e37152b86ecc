"""A PDF with a text layer -> its paragraphs; called by bot.plan.extracting.

A page knows no paragraphs, only characters at places. They are put together to lines by their height, and lines to
paragraphs by what printed notices do (党政机关公文格式, GB/T 9704-2012): a paragraph begins two characters in, and only
its last line may end before the right edge.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from bot.errors import NoticeError
from bot.plan.notice_departments import begins_with_label
from bot.plan.notice_marks import mark_of
from bot.plan.text_lines import TextLine, joined, tidy

_PAGE_NUMBER = re.compile(
    r"[-—–－一\s·]*(?:第\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?(?:\s*页)?(?:\s*共\s*\d+\s*页)?[-—–－一\s·]*"
)
_ENCRYPTED = "PDF 加了密码，请去掉密码（如在阅读器里打开后“打印”成新的 PDF）再发"
_DAMAGED = "PDF 不完整或已损坏，请重新下载，或打开后“打印”成新的 PDF 再发"
_NO_TEXT = "这个 PDF 里只有图片（扫描件），没有可以读的文字。请发 Word（.docx）或网页版，或先做文字识别（OCR）再发"
MAX_PAGES = 300


class _Character(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float
    base: float
    """The height of the line it stands on, which characters of different fonts share."""
    after_blank: bool


class _Row(NamedTuple):
    """A line as printed; units are points, 1/72 inch, from the page's lower left corner."""

    text: str
    page: int
    number: int
    left: float
    right: float
    bottom: float
    size: float
    """How high its characters are."""
    width: float
    """Of the page."""


class _Column(NamedTuple):
    """The edges between which the text runs, its size and the distance of its lines."""

    left: float
    right: float
    size: float
    leading: float
    indents: bool
    """Whether paragraphs begin with a blank of two characters."""


def read_pdf(data: bytes) -> list[TextLine]:
    """The paragraphs of the text, then what stands above and below it on the pages. Raises NoticeError."""
    pages = _pages(data)
    if not any(pages):
        raise NoticeError(_NO_TEXT)
    asides = _around(pages)
    rows = [row for page in pages for row in page if row not in asides]
    paragraphs = [TextLine(joined(row.text for row in rows), _place(rows[0])) for rows in _paragraphs(rows)]
    return [*paragraphs, *(TextLine(row.text, _place(row), aside=True) for row in sorted(asides, key=_order))]


def _place(row: _Row) -> str:
    return f"第 {row.page} 页第 {row.number} 行"


def _order(row: _Row) -> tuple[int, int]:
    return row.page, row.number


def _pages(data: bytes) -> list[list[_Row]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NoticeError(_ENCRYPTED if "password" in str(error).lower() else _DAMAGED) from error
    try:
        if len(document) > MAX_PAGES:
            raise NoticeError(f"PDF 有 {len(document)} 页，不像通知，请只发通知的那几页（最多 {MAX_PAGES} 页）")
        return [
            _rows(_characters(document[index]), index + 1, document[index].get_width())
            for index in range(len(document))
        ]
    except pypdfium2.PdfiumError as error:
        raise NoticeError(_DAMAGED) from error
    finally:
        document.close()


def _characters(page: pypdfium2.PdfPage) -> list[_Character]:
    """What is printed and seen, in the order of the file, without blanks."""
    text_page = page.get_textpage()
    found: list[_Character] = []
    blank = False
    high = 0
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        text = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "�"
        if not tidy(text):
            blank = blank or text.isspace()
            continue
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
        found.append(_Character(text, left, bottom, right, top, _base(text_page, index, bottom), blank))
        blank = False
    return found


def _base(text_page: pypdfium2.PdfTextPage, index: int, otherwise: float) -> float:
    x, y = c_double(), c_double()
    return y.value if raw.FPDFText_GetCharOrigin(text_page, index, byref(x), byref(y)) else otherwise


def _rows(characters: Sequence[_Character], page: int, width: float) -> list[_Row]:
    """The printed lines from the top of the page to its foot."""
    lines: list[list[_Character]] = []
    for character in sorted(characters, key=lambda character: -character.base):
        size = character.top - character.bottom
        if lines and lines[-1][-1].base - character.base < size * 0.3:
            lines[-1].append(character)
        else:
            lines.append([character])
    rows: list[_Row] = []
    for line in lines:
        line.sort(key=lambda character: character.left)
        size = median(character.top - character.bottom for character in line)
        text = tidy("".join(_spaced(line, size)))
        if text:
            edges = (line[0].left, max(character.right for character in line))
            rows.append(_Row(text, page, len(rows) + 1, *edges, median(each.base for each in line), size, width))
    return rows


def _spaced(line: Sequence[_Character], size: float) -> Iterator[str]:
    """The characters with a blank where there is one in the file and to be seen, or where the distance is wide."""
    last: _Character | None = None
    for character in line:
        gap = character.left - last.right if last else 0.0
        if (character.after_blank and gap > size * 0.15) or gap > size:
            yield " "
        yield character.text
        last = character


def _around(pages: Sequence[Sequence[_Row]]) -> set[_Row]:
    """Page numbers, and what comes again at the top or the foot of most pages."""
    edges = [row for page in pages for row in {*page[:2], *page[-2:]}]
    shapes = Counter(re.sub(r"\d+", "0", row.text) for row in edges)
    often = max(3, len(pages) * 0.6)
    found = {row for row in edges if shapes[re.sub(r"\d+", "0", row.text)] >= often}
    for page in pages:
        for row in (page[:1], page[-1:]):
            found |= {each for each in row if _PAGE_NUMBER.fullmatch(each.text) and re.search(r"\d", each.text)}
    return found


def _paragraphs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    column = _column(rows)
    paragraph: list[_Row] = []
    for row in rows:
        if paragraph and not _goes_on(paragraph, row, column):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph


def _column(rows: Sequence[_Row]) -> _Column:
    if not rows:
        return _Column(0, 0, 1, 1, indents=False)
    size = median(row.size for row in rows)
    body = [row for row in rows if abs(row.size - size) < 0.15 * size]
    lefts = Counter(round(row.left / size * 2) for row in body)
    # The leftmost edge that is no exception: a line that goes on from the one before begins there.
    edge = min(place for place, times in lefts.items() if times >= max(1, len(body) * 0.1)) / 2 * size
    right = max(row.right for row in body)
    if sum(row.right > right - 0.6 * size for row in body) < max(3, len(body) * 0.1):
        # Hardly a line is full, so the right edge is not seen: the margins are taken to be alike.
        right = max(right, rows[0].width - edge)
    steps = [one.bottom - two.bottom for one, two in pairwise(rows) if one.page == two.page]
    leading = median([step for step in steps if step > 0] or [size])
    indented = sum(1.2 * size < row.left - edge < 3.2 * size for row in body)
    return _Column(edge, right, size, leading, indented >= max(2, len(body) * 0.08))


def _goes_on(paragraph: Sequence[_Row], row: _Row, column: _Column) -> bool:
    """Whether the row belongs to the paragraph that the rows above began."""
    last, size = paragraph[-1], column.size
    if _is_centred(last, column) and _is_centred(row, column):
        # A long title is broken into lines of one size, larger than the text's.
        same = abs(last.size - row.size) < 0.1 * size and last.page == row.page
        return same and row.size > 1.2 * size and last.bottom - row.bottom < 2.2 * row.size
    if abs(last.size - row.size) > 0.2 * size or last.right < column.right - 2 * size:
        return False
    if row.left - column.left > 1.2 * size:
        return False
    if last.page == row.page and last.bottom - row.bottom > 1.6 * column.leading:
        return False
    return column.indents or not (mark_of(row.text) or begins_with_label(row.text))


def _is_centred(row: _Row, column: _Column) -> bool:
    left, right = row.left - column.left, column.right - row.right
    return left > column.size and right > column.size and abs(left - right) < 3 * column.size
