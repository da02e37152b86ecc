"""The numbers that Word puts before paragraphs by itself (（一） 1. 第一条), for bot.plan.word_file.

They stand nowhere in the text: a paragraph names a list and a level, numbering.xml says how the level is written, and
the number is counted. Sources: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.plan.word_package import Element, attribute, child, name_of

_LEVELS = 9
_DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """1 -> 一, 10 -> 十, 12 -> 十二, 20 -> 二十, 105 -> 一百〇五."""
    if number < 10:
        return _DIGITS[number]
    if number < 20:
        return "十" + (_DIGITS[number % 10] if number % 10 else "")
    if number < 100:
        return _DIGITS[number // 10] + "十" + (_DIGITS[number % 10] if number % 10 else "")
    if number < 1000:
        rest = number % 100
        zero = "〇" if 0 < rest < 10 else "一" if 10 <= rest < 20 else ""
        return _DIGITS[number // 100] + "百" + zero + (chinese(rest) if rest else "")
    return str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    written = ""
    for value, letters in (
        *((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        written += letters * (number // value)
        number %= value
    return written


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "chineseLegalSimplified",
    "ideographLegalTraditional",
    "koreanCounting",
)
_FORMATS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(_CHINESE, chinese),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"),
        lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalEnclosedFullstop"),
        _circled,
    ),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
}
_UNWRITTEN = {"bullet", "none"}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int
    restarts: bool
    plain: bool
    """Whether the numbers of the levels above are written as digits here (isLgl)."""


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counters: list[int | None]
    """Shared by all lists that have one abstract definition."""
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew when this list is first used."""


class Numbering:
    """Counts the document's numbered paragraphs, in their order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._lists = _lists(numbering) if numbering is not None else {}
        self._styles = _styles(styles) if styles is not None else {}
        self._default = next((name for name, style in self._styles.items() if style.is_default), None)

    def number_before(self, paragraph: Element) -> str:
        """What Word shows before the paragraph; empty where it shows nothing. Counts, so call it once a paragraph."""
        properties = child(paragraph, "pPr")
        list_id, level = self._reference(properties)
        found = self._lists.get(list_id or "")
        if found is None or level not in found.levels:
            return ""
        self._count(found, level)
        return _written(found, level)

    def _reference(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and the level that the paragraph or its style names; styles inherit (basedOn)."""
        list_id, level = _numbers_of(properties)
        style = attribute(child(properties, "pStyle"), "val") or self._default
        for _ in range(20):  # a chain of styles may be made to end in itself
            found = self._styles.get(style or "")
            if found is None or (list_id is not None and level is not None):
                break
            list_id = list_id if list_id is not None else found.list_id
            level = level if level is not None else found.level
            style = found.based_on
        return list_id, level or 0

    def _count(self, found: _List, level: int) -> None:
        counters = found.counters
        if level in found.starts:
            counters[level] = found.starts.pop(level)
        else:
            count = counters[level]
            counters[level] = found.levels[level].start if count is None else count + 1
        for above in range(level):
            if counters[above] is None and above in found.levels:
                counters[above] = found.levels[above].start
        for below in range(level + 1, _LEVELS):
            if below not in found.levels or found.levels[below].restarts:
                counters[below] = None


@dataclass(frozen=True, slots=True)
class _Style:
    list_id: str | None
    level: int | None
    based_on: str | None
    is_default: bool


def _numbers_of(properties: Element | None) -> tuple[str | None, int | None]:
    numbers = child(properties, "numPr")
    level = attribute(child(numbers, "ilvl"), "val")
    return attribute(child(numbers, "numId"), "val"), int(level) if level and level.isdecimal() else None


def _styles(root: Element) -> dict[str, _Style]:
    found = {}
    for style in root:
        name = attribute(style, "styleId")
        if name_of(style) == "style" and name and attribute(style, "type") in {"paragraph", None}:
            list_id, level = _numbers_of(child(style, "pPr"))
            is_default = attribute(style, "default") in {"1", "true", "on"}
            found[name] = _Style(list_id, level, attribute(child(style, "basedOn"), "val"), is_default)
    return found


def _lists(root: Element) -> dict[str, _List]:
    abstract: dict[str, tuple[dict[int, _Level], list[int | None]]] = {
        attribute(element, "abstractNumId") or "": (_levels(element), [None] * _LEVELS)
        for element in root
        if name_of(element) == "abstractNum"
    }
    lists: dict[str, _List] = {}
    for element in root:
        levels, counters = abstract.get(attribute(child(element, "abstractNumId"), "val") or "", (None, None))
        if name_of(element) != "num" or levels is None or counters is None:
            continue
        found = _List(dict(levels), counters)
        for override in element:
            if name_of(override) == "lvlOverride":
                _override(found, override)
        lists[attribute(element, "numId") or ""] = found
    lists.pop("0", None)  # “no number”
    return lists


def _override(found: _List, override: Element) -> None:
    level = _integer(attribute(override, "ilvl"), 0)
    found.levels.update(_levels(override))
    start = attribute(child(override, "startOverride"), "val")
    if start is not None and 0 <= level < _LEVELS:
        found.starts[level] = _integer(start, 1)


def _levels(element: Element) -> dict[int, _Level]:
    levels = {}
    for level in element:
        depth = _integer(attribute(level, "ilvl"), 0)
        if name_of(level) != "lvl" or not 0 <= depth < _LEVELS:
            continue
        legal = child(level, "isLgl")
        levels[depth] = _Level(
            format=attribute(child(level, "numFmt"), "val") or "decimal",
            text=attribute(child(level, "lvlText"), "val") or "",
            start=_integer(attribute(child(level, "start"), "val"), 1),
            restarts=attribute(child(level, "lvlRestart"), "val") != "0",
            plain=legal is not None and attribute(legal, "val") not in {"0", "false", "off"},
        )
    return levels


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _written(found: _List, level: int) -> str:
    own = found.levels[level]
    if own.format in _UNWRITTEN:
        return ""

    def numeral(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        shown = found.levels.get(depth)
        number = found.counters[depth] if depth < _LEVELS else None
        if shown is None or number is None:
            return ""
        return str(number) if own.plain else _FORMATS.get(shown.format, str)(number)

    written = re.sub(r"%([1-9])", numeral, own.text).strip()
    # A number without any mark behind it is set off by a tab in Word; in plain text it would run into the words.
    return f"{written}." if written.isdecimal() else written
