"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>.

`server.py` puts these handlers into the application. Here a call is read, recorded, meets its planted fault, is carried
out by its method and answered in Telegram's JSON.
"""

import asyncio
import inspect
import json
import logging
from collections.abc import Mapping
from types import TracebackType
from typing import Any
from urllib.parse import unquote

from tornado.web import RequestHandler

from bot.sandbox.errors import RefusedError, too_many_requests
from bot.sandbox.faults import Fault
from bot.sandbox.methods import Method
from bot.sandbox.params import Params, read_params
from bot.sandbox.world import World

logger = logging.getLogger(__name__)

UNAUTHORIZED = RefusedError(401, "Unauthorized")
NOT_FOUND = RefusedError(404, "Not Found")
INTERNAL = RefusedError(500, "Internal Server Error")


class BotHandler(RequestHandler):
    """What both addresses share: the world, Telegram's JSON, and no token in any log."""

    world: World

    def initialize(self, world: World) -> None:
        self.world = world

    def allowed(self, token: str) -> bool:
        return unquote(token) == self.world.token

    def answer(self, body: dict[str, Any], status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body, ensure_ascii=False))

    def refuse(self, refusal: RefusedError) -> None:
        if refusal.parameters and "retry_after" in refusal.parameters:
            self.set_header("Retry-After", str(refusal.parameters["retry_after"]))
        self.answer(refusal.json(), refusal.status)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        self.refuse(INTERNAL if status_code == 500 else RefusedError(status_code, self._reason))

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Tornado's own line would hold the address, and with it the token."""
        if not isinstance(value, RefusedError):
            logger.error("the sandbox failed at a call", exc_info=value)


class MethodHandler(BotHandler):
    """One call of a method."""

    def initialize(self, world: World, table: Mapping[str, tuple[str, Method]] | None = None) -> None:
        super().initialize(world)
        self._poll: asyncio.Task[Any] | None = None
        self._table = table or {}

    async def get(self, token: str, method: str) -> None:
        await self._call(token, method)

    async def post(self, token: str, method: str) -> None:
        await self._call(token, method)

    def on_connection_close(self) -> None:
        """A bot that hangs up leaves its long poll; every other call is carried out all the same, as Telegram does."""
        if self._poll is not None:
            self._poll.cancel()

    async def _call(self, token: str, name: str) -> None:
        if not self.allowed(token):
            self.refuse(UNAUTHORIZED)
            return
        try:
            params = read_params(self.request)
        except RefusedError as refusal:
            self.world.calls.record(name, {}, refusal.status, refusal.description)
            self.refuse(refusal)
            return
        if name.lower() not in self._table:
            logger.error("the bot called a method that the sandbox does not know: %s", name)
            self.world.calls.record(name, params.shown(), 404, NOT_FOUND.description, unknown=True)
            self.refuse(NOT_FOUND)
            return
        name, method = self._table[name.lower()]
        fault = self.world.faults.take(name)
        if fault is not None and await self._fault_before(name, params, fault):
            return
        await self._carry_out(name, method, params, fault)

    async def _fault_before(self, name: str, params: Params, fault: Fault) -> bool:
        """Lets the call meet its fault; True where that was the end of it."""
        if fault.kind == "delay":
            await asyncio.sleep(fault.seconds)
            return False
        if fault.kind in {"drop_after", "delay_after"}:
            return False
        if fault.kind == "drop":
            self.world.calls.record(name, params.shown(), 0, "connection dropped", fault=fault.kind)
            self._drop()
            return True
        refusal = too_many_requests(fault.retry_after)
        if fault.kind == "error":
            refusal = RefusedError(fault.status, fault.description)
        self.world.calls.record(name, params.shown(), refusal.status, refusal.description, fault=fault.kind)
        self.refuse(refusal)
        return True

    async def _carry_out(self, name: str, method: Method, params: Params, fault: Fault | None) -> None:
        kind = fault.kind if fault else None
        try:
            result = method(self.world, params)
            if inspect.isawaitable(result):
                self._poll = asyncio.ensure_future(result)
                result = await self._poll
        except asyncio.CancelledError:
            return
        except RefusedError as refusal:
            self.world.calls.record(name, params.shown(), refusal.status, refusal.description, fault=kind)
            self.refuse(refusal)
            return
        self.world.calls.record(name, params.shown(), 200, fault=kind)
        if fault is not None and kind == "delay_after":
            await asyncio.sleep(fault.seconds)
        if kind == "drop_after":
            self._drop()
        else:
            self.answer({"ok": True, "result": result})

    def _drop(self) -> None:
        self.detach().close()


class FileHandler(BotHandler):
    """The download of a file whose path getFile gave."""

    def get(self, token: str, path: str) -> None:
        if not self.allowed(token):
            self.refuse(UNAUTHORIZED)
            return
        stored = self.world.files.by_path(unquote(path))
        if stored is None:
            self.refuse(NOT_FOUND)
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(stored.content)


class LostHandler(BotHandler):
    """Any other address under /bot: Telegram says Not Found there too."""

    def prepare(self) -> None:
        logger.error("the bot called an address that is no method")
        self.refuse(NOT_FOUND)
