"""Which point a question is about, or that the plan does not say."""

import re
from dataclasses import dataclass, replace

from bot.answer import wording
from bot.answer.asking import Asking, decline
from bot.answer.cues import Cue
from bot.answer.model import CHOICES_LIMIT, Answer
from bot.answer.question import is_bare
from bot.plan.model import PointKey
from bot.search.index import Candidate
from bot.search.normalising import normalise
from bot.search.topics import TopicHit

LEAST_SCORE = 2.2
"""A point scoring less is no candidate: only common words touch it."""
LEAST_SHARE = 0.13
"""Of a short question's weight, the share that a point must explain."""
WEAK_SHARE, WEAK_SCORE = 0.2, 5.0
"""Explaining so little, a point must score so much."""
SHORT_FOLLOW_UP = 12
"""Characters up to which a question that finds nothing is asked of the point in focus (盯的是哪六样)."""
LEAST_ABSENT = 4.0
"""How telling a topic that the plan lacks must be to decide."""
ABSENT_MARGIN = 1.3
"""How much more telling it must be than the topics behind the best point."""
MOSTLY_SAID = 0.35
"""A point whose own words are so much of what speaks for the topic is about it, by another name."""
CLOSE_CALL = 0.96
"""From this share of the best score on, a second point is as likely to be meant: both are offered."""
LONG_QUESTION = 60
"""Characters from which a question tells a story, of which a point explains only a part."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The points that a question may be about, best first; none where the plan does not say."""

    candidates: tuple[Candidate, ...]
    absent: str | None = None
    """The term of the field that the question is about and that the plan does not have."""

    @property
    def close(self) -> tuple[PointKey, ...]:
        """The points that score nearly as well as the best, at most CHOICES_LIMIT; empty for a clear one.

        A point that the conversation put first, before one with a better score, is clear.
        """
        top = self.candidates[0].score if self.candidates else 0.0
        close = [c.key for c in self.candidates if CLOSE_CALL * top <= c.score <= top]
        return tuple(close[:CHOICES_LIMIT]) if len(close) > 1 else ()

    @property
    def best(self) -> PointKey | None:
        """The point that the question is about."""
        return self.candidates[0].key if self.candidates else None


def search_points(asking: Asking) -> Finding:
    """Rank the plan's points for the question's subject; decline where they explain too little of it."""
    index, match = asking.serving.index, asking.match
    candidates = index.candidates(match, most=8)
    if asking.within:
        inside = [c for c in index.candidates(match, most=len(index.keys)) if c.key in asking.within]
        asking.trace.note(f"只在上文的条目里找：{[tuple(c.key) for c in inside]}")
        return Finding(tuple(inside))
    if not candidates or candidates[0].score < LEAST_SCORE * index.scale:
        in_focus = _focus_explains(asking, {})
        if in_focus:
            return Finding((in_focus,))
        asking.trace.note("没有条目达到最低分：不答")
        return Finding(())
    best = candidates[0]
    explained = match.evidence.explained(normalise(best.point.text))
    in_focus = _focus_explains(asking, explained)
    if in_focus:
        asking.trace.note("上文那条也说得通：留在上文")
        return Finding((in_focus, *(c for c in candidates if c.key != in_focus.key)))
    absent = _absent_topic(asking, best)
    if absent:
        asking.trace.note(f"问的是要点没有的“{absent}”：不答")
        return Finding((), absent)
    share = sum(explained.values()) / (match.evidence.total or 1.0)
    weak = share < LEAST_SHARE or (share < WEAK_SHARE and best.score < WEAK_SCORE * index.scale)
    if weak and len(asking.question.text) < LONG_QUESTION:
        asking.trace.note(f"只解释了问题的 {share:.0%}：不答")
        return Finding(())
    return Finding(tuple(candidates))


_A_TITLE = 4
"""Characters from which a piece of a point's title names that point."""
FOCUS_SCORE = 0.4
"""Of the best point's score, the share that the point in focus must have for a follow-up to stay there."""
FOCUS_SHARE = 0.6
"""How much of what the best point explains the point in focus must explain for a follow-up to stay there."""


