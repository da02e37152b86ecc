"""Callback data: what is written can be read, fits, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import InlineKeyboardMarkup

from bot.answer.knowledge import Knowledge, build_knowledge
from bot.answer.model import Answer, Choice, Citation, Outcome
from bot.chat.buttons import LABEL_LIMIT, Action, Tap, keyboard, read_tap
from bot.plan.lexicon import Lexicon
from bot.plan.model import LeadRule, Plan, Point, PointKey, Section
from bot.store import ID_LIMIT, Question, Reply

PLAN_ID = "很长的编号" * 20
POINTS = tuple(Point(number, f"第{number}件事", f"第{number}件事。要做好。") for number in (1, 2, 3))
QUESTION = Question(1, 1, 1.0, "", 1)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """A plan with a long id and three points."""
    plan = Plan(PLAN_ID, "要点", 2024, LeadRule.FIRST_LISTED, (Section(1, "一", POINTS),))
    return build_knowledge([plan], Lexicon())


def data_of(markup: InlineKeyboardMarkup | None) -> list[str]:
    assert markup is not None
    return [str(button.callback_data) for row in markup.inline_keyboard for button in row]


def labels_of(markup: InlineKeyboardMarkup | None) -> list[str]:
    assert markup is not None
    return [button.text for row in markup.inline_keyboard for button in row]


@given(st.integers(0, ID_LIMIT - 1))
def test_what_is_written_can_be_read_and_fits(knowledge: Knowledge, number: int) -> None:
    """Whatever the reply's id and the plan's: at most 64 bytes."""
    choices = tuple(Choice("候选" * 50, "问") for _ in range(4))
    reply = Reply(number, QUESTION, journal=1, point=PointKey(PLAN_ID, 1, 2), choices=("问",) * 4)
    answer = Answer(Outcome.ANSWER, "x", citations=(Citation(PointKey(PLAN_ID, 1, 2), "x"),))
    shown = data_of(keyboard(answer, reply, knowledge))
    assert [read_tap(data) for data in shown] == [
        Tap(action, number) for action in (Action.PREVIOUS, Action.NEXT, Action.USEFUL, Action.USELESS)
    ]
    picks = data_of(keyboard(Answer(Outcome.CHOICES, "x", choices=choices), reply, knowledge))
    assert [read_tap(data) for data in picks] == [Tap(Action.PICK, number, choice) for choice in range(4)]
    assert all(len(data.encode()) <= 64 for data in [*shown, *picks])


@given(st.one_of(st.none(), st.text(max_size=64)))
def test_nothing_else_is_a_tap(data: str | None) -> None:
    """Any other data is nobody's."""
    assert read_tap(data) is None


@pytest.mark.parametrize(
    "data", ["next:", "next:g", "next:1:x", "next:-1", "NEXT:1", "next:1\n", "good:ffffffffffffffff"]
)
def test_what_is_nearly_right_is_refused(data: str) -> None:
    """Neither other cases, nor numbers that no database holds."""
    assert read_tap(data) is None


def test_at_most_four_choices_with_labels_that_a_phone_shows(knowledge: Knowledge) -> None:
    """Long labels are shortened, line breaks become spaces."""
    choices = (Choice("甲" * 100, "甲"), Choice("乙\n丙", "乙"), *[Choice("", "问")] * 5)
    shown = labels_of(keyboard(Answer(Outcome.CHOICES, "x", choices=choices), Reply(1, QUESTION), knowledge))
    assert shown == ["甲" * (LABEL_LIMIT - 1) + "…", "乙 丙", "问", "问"]


def test_small_talk_and_declining_have_no_buttons(knowledge: Knowledge) -> None:
    """There is nothing to turn over or to judge."""
    for outcome in (Outcome.CHAT, Outcome.DECLINE):
        assert keyboard(Answer(outcome, "x"), Reply(1, QUESTION, journal=1), knowledge) is None


def test_a_point_that_is_gone_has_no_neighbours(knowledge: Knowledge) -> None:
    """After a reload an old reply's point may not exist; a reply without a journal entry can't be judged."""
    gone = Reply(1, QUESTION, point=PointKey("plan_1999", 1, 1))
    assert keyboard(Answer(Outcome.ANSWER, "x"), gone, knowledge) is None
