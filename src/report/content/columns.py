"""How the columns of a table are aligned where the content leaves it to the figures in them."""

from __future__ import annotations

import re
from typing import Literal

from report.content.grid import place_cells
from report.content.nodes import Cell, NoteMark, Table

Align = Literal["left", "center", "right", "decimal"]
NUMBER = re.compile(r"\d[\d,，]*(\.\d+)?")


def alignments(table: Table) -> tuple[Align, ...]:
    """The alignment of each column: points below each other only where all its figures have the same unit; decimal
    columns of mixed figures (约60%, 175台) are set right, where they end alike."""
    return tuple(
        "right" if column.align == "decimal" and len(_units(table, index)) > 1 else column.align
        for index, column in enumerate(table.columns)
    )


def decimal_tails(table: Table) -> tuple[str, ...]:
    """The longest decimal part, its point included, of the figures in each column; "" where none has one."""
    parts = [[NUMBER.search(_text(cell)) for cell in _column(table, index)] for index in range(len(table.columns))]
    return tuple(max((found.group(1) or "" for found in column if found), key=len, default="") for column in parts)


def _units(table: Table, column: int) -> set[str]:
    """What stands after the number in each cell of a column that has one."""
    found = ((NUMBER.search(text), text) for text in map(_text, _column(table, column)))
    return {text[number.end() :].strip() for number, text in found if number}


def _text(cell: Cell) -> str:
    return "".join(inline.text for inline in cell.inlines if not isinstance(inline, NoteMark))


def _column(table: Table, column: int) -> list[Cell]:
    """The body's cells that stand in one column alone."""
    grid = place_cells(table.rows, len(table.columns), f"表 {table.id}")
    return [place.cell for row in grid for place in row if place.column == column and place.cell.columns == 1]
