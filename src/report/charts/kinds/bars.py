"""Bars, in one panel or one for each group: figures on the data, a zero line, no other axis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest

from report.charts.chart import Chart, Quantity
from report.charts.colours import mix
from report.charts.kinds.rows import GAP, Row, column, label_rows, put_label
from report.charts.pen import NOTE, VALUE, Pen, Point, anchored, coloured

ROOM, TIP = 5.0, 6.0
PITCH, CLOSE = (27.0, 15.0), (21.0, 12.0)  # of rows, with thickness of bars; CLOSE where there are MANY
MANY = 8
BETWEEN, APART = 28.0, 16.0
LABELS, WIDER = 0.38, 0.44  # of a panel: the most for its labels; for those of two side by side, lest few break


@dataclass(frozen=True)
class Panel:
    """One group's place: its rows, left edge, width, and where its labels end."""

    group: int
    rows: list[Row]
    left: float
    width: float
    labels: float


def draw_bars(chart: Chart, pen: Pen, top: float) -> float:
    """Horizontal bars from a common zero. Two groups with short labels stand side by side, row by row, more above each
    other; all panels have the same scale."""
    if beside := side_by_side(chart, pen):
        scale = min(_scale(panel, pen) for panel in beside)
        start = top + max(_head_tall(chart, panel, pen) for panel in beside)
        return max(_panel(chart, panel, pen, (top, start), scale) for panel in beside)
    panels = _panels(chart, pen, 1)
    scale = min(_scale(panel, pen) for panel in panels)
    for number, panel in enumerate(panels):
        top += APART if number else 0
        top = _panel(chart, panel, pen, (top, top + _head_tall(chart, panel, pen)), scale)
    return top


def side_by_side(chart: Chart, pen: Pen) -> list[Panel]:
    """The panels of two groups with short labels; [] where panels stand above each other."""
    panels = _panels(chart, pen, 2) if len(chart.groups) == 2 else []
    if not panels or max(panel.labels for panel in panels) >= 0.4 * panels[0].width:
        return []
    return _level(_panels(chart, pen, 2, WIDER))


def _panels(chart: Chart, pen: Pen, beside: int, share: float = LABELS) -> list[Panel]:
    width = (pen.width - BETWEEN * (beside - 1)) / beside
    panels = []
    for group in range(len(chart.groups)):
        marks = [(mark, fill) for mark, fill in zip(chart.marks, pen.fills, strict=True) if mark.group == group]
        rows = label_rows(marks, pen, share * width, _pitch(len(marks))[0])
        panels.append(Panel(group, rows, (width + BETWEEN) * (group % beside), width, column(rows, pen) + GAP))
    if beside == 1:
        labels = max(panel.labels for panel in panels)
        panels = [Panel(panel.group, panel.rows, 0, width, labels) for panel in panels]
    return panels


def _level(panels: list[Panel]) -> list[Panel]:
    """Panels side by side whose rows stand on one line each: as high as the higher of them."""
    pairs = zip_longest(*(panel.rows for panel in panels))
    heights = [max(row.height for row in pair if row) for pair in pairs]
    return [
        replace(panel, rows=[replace(row, height=height) for row, height in zip(panel.rows, heights, strict=False)])
        for panel in panels
    ]


def _head_tall(chart: Chart, panel: Panel, pen: Pen) -> float:
    """Height of a panel's rule, heading and base note; 0 where the chart is one panel."""
    group = chart.groups[panel.group]
    heading, note = pen.wrap(group.heading, panel.width, VALUE), pen.wrap(group.note, panel.width, NOTE)
    return pen.tall(heading, VALUE) + pen.tall(note, NOTE) + 10 if heading else 0.0


def _panel(chart: Chart, panel: Panel, pen: Pen, tops: Point, scale: float) -> float:
    """A panel: its head from the first of `tops`, its bars from the second; returns where it ends."""
    (top, start), group = tops, chart.groups[panel.group]
    if group.heading:
        pen.line([(panel.left, top), (panel.left + panel.width, top)], pen.palette.slate, 0.5)
        top = pen.lines(pen.wrap(group.heading, panel.width, VALUE), panel.left, top + 4, VALUE)
        pen.lines(pen.wrap(group.note, panel.width, NOTE), panel.left, top, NOTE)
    return _bars(panel, pen, start, scale)


def _figure(row: Row) -> Quantity:
    assert row.mark.figure  # every bar has a figure: charts.check
    return row.mark.figure


def _reach(panel: Panel) -> tuple[float, float]:
    figures = [_figure(row) for row in panel.rows]
    return min(0.0, *(f.low for f in figures)), max(0.0, *(f.high for f in figures))


def _room(panel: Panel, pen: Pen, negative: bool) -> float:
    """The width to keep free for figures beyond the bars of one direction."""
    printed = [figure.printed for figure in map(_figure, panel.rows) if (figure.low < 0) == negative]
    return pen.widest(printed, VALUE) + ROOM + TIP if printed else 0.0


def _scale(panel: Panel, pen: Pen) -> float:
    """Points a unit, so that the longest bar and its figure fit."""
    low, high = _reach(panel)
    free = panel.width - panel.labels - _room(panel, pen, False) - _room(panel, pen, True)
    return free / ((high - low) or 1.0)


def _bars(panel: Panel, pen: Pen, top: float, scale: float) -> float:
    zero = panel.left + panel.labels + _room(panel, pen, True) - _reach(panel)[0] * scale
    bottom = top
    for row in panel.rows:
        put_label(row, pen, panel.left, bottom + row.height / 2)
        _bar(row, pen, (zero, bottom + row.height / 2), scale, _pitch(len(panel.rows))[1] / 2)
        bottom += row.height
    pen.line([(zero, top), (zero, bottom)], pen.palette.slate, 0.8)
    return bottom


def _pitch(count: int) -> tuple[float, float]:
    return PITCH if count <= MANY else CLOSE


def _bar(row: Row, pen: Pen, origin: Point, scale: float, half: float) -> None:
    """The bar, `half` as thick to each side, up to its figure; what lies between a range's ends is lighter."""
    figure, (zero, centre) = _figure(row), origin
    near, far = sorted((figure.low, figure.high), key=abs)
    ends = [zero + value * scale for value in (near, far)]
    pen.box(min(zero, ends[0]), centre - half, max(zero, ends[0]), centre + half, row.fill)
    if figure.is_range:
        tint = mix(row.fill, pen.palette.paper, 0.55)
        pen.box(min(ends), centre - half, max(ends), centre + half, tint)
    way = -1 if figure.low < 0 else 1
    tip = _open_end(pen, figure, (ends[1], centre), row.fill, half) if way > 0 else 0
    kind = anchored(coloured(VALUE, pen.palette.text(row.fill)), "end" if way < 0 else "start")
    pen.middle(figure.printed, ends[1] + way * (ROOM + tip), centre, kind)


def _open_end(pen: Pen, figure: Quantity, end: Point, fill: str, half: float) -> float:
    """A point on a bar that is longer than is known (超过, 至少); returns how far it reaches."""
    if figure.bound not in ("more-than", "at-least"):
        return 0.0
    x, centre = end
    tint = mix(fill, pen.palette.paper, 0.55)
    pen.polygon([(x, centre - half), (x + TIP, centre), (x, centre + half)], tint)
    return TIP
