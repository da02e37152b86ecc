"""Handles the commands of everybody: /start, /help, /depts, /item."""

import re
import unicodedata

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer.answering import answer_departments, answer_point
from bot.answer.knowledge import Knowledge
from bot.chat import delivery, wording
from bot.chat.addressing import person_of
from bot.chat.rendering import render_text
from bot.chat.replying import Replied, Replying, question_of
from bot.plan.model import Plan

_ITEM = re.compile(r"第?(?:(?P<section>[0-9]{1,3})[-.\u2010-\u2015])?(?P<point>[0-9]{1,3})条?")
_CHINESE_ITEM = re.compile(r"第?(?P<number>[一二三四五六七八九十百零〇两]{1,7})条?")


class Commands:
    """The handlers of commands; each is for a message of a person (the gate in access.py sees to it)."""

    def __init__(self, replying: Replying, admins: frozenset[int]) -> None:
        self._replying = replying
        self._admins = admins

    async def start(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: what the bot is and how to ask."""
        await self._say(update, wording.START)

    async def help(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/help: how to ask; admins also see their commands."""
        message = update.effective_message
        admin = message is not None and person_of(message) in self._admins
        await self._say(update, wording.HELP + (wording.ADMIN_HELP if admin else ""))

    async def unknown(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Any other command: in a group it is another bot's, unless it names this one."""
        message = update.effective_message
        if message is None or not message.text:
            return
        _, at, name = message.text.split()[0].partition("@")
        ours = name.casefold() == (context.bot.username or "").casefold()
        if ours or (not at and message.chat.type == ChatType.PRIVATE):
            await self._say(update, wording.UNKNOWN_COMMAND)

    async def departments(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/depts: the departments with what they lead and take part in."""
        knowledge = self._replying.serving.knowledge
        await self._reply(update, Replied(answer_departments(knowledge), None, knowledge), "/depts")

    async def item(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/item 11, /item 3-10: a point word for word."""
        knowledge = self._replying.serving.knowledge
        wanted = "".join(unicodedata.normalize("NFKC", "".join(context.args or [])[:20]).split())
        chinese = _CHINESE_ITEM.fullmatch(wanted)
        match = _ITEM.fullmatch(wanted)
        if chinese:
            await self._reply(update, await self._replying.answer(f"第{chinese['number']}条", None), wanted)
        elif match is None or not wanted:
            await self._say(update, wording.ITEM_USAGE)
        else:
            await self._item(update, match, knowledge)

    async def _item(self, update: Update, match: re.Match[str], knowledge: Knowledge) -> None:
        section, number = match["section"], int(match["point"])
        plan = knowledge.newest
        keys = [
            key
            for key, _ in plan.numbered_points()
            if key.point == number and (section is None or key.section == int(section))
        ]
        if not keys:
            await self._say(update, _no_such_item(plan, match))
        elif len(keys) == 1:
            answer, focus = answer_point(keys[0], knowledge)
            await self._reply(update, Replied(answer, focus, knowledge), f"第{number}条")
        else:  # Each section counts from one: the answer offers them as choices.
            await self._reply(update, await self._replying.answer(f"第{number}条", None), f"第{number}条")

    async def _reply(self, update: Update, made: Replied, text: str) -> None:
        """A reply with buttons and focus; what was asked by command goes into the journal as text."""
        message = update.effective_message
        person = person_of(message) if message else None
        if message is not None and person is not None:
            await self._replying.deliver(message, question_of(message, person, text), made, text)

    async def _say(self, update: Update, text: str) -> None:
        message = update.effective_message
        if isinstance(message, Message):
            await delivery.send(message, render_text(text))


def _no_such_item(plan: Plan, match: re.Match[str]) -> str:
    wanted = f"第{int(match['point'])}条"
    if match["section"] is not None:
        wanted = f"第{int(match['section'])}部分{wanted}"
    count = sum(len(section.points) for section in plan.sections)
    return f"《{plan.title}》没有{wanted}，全文共 {len(plan.sections)} 部分、{count} 条。"
