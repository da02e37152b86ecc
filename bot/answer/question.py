"""A question taken apart, as plain data: made by bot.answer.reading, looked at by every rule of answering."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.answer.about import Aspect
from bot.answer.asked import AskedValue
from bot.answer.cues import Cue
from bot.answer.figures import Figure


class Intent(StrEnum):
    """What kind of fact a question asks for."""

    LEAD = "lead"
    DEPARTMENTS = "departments"
    TARGET = "target"
    CONTENT = "content"
    DEPARTMENT_ITEMS = "department_items"
    COUNT = "count"
    ITEM = "item"
    SECTION = "section"
    LOCATE = "locate"
    NOTICE = "notice"
    STEP = "step"


class Role(StrEnum):
    """In which part a department is asked about."""

    LEAD = "lead"
    PARTNER = "partner"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read. `text` is normalised and corrected; `subject` is what remains for search."""

    text: str
    subject: str
    intent: Intent | None
    """None: the message names a subject and asks nothing of its own."""
    check: bool
    """Asks whether something is so."""
    role: Role | None
    asked: AskedValue | None
    departments: tuple[str, ...]
    unknown_departments: tuple[str, ...]
    claims: tuple[Figure, ...]
    """Figures that the question itself states."""
    items: tuple[int, ...]
    """Numbered points asked for."""
    section: int | None
    aspect: Aspect | None
    """What is asked of the notice itself."""
    party: int | None
    """In questions such as 四家单位一起负责的: how many departments."""
    cues: frozenset[Cue]
    rule: str = ""
    """The rule of bot.answer.intent that decided the intent."""
    step: int = 0
    """-1 for 上一条, 1 for 下一条."""


_EMPTY_SUBJECT = re.compile(
    r"除了|报|只要?|全部|全|出来|统统|完成|落实|确定|再说一遍|具体|期限|时限|指标|时间要求|新来的?|刚来|块|来着|不少|很多|许多|好多|配合|参与|参加|牵头|算|部分|大?标题|叫|区|市|数量|想知道|为什么|凭什么|依据|最[晚迟]|一个不漏|不漏|完整|[上下前后]面?|列(?:给我|出来?)?|给我|括号|列|不要|嗯|哦|噢|喔|好的?|活儿?|记得|印象|好像|应该|我|把|别人|它|含|算上|今年|本年|去年|前年|明年|上年|2\d{3}年?|年度|年底|工作|要点|里面?|中|的|了|在|是|都|有|"
    r"和|与|及|或|、|,|。|\?|!|:|;|~|-|“|”|\"|'|这|那|个|请|要|给|把|按|一下|所有|全部|"
    r"教育局|局里|区里|我们|咱们?|你们|他们|科室|部门|单位|任务|事情|事|条目|条|项|还|又|也|就|到底|究竟|具体|主要|"
    r"是什么|什么|怎么|哪|谁|几|多少|吗|呢|啊|呀|吧|么|嘛|哦|看看|看|查|说|讲|提|写|问|"
    r"归|由|负责|管|做|排|序号?|用|会|开|准备|材料|汇报|领导|主任"
)


def is_bare(question: Question) -> bool:
    """Whether a question names no subject of its own: 谁牵头, 德育科牵头哪几项, 目标呢."""
    subject = question.subject
    for name in question.unknown_departments:
        subject = subject.replace(name, " ")
    return not re.search(r"\w", _EMPTY_SUBJECT.sub("", subject))
