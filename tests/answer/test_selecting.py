"""Which points a list or a count takes: sections, ranges, numbers of departments."""

import pytest

from bot.answer.selecting import Selection, find_selection
from tests.answer.asking import OWN, load


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("前三个部分里", Selection(sections=frozenset({1, 2, 3}))),
        ("后两个部分", Selection(sections=frozenset({-2, -1}))),
        ("第一部分加第二部分,合起来几条", Selection(sections=frozenset({1, 2}))),
        ("第二到第四部分有哪几条", Selection(sections=frozenset({2, 3, 4}))),
        ("刨去第四部分,还剩哪几条", Selection(without=frozenset({4}))),
        ("第四部分不算", Selection(without=frozenset({4}))),
        ("从第17条往后看", Selection(first=17)),
        ("第17条之后", Selection(first=18)),
        ("第10条以前", Selection(last=9)),
        ("责任单位不少于三家", Selection(least=3)),
        ("责任单位超过三家", Selection(least=4)),
        ("责任单位不到三家", Selection(most=2)),
        ("第四部分有几条", Selection()),
        ("第11条谁牵头", Selection()),
        ("不少于三家的学校项目", Selection(least=3)),
    ],
)
def test_selection_is_read(text: str, selection: Selection) -> None:
    assert find_selection(text)[0] == selection


@pytest.mark.parametrize(
    "text", ["前一亿个部分", "后99999999999个部分", "第一到第一亿部分", "第99999999999999999999条往后", "不少于零家"]
)
def test_huge_numbers_select_little(text: str) -> None:
    selection, _ = find_selection(text)
    assert len(selection.sections) <= 61
    plan = load(OWN).newest
    assert len(selection.of(plan, plan.main_points())) <= 25


def test_last_sections_are_counted_from_the_end() -> None:
    plan = load(OWN).newest
    chosen = Selection(sections=frozenset({-1})).of(plan, plan.main_points())
    assert {key.section for key, _ in chosen} == {plan.sections[-1].number}


def test_sections_that_the_plan_lacks_are_told() -> None:
    plan = load(OWN).newest
    assert Selection(sections=frozenset({1, 7})).lacking(plan) == 7
    assert Selection(sections=frozenset({1, 6})).lacking(plan) is None
