"""Answers about a point that search finds: who leads, who takes part, what the value is, what the text says."""

import re

from bot.answer import checking, duties, wording
from bot.answer.asked import Asked, AskedValue, find_alternatives, fits
from bot.answer.asking import Asking, cite, decline, department_sentence, offer, reply
from bot.answer.cues import Cue
from bot.answer.figures import find_figures
from bot.answer.finding import Finding, find_points, not_in_plan
from bot.answer.mentions import answer_mentions
from bot.answer.model import CHOICES_LIMIT, DIRECT_LIMIT, Answer
from bot.answer.numbered import answer_items
from bot.answer.numerals import to_chinese
from bot.answer.passages import best_sentences, shorten
from bot.answer.preamble import answer_from_preamble, asks_for_preamble
from bot.answer.question import is_bare
from bot.answer.values import EACH, Value, find_value
from bot.plan.model import PointKey
from bot.search.index import sentences
from bot.search.normalising import normalise


def _offer(asking: Asking, finding: Finding, ask: str) -> Answer | None:
    """The candidates of a close call, each with the question that its button asks; None for a clear one."""
    items = asking.question.items
    in_focus = asking.focus is not None and finding.best in asking.focus.points
    keys = finding.close
    if items:  # a number that several sections have
        keys = tuple(c.key for c in finding.candidates[:CHOICES_LIMIT]) if len(items) == 1 else ()
    if len(keys) < 2 or (not items and (asking.within or in_focus)):
        return None
    if ask == _WHO and len({asking.point(key).departments for key in keys}) == 1:
        return None  # whichever is meant, the departments are the same
    asking.trace.note(f"{len(keys)}条不相上下：请选")
    return offer(asking, keys, [f"{wording.point_name(asking.plan, key)}{ask}" for key in keys])


_WHO, _WHICH, _WHAT = "谁牵头", "涉及哪些科室", "讲什么"


def answer_lead(asking: Asking) -> Answer:
    finding = find_points(asking)
    key = finding.best
    if key is None:
        if asking.question.departments and is_bare(asking.question) and not asking.within:
            return duties.list_duties(asking)
        return not_in_plan(asking, finding)
    question, point = asking.question, asking.point(key)
    if not asking.plan.departments and Cue.LEAD not in question.cues:
        return answer_content(asking)  # 由谁演唱, of a document that has no departments at all
    if question.check and question.departments:
        return checking.check_role(asking, key)
    if question.unknown_departments and question.check:
        return decline(asking, wording.no_such_department(question.unknown_departments, asking.plan.departments))
    named = question.departments[0] if len(question.departments) == 1 else ""
    if named and named not in asking.plan.leads_of(point):
        return _lead_and_named(asking, key, named)
    if len(question.items) > 1 and len(finding.candidates) > 1:
        return _several(asking, [candidate.key for candidate in finding.candidates])
    return _offer(asking, finding, _WHO) or _lead(asking, key)


def _several(asking: Asking, keys: list[PointKey]) -> Answer:
    """第10、11条谁牵头: each point's departments, who leads first."""
    said = []
    for key in keys:
        point, name = asking.point(key), wording.point_name(asking.plan, key)
        leads = asking.plan.leads_of(point)
        partners = wording.in_marks(d for d in point.departments if d not in leads)
        lead = f"{wording.in_marks(leads)}牵头" if leads else "没有写明牵头"
        said.append(f"{name}{lead}" + (f"，{partners}参与" if partners else ""))
    citations = [cite(asking, key, department_sentence(asking.point(key))) for key in keys]
    return reply(asking, "；".join(said), citations, notes=checking.lead_notes(asking, keys[0]))


def _lead_and_named(asking: Asking, key: PointKey, named: str) -> Answer:
    """德育科是牵头还是配合: who leads, then what the department named does."""
    point = asking.point(key)
    leads = wording.in_marks(asking.plan.leads_of(point))
    part = {"配合": f"{named}配合", "没有列名": f"{named}没有列名"}.get(
        duties.role_of(asking, key, named), f"{named}列名"
    )
    direct = f"{leads}牵头，{part}：{point.title}" if leads else f"{part}：{point.title}"
    return reply(
        asking, direct, [cite(asking, key, department_sentence(point))], notes=checking.lead_notes(asking, key)
    )


