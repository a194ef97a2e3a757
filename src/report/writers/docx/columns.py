"""The grid of a table, measured in em before it is set: how wide its columns are, how high its rows, and where the
figures of a decimal column have their points."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.content.columns import NUMBER
from report.content.nodes import Cell, NoteMark, Table
from report.content.walk import plain
from report.theme.widths import Wish, fit_columns

LONGEST = 10.0  # em: a word in a cell that is longer may be cut
MARK, GAP = 0.7, 0.25  # em: the widths of a note mark, and of the white between Han and Latin
ENOUGH = 300  # rows that tell how high a long table gets with these columns or those
_NARROW = {".": 0.25, ",": 0.25, "%": 0.83, " ": 0.25}  # em, in Times
_HELD = re.compile(r"[约近超][\d.,]+|\d[\d.,]*(?:[十百千万亿]*[\u4e00-\u9fff%％]{0,2})|[（《“]?[!-~]+[）》”]?")
_JOINTS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the table's grid: the cell that begins or goes on here, over `columns` columns, and the width of its
    words in em (0 where it goes on)."""

    column: int
    columns: int
    cell: Cell
    first: bool  # False: a row that a cell from above goes on through
    width: float


def grid_rows(node: Table) -> Iterator[list[Slot]]:
    """Each row with every grid column accounted for: cells that span rows go on through the rows below."""
    open_cells: dict[int, tuple[Cell, int]] = {}
    count = len(node.columns)
    for row in (*node.head, *node.rows):
        slots: list[Slot] = []
        waiting = iter(row)
        column = 0
        while column < count:
            above = open_cells.pop(column, None)
            cell = above[0] if above else next(waiting, Cell(inlines=()))
            left = (above[1] if above else cell.rows) - 1
            columns = min(cell.columns, count - column)
            slots.append(Slot(column, columns, cell, above is None, 0.0 if above else _width(cell)))
            if left:
                open_cells[column] = (cell, left)
            column += columns
        yield slots


def joined_rows(rows: Sequence[Sequence[Slot]]) -> set[int]:
    """The rows that a cell joins to the row below."""
    return {index for index, row in enumerate(rows[1:]) if not all(slot.first for slot in row)}


def column_widths(
    node: Table, rows: Sequence[Sequence[Slot]], total: int, ems_wide: float, padding: float
) -> tuple[list[int], float]:
    """Twips of each column, `total` in all: after the author's shares, or what stands in the cells; and the share of
    the padding that is left them.

    `ems_wide` is the table's width in em of its text, `padding` the white in a cell, both sides together.
    """
    some = rows[:: max(1, len(rows) // ENOUGH)]
    fit = fit_columns(
        lambda share: _wishes(node, rows, share * padding),
        lambda fit: sum(row_lines(row, fit.widths, fit.padding * padding) for row in some),
        ems_wide,
        1.0,
    )
    wanted = fit.widths if fit else [wish.natural for wish in _wishes(node, rows, padding)]
    widths = [int(size * total / sum(wanted)) for size in wanted]
    widths[-1] += total - sum(widths)
    return widths, fit.padding if fit else 1.0


def row_lines(row: Sequence[Slot], widths: Sequence[float], padding: float) -> int:
    """About how many lines a row runs to in columns that wide, in em."""
    most = 1.0
    for slot in row:
        room = widths[slot.column] if slot.columns == 1 else sum(widths[slot.column : slot.column + slot.columns])
        most = max(most, slot.width / max(room - padding, 1.0))
    return math.ceil(most)


def decimals(node: Table, rows: Sequence[Sequence[Slot]]) -> list[tuple[float, float]]:
    """The widths in em that the figures of each column take before and after their points."""
    found = [(0.0, 0.0)] * len(node.columns)
    lined = {index for index, column in enumerate(node.columns) if column.align == "decimal"}
    for slot in (slot for row in rows[len(node.head) :] for slot in row if slot.columns == 1 and slot.column in lined):
        if parts := figure_parts(slot.cell):
            before, after = found[slot.column]
            found[slot.column] = max(before, parts[0]), max(after, parts[1])
    return found


def figure_parts(cell: Cell) -> tuple[float, float] | None:
    """The widths in em of a cell up to the end of its figure's whole number, and after it; None without a figure."""
    text = plain(cell.inlines)
    found = NUMBER.search(text)
    end = (found.start(1) if found.group(1) else found.end()) if found else 0
    return (ems(text[:end]) + _gaps(text[:end]), ems(text[end:]) + _marks(cell)) if found else None


def ems(text: str) -> float:
    """The rough width of a text in em: Han one, Latin and digits half."""
    return sum(_NARROW.get(char) or (1 if unicodedata.east_asian_width(char) in "WFA" else 0.5) for char in text)


def _width(cell: Cell) -> float:
    text = plain(cell.inlines)
    return ems(text) + _gaps(text) + _marks(cell)


def _gaps(text: str) -> float:
    """The white that Word sets between Han and Latin."""
    return GAP * len(_JOINTS.findall(text))


def _marks(cell: Cell) -> float:
    """The width of the note marks in a cell."""
    return MARK * sum(isinstance(inline, NoteMark) for inline in cell.inlines)


def _wishes(node: Table, rows: Sequence[Sequence[Slot]], padding: float) -> list[Wish]:
    """What each column asks for, in em; a cell over several columns asks nothing."""
    sides = padding + 0.2
    lined = decimals(node, rows)
    alone: list[list[Slot]] = [[] for _ in node.columns]
    for slot in (slot for row in rows for slot in row if slot.columns == 1 and slot.first):
        alone[slot.column].append(slot)
    wishes: list[Wish] = []
    for column, slots, figures in zip(node.columns, alone, map(sum, lined), strict=True):
        least = max([1.0, figures, *(_unbroken(slot.cell) for slot in slots)])
        natural = max([least, *(slot.width for slot in slots)])
        text = sum(slot.width for slot in slots) + 0.1
        wishes.append(Wish(natural + sides, least + sides, text, sides, column.width))
    return wishes


def _unbroken(cell: Cell) -> float:
    """The widest stretch that no line end should part: a figure with its unit, a Latin word; a longer one may be."""
    return min(LONGEST, max((ems(found[0]) for found in _HELD.finditer(plain(cell.inlines))), default=0.0))
