"""How well any piece of text answers to a question's words: used to choose sentences, clauses and figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.search.topics import TopicHit

_SYNONYM = 0.8


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question: how telling it is, and the field's words that mean the same."""

    word: str
    weight: float
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A question's words, and the topics behind them."""

    terms: tuple[Term, ...]
    topics: tuple[tuple[TopicHit, tuple[str, ...]], ...] = ()
    """The topics touched, each with its terms, normalised."""

    @property
    def total(self) -> float:
        """What the whole question weighs."""
        return sum(self.weights().values())

    def weights(self) -> dict[str, float]:
        """Every word that counts, with its weight."""
        return {term.word: term.weight for term in self.terms}

    def explained(self, text: str) -> dict[str, float]:
        """The words that a normalised text answers to, each with how much: itself, a synonym, or through a topic."""
        found: dict[str, float] = {}
        for term in self.terms:
            if term.word in text:
                found[term.word] = term.weight
            elif any(other in text for other in term.synonyms):
                found[term.word] = _SYNONYM * term.weight
        for hit, names in self.topics:
            if any(name in text for name in names):
                for word, strength in hit.evidence.items():
                    found[word] = max(found.get(word, 0.0), strength)
        return found

    def strength(self, text: str) -> float:
        """The sum of what `explained` finds."""
        return sum(self.explained(text).values())


def make_evidence(
    terms: Sequence[Term], hits: Sequence[TopicHit], names: Mapping[int, tuple[str, ...]], most: int = 40
) -> Evidence:
    """Evidence from a question's words and the topics found (`names`: a topic's terms, normalised)."""
    return Evidence(tuple(terms), tuple((hit, names[hit.topic]) for hit in hits[:most]))