def _lead(asking: Asking, key: PointKey) -> Answer:
    point = asking.point(key)
    leads = asking.plan.leads_of(point)
    if not point.departments:
        return decline(asking, f"“{point.title}”{wording.NO_DEPARTMENTS}")
    citation = cite(asking, key, department_sentence(point))
    if not leads:
        return reply(
            asking, f"责任单位：{wording.in_marks(point.departments)}", [citation], notes=(wording.LEAD_NOT_SAID,)
        )
    asking.trace.note(f"牵头：{leads}（{'文件写明' if point.leads else '按惯例首位'}）")
    partners = wording.in_marks(name for name in point.departments if name not in leads)
    direct = f"{wording.in_marks(leads)}牵头{f'，{partners}参与' if partners else ''}：{point.title}"
    return reply(asking, direct, [citation], notes=checking.lead_notes(asking, key))


def answer_departments(asking: Asking) -> Answer:
    finding = find_points(asking)
    key = finding.best
    if key is None:
        return not_in_plan(asking, finding)
    question, point = asking.question, asking.point(key)
    if question.check and question.departments:
        return checking.check_role(asking, key)
    if not point.departments:
        return decline(asking, f"“{point.title}”{wording.NO_DEPARTMENTS}")
    if len(question.items) > 1 and len(finding.candidates) > 1:
        return _several(asking, [candidate.key for candidate in finding.candidates])
    offered = _offer(asking, finding, _WHICH)
    if offered:
        return offered
    leads = asking.plan.leads_of(point)
    if question.asked and question.asked.asked is Asked.COUNT:
        direct = f"{len(point.departments)}个：{wording.in_marks(point.departments)}"
        return reply(asking, direct, [cite(asking, key, department_sentence(point))])
    direct = wording.in_marks(point.departments)
    partners = [name for name in point.departments if name not in leads]
    if leads and partners:
        direct = f"{wording.in_marks(leads)}牵头，{wording.in_marks(partners)}参与"
    return reply(
        asking,
        f"{direct}：{point.title}",
        [cite(asking, key, department_sentence(point))],
        notes=checking.lead_notes(asking, key),
    )


def answer_target(asking: Asking) -> Answer:
    """The value asked for; where the points found state none of that sort, an honest no."""
    question, asked = asking.question, asking.question.asked
    listed = answer_mentions(asking) if asked and asked.asked in (Asked.MEMBERS, Asked.COUNT) else None
    if listed:
        return listed
    if asks_for_preamble(question.text):
        return answer_content(asking)
    finding = find_points(asking)
    stays = asking.focus is not None and finding.best in asking.focus.points[:1]
    keys = [candidate.key for candidate in finding.candidates[: 1 if stays else 3]]
    if asked and asked.asked is Asked.PHRASE:
        formula = find_value(asking, keys or asking.serving.index.keys, asked)
        if formula:
            return reply(asking, formula.said[:DIRECT_LIMIT], [cite(asking, formula.key, [formula.sentence])])
    if finding.best is None:
        return not_in_plan(asking, finding)
    if question.check and question.claims:
        checked = checking.check_member(asking, finding.best) or checking.check_value(asking, keys)
        if checked:
            return checked
    if asked is None:
        return answer_content(asking)
    if asked.asked is Asked.GOAL and asking.within and is_bare(question):
        return _goals(asking, finding.best)
    return _answer_value(asking, finding.best, keys, asked)


