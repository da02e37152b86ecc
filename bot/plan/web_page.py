"""A web page as a browser saves it (.html, .mht) -> its lines of text; called by bot.plan.extracting.

Blocks become lines, rows of a table lines with tabs. What the page hides comes as an aside. Nothing is fetched.
"""

import email
import email.policy
import re
from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.errors import NoticeError
from bot.plan.text_lines import TextLine, row_lines, tidy

_NOT_TEXT = {
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "head", "select", "textarea"),
    *("audio", "video", "rt", "rp"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"),
    *("html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
    *("th", "thead", "tr", "ul"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHARSET_PLACE = 4096
"""Bytes; browsers look at the first 1024."""
_MAX_SPAN = 60
_TAG = re.compile(
    r"<(/?)(div|span|section|article|table|ul|ol|font|b|i|u|em|strong|center|blockquote|form)\b", re.IGNORECASE
)
_MAX_DEPTH = 3_000
"""Elements; parsers take time with the square of it. Government pages have some thirty."""
_WORDS = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_NUMBERED = re.compile(r"[(（]?[\d一二三四五六七八九十]+[、.．)）是]|第[\d一二三四五六七八九十]+[章条部篇]")

_Cell = tuple[list[str], int, int]
"""Its lines, and how many rows and columns it takes up."""
_Reaching = Mapping[int, tuple[int, list[str]]]
"""Column -> in how many rows more it is taken by a cell from above, and that cell."""


def read_web_page(data: bytes) -> list[TextLine]:
    """The lines of the page, then its hidden ones and its title. Raises NoticeError."""
    source = _decoded(data)
    _refuse_depth(source)
    tree = LexborHTMLParser(source)
    page = _Page()
    if tree.root is not None:
        _walk(tree.root, page)
    lines = [TextLine(text, f"网页文字第 {number} 行") for number, text in enumerate(page.finished(), start=1)]
    asides = [TextLine(text, "网页里隐藏的文字", aside=True) for text in page.hidden]
    title = tree.css_first("title")
    if title is not None and tidy(title.text()):
        asides.append(TextLine(" ".join(tidy(title.text()).split()), "网页标题", aside=True))
    return [*lines, *asides]


def read_web_archive(data: bytes) -> list[TextLine]:
    """The lines of the page in an .mht file. Raises NoticeError."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes):
            charset = part.get_content_charset()
            return read_web_page((f"<meta charset={charset}>" if charset else "").encode("ascii", "ignore") + content)
    raise NoticeError("这个 .mht 文件里没有网页，请在浏览器里把通知另存为网页（.html）再发")


def _decoded(data: bytes) -> str:
    """By its mark, else as it says itself, else as UTF-8 or GB18030, whichever fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = _CHARSET.search(data[:_CHARSET_PLACE])
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    named = "gb18030" if named.startswith("gb") else named
    for encoding in (named, "utf-8", "gb18030"):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030" if named == "gb18030" else "utf-8", "replace")


def _refuse_depth(source: str) -> None:
    depth = 0
    for tag in _TAG.finditer(source):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > _MAX_DEPTH:
            raise NoticeError("网页嵌套得太深，不像通知的网页，请复制其中的文字，存为纯文本（.txt）再发")


def _walk(root: LexborNode, page: "_Page") -> None:
    """Every node in its order, without recursion: a page may be nested a hundred thousand deep."""
    waiting = [(root, False)]
    while waiting:
        node, left = waiting.pop()
        tag = node.tag or ""
        if left:
            page.leave(tag)
        elif tag == "-text":
            page.add(node.text_content or "")
        elif tag in _NOT_TEXT or tag.startswith(("-", "!")):
            continue
        elif "hidden" in node.attributes or _HIDDEN.search(node.attributes.get("style") or ""):
            page.hide(node.text())
        else:
            page.enter(tag, node.attributes)
            waiting.append((node, True))
            below = []
            inner = node.child
            while inner is not None:
                below.append((inner, False))
                inner = inner.next
            waiting += reversed(below)


class _Page:
    """Gathers text into lines, and lines into the cell or the page that they stand in."""

    def __init__(self) -> None:
        self.hidden: list[str] = []
        self._pieces: list[str] = []
        self._kept_breaks = 0
        self._number = ""
        """The number that a browser shows before the list's item, until its text comes."""
        self._counters: list[int | None] = []
        """Of the lists around: the last number, None where items have none."""
        self._places: list[list[str]] = [[]]
        """The page's lines, and the lines of each cell that is open, innermost last."""
        self._rows: list[list[_Cell]] = []
        self._reaching: list[_Reaching] = []
        self._spans: list[tuple[int, int]] = []

    def finished(self) -> list[str]:
        """The lines of the page."""
        self._end_line()
        return self._places[0]

    def add(self, text: str) -> None:
        """Text as it stands in the source: line breaks are blanks except in <pre>, and nothing between two words."""
        if not self._kept_breaks:
            text = re.sub(rf"(?<=[{_WORDS}])[ \t]*[\r\n]\s*(?=[{_WORDS}])", "", text)
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
        self._pieces.append(text)

    def hide(self, text: str) -> None:
        """Text that the page does not show."""
        shown = " ".join(tidy(text).split())
        if shown:
            self.hidden.append(shown)

    def enter(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """An element begins."""
        if tag not in _BLOCKS:
            return
        self._end_line()
        if tag == "pre":
            self._kept_breaks += 1
        elif tag in {"ol", "ul"}:
            self._counters.append(_span(attributes.get("start"), 1, 999) - 1 if tag == "ol" else None)
        elif tag == "li" and self._counters and self._counters[-1] is not None:
            self._counters[-1] += 1
            self._number = f"{self._counters[-1]}."
        elif tag == "table":
            self._reaching.append({})
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"}:
            self._places.append([])
            spans = (attributes.get("rowspan"), attributes.get("colspan"))
            self._spans.append((_span(spans[0], 1, _MAX_SPAN), _span(spans[1], 1, _MAX_SPAN)))

    def leave(self, tag: str) -> None:
        """An element ends. The parser has made every tr stand in a table and every td in a tr."""
        if tag not in _BLOCKS:
            return
        self._end_line()
        if tag == "pre":
            self._kept_breaks -= 1
        elif tag in {"ol", "ul"}:
            self._counters.pop()
        elif tag == "table":
            self._reaching.pop()
        elif tag == "tr":
            row, self._reaching[-1] = _in_columns(self._rows.pop(), self._reaching[-1])
            self._places[-1] += row_lines(row)
        elif tag in {"td", "th"}:
            self._rows[-1].append((self._places.pop(), *self._spans.pop()))

    def _end_line(self) -> None:
        lines = "".join(self._pieces).splitlines() if self._kept_breaks else ["".join(self._pieces)]
        self._pieces.clear()
        for line in filter(None, map(tidy, lines)):
            number = "" if _NUMBERED.match(line) else self._number
            self._places[-1].append(number + line.replace("\t", " "))
            self._number = ""


def _span(text: str | None, otherwise: int, most: int) -> int:
    return min(int(text), most) if text and re.fullmatch(r"[0-9]{1,6}", text) and int(text) else otherwise


def _in_columns(cells: Iterable[_Cell], reaching: _Reaching) -> tuple[list[list[str]], _Reaching]:
    """The row with the cells from above repeated in it, and what of it reaches into the next row."""
    row: list[list[str]] = []
    below: dict[int, tuple[int, list[str]]] = {}
    own = iter(cells)
    while True:
        if len(row) in reaching:
            rows, cell = reaching[len(row)]
            taken = [(cell, rows)]
        else:
            following = next(own, None)
            if following is None:
                return row, below
            cell, rows, columns = following
            taken = [(cell, rows), *([([], rows)] * (columns - 1))]
        for inside, down in taken:
            if down > 1:
                below[len(row)] = (down - 1, inside)
            row.append(inside)
