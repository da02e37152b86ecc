"""Plans as a table to take away, which Excel opens.

Called by the replies to admins and by the command line.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from bot.plan.model import Plan, Point, Section, Target

COLUMNS = ("年份", "部分", "条", "标题", "牵头", "配合", "指标", "数值", "期限", "原文")
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_READ_AS_DATE = re.compile(r"\s*\d{1,4}[-/]\d{1,4}(?:[-/]\d{1,4})?\s*")


def points_table(plans: Sequence[Plan]) -> bytes:
    """A row for every target, one for a point without targets; CSV as Excel for Chinese reads it.

    UTF-8 with a byte order mark (without it Excel takes the file for GBK), lines ending in CRLF, every cell quoted. A
    cell that begins with = + - @, their full-width forms, a tab or a line end is given a leading apostrophe, so that
    no spreadsheet runs it as a formula (OWASP, CSV Injection); so is one that Excel would turn into a date (3-2).
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for plan in plans:
        for row in _rows(plan):
            writer.writerow([_harmless(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _rows(plan: Plan) -> Iterator[tuple[str, ...]]:
    for section in plan.sections:
        for point in section.points:
            start = _start(plan, section, point)
            for target in point.targets or (Target("", "", ""),):
                yield (*start, target.what, target.value, target.by or "", point.text)


def _start(plan: Plan, section: Section, point: Point) -> tuple[str, ...]:
    leads = plan.leads_of(point)
    partners = [name for name in point.departments if name not in leads]
    part = f"{section.number}. {section.title}"
    return str(plan.year), part, str(point.number), point.title, "、".join(leads), "、".join(partners)


def _harmless(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) or _READ_AS_DATE.fullmatch(cell) else cell
