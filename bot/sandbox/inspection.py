"""The control API's other half: waiting for events, reading calls, planting faults, changing the world's settings.

Mostly for tests; the page uses `events` and `files`.
"""

import asyncio
import json
from typing import Any
from urllib.parse import quote

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from bot.sandbox import acts
from bot.sandbox.acts import ActError
from bot.sandbox.control import ControlHandler
from bot.sandbox.events import Event
from bot.sandbox.faults import read_fault
from bot.sandbox.given import Given, GivenError
from bot.sandbox.wire import message_json
from bot.sandbox.world import World

KEEP_ALIVE_SECONDS = 15.0
MAX_WAIT_SECONDS = 60.0


class EventsHandler(ControlHandler):
    """GET events[?after=N]: server-sent events, each one an event's JSON with its number as the id."""

    async def get(self) -> None:
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        last = _last_seen(self)
        last = min(last, self.world.events.last)  # a page that knew an earlier sandbox on this port
        self._task = asyncio.current_task()
        try:
            while True:
                events = await self.world.events.wait(last, KEEP_ALIVE_SECONDS)
                self.write("".join(map(self._lines, events)) or ": still here\n\n")
                await self.flush()
                last = events[-1].number if events else last
        except (StreamClosedError, asyncio.CancelledError):
            return

    def _lines(self, event: Event) -> str:
        data = json.dumps(_with_message(self.world, event), ensure_ascii=False)
        return f"id: {event.number}\ndata: {data}\n\n"

    def on_connection_close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    _task: asyncio.Task[None] | None = None


def _last_seen(handler: ControlHandler) -> int:
    """The number behind which the stream begins: what a reconnecting browser says, or `after`."""
    seen = {"after": handler.request.headers.get("Last-Event-ID") or handler.get_query_argument("after", "0")}
    return Given(seen).number("after")


def _with_message(world: World, event: Event) -> dict[str, Any]:
    """The event with its message as it stands now, if it still stands."""
    body = event.json()
    if event.chat_id is not None and event.kind in {"message", "edited"}:
        message = world.message(event.chat_id, event.body["message_id"])
        if message is not None:
            body["message"] = message_json(world, message)
    return body


class WaitHandler(ControlHandler):
    """GET wait?after=N[&timeout=SECONDS][&kind=][&chat_id=]: the events behind N, waiting for the first one."""

    async def get(self) -> None:
        query = self.query()
        events = await self.world.events.wait(
            query.optional_number("after") or 0,
            _seconds(query.fields.get("timeout", "10")),
            query.fields.get("kind"),
            query.optional_number("chat_id"),
        )
        self.answer(
            {"events": [_with_message(self.world, event) for event in events], "last_event": self.world.events.last}
        )


def _seconds(given: str) -> float:
    try:
        return min(float(given), MAX_WAIT_SECONDS)
    except ValueError:
        raise GivenError("timeout must be a number of seconds") from None


class CallsHandler(ControlHandler):
    """GET calls[?after=N][&method=]: what the bot called. DELETE calls: forget them."""

    def get(self) -> None:
        query = self.query()
        calls = self.world.calls.after(query.optional_number("after") or 0, query.fields.get("method"))
        self.answer({"calls": [call.json() for call in calls]})

    def delete(self) -> None:
        self.world.calls.clear()
        self.answer({})


class FaultsHandler(ControlHandler):
    """GET faults; POST faults {method, kind, times?, retry_after?, status?, description?, seconds?}; DELETE faults."""

    def get(self) -> None:
        self._pending()

    def post(self) -> None:
        self.world.faults.plant(read_fault(self.body().fields))
        self._pending()

    def delete(self) -> None:
        self.world.faults.clear()
        self._pending()

    def _pending(self) -> None:
        self.answer({"faults": [fault.json() for fault in self.world.faults.pending()]})


class UpdatesHandler(ControlHandler):
    """POST updates {KIND: BODY}: puts a raw update into the bot's queue, of any kind, known here or not."""

    def post(self) -> None:
        kind, body = acts.check_raw_update(self.body().fields)
        self.answer({"update_id": self.world.updates.add(kind, body)})


class MembershipHandler(ControlHandler):
    """POST membership {chat_id, from_id, status}: member, blocked (private chat), kicked, left, administrator."""

    def post(self) -> None:
        body = self.body()
        acts.set_membership(self.world, body.number("chat_id"), body.number("from_id"), body.text("status"))
        self.answer({})


class PrivacyHandler(ControlHandler):
    """POST privacy {chat_id, on} for a group's rule of delivery; {reads_all} for what getMe says."""

    def post(self) -> None:
        body = self.body()
        chat_id = body.optional_number("chat_id")
        if chat_id is not None:
            room = self.world.room(chat_id)
            if room.chat.kind == "private":
                raise ActError("私聊没有隐私模式")
            room.privacy = body.flag("on")
            self.world.events.publish("chat", room.chat.id)
        if "reads_all" in body.fields:
            self.world.reads_all = body.flag("reads_all")
        self.answer({})


class FilesHandler(ControlHandler):
    """GET files/FILE_ID: a document's bytes, always as a download."""

    def get(self, file_id: str) -> None:
        stored = self.world.files.by_id(file_id)
        if stored is None:
            raise HTTPError(404)
        name = quote(stored.document.name)
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        self.finish(stored.content)
