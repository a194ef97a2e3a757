"""Tables in the PDF's structure tree, as a screen reader walks them: which cells are heads of what, and whether the
rows fill a grid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

SECTIONS = ("/THead", "/TBody", "/TFoot")
CELLS = ("/TH", "/TD")
SCOPES = ("/Column", "/Row", "/Both")


def table_faults(tree: Any) -> Iterator[str]:
    """What is wrong with the tables below a node: a head cell that does not say what it is the head of, a row that
    does not fill the grid once spans are reckoned (ISO 14289-1, 7.5; ISO 32000-1, table 349)."""
    tables = [element for element in _below(tree) if pikepdf.Name.Table == element.S]
    for number, table in enumerate(tables, 1):
        sections = [kid for kid in _kids(table) if str(kid.S) in SECTIONS] or [table]
        widths = {width for section in sections for width in _widths(section)}
        if len(widths) > 1:
            yield f"第{number}张表各行的格数不齐（{'、'.join(map(str, sorted(widths)))}）"
        heads = [cell for cell in _below(table) if pikepdf.Name.TH == cell.S]
        loose = sum(str(_attribute(cell, "/Scope", "")) not in SCOPES for cell in heads)
        if loose or not heads:
            yield f"第{number}张表" + (f"有{loose}个表头格没有注明管行还是管列" if loose else "没有表头格")


def _widths(section: Any) -> Iterator[int]:
    """How many columns each row of a section takes, those that a cell from above goes on through with them."""
    hanging: dict[int, int] = {}  # column → rows that a cell from above still takes
    for row in (kid for kid in _kids(section) if pikepdf.Name.TR == kid.S):
        taken = {column for column, rows in hanging.items() if rows}
        hanging = {column: rows - 1 for column, rows in hanging.items() if rows > 1}
        column = 0
        for cell in (kid for kid in _kids(row) if str(kid.S) in CELLS):
            while column in taken:
                column += 1
            over = range(column, column + int(_attribute(cell, "/ColSpan", 1)))
            taken |= set(over)
            hanging |= dict.fromkeys(over, int(_attribute(cell, "/RowSpan", 1)) - 1)
        yield len(taken)


def _attribute(element: Any, name: str, default: object) -> Any:
    """An attribute of an element, from its dictionary or the first of several that has it."""
    given = element.get("/A", [])
    sets = list(given) if isinstance(given, pikepdf.Array) else [given]
    return next((one[name] for one in sets if isinstance(one, pikepdf.Dictionary) and name in one), default)


def _kids(element: Any) -> list[Any]:
    """The structure elements right below an element."""
    kids = element.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _below(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        yield kid
        yield from _below(kid)
