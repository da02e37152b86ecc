"""Finds who is responsible for a point, for bot.plan.notice: (A、B), (责任科室:A、B), 〔牵头单位:A;配合单位:B〕.

What stands in a bracket elsewhere in a text (2020-2035年, 县(区)) is not taken for a department: without a label, a
bracket counts only at the end of a paragraph and only when every name in it ends like a department.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.plan.notice_lines import folded

_BRACKET = re.compile(r"\(([^()]*)\)")
_AT_END = re.compile(_BRACKET.pattern + r"[。;]?$")

_LIST = 300
"""Characters; what is longer is a paragraph in brackets, not a list of names."""

_LEAD_LABELS = "牵头单位|牵头科室|牵头部门|牵头处室|主办单位|主办科室|主要责任单位|主责单位|主责科室|牵头"
_PARTNER_LABELS = (
    "责任单位|责任科室|责任部门|责任处室|配合单位|配合科室|配合部门|协办单位|协办科室|协同单位|参与单位|参加单位|落实单位|"
    "落实科室|实施单位|承办单位|承办科室|负责单位|负责科室|负责部门|责任主体|协助|配合|协办|参与"
)
_OTHER_LABELS = (  # People and dates: they stay in the text.
    "牵头领导|分管领导|责任领导|挂钩领导|责任人|负责人|联系人|完成时限|完成时间|时间节点|时限|工作目标|备注"
)
_LABEL = re.compile(rf"({_OTHER_LABELS}|{_LEAD_LABELS}|{_PARTNER_LABELS})\s*:")
_VERB = re.compile(r"([^;。,]+?)(牵头|主办|配合|协助|协办|参与|负责)(?=[;。,]|$)")

_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,20}")
_ENDING = re.compile(
    r"(?:科|室|办|中心|校|学校|局|委|处|馆|组|院|会|部|站|所|队|园|幼儿园|中小学|集团|办公室|公司|单位|中学|小学|政府|街|镇|党组|妇联|联)$"
)
_NOT_A_LIST = re.compile(r"(?:含|包括|不含|如|即|以下|详见|见|附|注|其中|以)")


class Responsible(NamedTuple):
    """Who is responsible for a point: the stated leads, and the others in the notice's order."""

    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def responsible_in(paragraphs: Sequence[str]) -> Responsible:
    """Who the paragraphs of one point name as responsible."""
    leads: list[str] = []
    others: list[str] = []
    for paragraph in paragraphs:
        for content in _lists(folded(paragraph)):
            found = _responsible(content)
            leads += [name for name in found.leads if name not in leads]
            others += [name for name in found.others if name not in others]
    return Responsible(tuple(leads), tuple(name for name in others if name not in leads))


def without_list(sentence: str) -> str:
    """The sentence without a closing bracket that names departments, for the point's title."""
    found = _AT_END.search(folded(sentence))
    if found and any(_responsible(found[1])):
        return sentence[: found.start()].rstrip()
    return sentence


def _lists(paragraph: str) -> list[str]:
    """The stretches of the paragraph that may name departments."""
    if _LABEL.match(paragraph):
        return [paragraph[:_LIST]]
    labelled = [found[1] for found in _BRACKET.finditer(paragraph) if _LABEL.search(found[1])]
    at_end = _AT_END.search(paragraph)
    if at_end and at_end[1] not in labelled:
        labelled.append(at_end[1])
    return [content for content in labelled if len(content) <= _LIST]


def _responsible(content: str) -> Responsible:
    if _LABEL.search(content):
        return _labelled(content)
    if _VERB.search(content):
        return _with_verbs(content)
    names = _names(content)
    if not names or _NOT_A_LIST.match(content) or not all(_ENDING.search(name) for name in names):
        return Responsible()
    return Responsible((), names)


def _labelled(content: str) -> Responsible:
    """牵头单位:A;责任单位:B、C"""
    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    labels = list(_LABEL.finditer(content))
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        names = _names(content[label.end() : after.start() if after else len(content)])
        if re.fullmatch(_LEAD_LABELS, label[1]):
            leads += names
        elif re.fullmatch(_PARTNER_LABELS, label[1]):
            others += names
    return Responsible(leads, others)


def _with_verbs(content: str) -> Responsible:
    """A牵头,B、C配合"""
    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    for found in _VERB.finditer(content):
        names = tuple(name for name in _names(found[1]) if _ENDING.search(name))
        if found[2] in {"牵头", "主办"}:
            leads += names
        else:
            others += names
    return Responsible(leads, others)


def _names(content: str) -> tuple[str, ...]:
    names = (part.strip().removesuffix("等") for part in re.split(r"[、,;。\s]+", content))
    return tuple(name for name in names if _NAME.fullmatch(name))
