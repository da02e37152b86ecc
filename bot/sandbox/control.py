"""The control API under /sandbox/api/: what the page and the tests use instead of people's phones.

JSON in and out; messages are in the Bot API's own shape. What a person cannot do is answered with 400 {"error": ...}.
The routes stand in `control_routes`, with what each takes beside its handler.
"""

import json
import logging
from types import TracebackType
from typing import Any

from tornado.web import HTTPError, RequestHandler

from bot.sandbox import acts
from bot.sandbox.acts import ActError
from bot.sandbox.errors import RefusedError
from bot.sandbox.given import Given, GivenError, read_json
from bot.sandbox.message import Message
from bot.sandbox.methods.profile import commands_for
from bot.sandbox.wire import message_json
from bot.sandbox.world import World

logger = logging.getLogger(__name__)

EXPECTED = ActError | GivenError | RefusedError


class ControlHandler(RequestHandler):
    """What the routes share: the world, JSON, errors, and no calls from other sites' pages."""

    world: World

    def initialize(self, world: World) -> None:
        self.world = world

    def prepare(self) -> None:
        origin = self.request.headers.get("Origin")
        if origin is not None and origin.partition("://")[2] != self.request.host:
            raise HTTPError(403, reason="Other sites may not use the sandbox")

    def answer(self, body: Any) -> None:
        self.set_header("Content-Type", "application/json; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(body, ensure_ascii=False))

    def body(self) -> Given:
        """The fields of the JSON body."""
        return read_json(self.request.body)

    def query(self) -> Given:
        return Given({name: self.get_query_argument(name) for name in self.request.query_arguments})

    def shown(self, message: Message) -> None:
        self.answer(message_json(self.world, message))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, EXPECTED):
            self.set_status(400)
            self.answer({"error": str(error)})
        else:
            self.answer({"error": self._reason})

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if isinstance(value, EXPECTED | HTTPError):
            logger.debug("refused at the control API: %s", value)
        else:
            logger.error("the control API failed", exc_info=value)


class StateHandler(ControlHandler):
    """GET state: the bot, the people, the chats and the number of the last event."""

    def get(self) -> None:
        world = self.world
        self.answer(
            {
                "bot": world.bot_json()
                | {"can_read_all_group_messages": world.reads_all, "description": world.texts.description},
                "people": [person.json() for person in world.cast.people],
                "chats": [self._chat(chat_id) for chat_id in world.rooms],
                "last_event": world.events.last,
            }
        )

    def _chat(self, chat_id: int) -> dict[str, Any]:
        room = self.world.rooms[chat_id]
        written = [message for message in room.messages.values() if message.service is None]
        return {
            "id": chat_id,
            "type": room.chat.kind,
            "title": room.chat.title,
            "is_forum": room.chat.is_forum,
            "privacy": room.privacy,
            "bot_status": room.bot_status,
            "members": [person.id for person in room.chat.members],
            "administrators": list(room.chat.administrators),
            "topics": [{"thread_id": number, "name": name} for number, name in room.topics.items()],
            "last_message": message_json(self.world, written[-1], with_reply=False) if written else None,
        }


class ChatMessagesHandler(ControlHandler):
    """GET chats/ID/messages[?after=MESSAGE_ID][&thread_id=N]: the chat's messages, oldest first."""

    def get(self, chat_id: str) -> None:
        room = self.world.room(int(chat_id))
        query = self.query()
        after, thread = query.optional_number("after") or 0, query.optional_number("thread_id")
        chosen = [
            message
            for message in room.messages.values()
            if message.id > after and (thread is None or message.thread_id == thread)
        ]
        self.answer({"messages": [message_json(self.world, message) for message in chosen]})


class CommandsHandler(ControlHandler):
    """GET commands?chat_id=&person_id=: the commands that Telegram would offer this person in this chat."""

    def get(self) -> None:
        query = self.query()
        room = self.world.room(query.number("chat_id"))
        self.answer({"commands": commands_for(self.world, room, query.number("person_id"))})


class MessagesHandler(ControlHandler):
    """POST messages {chat_id, from_id, text, reply_to?, thread_id?}: a person writes."""

    def post(self) -> None:
        body = self.body()
        message = acts.write(
            self.world,
            body.number("chat_id"),
            body.number("from_id"),
            body.text("text"),
            reply_to=body.optional_number("reply_to"),
            thread_id=body.optional_number("thread_id"),
        )
        self.shown(message)


class EditsHandler(ControlHandler):
    """POST edits {chat_id, message_id, text}: the person who wrote a message changes it."""

    def post(self) -> None:
        body = self.body()
        self.shown(acts.edit(self.world, body.number("chat_id"), body.number("message_id"), body.text("text")))


class ForwardsHandler(ControlHandler):
    """POST forwards {chat_id, from_id, source_chat_id, message_id, thread_id?}: a person forwards a message."""

    def post(self) -> None:
        body = self.body()
        source = self.world.message(body.number("source_chat_id"), body.number("message_id"))
        if source is None:
            raise ActError("没有这条消息")
        chat_id, person_id = body.number("chat_id"), body.number("from_id")
        thread_id = body.optional_number("thread_id")
        self.shown(acts.forward(self.world, chat_id, person_id, source, thread_id=thread_id))


class PressesHandler(ControlHandler):
    """POST presses {chat_id, message_id, from_id, data, forged?}: a person presses a button."""

    def post(self) -> None:
        body = self.body()
        chat_id, message_id, person_id = map(body.number, ("chat_id", "message_id", "from_id"))
        forged = body.flag("forged")
        button = acts.press(self.world, chat_id, message_id, person_id, body.text("data"), forged=forged)
        self.answer({"callback_query_id": button.id})


class CallbackHandler(ControlHandler):
    """GET callbacks/ID: the bot's answer to a pressed button, or null."""

    def get(self, query_id: str) -> None:
        button = self.world.pressed.get(query_id)
        if button is None:
            raise HTTPError(404)
        self.answer({"callback_query_id": button.id, "answer": button.answer})


class UploadsHandler(ControlHandler):
    """POST uploads (multipart: chat_id, from_id, caption?, reply_to?, thread_id?, file): a person sends a document."""

    def post(self) -> None:
        if "file" not in self.request.files:
            raise GivenError("missing field: file")
        form = Given({name: self.get_body_argument(name) for name in self.request.body_arguments})
        upload = self.request.files["file"][0]
        document = self.world.files.keep(upload["filename"], upload["content_type"], upload["body"])
        message = acts.write(
            self.world,
            form.number("chat_id"),
            form.number("from_id"),
            self.get_body_argument("caption", ""),
            reply_to=form.optional_number("reply_to"),
            thread_id=form.optional_number("thread_id"),
            document=document,
        )
        self.shown(message)
