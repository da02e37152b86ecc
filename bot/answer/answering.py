"""A question in, an answer out: reads it, resolves it against the conversation, and asks the rule of its intent.

Called by bot.chat for every message and by the command line. Pure: the same question, focus and knowledge give the same
answer.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answer import duties, facts, numbered, smalltalk, wording
from bot.answer.asking import Asking, Trace, cite, decline, reply
from bot.answer.comparing import answer_comparison
from bot.answer.cues import Cue
from bot.answer.focus import Focus
from bot.answer.followup import listed, resolve, write_intent
from bot.answer.from_the_end import from_the_start
from bot.answer.knowledge import Knowledge, PlanInService
from bot.answer.model import Answer, Outcome
from bot.answer.question import Intent, Role, is_bare
from bot.answer.ranking import answer_ranking
from bot.answer.reading import read_question
from bot.answer.repair import meant_number, repair, substituted, which_for_that
from bot.answer.times_and_places import asked_years, other_place, other_year, relative_years
from bot.plan.model import Point, PointKey
from bot.search.normalising import normalise, strip_mentions

LONGEST_QUESTION = 1500
"""Characters; a longer message is no question."""


def answer(
    question: str, focus: Focus | None, knowledge: Knowledge, trace: Trace | None = None
) -> tuple[Answer, Focus | None]:
    """Answer one message of a conversation; returns the answer and the focus for the next message.

    `focus` is what the last call returned for this person in this chat (None: a new conversation). A message that
    leaves the subject alone (thanks, a decline) leaves the focus as it was.
    """
    trace = trace or Trace()
    if len(question) > LONGEST_QUESTION:
        return Answer(Outcome.DECLINE, wording.TOO_LONG), focus
    text = normalise(strip_mentions(question))
    trace.note(f"规范化：{text}")
    talk = smalltalk.small_talk(text)
    if talk:
        return Answer(Outcome.CHAT, talk), focus
    if smalltalk.asks_nothing(text):
        return Answer(Outcome.DECLINE, wording.NOTHING_ASKED), focus
    if smalltalk.is_order(text):
        return Answer(Outcome.DECLINE, wording.ONLY_THE_PLAN), focus
    serving = _serving(text, focus, knowledge)
    corrected, corrections = serving.speller.correct(text)
    corrected = meant_number(which_for_that(corrected))
    repaired = repair(corrected, focus is not None)
    corrected = substituted(corrected, repaired, focus.text) if focus else repaired
    if not (focus and listed(focus)):
        corrected = from_the_start(corrected, serving.plan)
    trace.note(f"纠正：{corrected}")
    talk = smalltalk.small_talk(corrected)
    if talk:
        return Answer(Outcome.CHAT, talk), focus
    if smalltalk.is_order(corrected):
        return Answer(Outcome.DECLINE, wording.ONLY_THE_PLAN), focus
    compared = answer_comparison(corrected, focus, knowledge, answer, trace)
    if compared:
        return compared
    missing = other_year(corrected, knowledge.plans)
    if missing and missing not in serving.text:
        return _no_such_year(missing, knowledge), focus
    place = other_place(text, serving.text) or other_place(corrected, serving.text)
    if place:
        return Answer(Outcome.DECLINE, wording.other_place(place, serving.plan)), focus
    read = read_question(corrected, serving.names, [plan.year for plan in knowledge.plans], serving.index.chatter)
    resolved = resolve(read, focus, serving.plan.id)
    trace.question = resolved.question
    trace.note(f"意图：{read.intent}（规则 {read.rule}）→ {resolved.question.intent}；{resolved.rule or '不接上文'}")
    trace.note(f"主题：{resolved.question.subject}")
    notes = (wording.read_as([(c.typed, c.meant) for c in corrections]),) if corrections else ()
    if len(knowledge.plans) > 1:
        notes = (*notes, wording.of_year(serving.plan.year))
    within = tuple(key for key in resolved.within if key.plan == serving.plan.id)
    asking = Asking(resolved.question, knowledge, serving, focus, within, notes, trace)
    given = _noted(asking, _dispatch(asking))
    if missing and not _says(given, missing):
        return _no_such_year(missing, knowledge), focus
    return _finish(asking, given)


def _no_such_year(year: str, knowledge: Knowledge) -> Answer:
    return Answer(Outcome.DECLINE, wording.no_such_year(year, [plan.year for plan in knowledge.plans]))


def _says(given: Answer, year: str) -> bool:
    """Whether the sentences that answer name the year themselves: 比2022年下降1.2个百分点."""
    marked = given.citations[0].highlights if given.citations else ()
    return any(year in normalise(sentence) for sentence in marked)


def answer_point(key: PointKey, knowledge: Knowledge) -> tuple[Answer, Focus | None]:
    """What a numbered point says, for buttons; declines for a key that no plan in service has."""
    serving = knowledge.serving(key.plan)
    if serving is None or key not in serving.index.by_key:
        return Answer(Outcome.DECLINE, wording.NO_LONGER_THERE), None
    point = serving.index.by_key[key]
    question = read_question("原文", serving.names)
    asking = Asking(question, knowledge, serving, None)
    return reply(asking, wording.point_line(serving.plan, key, point), [cite(asking, key)]), Focus((key,), Intent.ITEM)


def answer_departments(knowledge: Knowledge) -> Answer:
    """Every department of the newest plan, with how many points it leads and takes part in."""
    plan = knowledge.newest
    lines = [f"《{plan.title}》列名的科室和单位："]
    for name in plan.departments:
        led = len(duties.points_of(plan, (name,), Role.LEAD))
        listed = len(duties.points_of(plan, (name,), Role.ANY))
        lines.append(f"{name}：牵头{led}条，列名共{listed}条")
    if not plan.departments:
        lines.append(wording.NO_DEPARTMENTS)
    return Answer(Outcome.ANSWER, "\n".join(lines))


def _serving(text: str, focus: Focus | None, knowledge: Knowledge) -> PlanInService:
    """The plan of the year that the question names, else the one in focus, else the newest."""
    years = asked_years(text) or relative_years(text, knowledge.plans)
    for serving in knowledge.in_service:
        if serving.plan.year in years:
            return serving
    if focus and focus.points and not years:
        in_focus = knowledge.serving(focus.points[0].plan)
        if in_focus and "今年" not in text:
            return in_focus
    return knowledge.in_service[0]


def _noted(asking: Asking, given: Answer) -> Answer:
    """With a note where the first paragraph has none of the question's telling words: it answers by another word."""
    by_search = asking.question.intent in _BY_SEARCH and not asking.question.items and not asking.within
    if given.outcome is not Outcome.ANSWER or not by_search or not given.citations or not given.citations[0].key.point:
        return given
    plain = normalise(given.citations[0].paragraph)
    terms = [term for term in asking.match.evidence.terms if len(term.word) > 1]
    said = sum(term.weight for term in terms if term.word in plain or any(s in plain for s in term.synonyms))
    if not terms or said >= _SAID_AT_ALL * sum(term.weight for term in terms):
        return given
    telling = max(terms, key=lambda term: (term.weight, len(term.word)))
    return replace(given, notes=(*given.notes, wording.not_word_for_word([telling.word])))


