"""The numbering of a notice's lines (一、 (一) 1. 第一条 一是) and which of it numbers points; used by bot.plan.notice.

Official documents nest 一、 > (一) > 1. > (1) (党政机关公文格式, GB/T 9704-2012, 7.3.3); which of the levels a bureau
uses for the points of its plan differs, so it is read off the document: a level whose lines are bare headings over
deeper numbers holds sections, the first level below holds points.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.plan.notice_lines import folded

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_NUMERAL = "[〇零一二三四五六七八九十百]+"
_FIGURE = "[万亿%‰个米元倍分小平人所亩名吨级版公岁年月天]"
_HEADING_LENGTH = 60
_SINGLE = (("①", 20), ("⒈", 20), ("㈠", 10), ("⑴", 20))
"""Numbers that are one character: the first of each series and how many there are."""
_ORNAMENTS = "★☆◆◇■□●▲△▶►➤※*•· "
"""What some put before a number."""
_MOST = 0.6
_FRAME = re.compile(
    r"(?:指导思想|总体(?:要求|思路|目标)|基本(?:原则|思路)|工作(?:思路|目标|要求|保障|原则)|主要目标|组织(?:保障|领导|实施)|"
    r"保障措施|有关要求|(?:加强|强化)组织(?:领导|保障)|落实保障)[。:：]?$"
)
"""Headings around the tasks, which hold no tasks themselves."""


class Level(IntEnum):
    """The ways of numbering a line, outermost first."""

    PART = 0
    COMMA = 1
    PAREN = 2
    TASK = 3
    ARTICLE = 4
    NUMBER = 5
    DECIMAL = 6
    NUMBER_PAREN = 7
    CIRCLED = 8
    ORDINAL = 9


_SUB_ITEMS = {Level.NUMBER_PAREN, Level.CIRCLED, Level.ORDINAL}
"""Number the items inside a point, unless a section has nothing else."""

_PATTERNS = (
    (Level.PART, re.compile(rf"第\s*({_NUMERAL}|[0-9]{{1,2}})\s*(?:部分|章|篇|编)[\s:、]*(.*)")),
    (
        Level.TASK,
        re.compile(rf"(?:重点)?(?:任务|项目|工作|行动|工程|事项|举措)\s*({_NUMERAL}|[0-9]{{1,3}})\s*[:、.]\s*(.*)"),
    ),
    (Level.ARTICLE, re.compile(rf"第\s*({_NUMERAL}|[0-9]{{1,3}})\s*条[\s:、]*(.*)")),
    (Level.COMMA, re.compile(rf"({_NUMERAL})\s*[、.]\s*(.*)")),
    (Level.PAREN, re.compile(rf"\(\s*({_NUMERAL})\s*\)\s*[、.]?\s*(.*)")),
    # 2.5万 at the start of a line is no number 2, but 3.2023年底前 is a number 3.
    (Level.NUMBER, re.compile(r"([0-9]{1,3})\s*(?:、|\.(?=20\d\d年|\D|$))\s*(.*)")),
    (Level.NUMBER, re.compile(r"([⒈-⒛])\s*(.*)")),
    (Level.PAREN, re.compile(r"([㈠-㈩])\s*(.*)")),
    # 1.2 is the second below 1; 1.2万 is a figure.
    (Level.DECIMAL, re.compile(rf"[0-9]{{1,2}}\.([0-9]{{1,2}})(?:\s+|[、.]\s*|(?=[^\d\s.、%]))(?!{_FIGURE})(.*)")),
    (Level.NUMBER_PAREN, re.compile(r"([⑴-⒇])\s*(.*)")),
    (Level.NUMBER_PAREN, re.compile(r"\(?\s*([0-9]{1,2})\s*\)\s*(.*)")),
    (Level.CIRCLED, re.compile(r"([①-⑳])\s*(.*)")),
    (Level.ORDINAL, re.compile(rf"({_NUMERAL})是\s*(.*)")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The number that a line begins with, and what follows it."""

    level: Level
    number: int
    rest: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Which levels head sections, outermost first, and which numbers points."""

    headings: tuple[Level, ...]
    points: Level


def number_of(numeral: str) -> int:
    """三 -> 3, 十二 -> 12, 二十 -> 20, 11 -> 11, ③ -> 3; 0 for what is no number below 1000."""
    if numeral.isdecimal():
        return int(numeral)
    for first, many in _SINGLE:
        if len(numeral) == 1 and 0 <= ord(numeral) - ord(first) < many:
            return ord(numeral) - ord(first) + 1
    total = digit = 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return 0
    return total + digit if total + digit < 1000 else 0


def mark_of(text: str) -> Mark | None:
    """The number that the line begins with, if any."""
    shape = folded(text).lstrip(_ORNAMENTS)
    for level, pattern in _PATTERNS:
        found = pattern.fullmatch(shape)
        if found:
            number = number_of(found[1])
            return Mark(level, number, text[len(text) - len(shape) + found.start(2) :]) if number else None
    return None


def layout_of(marks: Sequence[Mark]) -> Layout | None:
    """Which levels are sections and which points; None when nothing is numbered."""
    present = sorted({mark.level for mark in marks})
    if not present:
        return None
    if sum(mark.level is Level.ARTICLE for mark in marks) > 1:
        above = [level for level in present if level < Level.ARTICLE and _is_heading(level, marks)]
        return Layout(tuple(above), Level.ARTICLE)
    headings: list[Level] = []
    for level, below in zip(present, [*present[1:], None], strict=True):
        only_items_below = below is not None and below in _SUB_ITEMS and headings
        if below is None or only_items_below or not _is_heading(level, marks):
            return Layout(tuple(headings), level)
        headings.append(level)
    return None  # pragma: no cover - the last level has nothing below it, so the loop returned


def _is_heading(level: Level, marks: Sequence[Mark]) -> bool:
    """Whether this level's lines are bare headings over deeper numbers.

    Most have numbers below them, or there are more of those than headings. 总体要求 and 保障措施 around the tasks are
    often without, and don't count.
    """
    own = [index for index, mark in enumerate(marks) if mark.level is level and not _FRAME.match(mark.rest)]
    bare = sum(is_bare(marks[index].rest) for index in own)
    over = sum(index + 1 < len(marks) and marks[index + 1].level > level for index in own)
    below = sum(mark.level > level for mark in marks)
    return len(own) > 0 and bare >= len(own) * _MOST and (over >= len(own) * _MOST or below > len(own))


def is_bare(rest: str) -> bool:
    """Whether the text behind a number is a heading only: short, no sentence inside."""
    return len(rest) <= _HEADING_LENGTH and "。" not in rest.rstrip("。")
