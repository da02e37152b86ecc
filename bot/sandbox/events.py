"""What happened in the chats, in order: the page and the tests wait here.

`world.py` and the methods publish; the control API's `events` (a stream) and `wait` (a long poll) read.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

KEPT = 10_000


@dataclass(frozen=True)
class Event:
    """One happening: `number` grows from 1, `kind` is message, edited, deleted, typing, answered, commands or chat."""

    number: int
    kind: str
    chat_id: int | None
    body: dict[str, Any]

    def json(self) -> dict[str, Any]:
        return {"number": self.number, "kind": self.kind, "chat_id": self.chat_id, **self.body}


class EventLog:
    """The last events, and a way to wait for the next one."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._waiting: set[asyncio.Future[None]] = set()
        self.last = 0

    def publish(self, kind: str, chat_id: int | None, **body: Any) -> None:
        self.last += 1
        self._events.append(Event(self.last, kind, chat_id, body))
        del self._events[:-KEPT]
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    def after(self, number: int, kind: str | None = None, chat_id: int | None = None) -> list[Event]:
        first = self._events[0].number if self._events else 0
        return [
            event
            for event in self._events[max(0, number + 1 - first) :]
            if event.number > number and kind in {None, event.kind} and chat_id in {None, event.chat_id}
        ]

    async def wait(
        self, number: int, timeout_seconds: float, kind: str | None = None, chat_id: int | None = None
    ) -> list[Event]:
        """The events behind `number`, waiting for the first one; an empty list when the time is over."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_seconds
        while not (found := self.after(number, kind, chat_id)):
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiting.add(waiter)
            try:
                await asyncio.wait_for(waiter, max(0.0, deadline - loop.time()))
            except TimeoutError:
                return []
            finally:
                self._waiting.discard(waiter)
        return found