def _answer_value(asking: Asking, best: PointKey, keys: list[PointKey], asked: AskedValue) -> Answer:
    """The value of the sort asked for in the points found; no plan gives names, telephone numbers or the like."""
    nearby = _nearby(asking, best)
    named = "名称" in asked.thing and re.search("“.+”", best_sentences(asking, best)[0])
    if asked.asked is Asked.ABSENT and named and not _SCHOOLS.search(asking.question.text):
        return answer_content(asking)  # 那个网上学校叫什么: “家长云校”
    if asked.asked is Asked.ABSENT and not asking.plan.departments:
        return answer_content(asking)
    if asked.asked is Asked.ABSENT and _names_several(asking, best):
        return answer_content(asking)
    if asked.asked is Asked.ABSENT:
        return decline(asking, wording.not_given(asked.thing, nearby), best)
    value = find_value(asking, keys, asked)
    if value:
        if EACH.search(asking.question.text):
            return _all_values(asking, value, asked)
        return reply(asking, value.said[:DIRECT_LIMIT], [cite(asking, value.key, [value.sentence])])
    if asked.thing == "频次" and _OFTEN.search(best_sentences(asking, best)[0]):
        return answer_content(asking)  # 隔多久开一次: 不定期
    if asked.asked is Asked.MEMBERS and _NAMES.search(asking.question.text):
        return decline(asking, wording.not_given("它们的名称", nearby), best)
    by_nature = (Asked.MEMBERS, Asked.PHRASE, Asked.GOAL, Asked.DIRECTION)
    if asked.asked in by_nature or not asking.plan.departments or _names_several(asking, best):
        return answer_content(asking)
    return decline(asking, wording.not_given("这个" + _VALUE_NAMES.get(asked.asked, "数"), nearby), best)


def _nearby(asking: Asking, key: PointKey) -> str:
    """What the point says of the subject; empty where it answers to too little of the question to be of use."""
    evidence = asking.match.evidence
    if not evidence.terms or evidence.strength(normalise(asking.point(key).text)) < _NEARBY_SHARE * evidence.total:
        return ""
    return f"“{shorten(asking, best_sentences(asking, key)[0], 60)}”"


_NEARBY_SHARE = 0.5


def _goals(asking: Asking, key: PointKey) -> Answer:
    """目标呢: what the point in focus states in figures, else that it states none."""
    point = asking.point(key)
    stated = [
        sentence
        for sentence in sentences(point.text)
        if sentence.rstrip("。") != point.title
        and any(f.text.rstrip("年") != str(asking.plan.year) and not f.in_a_name for f in find_figures(sentence))
    ]
    if not stated:
        return decline(asking, f"“{point.title}”{wording.NO_GOAL}")
    return reply(asking, shorten(asking, stated[0]), [cite(asking, key, stated[:2])])


_KIND_ASKED = re.compile(r"(?:叫(?:什么|啥)|[几哪]种|[几哪]类)([\u4e00-\u9fff]{2})")


def _names_several(asking: Asking, key: PointKey) -> bool:
    """Whether the sentence that answers lists what is asked for: 常规课堂、第二课堂、研学课堂 for 几种课堂."""
    found = _KIND_ASKED.search(asking.question.text)
    return found is not None and normalise(best_sentences(asking, key)[0]).count(found[1]) > 1


def _all_values(asking: Asking, value: Value, asked: AskedValue) -> Answer:
    """三类各是多少: the sentence, with those of the point that state values of the sort for what is asked as well."""
    evidence = asking.match.evidence
    scopes = {f.scope for s in sentences(asking.point(value.key).text) for f in find_figures(s) if f.scope}
    words = {scope: {word for word in evidence.weights() if word in scope} for scope in scopes}
    shared = set.intersection(*words.values()) if words else set()
    named = {scope for scope in scopes if words[scope] - shared}
    part = value.figure.scope if value.figure else ""
    stating = [
        sentence
        for sentence in sentences(asking.point(value.key).text)
        if sentence == value.sentence
        or any(
            fits(f, asked) and evidence.explained(normalise(f.head)) and (not part or f.scope in (named or scopes))
            for f in find_figures(sentence)
        )
    ]
    together = "".join(stating)
    if len(together) > DIRECT_LIMIT:
        return reply(asking, shorten(asking, value.sentence), [cite(asking, value.key, [value.sentence])])
    return reply(asking, together, [cite(asking, value.key, stating)])


