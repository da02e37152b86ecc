"""The one value that a question asks for: a figure of a sentence, a curated target, a list, a formula."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from bot.answer.asked import EACH_COUNTED, Asked, AskedValue, fits
from bot.answer.asking import Asking
from bot.answer.figures import Figure, FigureKind, find_figures
from bot.answer.numerals import CHINESE
from bot.answer.stated import (
    clause_around,
    curated_target,
    is_asked_part,
    is_the_plans_year,
    plain,
    say,
    sentence_with,
    unasked_share,
)
from bot.answer.wanted import CLASSES, asked_whole, counted_noun, nearest_word, rare_measure
from bot.plan.model import PointKey, Target
from bot.search.evidence import Evidence
from bot.search.index import department_bracket, sentences

_NEAR, _CLAUSE, _SENTENCE = 2.0, 0.8, 0.4
"""What a word of the question counts beside the value, in its clause, in its sentence."""
_LEAST_SHARE = 0.3
"""Of the question's weight, the share that a value's sentence must explain."""
_UNASKED_PART = 0.3
"""What is left of a part's score (高中2个) when the question does not name the part."""
_NEXT_POINT = 0.75
"""What a value of the next best point is worth."""
_SAME_MEASURE, _FORMER, _UNCURATED, _FORMULA = 1.15, 0.8, 0.95, 100.0
_NEAREST_SAID, _NEAREST_UNSAID = 1.4, 0.85
_CLAIMED = 1.3
_AS_GOOD = 0.6
"""Of what the best point explains, the share that another must explain to be asked for a value."""
_NAMED_SHARE = 0.6
_COUNTED_SAID = 2.0
_LIST = re.compile(
    r"[^,，。;；、:：()]{1,30}(?:、[^,，。;；、:：()]{1,30}){1,9}|“[^”]{1,20}”(?:[、和与及]?“[^”]{1,20}”)+"
)
_APART_FROM = re.compile(r"除(?:了|去|开)?([\u4e00-\u9fff]{2,6}?)(?:之外|以外|外)?[,]?(?:还|另|别的|其他)")
_BESIDE = 6.0
"""除了章程还要规范哪两样: what a list counts for that has the member named."""
_TWO = 2
_PAIR = re.compile(r"[\u4e00-\u9fff“”]{2,14}[和与及][\u4e00-\u9fff“”]{2,14}")
_BLANKED = re.compile(r"[一二两三四五六七八九][\u4e00-\u9fff]?一?(?=什么|啥|x)|几\+几")
_LAST_CHARACTER = re.compile(r"\s?[“\"]([\u4e00-\u9fff])[”\"](?=[?,。]|$)")
"""化 of 哪两个“化”: what every member ends with."""
EACH = re.compile(r"分别|各(?:是|填|报|有|为|占|要|多少|几|自)|各[\u4e00-\u9fff]{1,3}(?:几|多少)")
"""Asking for several values at once: no single noun is counted."""
_ALTOGETHER = re.compile(r"一共|总共|全区|合计|总计|全部")


@dataclass(frozen=True, slots=True)
class Value:
    """A candidate: `text` is the value verbatim, `said` the words that present it."""

    key: PointKey
    text: str
    said: str
    sentence: str
    score: float
    figure: Figure | None = None


def find_value(
    asking: Asking,
    keys: Sequence[PointKey],
    value: AskedValue,
    is_claimed: Callable[[Figure], bool] = lambda figure: False,
) -> Value | None:
    """The value of the sort asked for whose surroundings answer best to the question; None where no point has one.

    A point ranked lower must answer clearly better to be preferred. Where a question claims a figure (`is_claimed`) and
    two are close, the one claimed is what it speaks of.
    """
    search = _Search.over(asking, keys, value)
    best: Value | None = None
    for rank, key in enumerate(keys):
        if rank and search.evidence.strength(plain(asking.point(key).text)) < _AS_GOOD * search.explainable:
            continue
        if (
            rank
            and value.asked is Asked.DATE
            and search.telling
            and search.telling not in search.evidence.explained(plain(asking.point(key).text))
        ):
            continue  # 职专扩建: what another point says of building is of other schools
        for candidate in search.candidates(key):
            if rank and search.counted and not search.names_what_is_counted(candidate.sentence):
                continue  # another point has to say what is counted in so many words
            weighed = candidate.score * _NEXT_POINT**rank
            if candidate.figure and is_claimed(candidate.figure):
                weighed *= _CLAIMED
            if weighed > 0 and (best is None or weighed > best.score + 1e-6):
                best = replace(candidate, score=weighed)
    if best is None:
        return None
    if _said_elsewhere(search, best):
        asking.trace.note(f"取值“{best.text}”所在的句子远不如另一句切题：不答")
        return None
    best = _with_its_like(search, best)
    asking.trace.note(f"取值“{best.text}”（{best.said}），得分 {best.score:.2f}")
    once = best.figure and not asking.question.check and not EACH.search(asking.question.text)
    if best.figure and once and any(_same(best.figure, c) for c in asking.question.claims):
        asking.trace.note("问题里已经说出这个数，问的是另一个：不答")
        return None
    return best


