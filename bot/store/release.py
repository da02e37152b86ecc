"""What a release is: a version of the knowledge in service, with its files, its maker and its history.

Made by bot.store.releases; read by bot.chat, which builds the knowledge from `files` and tells admins the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReleaseState(StrEnum):
    """Where a release stands; only `ACTIVE` answers questions, and at most one is."""

    CANDIDATE = "candidate"
    """Kept and reported on, never in service so far."""
    ACTIVE = "active"
    FORMER = "former"
    """Was in service and can be again."""
    DISCARDED = "discarded"


class Change(StrEnum):
    """What happened to a release."""

    PROPOSED = "proposed"
    ACTIVATED = "activated"
    """Put into service, for the first time or again."""
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Person:
    """An admin: the Telegram id, and the name as it was shown then."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a release was made from, as it was sent: a notice, a plan, a lexicon."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; `by` is None for what nobody ordered (the first release)."""

    release: int
    change: Change
    at: float
    """Seconds since 1970."""
    by: Person | None
    note: str
    """What was done, in one Chinese line: the release's own note, or 退回到第3版; empty where `change` says it all."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a release without its bytes; equal digests (SHA-256) mean equal bytes."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release as a list of releases shows it."""

    number: int
    """Counted from 1 and never given twice; what was discarded leaves a gap."""
    made: float
    by: Person | None
    note: str
    state: ReleaseState
    files: tuple[StoredFile, ...]
    source_name: str | None
    activated: Event | None
    """When and by whom it was last put into service."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release with all its bytes, each file verified against its digest."""

    number: int
    made: float
    by: Person | None
    note: str
    state: ReleaseState
    files: Mapping[str, bytes] = field(repr=False)
    """By name, in the order of names: what bot.plan.reading.parse_files takes."""
    source: Source | None
    history: tuple[Event, ...]
    """The oldest first."""
