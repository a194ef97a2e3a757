"""Cells of a table before they are set: what may be broken in them, and how many lines they make of a width."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from report.content.nodes import Cell
from report.theme.theme import Role
from report.theme.widths import Fit
from report.writers.pdf.lines import Run

FINE = 0.001  # of a line: what a line of one cell counts beside the others of its row


class Stretches(Struct, frozen=True):
    """The stretches of a cell's text that no line end parts, in points on one endless line."""

    starts: list[float]
    ends: list[float]

    @property
    def widest(self) -> float:
        """The width of the longest."""
        return max(end - start for start, end in zip(self.starts, self.ends, strict=True))

    def lines(self, width: float) -> int:
        """How many lines so wide they fill."""
        place, count = 0, 0
        while place < len(self.ends):
            place = max(place + 1, bisect_right(self.ends, self.starts[place] + width, place))
            count += 1
        return count


class Spot(Struct, frozen=True):
    """A cell in the grid, before it is set: its runs, the width of its text on one line, and that up to the decimal
    point (None: no number), the stretches that are not broken."""

    row: int
    column: int
    cell: Cell
    role: Role
    runs: list[Run]
    natural: float
    point: float | None
    stretches: Stretches


class Heights:
    """How many lines high a table of these cells is, by the widths of its columns; `padding` is that of both sides of
    a cell. What was once reckoned of a column is kept, since one or two columns are tried at a time."""

    def __init__(self, spots: Sequence[Spot], padding: float) -> None:
        self.padding = padding
        self.rows = sorted({(spot.role, spot.row) for spot in spots})
        places = {row: place for place, row in enumerate(self.rows)}
        self.cells: dict[tuple[int, int], list[tuple[int, Spot]]] = {}
        for spot in spots:
            columns = (spot.column, spot.column + spot.cell.columns)
            self.cells.setdefault(columns, []).append((places[spot.role, spot.row], spot))
        self.known: dict[tuple[tuple[int, int], int], list[int]] = {}

    def lines(self, fit: Fit) -> float:
        """The lines of all rows; among tables as high, one whose cells have fewer lines counts as a little lower."""
        columns = [self._column(key, sum(fit.widths[slice(*key)]) - fit.padding * self.padding) for key in self.cells]
        rows: int = sum(map(max, zip(*columns, strict=True)))
        return rows + FINE * sum(map(sum, columns))

    def _column(self, key: tuple[int, int], width: float) -> list[int]:
        """The lines of the cells over these columns, by row; 1 where a row has none."""
        found = self.known.get((key, rounded := round(8 * width)))
        if found is None:
            found = self.known[key, rounded] = [1] * len(self.rows)
            for place, spot in self.cells[key]:
                found[place] = 1 if spot.natural <= width else spot.stretches.lines(width)
        return found
