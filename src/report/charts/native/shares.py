"""Shares as numbers: one bar a group, each part a series, its name and figure above it as in the drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import floor

from report.charts.chart import Chart, Segment, plain
from report.charts.drawing import Drawing
from report.charts.kinds.shares import AFTER, APART, SWATCH, THICK, Part, name_places, parts_of
from report.charts.native.plot import SPACE, Caption, Plot, Point, Run, Series, Tag
from report.charts.native.words import run, wrapped
from report.charts.pen import LABEL, NOTE, VALUE, Pen, coloured
from report.charts.sums import remainder, whole_of

BETWEEN = 4.0  # white between names and bar
WHOLE = "合计"


@dataclass(frozen=True)
class Bar:
    """A group's parts, where the names above them start ([] where they stand in a key), and what stands above."""

    group: int
    parts: list[Part]
    places: list[float]
    captions: tuple[Caption, ...]
    above: float


def plan_shares(chart: Chart, pen: Pen, top: float, drawing: Drawing) -> Plot:
    """Bars of full length, evenly apart, with the room above each that the highest head needs; between them stand
    rows without a bar, so that no white is left below the last."""
    bars = [_bar(chart, pen, group) for group in range(len(chart.groups))]
    above = max(bar.above for bar in bars)
    pitch = above + THICK + AFTER
    blanks = max(0, floor(pitch / THICK) - 1) if len(bars) > 1 else 0
    row = pitch / (blanks + 1) if len(bars) > 1 else THICK
    rows = [row for bar in bars for row in (bar, *[None] * blanks)][: len(bars) + blanks * (len(bars) - 1)]
    start = top + above + (THICK - row) / 2  # each bar stands in the middle of its row
    captions = tuple(
        caption.changed({"top": round(caption.top + top + n * pitch + above - bar.above, 2)})
        for n, bar in enumerate(bars) for caption in bar.captions
    )
    return Plot(
        form="shares", width=pen.width, height=round(start + len(rows) * row, 2),
        inner=(0, start, pen.width, len(rows) * row), heads=("组",),
        categories=tuple(plain(chart.groups[bar.group].heading) or WHOLE if bar else "" for bar in rows),
        series=tuple(_series(chart, pen, rows)), thick=THICK / row,
        whole=whole_of(chart), axis=pen.palette.paper, captions=captions,
    )


def _bar(chart: Chart, pen: Pen, group: int) -> Bar:
    parts = [replace(part, width=_told(part, pen)) for part in parts_of(chart, group, pen)]
    places = name_places(parts, pen.width)
    captions, below = _head(chart, pen, group)
    lead = pen.look(VALUE).leading
    if not places:
        key = _key(parts, pen, below)
        captions, below = captions + key, below + len(key) * (lead + 3) + 6
    return Bar(group, parts, places, captions, below + (lead + BETWEEN if places else 0))


def _head(chart: Chart, pen: Pen, group: int) -> tuple[tuple[Caption, ...], float]:
    head = chart.groups[group]
    words, below = wrapped(pen, head.heading, (0, 0), VALUE)
    note, below = wrapped(pen, head.note, (0, below), NOTE)
    return words + note, below + (3 if head.heading else 0)


# ---------------------------------------------------------------- names in a key


def _key(parts: list[Part], pen: Pen, top: float) -> tuple[Caption, ...]:
    """A swatch, the name and the figure of every part, in as many lines as it takes."""
    lines: list[list[Part]] = [[]]
    room = pen.width
    for part in parts:
        wide = SWATCH + 5 + part.width + 2 * APART
        if lines[-1] and wide - 2 * APART > room:
            lines.append([])
            room = pen.width
        lines[-1].append(part)
        room -= wide
    lead = pen.look(VALUE).leading + 3
    return tuple(
        Caption(left=0, top=top + n * lead, width=pen.width, leading=lead,
                lines=(tuple(r for part in line for r in _entry(part, pen)),))
        for n, line in enumerate(lines)
    )  # fmt: skip


def _entry(part: Part, pen: Pen) -> Iterator[Run]:
    yield Run(text="■ ", role=LABEL.role, colour=part.fill)
    yield run(pen, part.name, LABEL)
    if part.figure:
        figure = run(pen, part.figure, coloured(VALUE, pen.palette.text(part.fill)))
        yield figure.changed({"text": SPACE + figure.text})
    yield Run(text="\u3000", role=LABEL.role, colour=part.fill)


# ---------------------------------------------------------------- parts


def _series(chart: Chart, pen: Pen, rows: list[Bar | None]) -> Iterator[Series]:
    """Parts of the same name are one series, as long as every group keeps its order; a group that has no such part
    has a gap there."""
    names = _common_order([_names(bar) for bar in rows if bar])
    places = [_places(_names(bar), names) if bar else [] for bar in rows]
    for column, name in enumerate(names):
        points = [
            _point(chart, pen, bar, place.index(column)) if bar and column in place else Point()
            for bar, place in zip(rows, places, strict=True)
        ]
        colour = next(point.colour for point in points if point.colour)
        yield Series(name=name, colour=colour, points=tuple(points))


def _names(bar: Bar) -> list[str]:
    return [plain(part.name) for part in bar.parts]


def _common_order(lists: list[list[str]]) -> list[str]:
    """A list that holds each of the lists in its own order, with as few names twice as can be had simply."""
    common: list[str] = []
    for names in lists:
        after, waiting = 0, []
        for name in names:
            waiting.append(name)
            if name in common[after:]:
                place = common.index(name, after)
                common[place : place + 1] = waiting
                after, waiting = place + len(waiting), []
        common += waiting
    return common


def _places(names: list[str], common: list[str]) -> list[int]:
    """Where each name stands in the common list, in order."""
    places: list[int] = []
    for name in names:
        places.append(common.index(name, places[-1] + 1 if places else 0))
    return places


def _point(chart: Chart, pen: Pen, bar: Bar, number: int) -> Point:
    part = bar.parts[number]
    tag = _tag(part, bar.places[number], pen) if bar.places else None
    if part.mark.figure is None:
        return Point(rest=remainder(chart, bar.group), colour=part.fill, tag=tag)
    return Point(value=part.mark.figure.high, colour=part.fill, tag=tag)


def _tag(part: Part, start: float, pen: Pen) -> Tag:
    """Name and figure above the part, moved there from its middle."""
    dx = start + part.width / 2 - (part.left + part.right) / 2
    dy = -(THICK + pen.look(VALUE).leading) / 2 - BETWEEN
    colour = pen.palette.text(part.fill) if part.figure else pen.palette.ink
    role = VALUE.role if part.figure else LABEL.role
    return Tag(printed=plain(part.figure), named=True, role=role, colour=colour, place="middle",
               dx=round(dx, 2), dy=round(dy, 2))  # fmt: skip


def _told(part: Part, pen: Pen) -> float:
    """How wide name and figure are in one look, which is all that a native label has."""
    if not part.figure:
        return part.width
    return pen.measure((*part.name, Segment(text=SPACE), *part.figure), VALUE)
