"""The state of the sandbox: chats with their messages, what waits for the bot, what was called.

The Bot API's methods (`methods/`) act on it for the bot, `acts.py` for the people, `control.py` for page and tests.
"""

import itertools
import time
from dataclasses import dataclass, field, replace
from typing import Any

from bot.sandbox.calls import CallLog
from bot.sandbox.cast import Cast, Chat, default_cast
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.events import EventLog
from bot.sandbox.faults import FaultPlan
from bot.sandbox.files import FileStore
from bot.sandbox.message import Message
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import WebhookDelivery

GONE = {
    "blocked": "bot was blocked by the user",
    "kicked": "bot was kicked from the supergroup chat",
    "left": "bot is not a member of the supergroup chat",
}


@dataclass
class Room:
    """A chat as it stands now. `bot_status` is member, administrator, blocked, kicked or left."""

    chat: Chat
    privacy: bool
    bot_status: str = "member"
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0

    @property
    def topics(self) -> dict[int, str]:
        """Topics by their message_thread_id; General has none."""
        return {
            message.id: str(message.service["forum_topic_created"]["name"])
            for message in self.messages.values()
            if message.service and "forum_topic_created" in message.service
        }

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id


@dataclass
class PressedButton:
    """A callback query: who pressed what, and the bot's answer once it came."""

    id: str
    chat_id: int
    message_id: int
    person_id: int
    pressed_at: float
    answer: dict[str, Any] | None = None


@dataclass
class BotTexts:
    """What the bot says about itself; commands by (scope as JSON, language)."""

    name: str
    description: str = ""
    short_description: str = ""
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)


class World:
    """Everything that the sandbox knows. `callback_seconds`: how long a pressed button can be answered."""

    def __init__(self, token: str, cast: Cast | None = None, *, callback_seconds: float = 60.0) -> None:
        self.token = token
        self.cast = cast or default_cast(token)
        self.callback_seconds = callback_seconds
        self.reads_all = self.cast.bot.reads_all
        self.updates = UpdateQueue()
        self.webhooks = WebhookDelivery(self.updates)
        self.faults = FaultPlan()
        self.calls = CallLog()
        self.events = EventLog()
        self.files = FileStore()
        self.texts = BotTexts(self.cast.bot.first_name)
        self.pressed: dict[str, PressedButton] = {}
        self._callback_ids = itertools.count(4_400_000_000_000_000_001)
        self.rooms = {chat.id: Room(chat, chat.privacy) for chat in self.cast.chats}
        for room in self.rooms.values():
            self._open_topics(room)

    def bot_json(self) -> dict[str, Any]:
        """The bot as a `User`, under the name it has given itself."""
        return self.cast.bot.json() | {"first_name": self.texts.name}

    def room(self, chat_id: int) -> Room:
        """The chat of this id; raises `RefusedError` (chat not found)."""
        if chat_id not in self.rooms:
            raise bad_request("chat not found")
        return self.rooms[chat_id]

    def room_for_bot(self, chat_id: int) -> Room:
        """The chat of this id, if the bot may write there; raises `RefusedError` (400 or 403)."""
        room = self.room(chat_id)
        if room.bot_status in GONE:
            raise forbidden(GONE[room.bot_status])
        return room

    def message(self, chat_id: int, message_id: int) -> Message | None:
        return self.room(chat_id).messages.get(message_id)

    def add(self, message: Message) -> Message:
        """Puts a new message into its chat and tells the page; the caller tells the bot."""
        self.rooms[message.chat_id].messages[message.id] = message
        self.events.publish("message", message.chat_id, message_id=message.id, from_id=message.sender_id)
        return message

    def change(self, message: Message, **fields: Any) -> Message:
        """Replaces a message by a changed copy and tells the page."""
        changed = replace(message, **fields)
        self.rooms[message.chat_id].messages[message.id] = changed
        self.events.publish("edited", message.chat_id, message_id=message.id, from_id=message.sender_id)
        return changed

    def remove(self, message: Message) -> None:
        del self.rooms[message.chat_id].messages[message.id]
        self.events.publish("deleted", message.chat_id, message_id=message.id)

    def press(self, chat_id: int, message_id: int, person_id: int) -> PressedButton:
        button = PressedButton(str(next(self._callback_ids)), chat_id, message_id, person_id, time.monotonic())
        self.pressed[button.id] = button
        return button

    def open_query(self, query_id: str) -> PressedButton:
        """The callback query that may still be answered; raises `RefusedError`."""
        button = self.pressed.get(query_id)
        late = button is not None and time.monotonic() - button.pressed_at > self.callback_seconds
        if button is None or late or button.answer is not None:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return button

    def _open_topics(self, room: Room) -> None:
        if not room.chat.is_forum:
            return
        owner = next(iter(room.chat.administrators or [person.id for person in room.chat.members]))
        room.next_id()  # 1 is General's number, which no message_thread_id names
        for name in room.chat.topics:
            number = room.next_id()
            service = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
            room.messages[number] = Message(
                number, room.chat.id, owner, now(), thread_id=number, in_topic=True, service=service
            )


def now() -> int:
    """The time as the Bot API writes it: whole seconds since 1970."""
    return int(time.time())
