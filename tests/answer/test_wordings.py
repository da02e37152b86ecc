"""The many wordings in which clerks ask for the same fact: tests/data/wordings.txt, a line each."""

import re
from collections.abc import Callable

import pytest

from bot.answer.answering import answer
from bot.answer.duties import points_of
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import DIRECT_LIMIT, Answer, Outcome
from bot.answer.question import Role
from tests.answer.asking import ROOT, cited

_LINES = (ROOT / "tests" / "data" / "wordings.txt").read_text("utf-8").splitlines()
WORDINGS = [tuple(line.split("|", 2)) for line in _LINES if line and not line.startswith("#")]


def _check(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    verdict, point = expected.split(":")
    return given.verdict == verdict and (not point or cited(given)[:1] == [int(point)])


def _list(given: Answer, expected: str, knowledge: Knowledge) -> bool:
    department, is_role, role = expected.partition(":")
    wanted = [int(number) for number in department.split(",")] if not is_role else []
    if is_role:
        wanted = [key.point for key, _ in points_of(knowledge.newest, (department,), Role(role))]
    return given.outcome is Outcome.ANSWER and cited(given) == wanted


def _count(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    return bool(re.search(rf"(?<!\d){expected}(?!\d)", given.direct)) and len(given.direct) <= DIRECT_LIMIT


def _lead(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    name, point = expected.split(":")
    return given.direct.startswith(name) and cited(given)[:1] == [int(point)]


def _value(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    point, pieces = expected.split(":", 1)
    said = len(given.direct) <= DIRECT_LIMIT and all(piece in given.direct for piece in pieces.split("&"))
    return given.outcome is Outcome.ANSWER and said and cited(given)[:1] == [int(point)]


def _none(given: Answer, _expected: str, _knowledge: Knowledge) -> bool:
    return given.outcome in (Outcome.DECLINE, Outcome.CHAT)


def _point(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    return given.outcome is Outcome.ANSWER and cited(given)[:1] == [int(expected)]


def _departments(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    point, names = expected.split(":")
    return cited(given)[:1] == [int(point)] and all(name in given.direct for name in names.split("&"))


def _notice(given: Answer, expected: str, _knowledge: Knowledge) -> bool:
    return given.outcome is Outcome.ANSWER and expected in given.direct


HOLDS: dict[str, Callable[[Answer, str, Knowledge], bool]] = {
    "check": _check,
    "list": _list,
    "count": _count,
    "lead": _lead,
    "value": _value,
    "none": _none,
    "point": _point,
    "departments": _departments,
    "notice": _notice,
}


@pytest.mark.parametrize(("kind", "expected", "question"), WORDINGS, ids=[wording[2] for wording in WORDINGS])
def test_wording(knowledge: Knowledge, kind: str, expected: str, question: str) -> None:
    """The last message of the line is answered as the line says."""
    focus: Focus | None = None
    given: Answer | None = None
    for message in question.split("/"):
        given, focus = answer(message, focus, knowledge)
    assert given is not None
    assert HOLDS[kind](given, expected, knowledge), f"{given.outcome} {given.verdict} {given.direct} {cited(given)}"
