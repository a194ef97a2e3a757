"""Shares: bars of one length each, cut into their parts, named above where there is room, in a key where not."""

from __future__ import annotations

from dataclasses import dataclass

from report.charts.chart import Chart, Label, Mark
from report.charts.pen import LABEL, NOTE, VALUE, Pen, coloured
from report.charts.sums import remainder, whole_of

THICK, AFTER, APART, SLIT = 22.0, 18.0, 9.0, 1.2
SWATCH = 8.0


@dataclass(frozen=True)
class Part:
    """A part of a bar: from `left` to `right`, its name and figure `width` wide in print."""

    mark: Mark
    fill: str
    left: float
    right: float
    name: Label
    figure: Label
    width: float


def draw_shares(chart: Chart, pen: Pen, top: float) -> float:
    """One full-length bar for each group, heading above it."""
    bars = [parts_of(chart, group, pen) for group in range(len(chart.groups))]
    direct = [name_places(parts, pen.width) for parts in bars]
    for group, (parts, places) in enumerate(zip(bars, direct, strict=True)):
        top = _heading(chart, group, pen, top)
        top = _named(parts, places, pen, top) if places else _keyed(parts, pen, top)
        for part in parts:
            pen.box(part.left, top, part.right, top + THICK, part.fill)
        for part in parts[1:]:
            pen.line([(part.left, top), (part.left, top + THICK)], pen.palette.paper, SLIT)
        top += THICK + (AFTER if group + 1 < len(bars) else 0)
    return top


def parts_of(chart: Chart, group: int, pen: Pen) -> list[Part]:
    """The parts in order; rounding may leave the last one a hair short or long, so lengths are of their own sum."""
    marks = [(mark, fill) for mark, fill in zip(chart.marks, pen.fills, strict=True) if mark.group == group]
    sizes = [mark.figure.high if mark.figure else remainder(chart, group) for mark, _ in marks]
    unit, left, parts = pen.width / (sum(sizes) or whole_of(chart)), 0.0, []
    for (mark, fill), size in zip(marks, sizes, strict=True):
        name, figure = mark.label, mark.figure.printed if mark.figure else ()
        width = pen.measure(name, LABEL) + (4 + pen.measure(figure, VALUE) if figure else 0)
        parts.append(Part(mark, fill, left, left + size * unit, name, figure, width))
        left += size * unit
    return parts


def _heading(chart: Chart, group: int, pen: Pen, top: float) -> float:
    heading = chart.groups[group]
    top = pen.lines(pen.wrap(heading.heading, pen.width, VALUE), 0, top, VALUE)
    top = pen.lines(pen.wrap(heading.note, pen.width, NOTE), 0, top, NOTE)
    return top + (3 if heading.heading else 0)


def name_places(parts: list[Part], width: float) -> list[float]:
    """Where the names start so that each touches its own part and none another; [] where that cannot be."""
    places: list[float] = []
    limit = width
    for part in reversed(parts):
        places.append(min(part.left, limit - part.width))
        limit = places[-1] - APART
    places.reverse()
    fits = places[0] >= 0 and all(x + p.width > p.left for x, p in zip(places, parts, strict=True))
    return places if fits else []


def _named(parts: list[Part], places: list[float], pen: Pen, top: float) -> float:
    centre = top + pen.look(VALUE).leading / 2
    for part, x in zip(parts, places, strict=True):
        _name(part, pen, x, centre)
    return top + pen.look(VALUE).leading + 4


def _name(part: Part, pen: Pen, x: float, centre: float) -> None:
    pen.middle(part.name, x, centre, LABEL)
    if part.figure:
        beyond = x + pen.measure(part.name, LABEL) + 4
        pen.middle(part.figure, beyond, centre, coloured(VALUE, pen.palette.text(part.fill)))


def _keyed(parts: list[Part], pen: Pen, top: float) -> float:
    """A key above the bar, in the order of the parts, in as many lines as it takes."""
    x, lead = 0.0, pen.look(VALUE).leading + 3
    for part in parts:
        if x and x + SWATCH + 5 + part.width > pen.width:
            x, top = 0.0, top + lead
        pen.box(x, top + lead / 2 - SWATCH / 2, x + SWATCH, top + lead / 2 + SWATCH / 2, part.fill)
        _name(part, pen, x + SWATCH + 5, top + lead / 2)
        x += SWATCH + 5 + part.width + 2 * APART
    return top + lead + 6
