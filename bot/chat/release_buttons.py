"""The buttons of releases and what their callback data means; used by release_handlers.py and the watchers.

The data names an action, a release and the release that is expected in service: what a forged one can ask for is what
an admin may do anyway, and the store refuses what no longer fits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.store import ReleaseState, ReleaseSummary

PATTERN = re.compile(r"rel:(?P<action>on|off|back|show):(?P<release>[0-9]{1,9}):(?P<expected>[0-9]{1,9})")
OFFERED = 5
"""Releases that a list offers."""


class Action(StrEnum):
    """What a button asks for."""

    ACTIVATE = "on"
    DISCARD = "off"
    BACK = "back"
    SHOW = "show"
    """A new report on a release, against what is in service now."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was tapped."""

    action: Action
    release: int
    expected: int


def read_tap(data: str | None) -> Tap | None:
    """What the callback data means; None where it is not of a release."""
    found = PATTERN.fullmatch(data or "")
    return Tap(Action(found["action"]), int(found["release"]), int(found["expected"])) if found else None


def to_decide(release: int, expected: int) -> InlineKeyboardMarkup:
    """启用 and 放弃, under a report."""
    return InlineKeyboardMarkup(
        [[_button("启用", Action.ACTIVATE, release, expected), _button("放弃", Action.DISCARD, release, expected)]]
    )


def to_take_back(release: int, former: int) -> InlineKeyboardMarkup:
    """退回, under the word that a release is in service."""
    return InlineKeyboardMarkup([[_button(_back_to(former, release), Action.BACK, former, release)]])


def to_look_again(release: int) -> InlineKeyboardMarkup:
    """重新看, where another release went into service since the report."""
    return InlineKeyboardMarkup([[_button(f"重新看第{release}版", Action.SHOW, release, 0)]])


def _back_to(former: int, active: int) -> str:
    return f"退回第{former}版" if former < active else f"改用第{former}版"


def to_choose(releases: Sequence[ReleaseSummary], previous: int | None) -> InlineKeyboardMarkup | None:
    """One tap back to the release before; of every other one a report first, since it was made for another time."""
    active = next((release.number for release in releases if release.state is ReleaseState.ACTIVE), None)
    if active is None:
        return None
    rows = [[_button(_back_to(previous, active), Action.BACK, previous, active)]] if previous is not None else []
    rows += [
        [_button(f"看第{release.number}版", Action.SHOW, release.number, 0)]
        for release in releases
        if release.state in (ReleaseState.FORMER, ReleaseState.CANDIDATE) and release.number != previous
    ]
    return InlineKeyboardMarkup(rows[:OFFERED]) if rows else None


def _button(label: str, action: Action, release: int, expected: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"rel:{action}:{release}:{expected}")
