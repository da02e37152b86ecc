"""Search beside bm25s with jieba alone: how often the right point comes first, and what a question costs.

Run by scripts/benchmark.
The four plans of the tests and the bot's own are put together as one, so that the right point is one of more than a
hundred; the questions are those of the question sets that ask for one point. Times are told as a ratio.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import bm25s
import jieba
import numpy as np

from bot.answer.knowledge import build_knowledge
from bot.plan.model import LeadRule, Plan, Point, PointKey, Section
from bot.search.index import PlanIndex
from bot.search.normalising import normalise, strip_mentions
from tests.answer.asking import OWN, load
from tests.answer.judge import read_questions
from tests.answer.measuring import SETS

_KINDS = frozenset(("lead", "departments", "target", "content"))

Asked = tuple[str, int]
"""A question, and the number of the point that it is about."""


def main() -> int:
    """Print both searches' shares and the ratio of their times."""
    plan, questions = _together()
    index = build_knowledge([plan], load(OWN).lexicon).in_service[0].index
    ours = _measure(questions, lambda text: _first(index, text))
    texts = [" ".join(jieba.cut(point.text)) for _, point in plan.numbered_points()]
    alone = bm25s.BM25()
    alone.index([text.split() for text in texts], show_progress=False)
    theirs = _measure(questions, lambda text: _first_alone(alone, text))
    sys.stdout.write(f"{len(texts)} points, {len(questions)} questions: the right point first\n")
    sys.stdout.write(f"  bm25s with jieba   {theirs[0]:6.1%}\n  bot.search         {ours[0]:6.1%}\n")
    sys.stdout.write(f"  time a question    {ours[1] / theirs[1]:.1f} times that of bm25s with jieba\n")
    return 0


def _together() -> tuple[Plan, list[Asked]]:
    points: list[Point] = []
    questions: list[Asked] = []
    numbers = count(1)
    known: dict[PointKey, int] = {}
    for questions_of in SETS:
        source = load(questions_of.knowledge).newest
        for key, point in source.numbered_points():
            if key not in known:
                known[key] = next(numbers)
                points.append(replace(point, number=known[key], departments=(), leads=(), targets=()))
        for labelled in read_questions(questions_of.file):
            if labelled.kind in _KINDS and len(labelled.messages) == 1 and len(labelled.points) == 1:
                (wanted,) = labelled.points
                number = next(n for key, n in known.items() if key.plan == source.id and _is(key, str(wanted)))
                questions.append((normalise(strip_mentions(labelled.messages[0])), number))
    plan = Plan("together", "together", 2024, LeadRule.FIRST_LISTED, (Section(1, "together", tuple(points)),))
    return plan, questions


def _is(key: PointKey, wanted: str) -> bool:
    return wanted in (str(key.point), f"{key.section}-{key.point}")


def _measure(questions: Sequence[Asked], first: Callable[[str], int]) -> tuple[float, float]:
    """The share of questions whose point comes first, and the seconds that all of them took."""
    started = time.perf_counter()
    right = sum(first(text) == number for text, number in questions)
    return right / len(questions), time.perf_counter() - started


def _first(index: PlanIndex, text: str) -> int:
    return index.candidates(index.match(text), most=1)[0].key.point


def _first_alone(alone: bm25s.BM25, text: str) -> int:
    known = [word for word in jieba.cut(text) if word in alone.vocab_dict]
    return int(np.argmax(alone.get_scores(known))) + 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
