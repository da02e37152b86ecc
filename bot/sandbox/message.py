"""Messages and what is in them, as plain data in the Bot API's shapes.

Used by every part of the sandbox; `wire.py` writes them as JSON with their sender, chat and reply.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entity:
    """A span of a text; `offset` and `length` count UTF-16 code units."""

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user: int | None = None
    emoji: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"type": self.kind, "offset": self.offset, "length": self.length}
        if self.url is not None:
            body["url"] = self.url
        if self.language:
            body["language"] = self.language
        if self.emoji is not None:
            body["custom_emoji_id"] = self.emoji
        return body


@dataclass(frozen=True)
class Formatted:
    """A text and its entities."""

    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class Document:
    """A file in a chat; its bytes are in `files.FileStore`."""

    file_id: str
    unique_id: str
    name: str
    mime_type: str
    size: int

    def json(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime_type,
            "file_size": self.size,
        }


@dataclass(frozen=True)
class Origin:
    """Where a forwarded message came from."""

    sender_id: int
    date: int


@dataclass(frozen=True)
class Message:
    """One message. `thread_id` is the topic (or the root of a chain of replies), `service` a service message's field.

    `markup` is the inline keyboard, or another reply markup, as JSON; the text of a document is its caption.
    """

    id: int
    chat_id: int
    sender_id: int
    date: int
    content: Formatted = Formatted("")
    thread_id: int | None = None
    in_topic: bool = False
    reply_to: int | None = None
    quote: str | None = None
    markup: dict[str, Any] | None = None
    document: Document | None = None
    edit_date: int | None = None
    origin: Origin | None = None
    service: dict[str, Any] | None = None
    silent: bool = False

    @property
    def keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of inline buttons; none is an empty list."""
        rows: list[list[dict[str, Any]]] = (self.markup or {}).get("inline_keyboard", [])
        return rows


def utf16_length(text: str) -> int:
    """How long Telegram counts a text: UTF-16 code units."""
    return len(text) + sum(1 for char in text if char > "\uffff")
