"""Reading a plan: what is understood, and what is refused with its file and line."""

from datetime import date

import pytest

from bot.plan.model import LeadRule
from bot.plan.reading import parse_plan
from tests.plan.files import PLAN, changed, faults

STATED = """\
id: p
title: 要点
year: 2031
lead_rule: stated
departments: [甲科, 乙科, 丙科]
sections:
  - number: 1
    title: 部分
    points:
      - {number: 1, title: 一事, text: 一事, lead: 乙科, partners: [甲科, 丙科]}
      - {number: 2, title: 二事, text: 二事, lead: [甲科, 乙科]}
      - {number: 3, title: 三事, text: 三事, partners: 丙科}
      - {number: 4, title: 四事, text: 四事}
"""


def test_a_plan_is_read_as_it_is_written() -> None:
    """Every field of the file is in the plan."""
    plan = parse_plan(PLAN.encode(), "plan.yaml")
    point = plan.sections[0].points[0]
    assert (plan.id, plan.year, plan.issued, plan.lead_rule) == (
        "plan_2030",
        2030,
        date(2030, 3, 2),
        LeadRule.FIRST_LISTED,
    )
    assert point.departments == ("基建办", "教育科")
    assert (point.targets[0].what, point.targets[0].value, point.targets[0].by) == ("竣工项目", "6个", "2030年底前")
    assert point.asked_as == ("盖学校",)
    assert plan.preamble is None


def test_stated_leads_come_before_partners() -> None:
    """Where leads are stated, a point's departments are its leads and then its partners; both may be absent."""
    points = parse_plan(STATED.encode(), "plan.yaml").sections[0].points
    assert [(point.leads, point.departments) for point in points] == [
        (("乙科",), ("乙科", "甲科", "丙科")),
        (("甲科", "乙科"), ("甲科", "乙科")),
        ((), ("丙科",)),
        ((), ()),
    ]


