"""What a candidate changes is told point by point, in the words of a clerk, and nothing is dropped silently."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.plan.differences import Differences, compare, compare_years
from bot.plan.lexicon import Lexicon, Topic
from bot.plan.marking import mark_changes, mark_sentence
from bot.plan.model import LeadRule, Plan, Point, Section
from bot.plan.reading import parse_lexicon, parse_plan, read_plan
from bot.plan.reporting import NOTHING, capped, report, report_lines
from tests.plan.files import LEXICON, PLAN, changed

ROOT = Path(__file__).resolve().parents[2]
NEXT_YEAR = PLAN.replace("2030", "2031")


def plan_from(text: str) -> Plan:
    return parse_plan(text.encode(), "plan.yaml")


@cache
def own() -> Plan:
    return read_plan(ROOT / "knowledge" / "plan_2023.yaml")


def told(old: str | Plan, new: str | Plan) -> list[str]:
    """The lines of the report about one plan."""
    olds, news = (plan if isinstance(plan, Plan) else plan_from(plan) for plan in (old, new))
    return report_lines(compare([olds], [news]))


def points(*texts: str) -> Plan:
    """A plan of one section whose points have these texts; the first sentence is the title."""
    made = [Point(number, text.split("。")[0], text) for number, text in enumerate(texts, 1)]
    return Plan("p", "要点", 2030, LeadRule.STATED, (Section(1, "一", tuple(made)),))


def test_the_same_knowledge_has_no_differences() -> None:
    """Nothing changed: one line says so."""
    differences = compare([own()], [own()], Lexicon(), Lexicon())
    assert not differences
    assert report(differences) == NOTHING


@pytest.mark.parametrize(
    ("old", "new", "total", "line"),
    [
        ("value: 6个", "value: 6个", "", ""),
        ("竣工项目6个", "竣工项目8个", "指标变了1处", "第1条 指标 竣工项目：6个 → 8个"),
        ("2030年底前", "年内", "指标变了1处", "第1条 指标 竣工项目的期限：2030年底前 → 年内"),
        ("[基建办, 教育科]\n        t", "[教育科, 基建办]\n        t", "牵头变了1条", "第1条 牵头：基建办 → 教育科"),
        ("提升课后服务", "做好课后服务", "改标题1条", "第2条 标题：提升课后服务 → 做好课后服务"),
        ("title: 统筹发展", "title: 加快发展", "文件信息变了1处", "第1部分：统筹发展 → 加快发展"),
        ("issued: 2030-03-02", "issued: 2030-03-09", "文件信息变了1处", "印发日期：2030-03-02 → 2030-03-09"),
        ("year: 2030", "year: 2030\ndocument_number: 某教〔2030〕1号", "文件信息变了1处", "文号：新增 某教〔2030〕1号"),
        ("year: 2030", "year: 2030\nparticulars: [来源:某局]", "文件信息变了1处", "网页上的说明：新增 来源:某局"),
        ("asked_as: [盖学校]", "asked_as: [建学校, 盖学校]", "问法变了1条", "第1条 问法：增1个（建学校）"),
    ],
)  # fmt: skip
def test_each_change_is_counted_and_told(old: str, new: str, total: str, line: str) -> None:
    """A change of a figure, a deadline, a lead, a title, the head or the phrases has its count and its line."""
    text = PLAN.replace(old, new).replace("value: 6个", "value: 8个" if "8个" in new else "value: 6个")
    lines = told(PLAN, text)
    if not total:
        assert lines == [NOTHING]
        return
    assert lines[0].startswith("2030年要点：")
    assert total in lines[0]
    assert line in lines


def test_changed_words_are_marked_in_their_sentence() -> None:
    """Only what was taken out and put in is marked; the sentences that stayed are not shown."""
    old = "竣工项目6个,含高中2个、小学1个,可新增学位8280个。办好家长学校。"
    assert mark_changes(old, old.replace("8280", "9000")) == ("…中2个、小学1个,可新增学位【删:8280个】【增:9000个】。",)
    assert mark_changes(old, old + "评选标兵。") == ("【增:评选标兵。】",)
    assert mark_changes(old, old.replace("办好家长学校。", "")) == ("【删:办好家长学校。】",)


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("甲", ""), ("", "甲"), ("甲。", "甲。\n"), ("a" * 9000, "b" * 9000), ("甲。" * 900, "乙。" * 900)],
)
def test_marking_takes_any_text(old: str, new: str) -> None:
    """Empty, endless and blank texts are marked, and something is said whenever they differ."""
    assert bool(mark_changes(old, new)) == (old != new)


def test_marks_are_not_scattered() -> None:
    """Two changes with a character between them are one."""
    assert mark_sentence("全面加快推进落实项目建设", "全面提升推广完成项目建设").count("【删") == 1


def test_an_inserted_point_renumbers_the_others() -> None:
    """A new point is added; those behind it are renumbered in one line, not removed and added."""
    paragraphs = ["加快建设。甲乙丙。", "提升服务。丁戊己。", "强化督导。庚辛壬。"]
    lines = told(points(*paragraphs), points("劳动教育。子丑寅。", *paragraphs))
    assert lines == ["2030年要点：新增1条，顺延编号3条", "顺延：第1—3条 → 第2—4条", "新增：第1条 劳动教育"]


def test_a_moved_point_is_moved() -> None:
    """A point at another place is moved, with its old and new number; the others are only renumbered."""
    one, two, three, four = "加快建设。甲乙丙。", "提升服务。丁戊己。", "强化督导。庚辛壬。", "依法治校。癸子丑。"
    lines = told(points(one, two, three, four), points(two, three, four, one))
    assert lines[0] == "2030年要点：移动1条，顺延编号3条"
    assert "移动：第1条 → 第4条 加快建设" in lines


def test_a_rewritten_point_is_known_by_its_text() -> None:
    """Another title over nearly the same paragraph is renamed; another paragraph is removed and added."""
    old = points("提升课后服务。完善平台,开发课后服务管理系统,优化课程设置。")
    assert "改标题1条" in told(old, points("做优课后服务。完善平台,开发课后服务管理系统,优化课程设置。"))[0]
    assert told(old, points("建设体育场馆。新建游泳馆,举办运动会。"))[0] == "2030年要点：新增1条，删去1条"


def test_figures_of_points_that_nobody_curated() -> None:
    """Where no targets are written, the figures in the text are compared."""
    lines = told(points("加快建设。竣工项目6个。"), points("加快建设。竣工项目8个。"))
    assert "第1条 指标 竣工项目：6个 → 8个" in lines


def test_a_part_is_not_taken_for_another_part() -> None:
    """高中 that went and 小学 that came are two changes, never a figure that changed."""
    lines = told(points("加快建设。竣工项目6个,含高中2个。"), points("加快建设。竣工项目6个,含小学1个。"))
    assert not [line for line in lines if "2个 → 1个" in line]
    assert "第1条 指标 竣工项目中的小学：新增 1个" in lines
    assert "第1条 指标 竣工项目中的高中：删去 2个" in lines


def test_a_new_year_is_set_beside_the_last_one() -> None:
    """A plan of a new year is compared with the newest in service: new points, leads and figures, not its wording."""
    text = NEXT_YEAR.replace("竣工项目6个", "竣工项目8个").replace("value: 6个", "value: 8个")
    differences = compare([plan_from(PLAN)], [plan_from(PLAN), plan_from(text)])
    assert report_lines(differences) == [
        "2031年要点：新的一份，2条；与2030年相比：指标变了1处",
        "第1条 指标 竣工项目：6个 → 8个",
    ]


def test_a_first_plan_and_a_plan_that_goes() -> None:
    """A plan without an older one is only counted; one that is taken away is told of."""
    assert report(compare([], [plan_from(PLAN)])) == "2030年要点：新的一份，2条"
    assert report(compare([plan_from(PLAN)], [])) == "2030年要点：整份撤下（2条）"
    assert "2030年要点：整份撤下" in report(compare([plan_from(PLAN)], [plan_from(NEXT_YEAR)]))


def test_a_plan_under_another_id_is_known_by_its_year() -> None:
    """A new id is a change of the plan, not a plan that went and one that came."""
    assert told(PLAN, changed("plan_2030", "plan_new")) == [
        "2030年要点：文件信息变了1处",
        "编号（id）：plan_2030 → plan_new",
    ]


def test_numbers_that_restart_are_told_with_their_section() -> None:
    """Where each section counts from 1, a point is named with its section."""
    sections = tuple(Section(n, f"部分{n}", (Point(1, f"标题{n}", f"标题{n}。甲乙丙。"),)) for n in (1, 2))
    old = Plan("p", "要点", 2030, LeadRule.STATED, sections)
    new = replace(
        old, sections=(sections[0], replace(sections[1], points=(replace(sections[1].points[0], text="标题2。甲。"),)))
    )
    assert [line for line in told(old, new) if line.startswith("第2部分第1条 文字")]  # fmt: skip


def test_curation_is_told() -> None:
    """Targets for a point that had none are told, and are no changed figures."""
    text = re.sub(r"        targets:\n(?:          .*\n)+", "", PLAN)
    assert told(text, PLAN) == ["2030年要点：指标整理变了1条", "第1条 整理出的指标：0个 → 1个"]


def test_changes_of_the_lexicon_are_counts_and_examples() -> None:
    """Topics, phrases and short names that came and went, at most six of each shown."""
    old = parse_lexicon(LEXICON.encode(), "lexicon.yaml")
    topics = (
        replace(old.topics[0], asked=("托管", *(f"说法{n}" for n in range(9)))),
        Topic(("近视防控",), ("眼睛",)),
    )
    new = replace(old, topics=topics, departments={"教育科": ("教科", "教育口")}, other_departments=())
    lines = report_lines(compare([], [], old, new))
    assert lines[0] == "词库：增13个词，删2个词"
    assert "话题：增1个（近视防控）" in lines
    assert "科室简称：增1个（教育科：教育口）" in lines
    phrases = next(line for line in lines if line.startswith("话题的问法"))
    assert phrases.startswith("话题的问法：增10个（课后服务：说法0、课后服务：说法1、")
    assert phrases.endswith("课后服务：说法5等），删1个（课后服务：晚托班）")
    assert "别处的科室：删1个（财务科）" in lines


@pytest.mark.parametrize("limit", [1, 20, 60, 200, 3500])
def test_a_report_that_is_cut_says_how_much_is_missing(limit: int) -> None:
    """Whatever the limit, it is kept, the total comes first, and the lines left out are counted."""
    other = read_plan(ROOT / "tests" / "data" / "third_bureau" / "plan_2025.yaml")
    differences = Differences((compare_years(own(), other),), ())
    text = report(differences, limit)
    assert len(text) <= max(limit, 20)
    lines = report_lines(differences)
    shown = text.splitlines()
    if shown[-1].startswith("……另有"):
        assert shown[-1] == f"……另有{len(lines) - len(shown) + 1}处，没有列出"
    else:
        assert len(shown) in (len(lines), 1)


def test_the_length_is_counted_as_telegram_counts() -> None:
    """A character outside the basic plane counts twice."""
    assert capped(["总", "😀" * 30], 50) == "总\n……另有1处，没有列出"
    assert capped(["😀" * 30], 6) == "😀😀…"


def test_a_plan_of_thousands_of_points_is_compared() -> None:
    """A file as large as the checks allow is told in the end, by titles alone."""
    old = points(*(f"标题{n}。甲{n}乙。" for n in range(1500)))
    new = points(*(f"题目{n}。丙{n}丁。" for n in range(1500)))
    assert told(old, new)[0] == "2030年要点：新增1500条，删去1500条"
