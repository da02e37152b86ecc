"""Messages, members and updates as the Bot API's JSON.

Used by the methods' results, the updates and the control API, which shows messages in the same shape.
"""

from typing import Any

from bot.sandbox.message import Message
from bot.sandbox.world import PressedButton, Room, World

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def user_json(world: World, user_id: int) -> dict[str, Any]:
    person = world.cast.person(user_id)
    return person.json() if person else world.bot_json()


def message_json(world: World, message: Message, *, with_reply: bool = True) -> dict[str, Any]:
    """A message with its sender, chat and (one level of) the message that it replies to."""
    room = world.room(message.chat_id)
    body: dict[str, Any] = {
        "message_id": message.id,
        "from": user_json(world, message.sender_id),
        "chat": room.chat.json(),
        "date": message.date,
    }
    if message.thread_id is not None:
        body["message_thread_id"] = message.thread_id
    if message.in_topic:
        body["is_topic_message"] = True
    if message.edit_date is not None:
        body["edit_date"] = message.edit_date
    if message.origin is not None:
        sender = user_json(world, message.origin.sender_id)
        body["forward_origin"] = {"type": "user", "date": message.origin.date, "sender_user": sender}
    if with_reply:
        body |= _reply_json(world, room, message)
    return body | _content_json(message)


def _reply_json(world: World, room: Room, message: Message) -> dict[str, Any]:
    """The message replied to; in a topic, as in Telegram, the topic's first one where there is none."""
    number = message.reply_to
    if number is None and message.in_topic and message.service is None:
        number = message.thread_id
    replied = room.messages.get(number) if number is not None else None
    if replied is None:
        return {}
    body: dict[str, Any] = {"reply_to_message": message_json(world, replied, with_reply=False)}
    if message.quote is not None:
        body["quote"] = {"text": message.quote, "position": max(0, replied.content.text.find(message.quote))}
    return body


def _content_json(message: Message) -> dict[str, Any]:
    body: dict[str, Any] = dict(message.service or {})
    text, entities = ("caption", "caption_entities") if message.document else ("text", "entities")
    if message.document:
        body["document"] = message.document.json()
    if message.content.text:
        body[text] = message.content.text
    if message.content.entities:
        body[entities] = [entity.json() for entity in message.content.entities]
    if message.keyboard:
        body["reply_markup"] = message.markup
    return body


def member_json(world: World, room: Room, user_id: int) -> dict[str, Any]:
    """The user's standing in a chat, as one of the Bot API's ChatMember shapes."""
    user = user_json(world, user_id)
    if user_id == world.cast.bot.id:
        return bot_member_json(world, room.bot_status)
    if room.chat.administrators and user_id == room.chat.administrators[0]:
        return {"user": user, "status": "creator", "is_anonymous": False}
    if user_id in room.chat.administrators:
        return _administrator(user)
    return {"user": user, "status": "member"}


def bot_member_json(world: World, status: str) -> dict[str, Any]:
    """The bot's standing; to Telegram, a person who blocks the bot has kicked it from their chat."""
    user = world.bot_json()
    if status == "administrator":
        return _administrator(user)
    if status in {"blocked", "kicked"}:
        return {"user": user, "status": "kicked", "until_date": 0}
    return {"user": user, "status": status}


def _administrator(user: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {"user": user, "status": "administrator", "can_be_edited": False, "is_anonymous": False}
    return body | dict.fromkeys(ADMIN_RIGHTS, True) | {"can_promote_members": False}


def callback_json(world: World, button: PressedButton, data: str) -> dict[str, Any]:
    message = world.message(button.chat_id, button.message_id)
    body: dict[str, Any] = {"id": button.id, "from": user_json(world, button.person_id)}
    if message is not None:
        body["message"] = message_json(world, message)
    return body | {"chat_instance": str(abs(button.chat_id) * 7919), "data": data}
