"""Two years side by side: 竣工项目和去年比呢, 跟2023年比有什么变化, 2022年和2023年新增学位各多少.

The same question is asked of each plan by itself, and both answers are given with their citations. Nothing is reckoned:
多了几个 is answered with both figures as the plans have them. Called by bot.answer.answering before a question's one
year is looked for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.answer import wording
from bot.answer.asking import Trace
from bot.answer.compared_years import CHANGED, YEAR, find_comparison
from bot.answer.focus import Focus
from bot.answer.knowledge import Knowledge, PlanInService
from bot.answer.model import Answer, Outcome
from bot.answer.question import Intent, Question, Role, is_bare
from bot.answer.reading import read_question
from bot.answer.side_by_side import LISTS, Said, side_by_side
from bot.answer.years import answer_years
from bot.search.normalising import normalise

Ask = Callable[[str, Focus | None, Knowledge], tuple[Answer, Focus | None]]
"""bot.answer.answering.answer."""

_WORDS: dict[str, tuple[str, ...]] = {
    Intent.LEAD: ("谁牵头",),
    Intent.DEPARTMENTS: ("有哪些部门",),
    Intent.LOCATE: ("在第几条",),
    Intent.TARGET: ("是多少", "目标是多少"),
}
"""How the last question's intent is asked anew, where the focus has not kept its words."""
_WORK = re.compile(
    r"(?:新增|增加|[多少]|删|取消)(?:了|出)?(?:的)?(?:有)?(?:哪些|什么|啥|哪几[个项条])(?:新)?(?:的)?(?:工作|条目?|内容|任务|要点|项目?)?"
)
"""新增了哪些工作: of the plan as a whole."""
_PLAN = re.compile("要点|整体|总体|全文")


@dataclass(frozen=True, slots=True)
class _Asking:
    """What the question is asked of, and how."""

    focus: Focus | None
    knowledge: Knowledge
    ask: Ask


def answer_comparison(
    text: str, focus: Focus | None, knowledge: Knowledge, ask: Ask, trace: Trace
) -> tuple[Answer, Focus | None] | None:
    """The answer to a normalised and corrected question that compares two years; None for any other question."""
    found = find_comparison(text, focus, knowledge)
    if found is None:
        return None
    in_service = {serving.plan.year: serving for serving in reversed(knowledge.in_service)}
    missing = [name for year, name in zip(found.years, found.named, strict=True) if year not in in_service]
    trace.note(f"比较：{found.named}；不在的：{missing}；问：{found.rest}")
    if missing and (not found.both_named or len(missing) == len(found.years)):
        there = [plan.year for plan in knowledge.plans]
        return Answer(Outcome.DECLINE, wording.no_such_year(wording.in_marks(missing), there)), focus
    sides = [in_service[year] for year in found.years if year in in_service]
    questions = list(_questions(found.rest, focus, sides[0], knowledge))
    if len(sides) == 2 and _of_the_whole(text, found.rest, questions, sides[0]):
        return answer_years(*sides), focus
    if any(find_comparison(question, None, knowledge) for question in questions):
        return None  # what remains compares again: it would be asked without end
    asking = _Asking(focus, knowledge, ask)
    question = _best_wording(questions, sides[0], asking)
    if question is None:
        return Answer(Outcome.DECLINE, wording.COMPARE_WHAT), focus
    return side_by_side([_ask_one(question, side, asking) for side in sides], missing, focus)


def _questions(rest: str, focus: Focus | None, side: PlanInService, knowledge: Knowledge) -> Iterator[str]:
    """The question by itself, in one wording or several; none where neither it nor the focus names a subject."""
    read = read_question(rest, side.names)
    if _is_whole(read):
        before = focus.intent.partition(":")[0] if focus else ""
        words = _WORDS.get(before, ()) if read.intent is None and not read.departments else ()
        yield f"{rest}{words[0] if words else ''}"
        return
    if focus is None:
        return
    intent, _, role = focus.intent.partition(":")
    if focus.departments and intent in LISTS:
        yield f"{wording.in_marks(focus.departments)}{_duties(intent, role)}"
        return
    subject = _subject(focus, side)
    kept = (focus.asked,) if focus.asked and intent == Intent.TARGET else _WORDS.get(intent, ("讲什么",))
    if not subject and _GOAL.search(focus.asked):
        kept = ("讲什么",)  # 目标呢, of a point: all that it states
    words = (rest,) if read.intent is not None else kept
    point = knowledge.point(focus.points[0]) if focus.points else None
    subjects = [text for text in (subject, re.sub(YEAR, "", point.title) if point else "") if text]
    yield from (f"{text}{word}" for word in words for text in subjects)


def _of_the_whole(text: str, rest: str, questions: Sequence[str], side: PlanInService) -> bool:
    """Whether two plans are compared as such: 和去年比有什么变化 out of the blue, 今年要点比去年新增了哪些工作."""
    read = read_question(_WORK.sub("", rest), side.names)
    if not is_bare(read) or read.departments or read.unknown_departments or read.items or read.section is not None:
        return False
    if _WORK.search(text) or (_PLAN.search(text) and re.search(CHANGED, text)):
        return True
    return not questions and re.search(CHANGED, text) is not None


def _is_whole(read: Question) -> bool:
    """Whether a question names what it is about."""
    named = read.departments or read.unknown_departments or read.items or read.section is not None
    return bool(named) or read.intent in (Intent.NOTICE, Intent.COUNT) or not is_bare(read)


def _duties(intent: str, role: str) -> str:
    """牵头哪几项, 参与几条: the list or the count of the question before."""
    roles: dict[str, str] = {Role.LEAD: "牵头", Role.PARTNER: "配合"}
    return roles.get(role, "参与") + ("几条" if intent == Intent.COUNT else "哪几项")


_GOAL = re.compile("目标|指标|标准|要求")


def _subject(focus: Focus, side: PlanInService) -> str:
    """What the last question was about, in its own words; empty where it named no subject."""
    said = re.sub(YEAR, "", focus.text).strip()
    return "" if is_bare(read_question(said, side.names)) else said


def _ask_one(question: str, side: PlanInService, asking: _Asking) -> Said:
    """The question asked of one plan as if there were no other."""
    given, left = asking.ask(question, None, Knowledge((side,), asking.knowledge.lexicon))
    return Said(side.plan.year, given, left, _share(question, side, given, left))


def _share(question: str, side: PlanInService, given: Answer, left: Focus | None) -> float:
    """How much of the question is explained by the point cited first; for a value by its sentence and the title."""
    point = side.index.by_key.get(given.citations[0].key) if given.citations else None
    if point is None:
        return 0.0
    evidence = side.index.match(read_question(question, side.names).subject).evidence
    of_a_value = left is not None and left.intent.startswith(Intent.TARGET)
    text = f"{point.title} {''.join(given.citations[0].highlights)}" if of_a_value else point.text
    return evidence.strength(normalise(text)) / (evidence.total or 1.0)


def _best_wording(questions: Sequence[str], side: PlanInService, asking: _Asking) -> str | None:
    """The first wording that the point in focus answers to; None where none does, or there is no question."""
    point = asking.focus.points[0] if asking.focus and asking.focus.points else None
    if len(questions) < 2 or point is None or point.plan != side.plan.id:
        return questions[0] if questions else None
    for question in questions:
        citations = _ask_one(question, side, asking).answer.citations
        if citations and citations[0].key == point:
            return question
    return None
