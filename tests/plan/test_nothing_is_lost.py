"""Every line that is not blank is in the plan, word for word, or told as unplaced: for notices of any lines."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NoticeError
from bot.plan.notice import Draft, read_notice
from bot.plan.notice_marks import mark_of

TITLE = "2024年某某区教育工作要点"
LINES = st.sampled_from(
    [
        *("一、加强党建", "二、提升质量。", "三、总体要求", "（一）德育为先", "（二）体育。每天1小时。（体卫科）"),
        *(
            "1.新建学校3所。（教育科、基建办）",
            "2、开展监测",
            "3．评选先进。责任科室：人事科",
            "1.1细化举措。（督导室）",
        ),
        *(
            "第一条 依法治教。",
            "第二章 保障",
            "任务一：抓安全",
            "一是压实责任。",
            "（1）分项。（安全科）",
            "①小项",
            "★4.亮点。",
        ),
        *(
            "责任科室：教育科、基建办",
            "牵头领导：张某某",
            "【牵头科室】党建办　【责任科室】人事科",
            "（教育科牵头，基建办配合）",
        ),
        *("正文的一段，没有编号。", "没有标点的一行", "打印 关闭", "— 3 —", "分享到：", "首页 > 公开"),
        *(
            "附件：任务分解表",
            "附件2",
            "序号\t任务\t责任科室",
            "1\t建校\t基建科",
            "2\t评优\t人事科\t12月",
            "甲\t乙",
            "一、校园建设",
        ),
        *("某某区教育局", "2024年3月5日", "各学校：", "某教〔2024〕3号", "索引号：AB-1", "抄送：区政府。", "相关解读"),
        *("发布机构：某某区教育局", "索引号\tAB-2\t文号\t某教〔2024〕9号", "某某区教育局2024年", "工作要点", "目录"),
    ]
)


def assert_accounted_for(lines: Sequence[str], draft: Draft) -> None:
    """Fails with the line that is in neither place."""
    plan = draft.plan
    kept = [plan.title, plan.document_number, plan.index_number, plan.addressees, plan.preamble, *plan.issuers]
    kept += [text for section in plan.sections for text in (section.title, *(point.text for point in section.points))]
    everything = "\n".join(filter(None, kept))
    told = dict(draft.unplaced)
    numbers = {str(point.number) for _, point in plan.numbered_points()}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if number in told:
            assert line.strip() in told[number]
            continue
        for cell in line.split("\t"):
            mark = mark_of(cell.strip())
            content = (mark.rest if mark else cell).strip().rstrip("。:：")
            value = re.split("[:：]", content)[-1]
            is_date = re.fullmatch("[0-9-年月日]+", value) is not None
            known = content in everything or value in everything or content in {"索引号", "文号"}
            assert known or is_date or content in numbers, line


@given(st.lists(LINES, max_size=30))
@settings(deadline=None, max_examples=200)
def test_every_line_is_in_the_plan_or_told(lines: list[str]) -> None:
    """Whatever stands behind the title and in whatever order, no line is dropped."""
    text = [TITLE, *lines, "9.最后一条。"]
    assert_accounted_for(text, read_notice("\n".join(text).encode()))


@given(st.lists(LINES, max_size=8), st.lists(LINES, max_size=12))
@settings(deadline=None, max_examples=150)
def test_every_line_before_the_title_is_told_too(before: list[str], behind: list[str]) -> None:
    """The letter, the letterhead and the navigation before the title are accounted for as the plan is."""
    text = [*before, TITLE, *behind, "9.最后一条。"]
    try:
        draft = read_notice("\n".join(text).encode())
    except NoticeError as refused:
        pytest.fail(str(refused))
    assert_accounted_for(text, draft)
