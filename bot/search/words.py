"""Text to tokens: jieba with its own dictionary in memory, which no other code shares and no file caches."""

import re
from collections.abc import Iterable
from functools import cache

import jieba

_CJK = ("\u4e00", "\u9fff")

Frequencies = dict[str, int]

_LONGEST_OWN = 8


@cache
def _general_dictionary() -> tuple[Frequencies, int]:
    """Jieba's words with their frequencies, read once a process.

    jieba.Tokenizer would write a cache into the world-writable temporary folder; reading the dictionary takes about a
    second and leaves nothing behind.
    """
    reader = jieba.Tokenizer()
    frequencies, total = reader.gen_pfdict(reader.get_dict_file())
    return frequencies, total


def general_frequency(word: str) -> int:
    """How often general Chinese has the word, by jieba's dictionary; 0 where it does not list it."""
    return _general_dictionary()[0].get(word, 0)


@cache
def _places() -> frozenset[str]:
    """The words that jieba's dictionary marks as names of places (ns)."""
    with jieba.Tokenizer().get_dict_file() as dictionary:
        lines = (line.decode("utf-8").split() for line in dictionary)
        return frozenset(word for word, _, tag in lines if tag == "ns")


def is_place(word: str) -> bool:
    """Whether jieba's dictionary lists a word as the name of a place."""
    return general_frequency(word) > 0 and word in _places()


def general_words() -> Iterable[tuple[str, int]]:
    """Every word of jieba's dictionary with its frequency (prefixes, which jieba stores as 0, left out)."""
    return ((word, count) for word, count in _general_dictionary()[0].items() if count)


def is_hanzi(character: str) -> bool:
    """Whether it is one Chinese character."""
    return _CJK[0] <= character <= _CJK[1]


class Tokeniser:
    """Cuts text into words.

    Of `own_words` those are added that general Chinese would cut into lone characters (双减, 县管校聘): one made of
    known words (教育项目) says no more than they do.
    """

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        frequencies, total = _general_dictionary()
        self._jieba = jieba.Tokenizer()
        self._jieba.FREQ, self._jieba.total = dict(frequencies), total
        self._jieba.initialized = True
        for word in dict.fromkeys(own_words):
            if (
                1 < len(word) <= _LONGEST_OWN
                and not frequencies.get(word)
                and min(map(len, self.cut(word)), default=2) < 2
            ):
                self._jieba.add_word(word, freq=max(self._jieba.suggest_freq(word), 100))

    def cut(self, text: str) -> list[str]:
        """The words of `text` in order, none overlapping, spaces and punctuation left out."""
        return [word for word in self._jieba.cut(text, HMM=False) if _has_letters(word)]

    def search_words(self, text: str) -> list[str]:
        """The words, and the words inside them (课后服务 gives 课后, 服务 and 课后服务)."""
        words = [word for word in self._jieba.cut_for_search(text, HMM=False) if _has_letters(word)]
        return words + _FORMULA.findall(text)


_FORMULA = re.compile(r"\d\+\d")
"""3+4 is one word, which jieba takes apart."""


def _has_letters(word: str) -> bool:
    return any(c.isalnum() for c in word)


_SMALL = frozenset("的了吗呢啊吧么有没啥什怎今年要不在是这那个我们你他她它和与及就都也还会能给把被让为到说里上下")
"""Characters of the words that hold a sentence together."""


def telling_bigrams(text: str) -> list[str]:
    """The pairs of characters of a text that say something of its matter: without 今年, 要不, 有啥.

    >>> telling_bigrams("今年要派人来查")
    ['派人', '人来', '来查']
    """
    return [pair for pair in bigrams(text) if not set(pair) & _SMALL]


def bigrams(text: str) -> list[str]:
    """Every two neighbouring Chinese characters."""
    return [text[i : i + 2] for i in range(len(text) - 1) if is_hanzi(text[i]) and is_hanzi(text[i + 1])]
