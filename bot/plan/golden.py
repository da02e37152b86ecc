"""Golden questions: what staff ask, with what a right answer has to hold.

Read by bot.plan.golden_file, asked of every candidate by bot.answer.trial.
"""

from dataclasses import dataclass
from enum import StrEnum


class Expected(StrEnum):
    """The kinds of outcome that a golden question can ask for; as bot.answer.model.Outcome."""

    ANSWER = "answer"
    CHOICES = "choices"
    DECLINE = "decline"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Place:
    """A point that has to be cited; without a section the number says it alone."""

    point: int
    section: int | None = None

    def __str__(self) -> str:
        return f"第{self.section}部分第{self.point}条" if self.section else f"第{self.point}条"


@dataclass(frozen=True, slots=True)
class Golden:
    """One question, or the messages of one conversation of which the last is judged."""

    messages: tuple[str, ...]
    places: tuple[Place, ...] = ()
    """All of them have to be cited, and nothing else first."""
    plan: str | None = None
    """The id of the plan that it is asked of; None: of whatever is in service, as staff ask it."""
    must: tuple[str, ...] = ()
    """What the direct answer has to say, word for word but for width and blanks."""
    outcome: Expected | None = None
    line: int = 0
    """Where it stands in golden.jsonl, from 1; 0: it was made by the bot."""

    def __str__(self) -> str:
        return " → ".join(self.messages)
