"""An Answer as text for a terminal: `python -m bot ask`."""

from collections.abc import Iterator

from bot.answer.model import Answer
from bot.chat import wording
from bot.chat.layout import Block, heading, quotations

BOLD, NORMAL = "\x1b[1m", "\x1b[0m"


def plain_text(answer: Answer, *, bold: bool) -> str:
    """The reply as it stands in a chat, without a limit; `bold` marks the fact and the sentences that answer."""
    return "\n".join(_lines(answer, bold=bold)) or wording.NOTHING


def _lines(answer: Answer, *, bold: bool) -> Iterator[str]:
    for block in heading(answer):
        yield _text(block, bold=bold)
    for number, choice in enumerate(answer.choices, 1):
        yield f"{number}. {wording.visible(choice.label)}"
    for quotation, source in quotations(answer):
        yield ""
        yield _text(quotation, bold=bold)
        if source is not None:
            yield f"—— {source.text}"


def _text(block: Block, *, bold: bool) -> str:
    text = block.text
    for begin, end in reversed(block.marks if bold else ()):
        text = f"{text[:begin]}{BOLD}{text[begin:end]}{NORMAL}{text[end:]}"
    return text
