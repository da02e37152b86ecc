"""What the field's words mean, whatever the plan: made by bot.plan.reading from lexicon.yaml, used by bot.search."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of the field: the terms that notices use, and the ways that people ask about it."""

    terms: tuple[str, ...]
    """A sentence of a plan takes part in the topic when it has one of these, verbatim."""
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The field's words, which serve every plan."""

    departments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Full name of a department -> its short names."""
    other_departments: tuple[str, ...] = ()
    """Names of departments that bureaus have: one that a plan does not list is recognised and declined."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words that mean the same in this field."""
    topics: tuple[Topic, ...] = ()