_NAMES = re.compile(r"名字|名称|校名|叫(?:什么|啥)名")
_SCHOOLS = re.compile("[两几所]|家(?![长校庭])|达标校|校名|分别|名单|高中|初中|小学|幼儿园|中学")
_OFTEN = re.compile(r"不定期|定期|常态化|每(?:周|月|季|年|学期)")
_VALUE_NAMES = {
    Asked.DATE: "时间",
    Asked.MONEY: "金额",
    Asked.PERCENT: "比例",
    Asked.COUNT: "数量",
    Asked.ORDINAL: "次数",
}


def _one_of_two(asking: Asking, key: PointKey) -> Answer | None:
    """市级的还是省级的: the one of two words that the point has; None where it has both or neither."""
    either = find_alternatives(asking.question.text)
    if either is None:
        return None
    evidence = (
        asking.match.evidence
        if not asking.within or not asking.focus
        else asking.with_subject(f"{asking.question.subject} {asking.focus.text}").match.evidence
    )
    stated = [(s, word) for s in sentences(asking.point(key).text) for word in either if word in normalise(s)]
    if len({word for _, word in stated}) != 1:
        return None
    sentence, word = max(stated, key=lambda found: evidence.strength(normalise(found[0])))
    clause = next(c for c in re.split("[,，;；。]", sentence) if word in normalise(c))
    return reply(asking, f"{word}：{clause.strip()}"[:DIRECT_LIMIT], [cite(asking, key, [sentence])])


def answer_locate(asking: Asking) -> Answer:
    finding = find_points(asking)
    key = finding.best
    if key is None:
        return not_in_plan(asking, finding)
    direct = wording.point_line(asking.plan, key, asking.point(key))
    if "部分" in asking.question.text:
        section = next(s for s in asking.plan.sections if s.number == key.section)
        direct = f"第{to_chinese(key.section)}部分“{section.title}”，{direct}"
    return reply(asking, direct, [cite(asking, key, best_sentences(asking, key))])


_WHICH_KIND = re.compile(r"哪(?:一)?(?:张|款|本|部|首|座|间|栋|辆)([\u4e00-\u9fff]{2,3})")


def _decline_unsaid_noun(asking: Asking, key: PointKey) -> Answer | None:
    """量表 of 用的是哪张量表, where the point has neither the word nor a synonym; None where it may say which."""
    found = _WHICH_KIND.search(asking.question.text)
    if not found:
        return None
    text = normalise(asking.point(key).text)
    words = asking.serving.index.match(found[1]).evidence.terms
    said = any(w in text for term in words if len(term.word) > 1 for w in (term.word, *term.synonyms))
    if said:
        return None
    asking.trace.note(f"没有写是哪种“{found[1]}”：不答")
    return decline(asking, wording.not_given(f"是哪种“{found[1]}”", _nearby(asking, key)), key)


def answer_content(asking: Asking) -> Answer:
    listed = answer_mentions(asking)
    if listed:
        return listed
    finding = find_points(asking)
    key = finding.best
    if key is None or asks_for_preamble(asking.question.text):
        opening = answer_from_preamble(asking)
        if opening:
            return opening
    if key is None:
        return not_in_plan(asking, finding)
    question = asking.question
    if len(question.items) > 1:
        return answer_items(asking)
    if question.check:
        if question.items:
            about = Finding(tuple(asking.serving.index.candidates(asking.match, most=1))).best
            checked = checking.check_item(asking, key, about)
            if checked:
                return checked
        if question.claims:
            valued = checking.check_value(asking, [c.key for c in finding.candidates[:3]])
            if valued:
                return valued
        return checking.check_content(asking, key)
    other = _one_of_two(asking, key) or _offer(asking, finding, _WHAT) or _decline_unsaid_noun(asking, key)
    if other:
        return other
    picked = best_sentences(asking, key)
    best = max(picked, key=lambda sentence: asking.match.evidence.strength(normalise(sentence)))
    return reply(asking, shorten(asking, best), [cite(asking, key, picked)])
