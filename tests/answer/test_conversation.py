"""Follow-ups take what they leave out from the conversation; a new topic takes nothing."""

import json

import pytest

from bot.answer.answering import answer
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.answer.model import Outcome, Verdict
from bot.plan.model import PointKey
from tests.answer.asking import Ask, cited, places

KEY = PointKey("plan_2023", 3, 10)
FOCUS = Focus((KEY,), "lead:lead", ("教育科",), ("教育科",), "课后服务")


@pytest.mark.parametrize(
    ("messages", "fact", "point"),
    [
        (("智慧校园谁牵头", "目标呢"), "75%", 23),
        (("课后服务谁牵头", "那职教呢"), "教育科牵头", 15),
        (("课后服务谁牵头", "心理健康呢"), "德育科牵头", 8),
        (("课后服务谁牵头", "心理健康呢", "双减呢"), "教育事务中心牵头", 9),
        (("课后服务谁牵头", "它第几条"), "第10条", 10),
        (("课后服务谁牵头", "还有谁参与"), "教师进修学校参与", 10),
        (("职教谁牵头", "有哪些部门"), "基建办参与", 15),
        (("教育评价改革有几个责任单位", "都有谁"), "教师进修学校", 20),
        (("今年竣工几个项目", "谁牵头"), "基建办牵头", 11),
        (("今年竣工几个项目", "里面幼儿园几个"), "幼儿园3个", 11),
        (("今年竣工几个项目", "其中高中几个"), "高中2个", 11),
        (("今年竣工几个项目", "续建的几个"), "续建项目5个", 11),
        (("智慧校园目标是多少", "谁牵头", "还有谁参与"), "教师进修学校", 23),
        (("课后服务谁牵头", "原文发我"), "第10条", 10),
        (("第11条", "谁牵头"), "基建办牵头", 11),
        (("第10条谁牵头", "第12条呢"), "教育科牵头", 12),
        (("第11条", "第12条呢"), "第12条", 12),
    ],
)
def test_a_follow_up_about_a_point(ask: Ask, messages: tuple[str, ...], fact: str, point: int) -> None:
    """What the message leaves out, its point or what is asked of it, is that of the message before."""
    given = ask(*messages)
    assert given.outcome is Outcome.ANSWER
    assert fact in given.direct
    assert cited(given) == [point]


@pytest.mark.parametrize(
    ("messages", "points"),
    [
        (("德育科负责哪些", "其中牵头的"), [5, 6, 8]),
        (("德育科牵头哪几项", "配合的呢"), [7, 17, 20, 22]),
        (("德育科负责哪些", "一共几条"), [5, 6, 7, 8, 17, 20, 22]),
        (("德育科牵头哪几项", "那综合科呢"), [4, 14, 17, 19, 25]),
        (("德育科牵头几条", "综合科呢"), [4, 14, 17, 19, 25]),
        (("课后服务谁牵头", "这个部门还牵头哪些"), [10, 12, 13, 15, 18, 20]),
        (("第三部分有哪几条", "那第四部分呢"), [11, 12, 13, 14, 15, 16]),
    ],
)
def test_a_follow_up_about_a_list(ask: Ask, messages: tuple[str, ...], points: list[int]) -> None:
    """Lists are narrowed, counted, or asked of another department or section."""
    assert cited(ask(*messages)) == points


@pytest.mark.parametrize(
    ("messages", "point"),
    [
        (("课后服务谁牵头", "下一条"), 11),
        (("课后服务谁牵头", "上一条"), 9),
        (("课后服务谁牵头", "下一条", "下一条"), 12),
        (("课后服务谁牵头", "下一条", "上一条"), 10),
        (("课后服务谁牵头", "下一条谁牵头"), 11),
    ],
)
def test_the_point_before_and_after(ask: Ask, messages: tuple[str, ...], point: int) -> None:
    """上一条 and 下一条 go through the plan from the point that was cited."""
    assert cited(ask(*messages)) == [point]


@pytest.mark.parametrize("messages", [("第1条", "上一条"), ("第25条", "下一条"), ("下一条",)])
def test_there_is_no_point_further_on(ask: Ask, messages: tuple[str, ...]) -> None:
    """Before the first, after the last and without a conversation there is nothing to go to."""
    assert ask(*messages).outcome is Outcome.DECLINE


@pytest.mark.parametrize(
    ("correction", "point"), [("不是,我问的是培训机构", 9), ("不对,我说的是心理健康", 8), ("我问的是职教", 15)]
)
def test_a_correction_asks_the_same_of_another(ask: Ask, correction: str, point: int) -> None:
    """不是,我问的是… keeps what is asked and replaces what it is asked of."""
    given = ask("课后服务谁牵头", correction)
    assert "牵头" in given.direct
    assert cited(given) == [point]


