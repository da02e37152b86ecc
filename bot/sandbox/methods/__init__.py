"""The Bot API's methods, by their names in lower case: Telegram takes them in any case.

`api.py` looks a method up here; each file holds the methods of one subject.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.sandbox.methods import answering, chats, documents, editing, profile, receiving, sending
from bot.sandbox.params import Params
from bot.sandbox.world import World

Method = Callable[[World, Params], Any | Awaitable[Any]]


def method_table() -> dict[str, tuple[str, Method]]:
    """Lower-case name -> (the name as Telegram writes it, the method)."""
    table: dict[str, tuple[str, Method]] = {}
    for subject in (receiving, sending, documents, editing, answering, chats, profile):
        for name, method in subject.METHODS.items():
            table[name.lower()] = (name, method)
    return table
