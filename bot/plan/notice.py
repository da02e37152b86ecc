"""Imports a notice's file as the draft of a plan; called by the command line and when an admin sends a notice.

Nothing is dropped silently: every line of the notice that is not blank is either in the plan, word for word, or among
the draft's unplaced lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.errors import NoticeError
from bot.plan.documents import Limits, read_document
from bot.plan.model import ANNEX, LeadRule, Plan, Point, Section
from bot.plan.notice_body import Body, body_of
from bot.plan.notice_departments import Named, Responsible, has_custom, is_department, named_in, resolved
from bot.plan.notice_head import Head, day_of, head_of
from bot.plan.notice_lines import Line, is_end, is_furniture
from bot.plan.notice_marks import mark_of
from bot.plan.notice_tables import Table, tables_in
from bot.plan.notice_targets import propose


@dataclass(frozen=True, slots=True)
class Draft:
    """What the import understood of a notice."""

    plan: Plan
    unplaced: tuple[tuple[int, str], ...]
    """Lines of the notice that are not in the plan: their number and their text without the blanks around it."""
    doubts: tuple[tuple[int, str], ...] = ()
    """What an admin should look at: the line of the notice (0: the whole) and why, in Chinese."""
    places: tuple[str, ...] = ()
    """Where each line stands in the file, by its number less 1; empty for plain text."""

    def place_of(self, line: int) -> str:
        """Where an admin finds the line: 第 3 行, 第 2 页第 5 行; empty for the whole notice."""
        if line and self.places:
            return self.places[line - 1]
        return f"第 {line} 行" if line else ""


def read_notice(data: bytes, limits: Limits | None = None) -> Draft:
    """The draft of a plan from a notice's file: .txt (UTF-8, GB18030), .docx, .pdf with text, .html, .mht.

    Which of them it is, the content tells. Takes up to `limits.seconds`: call it in a thread. Raises NoticeError.
    """
    document = read_document(data, limits)
    draft = _draft_of(document.lines)
    unplaced = sorted({*draft.unplaced, *document.asides})
    return replace(draft, unplaced=tuple(unplaced), places=document.places)


def _draft_of(lines: Sequence[Line]) -> Draft:
    head = head_of(lines)
    if not head.title:
        raise NoticeError("找不到标题（如“2023年某某区教育工作要点”），请把标题单独写成一行")
    if not head.year:
        raise NoticeError("看不出是哪一年的工作要点，请在标题里写明年份，如“2023年某某区教育工作要点”")
    tables = tables_in([line for line in lines[head.body :] if line.number not in head.placed])
    body = _body_of(lines, head, tables)
    if not body.parts and not tables:
        raise NoticeError("找不到编号的条目（如“1.”“（一）”“第一条”），请确认发的是工作要点的全文")
    placed = head.placed.union({line.number for line in body.lines()}, *(table.placed() for table in tables))
    unplaced = tuple((line.number, line.text) for line in lines if line.number not in placed)
    plan = _plan_of(head, body, tables)
    return Draft(plan, unplaced, tuple(_doubts(plan, head, body)))


def _body_of(lines: Sequence[Line], head: Head, tables: Sequence[Table]) -> Body:
    """What is numbered outside of the tables; where nothing is, the paragraphs before the first table as preamble."""
    taken = {line.number for table in tables for line in [*table.lines, *([table.title] if table.title else [])]}
    kept = [line for line in _body_lines(lines, head) if line.number not in taken]
    body = body_of(kept)
    if tables and not body.parts:
        first = tables[0].lines[0].number
        body.preamble = [line for line in kept if line.number < first and "。" in line.text]
    return body


def _body_lines(lines: Sequence[Line], head: Head) -> list[Line]:
    """The lines behind the title that may belong to the plan, up to the annex, the signature or the page's foot."""
    kept: list[Line] = []
    numbered = False
    for line in lines[head.body :]:
        if line.number in head.placed or is_furniture(line.text):
            continue
        numbered = numbered or mark_of(line.text) is not None
        if numbered and (is_end(line.text) or day_of(line.text)):
            break
        kept.append(line)
    return kept


