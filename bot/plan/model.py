"""What a work plan is: plain frozen data, made by bot.plan.reading, read by everybody else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class LeadRule(StrEnum):
    """How a plan says who leads."""

    STATED = "stated"
    """The notice names the leading department of each point."""
    FIRST_LISTED = "first_listed"
    """The notice only lists departments; by the custom of such notices (公文) the first listed leads."""


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, deadline, quota, round, named programme or direction that a point states."""

    what: str
    value: str
    """Verbatim; stands in `quote`."""
    quote: str
    """Verbatim; stands in the point's text."""
    by: str | None = None
    """The deadline as the text words it, where there is one."""


class PointKey(NamedTuple):
    """Where a point stands: the id of its plan, and the numbers of its section and of itself."""

    plan: str
    section: int
    point: int


@dataclass(frozen=True, slots=True)
class Point:
    """One numbered paragraph of a plan."""

    number: int
    """As the notice has it; may restart in each section."""
    title: str
    """Its first sentence, without the closing 。"""
    text: str
    """The paragraph verbatim, from behind the number to the end, the departments' brackets included."""
    departments: tuple[str, ...] = ()
    """In the notice's order; where the notice states leads, the leads come first."""
    leads: tuple[str, ...] = ()
    """The stated leads; empty where the notice states none."""
    targets: tuple[Target, ...] = ()
    asked_as: tuple[str, ...] = ()
    """Ways of asking that are peculiar to this very point."""


ANNEX = "附件"
"""How the title of a section begins that is an annex of the notice."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a plan with its points, in order."""

    number: int
    title: str
    points: tuple[Point, ...]

    @property
    def is_annex(self) -> bool:
        """Whether it is a table behind the plan, whose rows repeat or detail what the points say."""
        return self.title.startswith(ANNEX)


@dataclass(frozen=True, slots=True)
class Plan:
    """One year's work plan of one bureau."""

    id: str
    title: str
    year: int
    lead_rule: LeadRule
    sections: tuple[Section, ...]
    departments: tuple[str, ...] = ()
    document_number: str | None = None
    index_number: str | None = None
    issuers: tuple[str, ...] = ()
    issued: date | None = None
    addressees: str | None = None
    preamble: str | None = None
    notice_title: str | None = None
    """The title of the notice that the plan came with: …关于印发…的通知."""
    particulars: tuple[str, ...] = ()
    """What the page says beside labels and no other field holds, verbatim: 发布时间:2023-03-02 15:47."""

    def particular(self, *labels: str) -> str | None:
        """The value beside the first of the labels that the page has."""
        said = dict(re.split("[:：]", each, maxsplit=1) for each in self.particulars)
        return next((said[label].strip() for label in labels if label in said), None)

    def main_points(self) -> Iterator[tuple[PointKey, Point]]:
        """The points without those of annexes, which only repeat or detail: what counts and lists go by."""
        annexes = {section.number for section in self.sections if section.is_annex}
        return ((key, point) for key, point in self.numbered_points() if key.section not in annexes)

    def numbered_points(self) -> Iterator[tuple[PointKey, Point]]:
        """Every point with its key, in the notice's order."""
        for section in self.sections:
            for point in section.points:
                yield PointKey(self.id, section.number, point.number), point

    @property
    def numbering_restarts(self) -> bool:
        """Whether a point's number alone does not say which point is meant."""
        numbers = [point.number for section in self.sections for point in section.points]
        return len(set(numbers)) < len(numbers)

    def leads_of(self, point: Point) -> tuple[str, ...]:
        """Who leads: the stated leads, else by custom the first listed where the plan's rule says so."""
        if point.leads:
            return point.leads
        if self.lead_rule is LeadRule.FIRST_LISTED:
            return point.departments[:1]
        return ()
