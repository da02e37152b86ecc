"""One plan made searchable: BM25 over points and sentences, and the topics that each sentence takes part in."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from bot.plan.lexicon import Lexicon
from bot.plan.model import Plan, Point, PointKey
from bot.search.evidence import Evidence, Term
from bot.search.normalising import normalise
from bot.search.scoring import Scores, TermScorer
from bot.search.stopwords import STOPWORDS
from bot.search.topics import TopicFinder, TopicHit
from bot.search.words import Tokeniser, bigrams, general_frequency, telling_bigrams

_SENTENCE = re.compile(r"(?:[（(〔【\[][^（()）〔〕【】\[\]\n]{0,200}[）)〕】\]]|[^。!?;；！？\n])+[。!?;；！？]?[”’]?")
"""A sentence goes on through brackets: （牵头科室:A；配合科室:B） is not cut."""

_QUOTED = re.compile(r"[“\"《]([^”\"》]{2,12})[”\"》]")
"""What a question puts in quotation marks is looked for as it stands (“一校一”)."""

FULL_SIZE = 25
"""Points of a plan that the thresholds of scores were chosen with."""
_CHATTER_FROM = 100
"""How frequent in general Chinese a word must be to be chatter."""
_ANNEX = 0.7
"""What a row of an annex is worth beside a point that says the same."""
_BIGRAMS = 0.45
_SENTENCES = 0.6
_TITLE = 0.5
_WHOLE_TITLE, _TITLE_FROM = 15.0, 5
"""What a point gains whose title, of so many characters, a question gives in full."""
_TOPICS = 1.0
_TOPIC_BIGRAMS = 0.8
"""From 0.5 to 1.2 the right point came first equally often, for 705 of 728 everyday questions; 691 without."""
_MOST_BY_BIGRAMS = 12
"""Topics that are followed up by the pairs of characters of their phrases."""
_SYNONYMS = 0.7
_SPREAD = 0.6
_NEARLY = 0.5
"""The share of a term's weight that a sentence must have for a loose link between its topic and the sentence."""
_NEAR_LINK = 0.6
_COVERED = 0.5
_EVIDENT = 40
"""How many of a question's topics are looked for in single sentences."""
_TEXTS_KEPT = 4096
"""Sentences and clauses of the plan whose topics are remembered from one question to the next."""
_IN_TITLE = 1.2
"""A topic that a point is named after says more for it than one that it mentions."""


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, verbatim, each with its closing mark; 。;!? and line ends close one."""
    return [found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip()]


def department_bracket(point: Point) -> str | None:
    """The last sentence of a point's text where it only names the departments, verbatim."""
    last = sentences(point.text)[-1:]
    if last and point.departments and all(name in last[0] for name in point.departments):
        return last[0] if last[0][0] in _OPENING else None
    return None


_OPENING = "(（〔【[［<〈"


def _body(point: Point) -> list[str]:
    """The sentences that search looks at: all but the departments' names at the end, which say nothing of the work."""
    found = sentences(point.text)
    return found[:-1] if department_bracket(point) and len(found) > 1 else found


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a point; `text` is verbatim."""

    point: int
    """The place of its point in the plan, from 0."""
    text: str
    plain: str
    """Normalised, as search sees it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A point that may answer, with what it scored."""

    key: PointKey
    point: Point
    score: float
    sentence: str
    """Its best sentence, verbatim."""


class SynonymTable:
    """Words of the field that mean the same."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups: dict[str, list[str]] = defaultdict(list)
        for group in groups:
            for word in group:
                self._groups[word] += [other for other in group if other != word]

    def others(self, words: Iterable[str]) -> list[str]:
        """The synonyms of `words` that are not among them."""
        given = list(dict.fromkeys(words))
        found = (other for word in given for other in self._groups.get(word, ()))
        return [other for other in dict.fromkeys(found) if other not in given]


@dataclass(frozen=True, slots=True)
class Match:
    """What search made of a question's text, over one plan."""

    words: tuple[str, ...]
    topics: tuple[TopicHit, ...]
    points: Scores
    """A score a point of the plan, in its order."""
    sentences: Scores
    evidence: Evidence
    parts: Mapping[str, Scores]
    """What `points` is the sum of, by name."""


def _occurrences(text: str, term: str) -> Iterator[int]:
    at = text.find(term)
    while at >= 0:
        yield at
        at = text.find(term, at + 1)


