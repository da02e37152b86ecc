"""What a question asks for: the rules in order, the first that fits decides.

That somebody asks who leads is decided here; who does, in `Plan.leads_of`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer.about import Aspect
from bot.answer.asked import Asked, AskedValue
from bot.answer.cues import Cue, Found
from bot.answer.numerals import NUMERAL
from bot.answer.question import Intent, Question, is_bare
from bot.answer.ranking import asks_for_ranking

_LEAD_CHOICE = re.compile(r"(?:哪|那)(?:一)?(?:家|个|边)?是?(?:牵头|负责|主办|为主|管)|谁(?:是)?(?:牵头|为主|负责)")
_EACH = re.compile(r"[那这各]几?条|哪几条|几条|逐条|每条|各条|列")
_QUESTION_WORD = re.compile(r"什么|啥|怎么|咋|如何|哪|几|多少|吗|为何|有没有|要不要|能不能")
_CERTAIN_ASPECTS = frozenset((Aspect.DOCUMENT_NUMBER, Aspect.INDEX_NUMBER))
_LITTLE_ELSE = 14
"""Characters beside 一共几条 that are no subject: 从头到尾."""
_PARTS = re.compile(rf"{NUMERAL}(?:个|大)?(?:部分|章|板块|大块)")
_HOW_MANY_UNITS = re.compile(r"(?:几|多少)(?:个|家)?(?:责任)?(?:科室|部门|单位|处室)")
"""数一下,是几个单位: of a point, not of the plan."""
_POINTS = re.compile(r"[几多少\d]条|条目|[几多少]项|部分")
_MANNERS = frozenset((Cue.ALSO, Cue.COURTESY, Cue.CORRECTION))
_SWAPS = frozenset((Cue.ALSO, Cue.CORRECTION))
"""那第12条呢, 我问的是第12条: another thing, asked as the last one was."""
_WHO_CUES = frozenset((Cue.LEAD, Cue.WHO, Cue.DEPARTMENTS, Cue.PARTNERS))
_ROLE_CUES = frozenset((Cue.LEAD, Cue.ANY_ROLE, Cue.NOT_LEAD, Cue.PARTNERS))


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rules look at."""

    question: Question
    found: tuple[Found, ...]
    bare: bool
    """The question names no subject of its own."""

    @property
    def cues(self) -> frozenset[Cue]:
        """The cues that the question has."""
        return self.question.cues

    @property
    def named(self) -> bool:
        """Whether it names a department, one that the plan has or another."""
        return bool(self.question.departments or self.question.unknown_departments)


Rule = tuple[Callable[[Signs], bool], Intent | None]


def decide_intent(question: Question, found: Sequence[Found]) -> tuple[Intent | None, str]:
    """The intent of the first rule that fits, and that rule's name.

    The intent is None for a message that asks nothing of its own (那职教呢).
    """
    signs = Signs(question, tuple(found), is_bare(question))
    decided = ((intent, fits.__name__.strip("_")) for fits, intent in RULES if fits(signs))
    return next(decided, (Intent.CONTENT, "no_rule"))


def _steps(signs: Signs) -> bool:
    """上一条讲什么, but not 下一条谁牵头."""
    return bool(signs.question.step) and signs.bare and not signs.cues & _WHO_CUES


def _of_the_notice(signs: Signs) -> bool:
    """文号是多少, 谁印发的."""
    question = signs.question
    pointed_at = bool(question.items) or Cue.BACK in signs.cues
    of_a_point = pointed_at and question.aspect is Aspect.TITLE
    fits = not signs.named or question.aspect in _CERTAIN_ASPECTS
    return question.aspect is not None and fits and not of_a_point and Cue.LOCATE not in signs.cues


def _of_outsiders(signs: Signs) -> bool:
    """会同哪几个部门: bodies outside the bureau stand in the text, not among the departments."""
    return Cue.OUTSIDE in signs.cues


def _counts_points(signs: Signs) -> bool:
    """几条 asked of a department, of the whole plan, of a section, or of points with so many departments."""
    question = signs.question
    claimed = question.check and (
        any(claim.unit in {"条", "项", "件"} for claim in question.claims) or _PARTS.search(question.text) is not None
    )
    of_a_point = _HOW_MANY_UNITS.search(question.text) and not _POINTS.search(question.text) and question.aspect is None
    if (Cue.COUNTING not in signs.cues and not claimed) or (of_a_point and not question.selection):
        return False
    if signs.named and (signs.bare or question.role is not None or Cue.LISTING in signs.cues):
        return True
    if question.items:
        return False
    if question.selection.party or question.section is not None or signs.bare:
        return True
    whole = Cue.WHOLE in signs.cues and re.search(r"条|部分|章", question.text)
    return bool(whole) and len(question.subject) < _LITTLE_ELSE


