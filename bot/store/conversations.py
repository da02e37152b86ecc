"""Keeps what each person's conversation is about: one focus for a person in a chat and topic, for half an hour."""

from typing import NamedTuple

from sqlalchemy import delete

from bot.answer.focus import Focus
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.schema import FocusRow

FORGET_AFTER = 30 * 60
"""Seconds; design.md: forgotten after half an hour."""


class Place(NamedTuple):
    """Whose conversation: chat, topic (0: none) and person."""

    chat: int
    thread: int
    person: int


class Conversations:
    """The focuses; every method raises StoreError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def focus(self, place: Place) -> Focus | None:
        """What the conversation is about, unless that is half an hour ago."""
        async with self._database.session("读取对话") as session:
            row = await session.get(FocusRow, tuple(place))
        if row is None or self._clock() - row.updated > FORGET_AFTER:
            return None
        return Focus.from_json(row.focus)

    async def keep(self, place: Place, focus: Focus | None) -> None:
        """Remembers it from now on; None forgets."""
        async with self._database.session("记录对话") as session:
            if focus is not None:
                key = place._asdict()
                values = {**key, "focus": focus.to_json(), "updated": self._clock()}
                await self._database.put(session, FocusRow, values)
            elif (row := await session.get(FocusRow, tuple(place))) is not None:
                await session.delete(row)

    async def tidy(self) -> None:
        """Deletes what is forgotten anyway."""
        async with self._database.session("整理对话") as session:
            await session.execute(delete(FocusRow).where(FocusRow.updated < self._clock() - FORGET_AFTER))
