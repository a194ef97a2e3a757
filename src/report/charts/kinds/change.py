"""Change: from one value to another, each row on the same scale, figures outside the two ends."""

from __future__ import annotations

from dataclasses import dataclass

from report.charts.chart import Chart, Quantity
from report.charts.kinds.rows import GAP, Row, column, label_rows, put_label
from report.charts.pen import NOTE, VALUE, Anchor, Pen, anchored, coloured

PITCH, RADIUS, ROOM = 40.0, 5.0, 9.0
ARROW, SHAFT = 6.0, 1.4


@dataclass(frozen=True)
class Scale:
    """Points a unit from the place of zero."""

    zero: float
    unit: float

    def at(self, value: float) -> float:
        return self.zero + value * self.unit


def draw_change(chart: Chart, pen: Pen, top: float) -> float:
    """A grey dot where it was, a coloured one where it came to, an arrow between."""
    rows = label_rows(list(zip(chart.marks, pen.fills, strict=True)), pen, 0.36 * pen.width, PITCH)
    scale = _scale(rows, pen)
    bottom = top
    for row in rows:
        centre = bottom + row.height / 2
        put_label(row, pen, 0, centre)
        _change(row, pen, centre, scale)
        bottom += row.height
    return bottom


def _ends(row: Row) -> tuple[Quantity, Quantity]:
    assert row.mark.figure and row.mark.to  # every change has both: charts.check
    return row.mark.figure, row.mark.to


def _reach(rows: list[Row]) -> tuple[float, float]:
    ends = [value for row in rows for end in _ends(row) for value in (end.low, end.high)]
    return min(0.0, *ends), max(0.0, *ends)


def _scale(rows: list[Row], pen: Pen) -> Scale:
    """From the lowest value (zero at most) to the highest, with room for the figures at both ends."""
    low, high = _reach(rows)
    room = max(_width(end, pen) for row in rows for end in _ends(row)) + ROOM
    left = column(rows, pen) + GAP + room
    unit = (pen.width - left - room) / ((high - low) or 1.0)
    return Scale(left - low * unit, unit)


def _width(end: Quantity, pen: Pen) -> float:
    return max(pen.measure(end.printed, VALUE), pen.measure(end.period, NOTE))


def _middle(end: Quantity) -> float:
    return (end.low + end.high) / 2


def _change(row: Row, pen: Pen, centre: float, scale: Scale) -> None:
    before, after = _ends(row)
    start, goal = scale.at(_middle(before)), scale.at(_middle(after))
    rising = goal >= start
    if abs(goal - start) > 2 * RADIUS + ARROW:
        _arrow(pen, start, goal, centre)
    for end, fill in ((before, pen.palette.grey), (after, row.fill)):
        if end.is_range:
            pen.line([(scale.at(end.low), centre), (scale.at(end.high), centre)], fill, 3)
        pen.dot((scale.at(_middle(end)), centre), RADIUS, fill, pen.palette.paper, 1)
    first = scale.at(before.low if rising else before.high)
    last = scale.at(after.high if rising else after.low)
    _figure(before, pen, (first, centre), ("end" if rising else "start", pen.palette.slate))
    _figure(after, pen, (last, centre), ("start" if rising else "end", pen.palette.text(row.fill)))


def _arrow(pen: Pen, start: float, goal: float, centre: float) -> None:
    way = 1 if goal > start else -1
    tip = goal - way * (RADIUS + 1.5)
    pen.line([(start, centre), (tip - way * ARROW / 2, centre)], pen.palette.slate, SHAFT)
    back = tip - way * ARROW
    pen.polygon([(tip, centre), (back, centre - 3.2), (back, centre + 3.2)], pen.palette.slate)


def _figure(end: Quantity, pen: Pen, at: tuple[float, float], how: tuple[Anchor, str]) -> None:
    """Figure and period outside an end, set as one block about the row's middle."""
    anchor, colour = how
    x = at[0] + (-ROOM if anchor == "end" else ROOM)
    half = pen.look(NOTE).leading / 2 if end.period else 0
    pen.middle(end.printed, x, at[1] - half, anchored(coloured(VALUE, colour), anchor))
    if end.period:
        pen.middle(end.period, x, at[1] + half + 0.5, anchored(NOTE, anchor))
