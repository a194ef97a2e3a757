"""A matrix: schemes compared in rows and columns of short texts, ruled like the report's tables."""

from __future__ import annotations

from dataclasses import dataclass

from report.charts.chart import Chart, Label
from report.charts.pen import LABEL, NOTE, Pen, Type, coloured

PAD, GUTTER, MARK = 5.0, 14.0, 6.0
HEAD = Type("chart-value")


@dataclass(frozen=True)
class Grid:
    """Left edges and widths of the columns."""

    lefts: list[float]
    widths: list[float]


def draw_matrix(chart: Chart, pen: Pen, top: float) -> float:
    """Head between two rules, rows between hairlines, a coloured square before a row that has a colour."""
    grid, look = _grid(chart, pen), pen.theme.table
    colour = pen.palette.named(look.colour)
    pen.line([(0, top), (pen.width, top)], colour, look.top)
    top = _row(list(chart.columns), grid, pen, (top, coloured(HEAD, colour)))
    pen.line([(0, top), (pen.width, top)], colour, look.middle)
    for index in range(len(chart.marks)):
        if index:
            pen.line([(0, top), (pen.width, top)], pen.palette.hairline, look.hairline)
        top = _scheme(chart, index, grid, pen, top)
    pen.line([(0, top), (pen.width, top)], colour, look.bottom)
    return top


def _grid(chart: Chart, pen: Pen) -> Grid:
    """Columns as wide as their longest text asks, in proportion where they cannot all be."""
    texts = [list(chart.columns)]
    texts += [[mark.label, *mark.cells] for mark in chart.marks]
    natural = [max(pen.measure(head, HEAD), pen.widest(cells, LABEL)) for head, *cells in zip(*texts, strict=True)]
    natural[0] += MARK + 6 if _marked(chart) else 0
    free = pen.width - GUTTER * (len(natural) - 1)
    widths = _shared(natural, free)
    lefts = [sum(widths[:n]) + GUTTER * n for n in range(len(widths))]
    return Grid(lefts, widths)


def _shared(natural: list[float], free: float) -> list[float]:
    """Short columns keep their width, long ones share what is left; all grow alike where there is more."""
    if sum(natural) <= free:
        return [width + (free - sum(natural)) / len(natural) for width in natural]
    fair = free / len(natural)
    for _ in natural:
        long = [width for width in natural if width > fair]
        fair = (free - sum(width for width in natural if width <= fair)) / len(long)
    return [min(width, fair) for width in natural]


def _marked(chart: Chart) -> bool:
    return any(mark.entity or mark.colour or mark.accent for mark in chart.marks)


def _scheme(chart: Chart, index: int, grid: Grid, pen: Pen, top: float) -> float:
    mark, indent = chart.marks[index], MARK + 6 if _marked(chart) else 0.0
    shifted = Grid([grid.lefts[0] + indent, *grid.lefts[1:]], [grid.widths[0] - indent, *grid.widths[1:]])
    if indent:
        y = top + PAD + pen.look(LABEL).leading / 2 - MARK / 2
        pen.box(0, y, MARK, y + MARK, pen.fills[index])
    bottom = _row([mark.label, *mark.cells], shifted, pen, (top, LABEL))
    if not mark.note:
        return bottom
    label = pen.tall(pen.wrap(mark.label, shifted.widths[0], LABEL), LABEL)
    note = pen.wrap(mark.note, shifted.widths[0], NOTE)
    return max(bottom, pen.lines(note, shifted.lefts[0], top + PAD + label, NOTE) + PAD)


def _row(texts: list[Label], grid: Grid, pen: Pen, place: tuple[float, Type]) -> float:
    top, kind = place
    bottoms = [
        pen.lines(pen.wrap(text, width, kind), left, top + PAD, kind)
        for text, left, width in zip(texts, grid.lefts, grid.widths, strict=True)
    ]
    return max(bottoms) + PAD
