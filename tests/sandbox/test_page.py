"""The page in a browser, on a phone's width and on a desktop's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from bot.sandbox import Sandbox

from .conftest import BotSide, PeopleSide

PARAGRAPH = "11.提升课后服务水平。落实“双减”要求，由基教科牵头制定课后服务实施方案，做到义务教育学校全覆盖。" * 4
ANSWER = f"<b>基教科牵头</b>\n<blockquote expandable>{PARAGRAPH}</blockquote>\n《2023年海沧区教育工作要点》 · 第11条"
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "上一条", "callback_data": "prev"}, {"text": "下一条", "callback_data": "next"}],
        [{"text": "有用", "callback_data": "up"}, {"text": "没用", "callback_data": "down"}],
    ]
}


async def answer_everything(bot: BotSide) -> None:
    """A bot that answers every message with the same paragraph and every press with a toast."""
    offset = 0
    while True:
        for update in await bot.updates(offset=offset, timeout=5):
            offset = update["update_id"] + 1
            if "message" in update:
                message = update["message"]
                chat_id = message["chat"]["id"]
                await bot.call("sendChatAction", chat_id=chat_id, action="typing")
                reply = {"message_id": message["message_id"]}
                params = {"parse_mode": "HTML", "reply_markup": KEYBOARD, "reply_parameters": reply}
                await bot.call("sendMessage", chat_id=chat_id, text=ANSWER, **params)
            elif "callback_query" in update:
                query = update["callback_query"]
                alert = query["data"] == "down"
                params = {"text": "谢谢反馈", "show_alert": alert}
                await bot.call("answerCallbackQuery", callback_query_id=query["id"], **params)


@pytest.fixture
async def answering(bot: BotSide) -> AsyncIterator[None]:
    task = asyncio.create_task(answer_everything(bot))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def open_page(browser: Browser, url: str, width: int, height: int) -> tuple[Page, list[str]]:
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type in {"error", "warning"} else None)
    await page.goto(url)
    return page, errors


@pytest.mark.parametrize(("width", "height"), [(375, 740), (1200, 800)])
async def test_asking_and_pressing(
    browser: Browser, sandbox: Sandbox, answering: None, width: int, height: int
) -> None:
    """A person opens a chat, asks with Enter, opens the quote, presses a button and sees the toast."""
    page, errors = await open_page(browser, sandbox.url, width, height)
    await page.locator(f'[data-chat-id="{sandbox.staff_id}"]').click()
    await page.get_by_role("combobox").fill("<b>课后服务</b>谁牵头")
    await page.keyboard.press("Enter")
    reply = page.locator('.message[data-from="bot"]')
    await expect(reply.locator("strong").last).to_have_text("基教科牵头")
    await expect(page.locator(".mine .text")).to_have_text("<b>课后服务</b>谁牵头")
    quote = reply.locator("blockquote.expandable .quote-body")
    closed = await quote.evaluate("node => node.clientHeight")
    await reply.get_by_role("button", name="展开全文").click()
    assert await quote.evaluate("node => node.clientHeight") > closed * 1.5
    await reply.get_by_role("button", name="有用").click()
    await expect(page.locator("#toast")).to_have_text("谢谢反馈")
    await reply.get_by_role("button", name="没用").click()
    await expect(page.get_by_role("dialog")).to_contain_text("谢谢反馈")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []


async def test_a_group_with_topics_replies_and_completion(
    browser: Browser, sandbox: Sandbox, bot: BotSide, people: PeopleSide
) -> None:
    """Topics are tabs, the speaker is chosen, a reply, an edit and a forward are made; names are completed."""
    await bot.call("setMyCommands", commands=[{"command": "help", "description": "怎么提问"}])
    page, errors = await open_page(browser, f"{sandbox.url}#{sandbox.forum_id}", 375, 740)
    await page.get_by_role("tab", name="课后服务").click()
    await page.get_by_role("main").get_by_text("林主任", exact=True).click()
    box = page.get_by_role("combobox")
    await box.type("/he")
    await expect(page.get_by_role("option")).to_have_text("/help@workplan_sandbox_bot怎么提问")
    await page.keyboard.press("Tab")
    await box.type("@work")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    mine = page.locator(".message.mine")
    await expect(mine.locator(".text")).to_have_text("/help@workplan_sandbox_bot @workplan_sandbox_bot")
    message = (await bot.updates())[0]["message"]
    assert (message["from"]["id"], message["is_topic_message"]) == (sandbox.admin_id, True)
    await mine.get_by_label("回复这条消息").click()
    await box.fill("再问一句")
    await page.get_by_label("发送", exact=True).click()
    await expect(page.locator(".quote-preview")).to_contain_text("/help")
    await page.locator(".message.mine").last.get_by_label("编辑这条消息").click()
    await box.fill("改了")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine .meta").last).to_contain_text("已编辑")
    await page.locator(".message.mine").last.get_by_label("转发这条消息").click()
    await page.get_by_role("dialog").get_by_role("button", name="教育局工作群").click()
    await expect(page.locator("#toast")).to_have_text("已转发到「教育局工作群」")
    forwarded = (await bot.updates())[-1]["message"]
    assert (forwarded["chat"]["id"], forwarded["text"]) == (sandbox.group_id, "改了")
    assert forwarded["forward_origin"]["sender_user"]["id"] == sandbox.admin_id
    await bot.call("sendChatAction", chat_id=sandbox.forum_id, action="typing", message_thread_id=3)
    await expect(page.locator("#head-status")).to_have_text("正在输入…")
    assert errors == []


async def test_files_on_the_page(browser: Browser, sandbox: Sandbox, bot: BotSide) -> None:
    """A person uploads a document with a caption; the bot's document is downloaded."""
    page, errors = await open_page(browser, f"{sandbox.url}#{sandbox.admin_id}", 375, 740)
    await expect(page.locator("#head-title")).to_have_text("工作要点助手")
    file: FilePayload = {"name": "通知.yaml", "mimeType": "application/yaml", "buffer": b"id: plan_2024"}
    await page.locator("#file").set_input_files(file)
    await page.get_by_role("combobox").fill("明年的")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .document")).to_contain_text("通知.yaml")
    document = (await bot.updates())[0]["message"]["document"]
    await bot.call("sendDocument", chat_id=sandbox.admin_id, document=document["file_id"])
    async with page.expect_download() as download:
        await page.locator(".theirs .document").click()
    path = await (await download.value).path()
    assert await asyncio.to_thread(path.read_bytes) == b"id: plan_2024"
    assert errors == []
