"""From a question to a delivered reply: what the handlers for messages, commands and buttons share.

Answering itself is bot.answer's; here are typing, the focus of the conversation, the journal, and the reply's buttons.
The store serves the reply and never prevents it: where it fails, the reply comes without memory and buttons.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram import Bot, Message
from telegram.constants import ChatAction, ChatType
from telegram.error import TelegramError

from bot.answer.answering import answer as answer_question
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import Answer, Outcome
from bot.chat import delivery
from bot.chat.addressing import replies_to
from bot.chat.buttons import keyboard
from bot.chat.rendering import render
from bot.chat.serving import Serving
from bot.errors import StoreError
from bot.store import Place, Question, Reply, Store, Where, new_id

logger = logging.getLogger(__name__)

TYPING_SECONDS = 2.0
"""How long an answer waits for the typing sign to be shown."""
NOTING_SECONDS = 5.0
"""How long a message that replies to the bot waits until the reply that it is to has been noted."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Replied:
    """An answer, what the conversation is about after it, and the knowledge that it was made from."""

    answer: Answer
    focus: Focus | None
    knowledge: Knowledge


class Replying:
    """Answers questions and delivers replies; raises TelegramError where a reply can't be delivered."""

    def __init__(self, serving: Serving, store: Store) -> None:
        self.serving = serving
        self.store = store
        self._sending: dict[int, set[asyncio.Future[None]]] = {}

    async def question(self, message: Message, person: int, text: str) -> None:
        """Answers a question that stands in a message, new or edited."""
        asked = question_of(message, person, text)
        if await self._answered_already(asked):
            return
        typing = asyncio.create_task(show_typing(message))
        focus = await self._focus_for(message, person)
        made = await self.answer(text, focus)
        await typing
        await self.deliver(message, asked, made, text)

    async def answer(self, text: str, focus: Focus | None) -> Replied:
        """The answer, made in a thread so that a long question keeps nobody else waiting."""
        knowledge = self.serving.knowledge
        made, renewed = await asyncio.to_thread(answer_question, text, focus, knowledge)
        return Replied(made, renewed, knowledge)

    async def deliver(self, message: Message, asked: Question, made: Replied, text: str) -> None:
        """Sends the reply under the message, or in place of the reply that it already had before it was edited."""
        earlier = await self.remembered(self.store.replies.to(asked.chat, asked.message, asked.asked), None)
        journal = await self.note(message, made.answer, text)
        reply = _reply(earlier.id if earlier else new_id(), asked, made, journal)
        messages = await self.remembered(self.store.replies.messages(reply), ()) if earlier else ()
        await self.show(message, message.get_bot(), reply, made, messages)
        await self.remembered(self.store.conversations.keep(place_of(message, asked.person), made.focus), None)

    async def show(self, to: Message, bot: Bot, reply: Reply, made: Replied, messages: tuple[int, ...]) -> None:
        """Sends the reply, or puts it in place of `messages`; its buttons work as soon as it is seen."""
        kept = await self.remembered(self._keep(reply), False)
        markup = keyboard(made.answer, reply, made.knowledge) if kept else None
        pages = render(made.answer)
        with self._being_sent(to.chat.id):
            if messages:
                ids = await delivery.revise(to, bot, messages, pages, markup)
            else:
                ids = await delivery.send(to, pages, markup)
            if kept:
                await self.remembered(self.store.replies.sent(reply, ids), None)

    async def note(self, message: Message, answer: Answer, text: str) -> int | None:
        """Writes the question into the journal; small talk teaches nothing and is left out."""
        if answer.outcome is Outcome.CHAT:
            return None
        where: Where = "private" if message.chat.type == ChatType.PRIVATE else "group"
        return await self.remembered(self.store.journal.write(text, where, answer), None)

    async def remembered(self, work: Awaitable[Value], otherwise: Value) -> Value:
        """What the store says, or `otherwise` where it fails."""
        try:
            return await work
        except StoreError as error:
            logger.error("%s", error)
            return otherwise

    async def _keep(self, reply: Reply) -> bool:
        await self.store.replies.keep(reply)
        return True

    async def _answered_already(self, asked: Question) -> bool:
        """Whether the very same text has its reply: delivered twice, or "edited" by Telegram itself (a preview)."""
        earlier = await self.remembered(self.store.replies.to(asked.chat, asked.message, asked.asked), None)
        if earlier is None or earlier.question.digest != asked.digest:
            return False
        return bool(await self.remembered(self.store.replies.messages(earlier), ()))

    async def _focus_for(self, message: Message, person: int) -> Focus | None:
        """What the message follows up: the reply that it replies to, else the person's own conversation."""
        replied = message.reply_to_message
        if replied is not None and replies_to(message, message.get_bot().bot):
            reply = await self._holding(message.chat.id, replied.message_id)
            if reply is not None and reply.focus is not None:
                return reply.focus
        return await self.remembered(self.store.conversations.focus(place_of(message, person)), None)

    async def _holding(self, chat: int, message: int) -> Reply | None:
        """The reply that this message is part of, also where somebody answers it while it is being noted."""
        reply = await self.remembered(self.store.replies.holding(chat, message), None)
        if reply is None and (sending := self._sending.get(chat)):
            await asyncio.wait(sending, timeout=NOTING_SECONDS)
            reply = await self.remembered(self.store.replies.holding(chat, message), None)
        return reply

    @contextmanager
    def _being_sent(self, chat: int) -> Iterator[None]:
        """A reply is on its way to this chat: people see it a moment before the store knows its messages."""
        sending = self._sending.setdefault(chat, set())
        sent = asyncio.get_running_loop().create_future()
        sending.add(sent)
        try:
            yield
        finally:
            sent.set_result(None)
            sending.discard(sent)
            if not sending:
                self._sending.pop(chat, None)


def question_of(message: Message, person: int, text: str) -> Question:
    """The question as the store knows it."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Question(message.chat.id, message.message_id, message.date.timestamp(), digest, person)


def place_of(message: Message, person: int) -> Place:
    """Whose conversation it is; outside topics Telegram's thread id only names a chain of replies."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, thread or 0, person)


async def show_typing(message: Message) -> None:
    """Shows that the bot is typing; an answer is not kept waiting for it."""
    thread = message.message_thread_id if message.is_topic_message else None
    with suppress(TelegramError, TimeoutError):
        async with asyncio.timeout(TYPING_SECONDS):
            await message.chat.send_action(ChatAction.TYPING, message_thread_id=thread)


def _reply(reply_id: int, asked: Question, made: Replied, journal: int | None) -> Reply:
    citations = made.answer.citations
    return Reply(
        id=reply_id,
        question=asked,
        journal=journal,
        point=citations[0].key if made.answer.outcome is Outcome.ANSWER and len(citations) == 1 else None,
        choices=tuple(choice.question for choice in made.answer.choices),
        focus=made.focus,
    )


def picked(reply: Reply, made: Replied, journal: int | None) -> Reply:
    """The same reply after one of its choices was taken."""
    return _reply(reply.id, reply.question, made, journal)


def turned(reply: Reply, made: Replied) -> Reply:
    """The reply that shows a neighbour: a new one under an answer, which stays; the same one when turning on."""
    shown = _reply(reply.id if reply.browsing else new_id(), reply.question, made, None)
    return replace(shown, browsing=True)
