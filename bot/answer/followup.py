"""What a follow-up takes from the conversation: 目标呢, 那职教呢, 它第几条, 还有谁参与, 其中牵头的."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answer.about import find_aspect
from bot.answer.asked import Asked, AskedValue, find_alternatives
from bot.answer.cues import Cue
from bot.answer.focus import Focus
from bot.answer.numerals import NUMERAL, parse_number
from bot.answer.question import Intent, Question, Role, is_bare
from bot.plan.model import PointKey

_OF_POINTS = frozenset((Intent.LEAD, Intent.DEPARTMENTS, Intent.TARGET, Intent.CONTENT, Intent.LOCATE, Intent.ITEM))
"""Intents that need a point to be asked of."""
_NARROWED = frozenset((Intent.LEAD, Intent.DEPARTMENTS, Intent.LOCATE, Intent.TARGET))
_OF_DEPARTMENTS = frozenset((Intent.DEPARTMENT_ITEMS, Intent.COUNT))
_LISTS = frozenset((*_OF_DEPARTMENTS, Intent.SECTION))
"""Intents whose replies list points."""
_ABOUT_DUTIES = frozenset((Cue.LISTING, Cue.COUNTING, Cue.LEAD, Cue.ANY_ROLE, Cue.LOCATE))
_THEM = re.compile(r"[他它她]们?|(?:这|那|该)(?:个)?(?:科室?|部门|单位|办公室|中心)")
_THAT_DEPARTMENT = re.compile(
    r"(?:这|那|该|同)(?:一)?个?(?:科室?|办|部门|单位|中心|学校|处室?)(?!呢)|"
    r"(?:牵头|负责|配合|领头)的?[这那](?:一)?(?:家|个)|[这那]家(?!长)|"
    r"(?:他|它)们(?:科|办|单位|部门|还|名下|手上|自己|今年|一共|总共|都|主要|(?=牵头|负责|管|参与|配合))|(?:他|它)们?还(?:牵头|负责|管|在|列|挂|参与|配合|出现)"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with what it takes from the focus."""

    question: Question
    within: tuple[PointKey, ...] = ()
    """The points that it stays within."""
    rule: str = ""
    """The rule that completed it, for `ask --explain`."""


def resolve(question: Question, focus: Focus | None, plan: str) -> Resolved:
    """Complete a question to the plan of that id from the focus, by the first rule that fits.

    A new subject takes nothing over.
    """
    if focus is not None and focus.points and focus.points[0].plan != plan and is_bare(question):
        return _another_year(question, focus)
    if focus is not None:
        for rule in _RULES:
            resolved = rule(question, focus)
            if resolved is not None:
                return resolved
    return Resolved(_alone(question))


def listed(focus: Focus) -> bool:
    """Whether the last reply listed points, of which 第二个 or 最后一条 may be meant."""
    return len(focus.points) > 1 and _read_intent(focus.intent)[0] in _LISTS


def write_intent(question: Question) -> str:
    """An intent with its role, for a focus."""
    return f"{question.intent}:{question.role}" if question.role else str(question.intent or "")


def _read_intent(written: str) -> tuple[Intent | None, Role | None]:
    intent, _, role = written.partition(":")
    try:
        return Intent(intent) if intent else None, Role(role) if role else None
    except ValueError:
        return None, None


def _after_duties(focus: Focus) -> bool:
    """Whether the last reply listed or counted the points of a department."""
    return _read_intent(focus.intent)[0] in _OF_DEPARTMENTS and bool(focus.departments)


def _another_year(question: Question, focus: Focus) -> Resolved:
    """今年呢, after another year's plan: the same question to this one."""
    intent, role = _read_intent(focus.intent)
    taken = replace(
        question,
        intent=question.intent or intent or Intent.CONTENT,
        role=question.role or role,
        subject=focus.text,
        departments=question.departments or focus.departments,
    )
    return Resolved(taken, rule="换一年,问题不变")


