"""The table and the files that an admin takes away: Excel opens the one, the bot reads the other back."""

import csv
import io
from pathlib import Path

import pytest

from bot.plan.export import COLUMNS, points_table
from bot.plan.model import LeadRule, Plan, Point, Section, Target
from bot.plan.reading import parse_plan
from tests.plan.files import PLAN

OWN = Path(__file__).resolve().parents[2] / "knowledge"


def rows(data: bytes) -> list[list[str]]:
    """The cells, read as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def one_cell(value: str) -> str:
    """What becomes of a value in the table."""
    point = Point(1, "标题", "标题。", targets=(Target("指标", value, value),))
    plan = Plan("p", "要点", 2030, LeadRule.STATED, (Section(1, "一", (point,)),))
    return rows(points_table([plan]))[1][COLUMNS.index("数值")]


def test_a_row_for_every_target_and_for_every_point_without() -> None:
    """The columns in order, leads apart from those that take part."""
    text = "加快项目建设。2030年底前竣工项目6个,含高中2个。(基建办、教育科)"
    assert rows(points_table([parse_plan(PLAN.encode(), "p")])) == [
        list(COLUMNS),
        ["2030", "1. 统筹发展", "1", "加快项目建设", "基建办", "教育科", "竣工项目", "6个", "2030年底前", text],
        ["2030", "1. 统筹发展", "2", "提升课后服务", "教育科", "", "", "", "", "提升课后服务。(教育科)"],
    ]


def test_excel_opens_it_in_chinese() -> None:
    """A byte order mark, CRLF, and every cell quoted."""
    data = points_table([parse_plan(PLAN.encode(), "p")])
    assert data.startswith(b'\xef\xbb\xbf"')
    assert data.endswith(b'"\r\n')
    assert data.count(b"\r\n") == data.count(b"\n") == 3


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n"])
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    """What a spreadsheet would run is text with an apostrophe before it."""
    assert one_cell(f'{start}HYPERLINK("http://evil")') == f'\'{start}HYPERLINK("http://evil")'


@pytest.mark.parametrize(
    ("value", "cell"), [("3-2", "'3-2"), ("2/3", "'2/3"), ("75%", "75%"), ("3+4", "3+4"), ("6个", "6个")]
)
def test_no_figure_is_turned_into_a_date(value: str, cell: str) -> None:
    """3-2 stays 3-2 and does not become the 2nd of March."""
    assert one_cell(value) == cell


def test_quotes_commas_and_line_ends_stay_in_their_cell() -> None:
    """A cell holds whatever the text holds."""
    assert one_cell('6个,"高中"\n2个') == '6个,"高中"\n2个'


def test_without_plans_there_is_only_the_head() -> None:
    """An empty table has its columns."""
    assert rows(points_table([])) == [list(COLUMNS)]
