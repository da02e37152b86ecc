"""golden.jsonl -> golden questions and back, one JSON object a line; called by bot.plan.reading.

{"q": "课后服务谁牵头", "points": [10], "plan": "plan_2023", "must": ["教育科"], "outcome": "answer"}; only q is needed.
`q` may be a list: the messages of one conversation. A point is a number, or "3-10" (section and number).
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.errors import KnowledgeProblems
from bot.plan.faults import Faults
from bot.plan.fields import MAX_NUMBER, nearest
from bot.plan.golden import Expected, Golden, Place
from bot.plan.yaml_tree import FORBIDDEN, MAX_BYTES

GOLDEN_FILE = "golden.jsonl"
MAX_QUESTIONS = 2000
"""A trial asks each of them twice."""
MAX_MESSAGES = 10
MAX_TEXT = 1500
"""Characters of a message: a longer one is no question (bot.answer.answering)."""
_KEYS = ("q", "points", "plan", "must", "outcome")


class _TwiceError(ValueError):
    """A key that comes twice in an object."""


def parse_golden(data: bytes, file: str = GOLDEN_FILE) -> tuple[Golden, ...]:
    """The questions in `data`, in order; `file` is the name that faults are told with. Raises KnowledgeProblems."""
    faults = Faults(file)
    questions = tuple(_questions(data, faults))
    if faults:
        raise KnowledgeProblems(faults.problems())
    return questions


def golden_of(files: Mapping[str, bytes]) -> tuple[Golden, ...]:
    """The golden questions of a folder or a release (file name -> bytes); none where it has no golden.jsonl."""
    return parse_golden(files[GOLDEN_FILE]) if GOLDEN_FILE in files else ()


def write_golden(golden: Golden) -> str:
    """The question's line, without the line's end; parse_golden reads it back."""
    places = [f"{place.section}-{place.point}" if place.section else place.point for place in golden.places]
    fields: dict[str, Any] = {
        "q": golden.messages[0] if len(golden.messages) == 1 else list(golden.messages),
        "plan": golden.plan,
        "points": places,
        "must": list(golden.must),
        "outcome": golden.outcome.value if golden.outcome else None,
    }
    return json.dumps({key: value for key, value in fields.items() if value}, ensure_ascii=False)


def _questions(data: bytes, faults: Faults) -> Iterator[Golden]:
    if len(data) > MAX_BYTES:
        faults.add(0, f"文件超过 {MAX_BYTES // 1024 // 1024} MiB")
        return
    seen: dict[tuple[tuple[str, ...], str | None], int] = {}
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        golden = _question(line, number, faults)
        if golden is None:
            continue
        first = seen.setdefault((golden.messages, golden.plan), number)
        if first != number:
            faults.add(number, f"与第 {first} 行是同一个问题，请合并")
        if len(seen) > MAX_QUESTIONS:
            faults.add(number, f"问题超过 {MAX_QUESTIONS} 个")
            return
        yield golden


def _question(line: bytes, number: int, faults: Faults) -> Golden | None:
    fields = _fields(line, number, faults)
    if fields is None:
        return None
    for key in fields.keys() - set(_KEYS):
        hint = nearest(key, _KEYS)
        advice = f"是不是 {hint}？" if hint else f"可用的键：{'、'.join(_KEYS)}"
        faults.add(number, f"没有“{_shown(key)}”这个键，{advice}")
    if "q" not in fields:
        faults.add(number, "缺少 q（问题）")
    plan = _texts(fields, "plan", number, faults)
    return Golden(
        messages=_texts(fields, "q", number, faults, most=MAX_MESSAGES),
        places=tuple(_places(fields.get("points", []), number, faults)),
        plan=plan[0] if plan else None,
        must=_texts(fields, "must", number, faults, most=MAX_MESSAGES),
        outcome=_outcome(fields, number, faults),
        line=number,
    )


def _fields(line: bytes, number: int, faults: Faults) -> dict[str, Any] | None:
    try:
        text = line.decode("utf-8").rstrip("\r")
        if FORBIDDEN.search(text):
            faults.add(number, "有看不见的控制字符，请删去")
            return None
        fields = json.loads(text, object_pairs_hook=_once)
        json.dumps(fields, ensure_ascii=False).encode()  # \\ud800 by itself is no character
    except _TwiceError as twice:
        faults.add(number, f"“{_shown(str(twice))}”这个键写了两次")
        return None
    except (ValueError, RecursionError):
        faults.add(number, '不是一行 UTF-8 的 JSON，应如 {"q": "课后服务谁牵头", "points": [10]}')
        return None
    if not isinstance(fields, dict):
        faults.add(number, '应是对象，如 {"q": "课后服务谁牵头", "points": [10]}')
        return None
    return fields


def _shown(key: str) -> str:
    return FORBIDDEN.sub("?", key[:40])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _texts(fields: Mapping[str, Any], key: str, line: int, faults: Faults, *, most: int = 0) -> tuple[str, ...]:
    """A text, or where `most` allows it a list of texts; empty where the key is not there or wrong."""
    if key not in fields:
        return ()
    value = fields[key]
    texts = value if isinstance(value, list) and most else [value]
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        faults.add(line, f"{key} 应是文字{'，或文字的列表' if most else ''}，不能是空的")
        return ()
    if len(texts) > max(most, 1):
        faults.add(line, f"{key} 最多 {most} 个")
        return ()
    if any(len(text) > MAX_TEXT or FORBIDDEN.search(text) for text in texts):
        faults.add(line, f"{key} 太长（最多 {MAX_TEXT} 字），或有看不见的控制字符")
        return ()
    return tuple(texts)


def _places(value: object, line: int, faults: Faults) -> Iterator[Place]:
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_NUMBER:
        faults.add(line, f"points 最多 {MAX_NUMBER} 个")
        return
    for entry in entries:
        written = str(entry) if isinstance(entry, int | str) and not isinstance(entry, bool) else ""
        found = re.fullmatch(r"(?:([1-9]\d{0,2})-)?([1-9]\d{0,2})", written, re.ASCII)
        if not found:
            faults.add(line, 'points 应是条的编号，如 [10]；各部分分别编号的写 ["3-10"]')
            return
        yield Place(int(found[2]), int(found[1]) if found[1] else None)


def _outcome(fields: Mapping[str, Any], line: int, faults: Faults) -> Expected | None:
    if "outcome" not in fields:
        return None
    try:
        return Expected(fields["outcome"])
    except ValueError:
        faults.add(line, f"outcome 应是 {'、'.join(kind.value for kind in Expected)} 之一")
        return None
