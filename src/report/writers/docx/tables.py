"""Tables: three rules, a head that repeats on every page, rows that are not torn, spans, decimal columns."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from report.content.columns import NUMBER, Align, alignments
from report.content.grid import spreads
from report.content.nodes import Cell, NoteMark, Table
from report.content.widths import Fit, Wish, fit_columns
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import plain, set_inlines
from report.writers.docx.styles import ALIGN, cell_margins, hairline, head_rule, text_width
from report.writers.docx.units import MM, twips
from report.writers.docx.xml import Element, paragraph, w

_NARROW = {".": 0.25, ",": 0.25, "%": 0.83, " ": 0.25}  # em, in Times
_GAPS = 1.0  # em: what the gaps between Han and Latin add to a cell's rough width
_CLEARANCE = 1.5  # em between a column set right and one set left next to it, beside the padding
# of the padding, above and below a cell of the annex: less than in the PDF, which fits more characters on a line
_ANNEX_MARGIN = 0.375
_HALF = 0.55  # of the page: the highest table that is never cut
LONGEST = 10.0  # em: a word in a cell that is longer may be cut
MARK, GAP = 0.7, 0.25  # em: the widths of a note mark, and of the white between Han and Latin
_HELD = re.compile(r"[约近超][\d.,]+|\d[\d.,]*(?:[十百千万亿]*[\u4e00-\u9fff%％]{0,2})|[（《“]?[!-~]+[）》”]?")
_JOINTS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Slot:
    """A place in the table's grid: the cell that begins or goes on here, over `columns` columns."""

    column: int
    columns: int
    cell: Cell
    first: bool  # False: a row that a cell from above goes on through


@dataclass(frozen=True)
class _Frame:
    """What every cell of a table must know: the columns' widths in twips, the widths in em that the figures of a
    decimal column take before and after their point, each column's longest cell in em, and the share of the padding
    that the cells have."""

    draft: Draft
    node: Table
    widths: list[int]
    decimals: list[tuple[float, float]]
    rows: int
    whole: bool
    aligns: tuple[Align, ...]
    longest: list[float]
    tight: float

    @property
    def padding(self) -> float:
        """The white at each side of a cell, in points."""
        return self.tight * self.draft.theme.table.padding

    def head(self, row: int) -> bool:
        return row < len(self.node.head)

    def kept(self, row: int) -> bool:
        """Whether a row stays with what follows: all rows of a small table; of a long one the first two with the
        head, the last two with the source note."""
        last = self.rows - 1
        if row == last:
            return bool(self.node.notes or self.node.source)
        return self.whole or row in (len(self.node.head), last - 1)

    @property
    def size(self) -> float:
        return cell_size(self.draft, self.node)


def cell_size(draft: Draft, node: Table) -> float:
    """The size of a table's text in points."""
    return draft.theme.roles["annex-cell" if node.style == "annex" else "table-cell"].size


def table_block(draft: Draft, node: Table, title: str) -> Element:
    """A table as wide as the text; `title` is told to screen readers."""
    rows = list(grid_rows(node))
    padding = 2 * draft.theme.table.padding / cell_size(draft, node)
    wide = text_width(draft.theme, landscape=node.landscape)
    widths, tight = column_widths(node, twips(wide), wide / cell_size(draft, node), padding)
    frame = _Frame(draft, node, widths, _decimals(node, rows), len(rows), _is_small(draft, node, rows, widths),
                   alignments(node), _longest(node, rows), tight)
    element = w("tbl", _properties(frame, title), w("tblGrid", *(w("gridCol", w=size) for size in widths)))
    for i, row in enumerate(rows):
        element.append(w("tr", _row_properties(frame.head(i)), *(_cell(frame, slot, i) for slot in row)))
    return element


def _margins(frame: _Frame) -> Element | None:
    """The white in the cells, where it is not the table style's."""
    theme, annex = frame.draft.theme, frame.node.style == "annex"
    if not annex and frame.tight == 1:
        return None
    return cell_margins(theme, _ANNEX_MARGIN if annex else 0.75, frame.tight)


def _is_small(draft: Draft, node: Table, rows: list[list[Slot]], widths: list[int]) -> bool:
    """Whether a table fills less than about half a page, and so need not be cut."""
    look, page = draft.theme.roles["table-cell"], draft.theme.page
    padding = draft.theme.table.padding
    height = 0.0
    for row in rows:
        lines = [
            math.ceil(
                ems(plain(slot.cell.inlines))
                * look.size
                / (sum(widths[slot.column :][: slot.columns]) / 20 - 2 * padding)
            )
            for slot in row
        ]
        height += max([1, *lines]) * look.leading + 1.5 * padding
    return node.style == "" and height < _HALF * (page.height - page.top - page.bottom) * MM


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
    head, spans = frame.head(row), slot.cell.rows > 1
    properties = w(
        "tcPr",
        w("tcW", w=sum(frame.widths[slot.column : slot.column + slot.columns]), type="dxa"),
        w("gridSpan", val=slot.columns) if slot.columns > 1 else None,
        w("vMerge", val="restart" if slot.first else "continue") if spans else None,
        w("tcBorders", _lower_rule(frame, row)) if head and not (spans and slot.first) else None,
        w("vAlign", val="center") if spans else None,
    )
    kind = ("Annex" if frame.node.style == "annex" else "Table") + ("Head" if head else "Cell")
    text = paragraph(kind, *_alignment(frame, slot, head), w("keepNext") if frame.kept(row) else None)
    if slot.first:
        text.extend(set_inlines(frame.draft, slot.cell.inlines, frame.draft.document.part))
    return w("tc", properties, text)


