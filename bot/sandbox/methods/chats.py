"""What the bot may ask about a chat and its members, and leaving it."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.wire import member_json
from bot.sandbox.world import Room, World


def get_chat(world: World, params: Params) -> dict[str, Any]:
    room = world.room_for_bot(params.chat_id())
    body = room.chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        ),
    }
    if room.chat.kind != "private":
        body["permissions"] = {"can_send_messages": True, "can_invite_users": True, "can_send_documents": True}
    return body


def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    room = world.room_for_bot(params.chat_id())
    user_id = params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id not in {person.id for person in room.chat.members} | {world.cast.bot.id}:
        raise bad_request("member not found" if world.cast.person(user_id) else "user not found")
    return member_json(world, room, user_id)


def get_chat_administrators(world: World, params: Params) -> list[dict[str, Any]]:
    room = world.room_for_bot(params.chat_id())
    if room.chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    ids = [*room.chat.administrators, *([world.cast.bot.id] if room.bot_status == "administrator" else [])]
    return [member_json(world, room, user_id) for user_id in ids]


def get_chat_member_count(world: World, params: Params) -> int:
    room: Room = world.room_for_bot(params.chat_id())
    return len(room.chat.members) + 1


def leave_chat(world: World, params: Params) -> bool:
    room = world.room_for_bot(params.chat_id())
    if room.chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    room.bot_status = "left"
    world.events.publish("chat", room.chat.id)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
