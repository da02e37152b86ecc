"""Plain text copied out of a printed page, broken after so many characters -> its paragraphs; for bot.plan.documents.

Such a text has many lines of one length that end within a sentence. A text that is not wrapped is left as it is.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bot.plan.notice_marks import mark_of
from bot.plan.text_lines import joined

_WIDEST = 120
"""Columns (a Chinese character takes two): no printed page has more in a line."""
_SHARE = 0.25
_SLACK = 4
"""Columns: a line may end so much early, because punctuation and figures are not cut."""
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d+\s*页.*)\s*")
_END = re.compile(r"[。！？!?；;：:]\s*[”’）)】〕]*\s*$|[）)】〕]\s*$")


class Paragraph(NamedTuple):
    """A paragraph and the number of its first line, from 1; `aside` for a page's number between two pages."""

    number: int
    text: str
    aside: bool = False


def paragraphs_of(lines: Sequence[str]) -> list[Paragraph]:
    """The lines that are not blank, with what a page's width has cut put together."""
    edge = _edge(lines)
    if edge is None:
        return [Paragraph(number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip()]
    indented = sum(_width(line) >= edge - _SLACK and bool(_indent(line)) for line in lines) > 0
    found: list[Paragraph] = []
    asides: list[Paragraph] = []
    last = ""
    for number, line in enumerate(lines, start=1):
        if _PAGE_NUMBER.fullmatch(line):
            asides.append(Paragraph(number, line.strip(), aside=True))
        elif not line.strip():
            last = last if asides and asides[-1].number in {number - 1, number - 2} else ""
        else:
            goes_on = "\t" not in last + line and _is_full(last, edge) and _goes_on(last, line, indented=indented)
            if goes_on and found:
                found[-1] = Paragraph(found[-1].number, joined([found[-1].text, line.strip()]))
            else:
                found.append(Paragraph(number, line.strip()))
            last = line
    return sorted([*found, *asides])


def _edge(lines: Sequence[str]) -> int | None:
    """The columns of a full line; None where the text is not wrapped."""
    lines = [line for line in lines if "\t" not in line]  # a table's rows are not wrapped
    widths = sorted(_width(line) for line in lines if line.strip())
    if len(widths) < 6 or widths[-1] > _WIDEST:
        return None
    edge = widths[-max(1, len(widths) // 10)]
    full = [line for line in lines if _is_full(line, edge)]
    cut = [line for line in full if not _END.search(line)]
    return edge if edge >= 40 and len(full) >= max(3, len(widths) * _SHARE) and len(cut) * 2 >= len(full) else None


def _is_full(line: str, edge: int) -> bool:
    return _width(line) >= edge - _SLACK


def _goes_on(last: str, line: str, *, indented: bool) -> bool:
    if indented:
        return not _indent(line)
    return mark_of(line.strip()) is None and not re.search(r"[。！？]\s*$", last)


def _indent(line: str) -> int:
    return _width(line) - _width(line.lstrip())


def _width(line: str) -> int:
    """Columns in a fixed-width font, without the blanks at the end."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line.rstrip())
