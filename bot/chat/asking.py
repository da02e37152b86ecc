"""Handles messages that are no commands: questions, edited questions, and what is no text."""

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.chat import delivery, wording
from bot.chat.addressing import person_of, question_in
from bot.chat.rendering import render_text
from bot.chat.replying import Replying


class Asking:
    """The handler of messages."""

    def __init__(self, replying: Replying) -> None:
        self._replying = replying

    async def asked(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers a message that is meant for the bot, new or edited."""
        message = update.effective_message
        person = person_of(message) if message else None
        if message is None or person is None:
            return
        question = question_in(message, context.bot.bot)
        if question is None:
            return
        if question:
            await self._replying.question(message, person, question)
        elif update.message is not None and (line := _what_to_send(message)):
            await delivery.send(message, render_text(line))


def _what_to_send(message: Message) -> str | None:
    """One polite line for what is no question; the pictures of an album get none, or each would."""
    if message.media_group_id is not None:
        return None
    if message.text is None and message.caption is None and message.chat.type == ChatType.PRIVATE:
        return wording.TEXT_ONLY
    return wording.ASK_ME
