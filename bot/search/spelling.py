"""Reads what was typed as what was meant: pinyin, English, homophones, dropped, doubled and swapped characters."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from bot.search.loanwords import LOANWORDS
from bot.search.pinyin import PinyinReader, Syllables, character_syllables, readings, word_syllables
from bot.search.stopwords import STOPWORDS
from bot.search.words import Tokeniser, general_frequency, is_hanzi

_LATIN = re.compile(r"[a-z][a-z' ]*[a-z]|[a-z]")
_LOANWORD = re.compile(
    r"(?:(?<=[\u4e00-\u9fff]) )?(?<![a-z])("
    + "|".join(sorted(map(re.escape, LOANWORDS), key=len, reverse=True))
    + r")(?![a-z])(?: (?=[\u4e00-\u9fff?]))?"
)
_MEASURES = {"ge": "个", "suo": "所", "ming": "名", "tiao": "条", "xiang": "项", "jia": "家", "lun": "轮", "qi": "期"}
_MEASURED = re.compile(rf"(?<=\d) ?({'|'.join(_MEASURES)})(?![a-z])")
"""8280 ge: measure words in pinyin behind a number."""
_NUMBERED = re.compile(r"(?<![a-z])(?:items?|points?|no\.?)\s*(\d{1,2})(?!\d)")
_LONGEST = 12
_EDITED_FROM = 4
"""Terms of so many characters are recognised with one of them missing, doubled, swapped or wrong."""
_KNOWN_FROM = 30
"""A word this frequent in general Chinese is taken as meant, unless a longer term around it fits."""
_EVERYDAY_FROM = 10_000
_NO_SLIPS = frozenset("的了和与及等中大小一二三四五六七八九十年月日个第上下前后里内外")
_HELPING, _PARTICLES = frozenset("能会要可不没别想该应就都才也在是被把给让去来有还再太很"), frozenset("的了得地着过")
_ENDS_OF_NAMES = frozenset("科股室办处")
_ASKING = frozenset("零几哪谁多少什么吗第一二三四五六七八九十两")


@dataclass(frozen=True, slots=True)
class Correction:
    """How a piece of a question was read."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    meant: str
    gain: float


