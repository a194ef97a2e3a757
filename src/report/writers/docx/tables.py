"""Tables: three rules, a head that repeats on every page, rows that are not torn, spans, decimal tabs."""

from __future__ import annotations

from dataclasses import dataclass

from report.content.columns import Align, alignments
from report.content.grid import spreads
from report.content.nodes import Table
from report.content.walk import plain
from report.theme.theme import Look
from report.writers.docx.columns import (
    Slot,
    column_widths,
    decimals,
    figure_parts,
    grid_rows,
    joined_rows,
    row_lines,
)
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import set_inlines
from report.writers.docx.looks import ALIGN
from report.writers.docx.measures import text_height, text_width
from report.writers.docx.table_styles import MARGIN, cell_margins, hairline, head_rule
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, paragraph, printable, w

_CLEARANCE = 1.5  # em between a column set right and one set left next to it, beside the padding
_GAPS = 1.0  # em: what is spared for words that are wider than reckoned
_ROOM = 1.0  # em that a figure of a decimal column may grow by, before its point
_LOW = 0.2  # of the page: a lower table is not cut
_TALLEST = 0.5  # of the page: rows joined by a cell stay together up to this height
_ANNEX_MARGIN = 0.5  # of the padding, above and below a cell, as in the PDF
# the styles of cells that are set otherwise than their look
ALIGNED: dict[tuple[str, Align], str] = {
    ("TableCell", "right"): "TableNumber", ("TableCell", "center"): "TableCentre",
    ("TableHead", "right"): "TableHeadNumber", ("TableHead", "center"): "TableHeadCentre",
}  # fmt: skip


@dataclass(frozen=True)
class _Frame:
    """What every cell of a table must know: the columns' widths in twips, the widths in em that the figures of a
    decimal column take before and after their point, each column's longest cell in em, the share of the padding that
    the cells have, and the rows that stay with the row below."""

    draft: Draft
    node: Table
    widths: list[int]
    decimals: list[tuple[float, float]]
    aligns: tuple[Align, ...]
    longest: list[float]
    tight: float
    kept: set[int]

    @property
    def size(self) -> float:
        return cell_look(self.draft, self.node).size

    def head(self, row: int) -> bool:
        return row < len(self.node.head)

    def inner(self, slot: Slot) -> float:
        """The width of a cell's text in points."""
        return self.widths[slot.column] / 20 - 2 * self.tight * self.draft.theme.table.padding


def cell_look(draft: Draft, node: Table) -> Look:
    """How a table's text is set."""
    return draft.theme.roles["annex-cell" if node.style == "annex" else "table-cell"]


def table_block(draft: Draft, node: Table, title: str) -> Element:
    """A table as wide as the text; `title` is told to screen readers."""
    rows = list(grid_rows(node))
    frame = _frame(draft, node, rows)
    element = w("tbl", _properties(frame, title), w("tblGrid", *(w("gridCol", w=size) for size in frame.widths)))
    for i, row in enumerate(rows):
        element.append(w("tr", _row_properties(frame.head(i)), *(_cell(frame, slot, i) for slot in row)))
    return element


def _frame(draft: Draft, node: Table, rows: list[list[Slot]]) -> _Frame:
    size, padding = cell_look(draft, node).size, draft.theme.table.padding
    wide = text_width(draft.theme, landscape=node.landscape) - draft.inset
    widths, tight = column_widths(node, rows, twips(wide), wide / size, 2 * padding / size)
    heights = _heights(draft, node, rows, [width / 20 / size for width in widths])
    return _Frame(draft, node, widths, decimals(node, rows), alignments(node), _longest(node, rows), tight,
                  _kept(draft, node, rows, heights))  # fmt: skip


def _heights(draft: Draft, node: Table, rows: list[list[Slot]], widths: list[float]) -> list[float]:
    """About how high each row is, as a share of the page's text."""
    padding, look, text = draft.theme.table.padding, cell_look(draft, node), text_height(draft.theme)
    sides = 2 * padding / look.size
    return [(row_lines(row, widths, sides) * look.leading + 2 * MARGIN * padding) / text for row in rows]


def _kept(draft: Draft, node: Table, rows: list[list[Slot]], heights: list[float]) -> set[int]:
    """The rows that stay with what follows: all of a low table; of a higher one the first two with the head, the last
    two with the note under it, and those that a cell joins (Word; LibreOffice parts them)."""
    first, last = len(node.head), len(rows) - 1
    below = {last} if node.notes or node.source else set()
    if sum(heights) < _LOW and node.style == "":
        return set(range(first, last)) | below
    joined: set[int] = set()
    group: list[int] = []
    bonds = joined_rows(rows)
    for row in range(first, len(rows)):
        group.append(row)
        if row not in bonds:
            if sum(heights[i] for i in group) <= _TALLEST:
                joined.update(group[:-1])
            group = []
    return joined | ({first, last - 1} & set(range(first, last))) | below


