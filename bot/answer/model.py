"""The answer as a value: made by bot.answer, rendered by bot.chat and by the command line."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.plan.model import PointKey

DIRECT_LIMIT = 160
"""Characters in a direct answer, at most: one that is longer is no direct answer."""
CHOICES_LIMIT = 4
"""Candidates offered, at most."""


class Outcome(StrEnum):
    """What kind of reply this is."""

    ANSWER = "answer"
    CHOICES = "choices"
    DECLINE = "decline"
    CHAT = "chat"


class Verdict(StrEnum):
    """The reply to a yes/no check."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Citation:
    """A paragraph that holds the fact."""

    key: PointKey
    paragraph: str
    """Verbatim."""
    highlights: tuple[str, ...] = ()
    """The sentences that answer, each a verbatim piece of `paragraph`, in its order."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading offered when two are close: `label` for the button, `question` is asked when it is tapped."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One reply.

    `direct` is the fact, at most DIRECT_LIMIT characters for facts (lists of points may be longer); `notes` are short
    Chinese sentences: how a misspelling was read, the lead rule, the year.
    """

    outcome: Outcome
    direct: str
    verdict: Verdict | None = None
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    about: PointKey | None = None
    """For a decline, the point that says nothing of what is asked: a follow-up is about it."""
    sources: tuple[str, ...] = field(default=())
    """The source line of each citation: 《title》document number · section · 第N条."""
