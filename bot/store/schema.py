"""The tables: what survives a restart and is shared by replicas; used by the other files of bot.store.

Times are seconds since 1970 (UTC), because SQLite keeps no time zones. Ids of chats and people need 64 bits. A table is
only ever added: Database.open makes what is missing and changes nothing of a former version's tables.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The root of the tables."""


class FocusRow(Base):
    """What one person's conversation in one chat and topic is about (thread 0: no topic)."""

    __tablename__ = "focus"

    chat: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    thread: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    focus: Mapped[dict[str, Any]] = mapped_column(JSON)
    updated: Mapped[float]


class JournalRow(Base):
    """A question asked, from which admins learn what the bot could not answer; nothing here says who asked."""

    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(primary_key=True)
    asked: Mapped[float] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(String(16))
    """`private` or `group`."""
    question: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(16))
    points: Mapped[list[Any]] = mapped_column(JSON)
    """The cited points, each as [plan, section, point]."""
    useful: Mapped[bool | None]
    """What the person who asked said by button."""


class ReplyRow(Base):
    """A reply of the bot: what its buttons do, and which question it belongs to when that is edited."""

    __tablename__ = "replies"
    __table_args__ = (Index("replies_question", "chat", "question"),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Random, so that a button can neither be guessed nor mean another reply after the database was replaced."""
    chat: Mapped[int] = mapped_column(BigInteger)
    question: Mapped[int] = mapped_column(BigInteger)
    """The id of the message that asked."""
    asked: Mapped[float] = mapped_column(index=True)
    """When it was sent: message ids alone may come again on another Bot API server."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of the question's text: an edit that leaves the text alone needs no new answer."""
    person: Mapped[int] = mapped_column(BigInteger)
    journal: Mapped[int | None]
    browsing: Mapped[bool]
    """Whether it was sent by 上一条 or 下一条, and is turned over in place."""
    point: Mapped[list[Any] | None] = mapped_column(JSON)
    """The point from which 上一条 and 下一条 go on."""
    choices: Mapped[list[Any]] = mapped_column(JSON)
    """The questions behind the buttons of choices."""
    focus: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What the reply was about, for somebody who replies to it."""


class ReplyMessageRow(Base):
    """The messages in which a reply was sent, in order."""

    __tablename__ = "reply_messages"

    chat: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    reply: Mapped[int] = mapped_column(BigInteger, index=True)


class ReleaseRow(Base):
    """A version of the knowledge. Apart from `state` it never changes once it is written."""

    __tablename__ = "releases"
    __table_args__ = ({"sqlite_autoincrement": True},)  # A number never comes again.

    number: Mapped[int] = mapped_column(primary_key=True)
    made: Mapped[float]
    person: Mapped[int | None] = mapped_column(BigInteger)
    """Nobody made the first one."""
    person_name: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    """`candidate`, `served` (in service now or once) or `discarded`; which one is in service, ServiceRow alone says."""
    source_name: Mapped[str | None] = mapped_column(Text)
    source_digest: Mapped[str | None] = mapped_column(String(64))


class ReleaseFileRow(Base):
    """A file of a release; its bytes are in ContentRow."""

    __tablename__ = "release_files"

    release: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(255), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)


class ContentRow(Base):
    """The bytes of a file, once for all releases that have them."""

    __tablename__ = "contents"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of `data`, in hexadecimal."""
    size: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class ReleaseEventRow(Base):
    """What happened to a release, when and by whom; never changed."""

    __tablename__ = "release_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    release: Mapped[int] = mapped_column(index=True)
    change: Mapped[str] = mapped_column(String(16))
    at: Mapped[float]
    person: Mapped[int | None] = mapped_column(BigInteger)
    person_name: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)


class FolderRow(Base):
    """The state of the folder of knowledge when it was last looked at: one row."""

    __tablename__ = "folder"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    digests: Mapped[dict[str, Any]] = mapped_column(JSON)
    """File name -> SHA-256."""
    looked: Mapped[float]


class ServiceRow(Base):
    """Which release is in service: one row, whose lock every change of the releases takes first."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Always 1."""
    number: Mapped[int | None]
    """None until the first release is in service."""
    changing: Mapped[float]
    """When the last change of any release was made; writing it is what takes the lock."""
