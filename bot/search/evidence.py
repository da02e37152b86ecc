"""How well any piece of text answers to a question's words: used to choose sentences, clauses and figures."""

from collections.abc import Callable, Set
from dataclasses import dataclass, field

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
    topics: tuple[TopicHit, ...] = ()
    """The topics touched, best first."""
    named: Callable[[str], Set[int]] = field(default=lambda text: frozenset(), repr=False, compare=False)
    """The topics of which a normalised text has a term."""

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
        if self.topics:
            named = self.named(text)
            for hit in self.topics:
                if hit.topic in named:
                    for word, strength in hit.evidence.items():
                        found[word] = max(found.get(word, 0.0), strength)
        return found

    def strength(self, text: str) -> float:
        """The sum of what `explained` finds."""
        return sum(self.explained(text).values())
