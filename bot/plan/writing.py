"""Writes a plan as YAML that a person can edit; called by the import of a notice and by releases.

Every text is read back character for character: parse_plan(write_plan(plan), ...) == plan.
"""

from typing import Any

import yaml

from bot.plan.model import LeadRule, Plan, Point, Section, Target

_LONG = 40
"""Characters; a longer text is quoted, so that an editor's later `: ` or `#` in it does no harm."""


class _Dumper(yaml.SafeDumper):
    """Block style, list items indented under their key, no aliases."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if len(text) > _LONG or "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write_plan(plan: Plan) -> bytes:
    """The plan's file, in UTF-8, with its keys in the order of bot.plan.plan_file."""
    fields = {
        "id": plan.id,
        "title": plan.title,
        "year": plan.year,
        "document_number": plan.document_number,
        "index_number": plan.index_number,
        "issuers": list(plan.issuers),
        "issued": plan.issued,
        "addressees": plan.addressees,
        "notice_title": plan.notice_title,
        "particulars": list(plan.particulars),
        "preamble": plan.preamble,
        "lead_rule": plan.lead_rule.value,
        "departments": list(plan.departments),
        "sections": [_section(section, plan.lead_rule) for section in plan.sections],
    }
    text: str = yaml.dump(
        _filled(fields), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=2**31
    )
    return text.encode()


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _section(section: Section, rule: LeadRule) -> dict[str, Any]:
    points = [_point(point, rule) for point in section.points]
    return {"number": section.number, "title": section.title, "points": points}


def _point(point: Point, rule: LeadRule) -> dict[str, Any]:
    fields: dict[str, Any] = {"number": point.number, "title": point.title, "text": point.text}
    if rule is LeadRule.STATED:
        fields["lead"] = list(point.leads)
        fields["partners"] = [name for name in point.departments if name not in point.leads]
    else:
        fields["departments"] = list(point.departments)
    fields["targets"] = [_target(target) for target in point.targets]
    fields["asked_as"] = list(point.asked_as)
    return _filled(fields)


def _target(target: Target) -> dict[str, Any]:
    return _filled({"what": target.what, "value": target.value, "quote": target.quote, "by": target.by})
