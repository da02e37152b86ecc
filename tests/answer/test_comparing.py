"""Two years side by side: the same question asked of both plans, each with its citation, nothing reckoned."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answer.answering import answer
from bot.answer.compared_years import find_comparison
from bot.answer.knowledge import Knowledge, build_knowledge
from bot.answer.model import DIRECT_LIMIT, Answer, Outcome
from bot.plan.reading import parse_plan, read_plan
from tests.answer.asking import OWN, THIRD_BUREAU, load
from tests.answer.judge import converse

NEXT = (
    ("2023", "2024"),
    ("8280个", "9000个"),
    ("计划竣工项目6个", "计划竣工项目8个"),
    ("竣工项目\n            value: 6个", "竣工项目\n            value: 8个"),
    ("超过75%", "超过80%"),
    ("title: 全面推进教育法治建设", "title: 推进依法治教"),
    ("全面推进教育法治建设。", "推进依法治教。"),
)
LEADS = "          - 教育科\n          - 教师进修学校\n        targets:\n          - what: 完善的教育信息化平台"
OTHER_LEADS = "          - 教师进修学校\n          - 教育科\n        targets:\n          - what: 完善的教育信息化平台"
DROPPED = re.compile(r"      - number: 25\n.*\Z", re.DOTALL)
ADDED = """      - number: 25
        title: 加强劳动教育
        text: 加强劳动教育。建设劳动教育基地3个。(德育科)
        departments: [德育科]
"""


@pytest.fixture(scope="module")
def years() -> Knowledge:
    """The plan of 2023 and one of 2024 that differs in some figures, a lead, and its last point."""
    text = (OWN / "plan_2023.yaml").read_text(encoding="utf-8")
    for old, new in (*NEXT, (LEADS, OTHER_LEADS)):
        assert old in text, old
        text = text.replace(old, new)
    newer = parse_plan(DROPPED.sub(ADDED, text).encode(), "plan_2024.yaml")
    return build_knowledge([newer, load(OWN).newest], load(OWN).lexicon)


@pytest.fixture(scope="module")
def bureaus() -> Knowledge:
    """Plans of 2025 and 2023 that have little in common."""
    return build_knowledge([read_plan(THIRD_BUREAU / "plan_2025.yaml"), load(OWN).newest], load(OWN).lexicon)


def cited(given: Answer) -> list[tuple[str, int]]:
    return [(citation.key.plan, citation.key.point) for citation in given.citations]


PROJECTS = "2024年：计划竣工项目8个，可新增学位9000个；2023年：计划竣工项目6个，可新增学位8280个"
PLACES = "2024年：计划竣工项目可新增的学位9000个；2023年：计划竣工项目可新增的学位8280个"
PLACES_OLD_FIRST = "2023年：计划竣工项目可新增的学位8280个；2024年：计划竣工项目可新增的学位9000个"
LEADERS = (
    "2024年：教师进修学校牵头，教育科参与：提升课后延时服务品质；"
    "2023年：教育科牵头，教师进修学校参与：提升课后延时服务品质"
)


@pytest.mark.parametrize(
    ("question", "direct", "point"),
    [
        ("竣工项目比去年多了几个", "2024年：计划竣工项目8个；2023年：计划竣工项目6个", 11),
        ("竣工项目和去年比", PROJECTS, 11),
        ("新增学位跟2023年比有什么变化", PROJECTS, 11),
        ("第11条和去年比有什么不同", PROJECTS, 11),
        ("今年和去年新增学位各多少", PLACES, 11),
        ("今年的学位比去年多吗", PLACES, 11),
        ("2024年比2023年多了多少学位", PLACES, 11),
        ("今年新增多少学位？去年呢？", PLACES, 11),
        ("近两年新增学位各多少", PLACES, 11),
        ("2024年 2023年 新增多少学位 对比", PLACES, 11),
        ("2023年和2024年新增学位各多少", PLACES_OLD_FIRST, 11),
        ("课后服务和去年比谁牵头", LEADERS, 10),
        ("雪亮工程今年跟去年比谁牵头", "2024年、2023年一样：德育科牵头，综合科参与：持续深化文明校园和平安校园创建", 5),
    ],
)
def test_both_years_are_said_and_cited(years: Knowledge, question: str, direct: str, point: int) -> None:
    """The newer year first unless the question names them in another order; both paragraphs are cited."""
    given = converse([question], years)
    assert given.direct == direct
    assert sorted(cited(given)) == [("plan_2023", point), ("plan_2024", point)]
    assert len(given.sources) == 2


@pytest.mark.parametrize(
    ("messages", "facts", "point"),
    [
        (["课后服务谁牵头", "和去年比呢"], ("2024年：教师进修学校牵头", "2023年：教育科牵头"), 10),
        (["课后服务谁牵头", "还有谁参与", "与上年相比呢"], ("进修学校牵头，教育科参与", "2023年：教育科牵头"), 10),
        (["智慧校园谁牵头", "目标呢", "和去年比呢"], ("2024年：争取全区中小学超过80%", "超过75%"), 23),
        (["智慧校园目标是多少", "和2023年比"], ("2024年：", "超过80%", "2023年：", "超过75%"), 23),
        (["今年竣工几个项目", "比去年多了几个"], ("2024年：计划竣工项目8个", "2023年：计划竣工项目6个"), 11),
        (["校长进社区教师进家庭活动第几轮", "和去年比呢"], ("2024年、2023年一样", "第十五轮"), 6),
        (["2023年课后服务谁牵头", "和今年比呢"], ("2023年：教育科牵头", "2024年：教师进修学校牵头"), 10),
    ],
)  # fmt: skip
def test_a_follow_up_compares_what_was_asked(
    years: Knowledge, messages: list[str], facts: tuple[str, ...], point: int
) -> None:
    """和去年比呢 asks what was asked before, of the same thing, of both plans."""
    given = converse(messages, years)
    assert all(fact in given.direct for fact in facts)
    assert {number for _, number in cited(given)} == {point}


def test_lists_of_a_department_are_compared(years: Knowledge) -> None:
    """A department's points of both years, none cut off."""
    given = converse(["德育科牵头哪几项", "和去年比呢"], years)
    assert "2024年：德育科牵头的共4条" in given.direct
    assert "2023年：德育科牵头的共3条" in given.direct
    assert len(given.citations) == 7


