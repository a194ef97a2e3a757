"""A matrix: schemes compared in rows and columns of short texts, ruled like the report's tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from report.charts.chart import Chart, Label
from report.charts.pen import LABEL, NOTE, Pen, Type, coloured
from report.errors import ReportError
from report.theme.widths import Fit, Wish, fit_columns

PAD, GUTTER, MARK = 5.0, 14.0, 6.0
LONGEST = 6.0  # em: a word in a cell that is longer may be cut
HEAD = Type("chart-value")
Texts = list[tuple[Label, Type]]  # of a column, its head first, and how they are set


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
    """Columns as wide as their longest text asks, so that there are the fewest lines where they cannot all be.
    ReportError where what must not be broken has no room."""
    columns, indent = _columns(chart), MARK + 6 if _marked(chart) else 0.0

    def beside(share: float) -> list[float]:
        """What each column has beside its text: before it the coloured squares, behind it the gutter."""
        rooms = [*[share * GUTTER] * (len(columns) - 1), 0.0]
        return [rooms[0] + indent, *rooms[1:]]

    heights = _Heights(columns, beside, pen)
    fit = fit_columns(
        lambda share: [_wish(cells, room, pen) for cells, room in zip(columns, beside(share), strict=True)],
        heights.lines, pen.width, pen.look(LABEL).size,
    )  # fmt: skip
    if fit is None:
        raise ReportError(chart.place, f"图 {chart.id} 有 {len(columns)} 栏，排不下", "减少栏数，或写短各格")
    inner = [width - room for width, room in zip(fit.widths, beside(fit.padding), strict=True)]
    return Grid(list(accumulate(fit.widths[:-1], initial=0.0)), [inner[0] + indent, *inner[1:]])


def _columns(chart: Chart) -> list[Texts]:
    """The texts of each column."""
    rows = [[mark.label, *mark.cells] for mark in chart.marks]
    return [
        [(head, HEAD), *((text, LABEL) for text in texts)]
        for head, *texts in zip(list(chart.columns), *rows, strict=True)
    ]


def _wish(cells: Texts, padding: float, pen: Pen) -> Wish:
    """What a column asks for; a word longer than LONGEST may be cut."""
    widths = [pen.measure(text, kind) for text, kind in cells]
    least = max(pen.unbroken(text, kind) for text, kind in cells)
    least = min(least, LONGEST * pen.look(LABEL).size)
    return Wish(max(widths) + padding, least + padding, sum(widths) + padding, padding)


class _Heights:
    """How many lines high the rows are by the widths of their columns; what was once reckoned is kept."""

    def __init__(self, columns: list[Texts], beside: Callable[[float], list[float]], pen: Pen) -> None:
        self.columns, self.beside, self.pen = columns, beside, pen
        self.known: dict[tuple[int, int], list[int]] = {}

    def lines(self, fit: Fit) -> float:
        """The lines of all rows, each as high as its highest cell."""
        inner = [width - room for width, room in zip(fit.widths, self.beside(fit.padding), strict=True)]
        rows: int = sum(map(max, zip(*map(self._column, range(len(inner)), inner), strict=True)))
        return rows

    def _column(self, index: int, width: float) -> list[int]:
        key = (index, round(width))
        if key not in self.known:
            self.known[key] = [len(self.pen.wrap(text, width, kind)) or 1 for text, kind in self.columns[index]]
        return self.known[key]


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
