"""Whatever is sent, there is a reply: nothing raises, and what can't be meant is declined."""

import pytest

from bot.answer.answering import answer
from bot.answer.knowledge import Knowledge
from bot.answer.model import Outcome


@pytest.mark.parametrize(
    "question",
    [
        "第" + "1" * 400 + ".5条",
        "第" + "亿" * 600 + "条",
        "第" + "亿" * 600 + "部分讲什么",
        "教育科牵头一共" + "亿" * 100 + "条对吗",
        "一共有" + "1" * 400 + "条对吗",
        "由" + "1" * 300 + ".5家单位负责的有几条",
        "第零条",
        "第-1条",
        "\ud800课后服务谁牵头",
        "“" * 700,
        "第1到1000000条",
    ],
    ids=lambda question: question[:8].encode("ascii", "backslashreplace").decode(),
)
def test_what_can_not_be_meant_still_gets_a_reply(knowledge: Knowledge, question: str) -> None:
    """Absurd numbers, half characters and lone marks are answered or declined in a few words."""
    given, _ = answer(question, None, knowledge)
    assert given.direct
    assert len(given.direct) < 700


@pytest.mark.parametrize("number", [0, 26, 100])
def test_a_point_that_is_not_there_is_declined(knowledge: Knowledge, number: int) -> None:
    """A number beyond the plan's is declined with how many points there are."""
    given, _ = answer(f"第{number}条讲什么", None, knowledge)
    assert given.outcome is Outcome.DECLINE
    assert "25条" in given.direct


def test_several_points_are_all_answered(knowledge: Knowledge) -> None:
    """第10、11条谁牵头 names who leads each."""
    given, _ = answer("第10、11条谁牵头", None, knowledge)
    assert given.direct == "第10条教育科牵头，教师进修学校参与；第11条基建办牵头"
    assert [citation.key.point for citation in given.citations] == [10, 11]


@pytest.mark.parametrize("department", ["教育科", "德育科", "综合科"])
def test_a_department_before_is_left_as_it_stands(knowledge: Knowledge, department: str) -> None:
    """是 behind a department is not read as a part of its name (教育科室)."""
    given, _ = answer(f"课后服务{department}是牵头吗", None, knowledge)
    assert not any(note.startswith("已按") for note in given.notes)
