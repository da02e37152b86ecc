"""Logging that keeps secrets and messages to itself; set up once by bot.__main__.

Libraries log what we must not: httpx the address with the token at INFO, python-telegram-bot whole updates at DEBUG,
aiosqlite every value, and any exception may quote what somebody wrote.
"""

import logging
import sys
from collections.abc import Iterable

from bot.chat.failures import safe_trace

_QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "aiosqlite": logging.WARNING,
    "watchfiles": logging.WARNING,
    "sqlalchemy": logging.WARNING,
    "jieba": logging.WARNING,
    "telegram": logging.INFO,
    "telegram.ext.Application": logging.WARNING,
    # The error that it logs is raised as well, and logged by failures.py.
    "telegram.ext.AIORateLimiter": logging.CRITICAL,
    "tornado.access": logging.ERROR,
}
# python-telegram-bot logs what it received when it can't be parsed; the message without its values says enough.
_WITHOUT_VALUES = ("telegram", "tornado")


class DiscreetFormatter(logging.Formatter):
    """Writes no secret, and of an exception only its kind and its place in the code."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one entry."""
        if record.levelno >= logging.ERROR and record.name.startswith(_WITHOUT_VALUES):
            record = logging.makeLogRecord(record.__dict__ | {"args": (), "msg": str(record.msg)})
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "<secret>")
        return text

    def formatException(self, ei: object) -> str:  # noqa: N802 -- logging's own name
        """The exception without the values that its message may hold."""
        error = ei[1] if isinstance(ei, tuple) else None
        return safe_trace(error) if isinstance(error, BaseException) else ""


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Logs to stderr from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(level)  # bm25s sets its own logger to DEBUG
    handler.setFormatter(DiscreetFormatter(secret for secret in secrets if secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))
