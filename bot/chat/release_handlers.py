"""Handles what admins do with releases: a file sent, /reload, /releases, /rollback, /export, and the buttons."""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat import delivery, release_buttons, release_report, wording
from bot.chat.addressing import person_of
from bot.chat.admins import Admins
from bot.chat.failures import safe_trace
from bot.chat.release_buttons import Action, Tap
from bot.chat.releasing import Proposal, Releasing, Served
from bot.chat.rendering import render_text
from bot.chat.replying import show_typing
from bot.chat.taps import toast
from bot.errors import KnowledgeError, OvertakenError, ReleaseError, ReleaseStateError, StoreError
from bot.plan.documents import Limits, shown_name
from bot.plan.export import points_table
from bot.plan.reading import read_files
from bot.store import Person

logger = logging.getLogger(__name__)

LISTED = 10
"""Releases that /releases lists."""
DOWNLOAD_SECONDS = 60.0


class ReleaseHandlers:
    """The handlers; each turns away who is no admin."""

    def __init__(self, releasing: Releasing, admins: Admins, directory: Path) -> None:
        self._releasing = releasing
        self._admins = admins
        self._directory = directory

    async def document(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """A file from an admin in private: a notice, a plan, the lexicon or golden questions."""
        message = update.effective_message
        by = self._admin(message)
        if message is None or by is None or message.document is None:
            return
        name = shown_name(message.document.file_name or "")
        if (message.document.file_size or 0) > Limits().size:
            await _say(message, wording.TOO_BIG)
            return
        await show_typing(message)
        try:
            async with asyncio.timeout(DOWNLOAD_SECONDS):
                file = await message.document.get_file()
                data = bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError) as error:
            logger.warning("a file could not be fetched (%s)", type(error).__name__)
            await _say(message, wording.NOT_FETCHED)
            return
        await _say(message, wording.READING_FILE.format(name=name))
        await self._offer(message, self._releasing.propose_file(name, data, by))

    async def reload(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/reload: what the folder would change."""
        message = update.effective_message
        by = await self._admin_or_refusal(message)
        if message is not None and by is not None:
            await show_typing(message)
            await self._offer(message, self._from_folder(by))

    async def releases(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/releases: the last ones, with buttons to put one back."""
        message = update.effective_message
        if message is None or await self._admin_or_refusal(message) is None:
            return
        try:
            listed = await self._releasing.latest(LISTED)
            previous = await self._releasing.previous()
        except StoreError as error:
            await _say(message, str(error))
            return
        await _say(message, release_report.listing(listed), release_buttons.to_choose(listed, previous))

    async def rollback(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/rollback: the release before is in service again."""
        message = update.effective_message
        by = await self._admin_or_refusal(message)
        if message is None or by is None:
            return
        await show_typing(message)
        try:
            served = await self._releasing.roll_back(by)
        except (KnowledgeError, ReleaseError, StoreError) as error:
            await _say(message, f"{wording.STAYS}\n{error}")
            return
        await self._tell_served(message, served, by)

    async def export(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/export: every file in service, and the table of points for Excel."""
        message = update.effective_message
        if message is None or await self._admin_or_refusal(message) is None:
            return
        now = self._releasing.serving.now
        files = {**now.files, "要点表.csv": await asyncio.to_thread(points_table, now.knowledge.plans)}
        for name, data in files.items():
            if data:
                await message.reply_document(data, filename=name)
        await _say(message, wording.EXPORTED.format(number=now.release))

    async def tapped(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """启用, 放弃, 退回."""
        query = update.callback_query
        tap = release_buttons.read_tap(query.data) if query else None
        if query is None:
            return
        message = query.message
        if query.from_user.id not in self._admins.ids:
            await toast(query, wording.ADMINS_ONLY)
        elif tap is None or not isinstance(message, Message):
            await toast(query, wording.TOO_OLD)
        else:
            await self._decide(query, message, tap, Person(query.from_user.id, query.from_user.full_name))

    async def _decide(self, query: CallbackQuery, message: Message, tap: Tap, by: Person) -> None:
        """Does what the button says; then the buttons are gone, or stay where it could not be done."""
        await toast(query)
        if tap.action is Action.SHOW:
            await self._offer(message, self._releasing.review(tap.release))
            return
        served: Served | None = None
        try:
            if tap.action is Action.DISCARD:
                await self._releasing.discard(tap.release, by)
                text = wording.DISCARDED.format(number=tap.release, active=self._releasing.serving.release)
            else:
                served = await self._releasing.activate(tap.release, tap.expected, by)
                text = ""
        except ReleaseStateError as error:
            text = _when(error)
        except OvertakenError as error:
            if error.active != tap.release:
                await _say(message, f"{wording.STAYS}\n{error}", release_buttons.to_look_again(tap.release))
                return
            text = wording.SERVED_ALREADY.format(number=tap.release, who=f"（{error.by}）" if error.by else "")
        except (KnowledgeError, ReleaseError, StoreError) as error:
            await _say(message, f"{wording.STAYS}\n{error}")
            return
        with suppress(TelegramError):
            await message.edit_reply_markup(None)
        if served is None:
            await _say(message, text)
        else:
            await self._tell_served(message, served, by)

    async def _offer(self, message: Message, proposing: Awaitable[Proposal | None]) -> None:
        """The report with its buttons, or why there is none."""
        try:
            proposal = await proposing
        except KnowledgeError as refused:
            await _say(message, release_report.refusal(refused, wording.REFUSED))
        except StoreError as error:
            await _say(message, f"{wording.STAYS}\n{error}")
        except ReleaseError as error:
            await _say(message, str(error))
        except Exception as error:  # noqa: BLE001, RUF100 -- whatever fails while building leaves the old in service
            logger.error("building a candidate failed\n%s", safe_trace(error))
            await _say(message, wording.RELOAD_BROKE)
        else:
            if proposal is None:
                await _say(message, wording.NOTHING_NEW.format(number=self._releasing.serving.release))
                return
            await _say(message, proposal.report, release_buttons.to_decide(proposal.number, proposal.expected))

    async def _from_folder(self, by: Person) -> Proposal | None:
        files = await asyncio.to_thread(read_files, self._directory)
        return await self._releasing.propose_folder(files, by)

    async def _tell_served(self, message: Message, served: Served, by: Person) -> None:
        """The one who ordered it reads it under the message; the other admins in private."""
        text = wording.SERVED.format(number=served.number, changes=served.changes)
        keyboard = release_buttons.to_take_back(served.number, served.former)
        try:
            await _say(message, text, keyboard)
        finally:  # It is in service, whoever can be reached.
            await self._admins.tell(message.get_bot(), f"{by.name} 操作：{text}", keyboard, but=by.id)

    def _admin(self, message: Message | None) -> Person | None:
        """The admin who wrote the message; None for anybody else."""
        person = person_of(message) if message else None
        if message is None or person is None or person not in self._admins.ids:
            return None
        return Person(person, message.from_user.full_name if message.from_user else str(person))

    async def _admin_or_refusal(self, message: Message | None) -> Person | None:
        by = self._admin(message)
        if message is None:
            return None
        if by is None:
            await _say(message, wording.ADMINS_ONLY)
        elif message.chat.type != ChatType.PRIVATE:
            await _say(message, wording.IN_PRIVATE)
            return None
        return by


def _when(error: ReleaseStateError) -> str:
    who = f"（{release_report.moment(error.at)} {error.by}）" if error.by else ""
    return f"{error}{who}。"


async def _say(message: Message, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
    await delivery.send(message, render_text(text), keyboard)
