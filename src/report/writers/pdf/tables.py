"""Tables: column widths, cells with spans, decimal alignment, three rules; each row a unit that no page cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Literal

from report.content.columns import NUMBER, alignments
from report.content.nodes import Cell, Table
from report.errors import ReportError
from report.theme.theme import Role
from report.writers.pdf.layout import Rule, TextLine
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.runs import SetText, Typesetter
from report.writers.pdf.units import NoteFlow, Unit

CLEARANCE = 1.5  # em between a column set right and one set left next to it, beside the padding
NARROWEST = 3.5  # em: a column is not made narrower than this to please others
TALLEST = 0.5  # of the page: rows joined by a cell that spans them stay together up to this height


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell in the grid, before it is set: its runs, and the width up to the decimal point (None: no number)."""

    row: int
    column: int
    cell: Cell
    role: Role
    runs: list[Run]
    natural: float
    point: float | None


@dataclass(frozen=True, slots=True)
class SetCell:
    """A cell as set: its lines in the column, and the rows it spans."""

    spot: Spot
    text: SetText


class TableSetter:
    """Sets the rows of one table; x and width of the table in points, `element` its Table element."""

    def __init__(self, typesetter: Typesetter, table: Table, element: int, x: float, width: float) -> None:
        self.type, self.table, self.element, self.x, self.width = typesetter, table, element, x, width
        self.aligns = alignments(table)
        self.structure, self.look = typesetter.structure, typesetter.theme.table
        annex = table.style == "annex"
        self.head: Role = "annex-head" if annex else "table-head"
        self.cell: Role = "annex-cell" if annex else "table-cell"
        self.padding = self.look.padding
        self.inner = self.look.padding * (0.5 if annex else 0.75)  # above and below the lines of a cell

    def units(self, again: Sequence[Unit]) -> list[list[Unit]]:
        """The head's rows, then the body's in groups that nothing parts (joined by spanning cells).

        `again` is set above the repeated head where the table goes on overleaf.
        """
        head = self._section("THead", self.table.head, self.head) if self.table.head else []
        body = self._section("TBody", self.table.rows, self.cell)
        self.edges = self._edges([*head, *body])
        head_units = self._rows(head, len(self.table.head))
        body_units = self._rows(body, len(self.table.rows))
        self._ruled(head_units, body_units)
        repeat = (*again, *head_units)
        groups = _grouped(body, body_units, TALLEST * self._page_height())
        closing = (self._rule(0, self.look.bottom),)
        for index, group in enumerate(groups):
            groups[index] = [
                replace(unit, repeat=repeat if index or place else (), closing=closing)
                for place, unit in enumerate(group)
            ]
        return [head_units, *groups]

    # ------------------------------------------------------------ cells

    def _section(self, tag: str, rows: Sequence[Sequence[Cell]], role: Role) -> list[Spot]:
        section = self.structure.element(tag, self.element)
        return [spot for row in _grid(self.table, rows) for spot in self._row(row, section, role)]

    def _row(self, row: Sequence[tuple[int, int, Cell]], section: int, role: Role) -> Iterator[Spot]:
        element = self.structure.element("TR", section)
        for index, column, cell in row:
            scope: Literal["", "Column", "Row"] = "" if column else "Row"
            scope = "Column" if role == self.head else scope
            node = self.structure.cell(element, scope, cell.columns, cell.rows)
            runs = self.type.runs(cell.inlines, role, node)
            natural = self.type.natural(runs) if runs else 0.0
            yield Spot(index, column, cell, role, runs, natural, self._point(runs, column, role))

    def _point(self, runs: Sequence[Run], column: int, role: Role) -> float | None:
        """Width of a decimal cell's text up to its decimal point; None where it aligns on none."""
        if self.aligns[column] != "decimal" or role == self.head:
            return None
        text = "".join(run.text for run in runs if not run.rise)
        found = NUMBER.search(text)
        if found is None:
            return None
        end = found.start(1) if found.group(1) else found.end()
        return self.type.natural(list(_clipped(runs, end)))

    # ------------------------------------------------------------ columns

    def _edges(self, spots: Sequence[Spot]) -> list[float]:
        """x of the columns' edges, one more than there are columns."""
        count = len(self.table.columns)
        self.natural = [self._natural(index, spots) for index in range(count)]
        widths = _widths(self.natural, [column.width for column in self.table.columns], self.width, self._narrowest())
        if min(widths) - 2 * self.padding < self.type.theme.roles[self.cell].size:
            raise ReportError(f"表 {self.table.id}", "有的栏窄得放不下一个字", "减少栏数，或改 widths")
        return list(accumulate(widths, initial=self.x))

    def _narrowest(self) -> float:
        return NARROWEST * self.type.theme.roles[self.cell].size + 2 * self.padding

    def _natural(self, index: int, spots: Sequence[Spot]) -> float:
        own = [spot for spot in spots if spot.column == index and spot.cell.columns == 1]
        before = max((spot.point for spot in own if spot.point is not None), default=0.0)
        after = max((spot.natural - spot.point for spot in own if spot.point is not None), default=0.0)
        plain = max((spot.natural for spot in own if spot.point is None), default=0.0)
        return max(before + after, plain) + 2 * self.padding + 0.5

    # ------------------------------------------------------------ rows

    def _rows(self, spots: Sequence[Spot], count: int) -> list[Unit]:
        cells = [SetCell(spot, self._set(spot, spots)) for spot in spots]
        leading = self.type.theme.roles[self.cell].leading
        heights = [leading + 2 * self.inner] * count
        for cell in sorted(cells, key=lambda cell: cell.spot.cell.rows):
            first, last = cell.spot.row, cell.spot.row + cell.spot.cell.rows
            missing = cell.text.height + 2 * self.inner - sum(heights[first:last])
            heights[last - 1] += max(0.0, missing)
        return [self._unit(row, cells, heights) for row in range(count)]

    def _set(self, spot: Spot, spots: Sequence[Spot]) -> SetText:
        left, right = self.edges[spot.column], self.edges[spot.column + spot.cell.columns]
        width = right - left - 2 * self.padding
        align = self.aligns[spot.column]
        centred = spot.cell.columns > 1 or align == "decimal"
        measure = Measure(width, align="center" if centred or align == "decimal" else align)
        if align == "right" and not centred:
            measure = replace(measure, right=self._clearance(spot))
        if spot.point is not None:
            measure = Measure(width + 2 * self.padding, left=self._indent(spot, spots, width), align="left")
        runs = self._unit_below(spot.runs, width) if spot.role == self.head else spot.runs
        return self.type.set(runs, spot.role, measure, x=left + self.padding)

    def _clearance(self, spot: Spot) -> float:
        """Room between a column set right and one set left next to it; only as much as the column can spare."""
        column, size = spot.column, self.type.theme.roles[self.cell].size
        wanted = CLEARANCE * size if self.aligns[column + 1 : column + 2] == ("left",) else self.padding
        return max(self.padding, min(wanted, self.edges[column + 1] - self.edges[column] - self.natural[column]))

    def _unit_below(self, runs: list[Run], width: float) -> list[Run]:
        """A head that is too long for its column, broken before the unit in brackets: 吞吐量/（万吨）."""
        if len(runs) != 1 or "（" not in runs[0].text[1:] or self.type.natural(runs) <= width:
            return runs
        name, unit = runs[0].text.split("（", 1)
        broken = [replace(runs[0], text=f"{name}\n（{unit}")]
        return broken if self.type.natural([replace(runs[0], text=name)]) <= width else runs

    def _indent(self, spot: Spot, spots: Sequence[Spot], width: float) -> float:
        """Where a decimal cell begins, so that all points of the column stand below each other."""
        column = [other for other in spots if other.column == spot.column and other.point is not None]
        points = [other.point or 0.0 for other in column]
        tails = [other.natural - (other.point or 0.0) for other in column]
        return max(0.0, (width - max(points) - max(tails)) / 2) + max(points) - (spot.point or 0.0)

    def _unit(self, row: int, cells: Sequence[SetCell], heights: Sequence[float]) -> Unit:
        lines: list[TextLine] = []
        notes: list[NoteFlow] = []
        for cell in (cell for cell in cells if cell.spot.row == row):
            spanned = sum(heights[row : row + cell.spot.cell.rows])
            room = spanned - cell.text.height if cell.spot.cell.rows > 1 else 2 * self.inner
            for index, line in enumerate(cell.text.lines):
                lines.append(replace(line, y=line.y + room / 2 + index * cell.text.look.leading))
            notes += [note for on_line in cell.text.notes for note in on_line]
        return Unit(heights[row], tuple(line for line in lines if line.pieces), notes=tuple(notes))

    # ------------------------------------------------------------ rules

    def _rule(self, y: float, width: float, colour: str = "") -> Rule:
        return Rule(self.x, y, self.x + self.width, y, width, colour or self.look.colour)

    def _ruled(self, head: list[Unit], body: list[Unit]) -> None:
        """Draw the rules into the rows: top, below the head, hairlines, foot (三线表)."""
        for units, cells, end in ((head, self.table.head, self.look.middle), (body, self.table.rows, self.look.bottom)):
            crossed = _crossed(_grid(self.table, cells))
            for row, unit in enumerate(units):
                last = row == len(units) - 1
                rules = [self._rule(unit.height, end)] if last else self._hairlines(row, crossed, unit.height)
                units[row] = replace(unit, items=(*unit.items, *rules))
        first = head or body
        if first:
            first[0] = replace(first[0], items=(self._rule(0, self.look.top), *first[0].items))

    def _hairlines(self, row: int, crossed: set[tuple[int, int]], y: float) -> list[Rule]:
        """The hairline below a row, but not through a cell that goes on into the next row."""
        free = [column for column in range(len(self.table.columns)) if (row, column) not in crossed]
        return [
            replace(self._rule(y, self.look.hairline, "hairline"), x1=self.edges[start], x2=self.edges[stop + 1])
            for start, stop in _stretches(free)
        ]

    def _page_height(self) -> float:
        page = self.type.theme.page
        return (page.height - page.top - page.bottom) * 72 / 25.4


