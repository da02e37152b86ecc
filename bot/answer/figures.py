"""The figures, dates, rounds and directions that a sentence states, each with what it is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.answer.numerals import CHINESE, NUMERAL, parse_number


class FigureKind(StrEnum):
    """What sort of value a figure is; a question asks for one sort."""

    COUNT = "count"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    ORDINAL = "ordinal"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Figure:
    """One value in a sentence; `text`, `head`, `scope` and `clause` are verbatim pieces of it."""

    kind: FigureKind
    text: str
    """The value: 17个, 超过75%, 2023年底前, 第十五轮, 只减不增."""
    number: float | None
    unit: str
    head: str
    """The words next to the value that say what is counted: 高中 (2个), (两所)新开办高中."""
    scope: str
    """For a part of a sum, the words of the sum: 计划竣工项目 (6个,含高中2个)."""
    whole: str
    """For a part of a sum, the sum: 6个."""
    clause: str
    """The value's clause, from the last comma to the next."""
    start: int
    end: int
    in_a_name: bool = False
    """It stands inside 《…》: the years in a document's name are hardly a deadline."""


MEASURES = (
    "星(?!期|光|系)|个|所|名|项|轮|期|人|家|课|条|支|座|间|次|场|批|本|类|种|级|大|位|套|门|节|天|小时|分钟|周|学时|亩|平方米|公里|张|册|台|辆|户|"
    "分(?!钟|级|别|类|校|层)|对|届|年级|年|月|工作日|日|组|校|园|处|件|篇|堂|册|层|步|方面|万人|万名|人次"
)
_BOUND = r"(?:超过|不低于|不少于|不超过|高于|低于|达到|达|至少|约|近|力争|完成)?"
_MORE = r"(?:以上|以下|左右|以内)?"
_DAY = (
    r"(?:\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|秋季|春季|上半年|下半年)?(?:年?底|末|初)?|"
    r"(?<!\d)\d{1,2}月(?:\d{1,2}日|底|份|上旬|中旬|下旬|初|末)?)"
)
_PATTERNS: tuple[tuple[FigureKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (FigureKind.DIRECTION, r"(?:只[增减升降]不[增减升降]|不[增减升降]反[增减升降]|零(?:增长|辍学|事故|容忍))"),
        (FigureKind.PERCENT, rf"{_BOUND}(?:\d[\d.]*(?:%|个百分点)|百分之[{CHINESE}百]+){_MORE}"),
        (FigureKind.MONEY, rf"{_BOUND}{NUMERAL}(?:万|亿)?(?:元|块钱){_MORE}"),
        (
            FigureKind.DATE,
            rf"(?:每(?:周|星期)[一二三四五六日天]|每月\d{{1,2}}[日号]|(?<!\d)\d{{1,2}}[:：]\d\d|{_DAY}(?:(?:至|到|—|-|~){_DAY})?(?:之?前|以?内)?|(?<!\d)\d{{1,2}}(?:时|点)(?:\d+分)?(?:至|"
            rf"到|—|-)\d{{1,2}}(?:时|点)|"
            rf"{NUMERAL}个?(?:工作日|日|天|周|月|星期|小时)(?:之|以)?内|年底(?:之?前)?|年内|[上下]半年|“?十[三四五六]五”?(?:期间|期末|末)|\d{4}[-—至]\d{4}年)",
        ),
        (FigureKind.ORDINAL, rf"(?:第{NUMERAL}(?:轮|期|届|批|次|阶段|个|标准|名|位)|\d{{4}}届)"),
        (FigureKind.COUNT, rf"{_BOUND}(?<![第{CHINESE}\d.]){NUMERAL}余?多?\s?(?:{MEASURES})(?:以上|以内)?"),
    )
)
_SEGMENT = re.compile(r"[^。;；\n]+")
_PART_OPENERS = re.compile(r"(?:其中|包含|包括|含|分别为|分别是)[:：]?")
_CLAUSE_BREAK = ",，。;；:：!?！？\n"
_HEAD_BREAK = _CLAUSE_BREAK + "、()（）《》〈〉[]〔〕"
_NOT_COUNTS = re.compile(r"[一]?(?:个|轮|批|次|种|大|项|级|年|位|条|处|件|对|本|层|步|类|家|期)")
"""一批, 一个, 一大 … without a number of their own are indefinite articles, not figures."""


