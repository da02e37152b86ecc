"""Is it so? A question that claims a fact gets yes or no, then the true fact."""

import re
from collections import Counter
from functools import partial

from bot.answer import duties, values, wording
from bot.answer.about import Aspect, state
from bot.answer.asked import ASKED_FOR, Asked, AskedValue
from bot.answer.asking import Asking, cite, department_sentence, reply
from bot.answer.contradicting import contradicting_clause, other_kind, word_replaced
from bot.answer.cues import A_NOT_A, Cue
from bot.answer.figures import Figure, FigureKind
from bot.answer.model import DIRECT_LIMIT, Answer, Verdict
from bot.answer.numerals import NUMERAL, parse_number
from bot.answer.passages import best_sentences, shorten
from bot.answer.question import Intent, Question, Role
from bot.plan.model import PointKey
from bot.search.normalising import normalise

_NEGATED = re.compile(
    r"(?:(?<!是)不是|不归|不由|没有|并非|不该|不用|无需|不需要|不必|不再|不参与|没参与|没列|不沾边|不相干|无关|没关系)(?!错|记错)"
)


def is_negated(text: str) -> bool:
    """Whether a claim denies (不归综合科管), apart from 是不是, 参不参与 and 不是教育科吗."""
    return _NEGATED.search(re.sub(rf"{A_NOT_A}|不是(?=[^,。]*吗)|没有?[?。! ]*$", "", text)) is not None


def _verdict(so: bool, negated: bool = False) -> Verdict:
    return Verdict.YES if so != negated else Verdict.NO


def check_role(asking: Asking, key: PointKey) -> Answer:
    """是不是德育科牵头: against the point's departments."""
    question, point = asking.question, asking.point(key)
    leads = asking.plan.leads_of(point)
    claimed = question.departments
    if question.items and len(claimed) == 1 and _ONLY_THERE.search(question.text):
        return _check_only_there(asking)
    told = _roles_told(asking)
    if told:
        leading, helping = told
        partners = set(point.departments) - set(leads)
        so = set(leading) <= set(leads) and set(helping) <= partners
    elif _ALONE.search(question.text):
        so = set(point.departments) == set(claimed)
    elif _claims_lead(question):
        so = all(name in leads for name in claimed) if claimed else False
    elif question.role is Role.PARTNER:
        so = all(name in point.departments and name not in leads for name in claimed)
    else:
        so = all(name in point.departments for name in claimed)
    negated = is_negated(question.text) and not _ALONE.search(question.text)
    asking.trace.note(f"核对科室：所称 {claimed}，实为 {point.departments}")
    true = _roles(asking, key)
    verdict = _verdict(so, negated)
    start = "对" if verdict is Verdict.YES else "不对"
    citation = cite(asking, key, department_sentence(point))
    return reply(asking, f"{start}。{true}", [citation], verdict=verdict, notes=lead_notes(asking, key))


def _roles_told(asking: Asking) -> tuple[list[str], list[str]] | None:
    """Who leads and who takes part by the claim itself (教育科牵头、综合科配合); None where it does not tell both."""
    leading, helping = [], []
    text = asking.question.text
    for mention in asking.serving.names.find(text):
        if _LEADS_BEHIND.match(text, mention.end):
            leading.append(mention.name)
        elif _HELPS_BEHIND.match(text, mention.end):
            helping.append(mention.name)
    return (leading, helping) if leading and helping else None


_LEADS_BEHIND = re.compile(r"(?:是|来|做|为|负责|总)?(?:牵头|主抓|打头|主办|领头|挂帅)")
_HELPS_BEHIND = re.compile(r"(?:、[^,。?!]{2,20}?)?(?:是|来|做|负责|只|只是)?(?:配合|参与|协办|协助|打下手|帮忙)")
_ALONE = re.compile(
    r"(?:只|仅|就)(?:由|是|有|归|挂|写|列)|单独|独自|独家|单由|一家(?:负责|管|承担|干|牵头|单位|科室|$|[,?!吗吧])|"
    r"没有?(?:别的|其他|其它)"
)
_ONLY_THERE = re.compile(r"(?:只|仅|就)(?:有|在|出现在|列在|牵头|参与|负责|管)*(?:了)?第")


def _check_only_there(asking: Asking) -> Answer:
    """教育纪工委只在第2条吗: against the list of what the department has."""
    question = asking.question
    role = question.role or Role.ANY
    has = duties.points_of(asking.plan, question.departments, role)
    so = {key.point for key, _ in has} == set(question.items)
    answer = duties.list_duties(asking)
    start = "对" if so else "不对"
    return reply(asking, f"{start}。{answer.direct}", answer.citations, verdict=_verdict(so))


_TAKES_PART = re.compile(
    r"也(?:管|负责|抓|做)|也在|也有|也是|在(?:责任|里头|里面|名单|其中|列)|责任(?:部门|单位|科室)|参与|涉及|列名|有份|包括|里头|里面|有没有|里有|里没有?|括号|没列|没写"
)


