"""Several plans in service: the year that a question names decides, otherwise the newest."""

import shutil

import pytest

from bot.answer.knowledge import Knowledge, load_knowledge
from bot.answer.model import Outcome
from tests.answer.asking import OWN, THIRD_BUREAU
from tests.answer.judge import converse


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The plans of 2023 and of 2025."""
    folder = tmp_path_factory.mktemp("knowledge")
    for file in (*OWN.glob("*.yaml"), *THIRD_BUREAU.glob("*.yaml")):
        shutil.copy(file, folder)
    return load_knowledge(folder)


def test_the_newest_comes_first(both: Knowledge) -> None:
    """Plans are in service newest first."""
    assert [plan.year for plan in both.plans] == [2025, 2023]
    assert both.newest.year == 2025


@pytest.mark.parametrize(
    ("messages", "plan", "fact"),
    [
        (["2023年课后服务谁牵头"], "plan_2023", "教育科牵头"),
        (["2023年德育科牵头哪几项"], "plan_2023", "共3条"),
        (["2025年义务教育优质均衡谁牵头"], "plan_2025_x", "教育股牵头"),
        (["义务教育优质均衡谁牵头"], "plan_2025_x", "教育股牵头"),
        (["今年义务教育优质均衡谁牵头"], "plan_2025_x", "教育股牵头"),
        (["2023年竣工几个项目", "谁牵头"], "plan_2023", "基建办牵头"),
        (["2023年课后服务谁牵头", "下一条"], "plan_2023", "第11条"),
    ],
)
def test_the_year_named_decides(both: Knowledge, messages: list[str], plan: str, fact: str) -> None:
    """The plan of the year named answers, also in what follows; without a year the newest does."""
    reply = converse(messages, both)
    assert {citation.key.plan for citation in reply.citations} == {plan}
    assert fact in reply.direct


@pytest.mark.parametrize(
    ("question", "number"), [("文号", "岚教发〔2025〕9号"), ("2023年的文号", "厦海教工委〔2023〕16号")]
)
def test_each_notice_has_its_head(both: Knowledge, question: str, number: str) -> None:
    """The notice's own facts are those of the year asked about."""
    assert number in converse([question], both).direct


@pytest.mark.parametrize(
    "question", ["2024年文号是多少", "2022年课后服务谁牵头", "去年课后服务谁牵头", "明年建几所学校"]
)
def test_a_year_between(both: Knowledge, question: str) -> None:
    """A year that neither plan is of is declined with the years that there are."""
    reply = converse([question], both)
    assert reply.outcome is Outcome.DECLINE
    assert "2025年、2023年" in reply.direct
