"""Syllables of words, and words from typed pinyin."""

import pytest

from bot.search.pinyin import PinyinReader, blur, character_syllables, readings, word_syllables


@pytest.fixture(scope="module")
def reader() -> PinyinReader:
    """A reader that prefers four words of the field."""
    return PinyinReader(["党建办", "课后服务", "牵头", "学校"])


@pytest.mark.parametrize(
    ("one", "other"),
    [("zhang", "zan"), ("chi", "ci"), ("sheng", "sen"), ("lan", "nan"), ("jing", "jin"), ("ling", "nin")],
)
def test_syllables_that_people_confuse(one: str, other: str) -> None:
    """zh/z, ch/c, sh/s, -ng/-n and l/n are taken as one."""
    assert blur(one) == blur(other)


@pytest.mark.parametrize(("one", "other"), [("ma", "mo"), ("dang", "dong"), ("xiao", "jiao"), ("ke", "he")])
def test_syllables_that_stay_apart(one: str, other: str) -> None:
    """Other sounds are not confused."""
    assert blur(one) != blur(other)


def test_words_that_sound_the_same() -> None:
    """心里 and 心理 have the same syllables; a word is read as a word (行 in 银行)."""
    assert word_syllables("心里健康") == word_syllables("心理健康")
    assert word_syllables("银行")[-1] == blur("hang")


def test_a_character_of_two_readings() -> None:
    """行 is xing and hang, whatever the word."""
    assert {"xing", "hang"} <= set(readings("行"))
    assert {blur("xing"), blur("hang")} <= set(character_syllables("行"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dangjianban", "党建办"),
        ("dang jian ban", "党建办"),
        ("kehoufuwu", "课后服务"),
        ("ke hou fu wu", "课后服务"),
        ("kehoufuwuqiantou", "课后服务牵头"),
        ("xuexiao", "学校"),
        ("xue'xiao", "学校"),
    ],
)
def test_typed_pinyin(reader: PinyinReader, typed: str, meant: str) -> None:
    """Pinyin with or without spaces is read as the field's words."""
    assert reader.read(typed) == meant


@pytest.mark.parametrize("typed", ["deadline", "vvv", "xqz", "plan"])
def test_what_is_no_pinyin(reader: PinyinReader, typed: str) -> None:
    """Letters that are no syllables are not read at all."""
    assert reader.read(typed) is None
