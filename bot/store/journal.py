"""The journal: which questions were asked, how they were answered, and whether that was useful.

Admins learn from it what the knowledge lacks, so it keeps the question's text; it keeps no person, chat or message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, update

from bot.answer.model import Answer
from bot.plan.model import PointKey
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.schema import JournalRow

QUESTION_LIMIT = 500
"""Characters of a question that are kept; a longer message is no question that one learns from."""

Where = Literal["private", "group"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the journal; `useful` is None until the person who asked says so."""

    id: int
    asked: float
    where: str
    question: str
    outcome: str
    points: tuple[PointKey, ...]
    useful: bool | None


class Journal:
    """The questions; every method raises StoreError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def write(self, question: str, where: Where, answer: Answer) -> int:
        """Notes a question and its answer; returns the entry's id."""
        row = JournalRow(
            asked=self._clock(),
            place=where,
            question=question[:QUESTION_LIMIT],
            outcome=answer.outcome.value,
            points=[list(citation.key) for citation in answer.citations],
            useful=None,
        )
        async with self._database.session("写入问答记录") as session:
            session.add(row)
            await session.flush()
            return row.id

    async def judge(self, entry: int, *, useful: bool) -> None:
        """Notes what the person who asked thinks of the answer; the last word counts."""
        async with self._database.session("记录反馈") as session:
            await session.execute(update(JournalRow).where(JournalRow.id == entry).values(useful=useful))

    async def latest(self, count: int) -> Sequence[Entry]:
        """The last `count` questions, the newest first."""
        async with self._database.session("读取问答记录") as session:
            rows = await session.scalars(select(JournalRow).order_by(JournalRow.id.desc()).limit(count))
            return [_entry(row) for row in rows]


def _entry(row: JournalRow) -> Entry:
    points = tuple(PointKey(*key) for key in row.points)
    return Entry(row.id, row.asked, row.place, row.question, row.outcome, points, row.useful)
