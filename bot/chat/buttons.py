"""The buttons under a reply and what their callback data means; used by replying.py and taps.py.

The data names an action and a reply of the store, nothing else: it fits Telegram's 64 bytes whatever the plan is
called, and what a forged one can ask for is only what the store knows of that reply.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.answer.knowledge import Knowledge
from bot.answer.model import CHOICES_LIMIT, Answer, Choice, Outcome
from bot.chat import wording
from bot.store import ID_LIMIT, Reply

LABEL_LIMIT = 40
"""Characters of a choice on its button; a phone shows about this many."""
_DATA = re.compile(r"(?P<action>prev|next|good|bad|pick):(?P<reply>[0-9a-f]{1,16})(?::(?P<choice>[0-9]))?")


class Action(StrEnum):
    """What a button asks for."""

    PREVIOUS = "prev"
    NEXT = "next"
    USEFUL = "good"
    USELESS = "bad"
    PICK = "pick"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was tapped."""

    action: Action
    reply: int
    choice: int = 0


def read_tap(data: str | None) -> Tap | None:
    """What the callback data means; None where it is not ours."""
    match = _DATA.fullmatch(data or "")
    if match is None or int(match["reply"], 16) >= ID_LIMIT:  # no database has such an id
        return None
    return Tap(Action(match["action"]), int(match["reply"], 16), int(match["choice"] or 0))


def keyboard(answer: Answer, reply: Reply, knowledge: Knowledge) -> InlineKeyboardMarkup | None:
    """The buttons of a reply: its choices, or its neighbours and what one thinks of it."""
    if answer.choices:
        return InlineKeyboardMarkup(_choices(answer.choices[:CHOICES_LIMIT], reply))
    if answer.outcome is not Outcome.ANSWER:
        return None
    rows = [_neighbours(reply, knowledge)]
    if reply.journal is not None:
        rows.append([_button(wording.USEFUL, Action.USEFUL, reply), _button(wording.USELESS, Action.USELESS, reply)])
    rows = [row for row in rows if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _neighbours(reply: Reply, knowledge: Knowledge) -> list[InlineKeyboardButton]:
    if reply.point is None:
        return []
    before, behind = knowledge.neighbour(reply.point, -1), knowledge.neighbour(reply.point, 1)
    row = [_button(wording.PREVIOUS, Action.PREVIOUS, reply)] if before else []
    return row + ([_button(wording.NEXT, Action.NEXT, reply)] if behind else [])


def _choices(choices: Iterable[Choice], reply: Reply) -> list[list[InlineKeyboardButton]]:
    return [
        [InlineKeyboardButton(_label(choice), callback_data=f"{Action.PICK}:{reply.id:x}:{number}")]
        for number, choice in enumerate(choices)
    ]


def _label(choice: Choice) -> str:
    label = " ".join(wording.visible(choice.label).split()) or wording.visible(choice.question) or "…"
    return label if len(label) <= LABEL_LIMIT else label[: LABEL_LIMIT - 1] + "…"


def _button(text: str, action: Action, reply: Reply) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=f"{action}:{reply.id:x}")
