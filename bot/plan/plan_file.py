"""The tree of a plan's file -> Plan, with every check of one plan by itself; called by bot.plan.reading."""

import re

from bot.plan.faults import Faults
from bot.plan.fields import Fields, Text, nearest, unlike
from bot.plan.model import LeadRule, Plan, Point, Section, Target
from bot.plan.yaml_tree import Node

FIRST_YEAR, LAST_YEAR = 1990, 2100
MAX_TEXT = 20_000
"""Characters of one point: more is a whole notice in the wrong place."""
MAX_ID = 32
"""Callback data has 64 bytes (Bot API) and carries the plan's id beside the numbers of section and point."""

_OPTIONAL = (
    *("document_number", "index_number", "issuers", "issued", "addressees"),
    *("notice_title", "particulars", "preamble", "departments"),
)
_RULES = {rule.value: rule for rule in LeadRule}
_DEPARTMENT_KEYS = {LeadRule.STATED: ("lead", "partners"), LeadRule.FIRST_LISTED: ("departments",)}


def plan_from(root: Node, faults: Faults) -> Plan:
    """The plan; worth something only when nothing was added to `faults`."""
    fields = Fields(
        root,
        "工作要点",
        faults,
        required=("id", "title", "year", "lead_rule", "sections"),
        optional=_OPTIONAL,
    )
    departments = unlike(fields.texts("departments"), "departments", faults)
    rule = _lead_rule(fields, faults)
    plan = Plan(
        id=_id(fields, faults),
        title=fields.text("title").value,
        year=fields.number("year", most=LAST_YEAR),
        lead_rule=rule or LeadRule.FIRST_LISTED,
        sections=_sections(fields, rule, departments, faults),
        departments=departments,
        document_number=fields.optional_text("document_number"),
        index_number=fields.optional_text("index_number"),
        issuers=unlike(fields.texts("issuers"), "issuers", faults),
        issued=fields.date("issued"),
        addressees=fields.optional_text("addressees", lines=True),
        preamble=fields.optional_text("preamble", lines=True),
        notice_title=fields.optional_text("notice_title", lines=True),
        particulars=_particulars(fields, faults),
    )
    _check_year(plan, fields, faults)
    return plan


def _particulars(fields: Fields, faults: Faults) -> tuple[str, ...]:
    found = fields.texts("particulars")
    for each in found:
        label, colon, value = each.value.replace("：", ":").partition(":")
        if each.value and not (label.strip() and colon and value.strip()):
            faults.add(each.line, "particulars 的每一项应是 名称:内容，如 发布时间:2023-03-02 15:47")
    return unlike(found, "particulars", faults)


def _id(fields: Fields, faults: Faults) -> str:
    found = fields.text("id")
    if found.value and not re.fullmatch(rf"[A-Za-z0-9_-]{{1,{MAX_ID}}}", found.value):
        faults.add(found.line, f"id 只能用英文字母、数字、_ 和 -，最多 {MAX_ID} 个，如 plan_2023")
    return found.value


def _lead_rule(fields: Fields, faults: Faults) -> LeadRule | None:
    found = fields.text("lead_rule")
    rule = _RULES.get(found.value)
    if found.value and rule is None:
        faults.add(found.line, "lead_rule 应是 stated（原文写明牵头科室）或 first_listed（按惯例以列在首位的科室牵头）")
    return rule


def _check_year(plan: Plan, fields: Fields, faults: Faults) -> None:
    if not plan.year:
        return
    if plan.year < FIRST_YEAR:
        faults.add(fields.line_of("year"), f"year 应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")
        return
    in_title = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", plan.title)}
    if in_title and plan.year not in in_title:
        faults.add(
            fields.line_of("year"), f"year 是 {plan.year}，title 里却是 {'、'.join(map(str, sorted(in_title)))} 年"
        )
    if plan.issued and abs(plan.issued.year - plan.year) > 1:
        faults.add(fields.line_of("issued"), f"issued 与 year（{plan.year}）相差一年以上")


