"""Where the cells of a table stand: row and column of each, the spans of the others reckoned."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from report.content.nodes import Cell
from report.errors import ReportError


class Place(Struct, frozen=True):
    """A cell, and the row and column at which it begins (from 0)."""

    row: int
    column: int
    cell: Cell


def spreads(cell: Cell, column: int, *, head: bool) -> bool:
    """Whether a cell stands in the middle of the columns it spans: a head does, and in the body one that does not name
    its row."""
    return cell.columns > 1 and (head or column > 0)


def place_cells(rows: Sequence[Sequence[Cell]], count: int, where: str) -> list[list[Place]]:
    """Each row's cells with their places in a grid of `count` columns. ReportError where a row does not fill it or a
    cell stands out of it."""
    taken: set[tuple[int, int]] = set()
    out: list[list[Place]] = []
    for row, cells in enumerate(rows):
        places, column = [], 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            places.append(Place(row, column, cell))
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            column += cell.columns
        if any((row, column) not in taken for column in range(count)) or column > count:
            raise ReportError(f"{where} 第 {row + 1} 行", f"单元格数与 {count} 栏不符", "补齐或删去单元格")
        out.append(places)
    if any(row >= len(rows) for row, _ in taken):
        raise ReportError(where, "跨行单元格超出最后一行", "减小 rows")
    return out
