"""Which of the plan's points a list or a count is to take: 前三个部分里, 刨去第四部分, 从第17条往后, 不少于三家."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answer.numerals import NUMERAL, parse_number
from bot.plan.model import Plan, Point, PointKey

_UNIT = r"(?:部分|章节?|板块|大块)"
_SEVERAL = re.compile(
    rf"第\s*{NUMERAL}\s*{_UNIT}?(?:\s*(?:、|,|和|跟|与|及|加上?|\+)\s*(?:第\s*)?{NUMERAL}\s*{_UNIT}?)*"
    rf"\s*(?:、|,|和|跟|与|及|加上?|\+)\s*(?:第\s*)?{NUMERAL}\s*{_UNIT}"
)
_FROM_TO = re.compile(rf"第\s*({NUMERAL})\s*{_UNIT}?\s*(?:到|至|-)\s*(?:第\s*)?({NUMERAL})\s*{_UNIT}")
_EDGE = re.compile(rf"(前|头|后|最后)({NUMERAL})(?:个|大)?{_UNIT}(?:里|中)?(?:面)?")
_WITHOUT = re.compile(
    rf"(?:刨[去掉除]|除了|除去|除开|除|去掉|扣掉|扣除|减去|不算|不含|不包括|抛开|撇开)第\s*({NUMERAL})\s*{_UNIT}(?:里?的)?(?:之外|以外|外|不算)?|"
    rf"第\s*({NUMERAL})\s*{_UNIT}(?:里?的)?(?:不算|除外|以外|之外|刨掉|去掉|不要)"
)
_ONWARDS = re.compile(
    rf"(?:从)?第?\s*(?P<number>{NUMERAL})\s*条(?:(?P<on>往后|往下|开始|起|及以后|及之后|到最后)|(?P<behind>以后|之后|后面的?)|"
    rf"(?P<upto>为止|及以前|及之前)|(?P<before>以前|之前|往前|前面的?))(?:看|数|算)?"
)
_LEAST = re.compile(
    rf"(?:(?P<least>不少于|不低于|至少|起码|不下)|(?P<over>超过|多于|大于)|(?P<most>不超过|不多于|最多|至多)|(?P<under>少于|不到|不足|小于))"
    rf"(?:有|是|写了|列了)?({NUMERAL})\s*(?:个|家)(?:责任|牵头)?(?:单位|科室|部门|处室)?(?!项目|学校|条)"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """The points that a question selects; what is None or empty selects nothing."""

    sections: frozenset[int] = frozenset()
    """Numbers of sections; negative ones are counted from the end."""
    without: frozenset[int] = frozenset()
    """Numbers of sections that are left out."""
    first: int | None = None
    last: int | None = None
    """The least and the greatest number of a point."""
    least: int | None = None
    most: int | None = None
    """How many departments a point has, at least and at most."""

    def __bool__(self) -> bool:
        return self != Selection()

    @property
    def party(self) -> bool:
        """Whether it selects by how many departments a point has."""
        return self.least is not None or self.most is not None

    def lacking(self, plan: Plan) -> int | None:
        """The first section that is selected and that the plan does not have."""
        numbers = [section.number for section in plan.sections if not section.is_annex]
        asked = [s for s in sorted(self.sections | self.without) if (s > 0 and s not in numbers) or -s > len(numbers)]
        return abs(asked[0]) if asked else None

    def of(self, plan: Plan, points: Iterable[tuple[PointKey, Point]]) -> list[tuple[PointKey, Point]]:
        """The selected ones of the plan's points, in their order."""
        numbers = [section.number for section in plan.sections if not section.is_annex]
        sections = {numbers[s] if s < 0 else s for s in self.sections if s > 0 or -s <= len(numbers)}
        return [
            (key, point)
            for key, point in points
            if (not self.sections or key.section in sections)
            and key.section not in self.without
            and (self.first is None or key.point >= self.first)
            and (self.last is None or key.point <= self.last)
            and (self.least is None or len(point.departments) >= self.least)
            and (self.most is None or len(point.departments) <= self.most)
        ]


def find_selection(text: str) -> tuple[Selection, list[tuple[int, int]]]:
    """What a normalised text selects beyond one section or an exact number of departments, and where it says so."""
    spans: list[tuple[int, int]] = []
    sections: set[int] = set()
    without: set[int] = set()
    for found in _WITHOUT.finditer(text):
        without |= _numbers(found[1] or found[2])
        spans.append(found.span())
    for found in _EDGE.finditer(text):
        count = min(int(parse_number(found[2]) or 0), _LONGEST)
        sections |= set(range(1, count + 1)) if found[1] in "前头" else set(range(-count, 0))
        spans.append(found.span())
    for found in _FROM_TO.finditer(text):
        low, high = (int(parse_number(group) or 0) for group in found.groups())
        sections |= set(range(low, min(high, low + _LONGEST) + 1))
        spans.append(found.span())
    for found in _SEVERAL.finditer(text):
        if any(start <= found.start() < end for start, end in spans):
            continue
        sections |= set().union(*map(_numbers, re.findall(NUMERAL, found.group())))
        spans.append(found.span())
    first, last = _range(text, spans)
    least, most = _how_many(text, spans)
    return Selection(frozenset(sections), frozenset(without), first, last, least, most), spans


_LONGEST = 60
"""Sections that are counted, at most: 前一亿个部分 makes no list of a hundred million."""


def _numbers(text: str) -> set[int]:
    number = parse_number(text)
    return {int(number)} if number else set()


def _range(text: str, spans: list[tuple[int, int]]) -> tuple[int | None, int | None]:
    found = _ONWARDS.search(text)
    number = parse_number(found["number"]) if found else None
    if found is None or number is None:
        return None, None
    spans.append(found.span())
    if found["on"] or found["behind"]:
        return int(number) + bool(found["behind"]), None
    return None, int(number) - bool(found["before"])


def _how_many(text: str, spans: list[tuple[int, int]]) -> tuple[int | None, int | None]:
    found = _LEAST.search(text)
    number = parse_number(found[5]) if found else None
    if found is None or number is None:
        return None, None
    spans.append(found.span())
    if found["least"] or found["over"]:
        return int(number) + bool(found["over"]), None
    return None, int(number) - bool(found["under"])
