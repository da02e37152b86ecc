"""What an admin is told of an imported notice; called by the command line and when an admin sends a notice."""

from dataclasses import dataclass

from bot.plan.model import LeadRule
from bot.plan.notice import Draft


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: where it stands, and what it is, in Chinese."""

    line: int
    """Counts from 1; 0 for the whole notice."""
    place: str
    text: str
    in_plain_text: bool

    def __str__(self) -> str:
        """`:12: …` as compilers write it, or `:第 2 页第 5 行: …`; to be put behind the file's name."""
        place = str(self.line) if self.in_plain_text or not self.line else self.place
        return f":{place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a draft, and what to look at: first what was not placed, then what is doubtful."""

    summary: str
    unplaced: tuple[Finding, ...]
    doubts: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Both kinds."""
        return self.unplaced + self.doubts


def report_of(draft: Draft) -> Report:
    """The report on a draft."""
    plan = draft.plan
    points = [point for section in plan.sections for point in section.points]
    leads = "写明了牵头" if plan.lead_rule is LeadRule.STATED else "没有写明牵头，按惯例以列在第一位的为牵头"
    counts = [
        f"{len(plan.sections)} 个部分",
        f"{len(points)} 条",
        f"{len(plan.departments)} 个责任科室",
        f"{sum(len(point.targets) for point in points)} 个目标（请逐一核对）",
        f"{len(draft.unplaced)} 行没有归入",
        f"{len(draft.doubts)} 处请核对",
    ]
    return Report(
        f"读出《{plan.title}》：{'，'.join(counts)}。{leads if plan.departments else '没有责任科室'}。",
        tuple(_finding(draft, line, f"没有归入工作要点：{text}") for line, text in draft.unplaced),
        tuple(_finding(draft, line, f"请核对：{reason}") for line, reason in draft.doubts),
    )


def _finding(draft: Draft, line: int, text: str) -> Finding:
    return Finding(line, draft.place_of(line), text, not draft.places)