def _another_step(question: Question, focus: Focus) -> Resolved | None:
    """前一条呢: what was asked of the last point is asked of the one before."""
    intent, role = _read_intent(focus.intent)
    asks_again = question.step and Cue.ALSO in question.cues and intent in (Intent.LEAD, Intent.DEPARTMENTS)
    if not asks_again or not is_bare(question) or question.intent is not Intent.STEP:
        return None
    asked = AskedValue(Asked.COUNT, 0, 0) if re.search("几|多少", focus.asked) else None
    return Resolved(replace(question, intent=intent, role=role, asked=asked), rule="换一条,问法不变")


def _another_section(question: Question, focus: Focus) -> Resolved | None:
    if question.section is None or question.intent is not None or question.departments:
        return None
    counted = _read_intent(focus.intent)[0] is Intent.COUNT
    return Resolved(replace(question, intent=Intent.COUNT if counted else Intent.SECTION), rule="换一个部分,问法不变")


def _another_item(question: Question, focus: Focus) -> Resolved | None:
    """第12条呢: what was asked of the last point is asked of this one."""
    if not question.items or question.intent is not None:
        return None
    intent = _read_intent(focus.intent)[0]
    taken = intent if intent in (Intent.LEAD, Intent.DEPARTMENTS, Intent.TARGET) else Intent.ITEM
    return Resolved(replace(question, intent=taken), rule="换一条,问法不变")


def _duties_in_section(question: Question, focus: Focus) -> Resolved | None:
    """其中属于第三部分的是哪几条, of the department that was asked about before."""
    after_duties = _after_duties(focus)
    if not after_duties or question.section is None or question.departments or Cue.BACK not in question.cues:
        return None
    intent = Intent.COUNT if Cue.COUNTING in question.cues else Intent.DEPARTMENT_ITEMS
    role = question.role or _read_intent(focus.intent)[1]
    return Resolved(replace(question, intent=intent, departments=focus.departments, role=role), rule="接上文的科室")


def _rest_of_section(question: Question, focus: Focus) -> Resolved | None:
    """下面都有哪几条, after a section."""
    counted = _read_intent(focus.intent)[0] is Intent.COUNT and not focus.departments
    counted = counted and len({(key.plan, key.section) for key in focus.points}) == 1
    after_section = (_read_intent(focus.intent)[0] is Intent.SECTION or counted) and focus.points
    listing = question.cues & {Cue.LISTING, Cue.COUNTING} and not question.cues & {Cue.WHO, Cue.LEAD, Cue.DEPARTMENTS}
    if not after_section or not listing or not is_bare(question) or question.departments:
        return None
    intent = Intent.SECTION if Cue.LISTING in question.cues else Intent.COUNT
    return Resolved(replace(question, intent=intent, section=focus.points[0].section), rule="接上文那个部分")


def _claim_of_that_department(question: Question, focus: Focus) -> Resolved | None:
    """19条也是他们牵头的吧: a claim about the department that was named before."""
    departments = focus.departments or focus.led_by
    alone = _ALONE.search(question.text) is not None
    asks_so = question.check or (_SO.search(question.text) and (alone or not question.cues & _OPEN))
    about_it = _THEM.search(question.text) and (focus.departments or alone or not _IT.search(question.text))
    if question.departments or not asks_so or not departments or not about_it:
        return None
    taken = replace(question, intent=Intent.LEAD, departments=departments, check=True)
    return Resolved(taken, focus.points[:1] if is_bare(question) and not question.items else (), "核对上文那个科室")


_SO = re.compile(r"(?:吗|吧|(?<!什)(?<!怎)么|\?)(?:$|[?。,!])")
_ALONE = re.compile(r"(?:就|只|光|单)(?:是|有)?[他它她]们?(?:一家|自己|一个)")
_IT = re.compile(r"[它她他](?!们)")
_OPEN = frozenset((Cue.WHO, Cue.LISTING, Cue.COUNTING, Cue.DEPARTMENTS, Cue.LOCATE))


