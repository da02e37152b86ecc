"""Who leads, in any wording; with a note where that is known by custom only."""

import pytest

from bot.answer.knowledge import build_knowledge
from bot.answer.model import Outcome
from bot.answer.wording import LEAD_BY_CUSTOM, LEAD_NOT_SAID
from bot.plan.notice import read_notice
from tests.answer.asking import OWN, Ask, cited, highlights, load, notes, places
from tests.answer.judge import converse
from tests.plan.county_notices import QIANXI


@pytest.mark.parametrize(
    "question",
    [
        "课后服务谁牵头",
        "课后延时服务谁负责",
        "课后服务归口哪个科室",
        "课后服务是哪个口管的",
        "课后服务谁主抓",
        "课后服务谁挂帅",
        "课后服务的事找谁",
        "课后服务是谁牵的头",
        "课后服务哪个部门带头抓",
        "课后服务谁说了算",
        "课后服务主办科室",
        "课后服务的第一责任单位是谁",
        "请问一下,提升课后延时服务品质由哪个科室牵头?",
    ],
)
def test_one_fact_in_many_wordings(ask: Ask, question: str) -> None:
    """The leading department comes first, whatever word asks for it, and its bracket is marked."""
    given = ask(question)
    assert given.outcome is Outcome.ANSWER
    assert given.direct.startswith("教育科牵头")
    assert cited(given) == [10]
    assert highlights(given) == "(教育科、教师进修学校)"


@pytest.mark.parametrize(
    ("question", "lead", "point"),
    [
        ("党的二十大精神进校园谁牵头", "党建办", 1),
        ("反腐倡廉谁负责", "党建办", 2),
        ("意识形态谁牵头", "综合科", 4),
        ("雪亮工程归谁管", "德育科", 5),
        ("食品安全谁管", "德育科", 5),
        ("思政课谁牵头", "德育科", 6),
        ("小胖墩谁管", "综改办", 7),
        ("眼睛近视归谁管", "综改办", 7),
        ("心理健康谁说了算", "德育科", 8),
        ("补习班乱收费哪个科室管", "教育事务中心", 9),
        ("义务教育均衡谁牵头", "教育科", 12),
        ("特教谁负责", "教育科", 13),
        ("中招报名谁牵头", "综合科", 14),
        ("职教谁牵头", "教育科", 15),
        ("民办学校谁管", "教育督导评估事务中心", 16),
        ("班主任培训谁牵头", "综合科", 17),
        ("教师阅读谁牵头", "教育科", 18),
        ("县管校聘谁牵头", "综合科", 19),
        ("普法谁牵头", "教育事务中心", 22),
        ("网络安全谁管", "教师进修学校", 23),
        ("家里困难的学生找谁", "教育事务中心", 24),
        ("预算谁管", "教育事务中心", 24),
        ("台湾老师引进谁负责", "综合科", 25),
    ],
)
def test_everyday_words_find_the_point(ask: Ask, question: str, lead: str, point: int) -> None:
    """Staff's own words lead to the point that notices word otherwise."""
    given = ask(question)
    assert given.direct.startswith(f"{lead}牵头")
    assert cited(given) == [point]


def test_a_lead_by_custom_is_noted(ask: Ask) -> None:
    """Where the notice only lists departments, the reply says that the first leads by custom."""
    assert ask("课后服务谁牵头").notes == (LEAD_BY_CUSTOM,)
    assert "按惯例由列在首位的牵头" in LEAD_BY_CUSTOM


def test_a_department_alone_needs_no_note(ask: Ask) -> None:
    """Where only one department is listed there is nothing to explain."""
    assert ask("网络安全谁管").notes == ()


@pytest.mark.parametrize(
    ("question", "lead", "place"),
    [
        ("劳动教育谁牵头", "基础教育科", (2, 1)),
        ("推进集团化办学由哪个单位牵头", "基础教育科", (3, 1)),
        ("学生体质优良率归口哪个科室", "体卫艺科", (2, 2)),
    ],
)
def test_a_stated_lead_needs_no_custom(ask_other: Ask, question: str, lead: str, place: tuple[int, int]) -> None:
    """Where the notice states who leads, that department is named without a note."""
    given = ask_other(question)
    assert given.direct.startswith(f"{lead}牵头")
    assert places(given) == [place]
    assert f"牵头单位：{lead}" in highlights(given)
    assert not {LEAD_BY_CUSTOM, LEAD_NOT_SAID} & set(given.notes)


def test_a_point_without_departments_names_none(ask_other: Ask) -> None:
    """A point that lists nobody has no lead: that is said, and no department is guessed."""
    given = ask_other("讲好云溪教育故事谁牵头")
    assert given.outcome is Outcome.DECLINE
    assert "没有列出责任科室" in given.direct


@pytest.mark.parametrize(
    ("question", "lead", "part"),
    [
        ("我们招考中心在财务管理里是牵头还是配合", "教育事务中心牵头", "教育招生考试中心配合"),
        ("招考中心在高中多样化发展里是牵头还是配合", "综合科牵头", "教育招生考试中心配合"),
    ],
)
def test_a_department_asks_about_itself(ask: Ask, question: str, lead: str, part: str) -> None:
    """The reply says who leads and what the department that asks does."""
    direct = ask(question).direct
    assert direct.startswith(lead)
    assert part in direct


@pytest.mark.parametrize("number", ["第一条", "第1条", "1条"])
def test_the_lead_of_a_numbered_point(ask: Ask, number: str) -> None:
    """A point may be named by its number."""
    given = ask(f"{number}谁牵头")
    assert given.direct.startswith("党建办牵头")
    assert cited(given) == [1]


@pytest.mark.parametrize(
    ("question", "direct", "point", "note"),
    [
        ("控辍保学由哪个科室牵头", "基础教育科牵头", 3, "责任科室写在第二部分的标题里：“抓实义务教育（牵头"),
        ("扩大普惠资源谁牵头", "学前教育科牵头", 1, "责任科室写在第一部分的标题里：“抓实学前教育（牵头"),
        ("营养改善计划谁牵头", "营养办牵头", 4, ""),
    ],
)
def test_departments_that_stand_in_the_heading(question: str, direct: str, point: int, note: str) -> None:
    """The point is cited, which names nobody; a note quotes the heading that does."""
    plan = read_notice(QIANXI.text.encode()).plan
    given = converse([question], build_knowledge([plan], load(OWN).lexicon))
    assert given.direct.startswith(direct)
    assert cited(given) == [point]
    assert notes(given).startswith(note) if note else not given.notes


def test_departments_below_the_heading() -> None:
    """Where the section's title does not name them either, the note says so and quotes nothing."""
    plan = read_notice(QIANXI.text.replace("抓实义务教育（牵头", "抓实义务教育\n（牵头").encode()).plan
    given = converse(["控辍保学由哪个科室牵头"], build_knowledge([plan], load(OWN).lexicon))
    assert given.direct.startswith("基础教育科牵头")
    assert given.notes == ("责任科室不在这一条的正文里，写在它所属的标题下。",)
