"""Finds who is responsible for a point, for bot.plan.notice: (A、B), (责任科室:A、B), (A牵头,B配合), 牵头单位:A

What stands in a bracket elsewhere in a text (2020-2035年, 县(区)) is not taken for a department: without a label, a
bracket counts only at the end of a paragraph or of the heading sentence, and only when every name in it ends like a
department, or when the notice has such brackets throughout.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.plan.notice_lines import folded

_LIST = 300
"""Characters; what is longer is a paragraph in brackets, not a list of names."""
BROKEN = 4
"""Lines that a bracket may be broken over."""

_UNIT = "单位|科室|部门|处室|股室|机构|主体|学校|科|处|股|室|方"
_LEAD = "牵头|主办|主责|主要责任|主要负责|第一责任|总牵头"
_PARTNER = "配合|协办|协同|协助|参与|参加|会办"
_RESPONSIBLE = "责任|落实|实施|承办|负责|执行|承担"
_PEOPLE = (
    r"(?:牵头|责任|分管|挂[钩点联包]|主管|包[保联片抓干]|督[办导]|主要|负责|协[管调]|联[系点]|统筹|推进|具体|直接|[县市区局校]级?|科室|股室|"
    r"部门|单位)*(?:领导|负责人|责任人|联系人|人员|局长|书记|同志)"
)
_OTHER = f"{_PEOPLE}|完成时限|完成时间|完成日期|时间节点|时间安排|时限|时间|进度安排|工作目标|目标|备注|联系电话|电话"
_LABEL_WORD = (
    rf"(?P<other>{_OTHER})|(?P<lead>(?:{_LEAD})(?:和?责任)?(?:{_UNIT})?)|"
    rf"(?P<partner>(?:{_PARTNER})(?:{_UNIT})?)|(?P<responsible>(?:{_RESPONSIBLE})(?:{_UNIT})|各?责任(?:{_UNIT}))"
)
# 责任科室:  责任科室 A  (责任科室)A; a label by itself only where something sets it off.
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:\((?:{_LABEL_WORD})\)\s*:?|(?:{_LABEL_WORD.replace('?P<', '?P<_')})\s*[:\s])\s*"
)
_SPREAD_LABEL = re.compile(
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,4}(?:\s{1,4}[\u4e00-\u9fff]{1,4}){1,6}(?=\s*[:：】])"
)
_BEHIND_SENTENCE = re.compile(r"[。!;)]\s*(?=[^。:]{2,8}:[^。]{2,200}。?$)")
_BEHIND_DASH = re.compile(r"(?:^|[。!;)])\s*[—–―-]{1,4}\s*(?=[^。—–―]{2,200}。?$)")

_VERB = re.compile(
    r"([^;。,:]+?)(?:(牵头|主办|总牵头)|(配合|协助|协办|参与)|(负责|承办|落实|实施))(?:实施|落实|负责)?(?=[;。,]|$)"
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”()、]{2,40}")
_ENDING = re.compile(
    r"(?:科|室|办|中心|校|局|委|处|馆|组|院|会|部|站|所|队|园|集团|公司|单位|中学|小学|政府|街|街道|镇|乡|党组|联|股|宫|厅|"
    r"基地|机构|部门|党委|总支|支部|专班|少年宫|社区|平台|协会)$|^各.{0,6}(?:区|县|市|镇|乡|街道|村)$"
)
_NOT_A_LIST = re.compile(r"(?:含|包括|不含|如|即|以下|详见|见|附件|附表|注|其中|以)")
_FIGURE = re.compile(r"(?:\d+|[一二两三四五六七八九十百]+)(?:所|个|名|家|项|人|场|次|期|年|间|批)|共\d")
"""How something that is counted begins (5所学校)."""
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
_ET_CETERA = re.compile(r"等(?:(?:有关|相关)?(?:部门|单位|科室|学校|处室)?)$")
_BY_CUSTOM = 0.7


@dataclass(slots=True)
class Named:
    """The departments that a point names, by what they are called there, each in the notice's order."""

    leads: list[str]
    responsible: list[str]
    """责任单位, or a list without any label."""
    partners: list[str]

    @classmethod
    def none(cls) -> "Named":
        """Nobody."""
        return cls([], [], [])

    def add(self, other: "Named") -> None:
        """Takes over who is not yet there."""
        known = {*self.leads, *self.responsible, *self.partners}
        pairs = ((self.leads, other.leads), (self.responsible, other.responsible), (self.partners, other.partners))
        for own, more in pairs:
            fresh = [name for name in dict.fromkeys(more) if name not in known]
            own.extend(fresh)
            known.update(fresh)

    def __bool__(self) -> bool:
        return bool(self.leads or self.responsible or self.partners)