def _that_department(question: Question, focus: Focus) -> Resolved | None:
    """这个部门还牵头哪些: of the department that the last answer named."""
    about = question.cues & _ABOUT_DUTIES or (question.role is not None and focus.departments)
    asked = about and not question.check and not question.departments
    after_duties = _after_duties(focus)
    pointed_at = _THAT_DEPARTMENT.search(question.text) or (after_duties and re.search("[它他]", question.text))
    if not asked or not focus.led_by or not pointed_at:
        return None
    counting = Cue.COUNTING in question.cues and Cue.LISTING not in question.cues
    intent = Intent.COUNT if counting else Intent.DEPARTMENT_ITEMS
    departments = focus.departments if after_duties or question.excepted else focus.led_by
    taken = replace(question, intent=intent, departments=departments or focus.led_by, role=_narrowed(question, focus))
    return Resolved(taken, rule="上文那个科室")


def _narrowed(question: Question, focus: Focus) -> Role | None:
    """参与的呢, after those that a department leads: those that it takes part in without leading."""
    before = _read_intent(focus.intent)[1]
    helps = question.role is Role.ANY or (question.role is None and _HELPING.search(question.text))
    if before is Role.LEAD and helps and not _TOGETHER.search(question.text):
        return Role.PARTNER
    return question.role


def _another_party(question: Question, focus: Focus) -> Resolved | None:
    """三家的呢, after those that two departments share."""
    found = _PARTY_ONLY.fullmatch(question.text)
    intent = _read_intent(focus.intent)[0]
    number = parse_number(found[1]) if found else None
    if number is None or intent not in _OF_DEPARTMENTS or focus.departments:
        return None
    selection = replace(question.selection, least=int(number), most=int(number))
    return Resolved(replace(question, intent=intent, selection=selection), rule="换一个家数,问法不变")


_PARTY_ONLY = re.compile(
    rf"那?(?:么)?({NUMERAL})(?:个|家)(?:单位|科室|部门)?(?:负责|一起)?的?(?:有?几条|有哪些|是哪几条)?呢?\??"
)


def _shared_with(question: Question, focus: Focus) -> Resolved | None:
    """跟德育科同时挂名的是哪几条, after another department's points."""
    after_duties = _after_duties(focus)
    if not after_duties or len(question.departments) != 1 or not _WITH_IT.search(question.text):
        return None
    intent = Intent.COUNT if Cue.COUNTING in question.cues else Intent.DEPARTMENT_ITEMS
    both = tuple(dict.fromkeys((*focus.departments, *question.departments)))
    return Resolved(replace(question, intent=intent, departments=both, role=Role.ANY), rule="与上文的科室共有的")


_WITH_IT = re.compile(r"^(?:其中|里面|那)?(?:跟|和|与|同)[^,。?!]{2,12}?(?:同时|一起|共同|一块|都|搭档|联合)")


def _checked_list(question: Question, focus: Focus) -> Resolved | None:
    """1到3是吧, after the points that a department leads."""
    intent, role = _read_intent(focus.intent)
    asked = question.check and len(question.items) > 1 and is_bare(question) and not question.departments
    if not asked or intent not in _OF_DEPARTMENTS or not focus.departments:
        return None
    taken = replace(question, intent=Intent.DEPARTMENT_ITEMS, departments=focus.departments, role=question.role or role)
    return Resolved(taken, rule="核对上文那个科室的条目")


def _same_aspect(question: Question, focus: Focus) -> Resolved | None:
    """整串发我, after 索引号是XM04106开头那个: of the notice itself."""
    aspect = find_aspect(focus.text) if _read_intent(focus.intent)[0] is Intent.NOTICE else None
    if aspect is None or not _IN_FULL.search(question.text) or question.items or question.departments:
        return None
    return Resolved(replace(question, intent=Intent.NOTICE, aspect=aspect), rule="上文问的通知本身")


_IN_FULL = re.compile(
    r"整串|完整|全称|全名|全的|整个(?:号|名)|再(?:发|说|报)一遍|后面(?:是|的)(?:什么|啥|几)|发全|报全"
)


def _among_listed(question: Question, focus: Focus) -> Resolved | None:
    """这里头综合科牵头的是哪几条, after a list of points."""
    narrowed = question.departments and _AMONG.search(question.text) and not _AGAIN.search(question.text)
    if not listed(focus) or not narrowed or question.intent not in _OF_DEPARTMENTS:
        return None
    return Resolved(question, focus.points, "上文清单里的")


_AMONG = re.compile(r"里面|里头|其中|当中|之中|[这那](?:些|几)")


