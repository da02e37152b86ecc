"""What a person takes back is taken out of the message; what only begins alike is left alone."""

import pytest

from bot.answer.repair import repair, substituted


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("不是,我问的是校外培训机构", "我问的是校外培训机构"),
        ("哎不是文明校园,是智慧校园", "我问的是智慧校园"),
        ("不对不对,是第21条", "我问的是第21条"),
        ("搞错了,不是督导中心,是教育纪工委", "我问的是教育纪工委"),
        ("不是思政的,我问班主任的培养培训", "我问的是班主任的培养培训"),
        ("不是光要牵头,我是问都有哪些部门", "我问的是都有哪些部门"),
        ("口误口误,是教育事务中心", "我问的是教育事务中心"),
        ("我问的是初中,不是高中", "我问的是初中"),
    ],
)
def test_what_is_taken_back_is_left_out(message: str, meant: str) -> None:
    """Slips, rejected readings and contrasts, with the hesitations before them."""
    assert repair(message) == meant


@pytest.mark.parametrize(
    "message",
    [
        *("不是教育科吗", "不是说要减负吗,谁负责", "不会吧", "不对吧,不是教育科吗", "不牵头的,有哪些", "说错了"),
        *(
            "不是德育科吧,我记得是综合科",
            "不同意见怎么提,看看谁负责",
            "不是本地户口,要怎么报名",
            "不懂,请问课后服务谁负责",
        ),
    ],
)
def test_what_only_begins_alike_is_left_alone(message: str) -> None:
    """A doubt, a condition or a denial takes nothing back."""
    assert repair(message) == message


def test_a_new_question_is_no_correction() -> None:
    """不是…,是… corrects only where something was said before."""
    assert repair("不是所有民办,是民办幼儿园谁管", in_conversation=False) == "不是所有民办,是民办幼儿园谁管"


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("不是竣工,我问开工的", "竣工的高中", "我问的是开工的高中"),
        ("讲错了,我要问的是续建的", "竣工的幼儿园", "我问的是续建的幼儿园"),
        ("不是文明校园,是智慧校园", "文明校园", "我问的是智慧校园"),
        ("不是竣工,我问开工的有几个", "竣工的高中", "我问的是开工的有几个"),
    ],
)
def test_a_word_that_was_taken_back_is_replaced_in_the_last_question(text: str, before: str, whole: str) -> None:
    """Where the new word alone says too little; a whole question stands by itself."""
    assert substituted(text, repair(text), before) == whole
