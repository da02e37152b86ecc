"""Sends a rendered reply, or puts it in place of an earlier one; called by replying.py, commands.py and failures.py."""

import logging
from collections.abc import Sequence

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest

from bot.chat.network import insist
from bot.chat.rendering import plain

logger = logging.getLogger(__name__)


async def send(to: Message, pages: Sequence[str], keyboard: InlineKeyboardMarkup | None = None) -> tuple[int, ...]:
    """Sends the pages under a message, in its topic; returns the new messages' ids.

    In a group the first page quotes the message. The keyboard goes under the last page. Raises TelegramError.
    """
    ids: list[int] = []
    for number, page in enumerate(pages):
        last = number == len(pages) - 1
        quotes = number == 0 and to.chat.type != ChatType.PRIVATE
        ids.append(await _send_page(to, page, keyboard if last else None, quotes=quotes))
    return tuple(ids)


async def revise(
    to: Message, bot: Bot, messages: Sequence[int], pages: Sequence[str], keyboard: InlineKeyboardMarkup | None = None
) -> tuple[int, ...]:
    """Puts the pages in place of the bot's `messages` in the chat of `to`; returns the ids of what stands there now.

    Pages too many are sent under `to`, messages too many deleted. Raises TelegramError.
    """
    ids: list[int] = []
    for number, page in enumerate(pages):
        markup = keyboard if number == len(pages) - 1 else None
        if number < len(messages) and await _edit_page(bot, to.chat.id, messages[number], page, markup):
            ids.append(messages[number])
        else:
            ids.append(await _send_page(to, page, markup, quotes=number == 0 and to.chat.type != ChatType.PRIVATE))
    for message in messages[len(pages) :]:
        await _delete(bot, to.chat.id, message)
    return tuple(ids)


async def _send_page(to: Message, page: str, keyboard: InlineKeyboardMarkup | None, *, quotes: bool) -> int:
    """A page as HTML; as plain text where the server does not take the HTML."""
    # The question may be deleted by now; the answer is still wanted.
    parameters = ReplyParameters(to.message_id, allow_sending_without_reply=True) if quotes else None

    async def html() -> Message:
        return await to.reply_text(page, parse_mode=ParseMode.HTML, reply_markup=keyboard, reply_parameters=parameters)

    async def text() -> Message:
        return await to.reply_text(plain(page), reply_markup=keyboard, reply_parameters=parameters)

    try:
        sent = await insist(html)
    except BadRequest as error:
        if not _about_entities(error):
            raise
        logger.warning("the server did not take the HTML of a reply; it is sent as plain text")
        sent = await insist(text)
    return sent.message_id


async def _edit_page(bot: Bot, chat: int, message: int, page: str, keyboard: InlineKeyboardMarkup | None) -> bool:
    """Whether the message now shows the page; False where it can't be edited (any more)."""

    async def edit() -> Message | bool:
        return await bot.edit_message_text(
            page, chat_id=chat, message_id=message, parse_mode=ParseMode.HTML, reply_markup=keyboard
        )

    try:
        await insist(edit, repeatable=True)
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return True
        logger.info("a reply can't be edited and is sent anew")
        return False
    return True


async def _delete(bot: Bot, chat: int, message: int) -> None:
    async def delete() -> bool:
        return await bot.delete_message(chat, message)

    try:
        await insist(delete, repeatable=True)
    except BadRequest:
        logger.info("a page of an earlier reply can't be deleted")


def _about_entities(error: BadRequest) -> bool:
    words = error.message.lower()
    return "parse" in words or "entit" in words