def _sections(
    fields: Fields, rule: LeadRule | None, departments: tuple[str, ...], faults: Faults
) -> tuple[Section, ...]:
    nodes = fields.items("sections")
    if fields.is_empty_list("sections"):
        faults.add(fields.line_of("sections"), "sections 是空的，至少要有一个部分")
    sections: list[Section] = []
    highest = 0
    for node in nodes:
        part = Fields(node, "部分（sections）", faults, required=("number", "title", "points"))
        number = part.number("number")
        if number and number <= highest:
            faults.add(part.line_of("number"), f"部分的 number 是 {number}，应比前面的 {highest} 大")
        highest = max(highest, number)
        points = _points(part, rule, departments, faults)
        sections.append(Section(number, part.text("title").value, points))
    return tuple(sections)


def _points(part: Fields, rule: LeadRule | None, departments: tuple[str, ...], faults: Faults) -> tuple[Point, ...]:
    nodes = part.items("points")
    if part.is_empty_list("points"):
        faults.add(part.line_of("points"), "points 是空的，每个部分至少要有一条")
    points: list[Point] = []
    seen: dict[int, int] = {}
    for node in nodes:
        fields = Fields(
            node,
            "条（points）",
            faults,
            required=("number", "title", "text"),
            optional=(
                *(_DEPARTMENT_KEYS[rule] if rule else ("departments", "lead", "partners")),
                "targets",
                "asked_as",
            ),
        )
        number = fields.number("number")
        line = fields.line_of("number")
        if number in seen and number:
            faults.add(line, f"条的 number {number} 在这一部分里重复，上一次在第 {seen[number]} 行")
        seen.setdefault(number, line)
        points.append(_point(fields, number, departments, faults))
    return tuple(points)


def _point(fields: Fields, number: int, listed: tuple[str, ...], faults: Faults) -> Point:
    title = fields.text("title")
    text = fields.text("text", lines=True)
    if len(text.value) > MAX_TEXT:
        faults.add(text.line, f"text 有 {len(text.value)} 字，一条最多 {MAX_TEXT} 字，请分成几条")
    if title.value and text.value and title.value not in text.value:
        faults.add(title.line, f"title“{title.value}”不在 text 里，应逐字照抄 text 的第一句")
    leads = fields.texts("lead", or_one=True)
    others = [*fields.texts("departments"), *fields.texts("partners", or_one=True)]
    for department in (*leads, *others):
        _check_listed(department, listed, faults)
    departments = unlike((*leads, *others), "科室", faults)
    return Point(
        number=number,
        title=title.value,
        text=text.value,
        departments=departments,
        leads=tuple(lead.value for lead in leads if lead.value),
        targets=_targets(fields, text, faults),
        asked_as=unlike(fields.texts("asked_as"), "asked_as", faults),
    )


def _check_listed(department: Text, listed: tuple[str, ...], faults: Faults) -> None:
    if not department.value or department.value in listed:
        return
    hint = nearest(department.value, listed)
    advice = f"是不是“{hint}”？" if hint else "请先加到 departments"
    faults.add(department.line, f"科室“{department.value}”不在文件开头的 departments 里，{advice}")


def _targets(fields: Fields, text: Text, faults: Faults) -> tuple[Target, ...]:
    targets: list[Target] = []
    names: list[Text] = []
    for node in fields.items("targets"):
        target = Fields(node, "目标（targets）", faults, required=("what", "value", "quote"), optional=("by",))
        what, value, by = target.text("what"), target.text("value"), target.text("by")
        quote = target.text("quote", lines=True)
        if quote.value and text.value and quote.value not in text.value:
            faults.add(quote.line, f"quote“{quote.value}”不在 text 里，应逐字照抄（包括标点和空格）")
        if value.value and quote.value and value.value not in quote.value:
            faults.add(value.line, f"value“{value.value}”不在 quote 里，应逐字照抄")
        if by.value and text.value and by.value not in text.value:
            faults.add(by.line, f"by“{by.value}”不在 text 里，应逐字照抄")
        names.append(what)
        targets.append(Target(what.value, value.value, quote.value, by.value or None))
    unlike(names, "同一条的 what", faults)
    return tuple(targets)