class Responsible(NamedTuple):
    """Who is responsible for a point: the stated leads, and the others in the notice's order."""

    leads: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class _Bracket(NamedTuple):
    start: int
    end: int
    """Behind the closing one."""


def named_in(paragraphs: Sequence[str], *, by_custom: bool = False) -> Named:
    """Whom the paragraphs of one point name. `by_custom`: a list at the end counts whatever its names end in."""
    found = Named.none()
    for index, spread in enumerate(_with_whole_brackets(paragraphs)):
        paragraph = _SPREAD_LABEL.sub(_tight_label, spread)
        for content in _lists(paragraph, is_first=index == 0):
            found.add(_named(content, by_custom=by_custom))
        dash = _BEHIND_DASH.search(folded(paragraph))
        if dash:
            found.add(_named(paragraph[dash.end() :].rstrip("。")))
    return found


def has_custom(points: Sequence[Sequence[str]]) -> bool:
    """Whether the points end in a bracket of short names so regularly that these must be departments."""
    ends = [content for paragraphs in points for content in _at_ends(paragraphs) if _short_names(content)]
    known = sum(any(_ENDING.search(name) for name in _names(content)) for content in ends)
    return len(ends) >= max(2, len(points) * _BY_CUSTOM) and known * 3 >= len(ends)


def resolved(points: Sequence[Named]) -> list[Responsible]:
    """Leads and others of each point, by what the words mean in this notice.

    Where the notice has 责任单位 beside 配合单位 and never 牵头, the 责任单位 leads. Where it states leads, the only
    department of a point leads it.
    """
    says_lead = any(named.leads for named in points)
    contrasts = not says_lead and any(named.responsible and named.partners for named in points)
    return [_resolved(named, says_lead=says_lead, contrasts=contrasts) for named in points]


def without_list(sentence: str) -> str:
    """The sentence without a closing bracket that names departments, for the point's title."""
    for bracket in _brackets(folded(sentence)):
        rest = folded(sentence)[bracket.end :].strip("。;: ")
        if not rest and _named(sentence[bracket.start + 1 : bracket.end - 1]):
            return sentence[: bracket.start].rstrip()
    return sentence


def named_in_cell(cell: str, kind: str) -> Named:
    """Whom a table's cell names, whose column is of the kind (label_kind); the cell itself may say who leads."""
    said = _named(cell)
    if said.leads:
        return said
    names = _names(cell)
    return Named(
        leads=names if kind == "lead" else [],
        responsible=names if kind == "responsible" else [],
        partners=names if kind == "partner" else [],
    )


def begins_with_label(text: str) -> bool:
    """Whether the line says who or when behind a label (责任科室:, 【牵头领导】, 完成时限:) or a dash (——基教科)."""
    text = _SPREAD_LABEL.sub(_tight_label, text)
    return bool(_LABEL.match(folded(text))) or bool(_BEHIND_DASH.match(text) and named_in([text]))


def is_open(text: str) -> bool:
    """Whether the text ends within a bracket that goes on in the next line."""
    start = _open_bracket(folded(text))
    return start is not None and len(text) - start <= _LIST


