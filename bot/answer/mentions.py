"""Which points mention something: 三年行动有哪些, 提到民办的有几条."""

import re
from collections.abc import Sequence

from bot.answer import wording
from bot.answer.asking import Asking, cite, reply
from bot.answer.model import Answer
from bot.plan.model import PointKey
from bot.search.index import sentences
from bot.search.normalising import normalise

_MENTIONED = re.compile(
    r"(?:哪[些几](?:条|项)?|几条|所有|全部|有多少条)?(?:要点|条目|条)?(?:里|中)?(?:都)?(?:提到|写到|提及|出现|说到|讲到|涉及)(?:了|过)?"
    r"[“\"]?([\u4e00-\u9fff\da-z]{2,10}?)[”\"]?(?:这个词|的)?(?:有|在|是|的)*(?:哪[些几]|几条|多少条|$|[?,。])"
)
_NAMED = re.compile(
    r"(?:所有|全部)?的?[“\"]?([\u4e00-\u9fff\d]{2,8}?)[”\"]?(?:计划|方案)?(?:都|一共|总共)?有(?:哪(?:些|几个)|几个)"
)
_ALL = re.compile(r"(?:列出|列一下)?(?:所有|全部)的?[“\"]?([\u4e00-\u9fff\d]{2,8})[”\"]?(?:列|[?。]|$)")


def answer_mentions(asking: Asking) -> Answer | None:
    """The points whose text has the very words asked for, where there are several; None for any other question."""
    text = asking.question.text
    found = _MENTIONED.search(text)
    several = _NAMED.search(text) or _ALL.search(text)
    if not found and not several:
        return None
    words = (found or several).group(1) if (found or several) else ""  # type: ignore[union-attr]  # one of them is
    keys = [key for key in asking.serving.index.keys if words in normalise(asking.point(key).text)]
    if not keys or (not found and (len(keys) < 2 or not re.search("行动|工程|计划|工作室", words))):
        return None
    asking.trace.note(f"原文有“{words}”的条目：{len(keys)}条")
    marked = [_with(asking, key, words) for key in keys]
    lines = [
        f"{wording.point_name(asking.plan, key)} {_around(mark, words)}" for key, marks in marked for mark in marks
    ]
    start = f"“{words}”出现在{len(keys)}条里：" if found else f"写到“{words}”的有{len(keys)}条："
    return reply(asking, start + "；".join(lines), [cite(asking, key, marks) for key, marks in marked])


def _with(asking: Asking, key: PointKey, words: str) -> tuple[PointKey, Sequence[str]]:
    return key, [s for s in sentences(asking.point(key).text) if words in normalise(s)]


def _around(sentence: str, words: str) -> str:
    """The clauses that have the words."""
    clauses = [c for c in re.split("[,，;；。]", sentence) if words in normalise(c)]
    return "、".join(clauses) or words
