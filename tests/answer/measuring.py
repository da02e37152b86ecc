"""The labelled question sets with their floors, and the table of their scores: run by scripts/measure.

A set's floor is about two points below what it scores now. Raise it when the score has risen.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.answer.asking import (
    EIGHTH_BUREAU,
    FIFTH_BUREAU,
    FOURTH_BUREAU,
    NINTH_BUREAU,
    OTHER_BUREAU,
    OWN,
    ROOT,
    SEVENTH_BUREAU,
    SIXTH_BUREAU,
    THIRD_BUREAU,
    load,
)
from tests.answer.judge import Score, measure, read_questions

QUESTIONS = ROOT / "tests" / "data" / "questions"
DEV = ROOT.parent / "shared" / "eval" / "dev.jsonl"
"""Beside the repository, not in it."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions to one plan, the share answered right at first, and the least share to be right now."""

    name: str
    file: Path
    knowledge: Path
    first: float | None
    floor: float


ROUND1 = QuestionSet("round 1", QUESTIONS / "round1.jsonl", OWN, 0.816, 0.925)
ROUND2 = QuestionSet("round 2", QUESTIONS / "round2.jsonl", OWN, 0.847, 0.95)
ROUND3 = QuestionSet("round 3", QUESTIONS / "round3.jsonl", OWN, 0.805, 0.95)
ROUND4 = QuestionSet("round 4", QUESTIONS / "round4.jsonl", OWN, 0.893, 0.95)
ROUND5 = QuestionSet("round 5", QUESTIONS / "round5.jsonl", OWN, 0.9, 0.95)
ROUND6 = QuestionSet("round 6", QUESTIONS / "round6.jsonl", OWN, 0.859, 0.945)
ROUND7 = QuestionSet("round 7", QUESTIONS / "round7.jsonl", OWN, 0.759, 0.885)
ROUND8 = QuestionSet("round 8", QUESTIONS / "round8.jsonl", OWN, 0.887, 0.94)
ROUND9 = QuestionSet("round 9", QUESTIONS / "round9.jsonl", OWN, 0.808, 0.92)
ROUND10 = QuestionSet("round 10", QUESTIONS / "round10.jsonl", OWN, 0.864, 0.93)
ROUND11 = QuestionSet("round 11", QUESTIONS / "round11.jsonl", OWN, 0.775, 0.88)
ROUND12 = QuestionSet("round 12", QUESTIONS / "round12.jsonl", OWN, 0.813, 0.92)
ROUND13 = QuestionSet("round 13", QUESTIONS / "round13.jsonl", OWN, 0.746, 0.93)
ROUND14 = QuestionSet("round 14", QUESTIONS / "round14.jsonl", OWN, 0.925, 0.96)
SIXTH = QuestionSet("a sixth bureau", QUESTIONS / "sixth.jsonl", SIXTH_BUREAU, 0.809, 0.905)
SEVENTH = QuestionSet("a seventh bureau", QUESTIONS / "seventh.jsonl", SEVENTH_BUREAU, 0.791, 0.815)
EIGHTH = QuestionSet("an eighth bureau", QUESTIONS / "eighth.jsonl", EIGHTH_BUREAU, 0.891, 0.87)
NINTH = QuestionSet("a ninth bureau", QUESTIONS / "ninth.jsonl", NINTH_BUREAU, 0.909, 0.89)
OTHER = QuestionSet("another bureau", QUESTIONS / "other.jsonl", OTHER_BUREAU, 0.645, 0.805)
THIRD = QuestionSet("a third bureau", QUESTIONS / "third.jsonl", THIRD_BUREAU, 0.75, 0.87)
FOURTH = QuestionSet("a fourth bureau", QUESTIONS / "fourth.jsonl", FOURTH_BUREAU, 0.727, 0.8)
DEVELOPMENT = QuestionSet("dev", DEV, OWN, None, 0.96)
FIFTH = QuestionSet("a fifth bureau", QUESTIONS / "fifth.jsonl", FIFTH_BUREAU, 0.85, 0.89)
LATEST = (ROUND14, NINTH)
"""What every run of the tests asks; the others are asked in CI."""
SETS = (
    *(ROUND1, ROUND2, ROUND3, ROUND4, ROUND5, ROUND6, ROUND7, ROUND8, ROUND9, ROUND10, ROUND11, ROUND12, ROUND13),
    *(OTHER, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH),
    *LATEST,
)


@cache
def score_of(questions: QuestionSet) -> Score:
    """What a set comes to, asked once a process."""
    return measure(read_questions(questions.file), load(questions.knowledge))


def table(sets: Sequence[QuestionSet]) -> str:
    """A line for each set: right and asked, its share, its floor and its first score; then its kinds."""
    lines = [f"{'':24} {'right':>9} {'share':>7} {'floor':>7} {'first':>7} {'false':>6}"]
    for questions in sets:
        score = score_of(questions)
        counts = f"{score.right.total()}/{score.asked.total()}"
        first = f"{questions.first:7.1%}" if questions.first is not None else f"{'-':>7}"
        below = "  below its floor" if score.share < questions.floor else ""
        lines.append(
            f"{questions.name:24} {counts:>9} {score.share:7.1%} {questions.floor:7.1%} {first}"
            f" {score.false_answers:6}{below}"
        )
        for kind in sorted(score.asked):
            right, asked = score.right[kind], score.asked[kind]
            lines.append(f"  {kind:22} {f'{right}/{asked}':>9} {right / asked:7.1%}")
    return "\n".join(lines)


def misses(questions: QuestionSet) -> str:
    """Each question that was not answered right, with what was said instead."""
    return "\n".join(
        f"{labelled.id} [{labelled.kind}] {' / '.join(labelled.messages)}\n    {wrong}: {given.direct[:100]}"
        for labelled, given, wrong in score_of(questions).misses
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where a set is below its floor."""
    parser = argparse.ArgumentParser(prog="scripts/measure", description="Scores of the labelled question sets.")
    parser.add_argument("--misses", action="store_true", help="print the questions that were not answered right")
    given = parser.parse_args(arguments)
    sets = [*SETS, *([DEVELOPMENT] if DEV.is_file() else [])]
    sys.stdout.write(table(sets) + "\n")
    for questions in sets if given.misses else ():
        sys.stdout.write(f"\n{questions.name}\n{misses(questions)}\n")
    return int(any(score_of(questions).share < questions.floor for questions in sets))


if __name__ == "__main__":
    sys.exit(main())
