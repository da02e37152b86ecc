"""The lines that a notice's file holds: what the readers of the formats make, and what they have in common."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.plan.yaml_tree import FORBIDDEN

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
"""What some printers write into a PDF for words: ⼀ for 一."""
_LAYOUT_CELL = 15
_LAYOUT_CELL_OF_TWO = 4
"""Lines; a row with a longer cell arranges a page (navigation beside the text): its cells are read one by one."""


class TextLine(NamedTuple):
    """A line of text: where it stands, in Chinese; `aside` for what is on the page but not in the text (页脚, 脚注)."""

    text: str
    place: str
    aside: bool = False


def tidy(text: str) -> str:
    """The text as it is seen: without what is invisible, with plain blanks, without blanks around it."""
    seen = FORBIDDEN.sub("", _INVISIBLE.sub("", text))
    return seen.translate(_RADICALS).replace("\u00a0", " ").strip()


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """A table's row as one line with tabs between its cells; as lines where it has one cell only or arranges a page."""
    filled = [cell for cell in cells if cell]
    nested = any("\t" in line for cell in filled for line in cell)
    few = len(filled) == 2 and not filled[0][0].isdecimal()
    longest = max(map(len, filled), default=0)
    if len(filled) < 2 or nested or longest > _LAYOUT_CELL or (few and longest >= _LAYOUT_CELL_OF_TWO):
        return [line for cell in filled for line in cell]
    return ["\t".join(" ".join(cell) for cell in cells).rstrip("\t")]


def joined(parts: Iterable[str]) -> str:
    """Lines that the page's width has cut, put together: a blank only where two Latin words or numbers would meet."""
    whole = ""
    for part in parts:
        gap = " " if whole[-1:].isascii() and whole[-1:].isalnum() and part[:1].isascii() and part[:1].isalnum() else ""
        whole += gap + part
    return whole