def _another_department(question: Question, focus: Focus) -> Resolved | None:
    """那综合科呢."""
    if not question.departments or not is_bare(question) or question.intent is not None or question.check:
        return None
    intent, role = _read_intent(focus.intent)
    if intent in _OF_DEPARTMENTS:
        taken = replace(question, intent=intent, role=question.role or role)
        return Resolved(taken, rule="换一个科室,问法不变")
    return Resolved(replace(question, intent=Intent.DEPARTMENT_ITEMS), rule="只说科室:列出它的条目")


def _narrowed_duties(question: Question, focus: Focus) -> Resolved | None:
    """其中牵头的, 配合的呢, 一共几条: of the department that was asked about before."""
    after_duties = _after_duties(focus)
    named = question.departments or question.unknown_departments or _THAT_POINT.search(question.text)
    if not after_duties or named or not is_bare(question) or Cue.WHO in question.cues:
        return None
    narrows = _narrowed(question, focus) is not None or question.cues & {Cue.COUNTING, Cue.LISTING}
    if not narrows or question.intent not in {*_OF_DEPARTMENTS, *_NARROWED, None} or question.check:
        return None
    counts_again = _read_intent(focus.intent)[0] is Intent.COUNT and not question.cues & {Cue.LISTING, Cue.LOCATE}
    wanted = Intent.COUNT if Cue.COUNTING in question.cues or counts_again else Intent.DEPARTMENT_ITEMS
    role = _narrowed(question, focus) or _read_intent(focus.intent)[1] or Role.ANY
    taken = replace(question, intent=wanted, departments=focus.departments, role=role)
    return Resolved(taken, rule="接上文的科室")


_THAT_POINT = re.compile(r"[那这该此同](?:一)?条(?!目)")
_TOGETHER = re.compile(r"加|一起|合(?!.?作)|都|总|连|不论|不管|无论|所有|全部|和|跟|、|列名|名字|有份|沾")
_HELPING = re.compile(r"配合|协助|帮|参与")


def _same_point(question: Question, focus: Focus) -> Resolved | None:
    """谁牵头, 目标呢, 是教育科吧: a message that names no subject stays with the point in focus."""
    if not focus.points or not is_bare(question) or question.items or question.section is not None:
        return None
    if question.departments:
        if question.intent in _OF_DEPARTMENTS and (Cue.LISTING in question.cues or question.claims):
            return None  # 教育纪工委参与了哪些, 基建办一共两条吧: a list of its own
        asked = replace(question, intent=Intent.LEAD, check=True)
        doubts = question.check or _DOUBT.search(question.text)
        return Resolved(asked, focus.points[:1], "核对上文那条的科室") if doubts else None
    if question.intent in _OF_POINTS:
        return Resolved(question, focus.points[:1], "没说是哪件事:接上文那条")
    if question.intent is None and question.check:
        return Resolved(replace(question, intent=Intent.CONTENT), focus.points[:1], "核对上文那条")
    if question.intent is None and _WHY.search(question.text):
        before = _read_intent(focus.intent)[0]
        again = replace(question, intent=before if before in _OF_POINTS else Intent.ITEM)
        return Resolved(again, focus.points[:1], "问上文的依据")
    how = _HOW.search(question.text) or _SAID_HOW.search(question.text)
    if question.intent in (None, Intent.CONTENT) and how:
        return Resolved(replace(question, intent=Intent.CONTENT, subject=focus.text), focus.points[:1], "上文的做法")
    if question.intent in (None, Intent.DEPARTMENT_ITEMS) and _PARTNERS.search(question.text):
        return Resolved(replace(question, intent=Intent.DEPARTMENTS), focus.points[:1], "上文那条的配合单位")
    return None


_DOUBT = re.compile(r"不会吧|不对吧|明明|怎么是|难道|以为|听说|说是|不是说|记得是|印象")
_SAID_HOW = re.compile(r"怎么(?:说|写|讲|表述|规定|要求)|咋(?:说|写|讲)|怎样(?:说|写)")
_HOW = re.compile(r"怎么(?:做|弄|干|搞|落实|办|推进|抓|安排)|如何|打算|举措|措施|做法|安排|做什么|干什么|做啥")
_WHY = re.compile(r"为什么|凭什么|依据|原话|再说一遍|确定吗|不对吧|真的吗")
_PARTNERS = re.compile(r"配合|参与|协办")


