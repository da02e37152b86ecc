"""Sending, editing and deleting, with Telegram's limits and refusals."""

from typing import Any

import httpx
import pytest

from bot.sandbox import Sandbox

from .conftest import BotSide, PeopleSide

BUTTON = {"inline_keyboard": [[{"text": "有用", "callback_data": "v1:up"}]]}


async def test_a_message_comes_back_as_telegram_returns_it(bot: BotSide, sandbox: Sandbox) -> None:
    """The result has the id, sender, chat, text, entities and buttons of the message."""
    params = {"parse_mode": "HTML", "reply_markup": BUTTON}
    sent = (await bot.call("sendMessage", chat_id=sandbox.staff_id, text="<b>6690</b>个", **params)).result
    assert sent["from"]["is_bot"] is True
    assert sent["chat"] == {
        "id": sandbox.staff_id,
        "type": "private",
        "first_name": "陈老师",
        "username": "chen_laoshi",
    }
    assert (sent["message_id"], sent["text"]) == (1, "6690个")
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert sent["reply_markup"] == BUTTON


@pytest.mark.parametrize("how", ["query", "form", "multipart", "json"])
async def test_parameters_are_taken_in_every_form(client: httpx.AsyncClient, sandbox: Sandbox, how: str) -> None:
    """Query strings, forms, multipart and JSON mean the same; nested values may be JSON text."""
    address = f"/bot{sandbox.token}/sendMessage"
    nested = '{"inline_keyboard":[[{"text":"有用","callback_data":"v1:up"}]]}'
    values: dict[str, Any] = {"chat_id": str(sandbox.staff_id), "text": "你好", "reply_markup": nested}
    if how == "query":
        response = await client.get(address, params=values)
    elif how == "form":
        response = await client.post(address, data=values)
    elif how == "multipart":
        response = await client.post(address, files={name: (None, value) for name, value in values.items()})
    else:
        response = await client.post(address, json=values | {"chat_id": sandbox.staff_id, "reply_markup": BUTTON})
    result = response.json()["result"]
    assert (result["text"], result["reply_markup"]) == ("你好", BUTTON)


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 42}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "一" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"parse_mode": "Word"}, "unsupported parse_mode"),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"message_thread_id": 7}, "message thread not found"),
        ({"reply_markup": "{not json"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}, "can't parse inline keyboard button: Text buttons"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "", "callback_data": "a"}]]}}, "can't parse inline keyboard"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": ""}]]}}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "学" * 22}]]}}, "BUTTON_DATA_INVALID"),
    ],
)
async def test_what_telegram_refuses_is_refused(
    bot: BotSide, sandbox: Sandbox, params: dict[str, Any], description: str
) -> None:
    """A bad parameter is refused with 400 and Telegram's words."""
    reply = await bot.call("sendMessage", **({"chat_id": sandbox.staff_id, "text": "你好"} | params))
    assert reply.status == 400
    assert reply.description.startswith(f"Bad Request: {description}")


async def test_limits_count_what_is_left_after_parsing(bot: BotSide, sandbox: Sandbox) -> None:
    """4096 UTF-16 units of text pass, however long the markup around them is; so do 64 bytes of callback data."""
    long = "<b>" + "一" * 2048 + "</b>" + "😀" * 1024
    data = {"inline_keyboard": [[{"text": "x", "callback_data": "学" * 21 + "a"}]]}
    params = {"text": long, "parse_mode": "HTML", "reply_markup": data}
    assert (await bot.call("sendMessage", chat_id=sandbox.staff_id, **params)).status == 200


async def test_entities_instead_of_markup(bot: BotSide, sandbox: Sandbox) -> None:
    """Entities that a bot gives itself are taken where they fit, and refused in the middle of a surrogate pair."""
    bold = {"type": "bold", "offset": 2, "length": 1}
    place = {"chat_id": sandbox.staff_id, "text": "😀学"}
    assert (await bot.call("sendMessage", **place, entities=[bold])).result["entities"] == [bold]
    for wrong in (bold | {"offset": 1}, bold | {"length": 9}, bold | {"type": "huge"}, bold | {"offset": "x"}):
        assert (await bot.call("sendMessage", **place, entities=[wrong])).status == 400


