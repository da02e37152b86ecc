"""Which calls are made again, and which updates are let through."""

import asyncio
import json
from collections.abc import Awaitable, Callable

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.chat import network
from bot.chat.network import UpdatesRequest, insist, surely_failed


def caused(error: TelegramError, cause: BaseException | None) -> TelegramError:
    error.__cause__ = cause
    return error


REFUSED = caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused"))
NOT_SENT = caused(TimedOut("Pool timeout"), httpx.PoolTimeout("full"))
BROKEN = caused(NetworkError("httpx.ReadError"), httpx.ReadError("reset"))
DISCONNECTED = caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("closed"))
LATE = caused(TimedOut(), httpx.ReadTimeout("late"))
SERVER = NetworkError("Bad Gateway")
GATEWAY = NetworkError("Gateway Timeout (504). Parsing the server response b'' failed")


def failing(*errors: TelegramError) -> tuple[Callable[[], Awaitable[str]], list[TelegramError]]:
    """A call that fails with these errors, one after the other, and then succeeds; and what is left of them."""
    left = list(errors)

    async def call() -> str:
        if left:
            raise left.pop(0)
        return "sent"

    return call, left


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "PAUSES", (0.0, 0.0))


@pytest.mark.parametrize("error", [REFUSED, NOT_SENT, SERVER])
async def test_what_surely_failed_is_tried_again(error: NetworkError) -> None:
    """No connection, or the server's own refusal: nothing was sent."""
    assert surely_failed(error)
    call, left = failing(error, error)
    assert await insist(call) == "sent"
    assert not left


@pytest.mark.parametrize("error", [BROKEN, DISCONNECTED, LATE, GATEWAY])
async def test_what_may_have_arrived_is_not_sent_twice(error: NetworkError) -> None:
    """A broken connection and a timeout say nothing of what the server did; an edit may be repeated."""
    call, left = failing(error, SERVER)
    with pytest.raises(NetworkError):
        await insist(call)
    assert left == [SERVER]
    again, _ = failing(error, error)
    assert await insist(again, repeatable=True) == "sent"


@pytest.mark.parametrize("error", [BadRequest("chat not found"), Forbidden("blocked")])
async def test_a_refusal_is_final(error: TelegramError) -> None:
    """BadRequest is a NetworkError and must not be taken for one."""
    call, left = failing(error, error)
    with pytest.raises(type(error)):
        await insist(call, repeatable=True)
    assert left == [error]


async def test_patience_ends() -> None:
    """Three attempts."""
    call, left = failing(*[SERVER] * 5)
    with pytest.raises(NetworkError):
        await insist(call)
    assert len(left) == 2


def test_an_update_that_can_t_be_read_is_confirmed_and_ignored() -> None:
    """Else python-telegram-bot would fetch it for ever; what has no number can't even be confirmed."""
    good = {"update_id": 1, "new_kind": {"x": 1}}
    broken = {"update_id": 2, "message": {"message_id": "no message"}}
    payload = json.dumps({"ok": True, "result": [good, broken, {"x": 1}, 5]}).encode()
    assert UpdatesRequest.parse_json_payload(payload)["result"] == [good, {"update_id": 2}]


def test_other_answers_pass() -> None:
    """Errors and single results are as they are; what is no JSON is Telegram's error."""
    assert UpdatesRequest.parse_json_payload(b'{"ok": false}') == {"ok": False}
    with pytest.raises(TelegramError):
        UpdatesRequest.parse_json_payload(b"<html>")


async def test_a_refused_token_is_told() -> None:
    """Polling ends with it, so whoever runs the bot must know."""
    told = asyncio.Event()
    request = UpdatesRequest(told.set)
    async with request:
        transport = httpx.MockTransport(lambda _: httpx.Response(401, json={"ok": False}))
        request._client._transport = transport
        request._client._mounts = {}
        with pytest.raises(TelegramError):
            await request.post("http://127.0.0.1:9/x")
    assert told.is_set()
    assert request.last_success is None
