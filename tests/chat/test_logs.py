"""What a log entry never holds: the token, and what people wrote."""

import io
import logging

from telegram.error import BadRequest

from bot.chat.failures import safe_trace
from bot.chat.logs import DiscreetFormatter
from bot.errors import SettingError

TOKEN = "123:very-secret"


def logged(logger: str, level: int, text: str, *values: object, error: BaseException | None = None) -> str:
    """What comes out of our handler."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(DiscreetFormatter([TOKEN]))
    raised = (type(error), error, None) if error else None
    handler.handle(logging.LogRecord(logger, level, "x.py", 1, text, values, raised))
    return stream.getvalue()


def test_a_secret_is_replaced_wherever_it_stands() -> None:
    """In the text, in a value, in an address."""
    entry = logged("any", logging.INFO, f"POST /bot{TOKEN}/x %s", TOKEN)
    assert TOKEN not in entry
    assert entry.count("<secret>") == 2


def test_an_exception_is_told_without_its_values() -> None:
    """Its kind and its place are enough."""
    entry = logged("any", logging.ERROR, "failed", error=KeyError("天王盖地虎"))
    assert "KeyError" in entry
    assert "天王盖地虎" not in entry


def test_what_telegram_s_library_received_is_not_logged() -> None:
    """It logs whole updates when it can't read them."""
    assert "天王盖地虎" not in logged("telegram.ext.Updater", logging.CRITICAL, "Received: %r", {"text": "天王盖地虎"})


def test_causes_are_told_and_what_telegram_quotes_is_not() -> None:
    """A chain of errors; our own errors and Telegram's say why."""
    try:
        try:
            raise BadRequest("unsupported start tag \"天王\" in `盖地` or '虎'")
        except BadRequest as error:
            raise SettingError("DATA_DIR", "请写文件夹") from error
    except SettingError as error:
        trace = safe_trace(error)
    assert "DATA_DIR" in trace
    assert "unsupported start tag" in trace.lower()
    assert "test_logs.py" in trace
    assert not any(word in trace.split("caused by")[1].splitlines()[-1] for word in ("天王", "盖地", "虎"))
