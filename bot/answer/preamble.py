"""Answers from the notice's preamble: the year's general requirements, and formulas that only stand there."""

import re

from bot.answer import wording
from bot.answer.asking import Asking
from bot.answer.model import DIRECT_LIMIT, Answer, Citation, Outcome
from bot.plan.model import PointKey
from bot.search.index import sentences
from bot.search.normalising import normalise

_REQUIREMENTS = re.compile(r"总体?(?:的)?要求|指导思想|总的(?:思路|要求)|前言|开头|开篇|什么之年|之年")
_LEAST_SAID = 0.6
"""Of what a question says, the share that the preamble must say word for word to answer it."""


def asks_for_preamble(text: str) -> bool:
    """Whether a question is about the general requirements that a notice opens with."""
    return _REQUIREMENTS.search(text) is not None


def answer_from_preamble(asking: Asking) -> Answer | None:
    """The sentence of the preamble that answers; None where it says less of the question than it would have to."""
    preamble = asking.plan.preamble
    if not preamble:
        return None
    evidence, plain = asking.match.evidence, normalise(preamble)
    said = sum(term.weight for term in evidence.terms if term.word in plain)
    wanted = asks_for_preamble(asking.question.text)
    if not wanted and (not evidence.terms or said < _LEAST_SAID * evidence.total):
        return None
    best = max(sentences(preamble), key=lambda sentence: _strength(asking, sentence))
    clauses = re.findall(r"[^,，]+[,，]?", best)
    start = max(range(len(clauses)), key=lambda i: _strength(asking, clauses[i]))
    direct = "".join(clauses[start:])[:DIRECT_LIMIT]
    key = PointKey(asking.plan.id, 0, 0)
    return Answer(
        Outcome.ANSWER,
        direct,
        citations=(Citation(key, preamble, (best,)),),
        notes=asking.notes,
        sources=(wording.source_line(asking.plan, key),),
    )


def _strength(asking: Asking, text: str) -> float:
    plain = normalise(text)
    wanted = 1.0 if asks_for_preamble(plain) and asks_for_preamble(asking.question.text) else 0.0
    return wanted * 10 + sum(term.weight for term in asking.match.evidence.terms if term.word in plain)
