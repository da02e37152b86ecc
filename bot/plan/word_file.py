"""A Word file (.docx) -> its lines of text, as Word shows them; called by bot.plan.extracting.

What was deleted in a tracked change does not count, what was inserted does. Headers, footers, notes and comments are on
the page but not in the text: they come as asides.
"""

from collections.abc import Iterator

from bot.plan.text_lines import TextLine, row_lines, tidy
from bot.plan.word_numbering import Numbering
from bot.plan.word_package import Element, Package, attribute, child, name_of

_DELETED = {"del", "moveFrom", "delText", "delInstrText"}
_NOT_TEXT = {"pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr", "instrText", "rt", ":Fallback"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ASIDES = (("header", "页眉"), ("footer", "页脚"), ("footnotes", "脚注"), ("endnotes", "尾注"), ("comments", "批注"))
_PRIVATE = range(0xE000, 0xF900)


def read_word(data: bytes) -> list[TextLine]:
    """The lines of the text, then the asides. Raises NoticeError."""
    package = Package(data)
    numbering = Numbering(next(package.related("numbering"), None), next(package.related("styles"), None))
    body = child(package.read(package.main), "body")
    lines = _Reader(numbering).lines_of(body) if body is not None else []
    for kind, place in _ASIDES:
        for root in package.related(kind):
            reader = _Reader(Numbering(None, None))
            for block in root if kind not in {"header", "footer"} else [root]:
                lines += [TextLine(line.text, place, aside=True) for line in reader.lines_of(block)]
    return lines


class _Reader:
    """Reads blocks in their order and counts paragraphs and tables."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0
        """How many cells are open around: a number by itself is the text of a cell, but not of a paragraph."""
        self._carried = ""
        """The text of a paragraph whose end was deleted: it goes on in the next one."""

    def lines_of(self, container: Element) -> list[TextLine]:
        """The lines of paragraphs and tables, however they are wrapped."""
        lines: list[TextLine] = []
        for block in _blocks(container):
            name = name_of(block)
            if name == "p":
                self._paragraphs += 1
                lines += self._paragraph(block, f"第 {self._paragraphs} 段")
            elif name == "tbl":
                self._tables += 1
                lines += self._table(block, f"第 {self._tables} 个表格")
            else:
                lines.append(TextLine("（这里嵌入了另一个文件，没有读）", f"第 {self._paragraphs} 段之后", aside=True))
        return lines

    def _paragraph(self, paragraph: Element, place: str) -> list[TextLine]:
        text, boxes = _inline(paragraph)
        text = self._carried + text
        self._carried = ""
        if child(paragraph, "pPr", "rPr", "del") is not None:
            self._carried = text
            text = ""
        else:
            number = self._numbering.number_before(paragraph)  # Word counts empty paragraphs too
            text = number + text if text.strip() or self._cells else text
        lines = [TextLine(tidy(part), place) for part in text.split("\n")]
        for box in boxes:
            lines += [TextLine(line.text, f"{place}的文本框", line.aside) for line in self.lines_of(box)]
        return [line for line in lines if line.text]

    def _table(self, table: Element, place: str) -> list[TextLine]:
        lines: list[TextLine] = []
        above: list[list[str]] = []
        for number, row in enumerate(_inside(table, "tr"), start=1):
            if child(row, "trPr", "del") is not None:
                continue
            cells: list[list[str]] = []
            for cell in _inside(row, "tc"):
                properties = child(cell, "tcPr")
                merged = child(properties, "vMerge")
                self._cells += 1
                inside = [_cell_text(line) for line in self.lines_of(cell)]
                self._cells -= 1
                if merged is not None and attribute(merged, "val") != "restart" and not inside:
                    inside = above[len(cells)] if len(cells) < len(above) else []
                span = attribute(child(properties, "gridSpan"), "val") or "1"
                cells += [inside, *([[]] * (min(int(span), 60) - 1 if span.isdecimal() else 0))]
            above = cells
            lines += [TextLine(text, f"{place}第 {number} 行") for text in row_lines(cells)]
        return lines


def _blocks(container: Element) -> Iterator[Element]:
    """Paragraphs, tables and embedded files below the container, however deep, none inside another one."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        name = name_of(element)
        if name in {"p", "tbl", "altChunk"}:
            yield element
        elif name not in _DELETED and name not in _NOT_TEXT:
            waiting += reversed(element)


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row: also those in content controls, not those of a table inside."""
    waiting = list(reversed(element))
    while waiting:
        below = waiting.pop()
        if name_of(below) == name:
            yield below
        elif name_of(below) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            waiting += reversed(below)


def _inline(paragraph: Element) -> tuple[str, list[Element]]:
    """The paragraph's text, and the text boxes that hang on it."""
    pieces: list[str] = []
    boxes: list[Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = name_of(element)
        if name in _DELETED or name in _NOT_TEXT:
            continue
        if name == "txbxContent":
            boxes.append(element)
            continue
        if name in {"t", ":t"}:
            pieces.append((element.text or "").replace("\n", " "))
        elif name == "sym":
            pieces.append(_symbol(attribute(element, "char")))
        elif name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        waiting += reversed(element)
    return "".join(pieces), boxes


def _cell_text(line: TextLine) -> str:
    """Tabs in a cell's line are blanks, unless it is the row of a table inside it."""
    return line.text if "个表格" in line.place else line.text.replace("\t", " ")


def _symbol(code: str | None) -> str:
    """A character of a symbol font; those fonts' own codes mean nothing outside of them."""
    try:
        value = int(code or "", 16)
        return "●" if value in _PRIVATE else chr(value)
    except (ValueError, OverflowError):
        return ""