class PlanIndex:
    """One plan made searchable. Immutable; a question reads it and leaves nothing behind."""

    def __init__(self, plan: Plan, lexicon: Lexicon, tokeniser: Tokeniser, finder: TopicFinder) -> None:
        self.plan = plan
        self._tokeniser = tokeniser
        self._finder = finder
        self._synonyms = SynonymTable(lexicon.synonyms)
        self.keys, points = zip(*plan.numbered_points(), strict=True)
        self.points: tuple[Point, ...] = points
        self.sentences = tuple(
            Sentence(place, text, normalise(text)) for place, point in enumerate(points) for text in _body(point)
        )
        plain = ["".join(self.sentences[s].plain for s in self.sentence_places[place]) for place in range(len(points))]
        self._point_words = TermScorer([self._terms(text) for text in plain])
        self._point_bigrams = TermScorer([bigrams(text) for text in plain])
        self._titles = TermScorer([self._terms(normalise(" ".join((p.title, *p.asked_as)))) for p in points])
        titles = [normalise(point.title) for point in points]
        self._whole_titles = tuple(title if len(title) >= _TITLE_FROM else "" for title in titles)
        self._sentence_words = TermScorer([self._terms(sentence.plain) for sentence in self.sentences])
        annexes = {section.number for section in plan.sections if section.is_annex}
        self._standing = np.array([_ANNEX if key.section in annexes else 1.0 for key in self.keys], dtype=np.float32)
        self._sentence_point = np.array([sentence.point for sentence in self.sentences])
        self._sentences_with = Counter(w for sentence in self.sentences for w in set(self._terms(sentence.plain)))
        self._postings: dict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.sentences):
            for word in set(self._terms(sentence.plain)):
                self._postings[word].append(place)
        self._topic_names = {n: tuple(normalise(term) for term in topic.terms) for n, topic in enumerate(finder.topics)}
        self._named = lru_cache(maxsize=_TEXTS_KEPT)(self._topics_named)
        self._first_sentences = np.array([places[0] for places in self.sentence_places.values()])
        self._title_places = frozenset(places[0] for places in self.sentence_places.values())
        self._links = self._link_topics()

    @cached_property
    def scale(self) -> float:
        """What the scores of a small plan come to beside those of one of FULL_SIZE points, at most 1.

        A word that one of three points has is less rare, by BM25, than one that one of twenty-five has.
        """
        return min(1.0, math.log(1 + len(self.points)) / math.log(1 + FULL_SIZE))

    @cached_property
    def by_key(self) -> Mapping[PointKey, Point]:
        """Every point by its key."""
        return dict(zip(self.keys, self.points, strict=True))

    @cached_property
    def sentence_places(self) -> Mapping[int, tuple[int, ...]]:
        """The places of each point's sentences."""
        places: dict[int, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self.sentences):
            places[sentence.point].append(place)
        return {point: tuple(found) for point, found in places.items()}

    @cached_property
    def place_of(self) -> Mapping[PointKey, int]:
        """Each point's place in the plan, from 0."""
        return {key: place for place, key in enumerate(self.keys)}

    def topic_name(self, topic: int) -> str:
        """The first term of a topic."""
        return self._finder.topics[topic].terms[0]

    def is_linked(self, topic: int, key: PointKey) -> bool:
        """Whether a sentence of the point takes part in the topic."""
        point = self.place_of[key]
        return topic in self._links and bool(np.any(self._sentence_point[self._links[topic][0]] == point))

    def covers(self, topic: int) -> bool:
        """Whether the plan's text has one of the topic's terms, or all but says one."""
        return topic in self._links and bool(np.max(self._links[topic][1]) >= _COVERED)

    def match(self, text: str) -> Match:
        """Score every point and sentence for a normalised text."""
        quoted = (piece for piece in _QUOTED.findall(text) if piece not in STOPWORDS)
        words = tuple(w for w in dict.fromkeys((*self._tokeniser.search_words(text), *quoted)) if w not in STOPWORDS)
        synonyms = tuple(self._synonyms.others(words))
        hits = tuple(self._finder.find(text))
        topics_of_point, topics_of_sentence = self._topic_scores(hits)
        in_sentence = self._sentence_words.scores(words) + _SYNONYMS * self._sentence_words.scores(synonyms)
        by_sentence = _SENTENCES * in_sentence + _TOPICS * topics_of_sentence
        by_bigrams = self._sentences_of_topics(self._finder.bigrams.scores(telling_bigrams(text)))
        parts = {
            "用词": self._point_words.scores(words) + _SYNONYMS * self._point_words.scores(synonyms),
            "双字": _BIGRAMS * self._point_bigrams.scores(bigrams(text)),
            "标题": _TITLE * self._titles.scores(words),
            "标题全文": _WHOLE_TITLE * np.array([bool(t) and t in text for t in self._whole_titles], dtype=np.float32),
            "最佳句": np.maximum.reduceat(by_sentence, self._first_sentences),
            "话题": _SPREAD * topics_of_point,
            "话题双字": _TOPIC_BIGRAMS * np.maximum.reduceat(by_bigrams, self._first_sentences),
        }
        terms = [Term(word, self._telling(word), tuple(self._synonyms.others([word]))) for word in words]
        evidence = Evidence(tuple(terms), hits[:_EVIDENT], self._named)
        points = np.sum(list(parts.values()), axis=0) * self._standing
        return Match(words, hits, points, by_sentence, evidence, parts)

    def mean_the_same(self, word: str, other: str) -> bool:
        """Whether two words are synonyms of the field."""
        return other in self._synonyms.others([word])

    def chatter(self, text: str) -> frozenset[str]:
        """The words of a normalised text that are common Chinese and that neither a topic nor the plan has.

        不会吧,同事明明跟我说 has 同事 and 明明; a rare word may be a matter that the plan lacks, and is none.
        """
        return frozenset(
            word
            for word in self._tokeniser.cut(text)
            if not self._finder.weight(word) and word not in self._postings and general_frequency(word) >= _CHATTER_FROM
        )

    def word_score(self, word: str, key: PointKey) -> float:
        """What one word of a question contributes to a point's 用词, by BM25."""
        return float(self._point_words.scores([word])[self.place_of[key]])

    def candidates(self, match: Match, most: int = 5) -> list[Candidate]:
        """The best points, best first."""
        order = np.argsort(-match.points, kind="stable")[:most]
        found = []
        for place in order:
            sentence = max(self.sentence_places[int(place)], key=lambda s: float(match.sentences[s]))
            score = float(match.points[place])
            found.append(Candidate(self.keys[place], self.points[place], score, self.sentences[sentence].text))
        return found

    def _terms(self, text: str) -> list[str]:
        return [word for word in self._tokeniser.search_words(text) if word not in STOPWORDS]

    def _telling(self, word: str) -> float:
        """How much a word says about which sentence is meant: rare here and rare in general Chinese says most."""
        here = math.log(1 + len(self.sentences) / (1 + self._sentences_with[word]))
        common = math.log10(1 + general_frequency(word))  # 学校 4.2, 托管 1.7, 请假条 0.7
        return here * min(1.0, max(0.15, 1.35 - 0.25 * common))

    def _topic_scores(self, hits: Sequence[TopicHit]) -> tuple[Scores, Scores]:
        """What the topics say for each point and for each sentence: every word of the question counts once."""
        rows = {word: row for row, word in enumerate(dict.fromkeys(word for hit in hits for word in hit.evidence))}
        by_word = np.zeros((len(rows), len(self.sentences)), dtype=np.float32)
        for hit in hits:
            linked = self._links.get(hit.topic)
            if linked is None:
                continue
            places, links = linked
            of_topic = np.array([rows[word] for word in hit.evidence])[:, None]
            strengths = np.fromiter(hit.evidence.values(), dtype=np.float32, count=len(of_topic))[:, None]
            by_word[of_topic, places] = np.maximum(by_word[of_topic, places], links * strengths)
        by_point = np.maximum.reduceat(by_word, self._first_sentences, axis=1).sum(axis=0)
        return by_point, by_word.sum(axis=0)

    def _sentences_of_topics(self, scores: Scores) -> Scores:
        """For each sentence the best of the topics that score highest by the pairs of characters of all their phrases.

        A topic's phrases say more together than each by itself: 派人, 下来 and 查 stand in three of 教育督导.
        """
        best = np.zeros(len(self.sentences), dtype=np.float32)
        for topic in np.argsort(-scores, kind="stable")[:_MOST_BY_BIGRAMS]:
            linked = self._links.get(int(topic))
            if linked is not None and scores[topic] > 0:
                places, links = linked
                best[places] = np.maximum(best[places], links * scores[topic])
        return best

    def _topics_named(self, text: str) -> frozenset[int]:
        """The topics of which a normalised text has a term."""
        return frozenset(n for n, terms in self._topic_names.items() if any(term in text for term in terms))

    def _link_topics(self) -> dict[int, tuple[npt.NDArray[np.int64], Scores]]:
        """The sentences that each topic is linked to, with weights, by the terms that they have."""
        joined = "\n".join(sentence.plain for sentence in self.sentences)
        starts = np.cumsum([0, *(len(sentence.plain) + 1 for sentence in self.sentences)])
        links = {}
        for number, terms in self._topic_names.items():
            places = {
                int(np.searchsorted(starts, at, side="right")) - 1
                for term in terms
                for at in _occurrences(joined, term)
            }
            found = [(place, _IN_TITLE if place in self._title_places else 1.0) for place in sorted(places)]
            found = found or self._nearly_linked(terms)
            if found:
                links[number] = (np.array([p for p, _ in found]), np.array([w for _, w in found], dtype=np.float32))
        return links

    def _nearly_linked(self, terms: Sequence[str]) -> list[tuple[int, float]]:
        """The sentences that say most of a term in other words, for a plan that has none of the terms."""
        best: dict[int, float] = {}
        for term in terms:
            weights = {word: self._finder.weight(word) for word in self._tokeniser.cut(term) if word not in STOPWORDS}
            total = sum(weights.values())
            if len(weights) < 2 or total <= 0:
                continue
            said: dict[int, float] = defaultdict(float)
            for word, weight in weights.items():
                for place in self._postings.get(word, ()):
                    said[place] += weight
            for place, weight in said.items():
                if weight >= _NEARLY * total:
                    best[place] = max(best.get(place, 0.0), _NEAR_LINK * weight / total)
        return sorted(best.items())
