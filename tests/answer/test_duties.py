"""What departments have to do: complete lists with their total, led or shared, and counts."""

import pytest

from bot.answer.answering import answer_departments
from bot.answer.knowledge import Knowledge
from bot.answer.model import Outcome
from tests.answer.asking import Ask, cited, places

MORAL_LEADS, MORAL_ALL = [5, 6, 8], [5, 6, 7, 8, 17, 20, 22]


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("德育科牵头哪几项", MORAL_LEADS),
        ("德育处牵头的有哪些工作", MORAL_LEADS),
        ("进修校牵头的有哪些", [23]),
        ("请把综合科牵头的条目列出来,年底对账用", [4, 14, 17, 19, 25]),
        ("教育科牵头哪些", [10, 12, 13, 15, 18, 20]),
    ],
)
def test_what_a_department_leads(ask: Ask, question: str, points: list[int]) -> None:
    """Every point that it leads is listed and cited, with the total."""
    given = ask(question)
    assert cited(given) == points
    assert f"牵头的共{len(points)}条" in given.direct
    assert all(f"第{point}条 " in given.direct for point in points)


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("德育科负责哪些工作", MORAL_ALL),
        ("德育科参与哪些", MORAL_ALL),
        ("德育科不论牵头还是配合的都列出来", MORAL_ALL),
        ("德育科", MORAL_ALL),
        ("基建办管啥", [11, 15]),
    ],
)
def test_everything_that_lists_a_department(ask: Ask, question: str, points: list[int]) -> None:
    """Without a role, points that it leads and points that it takes part in are listed together."""
    given = ask(question)
    assert cited(given) == points
    assert f"共{len(points)}条" in given.direct


def test_what_a_department_only_takes_part_in(ask: Ask) -> None:
    """The points of others, without its own."""
    given = ask("德育科配合哪些,不牵头的")
    assert cited(given) == [7, 17, 20, 22]
    assert "配合（不牵头）的共4条" in given.direct


@pytest.mark.parametrize("question", ["德育科和综合科都参与的有哪几条", "综合科、德育科共同参与的条目"])
def test_two_departments_together(ask: Ask, question: str) -> None:
    """Two departments have the points that list both."""
    assert cited(ask(question)) == [5, 17, 22]


@pytest.mark.parametrize(
    ("question", "count", "points"),
    [
        ("综合科牵头几条", 5, [4, 14, 17, 19, 25]),
        ("综合科一共参与几条", 8, [3, 4, 5, 14, 17, 19, 22, 25]),
        ("德育科牵头多少项", 3, MORAL_LEADS),
        ("德育科和综合科都参与的有几条", 3, [5, 17, 22]),
    ],
)
def test_counts_list_what_they_count(ask: Ask, question: str, count: int, points: list[int]) -> None:
    """A count names the points that it counts."""
    given = ask(question)
    assert f"共{count}条" in given.direct
    assert cited(given) == points
    assert all(f"第{point}条" in given.direct for point in points)


@pytest.mark.parametrize(
    ("question", "points"),
    [("只有一个责任单位的有哪几条", [1, 9, 11, 21, 23]), ("四家单位一起负责的是哪几条", [20])],
)
def test_points_by_the_number_of_departments(ask: Ask, question: str, points: list[int]) -> None:
    """Points may be selected by how many departments share them."""
    assert cited(ask(question)) == points


def test_points_that_list_nobody(ask_other: Ask) -> None:
    """Points without a department can be listed as well."""
    assert places(ask_other("没有责任单位的是哪几条")) == [(1, 2), (3, 5), (5, 1)]


@pytest.mark.parametrize("question", ["财务科管哪些", "安全科牵头哪几项", "财务科牵头几条"])
def test_a_department_that_does_not_exist(ask: Ask, knowledge: Knowledge, question: str) -> None:
    """The reply declines and names the departments that there are."""
    given = ask(question)
    assert given.outcome is Outcome.DECLINE
    assert all(name in given.direct for name in knowledge.newest.departments)


def test_a_department_that_leads_nothing(ask: Ask) -> None:
    """A department that leads no point is told so, without a list."""
    given = ask("招考中心牵头哪些")
    assert "教育招生考试中心牵头" in given.direct
    assert "没有" in given.direct
    assert given.citations == ()


def test_duties_by_stated_leads(ask_other: Ask) -> None:
    """Where leads are stated, they decide what a department leads."""
    assert places(ask_other("督导室牵头哪几项")) == [(6, 3)]
    assert len(places(ask_other("基础教育科参与哪些"))) == 8


def test_all_departments_with_their_counts(knowledge: Knowledge) -> None:
    """The overview has a line for each department, with what it leads and what lists it."""
    lines = answer_departments(knowledge).direct.splitlines()
    assert "德育科：牵头3条，列名共7条" in lines
    assert len(lines) == 1 + len(knowledge.newest.departments)
