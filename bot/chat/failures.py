"""What happens when a handler fails: one log entry without the message's text, and a short apology.

The only place that maps errors of handlers to what people see.
"""

import logging
import re
import traceback
from pathlib import Path

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot.chat import delivery, wording
from bot.chat.addressing import person_of
from bot.chat.network import surely_failed
from bot.chat.rendering import render_text
from bot.errors import WorkPlanError

logger = logging.getLogger(__name__)

_OUR_CODE = Path(__file__).parents[1]


async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Logs the error of a handler once and apologises, unless the answer may have arrived or nobody would read it."""
    error = context.error
    if error is None:
        return
    if isinstance(error, Forbidden):
        logger.info("a reply was not delivered: the bot is blocked or no longer in the chat")
        return
    number = update.update_id if isinstance(update, Update) else None
    logger.error("update %s was not handled\n%s", number, safe_trace(error))
    if isinstance(update, Update) and _apology_helps(error):
        try:
            await _apologise(update)
        except TelegramError as again:
            logger.warning("the apology was not delivered either (%s)", type(again).__name__)


def safe_trace(error: BaseException) -> str:
    """The error and its causes with their places in the code, without values that people wrote.

    Only our own errors and Telegram's say why; what Telegram quotes of a message is left out.
    """
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < 5:
        reason = type(current).__qualname__
        if isinstance(current, WorkPlanError):
            reason += f": {current}"
        elif isinstance(current, TelegramError):
            reason += ": " + re.sub(r"\"[^\"]*\"|'[^']*'|`[^`]*`", "…", current.message)
        parts.append(_places(current) + reason)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\ncaused by\n".join(parts)


def _places(error: BaseException) -> str:
    """Where it passed through our code, and where it began; what lies between in libraries says nothing new."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames[:-1] if Path(frame.filename).is_relative_to(_OUR_CODE)]
    return "".join(traceback.format_list([*ours, *frames[-1:]]))


def _apology_helps(error: BaseException) -> bool:
    if isinstance(error, RetryAfter):
        return False
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return surely_failed(error)
    return True


async def _apologise(update: Update) -> None:
    if update.callback_query is not None:
        await update.callback_query.answer(wording.SORRY)
    elif update.effective_message is not None and person_of(update.effective_message) is not None:
        await delivery.send(update.effective_message, render_text(wording.SORRY))
