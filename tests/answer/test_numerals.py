"""Chinese and Arabic numerals."""

import re

import pytest

from bot.answer.numerals import NUMERAL, parse_number, to_chinese


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("8280", 8280),
        ("8,280", 8280),
        ("3.5", 3.5),
        ("一", 1),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二十一", 21),
        ("百", 100),
        ("一百零五", 105),
        ("三千", 3000),
        ("一万二千", 12000),
        ("八千二百八十", 8280),
        ("两亿", 200_000_000),
        ("二〇二三", 2023),
        ("", None),
        ("课", None),
        ("第三", None),
        ("1a", None),
    ],
)
def test_what_a_numeral_means(numeral: str, number: float | None) -> None:
    """Figures with separators, positional numerals and digits one by one are numbers; anything else is none."""
    assert parse_number(numeral) == number


@pytest.mark.parametrize(
    ("number", "numeral"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (25, "二十五")]
)
def test_writing_a_number(number: int, numeral: str) -> None:
    """Numbers of sections are written out."""
    assert to_chinese(number) == numeral


@pytest.mark.parametrize("number", range(100))
def test_there_and_back(number: int) -> None:
    """What is written is read as the same number."""
    assert parse_number(to_chinese(number)) == number


@pytest.mark.parametrize(("text", "found"), [("第十五轮", "十五"), ("共8,280个", "8,280"), ("达到3.5%", "3.5")])
def test_the_pattern_finds_the_whole_numeral(text: str, found: str) -> None:
    """A numeral is found from its first to its last character."""
    match = re.search(NUMERAL, text)
    assert match
    assert match.group() == found


@pytest.mark.parametrize("numeral", ["1" * 400, "二" * 4400, "亿" * 600, "1" * 400 + ".5"])
def test_a_numeral_of_absurd_length_is_none(numeral: str) -> None:
    """No plan means a number of hundreds of digits."""
    assert parse_number(numeral) is None
