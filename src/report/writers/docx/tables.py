"""Tables: three rules, a head that repeats on every page, rows that are not torn, spans, decimal columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from report.content.nodes import Cell, Table
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import plain, set_inlines
from report.writers.docx.styles import ALIGN, head_rule, text_width
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, paragraph, w

_WHOLE = re.compile(r"\d[\d,]*")
_NARROW = {".": 0.25, ",": 0.25, "%": 0.83, " ": 0.25}  # em, in Times
_NARROWEST = 4.0  # em: an automatic column is never set narrower
_WIDEST = 24.0  # em: nor does a long text claim more than this


@dataclass(frozen=True)
class Slot:
    """A place in the table's grid: the cell that begins or goes on here, over `columns` columns."""

    column: int
    columns: int
    cell: Cell
    first: bool  # False: a row that a cell from above goes on through


@dataclass(frozen=True)
class _Frame:
    """What every cell of a table must know: the columns' widths (twips) and their figures' longest tails (em)."""

    draft: Draft
    node: Table
    widths: list[int]
    tails: list[float]
    rows: int

    def head(self, row: int) -> bool:
        return row < len(self.node.head)


def table_block(draft: Draft, node: Table, title: str) -> Element:
    """A table as wide as the text; `title` is told to screen readers."""
    rows = list(grid_rows(node))
    widths = column_widths(node, twips(text_width(draft.theme)))
    frame = _Frame(draft, node, widths, _longest_tails(node, rows), len(rows))
    element = w("tbl", _properties(node, sum(widths), title), w("tblGrid", *(w("gridCol", w=size) for size in widths)))
    for i, row in enumerate(rows):
        element.append(w("tr", _row_properties(frame.head(i)), *(_cell(frame, slot, i) for slot in row)))
    return element


def _properties(node: Table, width: int, title: str) -> Element:
    return w(
        "tblPr",
        w("tblStyle", val="ThreeRules"),
        w("tblW", w=width, type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0420", firstRow=int(bool(node.head)), lastRow=0, firstColumn=0, lastColumn=0,
          noHBand=0, noVBand=1),
        w("tblCaption", val=title) if title else None,
    )  # fmt: skip


def _row_properties(head: bool) -> Element:
    return w("trPr", w("cantSplit"), w("tblHeader") if head else None)


def grid_rows(node: Table) -> Iterator[list[Slot]]:
    """Each row with every grid column accounted for: cells that span rows go on through the rows below."""
    open_cells: dict[int, tuple[Cell, int]] = {}
    count = len(node.columns)
    for row in (*node.head, *node.rows):
        slots: list[Slot] = []
        waiting = iter(row)
        column = 0
        while column < count:
            above = open_cells.get(column)
            cell = above[0] if above else next(waiting, Cell(inlines=()))
            left = (above[1] if above else cell.rows) - 1
            columns = min(cell.columns, count - column)
            slots.append(Slot(column, columns, cell, first=above is None))
            open_cells.pop(column, None)
            if left:
                open_cells[column] = (cell, left)
            column += columns
        yield slots


def _cell(frame: _Frame, slot: Slot, row: int) -> Element:
    head = frame.head(row)
    merge = w("vMerge", val="restart" if slot.first else "continue") if slot.cell.rows > 1 else None
    properties = w(
        "tcPr",
        w("tcW", w=sum(frame.widths[slot.column : slot.column + slot.columns]), type="dxa"),
        w("gridSpan", val=slot.columns) if slot.columns > 1 else None,
        merge,
        w("tcBorders", head_rule(frame.draft.theme)) if row == len(frame.node.head) - 1 else None,
        w("vAlign", val="bottom") if head else None,
    )
    kind = ("Annex" if frame.node.style == "annex" else "Table") + ("Head" if head else "Cell")
    kept = row == frame.rows - 1 and frame.node.source  # the last row stays with the source note under it
    text = paragraph(kind, *_alignment(frame, slot, head), w("keepNext") if kept else None)
    if slot.first:
        text.extend(set_inlines(frame.draft, slot.cell.inlines, frame.draft.document.part))
    return w("tc", properties, text)


def _alignment(frame: _Frame, slot: Slot, head: bool) -> list[Element]:
    """A column's alignment. A decimal column stands at the right, and each figure is moved left by what the longest
    tail of the column exceeds its own: LibreOffice knows no decimal tab in cells."""
    align = frame.node.columns[slot.column].align
    if slot.columns > 1 and head:
        return [w("jc", val="center")]
    if align != "decimal":
        return [w("jc", val=ALIGN[align])]
    if head or slot.columns > 1:
        return [w("jc", val="right")]
    room = frame.tails[slot.column] - tail_width(plain(slot.cell.inlines))
    size = frame.draft.theme.roles["annex-cell" if frame.node.style == "annex" else "table-cell"].size
    return [w("jc", val="right"), *([w("ind", right=twips(room * size))] if room else [])]


def _longest_tails(node: Table, rows: list[list[Slot]]) -> list[float]:
    tails = [0.0] * len(node.columns)
    for slot in (slot for row in rows[len(node.head) :] for slot in row if slot.columns == 1):
        tails[slot.column] = max(tails[slot.column], tail_width(plain(slot.cell.inlines)))
    return tails


def tail_width(text: str) -> float:
    """The width in em of what follows a figure's whole number: its decimals and its unit."""
    found = _WHOLE.search(text)
    return sum(_NARROW.get(char, ems(char)) for char in text[found.end() :]) if found else 0.0


# ---------------------------------------------------------------- widths


def column_widths(node: Table, total: int) -> list[int]:
    """Twips of each column, `total` in all: shares where the author gave them, else after the longest cell."""
    natural = _natural_widths(node)
    shares = [column.width for column in node.columns]
    if any(shares):
        known = sum(shares) / sum(1 for share in shares if share)
        natural = [share or known for share in shares]
    scale = total / sum(natural)
    widths = [int(size * scale) for size in natural]
    widths[-1] += total - sum(widths)
    return widths


def _natural_widths(node: Table) -> list[float]:
    widest = [_NARROWEST] * len(node.columns)
    for row in grid_rows(node):
        for slot in row:
            if slot.columns == 1:
                width = min(_WIDEST, ems(plain(slot.cell.inlines)) + 1)
                widest[slot.column] = max(widest[slot.column], width)
    return widest


def ems(text: str) -> float:
    """The rough width of a text in em: Han one, Latin half."""
    return sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
