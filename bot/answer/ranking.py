"""Departments and points beside one another: 哪个科室牵头最多, 哪几家一条都没牵头, 哪一条涉及的部门最多."""

import re
from collections.abc import Sequence

from bot.answer import wording
from bot.answer.asking import Asking, cite, decline, department_sentence, reply
from bot.answer.duties import VERBS, points_of
from bot.answer.model import Answer, Citation, Verdict
from bot.answer.question import Role
from bot.plan.model import PointKey

_UNIT = r"(?:科室|部门|单位|处室|股室|机构|科|股|家)"
_MOST = re.compile(r"最(?P<few>少)|最多|(?:更多|更(?P<fewer>少)|谁(?:的)?[^,。?!]{0,8}多)")
_OF_DEPARTMENTS = re.compile(
    rf"(?:哪|那)(?:一|几)?(?:个|家)?{_UNIT}|谁|最[多少]的(?:是)?(?:哪|那)?(?:一)?(?:个|家)?{_UNIT}|最[多少](?:的)?(?:是|吗|吧|对|$|[?,])"
)
_OF_POINTS = re.compile(
    rf"(?:责任|牵头|配合|参与|涉及|列名)?(?:的)?{_UNIT}(?:数量?)?(?:列得|写得|列的|写的)?最(?:多|少)的?(?:是)?(?:哪|那)(?:几|一)?(?:条|项)|"
    rf"(?:哪|那)(?:几|一)?(?:条|项)[^,。?!]{{0,8}}{_UNIT}(?:列得|写得|数)?最(?:多|少)"
)
_NEVER = re.compile(
    r"(?:一条|一项|一个|任何)(?:任务|工作)?(?:都|也)?(?:没有?|未|不)(?:有)?(?:牵头|牵过头|领头)|从不牵头|(?:从头到尾|始终|全程|自始至终)?(?:都)?只(?:是|做|当|有)?(?:配合|参与)(?:的)?"
    r"(?:[,、]?(?:从)?(?:不|没有?)牵头)?的|(?:没有?|不|未)(?:牵头|牵过头)(?:任何|过)"
)


def asks_for_ranking(text: str, bare: bool, named: bool) -> bool:
    """Whether a normalised question compares the departments or the points of the whole plan.

    `bare`: it names no subject of its own; `named`: it names a department.
    """
    if bare and _MOST.search(text):
        about = _OF_POINTS.search(text) or (_OF_DEPARTMENTS.search(text) and _WORK.search(text))
        return about is not None
    return not named and _NEVER.search(text) is not None and re.search(rf"{_UNIT}|哪几[个家]|哪些", text) is not None


_WORK = re.compile(r"牵头|参与|配合|负责|任务|条目|列名|出现|条数|工作(?!量)|活|事")


def answer_ranking(asking: Asking) -> Answer:
    """The departments or points that have most, least or nothing, with the points counted."""
    text = asking.question.text
    if not asking.plan.departments:
        return decline(asking, wording.NO_DEPARTMENTS)
    if _OF_POINTS.search(text):
        return _points_with_most(asking)
    if not _MOST.search(text):
        return _never_leading(asking)
    return _departments_with_most(asking)


def _departments_with_most(asking: Asking) -> Answer:
    question = asking.question
    role = question.role or Role.ANY
    named = question.departments if len(question.departments) > 1 else asking.plan.departments
    counted = {name: [key for key, _ in points_of(asking.plan, (name,), role)] for name in named}
    found = _MOST.search(question.text)
    pick = min if found and (found["few"] or found["fewer"]) else max
    number = pick(len(keys) for keys in counted.values())
    winners = [name for name, keys in counted.items() if len(keys) == number]
    others = sorted(set(counted) - set(winners), key=lambda name: (-len(counted[name]), named.index(name)))
    rest = f"其余：{'，'.join(f'{name}{len(counted[name])}条' for name in others)}。" if others else ""
    each = "都是" if len(winners) > 1 else ""
    direct = f"{VERBS[role]}最{'少' if pick is min else '多'}的是{wording.in_marks(winners)}，{each}{number}条。{rest}"
    citations = _cited(asking, sorted({key for name in winners for key in counted[name]}))
    if question.check and len(question.departments) == 1:
        so = question.departments[0] in winners
        verdict = Verdict.YES if so else Verdict.NO
        return reply(asking, f"{'对' if so else '不对'}。{direct}", citations, verdict=verdict)
    return reply(asking, direct, citations)


def _never_leading(asking: Asking) -> Answer:
    plan = asking.plan
    if not any(plan.leads_of(point) for _, point in plan.main_points()):
        return decline(asking, wording.LEAD_NOT_SAID)
    never = [name for name in plan.departments if not points_of(plan, (name,), Role.LEAD)]
    if not never:
        return reply(asking, "没有：列名的科室和单位都有牵头的条目。")
    keys = sorted({key for name in never for key, _ in points_of(plan, (name,), Role.ANY)})
    return reply(asking, f"没有牵头条目的有{len(never)}个：{wording.in_marks(never)}。", _cited(asking, keys))


def _points_with_most(asking: Asking) -> Answer:
    points = [(key, point) for key, point in asking.plan.main_points() if point.departments]
    found = _MOST.search(asking.question.text)
    pick = min if found and found["few"] else max
    number = pick(len(point.departments) for _, point in points)
    keys: list[PointKey] = [key for key, point in points if len(point.departments) == number]
    lines = "；".join(wording.point_line(asking.plan, key, asking.point(key)) for key in keys)
    direct = f"责任单位最{'少' if pick is min else '多'}的有{len(keys)}条，各{number}家：{lines}。"
    return reply(asking, direct, _cited(asking, keys))


def _cited(asking: Asking, keys: Sequence[PointKey]) -> list[Citation]:
    return [cite(asking, key, department_sentence(asking.point(key))) for key in keys]
