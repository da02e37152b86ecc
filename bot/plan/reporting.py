"""Differences as short Chinese lines that a clerk reads on a phone: the total first, then what changed, in order.

Called by the replies to admins and by the command line. What does not fit is counted, never dropped silently.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.plan.differences import Change, Differences, PlanDifference, PlanFate, PointChange
from bot.plan.lexicon_differences import WordsChange
from bot.plan.model import PointKey

LENGTH = 3500
"""UTF-16 units of a report: fits one message of Telegram (4096) with a heading and escapes."""
NOTHING = "与现在使用的完全相同。"
_EXAMPLES = 6
_LONGEST_LINE = 300


def report(differences: Differences, limit: int = LENGTH) -> str:
    """The whole report, at most `limit` UTF-16 units."""
    return capped(report_lines(differences), limit)


def report_lines(differences: Differences) -> list[str]:
    """The total in one line, then a line for each thing that changed."""
    if not differences:
        return [NOTHING]
    lines = [_total(differences)]
    for plan in differences.plans:
        details = list(_plan_lines(plan))
        lines += [f"【{plan.year}年】" if len(differences.plans) > 1 and details else "", *details]
    lines += [_words(change) for change in differences.lexicon]
    return [line for line in lines if line]


def capped(lines: Sequence[str], limit: int) -> str:
    """The first line and as many more as fit into `limit` UTF-16 units; the last says how many do not."""
    kept: list[str] = []
    used = 0
    for place, line in enumerate(lines):
        rest = _left_out(len(lines) - place - 1) if place + 1 < len(lines) else ""
        room = limit - used - (_units(rest) + 1 if rest else 0)
        if kept and _units(line) > room:
            return "\n".join([*kept, _left_out(len(lines) - place)])
        kept.append(line if kept else _cut(line, max(room, 1)))
        used += _units(kept[-1]) + 1
    return "\n".join(kept)


def _left_out(count: int) -> str:
    return f"……另有{count}处，没有列出"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, room: int) -> str:
    """The start of a text; a mark says that it goes on. Half a surrogate pair is left out."""
    if _units(text) <= room:
        return text
    return text.encode("utf-16-le", "surrogatepass")[: 2 * (room - 1)].decode("utf-16-le", "ignore") + "…"


def _short(text: str, room: int = 60) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"


def _total(differences: Differences) -> str:
    parts = [total_of(plan) for plan in differences.plans]
    added = sum(len(change.added) for change in differences.lexicon)
    removed = sum(len(change.removed) for change in differences.lexicon)
    if differences.lexicon:
        counts = [f"增{added}个词" if added else "", f"删{removed}个词" if removed else ""]
        parts.append("词库：" + "，".join(count for count in counts if count))
    return "；".join(parts)


def total_of(plan: PlanDifference) -> str:
    """2024年要点：新增3条，删去2条，移动1条，牵头变了1条，指标变了5处."""
    start = f"{plan.year}年要点"
    if plan.fate is PlanFate.REMOVED:
        return f"{start}：整份撤下（{plan.points_in_all}条）"
    counts = "，".join(f"{name}{count}{unit}" for name, count, unit in _counts(plan) if count)
    if plan.fate is PlanFate.CHANGED:
        return f"{start}：{counts}"
    beside = f"；与{plan.compared_with}年相比：{counts or '没有变化'}" if plan.compared_with else ""
    return f"{start}：新的一份，{plan.points_in_all}条{beside}"


def _counts(plan: PlanDifference) -> Iterator[tuple[str, int, str]]:
    points = plan.points
    yield "新增", sum(point.old is None for point in points), "条"
    yield "删去", sum(point.new is None for point in points), "条"
    yield "移动", sum(point.moved for point in points), "条"
    yield "顺延编号", sum(point.renumbered for point in points), "条"
    yield "改标题", sum(point.renamed is not None for point in points), "条"
    yield "牵头变了", sum(point.leads is not None for point in points), "条"
    yield "配合变了", sum(point.departments is not None for point in points), "条"
    yield "指标变了", sum(len(point.figures) for point in points), "处"
    yield "文字改了", sum(bool(point.text) for point in points), "条"
    yield "问法变了", sum(point.asked_as is not None for point in points), "条"
    yield "指标整理变了", sum(point.curated is not None for point in points), "条"
    yield "文件信息变了", len(plan.head) + bool(plan.preamble), "处"


def _plan_lines(plan: PlanDifference) -> Iterator[str]:
    for change in plan.head:
        yield _change(change)
    for marked in plan.preamble:
        yield f"开头：{_short(marked, _LONGEST_LINE)}"
    beside = f"（{plan.compared_with}年）" if plan.compared_with else ""
    if plan.compared_with:  # a new year: what is new and what is gone before what differs
        yield from _listed(plan, [p for p in plan.points if p.old is None], "新增")
        yield from _listed(plan, [p for p in plan.points if p.new is None], f"删去{beside}")
    yield from _renumbered(plan)
    for point in plan.points:
        if plan.compared_with and not (point.old and point.new):
            continue
        yield from _point_lines(plan, point, in_short=plan.compared_with is not None)


def _listed(plan: PlanDifference, points: Sequence[PointChange], what: str) -> Iterator[str]:
    for point in points:
        yield f"{what}：{_place(plan, point.new or point.old)} {_short(point.title)}"


def _place(plan: PlanDifference, key: PointKey | None) -> str:
    if key is None:  # pragma: no cover - a change is of a point that is or was there
        return ""
    return f"第{key.section}部分第{key.point}条" if plan.by_section else f"第{key.point}条"


def _renumbered(plan: PlanDifference) -> Iterator[str]:
    """第11—25条顺延为第12—26条: points that are renumbered alike are one line."""

    def alike(point: PointChange) -> tuple[int, int, int]:
        assert point.old is not None  # noqa: S101 -- a renumbered point stood before
        assert point.new is not None  # noqa: S101
        section = point.old.section if plan.by_section else 0  # where numbers run on, so does a run of them
        return section, point.new.section - point.old.section, point.new.point - point.old.point

    for _, same in groupby((point for point in plan.points if point.renumbered), key=alike):
        run = list(same)
        old, new = (_range(plan, [p.old for p in run]), _range(plan, [p.new for p in run]))
        moved_section = run[0].old and run[0].new and run[0].old.section != run[0].new.section and not plan.by_section
        section = f"（改列第{run[0].new.section}部分）" if moved_section and run[0].new else ""
        yield f"顺延：{old} → {new}{section}"


def _range(plan: PlanDifference, keys: Sequence[PointKey | None]) -> str:
    first, last = _place(plan, keys[0]), keys[-1]
    return first if len(keys) == 1 or last is None else first.removesuffix("条") + f"—{last.point}条"


def _point_lines(plan: PlanDifference, point: PointChange, *, in_short: bool) -> Iterator[str]:
    """What happened to one point, its number in front of each line."""
    place = _place(plan, point.new or point.old)
    if point.old is None or point.new is None:
        yield f"{'新增' if point.old is None else '删去'}：{place} {_short(point.title)}"
        return
    if point.moved:
        yield f"移动：{_place(plan, point.old)} → {place} {_short(point.title)}"
    for change in (point.renamed, point.leads, point.departments, point.curated):
        if change:
            yield f"{place} {_change(change)}"
    figures = [change for change in point.figures if change.old and change.new] if in_short else list(point.figures)
    for change in figures:
        yield f"{place} 指标 {_change(change)}"
    if len(figures) < len(point.figures):
        came = sum(not change.old for change in point.figures)
        yield f"{place} 指标：新写{came}处，不再写{len(point.figures) - len(figures) - came}处"
    for marked in point.text:
        yield f"{place} 文字：{_short(marked, _LONGEST_LINE)}"
    if point.asked_as:
        yield f"{place} {_words(point.asked_as)}"


def _change(change: Change) -> str:
    if not change.old:
        return f"{change.what}：新增 {_short(change.new)}"
    if not change.new:
        return f"{change.what}：删去 {_short(change.old)}"
    return f"{change.what}：{_short(change.old)} → {_short(change.new)}"


def _words(change: WordsChange) -> str:
    parts = [
        f"{what}{len(words)}个（{'、'.join(_short(word, 24) for word in words[:_EXAMPLES])}"
        f"{'等' if len(words) > _EXAMPLES else ''}）"
        for what, words in (("增", change.added), ("删", change.removed))
        if words
    ]
    return f"{change.what}：{'，'.join(parts)}"
