"""How updates reach the bot: long polling, the webhook, privacy mode, entities of what people write."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from bot.sandbox import Sandbox

from .conftest import BotSide, PeopleSide


async def test_updates_stay_until_they_are_confirmed(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """getUpdates repeats what no higher offset has confirmed; ids grow by one; limit and a negative offset hold."""
    for text in ("一", "二", "三"):
        await people.write(sandbox.staff_id, sandbox.staff_id, text)
    first = await bot.updates()
    assert [update["message"]["text"] for update in first] == ["一", "二", "三"]
    assert await bot.updates() == first
    ids = [update["update_id"] for update in first]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert await bot.updates(limit=1) == first[:1]
    assert await bot.updates(offset=ids[1]) == first[1:]
    assert await bot.updates(offset=-1) == first[2:]
    assert await bot.updates(offset=ids[2] + 1) == []


async def test_a_long_poll_ends_with_the_first_update(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """A poll waits for its timeout and returns as soon as something arrives."""
    poll = asyncio.create_task(bot.updates(timeout=10))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await people.write(sandbox.staff_id, sandbox.staff_id, "在吗")
    assert (await asyncio.wait_for(poll, 2))[0]["message"]["text"] == "在吗"


async def test_a_second_poller_ends_the_first_with_409(bot: BotSide) -> None:
    """Of two concurrent polls the earlier one is told of the conflict."""
    first = asyncio.create_task(bot.call("getUpdates", timeout=10))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.call("getUpdates", timeout=0.2))
    reply = await asyncio.wait_for(first, 2)
    assert reply.status == 409
    assert reply.description.startswith("Conflict: terminated by other getUpdates request")
    assert (await second).result == []


async def test_a_poller_that_hangs_up_leaves_no_conflict(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """After a client gave up its poll, the next poll gets the updates."""
    with pytest.raises(httpx.ReadTimeout):
        await bot.client.get(f"/bot{bot.token}/getUpdates", params={"timeout": "10"}, timeout=0.1)
    poll = asyncio.create_task(bot.updates(timeout=5))
    await asyncio.sleep(0.05)
    await people.write(sandbox.staff_id, sandbox.staff_id, "在吗")
    assert len(await poll) == 1


async def test_allowed_updates_are_remembered(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """Kinds that the bot did not ask for are not queued, until it asks for others."""
    await bot.updates(allowed_updates=["callback_query"])
    await people.write(sandbox.staff_id, sandbox.staff_id, "一")
    assert await bot.updates() == []
    await bot.updates(allowed_updates=[])
    await people.write(sandbox.staff_id, sandbox.staff_id, "二")
    assert len(await bot.updates()) == 1


class Receiver:
    """A bot's webhook: keeps what it got and answers with the statuses it was given, then 200."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.statuses: list[int] = []
        self.got: asyncio.Queue[tuple[str | None, dict[str, Any]]] = asyncio.Queue()

    async def next(self) -> tuple[str | None, dict[str, Any]]:
        return await asyncio.wait_for(self.got.get(), 3)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    sockets = bind_sockets(0, "127.0.0.1")
    receiver = Receiver(f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook")

    class Hook(RequestHandler):
        def post(self) -> None:
            body = httpx.Response(200, content=self.request.body).json()
            receiver.got.put_nowait((self.request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body))
            self.set_status(receiver.statuses.pop(0) if receiver.statuses else 200)

    server = HTTPServer(Application([("/hook", Hook)], log_function=lambda handler: None))
    server.add_sockets(sockets)
    yield receiver
    server.stop()
    await server.close_all_connections()


async def test_the_webhook_gets_updates_with_the_secret(
    bot: BotSide, people: PeopleSide, sandbox: Sandbox, receiver: Receiver
) -> None:
    """Updates are posted with the secret header; polling is refused meanwhile; deleteWebhook gives it back."""
    assert (await bot.call("setWebhook", url=receiver.url, secret_token="s-e_cret1")).result is True
    await people.write(sandbox.staff_id, sandbox.staff_id, "在吗")
    secret, update = await receiver.next()
    assert (secret, update["message"]["text"]) == ("s-e_cret1", "在吗")
    refused = await bot.call("getUpdates")
    assert refused.status == 409
    assert "while webhook is active" in refused.description
    await bot.call("deleteWebhook")
    assert (await bot.call("getUpdates")).status == 200
    assert (await bot.call("getWebhookInfo")).result["url"] == ""


async def test_the_webhook_is_tried_again_until_it_takes_the_update(
    bot: BotSide, people: PeopleSide, sandbox: Sandbox, receiver: Receiver
) -> None:
    """A webhook that answers 500 gets the same update again, before the next one."""
    receiver.statuses = [500, 403]
    await bot.call("setWebhook", url=receiver.url)
    await people.write(sandbox.staff_id, sandbox.staff_id, "一")
    await people.write(sandbox.staff_id, sandbox.staff_id, "二")
    taken = [(await receiver.next())[1]["message"]["text"] for _ in range(4)]
    assert taken == ["一", "一", "一", "二"]
    info = (await bot.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"


async def test_bad_webhooks_are_refused(bot: BotSide) -> None:
    """An address without a scheme and a secret with other characters are refused."""
    assert (await bot.call("setWebhook", url="ftp://x")).description.startswith("Bad Request: bad webhook")
    refused = await bot.call("setWebhook", url="https://example.com", secret_token="密")
    assert refused.description == "Bad Request: secret token contains unallowed characters"


async def test_privacy_mode(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """In privacy mode commands and replies to the bot arrive, plain mentions and other bots' commands do not."""
    sent = (await bot.call("sendMessage", chat_id=sandbox.forum_id, text="你好")).result

    async def reaches(text: str, **more: Any) -> bool:
        before = len(await bot.updates())
        await people.write(sandbox.forum_id, sandbox.staff_id, text, **more)
        return len(await bot.updates()) > before

    assert not await reaches("课后服务谁牵头")
    assert not await reaches("@workplan_sandbox_bot 课后服务谁牵头")
    assert await reaches("/ask 课后服务")
    assert await reaches("/ask@WorkPlan_Sandbox_Bot 课后服务")
    assert not await reaches("/ask@other_bot 课后服务")
    assert await reaches("那学位呢", reply_to=sent["message_id"])
    await people.post("privacy", chat_id=sandbox.forum_id, on=False)
    assert await reaches("@workplan_sandbox_bot 课后服务谁牵头")


async def test_get_me_says_what_it_was_told_of_privacy(bot: BotSide, people: PeopleSide) -> None:
    """can_read_all_group_messages is true by default and can be set."""
    assert (await bot.call("getMe")).result["can_read_all_group_messages"] is True
    await people.post("privacy", reads_all=False)
    assert (await bot.call("getMe")).result["can_read_all_group_messages"] is False


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("😀 @workplan_sandbox_bot 学位", [("mention", 3, 21)]),
        ("问@workplan_sandbox_bot", []),
        ("@workplan_sandbox_bot学位", []),
        ("/help", [("bot_command", 0, 5)]),
        ("/help@workplan_sandbox_bot x", [("bot_command", 0, 26)]),
        ("见 https://example.com/a。好", [("url", 2, 21)]),
        ("<b>不是标签</b>", []),
    ],
)
async def test_entities_of_what_people_write(
    bot: BotSide, people: PeopleSide, sandbox: Sandbox, text: str, entities: list[tuple[str, int, int]]
) -> None:
    """Mentions, commands and links are found where Telegram finds them: not where a letter touches them."""
    await people.write(sandbox.group_id, sandbox.staff_id, text)
    message = (await bot.updates())[0]["message"]
    assert message["text"] == text
    found = [(entity["type"], entity["offset"], entity["length"]) for entity in message.get("entities", [])]
    assert found == entities


async def test_topics_and_replies_in_updates(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """A topic's message names its topic; a reply in another group has the first message's id as its thread."""
    await people.post("privacy", chat_id=sandbox.forum_id, on=False)
    await people.write(sandbox.forum_id, sandbox.staff_id, "一", thread_id=2)
    first = await people.write(sandbox.group_id, sandbox.staff_id, "二")
    await people.write(sandbox.group_id, sandbox.admin_id, "三", reply_to=first["message_id"])
    topic, _, reply = [update["message"] for update in await bot.updates()]
    assert (topic["message_thread_id"], topic["is_topic_message"]) == (2, True)
    assert reply["message_thread_id"] == first["message_id"]
    assert "is_topic_message" not in reply


async def test_edits_presses_forwards_and_blocks(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """Each becomes its own kind of update; a blocked bot is told 403 and hears nothing until it is unblocked."""
    me = {"chat_id": sandbox.staff_id, "from_id": sandbox.staff_id}
    asked = await people.write(sandbox.staff_id, sandbox.staff_id, "课后服务")
    await people.post("edits", chat_id=sandbox.staff_id, message_id=asked["message_id"], text="课后服务谁牵头")
    await people.post("forwards", **me, source_chat_id=sandbox.staff_id, message_id=asked["message_id"])
    await people.post("membership", **me, status="blocked")
    refused = await bot.call("sendMessage", chat_id=sandbox.staff_id, text="在吗")
    assert (refused.status, refused.description) == (403, "Forbidden: bot was blocked by the user")
    await people.post("membership", **me, status="member")
    updates = await bot.updates()
    assert [next(kind for kind in update if kind != "update_id") for update in updates] == [
        "message",
        "edited_message",
        "message",
        "my_chat_member",
        "my_chat_member",
    ]
    assert updates[1]["edited_message"]["text"] == "课后服务谁牵头"
    assert updates[2]["message"]["forward_origin"]["sender_user"]["id"] == sandbox.staff_id
    assert updates[3]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_pressed_button_is_answered_once(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """A press becomes a callback_query; its answer is seen once; unknown, old and answered queries are refused."""
    keyboard = {"inline_keyboard": [[{"text": "有用", "callback_data": "v1:up"}]]}
    sent = (await bot.call("sendMessage", chat_id=sandbox.staff_id, text="答", reply_markup=keyboard)).result
    press = {"chat_id": sandbox.staff_id, "from_id": sandbox.staff_id, "message_id": sent["message_id"]}
    query_id = (await people.post("presses", **press, data="v1:up"))["callback_query_id"]
    query = (await bot.updates())[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["text"]) == (query_id, "v1:up", "答")
    assert (await people.get(f"callbacks/{query_id}"))["answer"] is None
    assert (await bot.call("answerCallbackQuery", callback_query_id=query_id, text="谢谢")).result is True
    assert (await people.get(f"callbacks/{query_id}"))["answer"]["text"] == "谢谢"
    for late in (query_id, "12345"):
        refused = await bot.call("answerCallbackQuery", callback_query_id=late)
        assert refused.description.startswith("Bad Request: query is too old")
    assert await people.refused("presses", **press, data="no such data") == "这条消息没有这个按钮"
    await people.post("presses", **press, data="forged", forged=True)
    assert (await bot.updates())[-1]["callback_query"]["data"] == "forged"


async def test_raw_updates(bot: BotSide, people: PeopleSide) -> None:
    """Any kind of update can be put into the queue."""
    await people.post("updates", managed_bot={"x": 1})
    assert (await bot.updates())[0]["managed_bot"] == {"x": 1}