def _another_subject(question: Question, focus: Focus) -> Resolved | None:
    """那职教呢: the subject is new, what is asked of it is not."""
    if question.intent is not None or is_bare(question):
        return None
    intent = _read_intent(focus.intent)[0]
    taken = intent if intent in _OF_POINTS and not question.check else Intent.CONTENT
    asked = question.asked
    if taken is Intent.TARGET and asked is None:  # 那小学呢, after 初中有几个
        asked = AskedValue(Asked.COUNT, len(question.text), len(question.text))
    back = Cue.BACK in question.cues and not _AGAIN.search(question.text)
    within = focus.points[:1] if back or _THE_OTHER.match(question.text) else ()
    return Resolved(replace(question, intent=taken, asked=asked), within, "只说事情:问法接上文")


_THE_OTHER = re.compile(r"(?:那|还有)?(?:另外|另|剩下)的?(?:那|一|那一)(?:个|种|条|家|项|所|类|块)")
"""另外那个模式呢."""


def _pointed_at(question: Question, focus: Focus) -> Resolved | None:
    """里面幼儿园几个, 它的目标; 其中讲心理的是哪条, after a list of points."""
    pointing = Cue.BACK in question.cues and not _AGAIN.search(question.text)
    if not pointing or question.intent not in _OF_POINTS or not focus.points or question.items:
        return None
    return Resolved(question, focus.points if listed(focus) else focus.points[:1], "指着上文那条问")


_AGAIN = re.compile(r"刚才|刚刚|前面|上面")
"""刚才那个心理的: goes back past the last answer, to where search finds it."""


def _either(question: Question, focus: Focus) -> Resolved | None:
    """省级的还是市级的: of what the last answer said."""
    if (
        not _ONLY_A_CHOICE.fullmatch(question.text)
        or not find_alternatives(question.text)
        or not focus.points
        or question.departments
    ):
        return None
    return Resolved(replace(question, intent=Intent.CONTENT), focus.points[:1], "上文那条里选一个")


_ONLY_A_CHOICE = re.compile(r"(?:那|是|到底|究竟)*([\u4e00-\u9fff]{2,5}?)的?[,]?还是([\u4e00-\u9fff]{2,5}?)的?[?呢]*")


def _nth_of_list(question: Question, focus: Focus) -> Resolved | None:
    """第一个是什么内容, 最后一条谁牵头: counted in the list that the last reply gave."""
    found = _NTH.search(question.text)
    if not found or not listed(focus) or question.departments:
        return None
    number = len(focus.points) if found["last"] else int(parse_number(found["number"]) or 0)
    if not 1 <= number <= len(focus.points) or not is_bare(replace(question, subject=_NTH.sub("", question.subject))):
        return None
    intent = question.intent if question.intent in _NARROWED else Intent.ITEM
    return Resolved(replace(question, intent=intent, items=()), (focus.points[number - 1],), "上文清单里的一条")


_NTH = re.compile(rf"第(?P<number>{NUMERAL})(?:个|项|件)|(?P<last>最后(?:一|那)?(?:个|条|项|件))")


def _alone(question: Question) -> Question:
    """A question that takes nothing over: a bare subject asks what the plan says of it."""
    if question.intent is not None:
        return question
    if question.items:
        return replace(question, intent=Intent.ITEM)
    if question.section is not None:
        return replace(question, intent=Intent.SECTION)
    named = question.departments or question.unknown_departments
    return replace(question, intent=Intent.DEPARTMENT_ITEMS if named else Intent.CONTENT)


_RULES: tuple[Callable[[Question, Focus], Resolved | None], ...] = (
    _same_aspect,
    _another_party,
    _shared_with,
    _checked_list,
    _duties_in_section,
    _among_listed,
    _another_step,
    _another_section,
    _another_item,
    _rest_of_section,
    _either,
    _nth_of_list,
    _claim_of_that_department,
    _that_department,
    _another_department,
    _narrowed_duties,
    _same_point,
    _another_subject,
    _pointed_at,
)
