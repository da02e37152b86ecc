"""What was typed, read as what was meant; and what is left alone."""

import pytest

from bot.search.normalising import normalise
from bot.search.spelling import Correction, Speller
from tests.answer.asking import OWN, load


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("课候服务谁牵头", "课后服务谁牵头"),
        ("课后服务谁铅头", "课后服务谁牵头"),
        ("竣工几锁高中", "竣工几所高中"),
        ("学位功给", "学位供给"),
        ("雪亮工成", "雪亮工程"),
        ("德玉科", "德育科"),
        ("心里健康", "心理健康"),
        ("心健理康", "心理健康"),
        ("两项督倒", "两项督导"),
    ],
)
def test_slips_of_a_pinyin_keyboard(speller: Speller, typed: str, meant: str) -> None:
    """Homophones and swapped characters become the field's word, and the change is told."""
    text, corrections = speller.correct(typed)
    assert text == meant
    assert corrections


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dangjianban", "党建办"),
        ("kehoufuwu", "课后服务"),
        ("ke hou fu wu shui qian tou", "课后服务谁牵头"),
        ("课后fuwu谁qiantou", "课后服务谁牵头"),
        ("zhihui xiaoyuan dabiaolv", "智慧校园达标率"),
        ("xinlijiankang", "心理健康"),
        ("jiaoyu ke", "教育科"),
    ],
)
def test_pinyin(speller: Speller, typed: str, meant: str) -> None:
    """Whole or part pinyin, with or without spaces, is read as Chinese."""
    assert speller.correct(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("leading department", "牵头部门"),
        ("taiwan", "台湾"),
        ("hello", "你好"),
        ("课后服务的leading department", "课后服务的牵头部门"),
    ],
)
def test_english_words_are_no_misspelling(speller: Speller, typed: str, meant: str) -> None:
    """English of the field is understood, without telling it as a correction."""
    assert speller.correct(typed) == (meant, ())


@pytest.mark.parametrize(
    "text",
    [
        "课后服务谁牵头",
        "今年竣工几个项目",
        "几大要素",
        "六大要素",
        "全员导师制",
        "开展第十五轮",
        "孩子放学后没人管怎么办",
        "晚上",
        "占用",
        "第11条",
        "i教育",
        "75%",
        "",
    ],
)
def test_what_is_left_alone(speller: Speller, text: str) -> None:
    """Words of the field and of everyday Chinese are taken as they stand."""
    assert speller.correct(text) == (text, ())


def test_titles_are_left_alone(speller: Speller) -> None:
    """No title of a point is taken for a misspelling."""
    for _, point in load(OWN).newest.numbered_points():
        assert speller.correct(normalise(point.title))[1] == (), point.title


def test_departments_are_left_alone(speller: Speller) -> None:
    """Names of departments are right as they stand."""
    for name in load(OWN).newest.departments:
        assert speller.correct(name) == (name, ())


def test_what_a_correction_tells(speller: Speller) -> None:
    """What was typed and what it was read as."""
    assert speller.correct("德玉科牵头哪几项")[1] == (Correction("德玉科", "德育科"),)


@pytest.mark.parametrize("text", ["x" * 500, "课" * 500, "kehoufuwu" * 50, "\x00", "😂" * 10])
def test_odd_texts_come_back(speller: Speller, text: str) -> None:
    """No text is too odd to be read, and none grows out of bounds."""
    corrected, _ = speller.correct(text)
    assert len(corrected) <= len(text)
