"""sendMessage and what every sending method shares: the place, the reply, the formatted text."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.acts import MAX_TEXT, thread_of
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import bot_text
from bot.sandbox.keyboard import parse_markup
from bot.sandbox.message import Document, Formatted, Message, utf16_length
from bot.sandbox.params import Params
from bot.sandbox.wire import message_json
from bot.sandbox.world import Room, World, now

CHAT_ACTIONS = frozenset(
    {"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document"}
    | {"choose_sticker", "find_location", "record_video_note", "upload_video_note", "record_audio", "upload_audio"}
)


@dataclass(frozen=True)
class Place:
    """Where a message goes: chat, topic, and the message it replies to."""

    room: Room
    thread_id: int | None = None
    in_topic: bool = False
    reply_to: int | None = None
    quote: str | None = None


def send_message(world: World, params: Params) -> dict[str, Any]:
    place = find_place(world, params)
    content = message_text(params)
    markup = parse_markup(params.structure("reply_markup", "reply keyboard markup"))
    return post(world, params, place, content, markup=markup)


def send_chat_action(world: World, params: Params) -> bool:
    room = world.room_for_bot(params.chat_id())
    action = params.text("action")
    if action not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    thread_id = params.integer("message_thread_id") or None
    world.events.publish("typing", room.chat.id, action=action, thread_id=thread_id)
    return True


def find_place(world: World, params: Params) -> Place:
    """The chat, topic and reply of a sending method; raises `RefusedError`."""
    room = world.room_for_bot(params.chat_id())
    thread_id = params.integer("message_thread_id") or None
    if thread_id is not None and thread_id not in room.topics:
        raise bad_request("message thread not found")
    replied, quote = _replied(room, params)
    topic, in_topic = thread_of(room, replied, thread_id)
    return Place(room, topic, in_topic, replied.id if replied else None, quote)


def _replied(room: Room, params: Params) -> tuple[Message | None, str | None]:
    reply = params.structure("reply_parameters", "reply parameters")
    if reply is None:
        reply = {
            "message_id": params.integer("reply_to_message_id"),
            "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
        }
    if not isinstance(reply, dict):
        raise bad_request("can't parse reply parameters: expected an Object")
    number = Params(reply).integer("message_id")
    if not number:
        return None, None
    replied = room.messages.get(number)
    if replied is None:
        if reply.get("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found")
    quote = reply.get("quote")
    if quote and str(quote) not in replied.content.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return replied, quote or None


def message_text(params: Params) -> Formatted:
    """The `text` of a message, parsed; raises `RefusedError` where it is empty, too long or badly written."""
    text = params.text("text")
    if not text.strip():
        raise bad_request("message text is empty")
    content = bot_text(text, params.text("parse_mode"), params.structure("entities", "entities"))
    if not content.text:
        raise bad_request("message text is empty")
    if utf16_length(content.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return content


def post(
    world: World,
    params: Params,
    place: Place,
    content: Formatted,
    *,
    markup: dict[str, Any] | None = None,
    document: Document | None = None,
) -> dict[str, Any]:
    """Puts the bot's message into its chat and returns it as the method's result."""
    room = place.room
    message = Message(
        room.next_id(),
        room.chat.id,
        world.cast.bot.id,
        now(),
        content=content,
        thread_id=place.thread_id,
        in_topic=place.in_topic,
        reply_to=place.reply_to,
        quote=place.quote,
        markup=markup,
        document=document,
        silent=params.flag("disable_notification"),
    )
    return message_json(world, world.add(message))


METHODS = {"sendMessage": send_message, "sendChatAction": send_chat_action}
