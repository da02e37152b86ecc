"""Checks a folder of knowledge and sums up what is in it; called by the command line and the replies to admins."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import KnowledgeProblems, Problem
from bot.plan.lexicon import Lexicon
from bot.plan.model import Plan
from bot.plan.reading import read_folder


@dataclass(frozen=True, slots=True)
class Summary:
    """How much a release knows."""

    plans: int
    points: int
    targets: int
    topics: int

    def __str__(self) -> str:
        return f"{self.plans} 份工作要点，{self.points} 条，{self.targets} 个目标，{self.topics} 个话题"


def check_folder(directory: Path) -> list[Problem]:
    """What keeps the folder from being put into service; empty when all is well."""
    try:
        read_folder(directory)
    except KnowledgeProblems as refused:
        return list(refused.problems)
    return []


def summary_of(plans: Sequence[Plan], lexicon: Lexicon | None) -> Summary:
    """The figures of what read_folder or parse_files returned."""
    points = [point for plan in plans for _, point in plan.numbered_points()]
    return Summary(
        plans=len(plans),
        points=len(points),
        targets=sum(len(point.targets) for point in points),
        topics=len(lexicon.topics) if lexicon else 0,
    )
