"""Topics: what a question is about, by everyday phrases."""

import pytest

from bot.plan.lexicon import Topic
from bot.search.stopwords import STOPWORDS
from bot.search.topics import TopicFinder
from bot.search.words import Tokeniser

CARE = Topic(("课后服务", "课后延时服务"), ("放学没人接", "托管班", "晚托"))
BUSES = Topic(("校车",), ("接送学生的车", "坐车上学"))
ENGLISH = Topic(("人工智能",), ("ai", "chat机器人"))
BUILDING = Topic(("学校项目建设",), ("盖学校", "新学校什么时候建好"))


@pytest.fixture(scope="module")
def finder() -> TopicFinder:
    """Four topics."""
    return TopicFinder((CARE, BUSES, ENGLISH, BUILDING), Tokeniser(["晚托"]), STOPWORDS)


def names(finder: TopicFinder, text: str) -> list[str]:
    """The first terms of the topics found, best first."""
    return [finder.topics[hit.topic].terms[0] for hit in finder.find(text)]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("课后服务谁牵头", "课后服务"),
        ("孩子放学没人接怎么办", "课后服务"),
        ("有没有托管班", "课后服务"),
        ("坐车上学安全吗", "校车"),
        ("盖学校归谁管", "学校项目建设"),
    ],
)
def test_terms_and_everyday_phrases(finder: TopicFinder, question: str, topic: str) -> None:
    """A notice's term and the ways of asking about it lead to the same topic."""
    assert names(finder, question)[0] == topic


def test_a_phrase_in_full_outweighs_scattered_words(finder: TopicFinder) -> None:
    """放学没人接 said whole scores more than some of its words in another order of things."""
    in_full = finder.find("放学没人接")[0]
    scattered = next(hit for hit in finder.find("接下来放学") if hit.topic == in_full.topic)
    assert in_full.score > 1.5 * scattered.score
    assert in_full.phrase == "放学没人接"


@pytest.mark.parametrize("text", ["taiwan", "main", "email", "aix", "x1ai"])
def test_latin_words_are_not_found_inside_longer_ones(finder: TopicFinder, text: str) -> None:
    """ai does not stand in taiwan."""
    assert names(finder, text) == []


@pytest.mark.parametrize("text", ["ai", "ai课程", "用ai教学", "学校 ai 课"])
def test_latin_words_stand_alone_or_beside_chinese(finder: TopicFinder, text: str) -> None:
    """Chinese characters beside it do not hide a Latin word."""
    assert "人工智能" in names(finder, text)


@pytest.mark.parametrize("text", ["", "的", "是什么", "量子", "😂"])
def test_nothing_touched(finder: TopicFinder, text: str) -> None:
    """Common words and foreign subjects touch no topic."""
    assert finder.find(text) == []


def test_what_each_word_says(finder: TopicFinder) -> None:
    """The evidence of a hit names the question's words."""
    (hit,) = [hit for hit in finder.find("托管班") if finder.topics[hit.topic] is CARE]
    assert set(hit.evidence) & {"托管", "托管班"}
    assert all(weight > 0 for weight in hit.evidence.values())