_BY_SEARCH = frozenset((Intent.LEAD, Intent.DEPARTMENTS, Intent.CONTENT))
_SAID_AT_ALL = 0.1


def _finish(asking: Asking, given: Answer) -> tuple[Answer, Focus | None]:
    """The answer, and the focus that it leaves."""
    question = asking.question
    if given.outcome is Outcome.DECLINE and given.about is not None:
        led_by = asking.plan.leads_of(asking.point(given.about))
        return given, Focus((given.about,), write_intent(question), question.departments, led_by, question.subject)
    if given.outcome is Outcome.DECLINE and question.departments and is_bare(question):
        kept = asking.focus.points if asking.focus else ()
        listing = replace(question, intent=Intent.DEPARTMENT_ITEMS)
        return given, Focus(kept, write_intent(listing), question.departments, question.departments)
    if given.outcome in (Outcome.DECLINE, Outcome.CHAT):
        return given, asking.focus
    keys = tuple(citation.key for citation in given.citations if citation.key.point)
    kept = keys or (asking.focus.points if asking.focus else ())
    first = asking.serving.index.by_key.get(kept[0]) if kept else None
    led_by = _named_by_the_reply(asking, first) if first else ()
    asked = question.text[question.asked.start : question.asked.end] if question.asked else ""
    return given, Focus(kept, write_intent(question), question.departments, led_by, question.subject, asked)


def _named_by_the_reply(asking: Asking, point: Point) -> tuple[str, ...]:
    """The department that 这个科室 means next: the one that leads, or the partner where partners were asked for."""
    leads = asking.plan.leads_of(point)
    partners = tuple(name for name in point.departments if name not in leads)
    return partners if Cue.PARTNERS in asking.question.cues and len(partners) == 1 else leads


_RULES: dict[Intent, Callable[[Asking], Answer]] = {
    Intent.NOTICE: numbered.answer_notice,
    Intent.COUNT: numbered.answer_count,
    Intent.DEPARTMENT_ITEMS: duties.list_duties,
    Intent.ITEM: numbered.answer_items,
    Intent.SECTION: numbered.answer_section,
    Intent.STEP: numbered.answer_step,
    Intent.RANKING: answer_ranking,
    Intent.LEAD: facts.answer_lead,
    Intent.DEPARTMENTS: facts.answer_departments,
    Intent.TARGET: facts.answer_target,
    Intent.LOCATE: facts.answer_locate,
    Intent.CONTENT: facts.answer_content,
}


_OF_DEPARTMENTS = frozenset((Intent.DEPARTMENT_ITEMS, Intent.COUNT))


def _dispatch(asking: Asking) -> Answer:
    """The answer of the intent's rule; a department that the plan does not list is declined before."""
    question = asking.question
    if question.intent in _OF_DEPARTMENTS and question.unknown_departments and not question.departments:
        asking.trace.note("问的科室不在要点里：不答")
        return decline(asking, wording.no_such_department(question.unknown_departments, asking.plan.departments))
    return _RULES[question.intent or Intent.CONTENT](asking)
