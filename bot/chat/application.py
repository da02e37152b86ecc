"""Puts the bot together: python-telegram-bot's Application with our handlers, in their order; called by running.py."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram import Bot, BotCommand, BotCommandScopeChat, LinkPreviewOptions, Update
from telegram.constants import UpdateType
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import HTTPXRequest

from bot.chat import wording
from bot.chat.access import Gate
from bot.chat.admins import Admins
from bot.chat.asking import Asking
from bot.chat.commands import Commands
from bot.chat.failures import failed
from bot.chat.journal_handlers import JournalHandlers
from bot.chat.network import Pace, UpdatesRequest
from bot.chat.ordering import InOrder
from bot.chat.release_buttons import PATTERN
from bot.chat.release_handlers import ReleaseHandlers
from bot.chat.releasing import Releasing
from bot.chat.replying import Replying
from bot.chat.taps import Taps
from bot.config import Settings
from bot.store import Store

UPDATES = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY)
"""What Telegram is asked to send; anything else that comes is ignored."""
GATE, HANDLERS = -1, 0
READ_SECONDS = 10.0
POLL_SECONDS = timedelta(seconds=30)

App = Application[Any, Any, Any, Any, Any, Any]


def build(settings: Settings, token: str, releasing: Releasing, store: Store, updates: UpdatesRequest) -> App:
    """The application, not yet initialised."""
    # RetryAfter then says its time as python-telegram-bot's next version will, instead of warning about it.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    builder = (
        Application.builder()
        .token(token)
        .request(HTTPXRequest(connection_pool_size=64, read_timeout=READ_SECONDS, pool_timeout=READ_SECONDS))
        .get_updates_request(updates)
        .rate_limiter(Pace())
        .concurrent_updates(InOrder())
        .job_queue(None)
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
    )
    if settings.api_url is not None:
        builder = builder.base_url(f"{settings.api_url}/bot").base_file_url(f"{settings.api_url}/file/bot")
    application: App = builder.build()
    _add_handlers(application, settings, Replying(releasing.serving, store), releasing)
    return application


def _add_handlers(application: App, settings: Settings, replying: Replying, releasing: Releasing) -> None:
    """The gate first, then the first of these that takes the update."""
    gate = Gate(settings.allowed_chats, settings.admins)
    commands, asking, taps = Commands(replying, settings.admins), Asking(replying), Taps(replying)
    admins = Admins(settings.admins)
    releases = ReleaseHandlers(releasing, admins, settings.knowledge_dir)
    journal = JournalHandlers(replying.serving, replying.store, admins)
    application.add_handler(TypeHandler(Update, gate.enter), GATE)
    messages, new = filters.UpdateType.MESSAGES, filters.UpdateType.MESSAGE  # An edited order is no new one.
    from_admin = new & filters.ChatType.PRIVATE & filters.User(list(settings.admins))
    application.add_handlers(
        [
            CallbackQueryHandler(releases.tapped, PATTERN),
            CallbackQueryHandler(taps.tapped),
            CommandHandler("start", commands.start, messages),
            CommandHandler("help", commands.help, messages),
            CommandHandler("depts", commands.departments, messages),
            CommandHandler("item", commands.item, messages),
            CommandHandler("reload", releases.reload, new),
            CommandHandler("releases", releases.releases, new),
            CommandHandler("rollback", releases.rollback, new),
            CommandHandler("export", releases.export, new),
            CommandHandler("journal", journal.journal, new),
            MessageHandler(messages & filters.COMMAND, commands.unknown),
            MessageHandler(from_admin & filters.Document.ALL, releases.document),
            MessageHandler(messages & ~filters.StatusUpdate.ALL, asking.asked),
        ],
        HANDLERS,
    )
    application.add_error_handler(failed)


async def introduce(bot: Bot, admins: frozenset[int], report: Callable[[str, TelegramError], None]) -> None:
    """Tells Telegram the bot's commands and descriptions; what it refuses is reported and does no harm."""
    everybody = [BotCommand(name, text) for name, text in wording.COMMANDS]
    for_admins = [BotCommand(name, text) for name, text in wording.ADMIN_COMMANDS]
    calls: dict[str, Coroutine[Any, Any, bool]] = {
        "setMyCommands": bot.set_my_commands(everybody),
        "setMyDescription": bot.set_my_description(wording.DESCRIPTION),
        "setMyShortDescription": bot.set_my_short_description(wording.SHORT_DESCRIPTION),
    }
    for admin in sorted(admins):
        calls[f"setMyCommands for admin {admin}"] = bot.set_my_commands(for_admins, BotCommandScopeChat(admin))
    for (name, _), outcome in zip(
        calls.items(), await asyncio.gather(*calls.values(), return_exceptions=True), strict=True
    ):
        if isinstance(outcome, TelegramError):
            report(name, outcome)
        elif isinstance(outcome, BaseException):
            raise outcome