def _plan_of(head: Head, body: Body, tables: Sequence[Table]) -> Plan:
    named = [*_named(body), *(row.named for table in tables for part in table.parts for row in part.rows)]
    stated = resolved(named)
    who = iter(stated)
    sections = [
        Section(
            part.number,
            " · ".join(line.text.rstrip("。：: ") for line in part.headings if line.text) or head.title,
            tuple(
                _point(point.number, point.title, point.text, responsible)
                for point, responsible in zip(part.points, who, strict=False)
            ),
        )
        for part in body.parts
    ]
    sections += _table_sections(head, tables, who, (sections[-1].number if sections else 0) + 1)
    departments = [name for section in sections for point in section.points for name in point.departments]
    return Plan(
        id=f"plan_{head.year}",
        title=head.title,
        year=head.year,
        lead_rule=LeadRule.STATED if any(who.leads for who in stated) else LeadRule.FIRST_LISTED,
        sections=tuple(sections),
        departments=tuple(dict.fromkeys(departments)),
        document_number=head.document_number,
        index_number=head.index_number,
        issuers=head.issuers,
        issued=head.issued,
        addressees=head.addressees,
        preamble="\n".join(line.text for line in body.preamble) or None,
        notice_title=head.notice_title,
        particulars=tuple(dict.fromkeys(head.particulars)),
    )


def _named(body: Body) -> Iterator[Named]:
    """Whom each point names, else whom the heading above it names."""
    points = [point for part in body.parts for point in part.points]
    custom = has_custom([point.paragraphs for point in points])
    headings = [part.headings[-1].text for part in body.parts if part.headings]
    by_department = len(headings) > 1 and all(map(is_department, headings))
    for point in points:
        named = named_in(point.paragraphs, by_custom=custom)
        for line in reversed(point.above):
            named = named or named_in([line.text])
            if not named and by_department and is_department(line.text):
                named = Named([], [line.text], [])
        yield named


def _table_sections(head: Head, tables: Sequence[Table], who: Iterator[Responsible], first: int) -> Iterator[Section]:
    """A section for each part of a table that has rows."""
    number = first
    for table in tables:
        title = table.title.text if table.title else ""
        if first > 1 and not title.startswith("附"):
            title = f"{ANNEX}：{title}" if title else ANNEX
        for part in table.parts:
            mark = mark_of(part.heading.text) if part.heading else None
            heading = mark.rest if mark else part.heading.text if part.heading else ""
            points = [_point(row.number, row.title, row.text, next(who)) for row in part.rows]
            if points:
                yield Section(number, " · ".join(filter(None, [title, heading])) or head.title, tuple(points))
                number += 1


def _point(number: int, title: str, text: str, responsible: Responsible) -> Point:
    return Point(
        number=number,
        title=title,
        text=text,
        departments=responsible.leads + responsible.others,
        leads=responsible.leads,
        targets=propose(text),
    )


def _doubts(plan: Plan, head: Head, body: Body) -> Iterator[tuple[int, str]]:
    """What is unusual enough for an admin to look at."""
    if not plan.issuers:
        yield 0, "没有找到发文单位"
    if plan.issued is None:
        yield 0, "没有找到发文日期"
    if not plan.departments:
        yield 0, "没有找到责任科室"
    if head.issuers_from_title:
        yield 0, "发文单位取自标题"
    if body.unnumbered:
        yield body.parts[0].points[0].lines[0].number, "条目没有编号，已在各部分里按段落编号"
    if body.regrouped:
        yield body.parts[0].points[0].lines[0].number, "部分的编号不连续或分了多层，已重新编号，请核对"
    sections = plan.sections[: len(body.parts)]
    expected = any(point.departments for section in sections for point in section.points)
    previous = 0
    for part, section in zip(body.parts, sections, strict=True):
        for index, (raw, point) in enumerate(zip(part.points, section.points, strict=True)):
            line = raw.lines[0].number
            begins_again = index == 0 and point.number == 1
            if point.number != previous + 1 and not begins_again:
                yield line, f"编号从 {previous} 跳到 {point.number}，请核对"
            previous = point.number
            if expected and not point.departments:
                yield line, f"第 {point.number} 条没有找到责任科室"
            elif plan.lead_rule is LeadRule.STATED and point.departments and not point.leads:
                yield line, f"第 {point.number} 条没有写明哪个科室牵头"
