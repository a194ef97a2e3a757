"""Ranges: an interval from its low to its high end, capped, a dot for what is told as one figure."""

from __future__ import annotations

from report.charts.chart import Chart, Quantity
from report.charts.kinds.rows import GAP, Row, column, label_rows, put_label
from report.charts.pen import VALUE, Pen, coloured

PITCH, THICK, ROOM, RADIUS, CAP = 30.0, 9.0, 8.0, 4.5, 1.2


def draw_range(chart: Chart, pen: Pen, top: float) -> float:
    """One row an item, from a common zero line; a hairline leads the eye to the interval."""
    rows = label_rows(list(zip(chart.marks, pen.fills, strict=True)), pen, 0.36 * pen.width, PITCH)
    zero = column(rows, pen) + GAP
    unit = min(_unit(row, pen, zero) for row in rows)
    bottom = top
    for row in rows:
        centre = bottom + row.height / 2
        put_label(row, pen, 0, centre)
        _interval(row, pen, (zero, centre), unit)
        bottom += row.height
    pen.line([(zero, top), (zero, bottom)], pen.palette.slate, 0.8)
    return bottom


def _figure(row: Row) -> Quantity:
    assert row.mark.figure  # every item has a figure: charts.check
    return row.mark.figure


def _unit(row: Row, pen: Pen, zero: float) -> float:
    """Points a unit that just leave room for the figure of this row."""
    figure = _figure(row)
    return (pen.width - zero - ROOM - RADIUS - pen.measure(figure.printed, VALUE)) / (figure.high or 1.0)


def _interval(row: Row, pen: Pen, origin: tuple[float, float], unit: float) -> None:
    figure, (zero, centre) = _figure(row), origin
    low, high = zero + figure.low * unit, zero + figure.high * unit
    pen.line([(zero, centre), (low, centre)], pen.palette.grey, 0.8)
    if figure.is_range:
        pen.box(low, centre - THICK / 2, high, centre + THICK / 2, row.fill)
        for end in (low, high):
            pen.line([(end, centre - THICK), (end, centre + THICK)], row.fill, CAP)
    else:
        pen.dot((high, centre), RADIUS, row.fill)
    beyond = high + ROOM + (0 if figure.is_range else RADIUS)
    pen.middle(figure.printed, beyond, centre, coloured(VALUE, pen.palette.text(row.fill)))
