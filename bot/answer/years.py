"""A whole plan beside another year's: 今年的要点和去年比有什么变化. Called by bot.answer.comparing.

Points are found again by title and text (bot.plan.matching). What came, what went, who leads now and which figures
changed is listed by points, each cited; nothing is counted, since a list that is cut would belie the count.
"""

from collections.abc import Iterator, Sequence

from bot.answer import wording
from bot.answer.knowledge import PlanInService
from bot.answer.model import Answer, Citation, Outcome
from bot.plan.differences import Change, PointChange, compare_years
from bot.plan.model import Plan, PointKey

_MOST = 5
"""Points listed of each sort."""
_LONGEST = 20
"""Characters of a value."""


def answer_years(one: PlanInService, other: PlanInService) -> Answer:
    """What the plan of the first year has and has not beside the other's."""
    older, newer = sorted((one.plan, other.plan), key=lambda plan: plan.year)
    plans = {plan.id: plan for plan in (older, newer)}
    points = compare_years(older, newer).points
    came = [p.new for p in points if p.old is None and p.new]
    went = [p.old for p in points if p.new is None and p.old]
    led = [p for p in points if p.leads and p.old and p.new]
    counted = [(p, change) for p in points for change in p.figures if p.old and p.new and _is_short(change)]
    parts = [
        _part(f"{newer.year}年新增的", [_named(newer, key) for key in came]),
        _part(f"{older.year}年有而{newer.year}年没有的", [_named(older, key) for key in went]),
        _part("换了牵头的", [_led(newer, p) for p in led]),
        _part(
            "指标变了的",
            [f"{wording.point_name(newer, p.new)} {c.what} {c.old}→{c.new}" for p, c in counted if p.new],
        ),
    ]
    keys = [*came[:_MOST], *went[:_MOST], *_both(led[:_MOST]), *_both([p for p, _ in counted[:_MOST]])]
    citations = tuple(Citation(key, _text(plans[key.plan], key)) for key in dict.fromkeys(keys))
    said = "；".join(part for part in parts if part)
    return Answer(
        Outcome.ANSWER,
        said or wording.no_difference(newer.year, older.year),
        citations=citations,
        notes=(wording.COMPARED_BY_TITLE,),
        sources=tuple(wording.source_line(plans[citation.key.plan], citation.key) for citation in citations),
    )


def _is_short(change: Change) -> bool:
    """Whether a target has an old and a new value, and both are figures rather than lists."""
    return bool(change.old and change.new) and max(len(change.old), len(change.new)) <= _LONGEST


def _part(start: str, names: Sequence[str]) -> str:
    more = "等" if len(names) > _MOST else ""
    return f"{start}有：{'、'.join(names[:_MOST])}{more}" if names else ""


def _both(points: Sequence[PointChange]) -> Iterator[PointKey]:
    for point in points:
        yield from (key for key in (point.new, point.old) if key)


def _text(plan: Plan, wanted: PointKey) -> str:
    return next(point.text for key, point in plan.numbered_points() if key == wanted)


def _named(plan: Plan, wanted: PointKey) -> str:
    return next(wording.point_line(plan, key, point) for key, point in plan.numbered_points() if key == wanted)


def _led(plan: Plan, point: PointChange) -> str:
    change = point.leads
    name = wording.point_name(plan, point.new) if point.new else ""
    return f"{name} {point.title}（{change.old or '未写'}→{change.new or '未写'}）" if change else ""
