"""Departments and points beside one another, and plans in which nothing can be ranked."""

import pytest

from bot.answer.answering import answer
from bot.answer.model import Outcome
from bot.answer.ranking import asks_for_ranking
from tests.answer.asking import OTHER_BUREAU, OWN, load


@pytest.mark.parametrize(
    "question", ["哪个科室牵头最多", "牵头最多的科室是哪个", "哪一条涉及的部门最多", "哪几家一条都没牵头"]
)
def test_every_department_named_first_really_has_most(question: str) -> None:
    knowledge = load(OWN)
    given, _ = answer(question, None, knowledge)
    assert given.outcome is Outcome.ANSWER
    assert given.citations
    cited = {
        name for citation in given.citations for name in knowledge.newest.departments if name in citation.paragraph
    }
    named = [name for name in knowledge.newest.departments if name in given.direct.partition("其余")[0]]
    assert set(named) <= cited


@pytest.mark.rare
def test_stated_leads_are_counted_in_another_bureaus_plan() -> None:
    knowledge = load(OTHER_BUREAU)
    plan = knowledge.newest
    leads = {name: sum(name in plan.leads_of(p) for _, p in plan.main_points()) for name in plan.departments}
    given, _ = answer("哪个科室牵头的条目最多", None, knowledge)
    most = max(leads.values())
    assert f"{most}条" in given.direct
    assert all(name in given.direct.partition("其余")[0] for name, count in leads.items() if count == most)


@pytest.mark.parametrize("text", ["学位最多的项目", "最多多少人", "每班最多几个人", "谁牵头"])
def test_other_superlatives_are_left_alone(text: str) -> None:
    assert not asks_for_ranking(text, bare=False, named=False)
