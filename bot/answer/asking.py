"""One question on its way to an answer: what was read, over which plan, in which conversation."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.answer import wording
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge, PlanInService
from bot.answer.model import Answer, Choice, Citation, Outcome, Verdict
from bot.answer.question import Question, is_bare
from bot.plan.model import Plan, Point, PointKey
from bot.search.index import Match, department_bracket, sentences


@dataclass(slots=True)
class Trace:
    """What was decided on the way, for `ask --explain`."""

    steps: list[str] = field(default_factory=list)
    question: Question | None = None
    """The question as it was read and completed from the conversation; None where it was answered before that."""

    def note(self, step: str) -> None:
        """Add one line."""
        self.steps.append(step)


@dataclass(frozen=True)
class Asking:
    """Everything that the rules of answering look at."""

    question: Question
    knowledge: Knowledge
    serving: PlanInService
    focus: Focus | None
    within: tuple[PointKey, ...] = ()
    """The points that a follow-up stays within; empty for the whole plan."""
    notes: tuple[str, ...] = ()
    trace: Trace = field(default_factory=Trace)

    @property
    def plan(self) -> Plan:
        """The plan that the question is answered from."""
        return self.serving.plan

    @cached_property
    def match(self) -> Match:
        """What search makes of the question's subject, or of the last one's where a follow-up names none."""
        taken = self.focus.text if self.focus and self.within and is_bare(self.question) else ""
        return self.serving.index.match(taken or self.question.subject)

    def point(self, key: PointKey) -> Point:
        """The point at a key of this plan."""
        return self.serving.index.by_key[key]

    def with_subject(self, subject: str) -> "Asking":
        """The same conversation, asked about another subject."""
        return replace(self, question=replace(self.question, subject=subject))


def cite(asking: Asking, key: PointKey, highlights: Sequence[str] = ()) -> Citation:
    """A point's paragraph with the sentences that answer, in its order."""
    text = asking.point(key).text
    return Citation(key, text, tuple(sorted(dict.fromkeys(highlights), key=text.find)))


def department_sentence(point: Point) -> tuple[str, ...]:
    """The sentence of a point that names its departments: what answers who leads."""
    bracket = department_bracket(point)
    if bracket:
        return (bracket,)
    naming = [s for s in sentences(point.text) if any(name in s for name in point.departments)]
    return tuple(naming[-1:])


def reply(
    asking: Asking,
    direct: str,
    citations: Sequence[Citation] = (),
    *,
    verdict: Verdict | None = None,
    notes: Sequence[str] = (),
) -> Answer:
    """An answer with its sources."""
    return Answer(
        Outcome.ANSWER,
        direct,
        verdict,
        tuple(citations),
        notes=(*asking.notes, *notes),
        sources=tuple(wording.source_line(asking.plan, citation.key) for citation in citations),
    )


def decline(asking: Asking, direct: str, about: PointKey | None = None) -> Answer:
    """An honest no, without citations; `about` is the point that lacks what is asked."""
    return Answer(Outcome.DECLINE, direct, notes=asking.notes, about=about)


def offer(asking: Asking, keys: Sequence[PointKey], questions: Sequence[str]) -> Answer:
    """Candidates where two readings are close."""
    choices = tuple(
        Choice(wording.point_line(asking.plan, key, asking.point(key)), question)
        for key, question in zip(keys, questions, strict=True)
    )
    citations = tuple(cite(asking, key) for key in keys)
    return Answer(
        Outcome.CHOICES,
        wording.WHICH_ONE,
        citations=citations,
        choices=choices,
        notes=asking.notes,
        sources=tuple(wording.source_line(asking.plan, key) for key in keys),
    )
