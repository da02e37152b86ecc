"""Points and sections that are counted from the end: 最后一条, 倒数第二条, 最末尾那一大块."""

import re

from bot.answer.numerals import NUMERAL, parse_number, to_chinese
from bot.plan.model import Plan

_FROM_THE_END = re.compile(
    rf"(?:(?:全文|整份|文件|要点|通知)?的?(?:最后面?|最末尾?|末尾|结尾|压轴)的?(?:那|这)?(?:一)?|倒数(?:第(?P<number>{NUMERAL}))?(?:那|这)?)"
    r"个?大?(?:(?P<section>部分|块|板块|章)|(?P<point>条(?!件)|项))"
)


def from_the_start(text: str, plan: Plan) -> str:
    """A normalised question with such places named by their numbers; any other question as it is."""
    found = _FROM_THE_END.search(text)
    if not found:
        return text
    back = int(parse_number(found["number"]) or 0) if found["number"] else 1
    sections = [section for section in plan.sections if not section.is_annex]
    keys = [key for key, _ in plan.main_points()]
    if not 1 <= back <= len(sections if found["section"] else keys):
        return text
    if found["section"]:
        place = f"第{to_chinese(sections[-back].number)}部分"
    elif plan.numbering_restarts:
        place = f"第{to_chinese(keys[-back].section)}部分第{keys[-back].point}条"
    else:
        place = f"第{keys[-back].point}条"
    return text[: found.start()] + place + text[found.end() :]