class Speller:
    """Corrects questions towards the field's own words. Immutable once made.

    `terms` are the names and terms that a question may mean; `words` are correct as they stand (the plan's and the
    lexicon's words): a piece of a question that is one of them is left alone. Of two readings that fit as well, one of
    `preferred` is taken. Nothing that begins with one of `names` is corrected (教育科是牵头吗), and what stands in the
    plan's own `text` is right as well.
    """

    def __init__(
        self,
        terms: Iterable[str],
        words: Iterable[str],
        tokeniser: Tokeniser,
        *,
        preferred: Iterable[str] = (),
        text: str = "",
        names: Iterable[str] = (),
    ) -> None:
        self._preferred = frozenset(preferred)
        self._names = tuple(name for name in names if len(name) > 2)
        self._text = text
        self._terms = frozenset(t for t in terms if len(t) > 1 and all(is_hanzi(c) for c in t) and "百分之" not in t)
        self._known = self._terms | frozenset(words)
        self._tokeniser = tokeniser
        self._sounds: dict[Syllables, list[str]] = defaultdict(list)
        self._shortened: dict[Syllables, list[str]] = defaultdict(list)
        for term in sorted(self._terms):
            syllables = word_syllables(term)
            self._sounds[syllables].append(term)
            if len(term) >= _EDITED_FROM:
                for short in {syllables[:i] + syllables[i + 1 :] for i in range(len(syllables))}:
                    self._shortened[short].append(term)

    @cached_property
    def _reader(self) -> PinyinReader:
        return PinyinReader(sorted(self._known), sorted(self._preferred))

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """A normalised text as it was meant, and what was changed for that."""
        corrections: list[Correction] = []
        text = _NUMBERED.sub(r"第\1条", text)
        text = _LOANWORD.sub(lambda found: LOANWORDS[found.group(1)], text)
        text = _MEASURED.sub(lambda found: _MEASURES[found.group(1)], text)
        text = _LATIN.sub(lambda found: self._read_latin(found.group(), corrections), text)
        for candidate in self._choose(self._candidates(text)):
            typed = text[candidate.start : candidate.end]
            corrections.append(Correction(typed, candidate.meant))
        for correction in corrections:
            text = text.replace(correction.typed, correction.meant)
        return re.sub(r" +", " ", text).strip(), tuple(dict.fromkeys(corrections))

    def _read_latin(self, typed: str, corrections: list[Correction]) -> str:
        if len(typed) < 3:
            return typed
        meant = self._reader.read(typed)
        if meant is None:
            return typed
        corrections.append(Correction(typed, meant))
        return meant

    def _candidates(self, text: str) -> list[_Candidate]:
        """Every piece of the text that sounds like, or is nearly, one of the terms, with what reading it so gains.

        Only a piece with a weak spot is looked at: a character that no word around it explains (导 in 全员导制). Where
        every character belongs to a word (心里 + 健康) only a whole term of four characters that sounds the same
        counts.
        """
        spans = self._spans(text)
        weak = {i for start, end in spans if self._is_weak(text[start:end]) for i in range(start, end)}
        inside = {i for start, end in spans if self._is_sound(text[start:end]) for i in range(start + 1, end)}
        found = []
        for start in range(len(text)):
            if start in inside:
                continue
            for end in range(start + 2, min(start + _LONGEST, len(text)) + 1):
                if not is_hanzi(text[end - 1]):
                    break
                piece = text[start:end]
                if any(piece.startswith(name) for name in self._names):
                    break
                if end in inside or piece in self._known or not is_hanzi(piece[0]) or piece in self._text:
                    continue
                suspicious = any(i in weak for i in range(start, end))
                if suspicious or len(piece) >= _EDITED_FROM:
                    found += [
                        _Candidate(start, end, meant, gain)
                        for meant, gain in self._meanings(piece, suspicious)
                        if meant not in text[max(0, start - 2) : end + 2]
                        and not (_is_quoted(text, start) and _sounds_otherwise(piece, meant))
                        and (meant in self._preferred or _asks_alike(piece, meant))
                    ]
        return found

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """The places of the text's words."""
        spans, place = [], 0
        for word in self._tokeniser.cut(text):
            place = text.index(word, place)
            spans.append((place, place + len(word)))
            place += len(word)
        return spans

    def _is_sound(self, word: str) -> bool:
        """Whether a word is right as it stands."""
        return len(word) > 1 and (word in self._known or general_frequency(word) >= _KNOWN_FROM)

    def _is_weak(self, word: str) -> bool:
        return is_hanzi(word[0]) and word not in STOPWORDS and not self._is_sound(word)

    def _meanings(self, piece: str, suspicious: bool) -> Iterable[tuple[str, float]]:
        spoken = list(itertools.islice(itertools.product(*map(character_syllables, piece)), 16))
        for syllables in spoken:
            for term in self._sounds.get(syllables, ()):
                same = sum(a == b for a, b in zip(piece, term, strict=True))
                if len(term) == 2 and not (_sound_the_same(piece, term) and _may_be_a_slip(piece, term)):
                    continue
                if len(term) == 2 and term not in self._preferred and _are_two_words(piece):
                    continue
                if same >= len(term) / 2 if suspicious else same >= len(term) / 2 + 1:
                    yield term, len(term) + same
        if suspicious and len(piece) >= _EDITED_FROM:
            for syllables in spoken[:4]:
                yield from self._edited(piece, syllables)

    def _edited(self, piece: str, syllables: Syllables) -> Iterable[tuple[str, float]]:
        """Terms one slip away: a syllable dropped, doubled or (in long terms) wrong, or two swapped."""
        terms: set[str] = set(self._shortened.get(syllables, ()))
        for i in range(len(syllables)):
            short = syllables[:i] + syllables[i + 1 :]
            if len(short) >= _EDITED_FROM:
                terms.update(self._sounds.get(short, ()))
            if len(syllables) >= _EDITED_FROM:
                same_length = (t for t in self._shortened.get(short, ()) if len(t) == len(syllables))
                terms.update(t for t in same_length if len(t) > _EDITED_FROM or set(t) == set(piece))
        for term in terms:
            if OSA.distance(syllables, word_syllables(term)) > 1 or _differ_in_particles(piece, term):
                continue
            if term[-1] in _ENDS_OF_NAMES and piece[-1] != term[-1] and syllables[-1] != word_syllables(term)[-1]:
                continue  # 特殊教育所涉, 项目建设归谁: no slips for a 科
            if len(piece) != len(term) and OSA.distance(piece, term) > 1:
                continue  # 幼儿园叫(什么) is no 幼儿园教师: one slip, not two
            same = len(set(piece) & set(term))
            at_ends = piece[0] == term[0] or (piece[-1] == term[-1] and piece[0] not in STOPWORDS)
            if at_ends and same >= min(len(term), len(piece)) - 1 and same >= 3:
                yield term, len(term) + same - 2.5

    def _choose(self, candidates: list[_Candidate]) -> list[_Candidate]:
        chosen: list[_Candidate] = []
        for candidate in sorted(candidates, key=lambda c: (-c.gain, c.meant not in self._preferred, c.start, c.meant)):
            if all(candidate.end <= other.start or other.end <= candidate.start for other in chosen):
                chosen.append(candidate)
        return chosen


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place is inside quotation marks, where a person gives a name as it is: “以教为中心”."""
    return len(re.findall('[“”"]', text[:place])) % 2 == 1


def _sounds_otherwise(piece: str, term: str) -> bool:
    return len(piece) == len(term) and word_syllables(piece) != word_syllables(term)


def _sound_the_same(piece: str, term: str) -> bool:
    """Whether two words share a reading to the letter: 往上 and 晚上 do not."""
    return all(set(readings(a)) & set(readings(b)) for a, b in zip(piece, term, strict=True))


def _are_two_words(piece: str) -> bool:
    """Whether a piece of two characters begins with a helping verb or ends in a particle: 能收, 评的."""
    return piece[0] in _HELPING or piece[-1] in _PARTICLES


def _may_be_a_slip(piece: str, term: str) -> bool:
    """Whether two characters look mistyped: one of them is no everyday one (几锁, not 多大), and 不 is meant."""
    changed = {a for a, b in zip(piece, term, strict=True) if a != b}
    rare = any(general_frequency(c) < _EVERYDAY_FROM for c in piece if c in changed or c not in _ASKING)
    return rare and "不" not in changed


def _differ_in_particles(piece: str, term: str) -> bool:
    """Whether one only has a 的 or a numeral more: 教育的重点 is no slip for 教育重点."""
    different = set(piece) ^ set(term)
    return bool(different) and different <= _NO_SLIPS


def _asks_alike(piece: str, meant: str) -> bool:
    """Whether the characters that ask (几, 哪, 谁) are the same: 几大要素 is no slip for 六大要素."""
    return [c for c in piece if c in _ASKING] == [c for c in meant if c in _ASKING]
