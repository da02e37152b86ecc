"""Proposes the targets of a point: figures, deadlines, rounds, quotas, programmes; called by bot.plan.notice.

Proposals only: an admin reads them before they are put into service. What a value is about is the clause without the
value; figures behind 含 or 其中 belong to the figure before them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bot.plan.model import Target
from bot.plan.notice_lines import folded

_SENTENCE = 1000
"""Characters; a longer one is no sentence, and would take the patterns below too long."""

_NUMERAL = "[一二两三四五六七八九十百]"
_UNITS = (
    "个百分点|个|所|名|人次|人|项|家|场|期|批|套|条|间|亩|公里|平方米|元|学位|课时|课|节|门|本|支|分钟|小时|天|次|轮|倍|对|"
    "篇|册|台|件"
)
_DEADLINE = re.compile(
    r"(?:20\d\d年|今年|明年|本年)(?:\d{1,2}月)?(?:底|末|初)?之?前|(?:20\d\d年|今年|明年|本年)(?:\d{1,2}月)?(?:底|末)|"
    r"\d{1,2}月(?:底|末)?之?前|年[底末]之?前|年[内底末]|“?十[三四五六]五”?期间"
)
_PROGRAMME = re.compile(
    r"(?:“[^”]+”)?[\u4e00-\u9fff]{0,18}(?:[一二三五两]年(?:行动计划|推进计划|行动|计划)|工程|计划|行动)(?=$|[,、;”)]|建设)"
)
_VALUES = (
    re.compile(r"(?:两个)?只[\u4e00-\u9fff]不[\u4e00-\u9fff]|全覆盖"),
    re.compile(rf"(?:不低于|不少于|不超过|超过|达到|至少)?\d+(?:\.\d+)?(?:%|[万亿]?(?:{_UNITS}))"),
    # 二十大 and 八项规定 are names.
    re.compile(
        rf"(?<![每的]){_NUMERAL}{{1,3}}(?:所|名|个|项(?!规定)|大(?=要素|集团|教育|行动|工程|任务|体系|举措|片区))"
    ),
    re.compile(rf"第(?:{_NUMERAL}{{1,3}}|\d{{1,3}})(?:轮|期|批|次)"),
)
_NESTED = re.compile(r"[\s,:]*(?:其中|含|包括)")
_VERBS = re.compile(
    r"(?:并|且|深入|持续|全面|扎实|大力|积极|继续|加快|稳步|纵深|着力|力争|争取|到|于|在|[、\s])*"
    r"(?:实施|推进|开展|落实|升级|推动|启动|组织|做好|参与|实现|完成|打造|确保|其中|含|包括)?(?:好)?"
)


class _Clause(NamedTuple):
    """A stretch of a sentence up to the next comma, colon or 、; `start` and `end` are its place in the sentence."""

    start: int
    end: int
    text: str


def propose(text: str) -> tuple[Target, ...]:
    """What the text seems to set as targets, in its order, each `what` once."""
    targets: dict[str, Target] = {}
    for sentence in _sentences(text):
        for target in _targets_of(sentence):
            known = targets.get(target.what)
            what = target.what if known is None else f"{target.what}({target.value})"
            targets.setdefault(what, Target(what, target.value, target.quote, target.by))
    return tuple(targets.values())


def _sentences(text: str) -> Iterator[str]:
    for found in re.finditer(r"[^。;\n!]+", folded(text)):
        sentence = text[found.start() : found.end()].strip()
        in_brackets = re.fullmatch(r"\([^()]*\)", folded(sentence))  # the departments
        if sentence and not in_brackets and len(sentence) <= _SENTENCE:
            yield sentence


def _targets_of(sentence: str) -> Iterator[Target]:
    parent: tuple[str, _Clause] | None = None
    nested = False
    clauses = [_Clause(*found.span(), sentence[slice(*found.span())]) for found in _clauses(sentence)]
    for clause in clauses:
        nested = parent is not None and (nested or bool(_NESTED.match(folded(clause.text))))
        by = _deadline(clause.text) or _deadline(clauses[0].text)
        for value, what in _values(clause.text):
            if nested and parent:
                yield Target(f"{parent[0]}中的{what}", value, sentence[parent[1].start : clause.end].rstrip("、"), by)
            else:
                parent = (what, clause)
                yield Target(what, value, clause.text.strip("、 "), by)
        nested = nested and clause.text.endswith("、")


def _clauses(sentence: str) -> Iterator[re.Match[str]]:
    """Split at commas and colons, and at 、 behind a figure or a programme; not inside 《》 and “”."""
    return re.finditer(r"(?:《[^》]*》|“[^”]*”|[^,:、]|(?<![\d个所名项家%程划动])、)+、?", folded(sentence))


def _deadline(clause: str) -> str | None:
    found = _DEADLINE.search(folded(clause))
    return clause[found.start() : found.end()] if found else None


def _values(clause: str) -> Iterator[tuple[str, str]]:
    """Each value of the clause with what it is of; a figure inside a 《title》 or a deadline is no value."""
    shape = folded(clause)
    taken = [found.span() for found in re.finditer(r"《[^》]*》", shape)]
    taken += [found.span() for found in _DEADLINE.finditer(shape)]
    found_any = False
    for start, end in _spans(shape):
        if start < end and not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            found_any = True
            yield clause[start:end], _what(clause, start, end)
    deadline = None if found_any else _DEADLINE.search(shape)
    if deadline:
        yield clause[deadline.start() : deadline.end()], _what(clause, *deadline.span())


def _spans(shape: str) -> Iterator[tuple[int, int]]:
    for pattern in _VALUES:
        for found in pattern.finditer(shape):
            yield found.span()
    for found in _PROGRAMME.finditer(shape):
        verbs = _VERBS.match(found[0])
        start = found.start() + (verbs.end() if verbs else 0)
        if found.end() - start > 2:  # more than 计划 by itself
            yield start, found.end()


def _what(clause: str, start: int, end: int) -> str:
    """The clause without the value and without the verbs that open it; a programme is called by its kind."""
    rest = (clause[:start] + clause[end:].lstrip("的")).replace("“”", "").strip("、 ")
    if rest.count("“") != rest.count("”"):
        rest = re.sub("[“”]", "", rest)
    opening = _VERBS.match(rest)
    what = rest[opening.end() :] if opening else rest
    if len(what) > 2 or (what and clause[end - 1] not in "程划动"):
        return what.strip("、 的")
    return f"{rest or '提出'}的{clause[max(start, end - 2) : end]}"
