"""Changing and deleting messages."""

from typing import Any

from bot.sandbox.acts import MAX_CAPTION
from bot.sandbox.errors import RefusedError, bad_request
from bot.sandbox.formatting import bot_text
from bot.sandbox.keyboard import parse_markup
from bot.sandbox.message import Message, utf16_length
from bot.sandbox.methods.sending import message_text
from bot.sandbox.params import Params
from bot.sandbox.wire import message_json
from bot.sandbox.world import World, now

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content"
    " and reply markup of the message"
)


def edit_message_text(world: World, params: Params) -> dict[str, Any]:
    content = message_text(params)
    markup = _inline_markup(params)
    message = _editable(world, params)
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    return message_json(world, world.change(message, content=content, markup=markup, edit_date=now()))


def edit_message_caption(world: World, params: Params) -> dict[str, Any]:
    content = bot_text(
        params.text("caption"), params.text("parse_mode"), params.structure("caption_entities", "caption entities")
    )
    if utf16_length(content.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    markup = _inline_markup(params)
    message = _editable(world, params)
    if message.document is None:
        raise bad_request("there is no caption in the message to edit")
    if (content, markup) == (message.content, message.markup):
        raise bad_request(NOT_MODIFIED)
    return message_json(world, world.change(message, content=content, markup=markup, edit_date=now()))


def edit_message_reply_markup(world: World, params: Params) -> dict[str, Any]:
    markup = _inline_markup(params)
    message = _editable(world, params)
    if markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    return message_json(world, world.change(message, markup=markup, edit_date=now()))


def delete_message(world: World, params: Params) -> bool:
    message = _named(world, params, bad_request("message to delete not found"))
    room = world.room(message.chat_id)
    own = message.sender_id == world.cast.bot.id
    if not own and room.chat.kind != "private" and room.bot_status != "administrator":
        raise bad_request("message can't be deleted")
    world.remove(message)
    return True


def _inline_markup(params: Params) -> dict[str, Any] | None:
    return parse_markup(params.structure("reply_markup", "reply keyboard markup"), inline_only=True)


def _editable(world: World, params: Params) -> Message:
    message = _named(world, params, bad_request("message to edit not found"))
    if message.sender_id != world.cast.bot.id:
        raise bad_request("message can't be edited")
    return message


def _named(world: World, params: Params, absent: RefusedError) -> Message:
    """The message of chat_id and message_id; raises `absent` where there is none."""
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    room = world.room_for_bot(params.chat_id())
    number = params.integer("message_id")
    if number <= 0:
        raise bad_request("message identifier is not specified")
    message = room.messages.get(number)
    if message is None:
        raise absent
    return message


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