async def test_a_reply_shows_what_it_replies_to(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """reply_parameters put the message into reply_to_message; without the message, only when allowed."""
    asked = await people.write(sandbox.group_id, sandbox.staff_id, "课后服务谁牵头")
    reply = {"message_id": asked["message_id"]}
    sent = (await bot.call("sendMessage", chat_id=sandbox.group_id, text="基教科", reply_parameters=reply)).result
    assert sent["reply_to_message"]["text"] == "课后服务谁牵头"
    lost = {"message_id": 77, "allow_sending_without_reply": True}
    sent = (await bot.call("sendMessage", chat_id=sandbox.group_id, text="基教科", reply_parameters=lost)).result
    assert "reply_to_message" not in sent


async def test_editing(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """An edit changes text and buttons; one that changes nothing, a stranger's message and a lost one are refused."""
    place = {"chat_id": sandbox.staff_id, "message_id": 1}
    await bot.call("sendMessage", chat_id=sandbox.staff_id, text="旧", reply_markup=BUTTON)
    edited = (await bot.call("editMessageText", **place, text="新")).result
    assert edited["text"] == "新"
    assert "edit_date" in edited
    assert "reply_markup" not in edited
    same = await bot.call("editMessageText", **place, text="新")
    assert same.description.startswith("Bad Request: message is not modified: specified new message content")
    assert (await bot.call("editMessageReplyMarkup", **place, reply_markup=BUTTON)).result["reply_markup"] == BUTTON
    asked = await people.write(sandbox.staff_id, sandbox.staff_id, "我的")
    foreign = await bot.call("editMessageText", chat_id=sandbox.staff_id, message_id=asked["message_id"], text="x")
    assert foreign.description == "Bad Request: message can't be edited"
    lost = await bot.call("editMessageText", chat_id=sandbox.staff_id, message_id=99, text="x")
    assert lost.description == "Bad Request: message to edit not found"


async def test_deleting(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """A bot deletes its own messages once; a member's message in a group only as an administrator."""
    await bot.call("sendMessage", chat_id=sandbox.group_id, text="一")
    place = {"chat_id": sandbox.group_id, "message_id": 1}
    assert (await bot.call("deleteMessage", **place)).result is True
    assert (await bot.call("deleteMessage", **place)).description == "Bad Request: message to delete not found"
    asked = await people.write(sandbox.group_id, sandbox.staff_id, "二")
    place["message_id"] = asked["message_id"]
    assert (await bot.call("deleteMessage", **place)).description == "Bad Request: message can't be deleted"
    standing = {"chat_id": sandbox.group_id, "from_id": sandbox.admin_id, "status": "administrator"}
    await people.post("membership", **standing)
    assert (await bot.call("deleteMessage", **place)).result is True


async def test_topics(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """A message goes to its topic, a reply inherits it, General has no thread id, and other chats have no topics."""
    state = await people.get("state")
    forum = next(chat for chat in state["chats"] if chat["is_forum"])
    thread = forum["topics"][0]["thread_id"]
    sent = (await bot.call("sendMessage", chat_id=forum["id"], text="一", message_thread_id=thread)).result
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == forum["topics"][0]["name"]
    reply = {"message_id": sent["message_id"]}
    inherited = (await bot.call("sendMessage", chat_id=forum["id"], text="二", reply_parameters=reply)).result
    assert inherited["message_thread_id"] == thread
    general = (await bot.call("sendMessage", chat_id=forum["id"], text="三")).result
    assert "message_thread_id" not in general
    for chat_id, number in ((forum["id"], 1), (forum["id"], 99), (sandbox.group_id, sent["message_id"])):
        lost = await bot.call("sendMessage", chat_id=chat_id, text="四", message_thread_id=number)
        assert lost.description == "Bad Request: message thread not found"


async def test_documents_both_ways(
    bot: BotSide, client: httpx.AsyncClient, people: PeopleSide, sandbox: Sandbox
) -> None:
    """A person's upload is downloaded through getFile; the bot's document reaches the page's download."""
    form = {"chat_id": str(sandbox.admin_id), "from_id": str(sandbox.admin_id), "caption": "明年的"}
    files = {"file": ("通知.yaml", b"id: plan_2024\n", "application/yaml")}
    await client.post("/sandbox/api/uploads", data=form, files=files)
    document = (await bot.updates())[0]["message"]["document"]
    assert (document["file_name"], document["file_size"]) == ("通知.yaml", 14)
    path = (await bot.call("getFile", file_id=document["file_id"])).result["file_path"]
    assert (await client.get(f"/file/bot{sandbox.token}/{path}")).content == b"id: plan_2024\n"
    assert (await client.get(f"/file/bot{sandbox.token}/documents/none")).status_code == 404
    response = await client.post(
        f"/bot{sandbox.token}/sendDocument",
        data={"chat_id": str(sandbox.admin_id), "document": "attach://part"},
        files={"part": ("差异.txt", "新增".encode(), "text/plain")},
    )
    file_id = response.json()["result"]["document"]["file_id"]
    download = await client.get(f"/sandbox/api/files/{file_id}")
    assert download.content.decode() == "新增"
    assert download.headers["Content-Disposition"].startswith("attachment")


async def test_documents_that_telegram_refuses(bot: BotSide, client: httpx.AsyncClient, sandbox: Sandbox) -> None:
    """No file, an empty file, an unknown file_id and an over-long caption are refused."""
    place = {"chat_id": sandbox.staff_id}
    assert (await bot.call("sendDocument", **place)).description == "Bad Request: there is no document in the request"
    assert (await bot.call("getFile", file_id="nope")).status == 400
    address = f"/bot{sandbox.token}/sendDocument"
    empty = await client.post(address, data={"chat_id": "5200000001"}, files={"document": ("a.txt", b"")})
    assert empty.json()["description"] == "Bad Request: file must be non-empty"
    long = {"chat_id": "5200000001", "caption": "一" * 1025}
    refused = await client.post(address, data=long, files={"document": ("a.txt", b"x")})
    assert refused.json()["description"] == "Bad Request: message caption is too long"


async def test_commands_are_kept_by_scope_and_language(bot: BotSide, people: PeopleSide, sandbox: Sandbox) -> None:
    """A person is offered the commands of the narrowest scope; bad names are refused."""
    await bot.call("setMyCommands", commands=[{"command": "help", "description": "怎么提问"}])
    admin = {"type": "chat", "chat_id": sandbox.admin_id}
    await bot.call("setMyCommands", commands=[{"command": "import", "description": "导入"}], scope=admin)
    for person, expected in ((sandbox.staff_id, "help"), (sandbox.admin_id, "import")):
        offered = await people.get("commands", chat_id=person, person_id=person)
        assert [command["command"] for command in offered["commands"]] == [expected]
    assert (await bot.call("getMyCommands", scope=admin)).result[0]["command"] == "import"
    bad = await bot.call("setMyCommands", commands=[{"command": "帮助", "description": "x"}])
    assert bad.description == "Bad Request: BOT_COMMAND_INVALID"


async def test_members(bot: BotSide, sandbox: Sandbox) -> None:
    """Creators, members, the bot itself and strangers are told apart."""
    place = {"chat_id": sandbox.group_id}
    assert (await bot.call("getChatMember", **place, user_id=sandbox.admin_id)).result["status"] == "creator"
    assert (await bot.call("getChatMember", **place, user_id=sandbox.staff_id)).result["status"] == "member"
    assert (await bot.call("getChatMember", **place, user_id=1)).description == "Bad Request: user not found"
    assert (await bot.call("getChatMemberCount", **place)).result == 3
    assert (await bot.call("leaveChat", **place)).result is True
    refused = await bot.call("sendMessage", **place, text="还在吗")
    assert (refused.status, refused.description) == (403, "Forbidden: bot is not a member of the supergroup chat")
