"""An Answer as Telegram messages: HTML, each at most 4096 UTF-16 units; called by delivery and the handlers.

The first citation is sent whole, over several messages where it must be, split at sentences. Further citations are
quoted while they fit into the same message; the rest are counted.
"""

import html
import re
from collections.abc import Iterable, Sequence
from unicodedata import category

from telegram.constants import MessageLimit

from bot.answer.model import Answer
from bot.chat import wording
from bot.chat.layout import Block, heading, quotations

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_PAGES = 4
"""Messages of one reply: more would bury the chat."""
# A page is not begun with less of a paragraph than this, unless the paragraph is shorter.
_WORTHWHILE = 600
_SENTENCE_ENDS = re.compile(r"[\u3002\uff01\uff1f!?\uff1b;\n]+[\u201d\u300b\uff09\u300d]*")
_CLAUSE_ENDS = re.compile(r"[\uff0c,\u3001 ]")


def render(answer: Answer) -> tuple[str, ...]:
    """The reply as HTML texts, at least one, to be sent one after the other."""
    blocks, quoted = heading(answer), quotations(answer)
    for quotation, source in quoted[:1]:
        blocks += [quotation, *([source] if source else [])]
    left = 0
    for quotation, source in quoted[1:]:
        more = [quotation, *([source] if source else [])]
        if left == 0 and _length([*blocks, *more]) < LIMIT - len(wording.NOT_QUOTED) - 10:
            blocks += more
        else:
            left += 1
    if left:
        blocks.append(Block(wording.NOT_QUOTED.format(count=left)))
    return pages(blocks)


def render_text(text: str) -> tuple[str, ...]:
    """Plain text as HTML texts within the limit, at least one."""
    return pages([Block(wording.visible(text))])


def pages(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The blocks, one below the other, on as few messages as they need; what is beyond MAX_PAGES is cut off."""
    room = LIMIT - len(wording.CUT_SHORT) - 1
    filled: list[list[Block]] = [[]]
    waiting = [block for block in blocks if block.text]
    while waiting:
        block, free = waiting[0], room - _length(filled[-1])
        if units(block.text) < free:
            filled[-1].append(waiting.pop(0))
        elif free > _WORTHWHILE and units(block.text) > _WORTHWHILE:
            head, waiting[0] = block.split(_cut(block.text, free - 1))
            filled[-1] += [head] if head.text else []
        elif len(filled) < MAX_PAGES:
            filled.append([])
        else:
            filled[-1].append(Block(wording.CUT_SHORT))
            break
        waiting = [block for block in waiting if block.text]
    return tuple("\n".join(map(_html, page)) for page in filled if _shows(page)) or (wording.NOTHING,)


def plain(page: str) -> str:
    """A rendered text without its tags, for a server that refuses them."""
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def _shows(page: Iterable[Block]) -> bool:
    """Whether anything is to be seen: Telegram refuses a message of spaces and formatting characters."""
    return any(category(char)[0] not in "ZC" for block in page for char in block.text)


def _length(blocks: Iterable[Block]) -> int:
    return sum(units(block.text) + 1 for block in blocks)


def _cut(text: str, free: int) -> int:
    """Where to cut so that what is before takes at most `free` units: behind a sentence, a clause, or anywhere."""
    end, taken = 0, 0
    while end < len(text) and taken + units(text[end]) <= free:
        taken += units(text[end])
        end += 1
    for ends in (_SENTENCE_ENDS, _CLAUSE_ENDS):
        behind = [match.end() for match in ends.finditer(text, 0, end)]
        if behind and behind[-1] > end // 2:
            return behind[-1]
    return end


def _html(block: Block) -> str:
    parts: list[str] = []
    done = 0
    for begin, end in block.marks:
        parts.append(html.escape(block.text[done:begin], quote=False))
        parts.append(f"<b>{html.escape(block.text[begin:end], quote=False)}</b>")
        done = end
    parts.append(html.escape(block.text[done:], quote=False))
    text = "".join(parts)
    return f"<blockquote expandable>{text}</blockquote>" if block.quote else text
