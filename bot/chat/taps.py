"""Handles the buttons: choices, neighbours, feedback. Callback data is not trusted; a button serves who asked.

上一条 and 下一条 under an answer send the neighbour as a message of its own, so that the answer stays to be forwarded;
under that message they turn it over in place. A choice is replaced by its answer.
"""

import logging

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer.answering import answer_point
from bot.chat import wording
from bot.chat.buttons import Action, Tap, read_tap
from bot.chat.replying import Replied, Replying, picked, place_of, turned
from bot.errors import StoreError
from bot.store import Reply

logger = logging.getLogger(__name__)


class Taps:
    """The handler of callback queries."""

    def __init__(self, replying: Replying) -> None:
        self._replying = replying

    async def tapped(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answers the tap with a toast, and does what the button says."""
        query = update.callback_query
        if query is None:
            return
        tap = read_tap(query.data)
        try:
            reply = await self._replying.store.replies.by_id(tap.reply) if tap else None
        except StoreError as error:
            logger.error("%s", error)
            await toast(query, wording.NOT_NOW)
            return
        message = query.message
        if tap is None or reply is None or not isinstance(message, Message) or message.chat.id != reply.question.chat:
            await toast(query, wording.TOO_OLD)
        elif query.from_user.id != reply.question.person:
            await toast(query, wording.NOT_YOURS)
        elif tap.action in {Action.USEFUL, Action.USELESS}:
            await self._judge(query, tap, reply)
        elif tap.action is Action.PICK:
            await self._pick(query, message, tap, reply)
        else:
            await self._turn(query, message, tap, reply)

    async def _judge(self, query: CallbackQuery, tap: Tap, reply: Reply) -> None:
        useful = tap.action is Action.USEFUL
        if reply.journal is None:
            await toast(query, wording.TOO_OLD)
            return
        try:
            await self._replying.store.journal.judge(reply.journal, useful=useful)
        except StoreError as error:
            logger.error("%s", error)
            await toast(query, wording.NOT_NOW)
            return
        await toast(query, wording.THANKS if useful else wording.SORRY_NOTED)

    async def _pick(self, query: CallbackQuery, message: Message, tap: Tap, reply: Reply) -> None:
        """Asks the question behind a choice, and puts its answer where the choices were."""
        if tap.choice >= len(reply.choices):
            await toast(query, wording.TOO_OLD)
            return
        await toast(query)
        question, person = reply.choices[tap.choice], reply.question.person
        made = await self._replying.answer(question, reply.focus)
        journal = await self._replying.note(message, made.answer, question)
        await self._show(message, picked(reply, made, journal), made, person, in_place=True)

    async def _turn(self, query: CallbackQuery, message: Message, tap: Tap, reply: Reply) -> None:
        """Shows the point before or behind the one that the reply is about."""
        knowledge = self._replying.serving.knowledge
        if reply.point is None or knowledge.point(reply.point) is None:
            await toast(query, wording.TOO_OLD)
            return
        backwards = tap.action is Action.PREVIOUS
        key = knowledge.neighbour(reply.point, -1 if backwards else 1)
        if key is None:
            await toast(query, wording.FIRST_ALREADY if backwards else wording.LAST_ALREADY)
            return
        await toast(query)
        answer, focus = answer_point(key, knowledge)
        made = Replied(answer, focus, knowledge)
        await self._show(message, turned(reply, made), made, reply.question.person, in_place=reply.browsing)

    async def _show(self, message: Message, reply: Reply, made: Replied, person: int, *, in_place: bool) -> None:
        replying = self._replying
        messages: tuple[int, ...] = ()
        if in_place:
            known = await replying.remembered(replying.store.replies.messages(reply), ())
            messages = known if message.message_id in known else (message.message_id,)
        await replying.show(message, message.get_bot(), reply, made, messages)
        await replying.remembered(replying.store.conversations.keep(place_of(message, person), made.focus), None)


async def toast(query: CallbackQuery, text: str | None = None) -> None:
    """Ends the button's waiting sign; one that Telegram no longer takes an answer for is left alone."""
    try:
        await query.answer(text)
    except BadRequest:
        logger.info("a button was answered too late")
