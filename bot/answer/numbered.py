"""Answers about places in the plan: the notice itself, its numbered points and sections, the next and the last."""

import re

from bot.answer import checking, duties, wording
from bot.answer.about import Aspect, state
from bot.answer.asking import Asking, cite, decline, offer, reply
from bot.answer.finding import find_points, not_in_plan, numbered
from bot.answer.model import CHOICES_LIMIT, Answer
from bot.answer.passages import best_sentences
from bot.plan.model import PointKey


def answer_notice(asking: Asking) -> Answer:
    aspect = asking.question.aspect or Aspect.TITLE
    if asking.question.check:
        checked = checking.check_notice(asking, aspect)
        if checked:
            return checked
    value = state(asking.plan, aspect)
    if value is None and aspect is Aspect.PUBLISHED and not re.search("几点|时刻", asking.question.text):
        aspect, value = Aspect.ISSUED, state(asking.plan, Aspect.ISSUED)
    if value is None:
        return decline(asking, f"《{asking.plan.title}》没有写{aspect.value}。")
    return reply(asking, f"{aspect.value}：{value}")


def answer_count(asking: Asking) -> Answer:
    question = asking.question
    if question.check:
        checked = checking.check_count(asking)
        if checked:
            return checked
    if question.departments or question.selection:
        return duties.count_duties(asking)
    return duties.count_whole(asking)


def answer_items(asking: Asking) -> Answer:
    """第11条讲什么: the point; where numbers restart, the one of the section named, or a choice."""
    question = asking.question
    keys: list[PointKey] = []
    if not question.items:
        finding = find_points(asking)
        if finding.best is None:
            return not_in_plan(asking, finding)
        keys = [finding.best]
    for number in question.items:
        found = numbered(asking, number)
        if not found:
            return decline(asking, wording.no_such_point(asking.plan, f"第{number}条"))
        if len(found) > 1:
            return offer(
                asking, found[:CHOICES_LIMIT], [f"第{key.section}部分第{key.point}条" for key in found[:CHOICES_LIMIT]]
            )
        keys += found
    lines = [wording.point_line(asking.plan, key, asking.point(key)) for key in keys]
    if asking.within and asking.focus and asking.focus.text:  # 原文发我: with what was asked about before marked
        asking = asking.with_subject(asking.focus.text)
        marked = [cite(asking, key, best_sentences(asking, key)) for key in keys]
        return reply(asking, "；".join(lines), marked)
    return reply(asking, "；".join(lines), [cite(asking, key) for key in keys])


def answer_section(asking: Asking) -> Answer:
    number = asking.question.section
    section = next((s for s in asking.plan.sections if s.number == number), None)
    if section is None:
        return decline(asking, wording.no_such_point(asking.plan, f"第{number}部分"))
    if asking.question.items:
        return answer_items(asking)
    keys = [PointKey(asking.plan.id, section.number, point.number) for point in section.points]
    lines = [f"{wording.point_line(asking.plan, key, asking.point(key))}({_departments(asking, key)})" for key in keys]
    return reply(asking, f"{section.title}：" + "；".join(lines), [cite(asking, key) for key in keys])


def _departments(asking: Asking, key: PointKey) -> str:
    return wording.in_marks(asking.point(key).departments) or "未列科室"


def answer_step(asking: Asking) -> Answer:
    focus = asking.focus
    if focus is None or not focus.points:
        return decline(asking, wording.NOT_CLEAR_WHAT)
    here = focus.points[0] if asking.question.step < 0 else focus.points[-1]
    there = asking.knowledge.neighbour(here, asking.question.step)
    if there is not None and there.plan != asking.plan.id:
        return decline(asking, wording.NOT_CLEAR_WHAT)
    if there is None:
        return decline(asking, wording.NO_FURTHER)
    return reply(asking, wording.point_line(asking.plan, there, asking.point(there)), [cite(asking, there)])
