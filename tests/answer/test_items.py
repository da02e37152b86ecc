"""Numbered points, sections, and the notice itself."""

import pytest

from bot.answer.answering import answer_point
from bot.answer.knowledge import Knowledge
from bot.answer.model import Outcome
from bot.plan.model import PointKey
from tests.answer.asking import Ask, cited, highlights, places

PROJECTS = "第11条 加快新一轮学校项目建设提高学位供给能力"


@pytest.mark.parametrize(
    "question", ["第十一条", "11条", "第11条讲什么", "11", "第11条原文", "第１１条", "看一下第十一条"]
)
def test_a_point_by_its_number(ask: Ask, question: str) -> None:
    """Any way of writing the number gives the point."""
    given = ask(question)
    assert given.direct == PROJECTS
    assert cited(given) == [11]


@pytest.mark.parametrize(("question", "points"), [("第10条和第11条", [10, 11]), ("第3到5条", [3, 4, 5])])
def test_several_points(ask: Ask, question: str, points: list[int]) -> None:
    """Several numbers, or a range, give all of their points."""
    assert cited(ask(question)) == points


@pytest.mark.parametrize("question", ["第26条", "第100条", "第七部分", "第七部分有几条"])
def test_a_number_that_there_is_not(ask: Ask, question: str) -> None:
    """The reply says how far the numbers go."""
    given = ask(question)
    assert given.outcome is Outcome.DECLINE
    assert "6个部分、25条" in given.direct


@pytest.mark.parametrize("question", ["第四部分", "第四部分有哪几条", "列一下第四部分各条", "第4部分讲什么"])
def test_a_section(ask: Ask, question: str) -> None:
    """A section gives its title and each of its points."""
    given = ask(question)
    assert given.direct.startswith("全面统筹各级各类教育优质协调发展")
    assert cited(given) == [11, 12, 13, 14, 15, 16]


def test_a_section_is_counted(ask: Ask) -> None:
    """A count of a section's points lists them."""
    given = ask("第四部分有几条")
    assert "共6条" in given.direct
    assert cited(given) == [11, 12, 13, 14, 15, 16]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("课后服务在第几条", "第10条 提升课后延时服务品质"),
        ("双减在哪一条", "第9条 加强培训机构常态化监管"),
    ],
)
def test_where_a_thing_stands(ask: Ask, question: str, line: str) -> None:
    """Number and title of the point that has it."""
    assert ask(question).direct == line


def test_in_which_section_a_thing_stands(ask: Ask) -> None:
    """Asked for the section, the reply names it before the point."""
    given = ask("雪亮工程在第几部分")
    assert given.direct.startswith("第二部分")
    assert given.direct.endswith("第5条 持续深化文明校园和平安校园创建")


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("文号", "厦海教工委〔2023〕16号"),
        ("文号是多少", "厦海教工委〔2023〕16号"),
        ("索引号", "XM04106-02-00-2023-006"),
        ("发文日期", "2023年3月2日"),
        ("什么时候印发的", "2023年3月2日"),
        ("谁发的", "中共厦门市海沧区委教育工委、厦门市海沧区教育局"),
        ("谁印发的这份文件", "中共厦门市海沧区委教育工委、厦门市海沧区教育局"),
        ("标题是什么", "2023年海沧区教育工作要点"),
        ("主送哪些单位", "各中小学、幼儿园、中等职业学校、特殊教育学校"),
        ("一共几条", "共6个部分、25条"),
        ("一共几个部分", "共6个部分"),
        ("要点里一共有哪些科室", "11个:党建办、教育纪工委、综合科、教师进修学校、德育科"),
    ],
)
def test_the_notice_itself(ask: Ask, question: str, fact: str) -> None:
    """Number, date, issuers, title, addressees and size come from the notice's head."""
    given = ask(question)
    assert given.outcome is Outcome.ANSWER
    assert fact in given.direct


@pytest.mark.parametrize(
    ("question", "fact"), [("文号", "云教发〔2024〕7号"), ("发文日期", "2024年2月28日"), ("一共几条", "7个部分、25条")]
)
def test_another_notice(ask_other: Ask, question: str, fact: str) -> None:
    """The head is that of the plan in service."""
    assert fact in ask_other(question).direct


def test_a_section_and_a_number(ask_other: Ask) -> None:
    """Where numbers restart, section and number name a point."""
    given = ask_other("第三部分第2条")
    assert given.direct == "第三部分第2条 发展普惠学前教育"
    assert places(given) == [(3, 2)]


def test_a_point_for_a_button(knowledge: Knowledge) -> None:
    """A key gives its paragraph and becomes the focus."""
    key = PointKey("plan_2023", 4, 11)
    given, focus = answer_point(key, knowledge)
    assert given.direct == PROJECTS
    assert focus
    assert focus.points == (key,)


@pytest.mark.parametrize("key", [PointKey("plan_2023", 9, 11), PointKey("plan_1999", 4, 11), PointKey("", -1, 0)])
def test_a_key_that_there_is_not(knowledge: Knowledge, key: PointKey) -> None:
    """A key from a button is not trusted: one that no plan has is declined."""
    given, focus = answer_point(key, knowledge)
    assert given.outcome is Outcome.DECLINE
    assert focus is None


def test_an_item_marks_nothing(ask: Ask) -> None:
    """A whole point is asked for, so no sentence is singled out."""
    assert highlights(ask("第11条")) == ""
