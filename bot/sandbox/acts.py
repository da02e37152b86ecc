"""What people do: write, edit, press buttons, upload, forward, block the bot; and which of it reaches the bot.

Called by the control API for the page and the tests.
"""

from typing import Any

from bot.sandbox.errors import RefusedError
from bot.sandbox.formatting import typed_text
from bot.sandbox.message import Document, Formatted, Message, Origin, utf16_length
from bot.sandbox.wire import bot_member_json, callback_json, message_json, user_json
from bot.sandbox.world import PressedButton, Room, World, now

MAX_TEXT = 4096
MAX_CAPTION = 1024


class ActError(ValueError):
    """Something that a person cannot do; its text says why, in the words that the page shows."""


def write(
    world: World,
    chat_id: int,
    person_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    thread_id: int | None = None,
    document: Document | None = None,
    origin: Origin | None = None,
    content: Formatted | None = None,
) -> Message:
    """A person sends a message (with a document: the text is its caption); the bot hears of it where it may."""
    room = _room(world, chat_id, person_id)
    formatted = content or typed_text(text)
    longest = MAX_CAPTION if document else MAX_TEXT
    if not formatted.text and document is None:
        raise ActError("消息是空的")
    if utf16_length(formatted.text) > longest:
        raise ActError(f"消息超过 {longest} 个字符")
    replied = room.messages.get(reply_to) if reply_to is not None else None
    if reply_to is not None and replied is None:
        raise ActError(f"要回复的消息 {reply_to} 不在了")
    if thread_id is not None and thread_id not in room.topics:
        raise ActError(f"没有话题 {thread_id}")
    topic, in_topic = thread_of(room, replied, thread_id)
    message = world.add(
        Message(
            room.next_id(),
            chat_id,
            person_id,
            now(),
            content=formatted,
            thread_id=topic,
            in_topic=in_topic,
            reply_to=reply_to,
            document=document,
            origin=origin,
        )
    )
    _tell_bot(world, room, "message", message)
    return message


def edit(world: World, chat_id: int, message_id: int, text: str) -> Message:
    """A person changes a message of theirs."""
    room = world.rooms.get(chat_id)
    message = room.messages.get(message_id) if room else None
    if room is None or message is None or message.sender_id == world.cast.bot.id or message.service:
        raise ActError("这条消息不能编辑")
    formatted = typed_text(text)
    if not formatted.text and message.document is None:
        raise ActError("消息是空的")
    changed = world.change(message, content=formatted, edit_date=now())
    _tell_bot(world, room, "edited_message", changed)
    return changed


def forward(world: World, chat_id: int, person_id: int, source: Message, *, thread_id: int | None = None) -> Message:
    """A person forwards a message into a chat."""
    origin = source.origin or Origin(source.sender_id, source.date)
    return write(
        world,
        chat_id,
        person_id,
        "",
        thread_id=thread_id,
        document=source.document,
        origin=origin,
        content=source.content,
    )


def press(
    world: World, chat_id: int, message_id: int, person_id: int, data: str, *, forged: bool = False
) -> PressedButton:
    """A person presses a button; `forged` sends data that no button has, as a tampered client can."""
    room = _room(world, chat_id, person_id)
    message = room.messages.get(message_id)
    if message is None:
        raise ActError("没有这条消息")
    if not forged and not any(button.get("callback_data") == data for row in message.keyboard for button in row):
        raise ActError("这条消息没有这个按钮")
    button = world.press(chat_id, message_id, person_id)
    if room.bot_status not in {"blocked", "kicked", "left"}:
        world.updates.add("callback_query", callback_json(world, button, data))
    return button


def set_membership(world: World, chat_id: int, person_id: int, status: str) -> None:
    """A person blocks or unblocks the bot; in a group: removes it, takes it back, makes it an administrator."""
    room = _room(world, chat_id, person_id)
    private = room.chat.kind == "private"
    possible = {"member", "blocked"} if private else {"member", "administrator", "kicked", "left"}
    if status not in possible:
        raise ActError(f"这个聊天里的状态只能是 {'、'.join(sorted(possible))}")
    old, room.bot_status = room.bot_status, status
    world.events.publish("chat", chat_id)
    if old == status:
        return
    body = {
        "chat": room.chat.json(),
        "from": user_json(world, person_id),
        "date": now(),
        "old_chat_member": bot_member_json(world, old),
        "new_chat_member": bot_member_json(world, status),
    }
    world.updates.add("my_chat_member", body)


def thread_of(room: Room, replied: Message | None, thread_id: int | None) -> tuple[int | None, bool]:
    """The message_thread_id of a new message and whether it is a topic's.

    In a forum that is the topic, which a reply inherits. In other supergroups it is the first message of a chain of
    replies: Telegram sends it with the update, and refuses it as a place to send to.
    """
    if room.chat.is_forum:
        topic = thread_id if thread_id is not None else (replied.thread_id if replied and replied.in_topic else None)
        return topic, topic is not None
    if room.chat.kind == "supergroup" and replied is not None:
        return replied.thread_id or replied.id, False
    return None, False


def _room(world: World, chat_id: int, person_id: int) -> Room:
    try:
        room = world.room(chat_id)
    except RefusedError as error:
        raise ActError("没有这个聊天") from error
    if person_id not in {person.id for person in room.chat.members}:
        raise ActError("此人不在这个聊天里")
    return room


def _tell_bot(world: World, room: Room, kind: str, message: Message) -> None:
    if reaches_bot(world, room, message):
        world.updates.add(kind, message_json(world, message))


def reaches_bot(world: World, room: Room, message: Message) -> bool:
    """Telegram's rule of delivery: in privacy mode a group's bot gets commands, replies to itself, service messages."""
    if room.bot_status in {"blocked", "kicked", "left"}:
        return False
    if room.chat.kind == "private" or not room.privacy or room.bot_status == "administrator" or message.service:
        return True
    replied = room.messages.get(message.reply_to) if message.reply_to is not None else None
    return (replied is not None and replied.sender_id == world.cast.bot.id) or _is_command(world, message.content)


def _is_command(world: World, content: Formatted) -> bool:
    """Whether the text begins with a command that is not another bot's."""
    if not any(entity.kind == "bot_command" and entity.offset == 0 for entity in content.entities):
        return False
    command = content.text.split(maxsplit=1)[0]
    _, _, addressee = command.partition("@")
    return not addressee or addressee.lower() == world.cast.bot.username.lower()


def check_raw_update(update: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The one kind and body of an update to inject."""
    bodies = {kind: body for kind, body in update.items() if kind != "update_id"}
    if len(bodies) != 1:
        raise ActError("一个更新只有一种内容")
    kind, body = next(iter(bodies.items()))
    if not isinstance(body, dict):
        raise ActError("更新的内容须是对象")
    return kind, body
