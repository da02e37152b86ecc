"""The plan of 2023 that comes with the bot, beside the notice it was made from."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.plan.model import LeadRule, Plan
from bot.plan.notice import read_notice
from bot.plan.reading import read_plan

ROOT = Path(__file__).parents[2]
FILE = ROOT / "knowledge" / "plan_2023.yaml"
NOTICE = ROOT.parent / "shared" / "source" / "notice_2023.txt"
needs_notice = pytest.mark.skipif(not NOTICE.exists(), reason="the notice is not part of the repository")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The plan in service."""
    return read_plan(FILE)


def without_targets(plan: Plan) -> Plan:
    """The plan as the notice alone gives it."""
    sections = (
        replace(section, points=tuple(replace(point, targets=()) for point in section.points))
        for section in plan.sections
    )
    return replace(plan, sections=tuple(sections))


@needs_notice
def test_every_paragraph_is_the_notices_character_for_character(plan: Plan) -> None:
    """The texts behind their numbers are exactly the notice's numbered lines; the preamble is its first paragraph."""
    lines = [line.strip() for line in NOTICE.read_text(encoding="utf-8").split("\n")]
    assert [f"{key.point}.{point.text}" for key, point in plan.numbered_points()] == [
        line for line in lines if re.match(r"\d+\.", line)
    ]
    assert [f"{'一二三四五六'[section.number - 1]}、{section.title}" for section in plan.sections] == [
        line for line in lines if re.match("[一二三四五六]、", line)
    ]
    assert plan.preamble in lines
    assert f"{plan.addressees}:" in lines
    assert plan.title in lines


@needs_notice
def test_importing_the_notice_gives_the_plan(plan: Plan) -> None:
    """The importer finds everything of the plan but the reviewed targets, and sets aside the page's furniture only."""
    draft = read_notice(NOTICE.read_bytes())
    assert without_targets(draft.plan) == without_targets(plan)
    assert draft.doubts == ()
    assert [number for number, _ in draft.unplaced] == [3, 6, 10, 14, 90]


def test_the_plan_has_its_points_and_departments(plan: Plan) -> None:
    """25 points run on through six sections; eleven departments, the first listed of a point leads."""
    numbers = [[point.number for point in section.points] for section in plan.sections]
    assert numbers == [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9, 10],
        [11, 12, 13, 14, 15, 16],
        [17, 18],
        [19, 20, 21, 22, 23, 24, 25],
    ]
    assert not plan.numbering_restarts
    assert plan.lead_rule is LeadRule.FIRST_LISTED
    assert len(plan.departments) == 11
    point = plan.sections[2].points[3]
    assert (point.title, point.departments) == ("提升课后延时服务品质", ("教育科", "教师进修学校"))
    assert plan.leads_of(point) == ("教育科",)


def test_every_bracket_of_departments_is_read(plan: Plan) -> None:
    """A point's departments, joined again, are the bracket that ends its text."""
    for _, point in plan.numbered_points():
        assert point.text.endswith(f"({'、'.join(point.departments)})")


@pytest.mark.parametrize(
    ("number", "what", "value"),
    [
        (3, "建立党组织领导的校长负责制的中小学校的比例", "100%"),
        (6, "校长进社区教师进家庭活动的轮次", "第十五轮"),
        (11, "2023年计划推进的教育项目", "17个"),
        (11, "2023年计划竣工项目", "6个"),
        (11, "2023年计划竣工项目中的高中", "2个"),
        (11, "2023年计划竣工项目可新增的学位", "8280个"),
        (11, "2023年续建项目中的初中", "1个"),
        (11, "2023年计划开工项目中的九年一贯制学校", "2个"),
        (13, "学前教育进一步提升的三个率", "公办率、普惠率、示范率"),
        (16, "2023年各区民办教育学位的要求", "只减不增"),
        (23, "全区中小学创建厦门市智慧校园达标校的达标率", "超过75%"),
        (24, "财务管理落实的教育经费投入要求", "两个只增不减"),
    ],
)
def test_a_target_says_what_its_value_is_of(plan: Plan, number: int, what: str, value: str) -> None:
    """Figures, rounds and directions are targets, nested figures one by one."""
    targets = {
        target.what: target.value
        for key, point in plan.numbered_points()
        if key.point == number
        for target in point.targets
    }
    assert targets[what] == value


def test_no_figure_is_without_a_target(plan: Plan) -> None:
    """Every figure with a unit or a percent sign in a text stands in some target's value."""
    for _, point in plan.numbered_points():
        figures = re.findall(r"\d+(?:个|%|课(?!堂))", point.text)
        values = "".join(target.value for target in point.targets)
        assert all(figure in values for figure in figures), point.number


def test_nested_figures_add_up(plan: Plan) -> None:
    """The projects of each kind, and the kinds of all projects, sum to what the notice says."""
    point = next(point for key, point in plan.numbered_points() if key.point == 11)
    values = {target.what: int(target.value[:-1]) for target in point.targets if re.fullmatch(r"\d+个", target.value)}
    kinds = ["2023年计划竣工项目", "2023年续建项目", "2023年计划开工项目"]
    assert sum(values[kind] for kind in kinds) == values["2023年计划推进的教育项目"] == 17
    for kind in kinds:
        assert sum(value for what, value in values.items() if what.startswith(f"{kind}中的")) == values[kind]
