"""Is it so? Yes or no first, then the true fact, then the paragraph."""

import pytest

from bot.answer.model import Outcome, Verdict
from tests.answer.asking import Ask, cited, places

YES, NO = Verdict.YES, Verdict.NO
OPENING = {YES: "对。", NO: "不对。"}


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("课后服务是教育科牵头吗", YES),
        ("课后服务是德育科牵头吗", NO),
        ("课后服务归德育科管吗", NO),
        ("课后服务不归德育科管吧", YES),
        ("课后服务不是德育科牵头吧", YES),
        ("课后服务是教师进修学校牵头,对吗", NO),
        ("只有教育科负责课后服务吗", NO),
        ("课后服务是否由教育科牵头", YES),
        ("课后服务是不是教育科牵头", YES),
        ("课后服务是不是德育科牵头", NO),
    ],
)
def test_claims_of_a_lead(ask: Ask, question: str, verdict: Verdict) -> None:
    """A claim is held against who leads, negated or not; the true lead is named either way."""
    given = ask(question)
    assert given.outcome is Outcome.ANSWER
    assert given.verdict is verdict
    assert given.direct.startswith(OPENING[verdict])
    assert "由教育科牵头" in given.direct
    assert cited(given) == [10]


@pytest.mark.parametrize(
    ("question", "verdict", "point"),
    [
        ("基建办也参与职教高地建设吗", YES, 15),
        ("德育科参与法治建设吗", YES, 22),
        ("基建办参与法治建设吗", NO, 22),
    ],
)
def test_claims_of_taking_part(ask: Ask, question: str, verdict: Verdict, point: int) -> None:
    """A partner takes part as well as the lead does."""
    given = ask(question)
    assert given.verdict is verdict
    assert cited(given) == [point]


@pytest.mark.parametrize(
    ("question", "verdict", "fact", "point"),
    [
        ("竣工高中3个对吗", NO, "2个", 11),
        ("竣工高中2个对吗", YES, "2个", 11),
        ("竣工项目是6个没错吧", YES, "6个", 11),
        ("竣工项目是不是6个", YES, "6个", 11),
        ("续建项目是5个吗", YES, "5个", 11),
        ("教育项目是18个对吗", NO, "17个", 11),
        ("新增学位8280个对吗", YES, "8280个", 11),
        ("新增学位8000个对吗", NO, "8280个", 11),
        ("智慧校园达标率目标是80%吧", NO, "超过75%", 23),
        ("智慧校园达标率超过75%对吗", YES, "超过75%", 23),
        ("第十五轮校长进社区对吗", YES, "第十五轮", 6),
        ("第十四轮校长进社区对吗", NO, "第十五轮", 6),
        ("七大教育集团对吗", NO, "八大教育集团", 19),
        ("责任督学是两名吗", NO, "一名", 16),
        ("新开办三所高中对吗", NO, "两所", 14),
        ("校长负责制是2023年底前完成吗", YES, "2023年底前", 3),
        ("校长负责制是2024年底前完成吗", NO, "2023年底前", 3),
    ],
)
def test_claims_of_a_figure(ask: Ask, question: str, verdict: Verdict, fact: str, point: int) -> None:
    """A figure is held against the one of that very thing, and the true one is said."""
    given = ask(question)
    assert given.verdict is verdict
    assert given.direct.startswith(OPENING[verdict])
    assert fact in given.direct
    assert cited(given) == [point]


@pytest.mark.parametrize(("claim", "verdict"), [("只减不增", YES), ("只增不减", NO)])
def test_claims_of_a_direction(ask: Ask, claim: str, verdict: Verdict) -> None:
    """只减不增 and 只增不减 are opposites."""
    given = ask(f"民办学位{claim}对吗")
    assert given.verdict is verdict
    assert "只减不增" in given.direct
    assert cited(given) == [16]


@pytest.mark.parametrize(
    ("question", "verdict", "fact"),
    [
        ("德育科牵头的一共是7项,对吗", NO, "共3条"),
        ("综合科牵头5条对吗", YES, "共5条"),
        ("一共25条对吗", YES, "25条"),
        ("一共26条对吗", NO, "25条"),
    ],
)
def test_claims_of_a_count(ask: Ask, question: str, verdict: Verdict, fact: str) -> None:
    """A claimed number of points is held against the count."""
    given = ask(question)
    assert given.verdict is verdict
    assert fact in given.direct


@pytest.mark.parametrize(
    ("question", "verdict", "fact"),
    [
        ("文号是不是厦海教工委〔2023〕16号", YES, "厦海教工委〔2023〕16号"),
        ("文号是〔2023〕18号对吗", NO, "厦海教工委〔2023〕16号"),
        ("发文日期是2023年3月2日吗", YES, "2023年3月2日"),
        ("发文日期是2023年4月5日吗", NO, "2023年3月2日"),
    ],
)
def test_claims_about_the_notice(ask: Ask, question: str, verdict: Verdict, fact: str) -> None:
    """The notice's number and date can be checked."""
    given = ask(question)
    assert given.verdict is verdict
    assert fact in given.direct


@pytest.mark.parametrize(("number", "verdict"), [(5, YES), (6, NO)])
def test_claims_of_a_number(ask: Ask, number: int, verdict: Verdict) -> None:
    """Whether a numbered point is about a subject; the point that is about it is named."""
    given = ask(f"第{number}条是讲平安校园的吧")
    assert given.verdict is verdict
    assert "第5条" in given.direct
    assert cited(given) == [5]


def test_a_stated_lead_is_checked(ask_other: Ask) -> None:
    """In a plan that states leads, the claim is held against the stated one."""
    given = ask_other("劳动教育是体卫艺科牵头吗")
    assert given.verdict is NO
    assert "由基础教育科牵头" in given.direct
    assert places(given) == [(2, 1)]


def test_an_uncurated_figure_is_checked(ask_other: Ask) -> None:
    """A figure that only the text states can be checked."""
    given = ask_other("新发展党员中35岁以下青年教师占比不低于60%对吗")
    assert given.verdict is YES
    assert places(given) == [(1, 1)]


def test_a_question_has_no_verdict(ask: Ask) -> None:
    """Only a check gets yes or no."""
    assert ask("课后服务谁牵头").verdict is None