def _selects(signs: Signs) -> bool:
    """四家单位一起负责的是哪几条, 前两个部分有哪几条."""
    selection = signs.question.selection
    if not selection or (not selection.party and not signs.bare):
        return False
    asks_who = signs.cues & {Cue.LEAD, Cue.WHO} and not signs.bare
    return bool(signs.cues & {Cue.LISTING, Cue.LOCATE}) and not asks_who


def _numbered(signs: Signs) -> bool:
    """第11条讲什么, but not 第11条谁牵头."""
    checks = signs.question.check and (signs.named or signs.question.claims or not signs.bare)
    return bool(signs.question.items) and not signs.cues & _WHO_CUES and not signs.question.asked and not checks


def _another_item(signs: Signs) -> bool:
    """第12条呢."""
    return _numbered(signs) and bool(signs.cues & _SWAPS) and signs.bare


def _of_a_section(signs: Signs) -> bool:
    """列一下第三部分各条."""
    asks_who = signs.cues & _WHO_CUES and not signs.bare and not _EACH.search(signs.question.text)
    of_a_point = signs.question.items and (signs.cues & _WHO_CUES or signs.question.asked or signs.question.check)
    of_a_department = signs.named and (signs.question.role is not None or bool(signs.cues & _SWAPS))
    return signs.question.section is not None and not asks_who and not of_a_point and not of_a_department


def _another_section(signs: Signs) -> bool:
    """那第三部分呢."""
    return (
        _of_a_section(signs)
        and bool(signs.cues & _SWAPS)
        and signs.bare
        and not signs.cues & {Cue.LISTING, Cue.COUNTING}
    )


def _only_departments(signs: Signs) -> bool:
    chosen = _LEAD_CHOICE.search(signs.question.text) and len(signs.question.departments) > 1
    return signs.named and signs.bare and not chosen


def _checks_a_department(signs: Signs) -> bool:
    """是综合科吧."""
    return (
        _only_departments(signs)
        and signs.question.check
        and (bool(signs.question.items) or Cue.LISTING not in signs.cues)
    )


def _checks_a_list(signs: Signs) -> bool:
    """督导评估中心牵头的是第16、21条吧."""
    question = signs.question
    return question.check and len(question.items) > 1 and signs.named and signs.bare and question.role is not None


def _role_in_a_point(signs: Signs) -> bool:
    """第7条德育科是牵头还是配合."""
    return bool(signs.question.items) and signs.named and bool(signs.cues & _ROLE_CUES)


def _duties(signs: Signs) -> bool:
    """德育科牵头哪几项."""
    return _only_departments(signs) and bool(signs.cues & {Cue.LISTING, Cue.LOCATE, *_ROLE_CUES})


def _another_department(signs: Signs) -> bool:
    """那综合科呢."""
    return _only_departments(signs) and not signs.cues - _MANNERS


def _never_given(signs: Signs) -> bool:
    """给我名单, 电话多少."""
    asked = signs.question.asked
    of_departments = re.search(
        "科室|部门|单位|责任|括号|[几哪两三]家(?:在)?(?:管|负责|参与|牵头)|(?:配合|参与|协办|协助|负责|牵头)的?(?:是|有)?哪",
        signs.question.text,
    )
    certain = asked is not None and (
        Cue.LEAD not in signs.cues or (asked.thing == "联系方式" and Cue.WHO not in signs.cues)
    )
    return asked is not None and asked.asked is Asked.ABSENT and certain and not of_departments


def _lists_for_a_department(signs: Signs) -> bool:
    """A department, a role and a listing beside other words: 请把综合科牵头的条目列出来,写总结用."""
    if not signs.named or (Cue.WHO in signs.cues and Cue.ANY_ROLE not in signs.cues):
        return False
    if signs.question.check and not signs.bare:
        return False
    other_value = signs.question.asked is not None and signs.question.asked.asked is not Asked.MEMBERS
    return Cue.LISTING in signs.cues and bool(signs.cues & _ROLE_CUES) and not other_value


def _all_duties(signs: Signs) -> bool:
    return _lists_for_a_department(signs) and Cue.ANY_ROLE in signs.cues


def _lists_items(signs: Signs) -> bool:
    """凡是写到我们中心的条目都挑出来."""
    return signs.named and Cue.LISTING in signs.cues and "条目" in signs.question.text and Cue.WHO not in signs.cues


def _departments(signs: Signs) -> bool:
    """涉及哪些科室, 还有谁参与."""
    both_roles = Cue.LEAD in signs.cues and not signs.named and re.search("配合|参与|责任单位", signs.question.text)
    return bool(signs.cues & {Cue.DEPARTMENTS, Cue.PARTNERS}) or bool(both_roles)