def label_kind(label: str) -> str | None:
    """What a column's heading says of its cells: `lead`, `responsible`, `partner`, `other`; None for none of these."""
    found = re.fullmatch(_LABEL_WORD, re.sub(r"\s|\(.*\)", "", folded(label)))
    return found.lastgroup if found else None


def is_department(text: str) -> bool:
    """Whether the text is nothing but a department's name."""
    return len(text) <= 12 and bool(_NAME.fullmatch(folded(text)) and _ENDING.search(folded(text))) and "、" not in text


def _resolved(named: Named, *, says_lead: bool, contrasts: bool) -> Responsible:
    leads, others = tuple(named.leads), (*named.responsible, *named.partners)
    if contrasts:
        leads, others = tuple(named.responsible), tuple(named.partners)
    elif says_lead and not leads and len(others) == 1:
        leads, others = others, ()
    return Responsible(leads, others)


def _lists(paragraph: str, *, is_first: bool) -> Iterator[str]:
    """The stretches of the paragraph that may name departments."""
    shape = folded(paragraph)
    if _LABEL.match(shape):
        yield paragraph[:_LIST]
        return
    behind = _label_behind(shape)
    sentence = re.search("。", shape) if is_first else None
    for start, end in _brackets(shape[:behind]):  # what is behind the label belongs to its names
        content = paragraph[start + 1 : end - 1]
        closes = not shape[end:].strip("。; ") or (sentence is not None and end == sentence.start())
        if len(content) <= _LIST and (closes or re.search(rf"(?:{_LABEL_WORD})\s*:", folded(content))):
            yield content
    if behind is not None:
        yield paragraph[behind:]


def _tight_label(found: re.Match[str]) -> str:
    """牵 头 单 位 -> 牵头单位"""
    tight = re.sub(r"\s", "", found[0])
    return tight if label_kind(tight) else found[0]


def _label_behind(shape: str) -> int | None:
    """Where the label begins that follows a sentence outside of brackets."""
    for found in _BEHIND_SENTENCE.finditer(shape):
        if _LABEL.match(shape, found.end()) and _open_bracket(shape[: found.end()]) is None:
            return found.end()
    return None


def _at_ends(paragraphs: Sequence[str]) -> Iterator[str]:
    """The bracket at the end of the point."""
    last = next(reversed(_with_whole_brackets(paragraphs)), "")
    shape = folded(last)
    for start, end in _brackets(shape):
        if not shape[end:].strip("。; "):
            yield last[start + 1 : end - 1]


