"""The one value asked for: a figure of a sentence with six, a percentage, a round, a deadline, a list, a direction."""

import pytest

from bot.answer.model import DIRECT_LIMIT, Outcome
from tests.answer.asking import Ask, cited, highlights, places


def assert_says(ask: Ask, question: str, value: str, point: int) -> None:
    """The value is in the direct answer, and in the sentence marked in its point."""
    given = ask(question)
    assert given.outcome is Outcome.ANSWER
    assert value in given.direct
    assert cited(given) == [point]
    assert value in highlights(given)
    assert len(given.direct) <= DIRECT_LIMIT


@pytest.mark.parametrize(
    ("question", "value", "not_said"),
    [
        ("今年一共推进多少个教育项目", "17个", ["6个", "5个"]),
        ("今年竣工几个项目", "6个", ["17个", "8280个", "3个"]),
        ("竣工的高中几所", "2个", ["6个", "3个"]),
        ("竣工项目里幼儿园几个", "3个", ["6个", "2个"]),
        ("续建项目几个", "5个", ["2个", "6个"]),
        ("续建的小学几所", "2个", ["5个", "1个"]),
        ("计划开工多少个项目", "6个", ["17个", "2个"]),
        ("开工的九年一贯制学校几所", "2个", ["6个", "1个"]),
        ("今年新增多少学位", "8280个", ["17个", "6个"]),
    ],
)
def test_nested_figures(ask: Ask, question: str, value: str, not_said: list[str]) -> None:
    """Of a sentence's sums and parts only the one asked for is said."""
    assert_says(ask, question, value, 11)
    direct = ask(question).direct
    assert not [other for other in not_said if other in direct]


@pytest.mark.parametrize(
    ("question", "value", "point"),
    [
        ("智慧校园达标率目标是多少", "75%", 23),
        ("智慧校园要达到百分之几", "75%", 23),
        ("党组织领导的校长负责制覆盖比例是多少", "100%", 3),
    ],
)
def test_percentages(ask: Ask, question: str, value: str, point: int) -> None:
    """A rate is answered with a percentage."""
    assert_says(ask, question, value, point)


@pytest.mark.parametrize(
    ("question", "value", "point"),
    [
        ("校长进社区教师进家庭是第几轮", "第十五轮", 6),
        ("发展中学校提升行动计划第几期", "第三期", 18),
        ("家校社几级网络", "三级", 6),
        ("新教师培养体系是几级联动", "三级", 18),
        ("每所民办学校配几名责任督学", "一名", 16),
        ("新开办高中几所", "两所", 14),
        ("师德标兵评选多少名", "百名", 17),
        ("八大什么", "八大教育集团", 19),
    ],
)
def test_rounds_levels_and_counts_in_chinese_numerals(ask: Ask, question: str, value: str, point: int) -> None:
    """Values written out are found as those in figures are."""
    assert_says(ask, question, value, point)


@pytest.mark.parametrize(
    ("question", "value", "point"),
    [("校长负责制截止什么时候", "2023年底前", 3), ("乡村温馨校园什么时候全覆盖", "“十四五”期间", 12)],
)
def test_deadlines(ask: Ask, question: str, value: str, point: int) -> None:
    """When is answered with a date or a period."""
    assert_says(ask, question, value, point)


@pytest.mark.parametrize(
    ("question", "value", "point"),
    [
        ("学前教育哪三个率", "公办率、普惠率、示范率", 13),
        ("培训机构监管六大要素是哪些", "资质、资金、人员、材料、场地、课程", 9),
    ],
)
def test_members_of_a_list(ask: Ask, question: str, value: str, point: int) -> None:
    """A counted list is answered with all of its members."""
    assert_says(ask, question, value, point)


@pytest.mark.parametrize(
    ("question", "value", "point"),
    [
        ("民办教育学位是增还是减", "只减不增", 16),
        ("经费投入两个什么", "两个只增不减", 24),
        ("一校一什么", "一校一章程", 22),
        ("中高职贯通培养是几加几", "“3+4”、“3+2”", 15),
    ],
)
def test_directions_and_formulas(ask: Ask, question: str, value: str, point: int) -> None:
    """只减不增 of one point and 两个只增不减 of another are not confused."""
    assert_says(ask, question, value, point)


@pytest.mark.parametrize(
    ("question", "value", "not_said", "place"),
    [
        ("劳动实践基地几个", "6个", "3个", (2, 1)),
        ("农耕类基地几个", "农耕类3个", "2个", (2, 1)),
        ("每个劳动实践基地经费多少", "15万元", "6个", (2, 1)),
        ("学生体质健康优良率要达到多少", "58%以上", "1个百分点", (2, 2)),
        ("合唱节第几届", "第九届", "7所", (2, 2)),
    ],
)
def test_a_plan_with_nothing_curated(
    ask_other: Ask, question: str, value: str, not_said: str, place: tuple[int, int]
) -> None:
    """Figures are found in the text alone, nested ones too."""
    given = ask_other(question)
    assert given.outcome is Outcome.ANSWER
    assert value in given.direct
    assert not_said not in given.direct
    assert places(given) == [place]


@pytest.mark.parametrize(
    "question", ["新增的高中叫什么名字", "课后服务一个月多少钱", "德育科电话多少", "新开办的两所高中叫什么"]
)
def test_a_value_that_the_text_does_not_give(ask: Ask, question: str) -> None:
    """A name, price or telephone number that no paragraph holds is declined, however near the subject."""
    given = ask(question)
    assert given.outcome is Outcome.DECLINE
    assert given.citations == ()