def _claims_lead(question: Question) -> bool:
    """Whether a claim about departments is that they lead: one alone does, unless it only takes part."""
    if question.role is not None:
        return question.role is Role.LEAD
    return len(question.departments) == 1 and not _TAKES_PART.search(question.text)


def _roles(asking: Asking, key: PointKey) -> str:
    point = asking.point(key)
    leads = asking.plan.leads_of(point)
    partners = [name for name in point.departments if name not in leads]
    if not point.departments:
        return wording.NO_DEPARTMENTS
    if not leads:
        return f"“{point.title}”的责任单位是{wording.in_marks(point.departments)}。"
    rest = f"，{wording.in_marks(partners)}配合" if partners else ""
    return f"“{point.title}”由{wording.in_marks(leads)}牵头{rest}。"


def lead_notes(asking: Asking, key: PointKey) -> tuple[str, ...]:
    """How it is known who leads, where the notice does not say it, or not in the point's own text."""
    point = asking.point(key)
    by_custom = (wording.LEAD_BY_CUSTOM,) if not point.leads and len(point.departments) > 1 else ()
    named = not point.departments or any(name in point.text for name in point.departments)
    return by_custom if named else (*by_custom, wording.named_above(asking.plan, key))


def check_count(asking: Asking) -> Answer | None:
    """教育科牵头的一共是7项,对吗: against the count."""
    claimed = [f.number for f in asking.question.claims if f.unit in {"条", "项", "件", "个", "大"}]
    if not claimed:
        return None
    if asking.question.departments or asking.question.selection:
        answer = duties.count_duties(asking)
        true = float(len(answer.citations))
    else:
        answer = duties.count_whole(asking)
        numbers = re.findall(r"(\d+)(个部分|条)", answer.direct)
        wanted = "个部分" if re.search("部分|章", asking.question.text) and asking.question.section is None else "条"
        true = next((float(number) for number, unit in numbers if unit == wanted), -1.0)
    so = float(claimed[0] or 0) == true
    start = "对" if so else "不对"
    return reply(asking, f"{start}。{answer.direct}", answer.citations, verdict=_verdict(so))


def check_notice(asking: Asking, aspect: Aspect) -> Answer | None:
    """文号是不是〔2023〕16号: against the notice's head."""
    true = state(asking.plan, aspect)
    if true is None:
        return None
    if aspect is Aspect.NORMATIVE:
        so = (true == "是") != is_negated(asking.question.text)
        return reply(asking, f"{'对' if so else '不对'}。{aspect.value}：{true}", verdict=_verdict(so))
    claimed = normalise(asking.question.text)
    figures = re.findall(r"\d+", claimed)
    stated = re.findall(r"\d+", normalise(true))
    if figures:
        so = not Counter(f.lstrip("0") for f in figures) - Counter(s.lstrip("0") for s in stated)
    else:
        so = any(piece in claimed for piece in normalise(true).split("、"))
    start = "对" if so else "不对"
    return reply(asking, f"{start}。{aspect.value}：{true}", verdict=_verdict(so))


def check_value(asking: Asking, keys: list[PointKey]) -> Answer | None:
    """竣工高中3个对吗: the value of that very thing, against the one claimed. None where no point states one."""
    found: list[tuple[bool, values.Value]] = []
    claims = asking.question.claims
    for claim in claims:
        vague = claim.text.rstrip("年").isdigit() or not re.search(r"\d", claim.text)
        if claim.kind is FigureKind.DATE and vague and len(claims) > 1:
            continue
        wanted = AskedValue(ASKED_FOR[claim.kind], claim.end, claim.end, measure=claim.unit)
        value = values.find_value(asking, keys, wanted, partial(_same, claim))
        if value is None or value.figure is None or (found and value.key != found[0][1].key):
            continue
        asking.trace.note(f"核对数值：所称 {claim.text}，实为 {value.text}")
        if len(claims) > 1 and value.figure.whole and _number_in(value.figure.whole) == claim.number:
            continue  # 续建的5个项目里有初中1个: the sum only says which part is meant
        found.append((_holds(claim, value.figure, asking.question.text), value))
    if not found:
        return None
    so = all(true for true, _ in found)
    said_otherwise = other_kind(asking.question.text, found[0][1].said) or word_replaced(asking, found[0][1].key)
    if so and said_otherwise:
        found, so = [(False, value) for _, value in found], False
    said = dict.fromkeys(value.said for true, value in found if so or not true)
    start = "对" if so else "不对"
    citation = cite(asking, found[0][1].key, [value.sentence for _, value in found])
    return reply(asking, f"{start}。{'；'.join(said)}"[:DIRECT_LIMIT], [citation], verdict=_verdict(so))


def _number_in(text: str) -> float | None:
    found = re.search(NUMERAL, text)
    return parse_number(found.group()) if found else None


_DATE_PIECES = re.compile(r"\d+|底|初|上半年|下半年|春|秋|十[三四五六]五")


_MORE = re.compile(r"超过|多于|大于|高于|不止|以上|至少|不少于|不低于")
_LESS = re.compile(r"(?<!不)(?:少于|小于|低于)|不到|不足|不满")
_AT_MOST = re.compile(r"不超过|以下|至多|最多|以内")