def _focus_explains(asking: Asking, explained: dict[str, float]) -> Candidate | None:
    """The point in focus, where it explains a short question nearly as well as the best point."""
    taken_back = Cue.CORRECTION in asking.question.cues
    if not asking.focus or not asking.focus.points or len(asking.question.text) >= LONG_QUESTION or taken_back:
        return None
    index, evidence = asking.serving.index, asking.match.evidence
    point = index.by_key.get(asking.focus.points[0])
    if point is None:
        return None
    here = evidence.strength(normalise(point.text))
    ranked = index.candidates(asking.match, most=len(index.keys))
    in_focus = next(c for c in ranked if c.key == asking.focus.points[0])
    if len(asking.question.text) <= SHORT_FOLLOW_UP and here > 0 and all(len(t.word) == 1 for t in evidence.terms):
        return in_focus  # 评的是哪几级: lone characters name no other matter
    if ranked[0].score > LEAST_SCORE * index.scale and in_focus.score < FOCUS_SCORE * ranked[0].score:
        return None
    subject = normalise(asking.question.subject).strip(" ,?")
    if (
        len(subject) >= _A_TITLE
        and subject in normalise(ranked[0].point.title)
        and subject not in normalise(point.title)
    ):
        return None  # 那课后延时服务呢: another point is named after it
    if here < FOCUS_SHARE * sum(explained.values()) or here < LEAST_SHARE * (evidence.total or 1.0) or here <= 0:
        return None
    return in_focus


def _absent_topic(asking: Asking, best: Candidate) -> str | None:
    """The topic that the question is about where the plan has none of its terms.

    It must be clearly more telling than every topic behind the best point, and the point's own words must not already
    say what is asked.
    """
    index, match = asking.serving.index, asking.match
    if not asking.plan.departments:
        return None  # no work plan: the field's topics say nothing of what it may have
    absent = next((hit for hit in match.topics if not index.covers(hit.topic)), None)
    if absent is None or absent.score < LEAST_ABSENT or _only_told(asking.question.text, absent):
        return None
    text = normalise(best.point.text)
    said = sum(weight for word, weight in absent.evidence.items() if word in text)
    if said >= MOSTLY_SAID * sum(absent.evidence.values()):
        return None
    covered = (hit for hit in match.topics if index.covers(hit.topic))
    behind = max((hit.score for hit in covered if index.is_linked(hit.topic, best.key)), default=0.0)
    if absent.score <= ABSENT_MARGIN * behind:
        return None
    names = (_as_asked(asking.question.text, absent), index.topic_name(absent.topic))
    return next((name for name in names if name and name not in asking.serving.text), None)


def _only_told(text: str, hit: TopicHit) -> bool:
    """Whether a long message names a topic in the story only, not where it asks, in its last sentence."""
    asking = re.split("[。?!;]", text.rstrip("。?!; "))[-1]
    return len(text) >= LONG_QUESTION and not any(
        word in asking for word, weight in hit.evidence.items() if weight >= 1
    )


_LONGEST_NAME = 10


def _as_asked(text: str, absent: TopicHit) -> str | None:
    """The asker's own words for a topic: from its first to its last word, where they stand together."""
    words = [word for word, weight in absent.evidence.items() if weight >= 1 and word in text]
    if not words:
        return None
    start = min(text.index(word) for word in words)
    end = max(text.index(word) + len(word) for word in words)
    return text[start:end] if 1 < end - start <= _LONGEST_NAME else max(words, key=len)


def numbered(asking: Asking, number: int) -> list[PointKey]:
    """The points of a number; in a named section without it, the one in that place (第三部分第2条)."""
    section = asking.question.section
    inside = [key for key in asking.serving.index.keys if section is None or key.section == section]
    found = [key for key in inside if key.point == number]
    if not found and section is not None and 1 <= number <= len(inside):
        return [inside[number - 1]]
    return found


def find_points(asking: Asking) -> Finding:
    """The points asked about: numbered ones, those in focus, or the ones that search finds."""
    question = asking.question
    keys = [key for number in question.items for key in numbered(asking, number)]
    if question.step and asking.focus and asking.focus.points:
        stepped = asking.knowledge.neighbour(asking.focus.points[0], question.step)
        keys = [stepped] if stepped and stepped.plan == asking.plan.id else keys
    if keys:
        ranked = asking.serving.index.candidates(asking.match, most=len(asking.serving.index.keys))
        return Finding(tuple(c for key in keys for c in ranked if c.key == key))
    if not asking.within and is_bare(question):
        return Finding(())
    found = search_points(asking)
    if question.section is not None and found.candidates:
        inside = tuple(c for c in found.candidates if c.key.section == question.section)
        return replace(found, candidates=inside or found.candidates)
    if (
        not found.candidates
        and (question.asked or (question.check and question.claims))
        and asking.focus
        and len(question.text) <= SHORT_FOLLOW_UP
    ):
        here = [c for c in asking.serving.index.candidates(asking.match, most=1000) if c.key in asking.focus.points[:1]]
        return Finding(tuple(here))
    return found


def not_in_plan(asking: Asking, finding: Finding) -> Answer:
    if not asking.within and is_bare(asking.question):
        return decline(asking, wording.NOT_CLEAR_WHAT)
    if finding.absent:
        return decline(asking, wording.not_mentioned(finding.absent))
    near = asking.serving.index.candidates(asking.match, most=2)
    return decline(
        asking, wording.not_in_plan([wording.point_line(asking.plan, c.key, c.point) for c in near if c.score > 1])
    )
