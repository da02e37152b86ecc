"""What admins read of releases: the report on a candidate, the list, what changed; used by releasing.py."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.answer import trial
from bot.answer.knowledge import Knowledge
from bot.answer.trial import Trial
from bot.errors import KnowledgeError, KnowledgeProblems
from bot.plan import reporting
from bot.plan.differences import Differences, PlanFate, compare
from bot.plan.model import Plan
from bot.plan.notice import Draft
from bot.plan.notice_report import report_of
from bot.store import ReleaseState, ReleaseSummary

PROBLEMS_SHOWN = 20
MANY_WORDS = 30
"""Words of the lexicon that may go without a warning."""
_IMPORT_ROOM, _TRIAL_ROOM, _DIFFERENCES_ROOM = 1200, 1500, 2500
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
    changes: Differences
    trial: Trial
    golden_added: int
    draft: Draft | None = None


def report(candidate: Candidate, warned: Sequence[str]) -> str:
    """What to look out for (`warned`, by `warnings`), what was read, how the golden questions fare, what changes."""
    parts = [f"第{candidate.number}版（{candidate.what}），还没有启用。"]
    if warned:
        parts.append("\n".join(f"⚠ {warning}" for warning in warned))
    parts.append(f"【改动】\n{_first_line(candidate.changes, candidate.golden_added)}")
    parts.append("【启用后有】\n" + "\n".join(map(in_numbers, candidate.knowledge.plans)))
    if candidate.draft is not None:
        parts.append("【通知的读取】\n" + _of_import(candidate.draft))
    parts.append("【试问】\n" + _of_trial(candidate.trial))
    details = _details(candidate.changes)
    if details:
        parts.append("【改动明细】\n" + details)
    return "\n\n".join(parts)


def warnings(candidate: Candidate) -> list[str]:
    """What an admin must not miss: something is taken away, or answered worse. Empty where nothing is."""
    found = []
    ours = {issuer for plan in candidate.in_service.plans for issuer in plan.issuers}
    for plan in candidate.knowledge.plans:
        if ours and plan.issuers and not ours & set(plan.issuers):
            found.append(f"《{plan.title}》的发文单位（{'、'.join(plan.issuers)}）与现在使用的不同，是不是发错了？")
    for change in candidate.changes.plans:
        if change.fate is PlanFate.REMOVED:
            found.append(f"{change.year}年的要点会整份撤下（{change.points_in_all}条）")
        gone = sum(point.new is None for point in change.points) if change.fate is PlanFate.CHANGED else 0
        if gone:
            found.append(f"{change.year}年的要点会少{gone}条，是不是只发了一部分？")
    words = sum(len(change.removed) for change in candidate.changes.lexicon)
    if words > MANY_WORDS:
        found.append(f"词库会少{words}个词，是不是只发了一部分？请在 /export 得到的文件上改")
    if candidate.golden_added < 0:
        found.append(f"试题会少{-candidate.golden_added}道，以后的改动就少了把关")
    worse = sum(not failed.before for failed in candidate.trial.failed)
    if worse:
        found.append(f"{worse}道试题会从答对变成答错（见“试问”）")
    return found


def in_one_line(old: Knowledge, new: Knowledge) -> str:
    """What the new knowledge changes, in one line."""
    return _first_line(compare(old.plans, new.plans, old.lexicon, new.lexicon), 0)


def _first_line(changes: Differences, golden_added: int) -> str:
    golden = f"试题{'增' if golden_added > 0 else '减'}{abs(golden_added)}道" if golden_added else ""
    if not changes:
        return golden or "要点和词库都没有改动"
    return "；".join(filter(None, [reporting.report_lines(changes)[0], golden]))


def _details(changes: Differences) -> str:
    """A line for each change; of a new year's plan only what differs from the points of the year before."""
    if not changes:
        return ""
    lines = reporting.report_lines(changes)[1:]
    if any(plan.fate is PlanFate.ADDED for plan in changes.plans):
        lines = [line for line in lines if not re.match("新增：|删去（", line)]
    return reporting.capped(lines, _DIFFERENCES_ROOM) if lines else ""


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
    if not tried.asked and not tried.left_out:
        return "没有试题（golden.jsonl）。"
    return trial.report(tried, _TRIAL_ROOM)