def test_what_differs_is_marked(years: Knowledge) -> None:
    """The sentences that hold the clauses that differ are marked, in each year's paragraph."""
    given = converse(["竣工项目和去年比"], years)
    assert ["8" in "".join(c.highlights) and "新增学位" in "".join(c.highlights) for c in given.citations] == [
        True,
        True,
    ]


def test_the_same_sentence_is_not_called_the_same_where_a_figure_beside_it_differs(years: Knowledge) -> None:
    """一样 is said of a subject only where the whole paragraph is the same but for the year."""
    assert "一样" not in converse(["学校项目建设今年跟去年有什么不一样"], years).direct
    assert "一样" in converse(["心理健康今年跟去年有什么不一样"], years).direct


@pytest.mark.parametrize(
    ("question", "years_named"),
    [
        ("新增学位和2022年比", "没有2022年的"),
        ("新增学位和前年比有什么变化", "没有前年的"),
        ("和明年比学位多多少", "没有明年的"),
        ("2021年和2022年新增学位各多少", "没有2021年、2022年的"),
    ],
)
def test_a_year_that_is_not_in_service(years: Knowledge, question: str, years_named: str) -> None:
    """The other year is declined with the years that there are."""
    given = converse([question], years)
    assert given.outcome is Outcome.DECLINE
    assert "2024年、2023年" in given.direct
    assert years_named in given.direct


@pytest.mark.parametrize("question", ["竣工项目比去年多了几个", "新增学位和去年比", "课后服务较上年有何变化"])
def test_with_one_plan_there_is_nothing_to_compare(knowledge: Knowledge, question: str) -> None:
    """With a single year in service a comparison is declined, not answered with this year's figure."""
    given = converse([question], knowledge)
    assert given.outcome is Outcome.DECLINE
    assert "这里只有2023年的工作要点" in given.direct


def test_two_years_of_which_one_is_there(knowledge: Knowledge) -> None:
    """The one is answered, and it is said that the other is not there."""
    given = converse(["2022年和2023年新增学位各多少"], knowledge)
    assert given.direct == "2023年：计划竣工项目可新增的学位8280个；这里没有2022年的工作要点"
    assert cited(given) == [("plan_2023", 11)]


def test_only_one_plan_says_something(years: Knowledge, bureaus: Knowledge) -> None:
    """What a year does not say is said to be missing there; nothing is cited for it."""
    given = converse(["劳动教育基地和去年比有几个"], years)
    assert given.direct.startswith("2024年：")
    assert given.direct.endswith("2023年：没有找到对应的内容")
    assert cited(given) == [("plan_2024", 25)]
    neither = converse(["校车司机工资和2023年比"], bureaus)
    assert neither.outcome is Outcome.DECLINE
    assert not neither.citations


@pytest.mark.parametrize("question", ["和去年比有什么变化", "今年的要点跟2023年比有什么不同", "比去年新增了哪些工作"])
def test_whole_plans_are_compared_by_their_points(years: Knowledge, question: str) -> None:
    """What came, what went, who leads now and which figures changed, each point cited."""
    given = converse(["课后服务谁牵头", question] if "要点" in question else [question], years)
    assert "2024年新增的有：第25条 加强劳动教育" in given.direct
    assert "2023年有而2024年没有的有：第25条 推进共建“一带一路”教育行动" in given.direct
    assert "第10条 提升课后延时服务品质（教育科→教师进修学校）" in given.direct
    assert "8280个→9000个" in given.direct
    assert {("plan_2024", 25), ("plan_2023", 25), ("plan_2024", 10), ("plan_2023", 11)} <= set(cited(given))