def _with_whole_brackets(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, with a list's bracket that is broken over lines in one piece."""
    whole: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        closes = whole and is_open(whole[-1]) and not _is_open_still(whole[-1], paragraphs[index : index + BROKEN])
        if closes:
            whole[-1] += paragraph
        else:
            whole.append(paragraph)
    return whole


def _is_open_still(text: str, following: Sequence[str]) -> bool:
    """Whether the bracket that the text opens is not closed by the lines that follow it."""
    start = _open_bracket(folded(text))
    end = next(_brackets(folded(text[start:] + "".join(following))), None)
    return end is None or end.end > _LIST


def _open_bracket(shape: str) -> int | None:
    """Where the outermost bracket begins that is not closed."""
    return next((start for start, end in _outermost(shape) if end is None), None)


def _brackets(shape: str) -> Iterator[_Bracket]:
    """The outermost brackets that are closed."""
    return (_Bracket(start, end) for start, end in _outermost(shape) if end is not None)


def _outermost(shape: str) -> Iterator[tuple[int, int | None]]:
    """Where each outermost bracket begins, and where it ends: None for one that is not closed."""
    depth = start = 0
    for index, character in enumerate(shape):
        if character == "(":
            start = index if depth == 0 else start
            depth += 1
        elif character == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, index + 1
    if depth:
        yield start, None


def _named(content: str, *, by_custom: bool = False) -> Named:
    shape = folded(content)
    if _LABEL.search(shape):
        return _labelled(content)
    if _VERB.search(shape):
        return _with_verbs(content)
    names = _names(content)
    if not names or _NOT_A_LIST.match(shape) or any(map(_FIGURE.match, names)):
        return Named.none()
    marked = [re.sub(r"\((?:牵头|主办)(?:单位|科室)?\)$", "", folded(name)) for name in names]
    leads = [name[: len(short)] for name, short in zip(names, marked, strict=True) if len(short) < len(name)]
    if leads:
        return Named(leads, [], [name for name, short in zip(names, marked, strict=True) if len(short) == len(name)])
    if all(_ENDING.search(folded(name)) or _has_inner_department(name) for name in names):
        return Named([], names, [])
    return Named([], names, []) if by_custom and _short_names(content) else Named.none()


def _has_inner_department(name: str) -> bool:
    """人事科(教师发展中心)"""
    found = re.fullmatch(r"(.+?)\((.+)\)", folded(name))
    return bool(found and _ENDING.search(found[1]))


def _short_names(content: str) -> bool:
    """Whether the content is a list of short words, which may be names of departments."""
    names = _names(content)
    listed = re.split(r"[、,;\s]+", folded(content).strip())
    return (
        bool(names)
        and len(names) == len(listed)
        and not _NOT_A_LIST.match(folded(content))
        and all(_SHORT_NAME.fullmatch(name) or _ENDING.search(folded(name)) for name in names)
    )


def _labelled(content: str) -> Named:
    """牵头单位:A;责任单位:B、C"""
    found = Named.none()
    shape = folded(content)
    labels = list(_LABEL.finditer(shape))
    for label, after in zip(labels, [*labels[1:], None], strict=True):
        names = _names(content[label.end() : after.start() if after else len(content)])
        kind = (label.lastgroup or "").lstrip("_")
        found.add(
            Named(
                leads=names if kind == "lead" else [],
                responsible=names if kind == "responsible" else [],
                partners=names if kind == "partner" else [],
            )
        )
    return found


def _with_verbs(content: str) -> Named:
    """A牵头,B、C配合"""
    found = Named.none()
    for verb in _VERB.finditer(folded(content)):
        names = [name for name in _names(content[verb.start(1) : verb.end(1)]) if _looks_like(name)]
        found.add(Named(names if verb[2] else [], names if verb[4] else [], names if verb[3] else []))
    return found


def _looks_like(name: str) -> bool:
    return bool(_ENDING.search(folded(name))) or _has_inner_department(name)


def _names(content: str) -> list[str]:
    """The names in a list, as they are written."""
    names: list[str] = []
    for part, behind_blank in _parts(content):
        name = _ET_CETERA.sub("", part.removeprefix("由").strip("“”"))
        inner = re.fullmatch(r"(.+?)\(([^()]*)\)", folded(name))
        if inner and _ENDING.search(inner[1]) and re.fullmatch(r"[\u4e00-\u9fff]{2,3}", inner[2]):
            # 基教科(张三) names a person; 人事科(师资科) and 各镇(街道) don't.
            name = name if _ENDING.search(inner[2]) or inner[2] in {"牵头", "主办"} else name[: inner.end(1)]
        person = behind_blank and len(name) <= 4 and not _ENDING.search(name) and names and _looks_like(names[-1])
        if _NAME.fullmatch(folded(name)) and not person:
            names += _both(name)
    return names


def _parts(content: str) -> Iterator[tuple[str, bool]]:
    """The content cut at its separators outside of brackets, and whether only blanks stand before the part."""
    depth = start = 0
    before = ""
    for index, character in enumerate(folded(content) + "、"):
        depth += (character == "(") - (character == ")" and depth > 0)
        separates = bool(re.match(r"[、,;。\s/·]", character)) and not depth
        if separates and index > start:
            yield content[start:index], before.isspace()
            before = ""
        if separates:
            before += character
            start = index + 1


def _both(name: str) -> list[str]:
    """教育科和基建科 are two, 组织和人事科 is one."""
    halves = re.split("和|及|与", name, maxsplit=1)
    return halves if len(halves) == 2 and all(_ENDING.search(half) for half in halves) else [name]