def _margins(frame: _Frame) -> Element | None:
    """The white in the cells, where it is not the table style's."""
    theme, annex = frame.draft.theme, frame.node.style == "annex"
    if not annex and frame.tight == 1:
        return None
    return cell_margins(theme, _ANNEX_MARGIN if annex else MARGIN, frame.tight)


def _properties(frame: _Frame, title: str) -> Element:
    return w(
        "tblPr",
        w("tblStyle", val="ThreeRules"),
        w("tblW", w=sum(frame.widths), type="dxa"),
        w("jc", val="center"),
        w("tblLayout", type="fixed"),
        _margins(frame),
        w("tblLook", val="0420", firstRow=int(bool(frame.node.head)), lastRow=0, firstColumn=0, lastColumn=0,
          noHBand=0, noVBand=1),
        *_told(frame.node, title),
    )  # fmt: skip


def _told(node: Table, title: str) -> list[Element]:
    """What a screen reader is told before it reads cells: the title and the columns; of a table without a title, they
    are its title."""
    columns = "、".join(words for cell in node.head[-1] if (words := plain(cell.inlines))) if node.head else ""
    told = (("tblCaption", title or columns), ("tblDescription", f"各列：{columns}" if columns else ""))
    return [w(tag, val=printable(words)) for tag, words in told if words]


def _row_properties(head: bool) -> Element:
    return w("trPr", w("cantSplit"), w("tblHeader") if head else None)


def _cell(frame: _Frame, slot: Slot, row: int) -> Element:
    head, spans = frame.head(row), slot.cell.rows > 1
    properties = w(
        "tcPr",
        w("tcW", w=sum(frame.widths[slot.column : slot.column + slot.columns]), type="dxa"),
        w("gridSpan", val=slot.columns) if slot.columns > 1 else None,
        w("vMerge", val="restart" if slot.first else "continue") if spans else None,
        w("tcBorders", _lower_rule(frame, row)) if head and not (spans and slot.first) else None,
        _clearance(frame, slot),
        w("vAlign", val="center") if spans else None,
    )
    text = paragraph(*_styled(frame, slot, head), w("keepNext") if row in frame.kept else None)
    if slot.first:
        text.extend(set_inlines(frame.draft, slot.cell.inlines, frame.draft.document.part))
    return w("tc", properties, text)


def _lower_rule(frame: _Frame, row: int) -> Element:
    last = row == len(frame.node.head) - 1
    return head_rule(frame.draft.theme) if last else hairline(frame.draft.theme)


def _styled(frame: _Frame, slot: Slot, head: bool) -> tuple[str, *tuple[Element, ...]]:
    """A cell's style, with what a style cannot say of its alignment."""
    kind = ("Annex" if frame.node.style == "annex" else "Table") + ("Head" if head else "Cell")
    align = frame.aligns[slot.column]
    parts = figure_parts(slot.cell) if align == "decimal" and not head else None
    if spreads(slot.cell, slot.column, head=head) or (align == "decimal" and (slot.columns > 1 or parts is None)):
        align = "center"
    if align == "decimal" and parts is not None:
        return kind, *_points(frame, slot, parts)
    if align == cell_look(frame.draft, frame.node).align:
        return (kind,)
    return (ALIGNED[kind, align],) if (kind, align) in ALIGNED else (kind, w("jc", val=ALIGN[align]))


def _points(frame: _Frame, slot: Slot, parts: tuple[float, float]) -> list[Element]:
    """Where the point of a figure stands. In a decimal column the figures, as a block, stand in the middle, each on the
    decimal tab to which Word sets the text of a cell unasked. LibreOffice does not where pages have a grid: the indents
    line the points up there, and leave Word room for longer figures."""
    before, after = frame.decimals[slot.column]
    white = max(0.0, frame.inner(slot) / frame.size - before - after) / 2
    start = white - min(white, _ROOM) + before - parts[0]
    return [
        w("tabs", w("tab", val="decimal", pos=twips((white + before) * frame.size))),
        w("ind", left=twips(start * frame.size)),
    ]


def _clearance(frame: _Frame, slot: Slot) -> Element | None:
    """More white in the cell between a column set right and one set left next to it, where the column can spare it."""
    if frame.aligns[slot.column : slot.column + 2] != ("right", "left") or slot.columns > 1:
        return None
    spare = frame.inner(slot) - (frame.longest[slot.column] + _GAPS) * frame.size
    white = frame.tight * frame.draft.theme.table.padding + min(_CLEARANCE * frame.size, spare)
    return w("tcMar", w("right", w=twips(white), type="dxa")) if spare > 0 else None


def _longest(node: Table, rows: list[list[Slot]]) -> list[float]:
    """The widest cell of each column in em, for a column of its own."""
    found = [0.0] * len(node.columns)
    for slot in (slot for row in rows for slot in row if slot.columns == 1):
        found[slot.column] = max(found[slot.column], slot.width)
    return found
