"""Ranges: an interval from its low to its high end, both told below it, a dot for what is told as one figure."""

from __future__ import annotations

from report.charts.chart import ZERO, Chart, Label, Quantity, cut, plain
from report.charts.kinds.rows import GAP, Row, column, label_rows, put_label
from report.charts.pen import ASCENT, NOTE, VALUE, Pen, anchored, coloured

PITCH, THICK, ROOM, RADIUS, CAP = 30.0, 9.0, 8.0, 4.5, 1.2
BELOW, APART = 2.0, 5.0  # white above the figures below a line; least space between two of them
JOINT = "至"  # between the ends of a range as values print it


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
        bottom = max(bottom + row.height, _ends(row, pen, (zero, centre), unit))
    pen.line([(zero, top), (zero, bottom)], pen.palette.slate, 0.8)
    return _under(ZERO, pen, zero, bottom)


def _under(label: Label, pen: Pen, x: float, y: float) -> float:
    """A figure centred below a point; returns how far down it reaches."""
    look = pen.look(NOTE)
    pen.words(label, x, y + BELOW + ASCENT * look.size, anchored(NOTE, "middle"))
    return y + BELOW + look.leading


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


def _ends(row: Row, pen: Pen, origin: tuple[float, float], unit: float) -> float:
    """Both figures of a range below the ends they belong to, moved apart where they would touch; returns how far
    down they reach. Each is a piece of the one value, and is told as such."""
    figure, (zero, centre) = _figure(row), origin
    ends = _halves(figure.printed)
    if not figure.is_range or not ends:
        return centre + THICK
    low, high = (pen.measure(end, NOTE) / 2 for end in ends)
    left, right = zero + figure.low * unit, zero + figure.high * unit
    lacking = max(0.0, low + high + APART - (right - left))
    left = max(left - lacking / 2, zero + APART + low)
    right = max(right + lacking / 2, left + low + high + APART)
    return max(_under(end, pen, x, centre + THICK) for end, x in zip(ends, (left, right), strict=True)) + APART


def _halves(printed: Label) -> tuple[Label, Label] | None:
    """The two ends in a range as printed; None where it is not printed as two figures."""
    text = plain(printed)
    if text.count(JOINT) != 1:
        return None
    at = text.index(JOINT)
    return cut(printed, 0, at), cut(printed, at + 1, len(text))
