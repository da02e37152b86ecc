"""The admins: who they are, and how they are told of what happened without their asking."""

import logging

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.chat.network import insist
from bot.chat.rendering import render_text

logger = logging.getLogger(__name__)


class Admins:
    """The people of ADMIN_IDS; one that never wrote to the bot can't be told anything (Bot API), which does no harm."""

    def __init__(self, ids: frozenset[int]) -> None:
        self.ids = ids

    async def tell(
        self, bot: Bot, text: str, keyboard: InlineKeyboardMarkup | None = None, *, but: int | None = None
    ) -> None:
        """Sends the text to every admin in private, but to the one who knows."""
        for admin in sorted(self.ids - {but}):
            try:
                await _send(bot, admin, render_text(text), keyboard)
            except TelegramError as error:
                logger.info("an admin could not be told (%s)", type(error).__name__)


async def _send(bot: Bot, admin: int, pages: tuple[str, ...], keyboard: InlineKeyboardMarkup | None) -> None:
    for number, page in enumerate(pages, start=1):
        markup = keyboard if number == len(pages) else None

        async def send(page: str = page, markup: InlineKeyboardMarkup | None = markup) -> object:
            return await bot.send_message(admin, page, parse_mode=ParseMode.HTML, reply_markup=markup)

        await insist(send)
