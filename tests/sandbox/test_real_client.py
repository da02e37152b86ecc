"""python-telegram-bot's own client against the sandbox: what it reads must be what Telegram writes."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import MessageEntityType, ParseMode
from telegram.error import BadRequest, Forbidden, RetryAfter

from bot.sandbox import Sandbox

from .conftest import PeopleSide


@pytest.fixture
async def telegram(sandbox: Sandbox) -> AsyncIterator[Bot]:
    address = sandbox.api_url
    async with Bot(sandbox.token, base_url=f"{address}/bot", base_file_url=f"{address}/file/bot") as telegram:
        yield telegram


async def test_sending_editing_and_pressing(telegram: Bot, people: PeopleSide, sandbox: Sandbox) -> None:
    """The client sends, reads back its entities, gets the press and answers it."""
    assert telegram.username == sandbox.bot_username
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("有用", callback_data="v1:up")]])
    text = "<b>基教科</b>\n<blockquote expandable>原文</blockquote>"
    sent = await telegram.send_message(
        sandbox.staff_id, text, parse_mode=ParseMode.HTML, reply_markup=keyboard, read_timeout=5
    )
    assert [entity.type for entity in sent.entities] == [
        MessageEntityType.BOLD,
        MessageEntityType.EXPANDABLE_BLOCKQUOTE,
    ]
    assert sent.reply_markup == keyboard
    press = {"chat_id": sandbox.staff_id, "from_id": sandbox.staff_id, "message_id": sent.message_id}
    await people.post("presses", **press, data="v1:up")
    (update,) = await telegram.get_updates(timeout=1, allowed_updates=Update.ALL_TYPES)
    assert update.callback_query is not None
    assert update.callback_query.data == "v1:up"
    assert await update.callback_query.answer("谢谢")
    edited = await telegram.edit_message_text("新", sandbox.staff_id, sent.message_id)
    assert not isinstance(edited, bool)
    assert edited.text == "新"
    assert await telegram.delete_message(sandbox.staff_id, sent.message_id)


async def test_files(telegram: Bot, sandbox: Sandbox) -> None:
    """A document that the client sends can be downloaded by it."""
    sent = await telegram.send_document(sandbox.admin_id, b"id: plan_2024", filename="计划.yaml", caption="明年")
    assert sent.document is not None
    assert sent.document.file_name == "计划.yaml"
    file = await telegram.get_file(sent.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"id: plan_2024"


async def test_chats_and_members(telegram: Bot, sandbox: Sandbox) -> None:
    """The client can read chats, members and commands."""
    assert (await telegram.get_chat(sandbox.forum_id)).is_forum
    assert (await telegram.get_chat_member(sandbox.group_id, sandbox.admin_id)).status == "creator"
    assert (await telegram.get_chat_member(sandbox.group_id, telegram.id)).status == "member"
    assert len(await telegram.get_chat_administrators(sandbox.group_id)) == 1
    await telegram.set_my_commands([("help", "怎么提问")])
    assert [command.command for command in await telegram.get_my_commands()] == ["help"]
    assert (await telegram.get_webhook_info()).url == ""


async def test_errors_become_the_client_s_own(
    telegram: Bot, people: PeopleSide, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refusals arrive as BadRequest, Forbidden and RetryAfter."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the client warns about its own next version
    with pytest.raises(BadRequest, match="Chat not found"):
        await telegram.send_message(1, "x")
    await people.fault("sendMessage", "flood", retry_after=3)
    with pytest.raises(RetryAfter):
        await telegram.send_message(sandbox.staff_id, "x")
    place = {"chat_id": sandbox.staff_id, "from_id": sandbox.staff_id}
    await people.post("membership", **place, status="blocked")
    with pytest.raises(Forbidden):
        await telegram.send_message(sandbox.staff_id, "x")
