"""Every point, department and figure of three plans can be asked about, and no claim about them is mistaken."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer.model import Outcome, Verdict
from bot.plan.model import Plan, Point, PointKey
from tests.answer.asking import (
    FIFTH_BUREAU,
    FOURTH_BUREAU,
    OTHER_BUREAU,
    OWN,
    SEVENTH_BUREAU,
    SIXTH_BUREAU,
    THIRD_BUREAU,
    load,
)
from tests.answer.judge import converse

every_plan = pytest.mark.parametrize(
    "folder",
    [
        OWN,
        OTHER_BUREAU,
        *(
            pytest.param(f, marks=pytest.mark.rare)
            for f in (THIRD_BUREAU, FOURTH_BUREAU, FIFTH_BUREAU, SIXTH_BUREAU, SEVENTH_BUREAU)
        ),
    ],
    ids=lambda folder: folder.name,
)


def _departments_to_claim(plan: Plan, point: Point) -> Iterator[str]:
    """The lead, a partner, and one that the point does not list."""
    yield from point.departments[:2]
    yield from [name for name in plan.departments if name not in point.departments][:1]


@every_plan
def test_each_points_lead_is_named(folder: Path) -> None:
    """Asked by its title, each point answers with its own lead, or says that it lists nobody."""
    knowledge = load(folder)
    for key, point in knowledge.newest.main_points():
        reply = converse([f"“{point.title}”谁牵头"], knowledge)
        if point.departments:
            assert reply.direct.startswith("、".join(knowledge.newest.leads_of(point)) + "牵头"), point.title
            assert [citation.key for citation in reply.citations] == [key]
        else:
            assert reply.outcome is Outcome.DECLINE, point.title


@every_plan
def test_only_a_lead_is_confirmed_as_lead(folder: Path) -> None:
    """Whoever else is claimed to lead, a partner or a stranger, gets a no."""
    knowledge = load(folder)
    plan = knowledge.newest
    for key, point in plan.main_points():
        for name in _departments_to_claim(plan, point):
            reply = converse([f"{point.title}是{name}牵头吗"], knowledge)
            so = name in plan.leads_of(point)
            assert reply.verdict is (Verdict.YES if so else Verdict.NO), (point.title, name)
            assert reply.citations[0].key == key


@every_plan
@pytest.mark.parametrize(("asked", "only_led"), [("牵头哪几项", True), ("参与哪些", False)])
def test_each_departments_list_is_complete(folder: Path, asked: str, only_led: bool) -> None:
    """The points that are listed are exactly those that the plan gives the department."""
    knowledge = load(folder)
    plan = knowledge.newest
    for name in plan.departments:
        expected = [
            key
            for key, point in plan.main_points()
            if name in (plan.leads_of(point) if only_led else point.departments)
        ]
        reply = converse([f"{name}{asked}"], knowledge)
        assert [citation.key for citation in reply.citations] == expected, name
        assert f"共{len(expected)}条" in reply.direct or not expected


def _figures() -> Iterator[tuple[PointKey, str, str]]:
    for key, point in load(OWN).newest.numbered_points():
        for target in point.targets:
            if re.search(r"\d+(?:个|%|课)", target.value):
                yield key, target.what, target.value


def test_each_figure_is_said() -> None:
    """Asked by what it counts, each figure of the plan is answered, from its own point."""
    for key, what, value in _figures():
        reply = converse([f"{what}是多少"], load(OWN))
        assert value in reply.direct, what
        assert reply.citations[0].key == key


def test_each_figure_is_checked() -> None:
    """The true figure is confirmed, another is not."""
    for _, what, value in _figures():
        other = re.sub(r"\d+", "97", value)
        assert converse([f"{what}{value}对吗"], load(OWN)).verdict is Verdict.YES, what
        assert converse([f"{what}{other}对吗"], load(OWN)).verdict is Verdict.NO, what
