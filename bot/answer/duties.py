"""What a department has to do: the points that it leads or takes part in, listed or counted."""

from dataclasses import replace

from bot.answer import wording
from bot.answer.asking import Asking, cite, decline, department_sentence, reply
from bot.answer.model import Answer, Verdict
from bot.answer.numerals import to_chinese
from bot.answer.question import Role
from bot.answer.selecting import Selection
from bot.plan.model import Plan, Point, PointKey

Points = list[tuple[PointKey, Point]]


def has_role(plan: Plan, point: Point, department: str, role: Role) -> bool:
    """Whether a department leads a point, only takes part in it, or either."""
    if department not in point.departments:
        return False
    leads = department in plan.leads_of(point)
    return role is Role.ANY or leads == (role is Role.LEAD)


def points_of(plan: Plan, departments: tuple[str, ...], role: Role) -> Points:
    """The points that every one of the departments has, in the notice's order."""
    return [
        (key, point)
        for key, point in plan.main_points()
        if all(has_role(plan, point, department, role) for department in departments)
    ]


def list_duties(asking: Asking) -> Answer:
    """德育科牵头哪几项: every point with the total."""
    if _lacking(asking):
        return decline(asking, _lacking(asking))
    points, who = _selected(asking)
    if not points and asking.question.excepted:
        return decline(asking, f"除此以外，工作要点里没有{who}的条目。")
    if not points:
        return decline(asking, f"工作要点里{'找不到' if who.startswith('没有') else '没有'}{who}的条目。")
    if asking.question.check and len(asking.question.items) > 1:
        return _check_list(asking, points, who)
    lines = [wording.point_line(asking.plan, key, point) for key, point in points]
    asking.trace.note(f"列出{who}的条目：{len(points)}条")
    return _listed(asking, points, f"{who}的共{len(points)}条：" + "；".join(lines) + "。")


def _lacking(asking: Asking) -> str:
    """That the plan lacks a section that is selected; empty where it has them all."""
    number = asking.question.selection.lacking(asking.plan)
    return wording.no_such_point(asking.plan, f"第{number}部分") if number is not None else ""


def _check_list(asking: Asking, points: Points, who: str) -> Answer:
    """督导评估中心牵头的是第16、21条吧: against all that it leads."""
    so = {key.point for key, _ in points} == set(asking.question.items)
    names = wording.in_marks(_short_name(asking.plan, key) for key, _ in points)
    listed = _listed(asking, points, f"{'对' if so else '不对'}。{who}的共{len(points)}条：{names}。")
    return replace(listed, verdict=Verdict.YES if so else Verdict.NO)


def count_duties(asking: Asking) -> Answer:
    """德育科参与几条: the number, with the points that it counts."""
    if _lacking(asking):
        return decline(asking, _lacking(asking))
    points, who = _selected(asking)
    asking.trace.note(f"数{who}的条目：{len(points)}条")
    names = wording.in_marks(_short_name(asking.plan, key) for key, _ in points)
    return _listed(asking, points, f"{who}的共{len(points)}条" + (f"：{names}。" if points else "。"))


def count_whole(asking: Asking) -> Answer:
    """一共几条, 几个部分, 第四部分有几条."""
    plan, section = asking.plan, asking.question.section
    if section is not None:
        found = next((s for s in plan.sections if s.number == section), None)
        if found is None:
            return decline(asking, wording.no_such_point(plan, f"第{section}部分"))
        points = [(PointKey(plan.id, section, point.number), point) for point in found.points]
        names = wording.in_marks(_short_name(plan, key) for key, _ in points)
        return _listed(asking, points, f"第{to_chinese(section)}部分共{len(points)}条：{names}。")
    points = list(plan.main_points())
    sections = sum(not section.is_annex for section in plan.sections)
    annexed = sum(len(section.points) for section in plan.sections if section.is_annex)
    more = f"，附件另有{annexed}条" if annexed else ""
    parts = f"共{sections}个部分、{len(points)}条{more}。"
    if "部分" in asking.question.text or "章" in asking.question.text:
        parts = f"共{sections}个部分（{len(points)}条{more}）。"
    return reply(asking, f"《{plan.title}》{parts}")


def role_of(asking: Asking, key: PointKey, department: str) -> str:
    """牵头, 配合 or 没有列名, of a department in a point."""
    point = asking.point(key)
    if department not in point.departments:
        return "没有列名"
    leads = asking.plan.leads_of(point)
    if not leads:
        return "列名"
    return "牵头" if department in leads else "配合"


def _selected(asking: Asking) -> tuple[Points, str]:
    """The points that the question selects, and how to call whose they are."""
    question, plan = asking.question, asking.plan
    role = question.role or Role.ANY
    points = points_of(plan, question.departments, role) if question.departments else list(plan.main_points())
    if question.section is not None:
        points = [(key, point) for key, point in points if key.section == question.section]
    if asking.within:
        points = [(key, point) for key, point in points if key in asking.within]
    selected = question.selection.of(plan, points)
    named = wording.in_marks(question.departments) + VERBS[role] if question.departments else ""
    section = f"第{to_chinese(question.section)}部分里" if question.section is not None else ""
    party = _party(question.selection)
    who = f"{named}、{party}" if named and question.selection.party else named or party
    return _without_excepted(asking, selected), section + _scope(question.selection) + who


VERBS = {Role.LEAD: "牵头", Role.PARTNER: "配合（不牵头）", Role.ANY: "牵头和参与"}


def _scope(selection: Selection) -> str:
    """第一、二部分里, 除第四部分以外, 第17条起: what a list is restricted to; empty for the whole plan."""
    numbered = [f"{'倒数' if s < 0 else ''}第{to_chinese(abs(s))}" for s in sorted(selection.sections)]
    without = wording.in_marks(map(to_chinese, sorted(selection.without)))
    pieces = (
        f"{wording.in_marks(numbered)}部分里" if numbered else "",
        f"除第{without}部分以外" if without else "",
        f"从第{selection.first}条起" if selection.first is not None else "",
        f"到第{selection.last}条为止" if selection.last is not None else "",
    )
    return "".join(pieces)


def _party(selection: Selection) -> str:
    if not selection.party:
        return ""
    if selection.least == selection.most:
        return {0: "没有列出责任单位", 1: "责任单位只有1家"}.get(selection.least or 0, f"由{selection.least}家单位负责")
    if selection.most is None:
        return f"由{selection.least}家及以上单位负责"
    return f"责任单位不超过{selection.most}家"


def _without_excepted(asking: Asking, points: Points) -> Points:
    """The points less those that the question leaves out: 除了这条还牵头哪些."""
    excepted = set(asking.question.excepted)
    listed = asking.focus.points if asking.focus else ()
    in_focus = listed if -1 in excepted else listed[:1] if 0 in excepted else ()
    return [(key, point) for key, point in points if key.point not in excepted and key not in in_focus]


def _listed(asking: Asking, points: Points, direct: str) -> Answer:
    citations = [cite(asking, key, department_sentence(point)) for key, point in points]
    annexed = [
        point
        for section in asking.plan.sections
        if section.is_annex
        for point in section.points
        if asking.question.departments and set(asking.question.departments) <= set(point.departments)
    ]
    return reply(asking, direct, citations, notes=(wording.in_annexes(len(annexed)),) if annexed else ())


def _short_name(plan: Plan, key: PointKey) -> str:
    return f"{key.section}-{key.point}" if plan.numbering_restarts else f"第{key.point}条"
