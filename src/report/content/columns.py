"""How the columns of a table are aligned where the content leaves it to the figures in them."""

from __future__ import annotations

import re
from typing import Literal

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


def _units(table: Table, column: int) -> set[str]:
    """What stands after the number in each cell of a column that has one."""
    found = ((NUMBER.search(text), text) for text in map(_text, _column(table, column)))
    return {text[number.end() :].strip() for number, text in found if number}


def _text(cell: Cell) -> str:
    return "".join(inline.text for inline in cell.inlines if not isinstance(inline, NoteMark))


def _column(table: Table, column: int) -> list[Cell]:
    """The body's cells that stand in one column alone, spans reckoned."""
    found: list[Cell] = []
    open_: dict[int, int] = {}  # column → rows that a cell from above still takes
    for row in table.rows:
        at, waiting = 0, iter(row)
        while at < len(table.columns):
            if open_.get(at, 0):
                open_[at] -= 1
                at += 1
                continue
            cell = next(waiting, None)
            if cell is None:
                break
            open_.update(dict.fromkeys(range(at, at + cell.columns), cell.rows - 1))
            found += [cell] if at == column and cell.columns == 1 else []
            at += cell.columns
    return found
