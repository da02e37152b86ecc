"""Finds the points of one plan in another, across new numbers, titles and years; called by bot.plan.differences."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.plan.model import Plan, Point, PointKey

_ALIKE = 55
"""Of 100, how alike two paragraphs must be to be one point that was rewritten."""
_TITLES_ALIKE = 80
_MOST_PAIRS = 250_000
"""Comparisons of paragraphs; more are no work plan, and points are then found by their titles alone."""

Placed = tuple[PointKey, Point]


@dataclass(frozen=True, slots=True)
class Pair:
    """A point of the older plan and what became of it; None where there is none."""

    old: Placed | None
    new: Placed | None
    moved: bool = False
    """It stands at another place among the points that stayed (not only at another number)."""


def pair_points(old: Plan, new: Plan) -> tuple[Pair, ...]:
    """Every point of both plans once, in the order of the newer one, those removed at the end."""
    olds, news = list(old.numbered_points()), list(new.numbered_points())
    found = _by_title(olds, news)
    found |= _by_text(olds, news, found)
    stayed = _in_order([found[place] for place in sorted(found)])
    pairs = [
        Pair(olds[found[place]], point, found[place] not in stayed) if place in found else Pair(None, point)
        for place, point in enumerate(news)
    ]
    taken = set(found.values())
    return (*pairs, *(Pair(point, None) for place, point in enumerate(olds) if place not in taken))


def without_year(text: str) -> str:
    """`text` without the years in it: 2023年计划竣工项目 is 2024年计划竣工项目 of the year before."""
    return re.sub(r"20\d\d年?", "", text)


def _by_title(olds: Sequence[Placed], news: Sequence[Placed]) -> dict[int, int]:
    """Place in the newer plan -> place in the older one, where a title stands once in both."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, (_, point) in enumerate(olds):
        places[without_year(point.title)].append(place)
    wanted: dict[str, list[int]] = defaultdict(list)
    for place, (_, point) in enumerate(news):
        wanted[without_year(point.title)].append(place)
    once = {title: here[0] for title, here in wanted.items() if len(here) == 1}
    return {here: places[title][0] for title, here in once.items() if len(places.get(title, ())) == 1}


def _by_text(olds: Sequence[Placed], news: Sequence[Placed], known: dict[int, int]) -> dict[int, int]:
    """The others, the most alike first; of two that are equally alike the one that moved less."""
    taken = set(known.values())
    left = [place for place in range(len(olds)) if place not in taken]
    right = [place for place in range(len(news)) if place not in known]
    if not left or not right or len(left) * len(right) > _MOST_PAIRS:
        return {}
    likeness = process.cdist(
        [without_year(news[place][1].text) for place in right], [without_year(olds[place][1].text) for place in left],
        scorer=fuzz.ratio, score_cutoff=_ALIKE,
    )  # fmt: skip
    titles = process.cdist(
        [news[place][1].title for place in right], [olds[place][1].title for place in left],
        scorer=fuzz.ratio, score_cutoff=_TITLES_ALIKE,
    )  # fmt: skip
    scored = [
        (-max(float(likeness[row, column]), float(titles[row, column])), abs(here - there), here, there)
        for row, here in enumerate(right)
        for column, there in enumerate(left)
        if likeness[row, column] or titles[row, column]
    ]
    found: dict[int, int] = {}
    used: set[int] = set()
    for _, _, here, there in sorted(scored):
        if here not in found and there not in used:
            found[here] = there
            used.add(there)
    return found


def _in_order(places: Sequence[int]) -> set[int]:
    """The longest rising run of old places: those points stayed where they were, the others were moved."""
    ends: list[int] = []  # the last place of the best run of each length
    before: dict[int, int | None] = {}
    for place in places:
        length = bisect_left(ends, place)
        before[place] = ends[length - 1] if length else None
        ends[length:] = [place, *ends[length + 1 :]]
    stayed: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return stayed
