"""Importing notices of other bureaus and years: each excerpt has a layout of its own."""

import re

import pytest

from bot.plan.model import LeadRule, Plan
from bot.plan.notice import Draft, read_notice
from bot.plan.notice_marks import mark_of
from bot.plan.reading import parse_plan
from bot.plan.writing import write_plan
from tests.plan.notices import (
    ARTICLES,
    CONTENTS_AND_ANNEX,
    FRAMED,
    LAYOUTS,
    NESTED_RESTARTING,
    NESTED_RUNNING,
    ORDINALS,
    RESTARTING,
    STANDALONE,
    UNSECTIONED,
    WIDE,
)


def drafted(text: str) -> Draft:
    """The draft of a notice in UTF-8."""
    return read_notice(text.encode())


def shape(plan: Plan) -> list[tuple[int, str, list[int]]]:
    """The sections with the numbers of their points."""
    return [(section.number, section.title, [point.number for point in section.points]) for section in plan.sections]


def departments(plan: Plan) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Leads and departments of each point."""
    return [(point.leads, point.departments) for _, point in plan.numbered_points()]


def unplaced(draft: Draft) -> list[str]:
    """The texts of the lines that found no place."""
    return [text for _, text in draft.unplaced]


def test_parts_with_numbers_that_restart() -> None:
    """第一部分 with 1、 that begins again: numbers kept, paragraphs joined, departments read from their own line."""
    draft = drafted(RESTARTING)
    plan = draft.plan
    assert shape(plan) == [(1, "党的建设", [1, 2]), (2, "质量提升", [1, 2])]
    assert (plan.title, plan.year, plan.document_number) == ("青山区教育局2024年工作要点", 2024, "青教〔2024〕8号")
    assert plan.lead_rule is LeadRule.FIRST_LISTED
    assert [names for _, names in departments(plan)] == [
        ("组织科", "办公室"),
        ("宣传科",),
        ("基建科", "财务科"),
        ("基教科",),
    ]
    first = plan.sections[0].points[0]
    assert first.title == "落实主体责任"
    assert first.text == (
        "落实主体责任。压实党组织书记第一责任。\n建立每月研究一次的制度,2024年6月底前完成换届。\n(责任科室:组织科、办公室)"
    )
    assert plan.preamble == "2024年全区教育工作的总体思路是:坚持以人民为中心,办好每一所学校。"
    assert unplaced(draft) == ["首页 > 政务公开 > 规划计划", "打印 关闭"]


def test_headings_on_their_own_lines_with_stated_leads() -> None:
    """(一) alone on its line is a point; 牵头单位 leads; 总体要求 joins the preamble; the annex is set aside."""
    draft = drafted(STANDALONE)
    plan = draft.plan
    assert shape(plan) == [(2, "全面加强党的建设", [1, 2]), (3, "推进优质均衡", [1])]
    assert plan.lead_rule is LeadRule.STATED
    assert departments(plan) == [
        (("党建办",), ("党建办", "办公室", "各学校")),
        (("纪检组",), ("纪检组", "人事股")),
        (("教育股",), ("教育股", "督导室", "电教中心")),
    ]
    assert plan.sections[0].points[0].title == "强化理论武装"
    assert plan.sections[0].points[0].text.count("\n") == 3
    assert plan.preamble == "一、总体要求。\n以高质量发展为主题,推动教育强县建设。"
    assert (plan.year, plan.issuers, str(plan.issued)) == (2025, ("临江县教育局",), "2025-03-10")
    assert unplaced(draft) == ["附件:任务分解表", "1.任务一", "2.任务二"]


def test_articles_under_chapters() -> None:
    """第一条 under 第一章: articles are points, and a bracket inside a text is no department."""
    plan = drafted(ARTICLES).plan
    assert shape(plan) == [(1, "学前教育", [1, 2]), (2, "高中教育", [3])]
    assert [names for _, names in departments(plan)] == [("学前科", "计财科"), ("学前科",), ("中教科",)]


def test_ordinals_as_points() -> None:
    """一是 at the start of a line is a point; a leading person is no department."""
    plan = drafted(ORDINALS).plan
    assert shape(plan) == [(1, "强化安全", [1, 2]), (2, "提升质量", [1])]
    assert [names for _, names in departments(plan)] == [("安全科",), ("安全科", "基建科"), ("教研室",)]
    assert plan.lead_rule is LeadRule.FIRST_LISTED
    assert plan.sections[0].points[0].text == "压实责任。签订责任书。〔牵头领导:张三;责任科室:安全科〕"


def test_points_without_sections_or_departments() -> None:
    """A plan without sections becomes one section of the plan's title; that departments are missing is told."""
    draft = drafted(UNSECTIONED)
    assert shape(draft.plan) == [(1, "2021年西山镇中心校工作要点", [1, 2, 3])]
    assert draft.plan.addressees == "各学校"
    assert draft.plan.departments == ()
    assert (0, "没有找到责任科室") in draft.doubts
    assert [point.text for _, point in draft.plan.numbered_points()][1:] == [
        "抓安全(含校车)。每周检查2次",
        "2021年底前完成操场改造",
    ]