def _holds(claim: Figure, true: Figure, text: str) -> bool:
    """Whether a claim is true, also one that compares (不到9000个)."""
    around = text[max(0, claim.start - 4) : claim.end + 3]
    if claim.number is None or true.number is None or claim.kind is FigureKind.DATE:
        return _same(claim, true)
    if claim.number == true.number:
        return not _LESS.search(around)
    if _LESS.search(around) or _AT_MOST.search(around):
        return true.number < claim.number
    return bool(_MORE.search(around)) and not _MORE.search(true.text) and true.number > claim.number


def _same(claim: Figure, true: Figure) -> bool:
    if claim.kind is FigureKind.DIRECTION:
        return claim.text == true.text
    if claim.kind is FigureKind.DATE:
        claimed, stated = _DATE_PIECES.findall(claim.text), _DATE_PIECES.findall(true.text)
        return bool(claimed) and all(piece in stated for piece in claimed) and ("底" in claimed) == ("底" in stated)
    return claim.number == true.number


_MEMBER = re.compile(r"(?:不?包括|不?包含|不?含有?|涵盖)(?:了)?([\u4e00-\u9fff]{2,8}?)(?:对|是|吗|么|吧|$|[?,])")


def check_member(asking: Asking, key: PointKey) -> Answer | None:
    """六大要素包括师资吗: whether the list that is meant has the member."""
    claimed = _MEMBER.search(asking.question.text)
    if not claimed:
        return None
    listed = asking.with_subject(asking.question.text[: claimed.start()])
    keys = [candidate.key for candidate in asking.serving.index.candidates(listed.match, most=1)] or [key]
    value = values.find_value(listed, keys, AskedValue(Asked.MEMBERS, claimed.start(), claimed.start()))
    if value is None:
        return None
    so = claimed.group(1) in normalise(value.text)
    verdict = _verdict(so, "不" in claimed.group())
    start = "对" if verdict is Verdict.YES else "不对"
    return reply(
        asking, f"{start}。{value.said}"[:DIRECT_LIMIT], [cite(asking, value.key, [value.sentence])], verdict=verdict
    )


def check_content(asking: Asking, key: PointKey) -> Answer:
    """A claim without figure or department: yes where a sentence says nearly all of it; else only the sentence."""
    member = check_member(asking, key)
    if member:
        return member
    picked = best_sentences(asking, key)
    evidence = asking.match.evidence
    strengths = [evidence.strength(normalise(sentence)) for sentence in picked]
    together = evidence.strength(normalise("".join(picked)))
    said = "".join(picked) if together > _ADDS * max(strengths) else picked[strengths.index(max(strengths))]
    direct = shorten(asking, said, DIRECT_LIMIT - len("不对。"))
    opposite = contradicting_clause(asking, key, picked)
    if opposite:
        return reply(asking, f"不对。{opposite}"[:DIRECT_LIMIT], [cite(asking, key, picked)], verdict=Verdict.NO)
    question = asking.question
    certain = (
        not question.claims
        and not _RESTRICTED.search(question.text)
        and not is_negated(question.text)
        and not _numerals_differ(question.text, picked)
    )
    least = _MENTIONED_SHARE if Cue.MENTIONED in question.cues else _SAID_SHARE
    if question.intent is Intent.CONTENT and certain and together >= least * (evidence.total or 1.0):
        return reply(asking, f"对。{direct}", [cite(asking, key, picked)], verdict=Verdict.YES)
    return reply(asking, direct, [cite(asking, key, picked)])


_NUMBERED = re.compile(rf"第{NUMERAL}|“?[一二三四五六七八九十]{{1,2}}五|\d[\d.,]*")


def _numerals_differ(text: str, picked: list[str]) -> bool:
    """Whether a claim has a numeral that the sentences have not: 第十四轮 is no yes for 第十五轮."""
    said = normalise("".join(picked))
    return any(found.group() not in said for found in _NUMBERED.finditer(text))


_RESTRICTED = re.compile(r"以外|除了(?!.{1,12}[还也])|除外|只(?![增减能])|仅|(?<!阳)光(?![荣盘])")
"""A claim that restricts is not confirmed by a sentence that says the same of more."""
_ADDS = 1.05
"""How much more of a claim two sentences must say than one of them for both to be given."""
_SAID_SHARE = 0.75
"""The share of a claim's weight that a sentence must hold for a yes."""
_MENTIONED_SHARE = 0.5
"""The share where it is only asked whether the plan says it at all: 写进要点了吧."""


def check_item(asking: Asking, key: PointKey, about: PointKey | None) -> Answer | None:
    """第5条是讲平安校园的吧: whether the subject's point is the one named."""
    if about is None:
        return None
    so = key == about
    true = wording.point_line(asking.plan, about, asking.point(about))
    start = "对" if so else "不对"
    return reply(asking, f"{start}。{true}", [cite(asking, about, best_sentences(asking, about))], verdict=_verdict(so))
