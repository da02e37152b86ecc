"""Puts what two plans answer to one question side by side; called by bot.answer.comparing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.answer import wording
from bot.answer.focus import Focus
from bot.answer.model import DIRECT_LIMIT, Answer, Citation, Outcome
from bot.answer.question import Intent
from bot.search.index import sentences

_WHOLE = (Intent.CONTENT, Intent.ITEM)
"""What is asked is the whole of a point's text."""
LISTS = (Intent.DEPARTMENT_ITEMS, Intent.COUNT, Intent.SECTION)
"""Lists of points are never cut: they would belie their count."""
_SEARCHED = (Intent.TARGET, Intent.LEAD, Intent.DEPARTMENTS, Intent.CONTENT, Intent.LOCATE)
_LEAST, _LEAST_OF_A_VALUE = 0.5, 0.75
"""Of what one year's paragraph explains of the question, what the other's must explain to be its counterpart."""
_ALIKE = 50
"""Of 100, how alike two years' paragraphs must be for their difference to be of use."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one plan answers."""

    year: int
    answer: Answer
    focus: Focus | None
    share: float
    """How much of the question the paragraph explains, from 0 to about 1."""

    @property
    def fact(self) -> str | None:
        """The direct answer without the year that is said before it; None where the plan does not say."""
        if self.answer.outcome is not Outcome.ANSWER:
            return None
        return self.answer.direct.removeprefix(f"{self.year}年").lstrip("：: ").rstrip("。；;")

    @property
    def intent(self) -> str:
        """What was asked."""
        return self.focus.intent.partition(":")[0] if self.focus else ""


def side_by_side(
    said: Sequence[Said], missing: Sequence[str], focus: Focus | None
) -> tuple[Answer, Focus | None] | None:
    """Both answers as one, and the focus that it leaves; None where the question was only small talk."""
    if any(one.answer.outcome is Outcome.CHAT for one in said):
        return None
    said = [_unless_far(one, max(other.share for other in said)) for one in said]
    answered = [one for one in said if one.fact]
    if not answered:
        years = wording.in_marks(f"{one.year}年" for one in said)
        return Answer(Outcome.DECLINE, wording.in_neither(years)), focus
    facts = [one.fact for one in said]
    if len(answered) == 2 and said[0].intent in _WHOLE:
        facts = list(_what_differs(said[0], said[1]))
    given = Answer(
        Outcome.ANSWER,
        _direct(said, facts, missing),
        citations=tuple(
            _marked(citation, fact)
            for one, fact in zip(said, facts, strict=True)
            if one.fact
            for citation in one.answer.citations
        ),
        notes=tuple(dict.fromkeys(note for one in answered for note in one.answer.notes)),
        sources=tuple(source for one in answered for source in one.answer.sources),
    )
    return given, answered[0].focus


def _unless_far(one: Said, best: float) -> Said:
    """The answer as unsaid where it explains much less of the question than the other year's.

    What was asked may be in one plan only; the nearest thing in the other is then no counterpart: 劳动教育基地3个 and
    一校多品.
    """
    least = _LEAST_OF_A_VALUE if one.intent == Intent.TARGET else _LEAST
    if one.intent in _SEARCHED and one.share < least * best:
        return replace(one, answer=Answer(Outcome.DECLINE, wording.NOT_SAID_THEN))
    return one


def _marked(citation: Citation, fact: str | None) -> Citation:
    """With the sentences marked that have the clauses which are said; as it is where there are none."""
    clauses = (fact or "").split("，")
    having = [s for s in sentences(citation.paragraph) if any(clause and clause in s for clause in clauses)]
    return replace(citation, highlights=tuple(dict.fromkeys(having))) if having else citation


def _direct(said: Sequence[Said], facts: Sequence[str | None], missing: Sequence[str]) -> str:
    """Each year's fact behind its year; one fact where both have the same."""
    if len(said) == 2 and facts[0] and facts[0] == facts[1]:
        return f"{wording.in_marks(f'{one.year}年' for one in said)}一样：{facts[0]}"
    room = DIRECT_LIMIT // (len(said) + len(missing)) - len("2024年：；")
    parts = [
        f"{one.year}年：{(fact if one.intent in LISTS else _cut(fact, room)) if fact else wording.NOT_SAID_THEN}"
        for one, fact in zip(said, facts, strict=True)
    ]
    return "；".join([*parts, *(wording.plan_not_there(name) for name in missing)])


def _what_differs(one: Said, other: Said) -> tuple[str | None, str | None]:
    """The clauses of the paragraph cited that the other year's has not; the facts where the two are not alike.

    A subject's best sentence may be the same in both years while the figure beside it is another: to call that the same
    would be wrong.
    """
    texts = ["".join(citation.paragraph for citation in said.answer.citations) for said in (one, other)]
    plain = [_without_years(text) for text in texts]
    if plain[0] == plain[1] or fuzz.ratio(*plain) < _ALIKE:
        return one.fact, one.fact if plain[0] == plain[1] else other.fact
    clauses = [[c.strip() for c in re.split("[,，;；。:：]", text) if c.strip()] for text in texts]
    known = [{_without_years(clause) for clause in side} for side in clauses]
    mine = [clause for clause in clauses[0] if _without_years(clause) not in known[1]]
    theirs = [clause for clause in clauses[1] if _without_years(clause) not in known[0]]
    if not mine and not theirs:
        return one.fact, one.fact
    return "，".join(mine) or wording.NOT_THERE_THEN, "，".join(theirs) or wording.NOT_THERE_THEN


def _without_years(text: str) -> str:
    return re.sub(r"20\d\d", "", text)


def _cut(fact: str, room: int) -> str:
    """As many whole clauses as fit; a fact without a place to cut stays whole."""
    if len(fact) <= room:
        return fact
    ends = [found.start() for found in re.finditer("[,，;；。]", fact) if found.start() < room]
    return fact[: ends[-1]] + "…" if ends else fact
