"""The lexicon's topics: which of them a question is about, by the everyday words of its phrases."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.plan.lexicon import Topic
from bot.search.scoring import TermScorer
from bot.search.words import Tokeniser, is_hanzi, telling_bigrams

_LONGEST_WORD = 8
_SINGLE_CHARACTER_WEIGHT = 0.35
"""A lone character (盖, 接) says less than a word of two."""
_SILENT = 1.0
"""What a phrase's word that says little by itself (做 in 做项目) weighs when the question lacks it."""
_MOST_TOPICS = 45
"""Topics that are followed up; the rest share a common word at most."""
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
        cut = [
            (number, phrase, set(tokeniser.cut(phrase.lower())))
            for number, topic in enumerate(self.topics)
            for phrase in (*topic.terms, *topic.asked)
        ]
        cut = [(number, phrase, words) for number, phrase, words in cut if words - stopwords]
        used_in: dict[str, set[int]] = defaultdict(set)
        postings: dict[str, list[int]] = defaultdict(list)
        for place, (number, _, words) in enumerate(cut):
            for word in words:
                used_in[word].add(number)
                postings[word].append(place)
        self._weights = {
            word: math.log(1 + len(self.topics) / len(used))
            * (_SINGLE_CHARACTER_WEIGHT if len(word) == 1 and is_hanzi(word) else 1.0)
            for word, used in used_in.items()
            if word not in stopwords
        }
        self._postings = {word: np.array(places) for word, places in postings.items()}
        self._phrases = tuple(phrase for _, phrase, _ in cut)
        self._topic_of = np.array([number for number, _, _ in cut], dtype=np.int64)
        self._topics_with, self._starts = np.unique(self._topic_of, return_index=True)
        self._groups = {
            word: np.unique(self._topic_of[places], return_index=True) for word, places in self._postings.items()
        }
        phrases: list[list[str]] = [[] for _ in self.topics]
        for number, phrase, _ in cut:
            phrases[number] += telling_bigrams(phrase.lower())
        self.bigrams = TermScorer(phrases)
        """The topics by the pairs of characters of their phrases."""
        self._total = np.array([sum(self._weights.get(word, _SILENT) for word in words) for _, _, words in cut])

    def vocabulary(self) -> frozenset[str]:
        """Every telling word that the phrases are made of."""
        return frozenset(self._weights)

    def weight(self, word: str) -> float:
        """How telling a word is among the topics; 0 for a word that none has."""
        return self._weights.get(word, 0.0)

    def find(self, text: str, most: int = _MOST_TOPICS) -> list[TopicHit]:
        """The topics that `text` touches, best first.

        A phrase counts by the weight of its words that stand in the text, times the share of the phrase that they
        make up, so that a phrase said in full outweighs scattered words.
        """
        words = self._words_in(text)
        telling = [word for word in words if word in self._weights]
        if not telling:
            return []
        said = np.zeros(len(self._phrases))
        silent = np.zeros(len(self._phrases))
        for word in words:
            if word in self._weights:
                said[self._postings[word]] += self._weights[word]
            else:
                silent[self._postings[word]] += _SILENT
        share = ((said + silent) / self._total) ** _COVERAGE
        score = said * share
        best = np.zeros(len(self.topics))
        best[self._topics_with] = np.maximum.reduceat(score, self._starts)
        order = [int(topic) for topic in np.argsort(-best, kind="stable")[:most] if best[topic] > 0]
        evidence = self._evidence(telling, share, order)
        phrase_of = self._best_phrases(order, score)
        return [TopicHit(topic, float(best[topic]), phrase_of[topic], evidence[topic]) for topic in order]

    def _evidence(
        self, words: Sequence[str], share: npt.NDArray[np.float64], order: Sequence[int]
    ) -> dict[int, dict[str, float]]:
        """What each word says for each of the topics: its weight in the phrase that was said most completely."""
        evidence: dict[int, dict[str, float]] = {topic: {} for topic in order}
        for word in words:
            topics, starts = self._groups[word]
            strengths = self._weights[word] * np.maximum.reduceat(share[self._postings[word]], starts)
            for topic, strength in zip(topics.tolist(), strengths.tolist(), strict=True):
                if topic in evidence:
                    evidence[topic][word] = strength
        return evidence

    def _best_phrases(self, topics: Sequence[int], score: npt.NDArray[np.float64]) -> dict[int, str]:
        """The phrase of each topic that matched best (a topic's phrases stand together)."""
        starts = np.searchsorted(self._topic_of, topics, side="left")
        ends = np.searchsorted(self._topic_of, topics, side="right")
        return {
            topic: self._phrases[start + int(np.argmax(score[start:end]))]
            for topic, start, end in zip(topics, starts, ends, strict=True)
        }

    def _words_in(self, text: str) -> set[str]:
        """Every word of the phrases that stands anywhere in the text, whatever the segmentation."""
        found = set()
        for start in range(len(text)):
            for end in range(start + 1, min(start + _LONGEST_WORD, len(text)) + 1):
                word = text[start:end]
                if word in self._postings and not _cuts_latin(text, start, end):
                    found.add(word)
        return found


def _cuts_latin(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a piece of a longer Latin word or number (ai in taiwan)."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (_is_latin(before) and _is_latin(text[start])) or (_is_latin(after) and _is_latin(text[end - 1]))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
