"""Golden questions are asked of what is in service and of a candidate; what changes and what fails is told."""

from dataclasses import replace

import pytest

from bot.answer.answering import answer
from bot.answer.knowledge import Knowledge, build_knowledge
from bot.answer.trial import faults_of, grow, report, report_lines, try_out
from bot.plan.golden import Expected, Golden, Place
from bot.plan.golden_file import golden_of, parse_golden, write_golden
from bot.plan.reading import parse_plan, read_files
from tests.answer.asking import OTHER_BUREAU, OWN, load

LEAD = Golden(("课后服务谁牵头",), (Place(10),), "plan_2023", ("教育科",), Expected.ANSWER, 7)


@pytest.fixture(scope="module")
def changed() -> Knowledge:
    """The bot's own knowledge with another lead of point 10 and another number of new places."""
    text = (OWN / "plan_2023.yaml").read_text(encoding="utf-8").replace("8280个", "9000个")
    first, second = (
        "          - 教育科\n          - 教师进修学校\n        targets:\n          - what: 完善的教育信息化平台",
        "",
    )
    second = first.replace("- 教育科", "- X").replace("- 教师进修学校", "- 教育科").replace("- X", "- 教师进修学校")
    assert first in text
    return build_knowledge([parse_plan(text.replace(first, second).encode(), "p")], load(OWN).lexicon)


def test_the_questions_that_come_with_the_bot_are_answered(knowledge: Knowledge) -> None:
    """Every golden question of the project holds with its own plan."""
    golden = golden_of(read_files(OWN))
    trial = try_out(golden, knowledge, knowledge)
    assert len(golden) >= 40
    assert trial.passed
    assert report(trial) == f"试问{len(golden)}题，都答对了，回答没有变化"


def test_what_changes_is_told(knowledge: Knowledge, changed: Knowledge) -> None:
    """An answer with another figure is told with both answers; one that stayed is not."""
    trial = try_out([Golden(("今年新增多少学位",)), Golden(("雪亮工程谁牵头",))], knowledge, changed)
    assert trial.passed
    assert report_lines(trial) == [
        "试问2题，都答对了，1题的回答变了",
        "变了：“今年新增多少学位” 原答：2023年计划竣工项目可新增的学位8280个（第11条）"
        " 现答：2023年计划竣工项目可新增的学位9000个（第11条）",
    ]


def test_what_fails_is_told_first(knowledge: Knowledge, changed: Knowledge) -> None:
    """A question that the candidate gets wrong says why, and whether it was right before."""
    lead = replace(LEAD, must=("教育科牵头",))
    trial = try_out([Golden(("今年新增多少学位",)), lead], knowledge, changed)
    assert not trial.passed
    lines = report_lines(trial)
    assert lines[0] == "试问2题，1题没有答对，其中1题原来是对的，2题的回答变了"
    assert lines[1] == (
        "变坏：“课后服务谁牵头”（第7行）没有说“教育科牵头”。"
        " 原答：教育科牵头，教师进修学校参与：提升课后延时服务品质（第10条）"
        " 现答：教师进修学校牵头，教育科参与：提升课后延时服务品质（第10条）"
    )
    assert lines[2].startswith("变了：“今年新增多少学位”")
    assert "不对：" in report(try_out([lead], changed, changed))


@pytest.mark.parametrize(
    ("golden", "fault"),
    [
        (LEAD, None),
        (replace(LEAD, places=(Place(10, 3),)), None),
        (replace(LEAD, places=(Place(10, 4),)), "应引第4部分第10条，现引第10条"),
        (replace(LEAD, places=(Place(10), Place(11))), "应引第11条"),
        (replace(LEAD, must=("德育科",)), "没有说“德育科”"),
        (replace(LEAD, must=("教育科 牵头",)), None),
        (replace(LEAD, outcome=Expected.DECLINE), "应说没有，现回答"),
        (replace(LEAD, messages=("校车司机工资多少",), outcome=None), "现在没有引"),
        (Golden(("什么",)), None),
    ],
)  # fmt: skip
def test_an_expectation_is_held_or_named(knowledge: Knowledge, golden: Golden, fault: str | None) -> None:
    """Points cited, words said and the outcome are compared; width and blanks are not."""
    found = faults_of(golden, answer(golden.messages[-1], None, knowledge)[0])
    assert (not found) if fault is None else fault in "；".join(found)


def test_a_question_of_a_plan_outlives_the_year(knowledge: Knowledge) -> None:
    """A question of last year's plan is asked of that plan, whatever is newest; without a plan the newest answers."""
    newer = load(OTHER_BUREAU).newest
    both = build_knowledge([newer, knowledge.newest], knowledge.lexicon)
    trial = try_out([LEAD, Golden(("文号是多少",))], knowledge, both)
    assert not trial.failed
    assert [change.golden.messages for change in trial.changed] == [("文号是多少",)]


def test_a_plan_that_goes_and_one_that_nobody_has(knowledge: Knowledge) -> None:
    """A question of a plan that the candidate drops is told; one of a plan that neither has is counted."""
    trial = try_out([LEAD, replace(LEAD, plan="plan_1999")], knowledge, load(OTHER_BUREAU))
    assert trial.left_out == 1
    assert report_lines(trial) == [
        "试问1题，都答对了，1题的回答变了，1题问的要点不在其中，没有问",
        "变了：“课后服务谁牵头” 原答：教育科牵头，教师进修学校参与：提升课后延时服务品质（第10条）"
        " 现答：（没有这份要点）",
    ]


def test_without_anything_in_service(knowledge: Knowledge) -> None:
    """A first release is asked alone; no questions at all are no failure."""
    assert try_out([LEAD], None, knowledge).passed
    assert report(try_out([], knowledge, knowledge)) == "试问0题"


def test_a_question_that_was_answered_well_becomes_a_golden_one(knowledge: Knowledge) -> None:
    """The line made of a question and its answer is read back and holds."""
    for messages in (("课后服务谁牵头",), ("德育科牵头哪几项",), ("校车司机工资多少",), ("谢谢",)):
        given = answer(messages[-1], None, knowledge)[0]
        (golden,) = parse_golden(write_golden(grow(messages, given)).encode())
        assert faults_of(golden, given) == ()
        assert try_out([golden], None, knowledge).passed
