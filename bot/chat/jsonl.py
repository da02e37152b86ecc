"""Conversations as JSON lines in, answers as JSON lines out: `python -m bot ask --jsonl`.

In: {"id", "messages": ["first", ..., "last"]}. Out: {"id", "outcome", "answer", "verdict", "citations": [{"plan",
"section", "point", "paragraph", "highlights"}], "notes", "choices"}; a line that can't be read gives {"error"}.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.answer.answering import answer
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import Answer, Outcome

LINE_LIMIT = 1024 * 1024
"""Bytes of a line."""


def answer_lines(lines: Iterable[bytes], knowledge: Knowledge) -> Iterator[str]:
    """One line for every line that is not empty."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield json.dumps(_reply(number, line, knowledge), ensure_ascii=False)


def _reply(number: int, line: bytes, knowledge: Knowledge) -> dict[str, Any]:
    try:
        conversation = _conversation(line)
    except ValueError as error:
        return {"error": f"第 {number} 行：{error}", "line": number}
    made: Answer | None = None
    focus: Focus | None = None
    try:
        for message in conversation["messages"]:
            made, focus = answer(message, focus, knowledge)
    except Exception as error:  # one conversation that fails must not cost those behind it
        return {"id": conversation.get("id"), "outcome": Outcome.DECLINE.value, "error": type(error).__name__}
    return {"id": conversation.get("id"), **(_json(made) if made else {})}


def _conversation(line: bytes) -> dict[str, Any]:
    """The object of a line; raises ValueError, which says what is expected."""
    if len(line) > LINE_LIMIT:
        raise ValueError(f"超过 {LINE_LIMIT // 1024} KiB")
    try:
        conversation = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError("不是一行 UTF-8 的 JSON") from error
    if not isinstance(conversation, dict):
        raise ValueError('应是对象，如 {"id": "1", "messages": ["课后服务谁牵头"]}')
    messages = conversation.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(message, str) for message in messages):
        raise ValueError("messages 应是至少有一个字符串的列表")
    return conversation


def _json(made: Answer) -> dict[str, Any]:
    return {
        "outcome": made.outcome.value,
        "answer": made.direct,
        "verdict": made.verdict.value if made.verdict else None,
        "citations": [
            {
                "plan": citation.key.plan,
                "section": citation.key.section,
                "point": citation.key.point,
                "paragraph": citation.paragraph,
                "highlights": list(citation.highlights),
            }
            for citation in made.citations
        ],
        "notes": list(made.notes),
        "choices": [choice.label for choice in made.choices],
    }
