"""The figures of a sentence, each with what it is about."""

import pytest

from bot.answer.figures import FigureKind, find_figures

PROJECTS = (
    "计划推进教育项目17个:计划竣工项目6个,含高中2个、小学1个、幼儿园3个,可新增学位8280个;"
    "续建项目5个,含初中1个、小学2个。"
)


@pytest.mark.parametrize(
    ("sentence", "kind", "text", "number"),
    [
        ("计划竣工项目6个", FigureKind.COUNT, "6个", 6),
        ("全力保障两所新开办高中顺利开学", FigureKind.COUNT, "两所", 2),
        ("参与百名市级“师德标兵”评选", FigureKind.COUNT, "百名", 100),
        ("全年刊发原创稿件不少于180篇", FigureKind.COUNT, "不少于180篇", 180),
        ("争取全区中小学超过75%的达标率", FigureKind.PERCENT, "超过75%", 75),
        ("优良率达到百分之五十", FigureKind.PERCENT, "达到百分之五十", None),
        ("每个基地安排专项经费15万元", FigureKind.MONEY, "15万元", 15),
        ("6月底前全部实行", FigureKind.DATE, "6月底前", 6),
        ("推动实现“十四五”期间全覆盖", FigureKind.DATE, "“十四五”期间", None),
        ("开展第十五轮活动", FigureKind.ORDINAL, "第十五轮", 15),
        ("做好2023届高三教学指导", FigureKind.ORDINAL, "2023届", 2023),
        ("学位“只减不增”工作要求", FigureKind.DIRECTION, "只减不增", None),
    ],
)
def test_a_figure_of_each_sort(sentence: str, kind: FigureKind, text: str, number: float | None) -> None:
    """Counts, rates, sums of money, dates, rounds and directions are told apart; the value is verbatim."""
    (figure,) = find_figures(sentence)
    assert (figure.kind, figure.text) == (kind, text)
    assert sentence[figure.start : figure.end] == text
    assert number is None or figure.number == number


def test_each_figure_says_what_it_counts() -> None:
    """The words beside a figure are its head."""
    assert [(figure.head, figure.text) for figure in find_figures(PROJECTS)] == [
        ("计划推进教育项目", "17个"),
        ("计划竣工项目", "6个"),
        ("高中", "2个"),
        ("小学", "1个"),
        ("幼儿园", "3个"),
        ("可新增学位", "8280个"),
        ("续建项目", "5个"),
        ("初中", "1个"),
        ("小学", "2个"),
    ]


def test_parts_belong_to_their_sum() -> None:
    """What follows 含 is a part of the sum before it, until the list ends."""
    sums = {(figure.head, figure.text): (figure.scope, figure.whole) for figure in find_figures(PROJECTS)}
    assert sums["高中", "2个"] == sums["幼儿园", "3个"] == ("计划竣工项目", "6个")
    assert sums["小学", "2个"] == ("续建项目", "5个")
    assert sums["可新增学位", "8280个"] == sums["续建项目", "5个"] == ("", "")


@pytest.mark.parametrize(
    "sentence",
    [
        "建设一批校本研修基地校",
        "推进城乡一体化",
        "推进党的二十大精神进校园",
        "打造一流湾区",
        "省一级达标高中",
        "",
        "课后服务",
    ],
)
def test_numerals_that_count_nothing(sentence: str) -> None:
    """一批, 一体化, 二十大 and 一级达标 are words, not figures."""
    assert find_figures(sentence) == []


def test_a_rate_from_and_to() -> None:
    """Both ends of a change are figures."""
    assert [figure.text for figure in find_figures("近视率由62%下降到58%以下")] == ["62%", "58%以下"]