@pytest.mark.parametrize(
    ("messages", "verdict", "fact"),
    [
        (("课后服务谁牵头", "是教育科吧"), Verdict.YES, "教育科牵头"),
        (("双减谁管", "是教育科吧"), Verdict.NO, "教育事务中心牵头"),
        (("智慧校园达标率是多少", "是80%吧"), Verdict.NO, "75%"),
        (("今年竣工几个项目", "是7个吧"), Verdict.NO, "6个"),
    ],
)
def test_the_last_answer_is_checked(ask: Ask, messages: tuple[str, ...], verdict: Verdict, fact: str) -> None:
    """A claim without a subject is about the point cited last."""
    given = ask(*messages)
    assert given.verdict is verdict
    assert fact in given.direct


@pytest.mark.parametrize(
    "messages",
    [
        ("课后服务谁牵头", "今年竣工几个项目"),
        ("课后服务谁牵头", "德育科牵头哪几项"),
        ("德育科牵头哪几项", "雪亮工程谁牵头"),
        ("今年竣工几个项目", "课后服务谁牵头"),
        ("课后服务谁牵头", "文号是多少"),
        ("第三部分有哪几条", "智慧校园达标率目标是多少"),
        ("课后服务谁牵头", "2021年的呢"),
        ("课后服务谁牵头", "北京的呢"),
    ],
)
def test_a_new_topic_inherits_nothing(ask: Ask, messages: tuple[str, str]) -> None:
    """A complete question has the same answer in a conversation as alone."""
    assert ask(*messages) == ask(messages[-1])


@pytest.mark.parametrize("between", ["谢谢", "你好", "文号是多少", "课后服务一个月多少钱", "财务科管哪些", "???"])
def test_the_subject_outlives_what_is_beside_it(ask: Ask, between: str) -> None:
    """Thanks, a question about the notice and one that is declined leave the focus as it was."""
    assert cited(ask("课后服务谁牵头", between, "它第几条")) == [10]


@pytest.mark.parametrize("question", ["谁牵头", "目标呢", "它第几条", "还有谁参与"])
def test_a_follow_up_to_nothing(ask: Ask, question: str) -> None:
    """Without a conversation a message that names no subject is declined, with an example."""
    given = ask(question)
    assert given.outcome is Outcome.DECLINE
    assert "没看出问的是哪项工作" in given.direct


def test_a_follow_up_where_numbers_restart(ask_other: Ask) -> None:
    """The focus tells the first point of one section from that of another."""
    assert places(ask_other("劳动教育谁牵头", "有哪些部门")) == [(2, 1)]
    assert places(ask_other("劳动教育谁牵头", "下一条")) == [(2, 2)]


def test_what_an_answer_leaves_behind(knowledge: Knowledge) -> None:
    """The focus holds the point cited, what was asked and who leads."""
    _, focus = answer("课后服务谁牵头", None, knowledge)
    assert focus
    assert focus.points == (KEY,)
    assert focus.led_by == ("教育科",)
    assert focus.intent.startswith("lead")


def test_a_focus_survives_json() -> None:
    """What is stored is what comes back."""
    assert Focus.from_json(json.loads(json.dumps(FOCUS.to_json()))) == FOCUS
    assert Focus.from_json(Focus().to_json()) == Focus()


@pytest.mark.parametrize(
    "data",
    [
        None,
        "focus",
        7,
        [],
        {},
        FOCUS.to_json() | {"points": None},
        FOCUS.to_json() | {"points": [["plan_2023", 3]]},
        FOCUS.to_json() | {"points": [["plan_2023", "三", 10]]},
        FOCUS.to_json() | {"points": 10},
        FOCUS.to_json() | {"departments": None},
        {name: value for name, value in FOCUS.to_json().items() if name != "text"},
    ],
)
def test_a_broken_focus_is_none(data: object) -> None:
    """What is not a focus is read as none."""
    assert Focus.from_json(data) is None


@pytest.mark.parametrize(
    "focus",
    [
        Focus((PointKey("plan_1999", 3, 10),), "lead"),
        Focus((PointKey("plan_2023", 99, -1),), "lead"),
        Focus((KEY,), "drop table", ("没有的科",), ("没有的科",), "x" * 5000),
        Focus(),
    ],
)
@pytest.mark.parametrize("question", ["下一条", "目标呢", "它第几条", "谁牵头", "那职教呢", "这个部门还牵头哪些"])
def test_a_stale_focus_harms_nothing(knowledge: Knowledge, focus: Focus, question: str) -> None:
    """A focus on what is no longer in service gives a reply from what is."""
    given, _ = answer(question, focus, knowledge)
    assert all(knowledge.point(citation.key) for citation in given.citations)
