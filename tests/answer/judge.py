"""Judges answers to labelled questions: what counts as right for each kind, and the score of a whole set.

Used by tests/answer/test_questions.py and by scripts/measure. A question is {"id", "q": message or list of messages,
"kind", "points", "must", "must_not", "verdict"?, "style"}; points are numbers ([11]) or, where numbers restart, places
(["3-2"]).
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.answer.answering import answer
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import DIRECT_LIMIT, Answer, Citation, Outcome

KINDS_WITH_A_DIRECT_ANSWER = frozenset(("lead", "target", "meta", "count"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what a right answer has to hold."""

    id: str
    messages: tuple[str, ...]
    """One conversation, oldest first; the last one is judged."""
    kind: str
    points: tuple[str, ...]
    """The points that may be cited first; for lists and counts all that are cited."""
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    verdict: str | None
    by_place: bool
    """Whether `points` are sections and points (3-2) rather than the notice's own numbers."""


@dataclass(slots=True)
class Score:
    """What a set of questions came to."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    """Both by kind; a kind is a row of the table."""
    misses: list[tuple[Labelled, Answer, str]] = field(default_factory=list)
    paragraphs: list[Citation] = field(default_factory=list)
    false_answers: int = 0
    """Answers to questions that the plan does not answer."""

    @property
    def share(self) -> float:
        """Of all questions, how many were answered right; 0 to 1."""
        return self.right.total() / self.asked.total()


def plain(text: str) -> str:
    """`text` without width, spaces and the like, so that only its words are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_questions(file: Path) -> list[Labelled]:
    """The questions of a file of JSON lines."""
    return [_labelled(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def converse(messages: Iterable[str], knowledge: Knowledge) -> Answer:
    """The reply to the last of the messages of one conversation."""
    given, focus = Answer(Outcome.CHAT, ""), None
    for message in messages:
        given, focus = answer(message, _stored(focus), knowledge)
    return given


def measure(questions: Sequence[Labelled], knowledge: Knowledge) -> Score:
    """Ask every question and judge each reply."""
    score = Score()
    departments = {plain(name) for q in questions if q.kind in ("lead", "departments") for name in q.must}
    for question in questions:
        given = converse(question.messages, knowledge)
        score.asked[question.kind] += 1
        score.paragraphs += given.citations
        score.false_answers += question.kind == "none" and given.outcome is Outcome.ANSWER
        wrong = fault(question, given, departments)
        if wrong is None:
            score.right[question.kind] += 1
        else:
            score.misses.append((question, given, wrong))
    return score


def fault(question: Labelled, given: Answer, departments: Iterable[str] = ()) -> str | None:
    """What is wrong with a reply; None where it is right. `departments` are names that tell who is named first."""
    if question.kind == "none":
        return None if given.outcome in (Outcome.DECLINE, Outcome.CHAT) else f"outcome {given.outcome}"
    if given.outcome is not Outcome.ANSWER:
        return f"outcome {given.outcome}"
    said = plain(given.direct)
    if any(plain(piece) in said for piece in question.must_not):
        return "says what it must not"
    if question.kind in KINDS_WITH_A_DIRECT_ANSWER and len(said) > DIRECT_LIMIT:
        return f"{len(said)} characters are no direct answer"
    if question.kind == "lead" and question.must:
        first = _first_named(said, departments)
        if first not in [plain(name) for name in question.must]:
            return f"names {first} first"
    return _RULES.get(question.kind, _judge_fact)(question, given)


def _judge_list(question: Labelled, given: Answer) -> str | None:
    cited = set(_cited(question, given))
    return None if cited == set(question.points) else f"cites {sorted(cited)}"


def _judge_count(question: Labelled, given: Answer) -> str | None:
    said = plain(given.direct)
    missing = [number for number in question.must if not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", said)]
    return f"lacks {missing}" if missing else None


def _judge_notice(question: Labelled, given: Answer) -> str | None:
    return _lacks(question, plain(given.direct))


def _judge_item(question: Labelled, given: Answer) -> str | None:
    if len(question.points) > 1:
        return _judge_list(question, given)
    texts = (given.direct, *(text for c in given.citations[:1] for text in (*c.highlights, c.paragraph)))
    return _cites_another(question, given) or _lacks(question, plain("".join(texts)))


def _judge_content(question: Labelled, given: Answer) -> str | None:
    another = _cites_another(question, given)
    if another:
        return another
    marked = plain("".join(highlight for citation in given.citations[:1] for highlight in citation.highlights))
    if len(marked) > DIRECT_LIMIT and "。" in marked.rstrip("。"):
        return f"marks {len(marked)} characters"
    return _lacks(question, plain(given.direct) + marked)


def _judge_check(question: Labelled, given: Answer) -> str | None:
    another = _cites_another(question, given)
    if another or given.verdict == question.verdict:
        return another or _lacks(question, plain(given.direct))
    return f"verdict {given.verdict}"


def _judge_fact(question: Labelled, given: Answer) -> str | None:
    return _cites_another(question, given) or _lacks(question, plain(given.direct))


_RULES: Mapping[str, Callable[[Labelled, Answer], str | None]] = {
    "department_items": _judge_list,
    "count": _judge_count,
    "meta": _judge_notice,
    "item": _judge_item,
    "content": _judge_content,
    "verify": _judge_check,
}


def _cites_another(question: Labelled, given: Answer) -> str | None:
    cited = _cited(question, given)
    return f"cites {cited[:3]}" if question.points and (not cited or cited[0] not in question.points) else None


def _lacks(question: Labelled, said: str) -> str | None:
    missing = [piece for piece in question.must if plain(piece) not in said]
    return f"lacks {missing}" if missing else None


def _cited(question: Labelled, given: Answer) -> list[str]:
    keys = [citation.key for citation in given.citations]
    return [f"{key.section}-{key.point}" if question.by_place else str(key.point) for key in keys]


def _first_named(said: str, departments: Iterable[str]) -> str | None:
    """The department named first; of two that begin at one place the longer."""
    found = [(said.find(name), -len(name), name) for name in departments if name in said]
    return min(found)[2] if found else None


def _stored(focus: Focus | None) -> Focus | None:
    """A focus as it comes back from the store."""
    return Focus.from_json(json.loads(json.dumps(focus.to_json()))) if focus else None


def _labelled(data: Mapping[str, object]) -> Labelled:
    def texts(name: str) -> tuple[str, ...]:
        given = data.get(name) or []
        return tuple(map(str, given)) if isinstance(given, list) else (str(given),)

    points = data["points"]
    by_place = isinstance(points, list) and bool(points) and isinstance(points[0], str)
    verdict = data.get("verdict")
    return Labelled(
        id=str(data["id"]),
        messages=texts("q"),
        kind=str(data["kind"]),
        points=texts("points"),
        must=texts("must"),
        must_not=texts("must_not"),
        verdict=str(verdict) if verdict else None,
        by_place=by_place,
    )