def _grid(table: Table, rows: Sequence[Sequence[Cell]]) -> list[list[tuple[int, int, Cell]]]:
    """Each row's cells with their place (row, column), spans reckoned. ReportError where a row does not fill them."""
    count, taken = len(table.columns), set[tuple[int, int]]()
    out: list[list[tuple[int, int, Cell]]] = []
    for row, cells in enumerate(rows):
        places, column = [], 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            places.append((row, column, cell))
            taken |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            column += cell.columns
        if any((row, column) not in taken for column in range(count)) or column > count:
            raise ReportError(f"表 {table.id} 第 {row + 1} 行", f"单元格数与 {count} 栏不符", "补齐或删去单元格")
        out.append(places)
    if any(row >= len(rows) for row, _ in taken):
        raise ReportError(f"表 {table.id}", "跨行单元格超出最后一行", "减小 rows")
    return out


def _widths(natural: Sequence[float], shares: Sequence[float], width: float, least: float) -> list[float]:
    """Column widths that fill the table: as told by shares, else as wide as the text asks, else fairly narrowed."""
    if any(shares):
        mean = sum(shares) / sum(1 for share in shares if share)
        full = [share or mean for share in shares]
        return [width * share / sum(full) for share in full]
    if sum(natural) <= width:
        spare = (width - sum(natural)) / len(natural)
        return [wish + spare for wish in natural]
    return _narrowed(natural, width, least)


