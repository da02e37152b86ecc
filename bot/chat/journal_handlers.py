"""Handles /journal: what could not be answered, and golden questions grown from what was answered well."""

import asyncio
from collections.abc import Iterable, Sequence

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer.answering import answer
from bot.answer.knowledge import Knowledge
from bot.answer.model import Outcome
from bot.answer.trial import grow
from bot.chat import delivery, wording
from bot.chat.addressing import person_of
from bot.chat.admins import Admins
from bot.chat.rendering import render_text
from bot.chat.serving import Serving
from bot.errors import StoreError
from bot.plan.golden_file import GOLDEN_FILE, golden_of, write_golden
from bot.store import Entry, Store

LOOKED_AT = 1000
"""Entries of the journal that are looked through."""
SHOWN = 20


class JournalHandlers:
    """The handler of /journal, for admins."""

    def __init__(self, serving: Serving, store: Store, admins: Admins) -> None:
        self._serving = serving
        self._store = store
        self._admins = admins

    async def journal(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Lists the questions, and sends golden.jsonl with those that were useful, to be looked over and sent back."""
        message = update.effective_message
        if message is None:
            return
        if person_of(message) not in self._admins.ids:
            await _say(message, wording.ADMINS_ONLY)
            return
        if message.chat.type != ChatType.PRIVATE:  # What staff ask in private is not for the group.
            await _say(message, wording.IN_PRIVATE)
            return
        try:
            entries = await self._store.journal.latest(LOOKED_AT)
        except StoreError as error:
            await _say(message, str(error))
            return
        await _say(message, report(entries))
        now = self._serving.now
        grown = await asyncio.to_thread(_grown, entries, now.knowledge, now.files.get(GOLDEN_FILE, b""))
        if grown is not None:
            await message.reply_document(grown, filename=GOLDEN_FILE, caption=wording.GROWN)


def report(entries: Sequence[Entry]) -> str:
    """The questions that were declined or judged useless, each once, the newest first."""
    declined = _once(entry for entry in entries if entry.outcome == Outcome.DECLINE)
    useless = _once(entry for entry in entries if entry.useful is False)
    parts = [
        f"{title}（{len(found)}个）：\n" + "\n".join(f"• {question}" for question in found[:SHOWN])
        for title, found in (("没答上来的", declined), ("被点“没用”的", useless))
        if found
    ]
    return "\n\n".join(parts) or wording.NOTHING_UNANSWERED


def _once(entries: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(entry.question for entry in entries))


def _grown(entries: Sequence[Entry], knowledge: Knowledge, now: bytes) -> bytes | None:
    """golden.jsonl with the useful questions that it lacks, as they are answered now; None where there are none."""
    known = {golden.messages for golden in golden_of({GOLDEN_FILE: now})} if now else set()
    useful = _once(entry for entry in entries if entry.useful)
    added = [
        write_golden(grow(question, answer(question, None, knowledge)[0]))
        for question in useful
        if (question,) not in known
    ]
    if not added:
        return None
    text = now.decode().rstrip("\n")
    return ("\n".join([*([text] if text else []), *added]) + "\n").encode()


async def _say(message: Message, text: str) -> None:
    await delivery.send(message, render_text(text))
