"""Text to words, with a dictionary that nobody else shares and no file caches."""

import subprocess
import sys
from pathlib import Path

import jieba
import pytest

from bot.search.words import Tokeniser, bigrams, general_frequency, is_hanzi


@pytest.fixture(scope="module")
def tokeniser() -> Tokeniser:
    """A tokeniser that knows two words of the field."""
    return Tokeniser(["县管校聘", "双减"])


def test_nothing_is_written_to_the_temporary_folder(tmp_path: Path) -> None:
    """jieba's cache, which any user of the machine could replace, is neither written nor read."""
    program = "from bot.search.words import Tokeniser; print(Tokeniser(['县管校聘']).cut('推动县管校聘'))"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert "县管校聘" in run.stdout
    assert list(tmp_path.iterdir()) == []


def test_own_words_stay_ones_own(tokeniser: Tokeniser) -> None:
    """Neither jieba's shared tokeniser nor another of ours learns the words of one."""
    assert tokeniser.cut("推动县管校聘") == ["推动", "县管校聘"]
    assert "县管校聘" not in Tokeniser().cut("推动县管校聘")
    assert "县管校聘" not in jieba.dt.FREQ


def test_words_inside_words(tokeniser: Tokeniser) -> None:
    """For search a long word gives the words that it is made of as well."""
    words = tokeniser.search_words("落实高等职业教育")
    assert {"职业", "教育"} <= set(words)


@pytest.mark.parametrize("text", ["", " ,。?!", "“”《》"])
def test_marks_are_no_words(tokeniser: Tokeniser, text: str) -> None:
    """Punctuation and spaces give no words."""
    assert tokeniser.cut(text) == tokeniser.search_words(text) == []


def test_latin_and_figures_are_words(tokeniser: Tokeniser) -> None:
    """Letters and figures among Chinese are kept."""
    assert {"5g", "17"} <= set(tokeniser.cut("5g 项目17个"))


def test_how_common_a_word_is() -> None:
    """Everyday words are frequent, the field's are rare, unknown ones have no frequency."""
    assert general_frequency("学校") > general_frequency("托管") > 0
    assert general_frequency("县管校聘") == 0


def test_bigrams_are_of_neighbouring_characters() -> None:
    """Latin letters and marks break the pairs."""
    assert bigrams("课后a服务,好") == ["课后", "服务"]


@pytest.mark.parametrize(("character", "expected"), [("课", True), ("a", False), ("1", False), ("。", False)])
def test_a_chinese_character(character: str, expected: bool) -> None:
    """Only ideographs count as Chinese characters."""
    assert is_hanzi(character) is expected
