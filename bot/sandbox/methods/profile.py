"""The bot about itself: getMe, its commands and descriptions, closing and logging out."""

import json
import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params
from bot.sandbox.world import Room, World

MAX_COMMANDS = 100
SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators"}
    | {"chat_member"}
)


def get_me(world: World, params: Params) -> dict[str, Any]:
    return world.bot_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(world: World, params: Params) -> bool:
    commands = params.structure("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.texts.commands[_scope(params), params.text("language_code")] = [_command(command) for command in commands]
    world.events.publish("commands", None)
    return True


def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    return world.texts.commands.get((_scope(params), params.text("language_code")), [])


def delete_my_commands(world: World, params: Params) -> bool:
    world.texts.commands.pop((_scope(params), params.text("language_code")), None)
    world.events.publish("commands", None)
    return True


def commands_for(world: World, room: Room, person_id: int, language: str = "zh") -> list[dict[str, str]]:
    """The commands that Telegram offers a person in a chat: the narrowest scope that has some, their language first."""
    chat = {"chat_id": room.chat.id}
    admin = person_id in room.chat.administrators
    scopes: list[dict[str, Any]]
    if room.chat.kind == "private":
        scopes = [{"type": "chat", **chat}, {"type": "all_private_chats"}]
    else:
        scopes = [
            {"type": "chat_member", **chat, "user_id": person_id},
            *([{"type": "chat_administrators", **chat}] if admin else []),
            {"type": "chat", **chat},
            *([{"type": "all_chat_administrators"}] if admin else []),
            {"type": "all_group_chats"},
        ]
    for scope in [*scopes, {"type": "default"}]:
        for code in (language, ""):
            if found := world.texts.commands.get((_scope_key(scope), code)):
                return found
    return []


def set_my_name(world: World, params: Params) -> bool:
    world.texts.name = params.text("name") or world.cast.bot.first_name
    return True


def get_my_name(world: World, params: Params) -> dict[str, str]:
    return {"name": world.texts.name}


def set_my_description(world: World, params: Params) -> bool:
    world.texts.description = _within(params.text("description"), 512)
    world.events.publish("commands", None)
    return True


def get_my_description(world: World, params: Params) -> dict[str, str]:
    return {"description": world.texts.description}


def set_my_short_description(world: World, params: Params) -> bool:
    world.texts.short_description = _within(params.text("short_description"), 120)
    return True


def get_my_short_description(world: World, params: Params) -> dict[str, str]:
    return {"short_description": world.texts.short_description}


def close_or_log_out(world: World, params: Params) -> bool:
    """close and logOut say yes and change nothing: there is no second Bot API server to move to."""
    return True


def _within(text: str, longest: int) -> str:
    if len(text) > longest:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    return text


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict) or not isinstance(command.get("command"), str):
        raise bad_request("can't parse BotCommand: Can't find field \"command\"")
    name = command["command"].removeprefix("/")
    description = str(command.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _scope(params: Params) -> str:
    scope = params.structure("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return _scope_key(scope)


def _scope_key(scope: dict[str, Any]) -> str:
    """One text for equal scopes, whether their numbers came as numbers or as text."""
    return json.dumps({name: str(value) for name, value in scope.items()}, sort_keys=True)


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "close": close_or_log_out,
    "logOut": close_or_log_out,
}
