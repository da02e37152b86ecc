"""How a question was read and what decided its answer: `python -m bot ask --explain`."""

from bot.answer.answering import answer
from bot.answer.asking import Trace
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge, PlanInService

_CANDIDATES = 5
_TOPICS = 3
_SHOWN = 200


def explain(question: str, focus: Focus | None, knowledge: Knowledge) -> str:
    """The steps from words to answer in Chinese, one a line: as read, corrected, candidates with scores, the rule."""
    trace = Trace()
    given, after = answer(question, focus, knowledge, trace)
    serving = knowledge.in_service[0]
    if after and after.points:
        serving = knowledge.serving(after.points[0].plan) or serving
    lines = [f"问题：{question[:_SHOWN]}", *trace.steps]
    read = trace.question
    if read:
        lines.append(f"所问：意图 {read.intent}，科室 {read.departments}，数值 {read.asked and read.asked.asked}")
        lines += _contributions(serving, read.subject)
    lines.append(f"结果：{given.outcome}{f'（{given.verdict}）' if given.verdict else ''} {given.direct}")
    lines += [f"出处：{source}" for source in given.sources]
    if after:
        lines.append(f"记住的话题：{[tuple(key) for key in after.points]} {after.intent}")
    return "\n".join(lines)


def _contributions(serving: PlanInService, subject: str) -> list[str]:
    """For each of the first candidates: what its score is the sum of, and what each word contributed."""
    index, match = serving.index, serving.index.match(subject)
    lines = []
    for candidate in index.candidates(match, most=_CANDIDATES):
        place = index.place_of[candidate.key]
        parts = " + ".join(f"{name} {scores[place]:.1f}" for name, scores in match.parts.items())
        words = {word: index.word_score(word, candidate.key) for word in match.words}
        said = "、".join(f"{word} {score:.1f}" for word, score in words.items() if score > 0)
        linked = [hit for hit in match.topics if index.is_linked(hit.topic, candidate.key)][:_TOPICS]
        topics = "、".join(f"“{hit.phrase}”→{index.topic_name(hit.topic)} {hit.score:.1f}" for hit in linked)
        name = f"{candidate.key.section}-{candidate.key.point} {candidate.point.title[:20]}"
        lines.append(f"{name} 得分 {candidate.score:.2f} = {parts}；用词：{said or '无'}；话题：{topics or '无'}")
    return lines
