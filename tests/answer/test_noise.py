"""Misspelt, in pinyin, in another script or between other words: read as meant, and said so."""

import pytest

from bot.answer.model import Outcome
from tests.answer.asking import Ask, cited, notes


@pytest.mark.parametrize(
    ("question", "meant", "fact", "point"),
    [
        ("课后服务谁铅头", "牵头", "教育科牵头", 10),
        ("课候服务谁牵头", "课后服务", "教育科牵头", 10),
        ("心里健康谁负责", "心理健康", "德育科牵头", 8),
        ("心健理康谁牵头", "心理健康", "德育科牵头", 8),
        ("竣工几锁高中", "几所", "高中2个", 11),
        ("两项督倒谁牵头", "两项督导", "教育督导评估事务中心牵头", 21),
        ("学位功给谁牵头", "学位供给", "基建办牵头", 11),
        ("雪亮工成谁管", "雪亮工程", "德育科牵头", 5),
        ("kehoufuwu谁牵头", "课后服务", "教育科牵头", 10),
        ("课后fuwu谁牵头", "服务", "教育科牵头", 10),
        ("ke hou fu wu shui qian tou", "课后服务谁牵头", "教育科牵头", 10),
        ("xinli健康谁负责", "心理", "德育科牵头", 8),
    ],
)
def test_a_misspelling_is_read_as_meant(ask: Ask, question: str, meant: str, fact: str, point: int) -> None:
    """Homophones, swapped characters and pinyin are understood, and a note says how they were read."""
    given = ask(question)
    assert given.outcome is Outcome.ANSWER
    assert fact in given.direct
    assert cited(given) == [point]
    assert meant in notes(given)


@pytest.mark.parametrize(
    ("question", "name"),
    [("德玉科牵头哪几项", "德育科"), ("dangjianban牵头哪些", "党建办"), ("招考中新参与什么", "招考中心")],
)
def test_a_misspelt_department(ask: Ask, question: str, name: str) -> None:
    """Departments are recognised as the field's other words are."""
    assert f"“{name}”" in notes(ask(question))


@pytest.mark.parametrize(
    "question",
    [
        "課後服務誰牽頭",
        "課後服務由哪個科室牽頭?",
        "课后服务谁牵头😂😂",
        "课后服务 谁 牵头???",
        "课后服务　谁牵头！！！",
        "课后服务的leading department是谁",
        "who is in charge of 课后服务",
        "@haicang_plan_bot 课后服务谁牵头",
        "课后服务谁牵头 @要点助手",
        "您好,请问一下课后服务谁牵头,谢谢!",
        "课后服务\n谁牵头\n",
        "昨天家长会上有家长一直追着我问孩子放学以后没人接怎么办,我说学校有课后服务,"
        "他又问这个到底是局里哪个科室在负责牵头,我一时答不上来,请问是哪个科室?",
    ],
)
def test_what_is_no_misspelling(ask: Ask, question: str) -> None:
    """Another script or width, emoji, English, a tag, courtesy and a long story change neither answer nor notes."""
    given = ask(question)
    assert given.direct.startswith("教育科牵头")
    assert cited(given) == [10]
    assert "理解" not in notes(given)


@pytest.mark.parametrize(("word", "point"), [("全员导师制", 6), ("雪亮工程", 5), ("县管校聘", 19), ("一带一路", 25)])
def test_one_word_alone(ask: Ask, word: str, point: int) -> None:
    """A term by itself asks what the plan says of it."""
    given = ask(word)
    assert cited(given) == [point]
    assert word in given.direct


@pytest.mark.parametrize(
    "question", ["智慧校园的target是多少", "ｚｈｉｈｕｉ校园达标率是多少", "智慧校園達標率是多少?"]
)
def test_a_value_in_noise(ask: Ask, question: str) -> None:
    """Values are found however the question is written."""
    assert "75%" in ask(question).direct
