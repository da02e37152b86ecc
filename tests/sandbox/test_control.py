"""The control API and what surrounds the methods: faults, the log of calls, events, refusals."""

import asyncio
import json
import logging
import subprocess
import sys

import httpx
import pytest

from bot.sandbox import Sandbox

from .conftest import BotSide, PeopleSide


async def test_unknown_methods_fail_loudly(
    bot: BotSide, people: PeopleSide, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """A method that the sandbox does not know is answered 404 as Telegram does, logged as an error and recorded."""
    reply = await bot.call("sendPoll", chat_id=sandbox.staff_id, question="?")
    assert (reply.status, reply.description) == (404, "Not Found")
    assert "sendPoll" in caplog.text
    call = (await people.get("calls"))["calls"][0]
    assert (call["method"], call["unknown"], call["params"]["question"]) == ("sendPoll", True, "?")


async def test_a_wrong_token_is_refused(client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    """Another token gets 401 for methods and files."""
    for path in ("/bot1:wrong/getMe", "/file/bot1:wrong/documents/file_1"):
        response = await client.get(path)
        assert response.status_code == 401
        assert response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert (await client.get(f"/bot{sandbox.token}/")).status_code == 404
    assert (await client.get(f"/bot{sandbox.token}/GETME")).json()["result"]["is_bot"] is True


async def test_faults_are_met_in_order_and_counted(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """429 carries retry_after, 5xx its status; after the planted number of times the method works again."""
    await people.fault("sendMessage", "flood", retry_after=7, times=2)
    await people.fault("*", "error", status=502, description="Bad Gateway")
    params = {"chat_id": sandbox.staff_id, "text": "你好"}
    for _ in range(2):
        flood = await bot.call("sendMessage", **params)
        assert (flood.status, flood.description) == (429, "Too Many Requests: retry after 7")
        assert flood.body["parameters"] == {"retry_after": 7}
    assert (await bot.call("getUpdates")).status == 200
    assert (await bot.call("sendMessage", **params)).status == 502
    assert (await bot.call("sendMessage", **params)).status == 200
    assert [call["fault"] for call in (await people.get("calls", method="sendMessage"))["calls"]] == [
        "flood",
        "flood",
        "error",
        None,
    ]


@pytest.mark.parametrize(("kind", "arrived"), [("drop", 0), ("drop_after", 1)])
async def test_dropped_connections(bot: BotSide, people: PeopleSide, sandbox: Sandbox, kind: str, arrived: int) -> None:
    """A dropped connection carries nothing out; one that is dropped afterwards has sent the message."""
    await people.fault("sendMessage", kind)
    with pytest.raises(httpx.TransportError):
        await bot.call("sendMessage", chat_id=sandbox.staff_id, text="你好")
    messages = (await people.get(f"chats/{sandbox.staff_id}/messages"))["messages"]
    assert len(messages) == arrived


async def test_a_delayed_call_is_carried_out_though_the_bot_hung_up(
    bot: BotSide, people: PeopleSide, sandbox: Sandbox
) -> None:
    """A send that timed out arrives all the same."""
    await people.fault("sendMessage", "delay", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await bot.client.post(
            f"/bot{bot.token}/sendMessage", json={"chat_id": sandbox.staff_id, "text": "慢"}, timeout=0.1
        )
    events = (await people.get("wait", after=0, timeout=3, kind="message"))["events"]
    assert events[0]["message"]["text"] == "慢"


async def test_a_fault_that_makes_no_sense_is_refused(people: PeopleSide) -> None:
    """An unknown kind, field or a missing method is refused with what is wrong."""
    assert "kind must be one of" in await people.refused("faults", method="sendMessage", kind="earthquake")
    assert await people.refused("faults", method="x", kind="drop", when="now") == "unknown fields: when"
    assert "method must be" in await people.refused("faults", kind="drop")


async def test_calls_are_recorded_without_the_token(
    bot: BotSide, client: httpx.AsyncClient, people: PeopleSide, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    """The log of calls has decoded parameters and sizes of files; the token is neither there nor in any log line."""
    caplog.set_level(logging.DEBUG, "bot.sandbox")
    await client.post(
        f"/bot{sandbox.token}/sendDocument",
        data={"chat_id": str(sandbox.staff_id), "reply_markup": '{"inline_keyboard": []}'},
        files={"document": ("a.txt", b"abc", "text/plain")},
    )
    await bot.call("sendMessage", chat_id=1, text="x")
    log = await people.get("calls")
    document, refused = log["calls"]
    assert document["params"]["document"] == {"file_name": "a.txt", "file_size": 3, "mime_type": "text/plain"}
    assert document["params"]["reply_markup"] == {"inline_keyboard": []}
    assert (refused["status"], refused["description"]) == (400, "Bad Request: chat not found")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("bot.sandbox", "tornado"))]
    assert ours
    assert sandbox.token not in json.dumps(log) + "".join(ours)


async def test_waiting_for_events(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """`wait` returns what happened behind a number, of one kind and chat, or nothing when the time is over."""
    waiting = asyncio.create_task(people.get("wait", after=0, kind="message", chat_id=sandbox.staff_id, timeout=5))
    await asyncio.sleep(0.05)
    await bot.call("sendChatAction", chat_id=sandbox.staff_id, action="typing")
    await bot.call("sendMessage", chat_id=sandbox.admin_id, text="别处")
    await bot.call("sendMessage", chat_id=sandbox.staff_id, text="这里")
    found = await waiting
    assert [event["message"]["text"] for event in found["events"]] == ["这里"]
    assert (await people.get("wait", after=found["last_event"], timeout=0.05))["events"] == []


async def test_the_stream_of_events(bot: BotSide, client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    """The page's stream begins behind the asked number and goes on as things happen."""
    await bot.call("sendMessage", chat_id=sandbox.staff_id, text="一")
    async with client.stream("GET", "/sandbox/api/events", params={"after": "0"}) as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "id: 1"
        assert json.loads((await anext(lines)).removeprefix("data: "))["message"]["text"] == "一"
        await bot.call("sendMessage", chat_id=sandbox.staff_id, text="二")
        assert [await anext(lines) for _ in range(2)] == ["", "id: 2"]


async def test_what_people_cannot_do_is_refused(people: PeopleSide, sandbox: Sandbox) -> None:
    """Writing nothing, too much, in reply to nothing or in a chat of others is refused with the reason."""
    place = {"chat_id": sandbox.staff_id, "from_id": sandbox.staff_id}
    assert await people.refused("messages", **place, text=" ") == "消息是空的"
    assert await people.refused("messages", **place, text="一" * 4097) == "消息超过 4096 个字符"
    assert await people.refused("messages", **place, text="x", reply_to=9) == "要回复的消息 9 不在了"
    assert await people.refused("messages", **place) == "missing field: text"
    stranger = {"chat_id": sandbox.staff_id, "from_id": sandbox.admin_id}
    assert await people.refused("messages", **stranger, text="x") == "此人不在这个聊天里"


async def test_other_sites_are_kept_out(client: httpx.AsyncClient) -> None:
    """A page of another origin cannot use the control API."""
    response = await client.get("/sandbox/api/state", headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


async def test_the_page_allows_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    """The page and its files come with a policy that admits this origin only."""
    page = await client.get("/")
    assert page.status_code == 200
    assert page.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "https://" not in page.text
    assert (await client.get("/sandbox/page/app.js")).status_code == 200


async def test_it_stops_with_polls_and_streams_open() -> None:
    """Stopping ends what still waits, without a trace in the log."""
    sandbox = await Sandbox().start()
    async with httpx.AsyncClient(base_url=sandbox.api_url, trust_env=False) as client:
        poll = asyncio.create_task(client.get(f"/bot{sandbox.token}/getUpdates", params={"timeout": "30"}))
        stream = asyncio.create_task(client.get("/sandbox/api/events"))
        await asyncio.sleep(0.1)
        await asyncio.wait_for(sandbox.stop(), 3)
        results = await asyncio.gather(poll, stream, return_exceptions=True)
    assert all(isinstance(result, httpx.TransportError) for result in results)


def test_it_runs_by_itself() -> None:
    """`python -m bot.sandbox` prints the page's address, the API's address and the admin's id."""
    process = subprocess.Popen([sys.executable, "-m", "bot.sandbox"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        lines = [process.stdout.readline() for _ in range(3)]
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()
    page = lines[0].partition("：")[2].strip()
    assert lines[1:] == [f"TELEGRAM_API_URL={page.rstrip('/')}\n", "ADMIN_IDS=5200000002\n"]
