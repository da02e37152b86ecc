"""What a candidate would change in the knowledge in service, as plain data; called before it takes its place.

Plans are matched by id, else by year; points as bot.plan.matching finds them. A plan of a new year is set beside the
newest one in service. bot.plan.reporting puts the result into words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.plan.lexicon import Lexicon
from bot.plan.lexicon_differences import WordsChange, compare_lexicons, words_change
from bot.plan.marking import mark_changes
from bot.plan.matching import Pair, pair_points, without_year
from bot.plan.model import LeadRule, Plan, Point, PointKey, Target
from bot.plan.notice_targets import propose


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was `old` and is `new`; the one is empty where there was or is none."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PointChange:
    """What happened to one point: it came, it went, or anything else below."""

    title: str
    """The newer title; for a point that went, the one it had."""
    old: PointKey | None
    new: PointKey | None
    moved: bool = False
    """Stands at another place among the others."""
    renumbered: bool = False
    """Has another number or section only because others came or went."""
    renamed: Change | None = None
    leads: Change | None = None
    departments: Change | None = None
    """Those that take part, without the leads."""
    figures: tuple[Change, ...] = ()
    text: tuple[str, ...] = ()
    """The sentences that changed, marked by bot.plan.marking."""
    asked_as: WordsChange | None = None
    curated: Change | None = None
    """How many targets were curated, where there were none before or are none now."""

    @property
    def says_something(self) -> bool:
        """Whether anything happened to the point."""
        place = (self.old is None, self.new is None, self.moved, self.renumbered)
        rest = (self.renamed, self.leads, self.departments, self.figures, self.text, self.asked_as, self.curated)
        return any(place) or any(rest)


class PlanFate(StrEnum):
    """What becomes of a plan."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What becomes of one plan."""

    fate: PlanFate
    plan_id: str
    title: str
    year: int
    points_in_all: int
    compared_with: int | None = None
    """For a plan that is added: the year of the plan it was set beside; None where there was none."""
    by_section: bool = False
    """Whether a number alone does not say which point is meant."""
    head: tuple[Change, ...] = ()
    """Title, document number, date, names of sections and the like."""
    preamble: tuple[str, ...] = ()
    points: tuple[PointChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that a candidate changes; plans without a change are not in it."""

    plans: tuple[PlanDifference, ...]
    lexicon: tuple[WordsChange, ...]

    def __bool__(self) -> bool:
        return bool(self.plans or self.lexicon)


def compare(
    old: Sequence[Plan], new: Sequence[Plan], old_lexicon: Lexicon | None = None, new_lexicon: Lexicon | None = None
) -> Differences:
    """The plans and the lexicon in service against those of a candidate, newest year first."""
    before = _match_plans(old, new)
    found = [_of_plan(before.get(plan.id), plan, old) for plan in sorted(new, key=lambda plan: -plan.year)]
    kept = {plan.id for plan in before.values()}
    gone = [_summary(PlanFate.REMOVED, plan) for plan in old if plan.id not in kept]
    plans = tuple(difference for difference in (*found, *gone) if difference is not None)
    return Differences(plans, compare_lexicons(old_lexicon or Lexicon(), new_lexicon or Lexicon()))


def compare_years(old: Plan, new: Plan) -> PlanDifference:
    """A year's plan beside that of an earlier one, in short: points, leads and figures, no wording and no numbers."""
    points = [_of_pair(pair, old, new, in_short=True) for pair in pair_points(old, new)]
    told = tuple(point for point in points if point.says_something)
    listed = _listed_departments(old, new)
    head = (listed,) if listed and set(old.departments) != set(new.departments) else ()
    return _summary(PlanFate.ADDED, new, compared_with=old.year, head=head, points=told)


def _match_plans(old: Sequence[Plan], new: Sequence[Plan]) -> dict[str, Plan]:
    """Id of a candidate's plan -> the plan in service that it takes the place of."""
    by_id = {plan.id: plan for plan in old}
    matched = {plan.id: by_id[plan.id] for plan in new if plan.id in by_id}
    left = [plan for plan in old if plan.id not in matched]
    for plan in new:
        same_year = [other for other in left if other.year == plan.year]
        same_bureau = [other for other in same_year if set(other.issuers) == set(plan.issuers)] or same_year
        if plan.id not in matched and same_bureau:
            matched[plan.id] = same_bureau[0]
            left.remove(same_bureau[0])
    return matched


def _of_plan(before: Plan | None, plan: Plan, in_service: Sequence[Plan]) -> PlanDifference | None:
    if before is None:
        newest = max(in_service, key=lambda other: (other.year < plan.year, other.year), default=None)
        return compare_years(newest, plan) if newest else _summary(PlanFate.ADDED, plan)
    if before == plan:
        return None
    return _summary(
        PlanFate.CHANGED,
        plan,
        head=tuple(change for change in _head(before, plan) if change),
        preamble=mark_changes(before.preamble or "", plan.preamble or ""),
        points=tuple(p for pair in pair_points(before, plan) if (p := _of_pair(pair, before, plan)).says_something),
    )


def _summary(
    fate: PlanFate,
    plan: Plan,
    *,
    compared_with: int | None = None,
    head: tuple[Change, ...] = (),
    preamble: tuple[str, ...] = (),
    points: tuple[PointChange, ...] = (),
) -> PlanDifference:
    count = sum(len(section.points) for section in plan.sections)
    by_section = plan.numbering_restarts
    return PlanDifference(
        fate, plan.id, plan.title, plan.year, count, compared_with, by_section, head, preamble, points
    )


def _change(what: str, old: str, new: str) -> Change | None:
    return Change(what, old, new) if old != new else None


_LEAD_RULES = {LeadRule.STATED: "原文写明", LeadRule.FIRST_LISTED: "列在首位"}


def _head(old: Plan, new: Plan) -> Iterable[Change | None]:
    """The notice's own facts, and the names of its sections."""
    yield _change("编号（id）", old.id, new.id)
    yield _change("标题", old.title, new.title)
    yield _change("年份", str(old.year), str(new.year))
    yield _change("文号", old.document_number or "", new.document_number or "")
    yield _change("索引号", old.index_number or "", new.index_number or "")
    yield _change("发文单位", "、".join(old.issuers), "、".join(new.issuers))
    yield _change("印发日期", str(old.issued or ""), str(new.issued or ""))
    yield _change("主送", old.addressees or "", new.addressees or "")
    yield _change("通知的标题", old.notice_title or "", new.notice_title or "")
    yield _change("网页上的说明", "、".join(old.particulars), "、".join(new.particulars))
    yield _change("牵头的依据", _LEAD_RULES[old.lead_rule], _LEAD_RULES[new.lead_rule])
    yield _listed_departments(old, new)
    before = {section.number: section.title for section in old.sections}
    after = {section.number: section.title for section in new.sections}
    for number in sorted(before.keys() | after.keys()):
        yield _change(f"第{number}部分", before.get(number, ""), after.get(number, ""))


def _listed_departments(old: Plan, new: Plan) -> Change | None:
    """The names that went and that came; else the whole list where only its order is another."""
    gone = [name for name in old.departments if name not in new.departments]
    came = [name for name in new.departments if name not in old.departments]
    if gone or came:
        return Change("科室名单", "、".join(gone), "、".join(came))
    return _change("科室名单的顺序", "、".join(old.departments), "、".join(new.departments))


def _of_pair(pair: Pair, old: Plan, new: Plan, *, in_short: bool = False) -> PointChange:
    if pair.old is None or pair.new is None:
        key, point = pair.new or pair.old  # type: ignore[misc]  # one of the two is there
        return PointChange(point.title, key if pair.new is None else None, key if pair.old is None else None)
    (old_key, before), (new_key, after) = pair.old, pair.new
    leads, partners = _departments_of(before, old, after, new)
    change = PointChange(
        after.title, old_key, new_key, leads=leads, departments=partners, figures=_figures(before, after)
    )
    renamed = _change("标题", before.title, after.title)
    if in_short:  # other numbers and other words are what a new year is about
        figures = tuple(figure for figure in change.figures if without_year(figure.old) != without_year(figure.new))
        same_name = without_year(before.title) == without_year(after.title)
        return replace(change, renamed=None if same_name else renamed, figures=figures)
    return replace(
        change,
        moved=pair.moved,
        renumbered=not pair.moved and old_key[1:] != new_key[1:],
        renamed=renamed,
        text=mark_changes(before.text, after.text),
        asked_as=words_change("问法", before.asked_as, after.asked_as),
        curated=_curated(before, after),
    )


def _departments_of(before: Point, old: Plan, after: Point, new: Plan) -> tuple[Change | None, Change | None]:
    """The leads, and those that take part: their order says nothing but who leads."""
    led, leads = old.leads_of(before), new.leads_of(after)
    others = [name for name in before.departments if name not in led]
    partners = [name for name in after.departments if name not in leads]
    changed = set(others) != set(partners)
    return (
        _change("牵头", "、".join(led), "、".join(leads)) if set(led) != set(leads) else None,
        _change("配合", "、".join(others), "、".join(partners)) if changed else None,
    )


def _curated(before: Point, after: Point) -> Change | None:
    if bool(before.targets) == bool(after.targets):
        return None
    return Change("整理出的指标", f"{len(before.targets)}个", f"{len(after.targets)}个")


def _figures(before: Point, after: Point) -> tuple[Change, ...]:
    """Targets by what they are of; where a point is not curated, the figures that its text states."""
    curated = bool(before.targets and after.targets)
    olds, news = (list(p.targets) if curated else list(propose(p.text)) for p in (before, after))
    changes: list[Change] = []
    for new in news:
        old = _same_target(new, olds, news)
        if old is not None:
            olds.remove(old)
        changes += _of_target(old, new)
    return (*changes, *(Change(_what(old), old.value, "") for old in olds))


def _same_target(target: Target, olds: Sequence[Target], news: Sequence[Target]) -> Target | None:
    """The target of the same name but for the year; else the only one whose name holds this one's or is held by it."""
    what = _what(target)
    named = [old for old in olds if _what(old) == what]
    if named:
        return named[0]
    taken = {_what(new) for new in news}
    near = [old for old in olds if _what(old) not in taken and _within(_what(old), what)]
    rivals = [new for new in news if new is not target and len(near) == 1 and _within(_what(new), _what(near[0]))]
    return near[0] if len(near) == 1 and not rivals else None


def _within(one: str, other: str) -> bool:
    """计划竣工项目 and 竣工项目; not 竣工项目 and 竣工项目中的高中, of which the one is a part of the other."""
    if "中的" in one.replace(other, "", 1) or "中的" in other.replace(one, "", 1):
        return False
    return min(len(one), len(other)) >= 2 and (one.endswith(other) or other.endswith(one))


def _what(target: Target) -> str:
    return without_year(target.what) or target.what


def _of_target(old: Target | None, new: Target) -> list[Change]:
    if old is None:
        return [Change(_what(new), "", new.value)]
    value = _change(_what(new), old.value, new.value)
    own = value and (value.old, value.new) == (old.by, new.by)  # the deadline is the value itself
    by = None if own else _change(f"{_what(new)}的期限", old.by or "", new.by or "")
    return [change for change in (value, by) if change]
