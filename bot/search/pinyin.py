"""Syllables of Chinese words, and Chinese words from typed pinyin; used by bot.search.spelling."""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin, pinyin

from bot.search.words import general_words

Syllables = tuple[str, ...]

_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_GENERAL_WORDS_FROM = 300
"""Words rarer than this in general Chinese are not guessed from pinyin, unless they are the field's own."""
_LONGEST = 24
_SEVERAL_READINGS = frozenset(
    "长行重乐调传率参差单弹藏朝曾处便宿省强降教校种都数少好中间角度解给当得地分干更观还合会系兴着"
)
"""Characters whose reading hangs on the word; the others are read one by one, which is ten times as fast."""
_POLYPHONES_UP_TO = 5


@cache
def readings(character: str) -> Syllables:
    """Every reading of a character, without tones, as spelled."""
    return tuple(dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0]))


def blur(syllable: str) -> str:
    """A syllable as people confuse it: zh/z, ch/c, sh/s, -ng/-n, l/n are one.

    >>> blur("zhang"), blur("lan")
    ('zan', 'nan')
    """
    for full, short in _FUZZY:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
    if syllable.endswith("ng") and syllable[-3:-2] in "aei":
        syllable = syllable[:-1]
    return "n" + syllable[1:] if syllable.startswith("l") else syllable


_PREFERRED = 0.25
"""What a word that questions ask with (科室) counts before another of the same sound (可视)."""


@lru_cache(maxsize=100_000)
def word_syllables(word: str) -> Syllables:
    """The blurred syllables of a word, read as a word (行 in 银行 is hang)."""
    spelled = lazy_pinyin(word) if _SEVERAL_READINGS.intersection(word) else [readings(c)[0] for c in word]
    return tuple(blur(s) for s in spelled)


@cache
def character_syllables(character: str) -> Syllables:
    """Every blurred reading of a character."""
    return tuple(dict.fromkeys(blur(s) for s in readings(character)))


class PinyinReader:
    """Reads typed pinyin (dangjianban, ke hou fuwu) as words, the field's own first, `preferred` before all."""

    def __init__(self, own_words: Iterable[str], preferred: Iterable[str] = ()) -> None:
        best: dict[str, tuple[float, str]] = {}
        for word, count in general_words():
            if len(word) in (3, 4) and word[-1] in "区县市":
                _keep(best, "".join(readings(c)[0] for c in word), -11.0, word)
            if (len(word) == 1 and count > _GENERAL_WORDS_FROM // 3) or (
                1 < len(word) <= 4 and count > _GENERAL_WORDS_FROM
            ):
                _keep(best, "".join(readings(c)[0] for c in word), math.log(count) - 18.0 - 1.0, word)
        for word in (word for word in own_words if len(word) > 1):
            for spelled in _spellings(word):
                _keep(best, spelled, -3.0 + 0.5 * len(word), word)
        for word in preferred:
            for spelled in _spellings(word):
                _keep(best, spelled, _PREFERRED - 3.0 + 0.5 * len(word), word)
        self._words: Mapping[str, tuple[float, str]] = best
        starts: dict[str, int] = defaultdict(int)
        for spelled in best:
            starts[spelled[:2]] = max(starts[spelled[:2]], len(spelled))
        self._longest = starts

    def read(self, typed: str) -> str | None:
        """The most likely words for Latin letters; None where they are no pinyin.

        A space may stand between words or between syllables: a word that goes across one begins and ends at one.
        """
        breaks = {len(re.sub("[' ]", "", typed[:i])) for i, c in enumerate(typed) if c in "' "}
        typed = re.sub("[' ]", "", typed)
        scores: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())] + [None] * len(typed)
        for start in range(len(typed)):
            here = scores[start]
            if here is None:
                continue
            limit = min(self._longest.get(typed[start : start + 2], 1), len(typed) - start, _LONGEST)
            for length in range(1, limit + 1):
                word = self._words.get(typed[start : start + length])
                if word is None or _tears(breaks, start, start + length, len(typed)):
                    continue
                score, there = here[0] + word[0], scores[start + length]
                if there is None or score > there[0]:
                    scores[start + length] = (score, (*here[1], word[1]))
        last = scores[-1]
        return "".join(last[1]) if last else None


def _tears(breaks: set[int], start: int, end: int, last: int) -> bool:
    """Whether a word from `start` to `end` goes across a space and takes only a part of what stands beside it."""
    if not any(start < place < end for place in breaks):
        return False
    return (start not in breaks and start > 0) or (end not in breaks and end < last)


def _spellings(word: str) -> Iterable[str]:
    """A word as it may be typed: its reading as a word, and every reading of its characters (校 xiao, jiao)."""
    yield "".join(lazy_pinyin(word))
    if len(word) <= _POLYPHONES_UP_TO:
        yield from ("".join(spelled) for spelled in itertools.islice(itertools.product(*map(readings, word)), 12))


def _keep(best: dict[str, tuple[float, str]], spelled: str, score: float, word: str) -> None:
    if spelled.isascii() and spelled.isalpha() and (spelled not in best or best[spelled][0] < score):
        best[spelled] = (score, word)
