"""Importing a notice: its metadata, the targets it proposes, and what can't be read."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import KnowledgeProblems, NoticeError
from bot.plan.notice import read_notice
from bot.plan.notice_targets import propose
from bot.plan.reading import parse_plan
from bot.plan.writing import write_plan

NOTICE = """\
2024年某某区教育工作要点
1.加快建设。新建学校3所。(基建办)
2.提升质量。开展监测。(教育科、督导室)
"""


def titled(*lines: str) -> str:
    """A notice with these lines before the plan."""
    return "\n".join([*lines, NOTICE])


@pytest.mark.parametrize(
    "lines",
    [
        ("某某区教育局关于印发2024年教育工作要点的通知", "发文日期:2024-03-05"),
        ("某某区教育局", "2024年3月5日"),
        ("某某区教育局    ", "二〇二四年三月五日"),
        ("发布机构:某某区教育局", "发布时间:2024-03-05 10:00"),
    ],
)
def test_issuer_and_date_are_found_where_notices_have_them(lines: tuple[str, ...]) -> None:
    """In the heading, the signature, or beside a label."""
    plan = read_notice(titled(*lines).encode()).plan
    assert plan.issuers == ("某某区教育局",)
    assert str(plan.issued) == "2024-03-05"


def test_what_the_page_says_beside_labels_is_kept() -> None:
    """Several on a line, a time with its colon; a label without a value, and what is no label, are told."""
    lines = (
        "某某区教育局关于印发2024年教育工作要点的通知",
        "来源：某某区教育局 发布时间：2024-03-06 09:26",
        "公开日期：2024-03-07　　公开范围：全部公开　　浏览量：18",
        "有效性：",
    )
    draft = read_notice(titled(*lines).encode())
    assert draft.plan.notice_title == lines[0]
    assert draft.plan.particulars == (
        "来源：某某区教育局",
        "发布时间：2024-03-06 09:26",
        "公开日期：2024-03-07",
        "公开范围：全部公开",
    )
    assert draft.plan.particular("公开时间", "公开日期") == "2024-03-07"
    assert [number for number, _ in draft.unplaced] == [3, 4]


@pytest.mark.parametrize(
    "number", ["某教〔2024〕16号", "某教综[2024]3号", "某教(2024)3号", "中共某某工委〔2024〕 12 号"]
)
def test_the_document_number_is_kept_as_written(number: str) -> None:
    """Whatever brackets a bureau writes around the year, they stay."""
    assert read_notice(titled(number).encode()).plan.document_number == number


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("某某区教育局2025年工作要点", 2025),
        ("《某某区2025年教育工作要点》", 2025),
        ("二〇二五年某某区教育工作计划", 2025),
        ("某某区2024-2025学年教育工作安排", 2024),
        ("2025年度重点工作任务(征求意见稿)", 2025),
    ],
)
def test_title_and_year(title: str, year: int) -> None:
    """The title stands on a line by itself; the year is the first it names."""
    plan = read_notice(NOTICE.replace("2024年某某区教育工作要点", title).encode()).plan
    assert (plan.title, plan.year, plan.id) == (title.strip("《》"), year, f"plan_{year}")


def test_the_title_may_stand_in_the_letter_only() -> None:
    """A notice without a title line takes the title from 关于印发《……》的通知."""
    text = NOTICE.replace("2024年某某区教育工作要点", "关于印发《2024年某某区教育工作要点》的通知")
    assert read_notice(text.encode()).plan.title == "2024年某某区教育工作要点"


def test_misnumbered_points_are_kept_and_told() -> None:
    """A number that jumps or comes twice stays as the notice has it, and is told."""
    draft = read_notice(f"{NOTICE}4.再加一条。(教育科)\n4.又加一条。(教育科)".encode())
    assert [point.number for _, point in draft.plan.numbered_points()] == [1, 2, 4, 4]
    assert [why for _, why in draft.doubts if "跳到" in why] == ["编号从 2 跳到 4，请核对", "编号从 4 跳到 4，请核对"]


def test_a_point_without_departments_is_told_when_others_have_them() -> None:
    """A point whose bracket could not be read is pointed out with its line."""
    draft = read_notice(f"{NOTICE}3.再加一条(详见附表)。".encode())
    assert draft.doubts[-1] == (4, "第 3 条没有找到责任科室")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "读不出中文|找不到标题"),
        (b"\xff" * 50, "不是 UTF-8 或 GB18030"),
        (b"hello world, this is no notice", "读不出中文"),
        (f"{NOTICE}\x00".encode(), "第 4 行有看不见的控制字符 U\\+0000"),
        ("工作 一切都好。".encode(), "找不到标题"),
        ("某某区教育工作要点\n1.好。\n".encode(), "看不出是哪一年"),
        ("2024年某某区教育工作要点\n没有编号的文字。\n".encode(), "找不到编号的条目"),
        (b"x" * (2 * 1024 * 1024 + 1), "文字超过 2 MiB"),
    ],
)
def test_what_is_no_notice_is_refused_with_advice(data: bytes, told: str) -> None:
    """A refusal says what was sent and what to send instead."""
    with pytest.raises(NoticeError, match=told):
        read_notice(data)


@pytest.mark.parametrize("filler", ["《", "(", "关于印发", "“", "一", "2024年", ",", "牵头", " 1", "含3个、"])
def test_a_hostile_notice_takes_no_long_time(filler: str) -> None:
    """A line of tens of thousands of characters made to confuse the patterns is read in seconds."""
    begun = time.perf_counter()
    read_notice((NOTICE + "3." + filler * (80_000 // len(filler.encode())) + "教育" * 20_000).encode())
    assert time.perf_counter() - begun < 6  # a pattern that backtracks takes minutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新增学位8280个。", [("新增学位", "8280个")]),
        (
            "竣工项目6个,含高中2个、小学1个;续建5个。",
            [("竣工项目", "6个"), ("竣工项目中的高中", "2个"), ("竣工项目中的小学", "1个"), ("续建", "5个")],
        ),
        ("普惠率达到90%。", [("普惠率", "达到90%")]),
        ("开展第十五轮家访活动。", [("家访活动", "第十五轮")]),
        ("民办学位“只减不增”。", [("民办学位", "只减不增")]),
        ("实施卓越学校三年行动计划。", [("实施的计划", "卓越学校三年行动计划")]),
        ("2025年6月底前完成换届。", [("换届", "2025年6月底前")]),
        ("学习党的二十大精神,落实中央八项规定。", []),
        ("推广《安全教育12课》。", []),
    ],
)
def test_targets_are_proposed(text: str, expected: list[tuple[str, str]]) -> None:
    """Figures, rounds, quotas, programmes and deadlines are proposed with what they are of; names are not."""
    targets = propose(text)
    assert [(target.what, target.value) for target in targets] == expected
    assert all(target.quote in text and target.value in target.quote for target in targets)


def test_a_deadline_goes_with_the_figures_of_its_sentence() -> None:
    """The deadline that opens a sentence holds for each figure in it, and not for the next sentence."""
    targets = propose("2025年底前,新建学校3所,改造2所。培训教师100名。")
    assert [target.by for target in targets if target.value != "2025年底前"] == ["2025年底前", "2025年底前", None]


LINES = st.sampled_from(
    [
        "2024年某某区教育工作要点",
        "某某区教育局",
        "2024年3月5日",
        "各学校:",
        "第一部分",
        "第二部分 质量",
        "一、党建",
        "二、质量。全面提升。(教育科)",
        "(一)德育",
        "(二)体育。每天1小时。(牵头单位:体卫科)",
        "1.第一件事。新建3所,其中小学2所。(教育科、基建办)",
        "2、",
        "3.",
        "第一条 依法治教。(法规科)",
        "一是压实责任。〔责任科室:安全科〕",
        "(1)分项内容,",
        "①分项",
        "正文的一段,没有编号。",
        "责任单位:教育科、",
        "短行",
        "附件:1.表",
        "打印 关闭",
        "。",
        "(教育科)",
    ]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=12)), max_size=25))
@settings(deadline=None, max_examples=150)
def test_any_lines_give_a_draft_or_a_refusal(lines: list[str]) -> None:
    """Whatever the lines, the draft accounts for each of them and fails no check but that of numbers it told of."""
    text = "\n".join([NOTICE.partition("\n")[0], *lines])
    try:
        draft = read_notice(text.encode(errors="ignore"))
    except NoticeError:
        return
    kept = "\n".join(
        [draft.plan.preamble or "", *(f"{s.title}\n{p.text}" for s in draft.plan.sections for p in s.points)]
    )
    told = {line for _, line in draft.unplaced}
    for line in lines:
        if line.startswith(("正文的一段", "短行", "打印")):
            assert line in kept or line in told
    repeated = [line for line, why in draft.doubts if "跳到" in why]
    try:
        read_back = parse_plan(write_plan(draft.plan), "plan.yaml")
    except KnowledgeProblems as refused:
        told_of = [re.search(r"条的 number \d+ 在这一部分里重复", problem.reason) for problem in refused.problems]
        if not repeated or not all(told_of):
            raise
    else:
        assert read_back == draft.plan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成智慧校园（5所学校）。", ()),
        ("修订章程（2024—2026年）。", ()),
        ("建好校园（含幼儿园、各学校）。", ()),
        ("开展评选（详见教研室）。", ()),
        ("抓好安全（安全科、各镇（街道）中心校）。", ("安全科", "各镇（街道）中心校")),
        ("抓好安全。（安全科和督导室）", ("安全科", "督导室")),
        ("抓好人事。（组织和人事科）", ("组织和人事科",)),
        ("抓好安全（安全科）。每月排查（含食堂）。", ("安全科",)),
        ("抓好安全。（安全科（张三）、督导室等部门）", ("安全科", "督导室")),
        ("抓好安全。责任领导：张三 责任科室：安全科 完成时限：12月", ("安全科",)),
        ("抓好安全。（责任人：安全科 张三）", ()),
    ],
)
def test_which_brackets_name_departments(text: str, expected: tuple[str, ...]) -> None:
    """A bracket with figures, dates or examples names nobody; a list at the end of a paragraph or its heading does."""
    draft = read_notice(f"{NOTICE}3.{text}".encode())
    assert draft.plan.sections[0].points[2].departments == expected
