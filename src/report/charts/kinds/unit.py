"""A unit chart: one square for each person, columns filled downwards, the counts beside it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from report.charts.chart import Chart, Mark
from report.charts.pen import LABEL, NOTE, VALUE, Pen, anchored, coloured

GRID, BETWEEN, LEAST = 0.6, 24.0, 140.0  # the grid's share of the width; points to its key; the key's width
SWATCH, LEAD = 8.0, 20.0
LARGEST_CELL, GAP = 16.0, 0.2  # points; share of a cell's pitch


def draw_unit(chart: Chart, pen: Pen, top: float) -> float:
    """The grid at the left, the key at the right, the lower one centred on the higher."""
    counts = [int(mark.figure.high) if mark.figure else 0 for mark in chart.marks]
    key = _Key(chart, pen, pen.width * GRID + BETWEEN)
    rows, pitch = _shape(sum(counts), pen.width - key.width - BETWEEN, key.height)
    height, beside = (rows - GAP) * pitch, ceil(sum(counts) / rows) * pitch + 2 * BETWEEN
    if beside < key.left:
        key = _Key(chart, pen, beside)
    higher = max(height, key.height)
    _grid(pen, counts, (rows, pitch), top + (higher - height) / 2)
    key.draw(top + (higher - key.height) / 2)
    return top + higher


def _shape(count: int, width: float, beside: float) -> tuple[int, float]:
    """Rows and pitch of the cells: the number of rows whose grid comes closest to the height of the key."""
    shapes = [(rows, min(LARGEST_CELL, width / ceil(count / rows))) for rows in (5, 10, 20)]
    return min(shapes, key=lambda shape: abs(shape[0] * shape[1] - beside))


def _grid(pen: Pen, counts: list[int], shape: tuple[int, float], top: float) -> None:
    rows, pitch = shape
    owners = [index for index, count in enumerate(counts) for _ in range(count)]
    for place, owner in enumerate(owners):
        x, y = place // rows * pitch, top + place % rows * pitch
        pen.cell(x, y, pitch * (1 - GAP), pen.fills[owner])


class _Key:
    """Swatch, label and count of every part, under its group's heading."""

    def __init__(self, chart: Chart, pen: Pen, left: float) -> None:
        self.chart, self.pen, self.left = chart, pen, left
        self.measure = pen.width - left - SWATCH - 6 - self._figures() - 10
        names = [pen.widest(pen.wrap(mark.label, self.measure, LABEL), LABEL) for mark in chart.marks]
        notes = [pen.widest(pen.wrap(mark.note, self.measure, NOTE), NOTE) for mark in chart.marks]
        natural = SWATCH + 6 + max(*names, *notes) + 22 + self._figures()
        self.width = min(max(natural, LEAST), pen.width - left)
        self.height = sum(height for *_, height in self._rows())

    def _figures(self) -> float:
        return self.pen.widest([m.figure.printed for m in self.chart.marks if m.figure], VALUE)

    def _rows(self) -> Iterator[tuple[int, Mark, float]]:
        for index, mark in enumerate(self.chart.marks):
            label = self.pen.tall(self.pen.wrap(mark.label, self.measure, LABEL), LABEL)
            note = self.pen.tall(self.pen.wrap(mark.note, self.measure, NOTE), NOTE)
            yield index, mark, max(LEAD, label + note + 7) + (LEAD + 2 if self._opens(index) else 0)

    def _opens(self, index: int) -> bool:
        """Whether a heading stands before the part."""
        marks = self.chart.marks
        new = index == 0 or marks[index - 1].group != marks[index].group
        return new and bool(self.chart.groups[marks[index].group].heading)

    def draw(self, top: float) -> None:
        for index, mark, height in self._rows():
            if self._opens(index):
                heading = self.chart.groups[mark.group].heading
                self.pen.middle(heading, self.left, top + LEAD / 2 + 2, coloured(VALUE, self.pen.palette.slate))
            self._part(index, mark, top + (LEAD + 2 if self._opens(index) else 0))
            top += height

    def _part(self, index: int, mark: Mark, top: float) -> None:
        pen, fill = self.pen, self.pen.fills[index]
        label = pen.wrap(mark.label, self.measure, LABEL)
        lead = (LEAD - pen.look(LABEL).leading) / 2
        centre, x = top + LEAD / 2, self.left + SWATCH + 6
        pen.box(self.left, centre - SWATCH / 2, self.left + SWATCH, centre + SWATCH / 2, fill)
        bottom = pen.lines(label, x, top + lead, LABEL)
        if mark.figure:
            kind = anchored(coloured(VALUE, pen.palette.text(fill)), "end")
            pen.middle(mark.figure.printed, self.left + self.width, centre, kind)
        pen.lines(pen.wrap(mark.note, self.measure, NOTE), x, bottom, NOTE)
