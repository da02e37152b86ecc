"""The updates that wait for the bot: numbered, kept until confirmed, handed out by one long poll at a time.

`world.py` adds updates; the method getUpdates polls; `webhook.py` takes them from the front.
"""

import asyncio
from collections import deque
from typing import Any

from bot.sandbox.errors import RefusedError, conflict

FIRST_UPDATE_ID = 500_000_001
MAX_LIMIT = 100
MAX_TIMEOUT = 50.0
# Sent only to a bot that asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SET_WEBHOOK = "terminated by setWebhook request"


class UpdateQueue:
    """Pending updates in order; ids grow by one and are never used twice."""

    def __init__(self) -> None:
        self._pending: deque[dict[str, Any]] = deque()
        self._next_id = FIRST_UPDATE_ID
        self._allowed: frozenset[str] | None = None
        self._poller: asyncio.Future[None] | None = None
        self._arrived = asyncio.Event()

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def allowed(self) -> frozenset[str] | None:
        """The kinds that the bot asked for; None for Telegram's default."""
        return self._allowed

    def allow(self, kinds: list[str] | None) -> None:
        """Keeps the kinds a bot asks for; an empty list means the default; None leaves what was set before."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def add(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queues an update; returns its id, or None where the bot did not ask for this kind."""
        wanted = kind in self._allowed if self._allowed is not None else kind not in ON_REQUEST
        if not wanted:
            return None
        update_id = self._next_id
        self._next_id += 1
        self._pending.append({"update_id": update_id, kind: body})
        self._arrived.set()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)
        return update_id

    def clear(self) -> None:
        self._pending.clear()

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[dict[str, Any]]:
        """The next updates, waiting for the first one; a poll that waits already is ended with 409."""
        self._confirm(offset)
        self.interrupt(conflict(OTHER_POLLER))
        if not self._pending and timeout_seconds > 0:
            poller = asyncio.get_running_loop().create_future()
            self._poller = poller
            try:
                await asyncio.wait_for(poller, min(timeout_seconds, MAX_TIMEOUT))
            except TimeoutError:
                pass
            finally:
                if self._poller is poller:
                    self._poller = None
        return list(self._pending)[: limit if 1 <= limit <= MAX_LIMIT else MAX_LIMIT]

    def interrupt(self, refusal: RefusedError) -> None:
        """Ends the poll that waits, if one does, with this refusal."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(refusal)
        self._poller = None

    async def front(self) -> dict[str, Any]:
        """Waits for the oldest pending update and leaves it in the queue."""
        while not self._pending:
            self._arrived.clear()
            await self._arrived.wait()
        return self._pending[0]

    def delivered(self, update_id: int) -> None:
        """Drops the oldest update if it is this one."""
        if self._pending and self._pending[0]["update_id"] == update_id:
            self._pending.popleft()

    def _confirm(self, offset: int) -> None:
        """Telegram's rule: updates below a positive offset are done with; a negative one keeps only the last ones."""
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while offset > 0 and self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()
