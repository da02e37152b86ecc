"""Importing the notices of further bureaus: sections, points, who leads, and what the notice says of itself."""

from collections.abc import Iterator
from html import escape

import pytest

from bot.plan.model import LeadRule, Plan
from bot.plan.notice import Draft, read_notice
from bot.plan.notice_marks import mark_of
from bot.plan.reading import parse_files
from bot.plan.writing import write_plan
from tests.plan.document_files import as_pdf, paragraph, table, word_file
from tests.plan.formats import Made, in_formats
from tests.plan.other_notices import NOTICES, Notice, Points

TABLES = {"wrapped_text", *(name for name, notice in NOTICES.items() if "\t" in notice.text)}
"""Not tried as a PDF."""


def as_text(text: str) -> bytes:
    """The text in GB18030, as older systems write it."""
    return text.encode("gb18030")


def blocks_of(text: str) -> Iterator[list[list[str]] | str]:
    """The lines, and the rows of tables; a line between two rows is a row of one cell."""
    lines = text.splitlines()
    rows: list[list[str]] = []
    for index, line in enumerate(lines):
        inside = bool(rows) and index + 1 < len(lines) and "\t" in lines[index + 1]
        if "\t" in line or inside:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield rows
            rows = []
        yield line
    if rows:
        yield rows


def as_word(text: str) -> bytes:
    """A Word file with real tables."""
    return word_file(*(paragraph(block) if isinstance(block, str) else table(*block) for block in blocks_of(text)))


def as_web_page(text: str) -> bytes:
    """A page with real tables, inside a table that arranges the page."""
    content = ""
    for block in blocks_of(text):
        if isinstance(block, str):
            content += f"<p>{escape(block)}</p>"
        else:
            rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in block)
            content += f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return f"<html><body><table><tr><td>首页</td><td>{content}</td></tr></table></body></html>".encode()


def sections_of(plan: Plan) -> dict[str, Points]:
    """Title -> number, leads, and the others of each point."""
    return {
        section.title: tuple(
            (point.number, point.leads, tuple(name for name in point.departments if name not in point.leads))
            for point in section.points
        )
        for section in plan.sections
    }


def check(draft: Draft, notice: Notice) -> None:
    """That the draft says what the notice says."""
    plan = draft.plan
    assert sections_of(plan) == notice.sections
    assert (plan.title, plan.issuers, plan.document_number, plan.addressees) == (
        *(notice.title, notice.issuers, notice.document_number, notice.addressees),
    )
    assert (str(plan.issued) if plan.issued else None) == notice.issued
    assert (plan.lead_rule is LeadRule.STATED) == notice.stated
    assert set(notice.told) <= {text for _, text in draft.unplaced}


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_of_another_bureau(name: str) -> None:
    """Each layout is understood as it is."""
    check(read_notice(as_text(NOTICES[name].text)), NOTICES[name])


@pytest.mark.parametrize(("name", "made"), in_formats(NOTICES, [as_word, as_web_page, as_pdf], TABLES))
def test_a_notice_of_another_bureau_in_its_format(name: str, made: Made) -> None:
    """Each layout is understood as a Word file and as a web page, and without tables as a PDF."""
    check(read_notice(made(NOTICES[name].text)), NOTICES[name])


def lost_lines(text: str, draft: Draft) -> list[str]:
    """The lines, or cells of a row, that are neither in the plan word for word nor told as unplaced."""
    plan = draft.plan
    kept = [plan.title, plan.document_number, plan.addressees, plan.preamble, plan.index_number, *plan.issuers]
    kept += [plan.notice_title, *plan.particulars]
    kept += [text for section in plan.sections for text in (section.title, *(point.text for point in section.points))]
    everything = "\n".join(filter(None, kept))
    told = dict(draft.unplaced)
    lost: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        for cell in line.split("\t"):
            mark = mark_of(cell.strip())
            content = (mark.rest if mark else cell).strip().rstrip("。:：")
            label, _, value = content.partition("：")
            is_head = value in everything and label in {"索引号", "发布机构", "成文日期"}
            is_date = content.removesuffix("印发").endswith("日") and len(content) < 16
            is_number = cell.isdecimal() or cell in {"一", "二"}
            is_kept = content in everything or all(name in plan.issuers for name in content.split())
            if not (is_kept or told.get(number) == line.strip() or is_head or is_date or is_number):
                lost.append(line)
    return lost


@pytest.mark.parametrize("name", NOTICES)
def test_no_line_of_another_bureau_s_notice_is_lost(name: str) -> None:
    """Every line, or every cell of a row, is in the plan word for word or told as unplaced."""
    assert lost_lines(NOTICES[name].text, read_notice(NOTICES[name].text.encode())) == []


@pytest.mark.parametrize("name", NOTICES)
def test_another_bureau_s_draft_can_be_put_into_service(name: str) -> None:
    """The file that is written of a draft passes every check, and reads back as the same plan."""
    plan = read_notice(NOTICES[name].text.encode()).plan
    assert parse_files({f"{plan.id}.yaml": write_plan(plan)}) == ((plan,), None)
