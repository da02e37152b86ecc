"""Who is served: the gate before every handler. Other bots and channels never are; ALLOWED_CHATS narrows it further.

A private chat that is not allowed gets one polite line with its id, for the admin to add; a group that is not allowed
gets nothing, so that the bot stays silent wherever a stranger puts it. Admins are always served in private.
"""

import logging

from telegram import Chat, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.chat import delivery, wording
from bot.chat.addressing import person_of
from bot.chat.rendering import render_text

logger = logging.getLogger(__name__)


class Gate:
    """The handler that comes first; what it stops reaches no other."""

    def __init__(self, allowed: frozenset[int] | None, admins: frozenset[int]) -> None:
        self._allowed = allowed
        self._admins = admins

    async def enter(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Raises ApplicationHandlerStop for what is not served."""
        chat, query, message = update.effective_chat, update.callback_query, update.effective_message
        if chat is None:
            raise ApplicationHandlerStop
        if query is None and (message is None or person_of(message) is None):
            raise ApplicationHandlerStop
        if self._serves(chat):
            return
        if query is not None:
            await query.answer()
        elif update.message is not None and chat.type == ChatType.PRIVATE:
            await delivery.send(update.message, render_text(wording.NOT_SERVED.format(chat=chat.id)))
        else:
            logger.info("chat %d is not among ALLOWED_CHATS", chat.id)
        raise ApplicationHandlerStop

    def _serves(self, chat: Chat) -> bool:
        return self._allowed is None or chat.id in self._allowed or chat.id in self._admins
