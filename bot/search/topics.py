"""The lexicon's topics: which of them a question is about, by the everyday words of its phrases."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.plan.lexicon import Topic
from bot.search.words import Tokeniser, is_hanzi

_LONGEST_WORD = 8
_SINGLE_CHARACTER_WEIGHT = 0.35
"""A lone character (盖, 接) says less than a word of two."""
_SILENT = 1.0
"""What a phrase's word that says little by itself (做 in 做项目) weighs when the question lacks it."""
_COVERAGE = 1.5
"""How fast a phrase loses weight when only a part of it was said."""


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic that a question touches."""

    topic: int
    """Its place in the lexicon."""
    score: float
    phrase: str
    """The phrase that matched best."""
    evidence: Mapping[str, float]
    """What each word of the question says for the topic: its weight, times how much of a phrase was said."""


class TopicFinder:
    """Finds topics in a question. Immutable once made; shared by every plan's index."""

    def __init__(self, topics: Sequence[Topic], tokeniser: Tokeniser, stopwords: frozenset[str]) -> None:
        self.topics = tuple(topics)
        self._stopwords = stopwords
        self._phrases: list[tuple[int, str, dict[str, float], tuple[str, ...]]] = []
        self._postings: dict[str, list[int]] = defaultdict(list)
        cut = [
            (number, phrase, tokeniser.cut(phrase.lower()))
            for number, topic in enumerate(self.topics)
            for phrase in (*topic.terms, *topic.asked)
        ]
        used_in: dict[str, set[int]] = defaultdict(set)
        for number, _, cut_words in cut:
            for word in cut_words:
                used_in[word].add(number)
        self._weights = {
            word: math.log(1 + len(self.topics) / len(used))
            * (_SINGLE_CHARACTER_WEIGHT if len(word) == 1 and is_hanzi(word) else 1.0)
            for word, used in used_in.items()
            if word not in stopwords
        }
        for number, phrase, cut_words in cut:
            words = {word for word in cut_words if word not in stopwords}
            if not words:
                continue
            place = len(self._phrases)
            silent = tuple(word for word in dict.fromkeys(cut_words) if word in stopwords)
            self._phrases.append((number, phrase, {word: self._weights[word] for word in words}, silent))
            for word in words:
                self._postings[word].append(place)

    def vocabulary(self) -> frozenset[str]:
        """Every word that the phrases are made of."""
        return frozenset(self._weights)

    def weight(self, word: str) -> float:
        """How telling a word is among the topics; 0 for a word that none has."""
        return self._weights.get(word, 0.0)

    def find(self, text: str) -> list[TopicHit]:
        """The topics that `text` touches, best first.

        A phrase counts by the weight of its words that stand in the text, times the share of the phrase that they
        make up, so that a phrase said in full outweighs scattered words.
        """
        matched: dict[int, list[str]] = defaultdict(list)
        for word in self._words_in(text):
            for place in self._postings[word]:
                matched[place].append(word)
        phrases: dict[int, list[tuple[float, str]]] = defaultdict(list)
        evidence: dict[int, dict[str, float]] = defaultdict(dict)
        for place, said in matched.items():
            number, phrase, words, silent = self._phrases[place]
            weight = sum(words[word] for word in said)
            unsaid = _SILENT * sum(word not in text for word in silent)
            share = (weight / (sum(words.values()) + unsaid)) ** _COVERAGE
            phrases[number].append((weight * share, phrase))
            of_topic = evidence[number]
            for word in said:
                of_topic[word] = max(of_topic.get(word, 0.0), words[word] * share)
        hits = [TopicHit(number, *max(scored), evidence[number]) for number, scored in phrases.items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.topic))

    def _words_in(self, text: str) -> set[str]:
        """Every word of the phrases that stands anywhere in the text, whatever the segmentation."""
        found = set()
        for start in range(len(text)):
            for end in range(start + 1, min(start + _LONGEST_WORD, len(text)) + 1):
                word = text[start:end]
                if word in self._weights and not (_cuts_latin(text, start, end)):
                    found.add(word)
        return found


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a piece of a longer Latin word or number (ai in taiwan)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (_is_latin(before) and _is_latin(text[start])) or (_is_latin(after) and _is_latin(text[end - 1]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
