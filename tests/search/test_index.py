"""One plan made searchable."""

from dataclasses import replace

import pytest

from bot.plan.lexicon import Lexicon, Topic
from bot.plan.model import LeadRule, Plan, Point, Section
from bot.search.index import PlanIndex, department_bracket, sentences
from bot.search.normalising import normalise
from bot.search.stopwords import STOPWORDS
from bot.search.topics import TopicFinder
from bot.search.words import Tokeniser

LEXICON = Lexicon(
    synonyms=(("竣工", "完工"),), topics=(Topic(("课后服务",), ("托管", "放学没人接")), Topic(("校车",), ("坐车上学",)))
)
PROJECTS = Point(1, "加快项目建设", "加快项目建设。竣工项目6个;开工2个。(基建办、财务科)", ("基建办", "财务科"))
CARE = Point(2, "提升课后服务", "提升课后服务。丰富课程,得到家长认同。(教育科)", ("教育科",))
READING = Point(3, "推进教师阅读", "推进教师阅读。办好读书会(每月一次)。", ("教育科",))
PLAN = Plan("plan_1", "要点", 2030, LeadRule.FIRST_LISTED, (Section(1, "一", (PROJECTS, CARE, READING)),))


@pytest.fixture(scope="module")
def small() -> PlanIndex:
    """Three points."""
    tokeniser = Tokeniser()
    return PlanIndex(PLAN, LEXICON, tokeniser, TopicFinder(LEXICON.topics, tokeniser, STOPWORDS))


def first(index: PlanIndex, question: str) -> int | None:
    """The number of the best point; None where nothing speaks for any."""
    best = index.candidates(index.match(normalise(question)), most=1)[0]
    return best.key.point if best.score > 0 else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙!丙?丁;戊", ["甲。", "乙!", "丙?", "丁;", "戊"]),
        ("甲；乙！丙？", ["甲；", "乙！", "丙？"]),
        ("他说“甲。”乙。", ["他说“甲。”", "乙。"]),
        ("甲\n乙", ["甲", "乙"]),
        ("甲,乙、丙", ["甲,乙、丙"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Sentences keep their closing marks; commas close none."""
    assert sentences(text) == expected


@pytest.mark.parametrize("point", [PROJECTS, CARE, READING])
def test_sentences_are_verbatim(point: Point) -> None:
    """Each sentence stands in its paragraph, and together they are all of it."""
    assert "".join(sentences(point.text)) == point.text


@pytest.mark.parametrize(
    ("point", "bracket"),
    [
        (PROJECTS, "(基建办、财务科)"),
        (CARE, "(教育科)"),
        (READING, None),
        (replace(CARE, text="提升课后服务。〔教育科〕"), "〔教育科〕"),
        (replace(CARE, departments=()), None),
    ],
)
def test_the_bracket_of_departments(point: Point, bracket: str | None) -> None:
    """A bracket at the end that names the departments; other brackets are the text's own."""
    assert department_bracket(point) == bracket


def test_the_bracket_is_not_searched(small: PlanIndex) -> None:
    """Departments' names say nothing of the work: asking with them finds no point."""
    assert first(small, "基建办") is None
    assert all("基建办" not in sentence.text for sentence in small.sentences)


@pytest.mark.parametrize(
    ("question", "number"),
    [("竣工项目", 1), ("项目完工", 1), ("课后服务", 2), ("托管", 2), ("放学没人接", 2), ("教师阅读", 3), ("读书会", 3)],
)
def test_words_synonyms_and_topics_find_points(small: PlanIndex, question: str, number: int) -> None:
    """The text's words, words that mean the same, and everyday phrases find a point."""
    assert first(small, question) == number


@pytest.mark.parametrize("question", ["", "的", "火箭", "坐车上学"])
def test_nothing_found(small: PlanIndex, question: str) -> None:
    """What no point speaks of scores nothing, a topic that the plan lacks included."""
    assert first(small, question) is None


def test_a_candidates_best_sentence(small: PlanIndex) -> None:
    """Each candidate has the sentence that answers best, verbatim."""
    (best,) = small.candidates(small.match("开工几个"), most=1)
    assert best.sentence == "开工2个。"


def test_a_question_leaves_nothing_behind(small: PlanIndex) -> None:
    """The same question scores the same after others."""
    before = small.match("课后服务").points.tolist()
    for question in ("竣工项目", "托管", "x" * 500):
        small.match(question)
    assert small.match("课后服务").points.tolist() == before


def test_topics_that_a_plan_covers(small: PlanIndex) -> None:
    """A topic is covered where the text has one of its terms."""
    assert [small.covers(topic) for topic in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("课后延时服务", 10),
        ("学位供给", 11),
        ("民办教育学位只减不增", 16),
        ("县管校聘", 19),
        ("“一校一章程”", 22),
        ("精准资助", 24),
        ("眼睛近视", 7),
        ("补习班乱收费", 9),
    ],
)
def test_the_bots_own_plan(index: PlanIndex, question: str, number: int) -> None:
    """Terms of the notice and everyday words find their point first."""
    assert first(index, question) == number


def test_every_title_finds_its_point(index: PlanIndex) -> None:
    """Searched by its title, each point comes first."""
    for key, point in zip(index.keys, index.points, strict=True):
        assert first(index, point.title) == key.point
