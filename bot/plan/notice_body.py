"""The numbered lines of a notice -> parts and their points, still as lines; used by bot.plan.notice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from bot.plan.notice_departments import BROKEN, begins_with_label, is_open, named_in, without_list
from bot.plan.notice_lines import Line, folded, is_prose
from bot.plan.notice_marks import Layout, Level, Mark, is_bare, layout_of, mark_of

_TITLE_LENGTH = 60
_Marked = tuple[Line, Mark | None]


@dataclass(slots=True)
class RawPoint:
    """A point as its lines; the first is without the number, and empty where the number stands by itself."""

    number: int
    lines: list[Line]
    above: list[Line] = field(default_factory=list)
    """The headings that it stands under, and what stands between them and the first point."""

    @property
    def paragraphs(self) -> list[str]:
        """The texts of its lines."""
        return [line.text for line in self.lines if line.text]

    @property
    def text(self) -> str:
        """The paragraphs, word for word."""
        return "\n".join(self.paragraphs)

    @property
    def title(self) -> str:
        """The first sentence without its 。 and without the departments' bracket; its first clause where it is long."""
        sentence = without_list(re.split("[。\n]", self.text.lstrip("。"), maxsplit=1)[0])
        if len(sentence) > _TITLE_LENGTH:
            sentence = sentence[: len(re.split("[,;:]", folded(sentence), maxsplit=1)[0])]
        return sentence.rstrip("；;：:，, ") or self.text.partition("\n")[0]


@dataclass(slots=True)
class RawPart:
    """A part as its headings (outermost first, without their numbers) and its points."""

    number: int
    headings: list[Line]
    points: list[RawPoint]


@dataclass(slots=True)
class Body:
    """The document behind its title."""

    parts: list[RawPart] = field(default_factory=list)
    preamble: list[Line] = field(default_factory=list)
    regrouped: bool = False
    """Whether the parts were numbered anew."""
    unnumbered: bool = False
    """Whether the points have no numbers in the notice."""

    def lines(self) -> Iterator[Line]:
        """Every line that is kept."""
        yield from self.preamble
        for part in self.parts:
            yield from part.headings
            for point in part.points:
                yield from point.lines


@dataclass(slots=True)
class _Group:
    """The lines below one heading, up to the next heading of any level."""

    path: list[tuple[Mark, Line]]
    """The headings above, outermost first, without their numbers; two of one mark where the number stands by itself."""
    raw: list[Line]
    """The heading's own lines, as they stand."""
    lines: list[_Marked] = field(default_factory=list)


def body_of(lines: Sequence[Line]) -> Body:
    """The parts and points in the notice's order; no parts where nothing is numbered."""
    marked = _main_run([(line, mark_of(line.text)) for line in lines])
    layout = layout_of([mark for _, mark in marked if mark])
    body = Body()
    if layout is None:
        return body
    read = _read(marked, layout)
    if _lists_close_the_level_above(read, layout):
        read = _read(marked, Layout(layout.headings[:-1], layout.headings[-1]))
    elif (below := _level_with_lists(read)) is not None:
        read = _read(marked, Layout((*layout.headings, layout.points), below))
    numbered = [(group, points) for group, _, points in read if points]
    if not numbered:
        return body
    first = numbered[0][0]
    for group, before, _ in read:
        if group.path and group.path[:1] == first.path[:1]:
            break
        # What stands under no heading, and “一、总体要求” and the like, which have no points of their own.
        body.preamble += [*group.raw, *before]
        if group is first:
            break
    _make_parts(body, numbered)
    if not layout.headings and _paragraphs_have_lists(body):
        _make_points_of_paragraphs(body)
    return body


def _read(marked: Sequence[_Marked], layout: Layout) -> list[tuple[_Group, list[Line], list[RawPoint]]]:
    """Each group with what stands before its points, and its points."""
    read = [(group, *_points(group, layout)) for group in _groups(marked, layout)]
    for group, before, points in read:
        for point in points:
            point.above = [*(line for _, line in group.path), *before]
    return read


def _lists_close_the_level_above(read: Sequence[tuple[_Group, list[Line], list[RawPoint]]], layout: Layout) -> bool:
    """Whether one list of departments stands at the end of all points under a heading: then the headings are points.

    As in “(一)德育 1.… 2.… (责任科室:德育科)”: who answers for something says what the tasks are.
    """
    inner = [points for group, _, points in read if points and len(group.path) == len(layout.headings)]
    named = [[bool(named_in(point.paragraphs)) for point in points] for points in inner]
    several = [points for points in named if len(points) > 1]
    closed = [points for points in named if points[-1]]
    return (
        len(layout.headings) > 0
        and len(several) >= max(1, len(named) * 0.3)
        and len(closed) >= len(named) * 0.8
        and not any(any(points[:-1]) for points in named)
    )


def _level_with_lists(read: Sequence[tuple[_Group, list[Line], list[RawPoint]]]) -> Level | None:
    """The level inside the points whose items each have a list of departments: these are the points then."""
    points = [point for _, _, points in read for point in points]
    levels = {mark.level for point in points for line in point.lines[1:] if (mark := mark_of(line.text))}
    if not levels:
        return None
    level = min(levels)
    items = [[bool(named_in(item)) for item in _items(point, level)] for point in points if named_in(point.paragraphs)]
    several = any(sum(named) > 1 for named in items)
    listed = sum(sum(named) for named in items)
    return level if several and listed >= 0.8 * max(1, sum(map(len, items))) and all(items) else None


