"""The rows of a table's head or body: how high each is, what stands in it, and which stay together on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from report.writers.pdf.built import EPSILON
from report.writers.pdf.cells import Spot
from report.writers.pdf.layout import TextLine
from report.writers.pdf.runs import SetText
from report.writers.pdf.units import Joined, NoteFlow, Unit


class SetCell(Struct, frozen=True):
    """A cell as set: its lines in the column, and the rows it spans."""

    spot: Spot
    text: SetText

    @property
    def rows(self) -> range:
        """The rows it stands in."""
        return range(self.spot.row, self.spot.row + self.spot.cell.rows)

    @property
    def leading(self) -> float:
        """The distance of its lines."""
        return self.text.look.leading


class Rows:
    """The rows of a section. `leading` is that of a plain cell, `inner` the space above and below a cell's lines,
    `highest` (all in points) how high rows joined by a cell may be to stay together. Rows that are higher may part: a
    text that is no higher is then set anew in what each page has of its cell, a longer one runs on from row to row."""

    def __init__(self, cells: Sequence[SetCell], count: int, leading: float, inner: float, highest: float) -> None:
        self.cells, self.inner, self.highest = cells, inner, highest
        self.heights = [leading + 2 * inner] * count
        for cell in sorted(cells, key=lambda cell: len(cell.rows)):
            needed = self._needed(cell)
            self.heights[cell.rows[-1]] = max(self.heights[cell.rows[-1]], needed)
        within = {row for cell in cells for row in cell.rows[:-1]}
        self.cut = {row for chain in self._chains(within) if self._height(chain) > highest for row in chain}

    def units(self, table: int) -> list[Unit]:
        """A unit for each row, kept with the next where nothing may part them; `table` tells its cells from others'."""
        lines: list[list[TextLine]] = [[] for _ in self.heights]
        notes: list[list[NoteFlow]] = [[] for _ in self.heights]
        joined: list[list[Joined]] = [[] for _ in self.heights]
        for cell in self.cells:
            if self._flows(cell):
                for row, line, y in self._flowing(cell):
                    lines[row].append(_lowered(cell, line, y))
                    notes[row] += cell.text.notes[line]
                continue
            first = cell.spot.row
            notes[first] += [note for on_line in cell.text.notes for note in on_line]
            if len(cell.rows) > 1 and first in self.cut:
                for row in cell.rows:
                    joined[row].append(_joined(cell, table, opens=row == first))
            else:
                lines[first] += self._placed(cell)
        kept = self._kept()
        return [
            Unit(height, tuple(line for line in lines[row] if line.pieces), notes=tuple(notes[row]),
                 joined=tuple(joined[row]), keep=row in kept, give=self.inner)
            for row, height in enumerate(self.heights)
        ]

    # ------------------------------------------------------------ heights

    def _height(self, rows: Sequence[int]) -> float:
        return sum(self.heights[row] for row in rows)

    def _needed(self, cell: SetCell) -> float:
        """The height that the last row of a cell needs for it."""
        if self._flows(cell):
            last = sum(row == cell.rows[-1] for row, _, _ in self._flowing(cell))
            return last * cell.leading + 2 * self.inner
        return cell.text.height + 2 * self.inner - self._height(cell.rows[:-1])

    def _flows(self, cell: SetCell) -> bool:
        return len(cell.rows) > 1 and cell.text.height > self.highest

    def _flowing(self, cell: SetCell) -> Iterator[tuple[int, int, float]]:
        """Row, line and top of each line of a text that runs on from row to row: no row's end cuts one."""
        line, count = 0, len(cell.text.lines)
        for row in cell.rows:
            held = int((self.heights[row] - 2 * self.inner + EPSILON) // cell.leading)
            for place in range(min(held, count - line) if row < cell.rows[-1] else count - line):
                yield row, line, self.inner + place * cell.leading
                line += 1

    def _placed(self, cell: SetCell) -> Iterator[TextLine]:
        """The lines of a cell whose rows stay together: in the middle of them where it has several."""
        centred = len(cell.rows) > 1 or cell.spot.role.endswith("-head")
        room = self._height(cell.rows) - cell.text.height if centred else 2 * self.inner
        return (_lowered(cell, line, room / 2 + line * cell.leading) for line in range(len(cell.text.lines)))

    # ------------------------------------------------------------ what stays together

    def _kept(self) -> set[int]:
        """The rows that stay with the next one: those of a cell; where that would be too much, so many that its text
        has room at the beginning and at the end."""
        wanted = {row for cell in self.cells if self._height(cell.rows) <= self.highest for row in cell.rows[:-1]}
        least = {row for cell in self.cells if not self._flows(cell) for row in self._least(cell)}
        chains = self._chains(wanted | least)
        endless = {row for chain in chains if self._height(chain) > self.highest for row in chain}
        return least | (wanted - endless)

    def _least(self, cell: SetCell) -> Iterator[int]:
        """The rows of a cell that stay with the next one, so that its text fits into what a page has of it."""
        for rows in (cell.rows, cell.rows[::-1]):
            held = 0.0
            for row, other in zip(rows, rows[1:], strict=False):
                held += self.heights[row]
                if held >= cell.text.height - EPSILON:
                    break
                yield min(row, other)

    def _chains(self, kept: set[int]) -> Iterator[list[int]]:
        """The rows in groups that hang together where these rows hang on the next one."""
        number = 0
        numbers = []
        for row in range(len(self.heights)):
            numbers.append(number)
            number += row not in kept
        for _, members in groupby(range(len(numbers)), key=lambda row: numbers[row]):
            yield list(members)


def _lowered(cell: SetCell, line: int, y: float) -> TextLine:
    text = cell.text.lines[line]
    return replace(text, y=text.y + y)


def _joined(cell: SetCell, table: int, *, opens: bool) -> Joined:
    lines = (_lowered(cell, line, line * cell.leading) for line in range(len(cell.text.lines)))
    place = (table, cell.spot.row, cell.spot.column)
    return Joined(place, tuple(line for line in lines if line.pieces), cell.text.height, opens)