def _locates(signs: Signs) -> bool:
    """在第几条."""
    asked = signs.question.asked
    return Cue.LOCATE in signs.cues and (asked is None or _within(asked, signs.found, Cue.LOCATE))


def _says_how(signs: Signs) -> bool:
    """我局是主管还是协助,原文怎么表述: the words, not who leads."""
    how = Cue.VERBATIM in signs.cues and re.search("怎么|如何", signs.question.text)
    return (
        bool(how) and not signs.bare and not signs.named and not signs.cues & {Cue.WHO, Cue.DEPARTMENTS, Cue.PARTNERS}
    )


def _asks_behind_the_lead(signs: Signs) -> bool:
    """书记牵头那套体制,改的是哪三类学校: the leading is told, another thing is asked."""
    asked, text = signs.question.asked, signs.question.text
    if asked is None or asked.asked not in _VALUES_BEHIND or signs.cues & {Cue.WHO, Cue.DEPARTMENTS, Cue.PARTNERS}:
        return False
    ends = max((f.end for f in signs.found if f.cue is Cue.LEAD), default=len(text))
    return bool(re.search("[,;。]", text[ends : asked.start])) and not signs.named


_VALUES_BEHIND = frozenset((Asked.MEMBERS, Asked.COUNT, Asked.PERCENT, Asked.DATE, Asked.ORDINAL))


def _leads(signs: Signs) -> bool:
    """谁牵头, 归哪个科室管: unless a value is asked for behind it."""
    if Cue.LEAD in signs.cues:
        return True
    if Cue.WHO not in signs.cues:
        return False
    asked_who = max(found.start for found in signs.found if found.cue is Cue.WHO)
    return signs.question.asked is None or signs.question.asked.start < asked_who


def _values(signs: Signs) -> bool:
    """几所, 百分之几, 什么时候, 哪三个率."""
    return signs.question.asked is not None


def _verbatim(signs: Signs) -> bool:
    """原文发我, 这条标题叫什么: of the point in focus."""
    titled = signs.question.aspect is Aspect.TITLE and Cue.BACK in signs.cues
    return (Cue.VERBATIM in signs.cues or titled) and signs.bare


def _checks_somebody(signs: Signs) -> bool:
    return signs.question.check and signs.named


def _checks_a_figure(signs: Signs) -> bool:
    return signs.question.check and bool(signs.question.claims)


def _asks_nothing(signs: Signs) -> bool:
    """那职教呢, 不是,我问的是培训机构: only a subject, or nothing at all."""
    only_named = signs.cues & {Cue.ALSO, Cue.CORRECTION, Cue.BACK} and not _QUESTION_WORD.search(signs.question.text)
    return Cue.VERBATIM not in signs.cues and (signs.bare or bool(only_named))


def _within(asked: AskedValue, found: Sequence[Found], cue: Cue) -> bool:
    """Whether the value asked for is only a part of a cue: 几条 in 第几条."""
    return any(f.cue is cue and f.start <= asked.start and asked.end <= f.end for f in found)


def _ranks(signs: Signs) -> bool:
    """哪个科室牵头最多: of the whole plan."""
    return asks_for_ranking(signs.question.text, signs.bare, signs.named)


RULES: tuple[Rule, ...] = (
    (_ranks, Intent.RANKING),
    (_steps, Intent.STEP),
    (_of_the_notice, Intent.NOTICE),
    (_of_outsiders, Intent.CONTENT),
    (_counts_points, Intent.COUNT),
    (_selects, Intent.DEPARTMENT_ITEMS),
    (_another_item, None),
    (_numbered, Intent.ITEM),
    (_another_section, None),
    (_of_a_section, Intent.SECTION),
    (_never_given, Intent.TARGET),
    (_checks_a_list, Intent.DEPARTMENT_ITEMS),
    (_checks_a_department, Intent.LEAD),
    (_role_in_a_point, Intent.LEAD),
    (_duties, Intent.DEPARTMENT_ITEMS),
    (_another_department, None),
    (_all_duties, Intent.DEPARTMENT_ITEMS),
    (_lists_items, Intent.DEPARTMENT_ITEMS),
    (_departments, Intent.DEPARTMENTS),
    (_lists_for_a_department, Intent.DEPARTMENT_ITEMS),
    (_locates, Intent.LOCATE),
    (_says_how, Intent.CONTENT),
    (_asks_behind_the_lead, Intent.TARGET),
    (_leads, Intent.LEAD),
    (_values, Intent.TARGET),
    (_verbatim, Intent.ITEM),
    (_checks_somebody, Intent.LEAD),
    (_checks_a_figure, Intent.TARGET),
    (_asks_nothing, None),
)