def _items(point: RawPoint, level: Level) -> list[list[str]]:
    """The paragraphs of each item of the level inside the point."""
    items: list[list[str]] = []
    for line in point.lines[1:]:
        mark = mark_of(line.text)
        if mark and mark.level is level:
            items.append([mark.rest])
        elif items:
            items[-1].append(line.text)
    return items


def _paragraphs_have_lists(body: Body) -> bool:
    """Whether each paragraph below bare headings has a list of departments of its own."""
    points = [point for part in body.parts for point in part.points]
    below = [[bool(named_in([line.text])) for line in point.lines[1:]] for point in points]
    return (
        all(is_bare(point.lines[0].text) for point in points)
        and all(below)
        and all(map(all, below))
        and any(len(listed) > 1 for listed in below)
    )


def _make_points_of_paragraphs(body: Body) -> None:
    """The headings become parts and their paragraphs points, which are numbered as they come."""
    points = [point for part in body.parts for point in part.points]
    body.parts = [
        RawPart(
            point.number,
            [point.lines[0]],
            [RawPoint(number, [line], [point.lines[0]]) for number, line in enumerate(point.lines[1:], start=1)],
        )
        for point in points
    ]
    body.unnumbered = True


def _main_run(marked: list[_Marked]) -> list[_Marked]:
    """Without a table of contents before the plan or a numbered annex behind it.

    Where the outermost numbers begin again at 1, there are several runs; the plan is the one with the most text.
    """
    layout = layout_of([mark for _, mark in marked if mark])
    outermost = (layout.headings or (layout.points,))[0] if layout else None
    starts = [index for index, (_, mark) in enumerate(marked) if mark and (mark.level, mark.number) == (outermost, 1)]
    if len(starts) < 2:
        return marked
    runs = [marked[start:end] for start, end in zip(starts, [*starts[1:], len(marked)], strict=True)]
    main = max(runs, key=lambda run: sum(len(line.text) for line, _ in run))
    contents = [each for run in runs[: runs.index(main)][-1:] for each in run]
    opening = list(takewhile(lambda each: each[1] is None and is_prose(each[0].text), reversed(contents)))
    return [*marked[: starts[0]], *reversed(opening), *main]


def _groups(marked: Sequence[_Marked], layout: Layout) -> list[_Group]:
    """The lines by the heading they stand under; the first group has none."""
    groups = [_Group([], [])]
    for line, mark in marked:
        last = groups[-1]
        if mark and mark.level in layout.headings[1:] and not is_bare(mark.rest):
            # A whole paragraph among headings of its level is a point by itself.
            above = [heading for heading in last.path if heading[0].level < mark.level]
            groups.append(_Group(above, [], [(line, mark)]))
        elif mark and mark.level in layout.headings:
            above = [heading for heading in last.path if heading[0].level < mark.level]
            groups.append(_Group([*above, (mark, Line(line.number, mark.rest))], [line]))
        elif last.path and not last.path[-1][1].text and not last.lines and mark is None and is_bare(line.text):
            # “第一部分” by itself, its title on the next line
            last.path.append((last.path[-1][0], line))
            last.raw.append(line)
        else:
            last.lines.append((line, mark))
    return groups


def _points(group: _Group, layout: Layout) -> tuple[list[Line], list[RawPoint]]:
    """The paragraphs before the first point, and the points. A part may number its points in a way of its own."""
    levels = {mark.level for _, mark in group.lines if mark}
    level = layout.points if layout.points in levels or not levels else min(levels)
    first = next((mark.level for _, mark in group.lines if mark), None)
    if first is not None and first in layout.headings:
        level = first
    before: list[Line] = []
    points: list[RawPoint] = []
    for line, mark in group.lines:
        if mark and mark.level is level:
            points.append(RawPoint(mark.number, [Line(line.number, mark.rest)]))
        elif points and ")" in folded(line.text) and is_open("".join(points[-1].paragraphs[-BROKEN:])):
            points[-1].lines.append(line)
        elif not (mark or is_prose(line.text) or begins_with_label(line.text)) and (not points or points[-1].text):
            continue  # a caption or a button: told as unplaced
        elif points:
            points[-1].lines.append(line)
        else:
            before.append(line)
    return before, [point for point in points if point.text]


def _make_parts(body: Body, numbered: Sequence[tuple[_Group, list[RawPoint]]]) -> None:
    """Make a part of each outermost heading, or of each inner one where only below those the numbers are unique."""
    outer = {id(group): [line for mark, line in group.path if mark == group.path[0][0]] for group, _ in numbered}
    for group, points in numbered:
        headings = outer[id(group)]
        if body.parts and headings and body.parts[-1].headings == headings:
            body.parts[-1].points += points
        else:
            body.parts.append(RawPart(group.path[0][0].number if group.path else 1, headings, list(points)))
    numbers = [part.number for part in body.parts]
    nested = any(len(group.path) > len(outer[id(group)]) for group, _ in numbered)
    if nested and not all(_unique(part) for part in body.parts):
        body.parts = [RawPart(0, [line for _, line in group.path], points) for group, points in numbered]
    elif numbers == sorted(set(numbers)):
        return
    body.regrouped = True
    for number, part in enumerate(body.parts, start=1):
        part.number = number


def _unique(part: RawPart) -> bool:
    return len({point.number for point in part.points}) == len(part.points)
