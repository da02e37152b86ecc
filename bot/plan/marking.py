"""Shows inline what was taken out of a text and what was put into it; called by bot.plan.differences.

Only the sentences that changed, each with a little of what stands around the change:
…幼儿园3个,可新增学位【删:8280个】【增:9000个】;续建项目5个…
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*[%个所名项家]?|[A-Za-z]+|.", re.DOTALL)
"""A figure with its measure is one word: 8280个 became 9000个, not 82【删:8】… ."""
_CONTEXT = 14
"""Characters shown on either side of a change."""
_GAP = 2
"""Characters between two changes that are too few to be left standing alone."""
_ALIKE = 0.45
"""Sentences less alike than this are shown as one taken out and one put in."""
_LONGEST = 400
"""Words of what differs in a sentence that are compared one by one (difflib takes cubic time at worst)."""
_MOST_SENTENCES = 400

Opcode = tuple[str, int, int, int, int]


def mark_changes(old: str, new: str) -> tuple[str, ...]:
    """The sentences of the newer text that differ, marked, and those that are gone; empty where nothing changed."""
    if old == new:
        return ()
    olds, news = _sentences(old), _sentences(new)
    if max(len(olds), len(news)) > _MOST_SENTENCES:
        return ("文字有改动（太长，没有逐句比对）",)
    marked: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            marked += _mark_block(olds[a:b], news[c:d])
    return tuple(line for line in marked if line) or ("只有空白的改动",)


def mark_sentence(old: str, new: str) -> str:
    """One sentence against another; empty where they are the same."""
    if old == new:
        return ""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    opcodes = _opcodes(a, b) if _likeness(old, new) >= _ALIKE else None
    return "".join(_pieces(a, b, _merged(opcodes, a))) if opcodes else _swapped(old, new)


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[Opcode] | None:
    """difflib's, of what is left without the equal start and end; None where that is too long."""
    shorter = min(len(a), len(b))
    start = next((n for n in range(shorter) if a[n] != b[n]), shorter)
    end = next((n for n in range(shorter - start) if a[-1 - n] != b[-1 - n]), shorter - start)
    inner, other = a[start : len(a) - end], b[start : len(b) - end]
    if max(len(inner), len(other)) > _LONGEST:
        return None
    found = SequenceMatcher(None, inner, other, autojunk=False).get_opcodes()
    codes = [(tag, i + start, j + start, k + start, m + start) for tag, i, j, k, m in found]
    head = [("equal", 0, start, 0, start)] if start else []
    tail = [("equal", len(a) - end, len(a), len(b) - end, len(b))] if end else []
    return [*head, *codes, *tail]


def _sentences(text: str) -> list[str]:
    return [found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip()]


def _mark_block(olds: Sequence[str], news: Sequence[str]) -> Iterator[str]:
    """Sentences that were replaced: each new one against the most alike of the old ones that come in order."""
    left = list(olds)
    for sentence in news:
        likeness = [_likeness(other, sentence) for other in left]
        best = max(range(len(left)), key=likeness.__getitem__, default=None)
        if best is None or likeness[best] < _ALIKE:
            yield _swapped("", sentence)
            continue
        yield from (_swapped(gone, "") for gone in left[:best])
        yield mark_sentence(left[best], sentence)
        left = left[best + 1 :]
    yield from (_swapped(gone, "") for gone in left)


def _likeness(old: str, new: str) -> float:
    return Indel.normalized_similarity(_TOKEN.findall(old), _TOKEN.findall(new))


def _swapped(old: str, new: str) -> str:
    return (f"【删:{old}】" if old else "") + (f"【增:{new}】" if new else "")


def _merged(opcodes: Sequence[Opcode], a: Sequence[str]) -> list[Opcode]:
    """Changes with next to nothing between them as one: nobody can follow a character here and a character there."""
    merged: list[Opcode] = []
    for place, (tag, *span) in enumerate(opcodes):
        inside = 0 < place < len(opcodes) - 1 and len("".join(a[span[0] : span[1]])) <= _GAP
        joins = merged and merged[-1][0] != "equal"
        if tag == "equal" and not (inside and joins):
            merged.append((tag, span[0], span[1], span[2], span[3]))
        elif joins:
            _, start, _, other, _ = merged[-1]
            merged[-1] = ("replace", start, span[1], other, span[3])
        else:
            merged.append(("replace", span[0], span[1], span[2], span[3]))
    return merged


def _pieces(a: Sequence[str], b: Sequence[str], opcodes: Sequence[Opcode]) -> Iterator[str]:
    for place, (tag, start, end, other_start, other_end) in enumerate(opcodes):
        if tag != "equal":
            yield _swapped("".join(a[start:end]), "".join(b[other_start:other_end]))
        else:
            yield _context("".join(a[start:end]), first=place == 0, last=place == len(opcodes) - 1)


def _context(text: str, *, first: bool, last: bool) -> str:
    """What stands beside a change, its middle left out where that is long."""
    if first:
        return text if len(text) <= _CONTEXT + 1 else "…" + text[-_CONTEXT:]
    if last:
        return text if len(text) <= _CONTEXT + 1 else text[:_CONTEXT] + "…"
    return text if len(text) <= 2 * _CONTEXT + 1 else f"{text[:_CONTEXT]}…{text[-_CONTEXT:]}"
