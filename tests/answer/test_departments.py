"""Which departments a point lists, and every way of naming a department."""

import pytest

from bot.answer.knowledge import Knowledge
from bot.answer.model import Outcome
from bot.answer.reading import read_question
from tests.answer.asking import Ask, cited, highlights, places


@pytest.mark.parametrize(
    ("question", "lead", "partners", "point"),
    [
        ("心理健康涉及哪些科室", "德育科", ["教师进修学校"], 8),
        ("教育评价改革的责任单位有哪些", "教育科", ["教师进修学校", "德育科", "教育督导评估事务中心"], 20),
        ("法治建设还有谁配合", "教育事务中心", ["综合科", "德育科"], 22),
        ("课后服务的配合单位是谁", "教育科", ["教师进修学校"], 10),
        ("一带一路哪几个科室一起抓", "综合科", ["教育科", "教师进修学校"], 25),
        ("学前教育的责任科室名单", "教育科", ["教育督导评估事务中心", "教师进修学校"], 13),
    ],
)
def test_every_department_is_named(ask: Ask, question: str, lead: str, partners: list[str], point: int) -> None:
    """The lead comes first, then the partners in the notice's order; the bracket is marked."""
    given = ask(question)
    assert given.direct.startswith(f"{lead}牵头，{'、'.join(partners)}参与")
    assert cited(given) == [point]
    assert highlights(given) == f"({'、'.join([lead, *partners])})"


@pytest.mark.parametrize("question", ["信息化平台有哪些部门参与", "第23条责任单位"])
def test_a_department_alone(ask: Ask, question: str) -> None:
    """Where one department is listed it is named alone."""
    given = ask(question)
    assert given.direct.startswith("教师进修学校：")
    assert cited(given) == [23]


@pytest.mark.parametrize("question", ["教育评价改革有几个责任单位", "教育评价改革几家单位"])
def test_departments_are_counted_and_listed(ask: Ask, question: str) -> None:
    """A count of departments lists what it counts."""
    assert ask(question).direct == "4个：教育科、教师进修学校、德育科、教育督导评估事务中心"


def test_stated_leads_and_partners(ask_other: Ask) -> None:
    """Where the notice tells leads from partners, so does the reply."""
    given = ask_other("推进集团化办学的牵头单位和责任单位有哪些")
    assert given.outcome is Outcome.ANSWER
    assert given.direct.startswith("基础教育科牵头，人事科、督导室参与")
    assert places(given) == [(3, 1)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("德育科", "德育科"),
        ("德育处", "德育科"),
        ("党办", "党建办"),
        ("纪工委", "教育纪工委"),
        ("进修校", "教师进修学校"),
        ("进修学校", "教师进修学校"),
        ("综改办", "综改办"),
        ("事务中心", "教育事务中心"),
        ("督评中心", "教育督导评估事务中心"),
        ("督导中心", "教育督导评估事务中心"),
        ("招考中心", "教育招生考试中心"),
        ("招生考试中心", "教育招生考试中心"),
        ("基建办公室", "基建办"),
    ],
)
def test_short_names(knowledge: Knowledge, said: str, name: str) -> None:
    """Short names, and shortenings that keep a name's order, mean the department."""
    assert read_question(f"{said}牵头哪几项", knowledge.in_service[0].names).departments == (name,)


@pytest.mark.parametrize("said", ["财务科", "安全科", "人事科", "基教科", "体卫艺科"])
def test_departments_that_there_are_not(knowledge: Knowledge, said: str) -> None:
    """Names that bureaus have and this plan has not are known to be names, and taken for no other department."""
    read = read_question(f"{said}牵头哪几项", knowledge.in_service[0].names)
    assert read.unknown_departments == (said,)
    assert read.departments == ()


@pytest.mark.parametrize("question", ["学科竞赛谁牵头", "民办学校谁管", "中心学校谁管", "百科全书谁编"])
def test_words_that_only_end_like_departments(knowledge: Knowledge, question: str) -> None:
    """学科, 民办 and a lone 中心 name no department."""
    read = read_question(question, knowledge.in_service[0].names)
    assert read.departments == read.unknown_departments == ()