_AS_APT = 0.6
"""Of what the point's most apt sentence explains, the share that the value's own must explain."""


def _said_elsewhere(search: "_Search", best: Value) -> bool:
    """Whether another sentence of the point is what the question is about: it would have to state the value."""
    point = search.asking.point(best.key)
    most = max(search.evidence.strength(plain(sentence)) for sentence in sentences(point.text))
    return search.evidence.strength(plain(f"{point.title}。{best.sentence}")) < _AS_APT * most


def _with_its_like(search: "_Search", best: Value) -> Value:
    """A part asked for without its sum (高中一共几个) is said for every sum that has it."""
    figure = best.figure
    if figure is None or not figure.scope:
        return best
    alike = [
        value
        for value in search.candidates(best.key)
        if value.figure and value.figure.scope and value.figure.head == figure.head
    ]
    named = [search.scope_words(value.figure.scope) for value in alike if value.figure]
    if any(words != named[0] for words in named):  # the question tells the sums apart
        return best
    said = "；".join(dict.fromkeys(value.said for value in alike))
    return replace(best, said=said) if len(alike) > 1 else best


def _all_end_with(character: str, listed: str) -> bool:
    return all(member.endswith(character) for member in re.split("[、和与及]", listed))


def _same(figure: Figure, claim: Figure) -> bool:
    alike = figure.kind is claim.kind and figure.unit == claim.unit and figure.number == claim.number
    return alike and figure.kind is not FigureKind.DATE


