"""Values as sentences state them: whose part they are, what presents them, how they are said; used by values.py."""

from collections.abc import Sequence

from bot.answer.asking import Asking
from bot.answer.figures import Figure, FigureKind
from bot.plan.model import Target
from bot.search.evidence import Evidence
from bot.search.index import sentences
from bot.search.normalising import normalise


def is_asked_part(figure: Figure, kinds: set[str], sums: set[str], beside: Sequence[Figure]) -> bool:
    """Whether a value is of the part and of the sum that the question names: 竣工的初中 is no 初中 of the 续建."""
    if figure.kind is not FigureKind.COUNT:
        return True
    if kinds and figure.head not in kinds:
        return False
    is_sum = any(other.scope and other.scope == figure.head for other in beside)
    return not (figure.scope or is_sum) or all(word in figure.scope + figure.head for word in sums)


def is_the_plans_year(asking: Asking, figure: Figure) -> bool:
    """2023年 in a plan for 2023 says nothing of when."""
    return figure.kind is FigureKind.DATE and figure.text == f"{asking.plan.year}年"


def unasked_share(evidence: Evidence, head: str) -> float:
    """How much of the words beside a value the question does not mention, from 0 to 1."""
    words = plain(head)
    if not words:
        return 0.0
    covered: set[int] = set()
    for word in evidence.explained(words):
        start = words.find(word)
        if start >= 0:
            covered.update(range(start, start + len(word)))
    return 1 - len(covered) / len(words)


def curated_target(targets: Sequence[Target], sentence: str, figure: Figure) -> Target | None:
    """The curated target that states this very figure."""
    for target in targets:
        start = sentence.find(target.quote)
        if start < 0:
            continue
        first = start + target.quote.find(target.value)
        last = first + len(target.value)
        if first < figure.end and figure.start < last and (target.value in figure.text or figure.text in target.value):
            return target
    return None


def clause_around(sentence: str, start: int, end: int) -> str:
    """The clause of a sentence that holds the characters from `start` to `end`."""
    left = max(sentence.rfind(c, 0, start) for c in ",，。;；:：") + 1
    right = min((p for c in ",，。;；" if (p := sentence.find(c, end)) >= 0), default=len(sentence))
    return sentence[left:right].strip()


def sentence_with(text: str, quote: str) -> str:
    """The sentence of a text that holds the quote; the quote itself where none does."""
    return next((sentence for sentence in sentences(text) if quote in sentence), quote)


def say(figure: Figure, target: Target | None, sentence: str) -> str:
    """The value in its own words, verbatim where the sentence gives them side by side."""
    before = sentence[: figure.start].rstrip()
    adjoining = bool(figure.head) and before.endswith(figure.head)
    if target:
        stated = target.value if figure.text in target.value else figure.text
        joined = adjoining and target.what.endswith(figure.head[-2:])
        return f"{target.what}{'' if joined else '：'}{stated}"
    if figure.scope:
        return f"{figure.scope}{figure.whole}，其中{figure.head}{figure.text}"
    return figure.clause


def plain(*texts: str) -> str:
    """Texts as search sees them."""
    return normalise(" ".join(texts))