def test_a_comparison_without_a_subject(years: Knowledge) -> None:
    """和去年相比 out of the blue is asked back."""
    given = converse(["和去年相比"], years)
    assert given.outcome is Outcome.DECLINE
    assert "请说出要比的是哪件事" in given.direct


@pytest.mark.parametrize(
    "question",
    [
        "近视率是要求比去年降0.8个百分点以上吗",
        "报名的人比去年多,今年新增多少学位",
        "去年没干完今年接着建的项目里小学几个",
        "《厦门市教育设施规划(2020-2035年)》谁牵头",
        "2023年底前和年初的目标",
        "比例是多少",
        "比较好的学校有哪些",
        "和12年一贯制学校比",
        "一年级和上年级的作业",
    ],
)
def test_what_is_no_comparison(years: Knowledge, question: str) -> None:
    """A claim, a story and a range of years are read as they were."""
    assert find_comparison(question, None, years) is None


def test_a_plan_that_compares_itself_answers(bureaus: Knowledge) -> None:
    """比去年下降多少 is answered where the plan itself says 比上年, although last year's is not in service."""
    text = (OWN / "plan_2023.yaml").read_text(encoding="utf-8")
    text = text.replace("实施中小学生肥胖干预行动。", "实施中小学生肥胖干预行动,近视率比上年下降0.6个百分点。")
    own = build_knowledge([parse_plan(text.encode(), "p")], load(OWN).lexicon)
    assert "0.6个百分点" in converse(["近视率比去年下降多少"], own).direct


def test_last_year_by_itself_is_no_subject(years: Knowledge) -> None:
    """去年呢 asks the same of last year's plan."""
    given = converse(["雪亮工程谁牵头", "去年呢"], years)
    assert cited(given) == [("plan_2023", 5)]
    assert "德育科牵头" in given.direct


TERMS = ("课后服务", "竣工项目", "新增学位", "智慧校园达标率", "德育科", "第11条", "教育法治", "劳动教育", "")
FRAMES = (
    "{t}和去年比{j}",
    "{j}{t}比去年多了几个",
    "今年和去年{t}{j}",
    "2023年和2024年{t}各多少{j}",
    "{t}跟2023年比有什么变化",
    "{t}谁牵头{j}",
)


@pytest.mark.usefixtures("slow")
@settings(derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_comparison_says_what_it_cannot_show(years: Knowledge, data: st.DataObject) -> None:
    """Whatever is compared: paragraphs verbatim, a source for each, every figure said in what is cited."""
    junk = st.text(st.sampled_from("和比去年2023与、呢谁几？,今多少变化的 "), max_size=10)
    focus = None
    for _ in range(data.draw(st.integers(1, 3))):
        frame = data.draw(st.sampled_from(FRAMES))
        question = frame.format(t=data.draw(st.sampled_from(TERMS)), j=data.draw(junk))
        given, focus = answer(question, focus, years)
        assert given.direct
        assert len(given.sources) == len(given.citations)
        for citation in given.citations:
            point = years.point(citation.key)
            assert point
            assert citation.paragraph == point.text
            assert all(highlight in point.text for highlight in citation.highlights)
        if given.outcome is Outcome.ANSWER and given.citations:
            assert_shown(given)


def assert_shown(given: Answer) -> None:
    """Figures stand in the paragraphs, or number, date or count what is cited."""
    shown = "".join(citation.paragraph for citation in given.citations) + "2021 2022 2023 2024"
    figures = set(re.findall(r"\d+", unicodedata.normalize("NFKC", shown)))
    figures |= {str(number) for citation in given.citations for number in citation.key[1:]}
    figures |= {str(count) for count in range(len(given.citations) + 1)}
    assert set(re.findall(r"\d+", unicodedata.normalize("NFKC", given.direct))) <= figures


def test_a_message_of_nothing_but_comparisons_comes_to_an_end(years: Knowledge) -> None:
    """Hundreds of 和去年比 in one message are answered once."""
    for question in ("和去年比" * 300, "今年和去年" * 200, "比去年" * 400, "课后服务" + "跟2023年比" * 200):
        assert answer(question, None, years)[0].direct


def test_the_direct_answer_is_short(bureaus: Knowledge) -> None:
    """Long sentences are cut at their clauses, so that both years fit."""
    for question in ("课后服务和2023年比", "心理健康跟2023年比有什么变化", "双减和2023年比"):
        given = converse([question], bureaus)
        assert given.outcome is Outcome.ANSWER
        assert len(given.direct) <= DIRECT_LIMIT
