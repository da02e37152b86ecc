"""What admins read of releases: the report on a candidate, the list, what changed; used by releasing.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import trial
from bot.answer.knowledge import Knowledge
from bot.answer.trial import Trial
from bot.errors import KnowledgeError, KnowledgeProblems
from bot.plan import reporting
from bot.plan.differences import compare
from bot.plan.model import Plan
from bot.plan.notice import Draft
from bot.plan.notice_report import report_of
from bot.store import Change, Event, ReleaseState, ReleaseSummary

PROBLEMS_SHOWN = 20
_IMPORT_ROOM, _DIFFERENCES_ROOM, _TRIAL_ROOM = 1500, 3500, 2500
"""UTF-16 units of the parts of a report: together they fit two messages."""

_STATES = {
    ReleaseState.ACTIVE: "使用中",
    ReleaseState.CANDIDATE: "待启用",
    ReleaseState.FORMER: "用过",
    ReleaseState.DISCARDED: "已放弃",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the report on a candidate is made from."""

    number: int
    what: str
    """Where it came from, as 发来文件 plan_2024.yaml."""
    in_service: Knowledge
    knowledge: Knowledge
    trial: Trial
    draft: Draft | None = None


def report(candidate: Candidate) -> str:
    """What the bot understood, what changes, and how the golden questions are answered."""
    parts = [f"第{candidate.number}版（{candidate.what}），还没有启用。"]
    parts.append("【读到的】\n" + "\n".join(map(in_numbers, candidate.knowledge.plans)))
    if candidate.draft is not None:
        parts.append("【通知的读取】\n" + _of_import(candidate.draft))
    parts.append("【和现在使用的比】\n" + differences(candidate.in_service, candidate.knowledge))
    parts.append("【试问】\n" + _of_trial(candidate.trial))
    return "\n\n".join(parts)


def differences(old: Knowledge, new: Knowledge) -> str:
    """What the new knowledge changes."""
    changes = compare(old.plans, new.plans, old.lexicon, new.lexicon)
    return reporting.report(changes, _DIFFERENCES_ROOM)


def in_numbers(plan: Plan) -> str:
    """A plan in numbers: sections, points, departments, targets."""
    points = [point for _, point in plan.numbered_points()]
    targets = sum(len(point.targets) for point in points)
    return (
        f"《{plan.title}》{len(plan.sections)} 部分，{len(points)} 条，{len(plan.departments)} 个科室，{targets} 个目标"
    )


def refusal(refused: KnowledgeError, opening: str) -> str:
    """What is wrong in the files, each fault with file, line and what is expected."""
    if not isinstance(refused, KnowledgeProblems):
        return f"{opening}\n{refused}"
    lines = [opening, *(str(problem) for problem in refused.problems[:PROBLEMS_SHOWN])]
    more = len(refused.problems) - PROBLEMS_SHOWN
    return "\n".join([*lines, f"……还有 {more} 处"] if more > 0 else lines)


def listing(releases: Sequence[ReleaseSummary]) -> str:
    """The releases, the newest first: state, when, who and what."""
    return "\n".join(["各个版本（新的在前）：", *map(_line, releases)])


def history(events: Iterable[Event]) -> str:
    """What was put into service, the newest first."""
    return "\n".join(
        f"{moment(event.at)} {event.by.name if event.by else '自动'}：第{event.release}版{event.note or '投入使用'}"
        for event in events
        if event.change is Change.ACTIVATED
    )


def moment(seconds: float) -> str:
    """Date and time as the server's clock has them."""
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _line(release: ReleaseSummary) -> str:
    who = release.by.name if release.by else "自动"
    used = ""
    if release.activated is not None:
        used = f"；{moment(release.activated.at)} 由{release.activated.by.name if release.activated.by else '系统'}启用"
    return f"第{release.number}版 {_STATES[release.state]}：{release.note}（{moment(release.made)} {who}{used}）"


def _of_import(draft: Draft) -> str:
    found = report_of(draft)
    lines = [found.summary, *(str(finding).lstrip(":") for finding in found.findings)]
    return reporting.capped(lines, _IMPORT_ROOM)


def _of_trial(tried: Trial) -> str:
    if not tried.questions:
        return "没有试题（golden.jsonl）。"
    return trial.report(tried, _TRIAL_ROOM)