def test_tasks_between_parts_without_points() -> None:
    """Parts without numbers around the tasks: the one before joins the preamble, the one behind is told as unplaced."""
    draft = drafted(FRAMED)
    assert shape(draft.plan) == [(2, "重点任务", [1, 2, 3, 4])]
    assert [names for _, names in departments(draft.plan)] == [
        ("德育科", "教研室"),
        ("体卫艺科",),
        ("人事科",),
        ("安全科",),
    ]
    assert draft.plan.preamble == "一、总体要求\n坚持育人为本,办人民满意的教育。"
    assert unplaced(draft) == ["三、保障措施", "加强组织领导,压实各方责任。"]


def test_three_levels_with_numbers_that_restart() -> None:
    """Where numbers begin again under every (一), each (一) is a section, with both headings, and this is told."""
    draft = drafted(NESTED_RESTARTING)
    assert shape(draft.plan) == [
        (1, "立德树人 · 德育", [1, 2]),
        (2, "立德树人 · 体育", [1]),
        (3, "教师队伍 · 师德", [1]),
    ]
    assert departments(draft.plan)[1] == (("德育科",), ("德育科", "团委", "少工委"))
    assert any("已重新编号" in why for _, why in draft.doubts)


def test_three_levels_with_numbers_that_run_on() -> None:
    """Where numbers run on, 一、 stays the section, and the headings between are told as unplaced."""
    draft = drafted(NESTED_RUNNING)
    assert shape(draft.plan) == [(1, "立德树人", [1, 2]), (2, "教师队伍", [3])]
    assert draft.plan.preamble is None
    assert unplaced(draft) == ["(一)德育", "(二)体育", "(一)师德"]


def test_contents_before_and_another_document_behind() -> None:
    """A table of contents and what follows 相关解读 are not the plan; items inside a point stay in it."""
    draft = drafted(CONTENTS_AND_ANNEX)
    assert shape(draft.plan) == [(1, "立德树人", [1, 2]), (2, "教师队伍", [3])]
    assert draft.plan.sections[0].points[0].text.endswith("\n(1)建好名师工作室,发挥辐射作用。")
    assert unplaced(draft) == [
        "目录",
        "一、立德树人",
        "二、教师队伍",
        "相关解读",
        "一、解读背景",
        "1.为什么要制定。为了工作。",
    ]


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("wide", [False, True])
def test_no_line_is_lost(name: str, wide: bool) -> None:
    """Every line that is not blank is in the plan, word for word, or told as unplaced; in half and in full width."""
    text = LAYOUTS[name].translate(WIDE) if wide else LAYOUTS[name]
    draft = drafted(text)
    plan = draft.plan
    kept = [plan.title, plan.document_number, plan.addressees, plan.preamble, *plan.issuers]
    for section in plan.sections:
        kept += [section.title, *(point.text for point in section.points)]
    everything = "\n".join(part for part in kept if part)
    told = dict(draft.unplaced)
    for number, line in enumerate(text.splitlines(), start=1):
        mark = mark_of(line.strip())
        content = (mark.rest if mark else line).strip().rstrip("。:\uff1a")
        is_date = re.fullmatch(r"[\d\uff10-\uff19〇一二三五十年月日]+", line)
        assert content in everything or told.get(number) == line.strip() or is_date, line
    assert all(text.splitlines()[number - 1].strip() == line for number, line in draft.unplaced)


@pytest.mark.parametrize("name", LAYOUTS)
def test_width_makes_no_difference(name: str) -> None:
    """A notice in full-width punctuation and digits is understood as the same one in half width."""
    narrow, wide = drafted(LAYOUTS[name]).plan, drafted(LAYOUTS[name].translate(WIDE)).plan
    assert [(number, points) for number, _, points in shape(wide)] == [
        (number, points) for number, _, points in shape(narrow)
    ]
    assert departments(wide) == departments(narrow)
    assert (wide.year, wide.lead_rule, wide.issued) == (narrow.year, narrow.lead_rule, narrow.issued)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_draft_can_be_put_into_service(name: str) -> None:
    """What the importer makes passes the checks of a plan's file, and GB18030 reads as UTF-8 does."""
    plan = drafted(LAYOUTS[name]).plan
    assert parse_plan(write_plan(plan), "plan.yaml") == plan
    assert read_notice(LAYOUTS[name].encode("gb18030")).plan == plan
