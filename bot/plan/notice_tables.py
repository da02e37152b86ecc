"""Makes points of the rows of a table of tasks (序号 | 任务 | 牵头科室 | 时限), for bot.plan.notice.

A table comes as lines with tabs between the cells. Its heading row says what the columns hold; the table may be the
annex of a plan or the plan itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.plan.notice_body import RawPoint
from bot.plan.notice_departments import Named, label_kind, named_in_cell
from bot.plan.notice_lines import Line, folded, is_furniture, is_prose
from bot.plan.notice_marks import mark_of, number_of

_NUMBER_LABEL = re.compile(r"序号|编号|项次|序")
_TASK_LABEL = re.compile(r".*(?:任务|项目|事项|要点|工作|名称|内容|举措|措施|指标|活动|目标)[^0-9]{0,6}")
_GROUP_LABEL = re.compile(r"类别|分类|领域|板块|方面|类型|模块|一级.*|部分")
_HEADING = 60
_TITLE_DISTANCE = 4
"""Lines above the table in which its title is looked for."""


class _Column(NamedTuple):
    kind: str
    """`number`, `task`, `group`, a kind of label (bot.plan.notice_departments), or `text`."""
    label: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as a point: its line, its number, its text and whom it names."""

    line: Line
    number: int
    title: str
    text: str
    named: Named


@dataclass(slots=True)
class TablePart:
    """The rows under one heading inside a table."""

    heading: Line | None
    rows: list[TableRow] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table of tasks: the line that is its title, where it has one, and its parts."""

    title: Line | None
    parts: list[TablePart]
    lines: list[Line]
    """All of its lines, the heading row included."""

    def placed(self) -> set[int]:
        """The numbers of the lines that are kept."""
        kept = {row.line.number for part in self.parts for row in part.rows}
        kept |= {part.heading.number for part in self.parts if part.heading and part.rows}
        return kept | ({self.title.number} if self.title else set())


def tables_in(lines: Sequence[Line]) -> list[Table]:
    """The tables with a heading row that names tasks or departments, in their order."""
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        columns = _columns(lines[index])
        if columns is None:
            index += 1
            continue
        end = _end_of(lines, index)
        parts = _parts(lines[index + 1 : end], columns)
        if any(part.rows for part in parts):
            above = [line for line in lines[max(0, index - _TITLE_DISTANCE) : index] if "\t" not in line.text]
            title = _title(above)
            if tables and title is None and not above:
                tables[-1].parts += parts  # a heading row that comes again on the next page
                tables[-1].lines += lines[index:end]
            else:
                tables.append(Table(title, parts, list(lines[index:end])))
        index = max(end, index + 1)
    return tables


def _columns(line: Line) -> list[_Column] | None:
    """What each column holds; None when this line heads no table."""
    labels = [re.sub(r"\s", "", cell) for cell in line.text.split("\t")]
    if len(labels) < 2 or any(len(label) > 20 for label in labels):
        return None
    columns = [_Column(_kind(label), label) for label in labels]
    kinds = [column.kind for column in columns]
    has_names = any(kind in {"lead", "responsible", "partner"} for kind in kinds)
    known = sum(kind not in {"text", ""} for kind in kinds)
    return columns if "task" in kinds and (has_names or "number" in kinds) and known >= len(kinds) * 0.6 else None


def _kind(label: str) -> str:
    shape = folded(label)
    if not label:
        return ""
    if _NUMBER_LABEL.fullmatch(shape):
        return "number"
    if _GROUP_LABEL.fullmatch(shape):
        return "group"
    return label_kind(label) or ("task" if _TASK_LABEL.fullmatch(shape) else "text")


def _end_of(lines: Sequence[Line], head: int) -> int:
    """Behind the last row; a line without tabs between two rows is a heading inside the table."""
    end = head + 1
    while end < len(lines):
        if "\t" in lines[end].text and _columns(lines[end]) is None:
            end += 1
        elif (
            "\t" not in lines[end].text
            and len(lines[end].text) <= _HEADING
            and not is_furniture(lines[end].text)
            and end + 1 < len(lines)
            and "\t" in lines[end + 1].text
            and _columns(lines[end + 1]) is None
        ):
            end += 2
        else:
            break
    return end


def _title(above: Sequence[Line]) -> Line | None:
    """The nearest line above that reads like a title (附件, 附表1 重点任务分解表)."""
    for line in reversed(above):
        if re.match(r"附\s*[件表]", line.text) or re.search(
            r"(?:表|清单|任务|台账|一览)(?:\(.*\))?$", folded(line.text)
        ):
            return line if len(line.text) <= _HEADING else None
        if is_prose(line.text) or mark_of(line.text):
            return None
    return None


def _parts(lines: Sequence[Line], columns: Sequence[_Column]) -> list[TablePart]:
    parts = [TablePart(None)]
    for line in lines:
        if "\t" not in line.text:
            parts.append(TablePart(line))
            continue
        heading = _heading_in(line, columns)
        if heading:
            parts.append(TablePart(heading))
            continue
        row = _row(line, columns, len(parts[-1].rows) + 1)
        if row:
            parts[-1].rows.append(row)
    for part in parts:
        numbers = [row.number for row in part.rows]
        if len(set(numbers)) < len(numbers):  # merged cells, or no numbers at all
            part.rows = [replace(row, number=number) for number, row in enumerate(part.rows, start=1)]
    return [part for part in parts if part.rows or part.heading]


def _heading_in(line: Line, columns: Sequence[_Column]) -> Line | None:
    """What a row heads that has a Chinese numeral where others have digits, and one cell more (一 | 党的建设)."""
    cells = [cell.strip() for cell in line.text.split("\t")]
    filled = [(column.kind, cell) for column, cell in zip(columns, cells, strict=False) if cell]
    if len(columns) < 3 or len(filled) != 2 or filled[0][0] != "number":
        return None
    numeral = re.fullmatch(r"\(?[一二三四五六七八九十]+\)?[、.]?", folded(filled[0][1]))
    return Line(line.number, filled[1][1]) if numeral and len(filled[1][1]) <= _HEADING else None


def _row(line: Line, columns: Sequence[_Column], following: int) -> TableRow | None:
    cells = [cell.strip() for cell in line.text.split("\t")]
    number, named = following, Named.none()
    texts: list[str] = []
    tasks: list[str] = []
    for (kind, label), cell in zip([*columns, *[_Column("text", "")] * len(cells)], cells, strict=False):
        if not cell:
            continue
        if kind == "number" and (own := _number(cell)):
            number = own
            continue
        if kind in {"lead", "responsible", "partner"}:
            named.add(named_in_cell(cell, kind))
        if kind == "task":
            tasks.append(cell)
        else:  # with the column's heading, so that the point says what the name or the date is
            texts.append(f"{label}：{cell}" if label else cell)
    if not tasks:
        return None
    text = "\n".join([*tasks, *texts])
    return TableRow(line, number, RawPoint(number, [Line(line.number, text)]).title, text, named)


def _number(cell: str) -> int:
    mark = mark_of(cell)
    return mark.number if mark and not mark.rest else number_of(cell)
