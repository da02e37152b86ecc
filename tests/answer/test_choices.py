"""Where two readings are close the candidates are offered, and tapping one answers."""

import pytest

from bot.answer.model import CHOICES_LIMIT, Outcome
from tests.answer.asking import Ask, places


@pytest.mark.parametrize(("question", "number"), [("第一条讲什么", 1), ("第2条", 2), ("第3条原文", 3)])
def test_a_number_that_restarts(ask_other: Ask, question: str, number: int) -> None:
    """A number that several sections have is a choice among their points, at most four."""
    given = ask_other(question)
    assert given.outcome is Outcome.CHOICES
    assert 1 < len(given.choices) <= CHOICES_LIMIT
    assert [point for _, point in places(given)] == [number] * len(given.choices)
    assert places(given) == sorted(set(places(given)))


def test_a_choice_says_what_it_is(ask_other: Ask) -> None:
    """A label has section, number and title."""
    assert [choice.label for choice in ask_other("第2条").choices][:2] == [
        "第一部分第2条 讲好云溪教育故事",
        "第二部分第2条 增强学生体质与审美素养",
    ]


def test_each_choice_is_answered(ask_other: Ask) -> None:
    """The question behind a choice gives its point, whatever was said before."""
    given = ask_other("第一条讲什么")
    for choice, citation in zip(given.choices, given.citations, strict=True):
        chosen = ask_other("第一条讲什么", choice.question)
        assert chosen.outcome is Outcome.ANSWER
        assert chosen.direct == choice.label
        assert [c.key for c in chosen.citations] == [citation.key]


def test_a_choice_keeps_what_was_asked(ask_other: Ask) -> None:
    """第1条谁牵头 offers the points, each with the same question about it, rather than one section's lead."""
    given = ask_other("第1条谁牵头")
    assert given.outcome is Outcome.CHOICES
    assert all("谁牵头" in choice.question for choice in given.choices)
    assert places(ask_other("第1条谁牵头", given.choices[1].question)) == [(2, 1)]


def test_a_number_that_few_sections_have(ask_other: Ask) -> None:
    """Only the sections that go so far are offered."""
    assert places(ask_other("第5条")) == [(3, 5), (7, 5)]


@pytest.mark.parametrize("question", ["第11条", "第2条"])
def test_no_choice_where_numbers_run_on(ask: Ask, question: str) -> None:
    """A number that only one point has needs no choice."""
    assert ask(question).outcome is Outcome.ANSWER
