"""One spelling for every way of writing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.normalising import normalise, simplify, strip_mentions


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Ｄｅａｄｌｉｎｅ", "deadline"),
        ("第１１条", "第11条"),
        ("２０２３年", "2023年"),
        ("課後服務誰牽頭", "课后服务谁牵头"),
        ("課後服務，誰牽頭？", "课后服务,谁牵头?"),
        ("（基建辦）", "(基建办)"),
        ("「雙減」", "“双减”"),
        ("谁牵头😂👍🏻", "谁牵头"),
        ("谁  牵\t头\n", "谁 牵 头"),
        ("i教育 I教育", "i教育 i教育"),
        ("达标率75％", "达标率75%"),
        ("课后\u200b服务\x00", "课后 服务"),
        ("", ""),
        ("😂", ""),
    ],
)
def test_normalising(typed: str, plain: str) -> None:
    """Width, script, case, emoji, control characters and spaces are levelled."""
    assert normalise(typed) == plain


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=40))
def test_normalising_again_changes_nothing(text: str) -> None:
    """What is normal stays as it is."""
    once = normalise(text)
    assert normalise(once) == once


def test_simplifying_leaves_simplified_alone() -> None:
    """Only traditional script is changed."""
    assert simplify("课后服务 課後服務 ABC") == "课后服务 课后服务 ABC"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("@haicang_plan_bot 课后服务谁牵头", "课后服务谁牵头"),
        ("课后服务谁牵头 @haicang_plan_bot", "课后服务谁牵头"),
        ("@要点助手 谁牵头", "谁牵头"),
        ("课后服务谁牵头", "课后服务谁牵头"),
        ("工资5@k", "工资5@k"),
    ],
)
def test_tags_are_left_out(typed: str, asked: str) -> None:
    """A tag of the bot is no part of the question, wherever it stands; an @ alone is none."""
    assert strip_mentions(typed).strip() == asked
