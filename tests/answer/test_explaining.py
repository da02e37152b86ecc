"""A reader can follow one question from its words to its answer."""

import re

import pytest

from bot.answer.answering import answer
from bot.answer.explaining import explain
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge
from bot.plan.model import PointKey


def test_the_steps_from_words_to_answer(knowledge: Knowledge) -> None:
    """As typed, normalised, corrected, intent, subject, answer and source, in this order."""
    lines = explain("課候服務誰牽頭", None, knowledge).splitlines()
    steps = ["課候服務誰牽頭", "课候服务谁牵头", "课后服务谁牵头", "意图：lead", "得分", "教育科牵头", "第10条"]
    places = [next(place for place, line in enumerate(lines) if step in line) for step in steps]
    assert places == sorted(places)


def test_the_candidates_with_what_spoke_for_them(knowledge: Knowledge) -> None:
    """The first candidates have their scores, best first, and the words that gave them."""
    lines = explain("课后服务谁牵头", None, knowledge).splitlines()
    scored = [line for line in lines if "得分" in line and line[0].isdigit()]
    scores = [float(line.partition("得分 ")[2].partition(" = ")[0]) for line in scored]
    parts = [line.partition(" = ")[2].partition("；")[0].split(" + ") for line in scored]
    sums = [sum(float(re.sub(r"^\S+ ", "", part)) for part in of_line) for of_line in parts]
    assert sums == pytest.approx(scores, abs=0.3)
    assert scored[0].startswith("3-10 提升课后延时服务品质")
    assert scores == sorted(scores, reverse=True)
    assert "课后" in scored[0].partition("用词：")[2]


@pytest.mark.parametrize(
    ("question", "decision"),
    [
        ("课后服务谁牵头", "按惯例首位"),
        ("今年竣工几个项目", "取值“6个”"),
        ("德育科牵头哪几项", "列出德育科牵头的条目：3条"),
        ("竣工高中3个对吗", "所称 3个，实为 2个"),
        ("课后服务是德育科牵头吗", "核对科室"),
        ("财务科管哪些", "不答"),
        ("校车接送几点", "不答"),
    ],
)
def test_what_decided(knowledge: Knowledge, question: str, decision: str) -> None:
    """The rule that decided stands among the steps."""
    assert decision in explain(question, None, knowledge)


def test_what_a_follow_up_took_over(knowledge: Knowledge) -> None:
    """The rule that completed a follow-up is named, and the point that it stays with."""
    focus = Focus((PointKey("plan_2023", 3, 10),), "lead:lead", text="课后服务")
    text = explain("还有谁参与", focus, knowledge)
    assert "接上文那条" in text
    assert "教师进修学校参与" in text


@pytest.mark.parametrize("question", ["", "你好", "2021年课后服务谁牵头", "x" * 2000, "第26条", "\x00"])
def test_everything_can_be_explained(knowledge: Knowledge, question: str) -> None:
    """What is declined or small talk is explained too, with the reply that was given."""
    given, _ = answer(question, None, knowledge)
    text = explain(question, None, knowledge)
    assert str(given.outcome) in text
    assert given.direct in text
