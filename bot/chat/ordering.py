"""In which order updates are handled: one person's one after the other, different people's at once."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

WAITING = 10_000
"""Updates that may wait at once; what is beyond waits in python-telegram-bot's own queue."""
AT_ONCE = 64
"""People who are answered at the same time."""


class InOrder(BaseUpdateProcessor):
    """Lets a person's next message wait for the answer to the last, and nobody else's."""

    def __init__(self) -> None:
        super().__init__(WAITING)
        self._turns: dict[int, asyncio.Lock] = {}
        self._waiting: dict[int, int] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Waits for the person's turn; an asyncio.Lock lets them through in the order in which they came."""
        who = _who(update)
        turn = self._turns.setdefault(who, asyncio.Lock())
        self._waiting[who] = self._waiting.get(who, 0) + 1
        try:
            async with turn, self._places:
                await coroutine
        finally:
            self._waiting[who] -= 1
            if not self._waiting[who]:
                del self._waiting[who], self._turns[who]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end: Application.stop waits for what is under way."""


def _who(update: object) -> int:
    if not isinstance(update, Update):
        return 0
    if update.effective_user is not None:
        return update.effective_user.id
    return update.effective_chat.id if update.effective_chat is not None else 0
