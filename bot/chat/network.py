"""The Bot API's connection: what is fetched, how fast is sent, and which failed calls may be made again.

Facts of the platform: BadRequest is a NetworkError; a call that timed out or whose connection broke may have been
carried out; an update that can't be parsed would be fetched again for ever.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
PAUSES = (0.5, 2.0)
"""Seconds before a failed call is made again."""
RETRIES_AFTER_FLOOD = 3
LONGEST_WAIT = 60.0
"""Seconds that Telegram may ask us to wait; while one call waits, python-telegram-bot lets no other pass."""
_UNLIMITED = frozenset(
    {"sendChatAction", "answerCallbackQuery", "setMyCommands", "setMyDescription", "setMyShortDescription"}
)
_REFUSED = (401, 404)


class Pace(AIORateLimiter):
    """Telegram's thirty messages a second, and a pause where it asks for one (429).

    A group's twenty a minute are not counted out beforehand: a group hardly asks as often, and who does should wait for
    Telegram's refusal and not for our count of it.
    """

    def __init__(self) -> None:
        super().__init__(group_max_rate=0, max_retries=RETRIES_AFTER_FLOOD)

    async def process_request(  # noqa: PLR0917 -- the signature is python-telegram-bot's
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        if endpoint in _UNLIMITED:
            return await callback(*args, **kwargs)

        async def patient(*given: Any, **named: Any) -> bool | dict[str, Any] | list[dict[str, Any]]:
            try:
                return await callback(*given, **named)
            except RetryAfter as error:
                if _seconds(error) > LONGEST_WAIT:
                    raise TelegramError("Flood control for longer than we wait") from error
                raise

        return await super().process_request(patient, args, kwargs, endpoint, data, rate_limit_args)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


class UpdatesRequest(HTTPXRequest):
    """The connection for getUpdates; knows when updates last flowed, and lets no single update stop the others."""

    def __init__(self, on_refused: Callable[[], None]) -> None:
        super().__init__(connection_pool_size=1)
        self._on_refused = on_refused
        self.last_success: float | None = None
        """On time.monotonic's clock."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One call; a refused token is told to whoever runs the bot, because polling ends with it."""
        status, body = await super().do_request(*args, **kwargs)
        if status in _REFUSED:
            self._on_refused()
        elif status == httpx.codes.OK:
            self.last_success = time.monotonic()
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer, with every update that python-telegram-bot can't read emptied: it is confirmed and ignored."""
        try:
            answer: dict[str, Any] = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            raise TelegramError("Invalid server response") from error
        if isinstance(answer, dict) and isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"] if _numbered(update)]
        return answer


def _numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001, RUF100 -- whatever the parser stumbles over
        number = update.get("update_id")
        logger.warning("update %s can't be read (%s) and is ignored", number, type(error).__name__)
        return {"update_id": number}
    return update


async def insist(call: Callable[[], Awaitable[Result]], *, repeatable: bool = False) -> Result:
    """Makes a call, and again where the failed one was surely not carried out, or is `repeatable` (an edit).

    Raises what the last attempt raised.
    """
    for pause in PAUSES:
        try:
            return await call()
        except BadRequest:
            raise
        except NetworkError as error:
            if not repeatable and not surely_failed(error):
                raise
        await asyncio.sleep(pause)
    return await call()


def surely_failed(error: NetworkError) -> bool:
    """Whether the call was certainly not carried out: no connection, or the server said so itself (5xx)."""
    cause = error.__cause__
    if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return True
    if isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError):
        return False
    # A gateway that timed out does not know what became of the call.
    return "(504)" not in error.message and "Gateway Time" not in error.message
