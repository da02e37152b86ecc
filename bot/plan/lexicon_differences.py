"""Which words came into the lexicon and went out of it; called by bot.plan.differences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.plan.lexicon import Lexicon, Topic


@dataclass(frozen=True, slots=True)
class WordsChange:
    """Words that came into a set and went out of it."""

    what: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


def compare_lexicons(old: Lexicon, new: Lexicon) -> tuple[WordsChange, ...]:
    """Topics, their terms and phrases, short names and synonyms that came and went."""
    kinds = (
        ("话题", _names(old.topics, new.topics), _names(new.topics, old.topics)),
        ("话题的用语", _terms(old.topics, old.topics), _terms(new.topics, old.topics)),
        ("话题的问法", _phrases(old.topics, old.topics), _phrases(new.topics, old.topics)),
        ("科室简称", _short_names(old), _short_names(new)),
        ("同义词", ["＝".join(group) for group in old.synonyms], ["＝".join(group) for group in new.synonyms]),
        ("别处的科室", old.other_departments, new.other_departments),
    )
    changes = (words_change(what, before, after) for what, before, after in kinds)
    return tuple(change for change in changes if change)


def words_change(what: str, old: Iterable[str], new: Iterable[str]) -> WordsChange | None:
    """The difference of two sets of words, in their order; None where there is none."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    added = tuple(word for word in after if word not in before)
    removed = tuple(word for word in before if word not in after)
    return WordsChange(what, added, removed) if added or removed else None


def _names(topics: Sequence[Topic], others: Sequence[Topic]) -> list[str]:
    """The topics that share no term with any of the others, by their first terms."""
    terms = {term for topic in others for term in topic.terms}
    return [topic.terms[0] for topic in topics if topic.terms and not terms & set(topic.terms)]


def _terms(topics: Sequence[Topic], known: Sequence[Topic]) -> list[str]:
    """Each term with the topic that it belongs to."""
    return [f"{name}：{word}" for name, topic in _named(topics, known) for word in topic.terms]


def _phrases(topics: Sequence[Topic], known: Sequence[Topic]) -> list[str]:
    """Each way of asking with the topic that it belongs to."""
    return [f"{name}：{word}" for name, topic in _named(topics, known) for word in topic.asked]


def _named(topics: Sequence[Topic], known: Sequence[Topic]) -> Iterator[tuple[str, Topic]]:
    """Topics by the first term of the known topic that they share a term with, so that a new first term is little."""
    names: dict[str, str] = {}
    for topic in known:
        for term in topic.terms:
            names.setdefault(term, topic.terms[0])
    for topic in topics:
        if topic.terms:
            yield next((names[term] for term in topic.terms if term in names), topic.terms[0]), topic


def _short_names(lexicon: Lexicon) -> list[str]:
    return [f"{name}：{word}" for name, words in lexicon.departments.items() for word in words]