@pytest.mark.parametrize("issued", ["2030-03-02", '"2030-03-02"', "'2030-03-02'"])
def test_a_date_may_be_quoted(issued: str) -> None:
    """A YAML date and a quoted one are the same."""
    assert parse_plan(changed("2030-03-02", issued).encode(), "p").issued == date(2030, 3, 2)


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    """A file saved by Windows Notepad is read like any other."""
    data = b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode()
    assert parse_plan(data, "p") == parse_plan(PLAN.encode(), "p")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: 2030年", "titel: 2030年", ["1: 工作要点缺少 title", "2: 工作要点里没有“titel”这个键，是不是 title？"]),
        ("id: plan_2030\n", "", ["1: 工作要点缺少 id"]),
        ("id: plan_2030", "id: 要点", ["1: id 只能用英文字母"]),
        ("id: plan_2030", "id: " + "x" * 33, ["1: id 只能用英文字母"]),
        ("year: 2030", "year: 2029", ["3: year 是 2029，title 里却是 2030 年"]),
        ("year: 2030", "year: '2030'", ["3: year 应是 1 到 2100 的整数，不加引号"]),
        ("year: 2030", "year: 1030", ["3: year 应在 1990 到 2100 之间"]),
        ("year: 2030", "year: true", ["3: year 应是"]),
        ("number: 1\n    title", "number: 010\n    title", ["9: number 应是 1 到 999 的整数"]),
        (
            "issued: 2030-03-02",
            "particulars: ['发布时间:', 是否规范性文件:否]",
            ["5: particulars 的每一项应是 名称:内容，如 发布时间:2023-03-02 15:47"],
        ),
        (
            "issued: 2030-03-02",
            "particulars: 来源",
            ["5: particulars 应是列表，每项一行，以“- ”开头；没有就写 [] 或删去"],
        ),
        ("issued: 2030-03-02", "issued: 2030-02-30", ["5: issued 应是日期，如 2023-03-02"]),
        ("issued: 2030-03-02", "issued: 2030年3月2日", ["5: issued 应是日期，如 2023-03-02"]),
        ("issued: 2030-03-02", "issued: 2033-03-02", ["5: issued 与 year（2030）相差一年以上"]),
        ("lead_rule: first_listed", "lead_rule: first", ["6: lead_rule 应是 stated"]),
        ("title: 统筹发展", "title: 2030", ["10: title 应是文字，写的是数字，请给 2030 加引号"]),
        ("title: 统筹发展", "title: yes", ["10: title 应是文字，写的是YAML 的特殊值，请给 yes 加引号"]),
        ("title: 统筹发展", "title:", ["10: title 是空的"]),
        ("title: 统筹发展", "title: '  '", ["10: title 是空的"]),
        ("title: 统筹发展", "title: ' 统筹'", ["10: title 的首尾有空白"]),
        ("title: 统筹发展", 'title: "统筹\\n发展"', ["10: title 应写成一行"]),
        ("title: 统筹发展", "title: [统筹]", ["10: title 应是文字，不是列表"]),
        ("title: 加快项目建设", "title: 加快建设", ["13: title“加快建设”不在 text 里"]),
        ("value: 6个", "value: 7个", ["18: value“7个”不在 quote 里"]),
        ("quote: 2030年底前竣工项目6个", "quote: 竣工项目 6个", ["19: quote“竣工项目 6个”不在 text 里"]),
        ("by: 2030年底前", "by: 2030年底", []),
        ("by: 2030年底前", "by: 年末", ["20: by“年末”不在 text 里"]),
        (
            "departments: [教育科]",
            "departments: [教育课]",
            ["25: 科室“教育课”不在文件开头的 departments 里，是不是“教育科”？"],
        ),
        (
            "departments: [教育科]",
            "departments: [督导中心]",
            ["25: 科室“督导中心”不在文件开头的 departments 里，请先加到"],
        ),
        ("departments: [教育科]", "departments: 教育科", ["25: departments 应是列表"]),
        ("departments: [教育科]", "lead: 教育科", ["25: 条（points）里没有“lead”这个键"]),
        ("departments: [基建办, 教育科]", "departments: [基建办, 基建办]", ["15: 科室 里“基建办”重复"]),
        ("departments: [教育科, 基建办]", "departments: [教育科, 基建办, 教育科]", ["7: departments 里“教育科”重复"]),
        ("asked_as: [盖学校]", "asked_as: [盖学校, 盖学校]", ["21: asked_as 里“盖学校”重复"]),
        ("- number: 2", "- number: 1", ["22: 条的 number 1 在这一部分里重复，上一次在第 12 行"]),
        ("- number: 2", "- number: 0", ["22: number 应是 1 到 999 的整数"]),
        ("sections:\n", "sections: []\nother:\n", ["8: sections 是空的", "9: 工作要点里没有“other”这个键"]),
    ],
)
def test_each_fault_is_told_with_its_line(old: str, new: str, told: list[str]) -> None:
    """A fault names the file, the line and what is expected."""
    data = changed(old, new)
    if not told:
        parse_plan(data.encode(), "knowledge.yaml")
        return
    found = faults(parse_plan, data)
    assert len(found) == len(told), found
    for line, expected in zip(found, told, strict=True):
        assert line.startswith(f"knowledge.yaml:{expected}")


def test_two_targets_of_one_name_are_refused() -> None:
    """A second target of the same name in a point is refused: nobody could say which is meant."""
    more = "        targets:\n          - {what: 竣工项目, value: 2个, quote: 含高中2个}\n"
    assert "“竣工项目”重复，上一次在第 17 行" in faults(parse_plan, changed("        targets:\n", more))[0]


@pytest.mark.parametrize("number", [1, 2])
def test_section_numbers_rise(number: int) -> None:
    """A section whose number is not above the one before is refused."""
    second = f"  - number: {number}\n    title: 又\n    points: [{{number: 1, title: 又, text: 又}}]\n"
    data = changed("  - number: 1\n    title: 统筹", "  - number: 2\n    title: 统筹") + second
    assert faults(parse_plan, data) == [f"knowledge.yaml:26: 部分的 number 是 {number}，应比前面的 2 大"]


def test_all_faults_are_told_at_once_in_the_order_of_lines() -> None:
    """Faults of every kind come together, sorted by line."""
    data = changed("value: 6个", "value: 9个", changed("year: 2030", "year: abc", changed("id: plan_2030", "id: 甲")))
    assert [line.split(":")[1] for line in faults(parse_plan, data)] == ["1", "3", "18"]


def test_a_list_where_keys_are_expected_is_refused() -> None:
    """A file, a section, a point and a target must be keys and values."""
    assert faults(parse_plan, "- a\n- b\n")[0].startswith("knowledge.yaml:1: 工作要点应写成“键: 值”")
    assert (
        "目标（targets）应写成“键: 值”"
        in faults(parse_plan, changed("targets:", "targets: [6个]\n        asked_as:"))[0]
    )
