"""The Chinese of the replies: one small function a sentence, so that wording is changed in one place."""

from collections.abc import Iterable, Sequence

from bot.answer.numerals import to_chinese
from bot.plan.model import Plan, Point, PointKey

LEAD_BY_CUSTOM = "文件未注明牵头单位，按惯例由列在首位的牵头。"
LEAD_NOT_SAID = "文件只列了责任单位，没有写明由谁牵头。"
NO_GOAL = "这一条没有写数量、比例或期限方面的目标。"
NO_DEPARTMENTS = "这一条没有列出责任科室或单位。"
GREETING = "你好！我回答工作要点里的问题，例如：课后服务谁牵头？今年竣工几个项目？德育科牵头哪几项？第11条讲什么？"
WELCOME = "不客气，还有要查的直接问。"
HEARD = "好的。"
NOTHING_ASKED = "没看到问题。可以这样问：课后服务谁牵头？今年竣工几个项目？第11条讲什么？"
TOO_LONG = "这段话太长了，请用一两句话说出要查的事。"
ONLY_THE_PLAN = "我只回答工作要点里的内容。可以问：某项工作谁牵头、有哪些部门、目标是多少、第几条怎么写。"
NOT_CLEAR_WHAT = "没看出问的是哪项工作，请说出具体的事，例如“课后服务谁牵头”。"
NO_LONGER_THERE = "这一条已不在现行的工作要点里，请重新提问。"
NO_FURTHER = "没有再往前或往后的条目了。"
COMPARE_WHAT = "请说出要比的是哪件事，例如“新增学位和去年比”。"
COMPARED_BY_TITLE = "按标题和内容对照，只列条目、牵头和指标的变化，文字的改动不列。"
NOT_SAID_THEN = "没有找到对应的内容"
NOT_THERE_THEN = "没有写这些"
WHICH_ONE = "您问的是哪一条？"


def in_marks(names: Iterable[str]) -> str:
    """Names one after the other: 德育科、综合科."""
    return "、".join(names)


def named_above(plan: Plan, key: PointKey) -> str:
    """That a point's departments stand in its section's heading, which is quoted where it names them."""
    title = next(section.title for section in plan.sections if section.number == key.section)
    names = next(point.departments for at, point in plan.numbered_points() if at == key)
    if any(name in title for name in names):
        return f"责任科室写在第{to_chinese(key.section)}部分的标题里：“{title}”。"
    return "责任科室不在这一条的正文里，写在它所属的标题下。"


def point_name(plan: Plan, key: PointKey) -> str:
    """第11条, or 第三部分第2条 where numbers restart in each section."""
    if plan.numbering_restarts:
        return f"第{to_chinese(key.section)}部分第{key.point}条"
    return f"第{key.point}条"


def source_line(plan: Plan, key: PointKey) -> str:
    """《title》document number · section · 第N条, as design.md's anatomy of a reply has it."""
    number = plan.document_number or ""
    if key.point == 0:
        return f"《{plan.title}》{number} · 开头"
    return f"《{plan.title}》{number} · {to_chinese(key.section)} · 第{key.point}条"


def point_line(plan: Plan, key: PointKey, point: Point) -> str:
    """One line of a list of points."""
    return f"{point_name(plan, key)} {point.title}"


def read_as(corrections: Sequence[tuple[str, str]]) -> str:
    """How a misspelling was read."""
    return "已按" + "、".join(f"“{meant}”" for _, meant in corrections) + "理解。"


def not_word_for_word(words: Sequence[str]) -> str:
    """The paragraph answers by another word than the one asked with."""
    return f"原文没有“{'”“'.join(words)}”的字样，以下是最接近的内容。"


def of_year(year: int) -> str:
    """Which year's plan a reply without a year comes from."""
    return f"以{year}年工作要点为准。"


def in_annexes(count: int) -> str:
    """What a list of duties leaves out."""
    return f"附件的表格里另有{count}条提到，没有计入。"


def no_such_year(asked: str, years: Sequence[int]) -> str:
    """A question about a year that no plan in service is of."""
    return f"这里只有{in_marks(f'{year}年' for year in years)}的工作要点，没有{asked}的。"


def plan_not_there(year: str) -> str:
    """One of the two years of a comparison has no plan in service."""
    return f"这里没有{year}的工作要点"


def no_difference(newer: int, older: int) -> str:
    """Two plans have the same points, leads and figures."""
    return f"{newer}年和{older}年的条目、牵头和指标没有变化。"


def in_neither(years: str) -> str:
    """Neither of the years compared says it."""
    return f"{years}的工作要点都没有写这件事。"


def other_place(place: str, plan: Plan) -> str:
    """A question about another district."""
    return f"《{plan.title}》没有写{place}的工作安排。"


def no_such_department(names: Sequence[str], departments: Sequence[str]) -> str:
    """A department that the plan does not list."""
    listed = in_marks(departments) if departments else "（没有列出科室）"
    return f"工作要点里没有“{in_marks(names)}”。列名的有：{listed}。"


def no_such_point(plan: Plan, wanted: str) -> str:
    """A number that no point or section has."""
    count = sum(len(section.points) for section in plan.sections)
    return f"工作要点没有{wanted}：全文共{len(plan.sections)}个部分、{count}条。"


def not_in_plan(nearby: Sequence[str]) -> str:
    """The plan does not cover what was asked."""
    if nearby:
        return "工作要点没有写这件事。相近的内容有：" + "；".join(nearby) + "。"
    return "工作要点没有写这件事。"


def not_mentioned(term: str) -> str:
    """The question is about a subject of the field that the plan does not mention."""
    return f"工作要点没有提到“{term}”。"


def not_given(what: str, nearby: str) -> str:
    """The plan covers the subject but not the value asked for."""
    return f"工作要点没有写{what}。" + (f"相关的是{nearby}。" if nearby else "")