def find_figures(sentence: str, measure: str = "") -> list[Figure]:
    """Every figure of a sentence, in order. `measure` is a measure word beside the usual ones (副 in 多少副眼镜)."""
    figures = []
    for segment in _SEGMENT.finditer(sentence):
        values = sorted(_values(segment.group(), measure), key=lambda value: value[1])
        parents = _parents(segment.group(), [(start, end) for _, start, end in values])
        for (kind, start, end), parent in zip(values, parents, strict=True):
            scope = _head(segment.group(), *parent) if parent else ""
            whole = segment.group()[slice(*parent)] if parent else ""
            figures.append(_figure(kind, segment, (start, end), (scope, whole), measure))
    return figures


def _values(segment: str, measure: str) -> Iterator[tuple[FigureKind, int, int]]:
    """The values' kinds and places; where two patterns overlap the first listed has it."""
    taken: list[tuple[int, int]] = []
    counted = rf"{_BOUND}(?<![第{CHINESE}\d.]){NUMERAL}余?多?\s?{re.escape(measure)}(?:以上|以内)?"
    patterns = (*_PATTERNS, (FigureKind.COUNT, re.compile(counted))) if measure else _PATTERNS
    for kind, pattern in patterns:
        for found in pattern.finditer(segment):
            start, end = found.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            if kind is FigureKind.COUNT and (_NOT_COUNTS.fullmatch(found.group()) or not _counts(segment, start, end)):
                continue
            taken.append((start, end))
            yield kind, start, end


def _in_a_name(segment: str, start: int) -> bool:
    """Whether a place stands inside 《…》."""
    return segment.rfind("《", 0, start) > segment.rfind("》", 0, start)


def _counts(segment: str, start: int, end: int) -> bool:
    """Whether a numeral with a measure counts something (not 一体化, 每一所, 四级跳 inside a longer word)."""
    if segment[start - 1 : start] == "每" and segment[start] == "一" and end - start == 2:
        return False
    return not re.match(r"一级达标|一类|一流|一体|[一二]?十[一二三四五六七八九]?大", segment[start:])


def _parents(segment: str, places: list[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """For each value the sum that it is a part of: in 项目6个,含高中2个、小学1个 both parts have 项目6个."""
    parents: list[tuple[int, int] | None] = []
    parent: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    for start, end in places:
        between = segment[last[1] : start] if last else ""
        if last and _PART_OPENERS.search(between):
            parent = last
        elif parent and re.search(r"[,，:：]", between):
            parent = None
        parents.append(parent)
        last = (start, end)
    return parents


def _head(segment: str, start: int, end: int) -> str:
    """The words that say what a value counts: behind it (两所新开办高中) or, where nothing follows, before it."""
    after = re.split(rf"[{re.escape(_HEAD_BREAK)}]", segment[end:], maxsplit=1)[0].strip("“”‘’ 的")
    if after:
        return after[:24]
    before = re.split(rf"[{re.escape(_HEAD_BREAK)}]", segment[:start])[-1]
    return _PART_OPENERS.split(before)[-1].strip("“”‘’ ")[-24:]


def _figure(
    kind: FigureKind, place: re.Match[str], span: tuple[int, int], sum_of: tuple[str, str], extra: str
) -> Figure:
    (start, end), segment, offset = span, place.group(), place.start()
    left = max((segment.rfind(c, 0, start) for c in _CLAUSE_BREAK), default=-1) + 1
    right = min((at for c in _CLAUSE_BREAK if (at := segment.find(c, end)) >= 0), default=len(segment))
    text = segment[start:end]
    numeral = re.search(NUMERAL, text)
    measures = f"{re.escape(extra)}|{MEASURES}" if extra else MEASURES
    measure = re.search(rf"(?:{measures}|%|元)", text[numeral.end() :] if numeral else "")
    return Figure(
        kind,
        text,
        parse_number(numeral.group()) if numeral else None,
        measure.group() if measure else "",
        _head(segment, start, end),
        *sum_of,
        segment[left:right].strip(),
        offset + start,
        offset + end,
        _in_a_name(segment, start),
    )
