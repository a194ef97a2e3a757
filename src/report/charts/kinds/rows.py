"""Rows: a column of labels at the left edge, one mark a row at their right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.charts.chart import Label, Mark
from report.charts.pen import LABEL, NOTE, Pen

GAP = 12  # between labels and axis


@dataclass(frozen=True)
class Row:
    """A mark with its colour and its label in lines."""

    mark: Mark
    fill: str
    label: list[Label]
    note: list[Label]
    height: float


def label_rows(marks: Sequence[tuple[Mark, str]], pen: Pen, measure: float, least: float) -> list[Row]:
    """Marks (with colours) as rows at least `least` high, labels wrapped to the measure."""
    rows = []
    for mark, fill in marks:
        label = pen.wrap(mark.label, measure, LABEL, balanced=True)
        note = pen.wrap(mark.note, measure, NOTE)
        height = max(least, pen.tall(label, LABEL) + pen.tall(note, NOTE) + 8)
        rows.append(Row(mark, fill, label, note, height))
    return rows


def column(rows: Sequence[Row], pen: Pen) -> float:
    """Width of the column of labels."""
    return max(max(pen.widest(row.label, LABEL), pen.widest(row.note, NOTE)) for row in rows)


def put_label(row: Row, pen: Pen, x: float, centre: float) -> None:
    """Label and note, set as one block about the height `centre`."""
    top = centre - (pen.tall(row.label, LABEL) + pen.tall(row.note, NOTE)) / 2
    pen.lines(row.note, x, pen.lines(row.label, x, top, LABEL), NOTE)
