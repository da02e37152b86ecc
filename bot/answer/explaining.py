"""How a question was read and what decided its answer: `python -m bot ask --explain`."""

from bot.answer.answering import answer
from bot.answer.asking import Trace
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge, PlanInService
from bot.answer.reading import read_question
from bot.search.index import Candidate, Match
from bot.search.normalising import normalise, strip_mentions

_CANDIDATES = 5
_WORDS = 8


def explain(question: str, focus: Focus | None, knowledge: Knowledge) -> str:
    """The steps from words to answer in Chinese, one a line: as read, corrected, candidates with scores, the rule."""
    trace = Trace()
    given, after = answer(question, focus, knowledge, trace)
    serving = knowledge.in_service[0]
    if after and after.points:
        serving = knowledge.serving(after.points[0].plan) or serving
    text, _ = serving.speller.correct(normalise(strip_mentions(question)))
    read = read_question(text, serving.names, [plan.year for plan in knowledge.plans])
    lines = [f"问题：{question}", *trace.steps]
    lines.append(f"所问：意图 {read.intent}，科室 {read.departments}，数值 {read.asked and read.asked.asked}")
    lines += _contributions(serving, read.subject)
    lines.append(f"结果：{given.outcome}{f'({given.verdict})' if given.verdict else ''} {given.direct}")
    lines += [f"出处：{source}" for source in given.sources]
    if after:
        lines.append(f"记住的话题：{[tuple(key) for key in after.points]} {after.intent}")
    return "\n".join(lines)


def _contributions(serving: PlanInService, subject: str) -> list[str]:
    """For each of the first candidates: its score, and the words that spoke for it."""
    match = serving.index.match(subject)
    return [
        f"{candidate.key.section}-{candidate.key.point} {candidate.point.title[:20]} 得分 {candidate.score:.2f}："
        + "、".join(f"{word} {weight:.1f}" for word, weight in _telling_words(match, candidate))
        for candidate in serving.index.candidates(match, most=_CANDIDATES)
        if candidate.score > 0
    ]


def _telling_words(match: Match, candidate: Candidate) -> list[tuple[str, float]]:
    explained = match.evidence.explained(normalise(candidate.point.text))
    return sorted(explained.items(), key=lambda item: -item[1])[:_WORDS]