def _narrowed(natural: Sequence[float], width: float, least: float) -> list[float]:
    """Columns that ask for less than an even share get it; the others share the rest in proportion to the square
    root of what they ask, so that a long column does not starve the next."""
    out = [0.0] * len(natural)
    open_ = set(range(len(natural)))
    room = width
    while open_:
        weight = sum(natural[index] ** 0.5 for index in open_)
        modest = {i for i in open_ if natural[i] <= max(least, room * natural[i] ** 0.5 / weight)}
        for index in sorted(modest or open_):
            out[index] = natural[index] if modest else room * natural[index] ** 0.5 / weight
        if not modest:
            break
        room -= sum(natural[index] for index in modest)
        open_ -= modest
    return out if sum(out) <= width + 0.01 else [wish * width / sum(out) for wish in out]


def _crossed(grid: Sequence[Sequence[tuple[int, int, Cell]]]) -> set[tuple[int, int]]:
    """Where (row, column) a cell goes on into the row below."""
    return {
        (row, column)
        for line in grid
        for place, first, cell in line
        for row in range(place, place + cell.rows - 1)
        for column in range(first, first + cell.columns)
    }


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of successive numbers."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _clipped(runs: Sequence[Run], end: int) -> Iterator[Run]:
    """The runs up to the end-th character, raised runs (note marks) not counted."""
    for run in runs:
        if not run.rise:
            text, end = run.text[: max(end, 0)], end - len(run.text)
            if text:
                yield replace(run, text=text)


def _grouped(spots: Sequence[Spot], units: list[Unit], highest: float) -> list[list[Unit]]:
    """The rows in groups joined by spanning cells; a group that would be too high falls apart into its rows."""
    joined = {row for spot in spots for row in range(spot.row, spot.row + spot.cell.rows - 1)}
    groups: list[list[Unit]] = []
    for row, unit in enumerate(units):
        if row - 1 in joined:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return [
        [replace(unit, keep=index < len(group) - 1) for index, unit in enumerate(group)]
        if sum(unit.height for unit in group) <= highest else group
        for group in groups
    ]


