"""Which two years a question sets side by side, and what it asks of them; called by bot.answer.comparing."""

import re
from dataclasses import dataclass

from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.times_and_places import OFFSETS, asked_years

YEAR = (
    r"(?:(?:大前年|前年|去年|上一?年度?|今年|本年度?|明年|来年|后年)(?![级龄纪])|(?:20\d\d|[二两][零〇][零〇一二三四五六七八九]{2}|"
    r"(?<!\d)[012]\d(?=年))(?:年度?)?(?![\d-]|年?(?:底|末|初|前|内|\d+月|[上下]半年|[春秋]季|届|级|制|一贯|以)))"
)
"""A year as people say it; not 2023年底, 2020-2035年, 2023届, 12年一贯制."""
_OF_IT = r"(?:的)?(?:工作)?(?:要点)?(?:里|中)?"
CHANGED = r"(?:有|是)?(?:了|没有?|什么|啥|哪些|何|多大)*(?:变化|变动|改变|不同|区别|差别|差异|不一样|异同)"
_BESIDE = re.compile(
    rf"(?:和|跟|与|同|对照|相较于?)(?P<year>{YEAR}){_OF_IT}(?:相比较?|对比|比起来|作?比较|比一[比下]|比|(?={CHANGED})|一样)"
)
"""和去年比, 跟2023年的要点有什么变化."""
_MORE = re.compile(rf"(?:对比|相比|比起|比|较)(?P<year>{YEAR}){_OF_IT}(?![^,。?!;]{{0,12}}\d)")
"""比去年(多了几个); but not 比去年降0.8个百分点吗, which claims what the plan itself says."""
_BOTH = re.compile(
    rf"(?P<one>{YEAR}){_OF_IT} ?(?:和|与|跟|同|及|以及|、|,| |vs|对比) ?(?P<year>{YEAR}){_OF_IT}(?:相比|对比|比)?"
)
"""2022年和2023年(新增学位各多少)."""
_ALSO = re.compile(rf"(?<=\w)[,?!;。 ]+(?:那么?)?(?P<year>{YEAR})(?:的)?呢(?=[?。! ]*$)")
"""(今年新增多少学位?)去年呢?"""
_LATEST = re.compile(r"(?:最近|近|这)两年(?:来|的|里)?")
"""近两年(新增学位各多少), where two are in service."""
_STATED = re.compile(r"[比较](?:去年|上一?年|20\d\d年)|同比")
"""A plan that itself compares with the year before answers 比去年下降多少."""
_CLEANING = (
    (re.compile(r"(?:是)?(?:[多少高低]|增加|减少)(?:了|些|一些|一点)?(?:吗|没有?|不|还是[多少高低]了?)"), "是多少"),
    (re.compile(r"(?:[多少高低]|增加|减少|增长|下降|提高|降低)(?:了|出)?(?=几|多少|哪)"), ""),
    (re.compile(rf"{CHANGED}(?:吗|么|呢|没有?)?"), ""),
    (re.compile(r"(?:今年|本年度?)(?:的)?"), ""),
    (re.compile(r"(?:各自?|分别|都)(?:是|有)?(?=几|多少|谁|什么|哪)"), ""),
    (re.compile(r"^(?:请)?(?:比较|对比|比)(?:一下)?|(?:做个|作个)?(?:比较|对比)(?:一下)?$"), ""),
    (re.compile(r"^[\s,。、的]+|[\s,。、]+$"), ""),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The years that are set side by side, and what remains of the question."""

    years: tuple[int, ...]
    """The year asked about first, then the one beside it."""
    named: tuple[str, ...]
    """As the question calls them."""
    rest: str
    both_named: bool


def find_comparison(text: str, focus: Focus | None, knowledge: Knowledge) -> Comparison | None:
    """Which years a question sets side by side; None where it does not."""
    found = _BOTH.search(text) or _BESIDE.search(text) or _MORE.search(text) or _ALSO.search(text)
    if not found:
        return _latest(text, knowledge)
    newest = knowledge.newest.year
    rest = text[: found.start()] + text[found.end() :]
    if found.re is _BOTH:
        named = (_name(found["one"]), _name(found["year"]))
        years = tuple(_year(name, newest) for name in named)
    else:
        other = _year(found["year"], newest)
        base = _base_year(rest, other, focus, knowledge)
        years, named = (base, other), (f"{base}年", _name(found["year"]))
        rest = re.sub(YEAR, lambda word: "" if _year(word.group(), newest) == base else word.group(), rest)
    if years[0] == years[1] or (found.re is _MORE and _says_it_beside(text[found.end() :], years[1], knowledge)):
        return None
    return Comparison(years, named, _cleaned(rest), both_named=found.re in (_BOTH, _ALSO))


def _latest(text: str, knowledge: Knowledge) -> Comparison | None:
    """近两年: the two newest plans, unless there is only one or its own text says 近两年."""
    found = _LATEST.search(text)
    years = tuple(dict.fromkeys(plan.year for plan in knowledge.plans))[:2]
    if not found or len(years) < 2 or _LATEST.search(knowledge.in_service[0].text):
        return None
    return Comparison(years, tuple(f"{year}年" for year in years), _cleaned(_LATEST.sub("", text)), both_named=True)


def _cleaned(rest: str) -> str:
    """The question without the words that only compare."""
    for pattern, instead in _CLEANING:
        rest = pattern.sub(instead, rest)
    return rest


def _name(year: str) -> str:
    return f"{year}年" if year.isdigit() else re.sub("年度$", "年", year)


def _year(name: str, newest: int) -> int:
    """2023年 or 23年 as it is named; 去年 counted from the newest plan's year."""
    named = asked_years(name)
    if named:
        return named[0]
    return newest + next((offset for word, offset in OFFSETS.items() if word in name), 0)


def _base_year(rest: str, other: int, focus: Focus | None, knowledge: Knowledge) -> int:
    """The year that is compared: one that the question names besides, else that in focus, else the newest other."""
    named = [year for year in asked_years(rest) if year != other]
    if named:
        return named[0]
    in_focus = knowledge.serving(focus.points[0].plan) if focus and focus.points else None
    if in_focus and in_focus.plan.year != other and "今年" not in rest:
        return in_focus.plan.year
    return next((plan.year for plan in knowledge.plans if plan.year != other), other)


def _says_it_beside(rest: str, year: int, knowledge: Knowledge) -> bool:
    """Whether 比去年 is no comparison of plans: the question goes on to ask something else, or the plan itself says it.

    报名的比去年多,今年新增多少学位 tells a story; 近视率比去年下降多少 is what a plan without last year's may state.
    """
    if re.search(r"^\s*[^\s,。?!;][^,。?!;]*[,。?!;]\s*[^\s呢]", rest):
        return True
    here = any(plan.year == year for plan in knowledge.plans)
    return not here and _STATED.search(knowledge.in_service[0].text) is not None
