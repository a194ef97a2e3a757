"""Lines over time: every point where its date puts it, the first and last (or all) told in figures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from report.charts.chart import Chart, Mark
from report.charts.pen import ASCENT, DESCENT, LABEL, NOTE, VALUE, Pen, anchored, coloured

HEIGHT, STROKE, RADIUS, CLEAR = 140.0, 2.0, 3.2, 6.0


@dataclass(frozen=True)
class Spot:
    """A point of a line on the page."""

    x: float
    y: float
    mark: Mark


@dataclass(frozen=True)
class Frame:
    """The plot: its edges, and what date and value they stand for."""

    left: float
    right: float
    top: float
    bottom: float
    first: float
    last: float
    most: float

    def spot(self, mark: Mark) -> Spot:
        """Where a mark stands; values from zero, dates to scale."""
        date = mark.moment.position if mark.moment else self.first
        value = mark.figure.high if mark.figure else 0.0
        share = (date - self.first) / ((self.last - self.first) or 1.0)
        y = self.bottom - (self.bottom - self.top) * value / (self.most or 1.0)
        return Spot(self.left + (self.right - self.left) * share, y, mark)


def draw_lines(chart: Chart, pen: Pen, top: float) -> float:
    """One line a group, named at its right end; the base line is zero."""
    frame = _frame(chart, pen, top)
    pen.line([(0, frame.bottom), (frame.right, frame.bottom)], pen.palette.slate, 0.8)
    series = [[frame.spot(mark) for mark in chart.members(group)] for group in range(len(chart.groups))]
    for spots in series:
        colour = pen.fills[chart.marks.index(spots[0].mark)]
        pen.line([(spot.x, spot.y) for spot in spots], colour, STROKE)
        for spot in spots:
            pen.dot((spot.x, spot.y), RADIUS, colour, pen.palette.paper, 0.8)
    _figures(series, chart, pen, frame.bottom)
    _names(series, chart, pen)
    return _dates(chart, frame, pen)


def _frame(chart: Chart, pen: Pen, top: float) -> Frame:
    names = max(pen.measure(group.heading, LABEL) for group in chart.groups)
    figures = pen.widest([m.figure.printed for m in chart.marks if m.figure], VALUE)
    dates = [mark.moment.position for mark in chart.marks if mark.moment]
    most = max(mark.figure.high for mark in chart.marks if mark.figure)
    printed = [mark.moment.printed for mark in chart.marks if mark.moment]
    edge = max(figures, pen.widest(printed, NOTE) / 2) + 1
    right = pen.width - max(names + RADIUS + CLEAR, edge)
    head = top + pen.look(VALUE).leading + 4
    bottom = max(head + HEIGHT, pen.floor - 4 - pen.look(NOTE).leading)
    return Frame(edge, right, head, bottom, min(dates), max(dates), most)


def _figures(series: list[list[Spot]], chart: Chart, pen: Pen, base: float) -> None:
    """Figures above or below their points, never across the base line."""
    for number, spots in enumerate(series):
        colour = pen.palette.text(pen.fills[chart.marks.index(spots[0].mark)])
        told = range(len(spots)) if _roomy(spots, pen) else (0, len(spots) - 1)
        others = [line for index, line in enumerate(series) if index != number]
        for place in told:
            spot = spots[place]
            size, name = pen.look(VALUE).size, pen.look(LABEL).size
            under = spot.y + max(RADIUS + 2, 0.52 * name) + ASCENT * size
            above = stands_over(spots, place, others) or under + DESCENT * size > base
            y = spot.y - max(RADIUS + 4, 0.54 * name + DESCENT * size) if above else under
            text = spot.mark.figure.printed if spot.mark.figure else ()
            x = spot.x + _lean(spots, place, above) * pen.measure(text, VALUE) / 2
            pen.words(text, x, y, anchored(coloured(VALUE, colour), "middle"))


def _roomy(spots: list[Spot], pen: Pen) -> bool:
    """Whether every point of a line has room for its figure; else the ends alone are told."""
    widest = pen.widest([spot.mark.figure.printed for spot in spots if spot.mark.figure], VALUE)
    return all(b.x - a.x > 1.5 * widest for a, b in pairwise(spots))


def stands_over(spots: list[Spot], place: int, others: list[list[Spot]]) -> bool:
    """Whether a figure stands over its point: below a low point, away from a line close by."""
    spot = spots[place]
    near = [spots[n].y for n in (place - 1, place + 1) if 0 <= n < len(spots)]
    outward = not near or max(near) >= spot.y
    gaps = [spot.y - y for line in others if (y := _height(line, spot.x)) is not None]
    over = min([gap for gap in gaps if gap > 0], default=float("inf"))
    under = min([-gap for gap in gaps if gap <= 0], default=float("inf"))
    return over >= under if min(over, under) < float("inf") else outward


def _lean(spots: list[Spot], place: int, above: bool) -> float:
    """How far (in half widths) a figure moves out of the way of its own line where that is steep."""
    around = spots[max(place - 1, 0) : place + 2]
    run = around[-1].x - around[0].x
    slope = (around[-1].y - around[0].y) / run if run else 0.0
    lean = max(-1.0, min(1.0, slope * 0.9)) * (1 if above else -1)
    if place in (0, len(spots) - 1):  # an end has its line on one side only
        return min(lean, 0.0) if place == 0 else max(lean, 0.0)
    return lean


def _height(line: list[Spot], x: float) -> float | None:
    """Where a line passes at x; None outside it."""
    for a, b in pairwise(line):
        if a.x <= x <= b.x:
            return a.y + (b.y - a.y) * ((x - a.x) / ((b.x - a.x) or 1.0))
    return line[0].y if len(line) == 1 and line[0].x == x else None


def _names(series: list[list[Spot]], chart: Chart, pen: Pen) -> None:
    """Names at the right ends, pushed apart where lines end close together."""
    lead, lowest = pen.look(LABEL).leading, float("-inf")
    ends = sorted(((spots[-1].y, group, spots[-1]) for group, spots in enumerate(series)), key=lambda end: end[:2])
    for y, group, spot in ends:
        name = chart.groups[group].heading
        lowest = max(y, lowest + lead)
        colour = pen.palette.text(pen.fills[chart.marks.index(spot.mark)])
        if name:
            pen.middle(name, spot.x + RADIUS + CLEAR, lowest, coloured(LABEL, colour))


def _dates(chart: Chart, frame: Frame, pen: Pen) -> float:
    """Dates under the base line, as many as have room, the last one always."""
    marks = {mark.moment.position: mark for mark in chart.marks if mark.moment}
    limit, told = float("inf"), []
    for position in sorted(marks, reverse=True):
        mark = marks[position]
        text = mark.moment.printed if mark.moment else ()
        x, half = frame.spot(mark).x, pen.measure(text, NOTE) / 2
        if x + half < limit:
            told.append((text, x))
            limit = x - half - CLEAR
    for text, x in reversed(told):
        pen.lines([text], x, frame.bottom + 4, anchored(NOTE, "middle"))
    return frame.bottom + 4 + pen.look(NOTE).leading
