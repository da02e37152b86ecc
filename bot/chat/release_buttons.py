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

PATTERN = re.compile(r"rel:(?P<action>on|off|back):(?P<release>[0-9]{1,9}):(?P<expected>[0-9]{1,9})")
OFFERED = 4
"""Former releases that a list offers to put back."""


class Action(StrEnum):
    """What a button asks for."""

    ACTIVATE = "on"
    DISCARD = "off"
    BACK = "back"


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
    return InlineKeyboardMarkup([[_button(f"退回第{former}版", Action.BACK, former, release)]])


def to_choose(releases: Sequence[ReleaseSummary]) -> InlineKeyboardMarkup | None:
    """A button for each of the last releases that can take the place of the active one."""
    active = next((release.number for release in releases if release.state is ReleaseState.ACTIVE), None)
    if active is None:
        return None
    rows = [
        [_button(f"退回第{release.number}版", Action.BACK, release.number, active)]
        if release.state is ReleaseState.FORMER
        else [_button(f"启用第{release.number}版", Action.ACTIVATE, release.number, active)]
        for release in releases
        if release.state in (ReleaseState.FORMER, ReleaseState.CANDIDATE)
    ]
    return InlineKeyboardMarkup(rows[:OFFERED]) if rows else None


def _button(label: str, action: Action, release: int, expected: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"rel:{action}:{release}:{expected}")