def _lower_rule(frame: _Frame, row: int) -> Element:
    last = row == len(frame.node.head) - 1
    return head_rule(frame.draft.theme) if last else hairline(frame.draft.theme)


def _alignment(frame: _Frame, slot: Slot, head: bool) -> list[Element]:
    """A column's alignment. In a decimal column the figures, as a block, stand in the middle with their points below
    each other: set right, and moved left by what each one's tail lacks. LibreOffice knows no decimal tab in cells."""
    align = frame.aligns[slot.column]
    parts = _parts(slot.cell)
    spread = spreads(slot.cell, slot.column, head=head)
    if spread or (align == "decimal" and (head or slot.columns > 1 or not parts)):
        return [w("jc", val="center")]
    if align != "decimal" or not parts:
        return [w("jc", val=ALIGN[align]), *_clearance(frame, slot)]
    before, after = frame.decimals[slot.column]
    inner = frame.widths[slot.column] / 20 - 2 * frame.padding
    room = max(0.0, inner / frame.size - before - after) / 2 + after - parts[1]
    return [w("jc", val="right"), w("ind", right=twips(room * frame.size))]


def _clearance(frame: _Frame, slot: Slot) -> list[Element]:
    """Room between a column set right and one set left next to it, where the column can spare it."""
    if frame.aligns[slot.column : slot.column + 2] != ("right", "left") or slot.columns > 1:
        return []
    inner = frame.widths[slot.column] / 20 - 2 * frame.padding
    spare = inner - (frame.longest[slot.column] + _GAPS) * frame.size
    return [w("ind", right=twips(min(_CLEARANCE * frame.size, spare)))] if spare > 0 else []


def _longest(node: Table, rows: list[list[Slot]]) -> list[float]:
    """The widest cell of each column in em, for a column of its own."""
    found = [0.0] * len(node.columns)
    for slot in (slot for row in rows for slot in row if slot.columns == 1):
        found[slot.column] = max(found[slot.column], ems(plain(slot.cell.inlines)))
    return found


def _decimals(node: Table, rows: list[list[Slot]]) -> list[tuple[float, float]]:
    found = [(0.0, 0.0)] * len(node.columns)
    for slot in (slot for row in rows[len(node.head) :] for slot in row if slot.columns == 1):
        if parts := _parts(slot.cell):
            before, after = found[slot.column]
            found[slot.column] = max(before, parts[0]), max(after, parts[1])
    return found


def _parts(cell: Cell) -> tuple[float, float] | None:
    """The widths in em of a cell up to the end of its figure's whole number, and after it; None without a figure."""
    text = plain(cell.inlines)
    found = NUMBER.search(text)
    end = (found.start(1) if found.group(1) else found.end()) if found else 0
    return (ems(text[:end]) + _gaps(text[:end]), ems(text[end:]) + _marks(cell)) if found else None


def _gaps(text: str) -> float:
    """The white that Word sets between Han and Latin."""
    return GAP * len(_JOINTS.findall(text))


# ---------------------------------------------------------------- widths


def column_widths(node: Table, total: int, ems_wide: float, padding: float) -> tuple[list[int], float]:
    """Twips of each column, `total` in all: after the author's shares, or what stands in the cells; and the share of
    the padding that is left them.

    `ems_wide` is the table's width in em of its text, `padding` the white in a cell, both sides together.
    """
    rows = list(grid_rows(node))
    fit = fit_columns(
        lambda share: _wishes(node, rows, share * padding), lambda fit: _lines(rows, fit, padding), ems_wide, 1.0
    )
    wanted = fit.widths if fit else [wish.natural for wish in _wishes(node, rows, padding)]
    widths = [int(size * total / sum(wanted)) for size in wanted]
    widths[-1] += total - sum(widths)
    return widths, fit.padding if fit else 1.0


def _lines(rows: list[list[Slot]], fit: Fit, padding: float) -> int:
    """About how many lines high the table is."""

    def needed(slot: Slot) -> float:
        width = sum(fit.widths[slot.column : slot.column + slot.columns]) - fit.padding * padding
        return ems(plain(slot.cell.inlines)) / max(width, 1.0)

    return sum(max(1, *(math.ceil(needed(slot)) for slot in row)) for row in rows)


def _wishes(node: Table, rows: list[list[Slot]], padding: float) -> list[Wish]:
    """What each column asks for, in em; a cell over several columns asks nothing."""
    sides = padding + 0.2
    decimals = _decimals(node, rows)
    wishes: list[Wish] = []
    for index, column in enumerate(node.columns):
        cells = [slot for row in rows for slot in row if slot.column == index and slot.columns == 1 and slot.first]
        lined = sum(decimals[index]) if column.align == "decimal" else 0.0
        texts = [plain(slot.cell.inlines) for slot in cells]
        widths = [ems(text) + _gaps(text) + _marks(slot.cell) for slot, text in zip(cells, texts, strict=True)]
        least = max(1.0, lined, *map(_unbroken, texts))
        natural = max(least, lined, *widths)
        wishes.append(Wish(natural + sides, least + sides, sum(widths) + 0.1, sides, column.width))
    return wishes


def _marks(cell: Cell) -> float:
    """The width of the note marks in a cell."""
    return MARK * sum(isinstance(inline, NoteMark) for inline in cell.inlines)


def _unbroken(text: str) -> float:
    """The widest stretch that no line end should part: a figure with its unit, a Latin word; a longer one may be."""
    return min(LONGEST, max((ems(found[0]) for found in _HELD.finditer(text)), default=0.0))


def ems(text: str) -> float:
    """The rough width of a text in em: Han one, Latin and digits half."""
    return sum(_NARROW.get(char) or (1 if unicodedata.east_asian_width(char) in "WFA" else 0.5) for char in text)