def _evidence(asking: Asking, key: PointKey) -> Evidence:
    """What the question says, and for a follow-up what the one before it said (续建项目几个 … 其中小学几个)."""
    own = asking.match.evidence
    lost = not own.terms or own.strength(plain(asking.point(key).text)) <= 0
    if (asking.within or lost) and asking.focus and asking.focus.text:
        return asking.serving.index.match(f"{asking.question.subject} {asking.focus.text}").evidence
    return asking.match.evidence


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked for, worked out once for all candidates."""

    asking: Asking
    value: AskedValue
    evidence: Evidence
    explainable: float
    """What the best of the points explains of the question."""
    counted: frozenset[str]
    """The noun behind 几个 or 哪三支 (几个督学); empty where none follows."""
    measure: str
    """A measure word that is none of the usual ones (副 in 多少副眼镜); empty where none is asked with."""
    whole: frozenset[str]
    """The words of the whole of which a part is asked for (学位 in 学位里小学几个)."""
    nearest: str | None
    """The last word before what is asked, which most often is what is counted: 优良率 in 体测优良率的目标是多少."""
    telling: str
    """The word of the question that says most for the best point."""

    @classmethod
    def over(cls, asking: Asking, keys: Sequence[PointKey], value: AskedValue) -> Self:
        evidence = _evidence(asking, keys[0])
        explainable = max((evidence.strength(plain(asking.point(key).text)) for key in keys), default=0.0)
        first = evidence.explained(plain(asking.point(keys[0]).text))
        counted = frozenset() if EACH.search(asking.question.text) else counted_noun(asking, evidence, value)
        return cls(
            asking,
            value,
            evidence,
            explainable,
            counted,
            rare_measure(asking, value),
            asked_whole(asking, evidence.explained(plain(asking.point(keys[0]).text)), value),
            nearest_word(asking, evidence, value),
            max(first, key=lambda word: first[word], default=""),
        )

    def names_what_is_counted(self, sentence: str) -> bool:
        """Whether a sentence has the noun that is counted, or a synonym of it."""
        text = plain(sentence)
        synonyms = (w for term in self.evidence.terms if term.word in self.counted for w in term.synonyms)
        return any(word in text for word in (*self.counted, *synonyms))

    def candidates(self, key: PointKey) -> Iterator[Value]:
        """Every value of the sort in a point, scored."""
        asked = self.value.asked
        if asked not in (Asked.MEMBERS, Asked.PHRASE):
            yield from self._figures(key)
        ending = _LAST_CHARACTER.match(self.asking.question.text, self.value.end)
        if asked is Asked.MEMBERS and ending:
            lists = (*self._curated_values(key), *self._lists(key))
            yield from (each for each in lists if _all_end_with(ending[1], each.text))
        elif asked in (Asked.MEMBERS, Asked.PHRASE, Asked.GOAL):
            yield from self._curated_values(key)
        if asked is Asked.MEMBERS and not ending:
            yield from self._lists(key)
        if asked is Asked.PHRASE:
            yield from self._formulas(key)

    def _figures(self, key: PointKey) -> Iterator[Value]:
        point = self.asking.point(key)
        stated = [(sentence, find_figures(sentence, self.measure)) for sentence in sentences(point.text)]
        kinds, sums = self._asked_parts([figure for _, figures in stated for figure in figures])
        for sentence, figures in stated:
            for figure in figures:
                if not is_asked_part(figure, kinds, sums, figures):
                    continue
                if fits(figure, self.value) and not is_the_plans_year(self.asking, figure):
                    target = curated_target(point.targets, sentence, figure)
                    score = self._score_figure(f"{point.title}。{sentence}", figure, target)
                    yield Value(key, figure.text, say(figure, target, sentence), sentence, score, figure)

    def _asked_parts(self, figures: Sequence[Figure]) -> tuple[set[str], set[str]]:
        """The words of the question that name a part of a sum (高中), and those that name one of the sums (竣工)."""
        heads = {figure.head for figure in figures if figure.scope}
        scopes = {figure.scope for figure in figures if figure.scope}
        words = [word for word in self.evidence.weights() if len(word) > 1]
        kinds = {head for head in heads if head and head in self.asking.question.text}
        sums = {word for word in words if any(word in scope for scope in scopes) and word not in kinds}
        common = {word for word in sums if all(word in scope for scope in scopes)}
        return kinds, sums - common

    def scope_words(self, scope: str) -> frozenset[str]:
        """The words of the question that a sum's name answers to."""
        return frozenset(word for word in self.evidence.explained(plain(scope)) if len(word) > 1)

    def _score_figure(self, sentence: str, figure: Figure, target: Target | None) -> float:
        """The words of the question beside the value, in its clause and in its sentence; 0 where it can't be meant.

        `sentence` has the point's title before it: what a point is named after is meant in all its sentences.
        """
        near = plain(figure.head, figure.scope, target.what if target else "")
        texts = (near, plain(figure.clause), plain(sentence))
        beside, clause, around = (self.evidence.explained(text) for text in texts)
        if not self._may_be_meant(figure, beside, clause, around):
            return 0.0
        score = (
            _NEAR * sum(beside.values())
            + _CLAUSE * sum(weight for word, weight in clause.items() if word not in beside)
            + _SENTENCE * sum(weight for word, weight in around.items() if word not in beside and word not in clause)
        )
        if figure.scope and not self.evidence.explained(plain(figure.head)):
            score *= _UNASKED_PART
        if self.value.measure and figure.unit == self.value.measure:
            score *= _SAME_MEASURE
        if self.nearest:
            score *= _NEAREST_SAID if self.nearest in beside else _NEAREST_UNSAID
        if figure.kind is FigureKind.PERCENT and f"由{figure.text}" in sentence:
            score *= _FORMER  # 由62%提高到80%: the goal is the second
        return score * (1 - 0.3 * unasked_share(self.evidence, figure.head))

    def _may_be_meant(
        self, figure: Figure, beside: Mapping[str, float], clause: Mapping[str, float], around: Mapping[str, float]
    ) -> bool:
        least = _LEAST_SHARE / 3 if self.counted & beside.keys() else _LEAST_SHARE
        explained = sum({**around, **clause, **beside}.values())
        if explained < min(least * self.evidence.total, 0.5 * self.explainable):
            return False
        if figure.in_a_name and figure.kind is FigureKind.DATE:
            name = "".join(re.findall("《[^》]*》?", figure.clause))
            named = any(len(word) > 1 for word in self.evidence.explained(plain(name)))
            if not named or explained < _NAMED_SHARE * self.evidence.total:
                return False
        if figure.kind is FigureKind.DATE and not clause and not beside and explained < 0.7 * self.explainable:
            return False
        if self.whole and figure.scope and not self.evidence.explained(plain(figure.scope)).keys() & self.whole:
            return False
        if self.counted == CLASSES and "班" not in figure.clause:
            return False
        counts_it = self.counted & beside.keys() or (self.counted & clause.keys() and not figure.scope)
        if self.counted and not counts_it and not (self.measure and figure.unit == self.measure):
            return False
        return not ("每" in figure.clause and _ALTOGETHER.search(self.asking.question.text))

    def _curated_values(self, key: PointKey) -> Iterator[Value]:
        """Targets of a point for questions about lists, formulas and goals."""
        text = self.asking.point(key).text
        for target in self.asking.point(key).targets:
            members = len(re.split("、|和|及", target.value))
            if self.value.asked is Asked.MEMBERS and members < 2:
                continue
            sentence = sentence_with(text, target.quote)
            score = self._score_list(members, plain(target.what, target.quote), sentence)
            yield Value(key, target.value, f"{target.what}：{target.value}", sentence, score)

    def _lists(self, key: PointKey) -> Iterator[Value]:
        """The lists (A、B、C) that stand in a point's text; its departments are none."""
        point = self.asking.point(key)
        bracket = department_bracket(point)
        beside = _APART_FROM.search(self.asking.question.text)
        for sentence in (each for each in sentences(point.text) if each != bracket):
            pairs = list(_PAIR.finditer(sentence)) if self.value.number == _TWO else []
            counted = [found for found in pairs if any(word in found.group() for word in self.counted)]
            for found in (*_LIST.finditer(sentence), *counted):
                last = found.group().rsplit("、", 1)[-1]
                members = found.group().count("、") + 1 + len(re.findall("以及|和|及", last))
                clause = clause_around(sentence, *found.span())
                score = _UNCURATED * self._score_list(members, plain(clause), sentence)
                if beside and beside[1] in found.group():
                    score *= _BESIDE
                yield Value(key, found.group(), clause, sentence, score)

    def _score_list(self, members: int, near: str, sentence: str) -> float:
        beside, around = self.evidence.explained(near), self.evidence.explained(plain(sentence))
        if not beside or sum({**around, **beside}.values()) < _LEAST_SHARE * self.evidence.total:
            return 0.0
        score = _NEAR * sum(beside.values()) + _SENTENCE * sum(w for word, w in around.items() if word not in beside)
        if self.counted and not self.counted & beside.keys():
            score *= 0.5
        if any(word in near for word in self.counted):
            score *= _COUNTED_SAID
        if self.nearest:
            score *= _NEAREST_SAID if self.nearest in near else _NEAREST_UNSAID
        if self.value.asked is Asked.MEMBERS and self.value.number:
            score *= 1.3 if members == self.value.number else 0.3
        return score

    def _formulas(self, key: PointKey) -> Iterator[Value]:
        """The formulas that a question gives with blanks: 两个什么什么, 一校一xx, 几加几."""
        asked = self.asking.question.text[max(0, self.value.start - 3) : self.value.end].replace("加", "+")
        asked = re.sub('[“”"]', "", asked)
        for counted in re.findall(EACH_COUNTED, self.asking.question.text):
            pattern = "".join(f"[{CHINESE}双多]" if c == "几" else c for c in counted)
            for sentence in sentences(self.asking.point(key).text):
                found = re.search(pattern, sentence)
                if found:
                    yield Value(key, found.group(), clause_around(sentence, *found.span()), sentence, _FORMULA)
        for piece in _BLANKED.findall(asked):
            pattern = r"\d\+\d" if "+" in piece else rf"{piece}[^,，。;；、”“]{{2,8}}"
            for sentence in sentences(self.asking.point(key).text):
                found = re.search(pattern, sentence)
                if found:
                    clause = clause_around(sentence, *found.span())
                    score = _FORMULA + self.evidence.strength(plain(sentence))
                    yield Value(key, found.group(), clause, sentence, score)
