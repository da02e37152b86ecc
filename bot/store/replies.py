"""The bot's own replies: what their buttons do, and which messages they are when a question is edited."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from bot.answer.focus import Focus
from bot.plan.model import PointKey
from bot.store.clock import Clock
from bot.store.database import Database
from bot.store.schema import ReplyMessageRow, ReplyRow

ID_LIMIT = 2**62
"""Every reply's id is below it; databases hold 63 bits."""
KEEP_FOR = 30 * 24 * 3600
"""Seconds; then the buttons of a reply say that it is too old."""


@dataclass(frozen=True, slots=True)
class Question:
    """The message that asked: `asked` in seconds since 1970, because ids alone may come again on another server."""

    chat: int
    message: int
    asked: float
    digest: str
    """Of its text."""
    person: int


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply and what its buttons need."""

    id: int
    """Random: it can't be guessed."""
    question: Question
    journal: int | None = None
    browsing: bool = False
    """Whether it was sent by 上一条 or 下一条, and is turned over in place."""
    point: PointKey | None = None
    choices: tuple[str, ...] = ()
    focus: Focus | None = None


def new_id() -> int:
    """An id for a reply, known before it is sent because its buttons carry it."""
    return secrets.randbelow(ID_LIMIT)


class Replies:
    """The replies; every method raises StoreError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def keep(self, reply: Reply) -> None:
        """Writes the reply, in place of an earlier state of it; call it before sending, so that its buttons work."""
        question = reply.question
        values = {
            "id": reply.id,
            "chat": question.chat,
            "question": question.message,
            "asked": question.asked,
            "digest": question.digest,
            "person": question.person,
            "journal": reply.journal,
            "browsing": reply.browsing,
            "point": list(reply.point) if reply.point else None,
            "choices": list(reply.choices),
            "focus": reply.focus.to_json() if reply.focus else None,
        }
        async with self._database.session("记录回答") as session:
            await self._database.put(session, ReplyRow, values)

    async def sent(self, reply: Reply, messages: Sequence[int]) -> None:
        """Notes the messages that the reply now consists of, in order."""
        async with self._database.session("记录回答") as session:
            await session.execute(delete(ReplyMessageRow).where(ReplyMessageRow.reply == reply.id))
            for message in messages:
                values = {"chat": reply.question.chat, "message": message, "reply": reply.id}
                await self._database.put(session, ReplyMessageRow, values)

    async def by_id(self, reply: int) -> Reply | None:
        """The reply of this id."""
        async with self._database.session("读取回答") as session:
            row = await session.get(ReplyRow, reply)
        return _reply(row) if row else None

    async def to(self, chat: int, message: int, asked: float) -> Reply | None:
        """The reply to this message; the answer, not what was turned over from it."""
        found = select(ReplyRow).where(
            ReplyRow.chat == chat, ReplyRow.question == message, ReplyRow.asked == asked, ~ReplyRow.browsing
        )
        async with self._database.session("读取回答") as session:
            row = (await session.scalars(found.limit(1))).first()
        return _reply(row) if row else None

    async def holding(self, chat: int, message: int) -> Reply | None:
        """The reply that this message of the bot is part of."""
        async with self._database.session("读取回答") as session:
            part = await session.get(ReplyMessageRow, (chat, message))
            row = await session.get(ReplyRow, part.reply) if part else None
        return _reply(row) if row else None

    async def messages(self, reply: Reply) -> tuple[int, ...]:
        """The ids of the messages that the reply consists of, in order; none when sending it failed."""
        found = select(ReplyMessageRow.message).where(ReplyMessageRow.reply == reply.id)
        async with self._database.session("读取回答") as session:
            return tuple(await session.scalars(found.order_by(ReplyMessageRow.message)))

    async def tidy(self) -> None:
        """Deletes the replies that are too old for their buttons."""
        old = select(ReplyRow.id).where(ReplyRow.asked < self._clock() - KEEP_FOR)
        async with self._database.session("整理回答") as session:
            await session.execute(delete(ReplyMessageRow).where(ReplyMessageRow.reply.in_(old)))
            await session.execute(delete(ReplyRow).where(ReplyRow.asked < self._clock() - KEEP_FOR))


def _reply(row: ReplyRow) -> Reply:
    return Reply(
        id=row.id,
        question=Question(row.chat, row.question, row.asked, row.digest, row.person),
        journal=row.journal,
        browsing=row.browsing,
        point=PointKey(*row.point) if row.point else None,
        choices=tuple(str(choice) for choice in row.choices),
        focus=Focus.from_json(row.focus),
    )
