"""Tables: column widths, cells with spans, decimal alignment, three rules; each row a unit that no page cuts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from math import inf
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from report.content.columns import NUMBER, alignments
from report.content.grid import Place, place_cells, spreads
from report.content.nodes import Cell, Table
from report.content.walk import plain
from report.errors import ReportError
from report.theme.theme import POINTS, Role
from report.theme.widths import COMFORT, Wish, fit_columns
from report.writers.pdf.binding import COSTS, HINGE
from report.writers.pdf.cells import Heights, Spot, Stretches
from report.writers.pdf.galley import compositor
from report.writers.pdf.layout import Rule
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.paper import Paper
from report.writers.pdf.rows import Rows, SetCell
from report.writers.pdf.runs import SetText, Typesetter
from report.writers.pdf.units import Unit

CLEARANCE = 1.5  # em between a column set right and one set left next to it, beside the padding
LONGEST = 10.0  # em: a word in a cell that is longer may be cut
HELD = (COSTS["unit"], COSTS["qualifier"])  # what text may part if it must and a cell may not: 约/12万吨, 12万/吨
SLACK = 0.5  # points
TALLEST = 0.5  # of the page: rows joined by a cell that spans them stay together up to this height


class Ask(Struct, frozen=True):
    """What the text of a column asks for, in points: the width of its longest cell, of what must not be broken, and
    that of all its cells together."""

    natural: float
    least: float
    text: float


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

    def units(self, again: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
        """The head's rows and the body's, each kept with the next where a cell joins them.

        `again` is set above the repeated head where the table goes on overleaf.
        """
        head = self._section("THead", self.table.head, self.head) if self.table.head else []
        body = self._section("TBody", self.table.rows, self.cell)
        self.edges = self._edges([*head, *body])
        head_units = self._rows(head, len(self.table.head))
        body_units = self._rows(body, len(self.table.rows), TALLEST * self.type.paper.depth)
        self._ruled(head_units, body_units)
        repeat = (*again, *head_units)
        closing = (self._rule(0, self.look.bottom),)
        rows = [replace(unit, repeat=repeat if index else (), closing=closing)
                for index, unit in enumerate(body_units)]
        return head_units, rows

    # ------------------------------------------------------------ cells

    def _section(self, tag: str, rows: Sequence[Sequence[Cell]], role: Role) -> list[Spot]:
        section = self.structure.element(tag, self.element)
        return [spot for row in self._grid(rows) for spot in self._row(row, section, role)]

    def _grid(self, rows: Sequence[Sequence[Cell]]) -> list[list[Place]]:
        return place_cells(rows, len(self.table.columns), f"表 {self.table.id}")

    def _row(self, row: Sequence[Place], section: int, role: Role) -> Iterator[Spot]:
        element = self.structure.element("TR", section)
        for place in row:
            column, cell = place.column, place.cell
            scope: Literal["", "Column", "Row"] = "" if column else "Row"
            scope = "Column" if role == self.head else scope
            node = self.structure.cell(element, scope, cell.columns, cell.rows)
            runs = self.type.runs(cell.inlines, role, node)
            natural = self.type.natural(runs) if runs else 0.0
            point = self._point(runs, column, role) if cell.columns == 1 else None
            yield Spot(place.row, column, cell, role, runs, natural, point, self._stretches(runs, natural, role))

    def _point(self, runs: Sequence[Run], column: int, role: Role) -> float | None:
        """Width of a decimal cell's text up to its decimal point; None where it aligns on none."""
        if self.aligns[column] != "decimal" or role == self.head:
            return None
        found = NUMBER.search("".join(run.text for run in self._words(runs)))
        if found is None:
            return None
        end = found.start(1) if found.group(1) else found.end()
        return self.type.natural(list(self._clipped(runs, end)))

    def _words(self, runs: Iterable[Run]) -> Iterator[Run]:
        """The runs that are no note marks."""
        leaves = self.structure.leaves
        return (run for run in runs if not (isinstance(run.source, int) and leaves[run.source].hook.mark))

    def _clipped(self, runs: Sequence[Run], end: int) -> Iterator[Run]:
        """The runs up to the end-th character, note marks not counted."""
        for run in self._words(runs):
            text, end = run.text[: max(end, 0)], end - len(run.text)
            if text:
                yield replace(run, text=text)

    # ------------------------------------------------------------ columns

    def _edges(self, spots: Sequence[Spot]) -> list[float]:
        """x of the columns' edges, one more than there are columns. ReportError where the table is too wide."""
        asks, heights = self._asks(spots), Heights(spots, 2 * self.look.padding)
        em = self.type.theme.roles[self.cell].size
        fit = fit_columns(lambda share: self._wishes(asks, share), heights.lines, self.width, em)
        if fit is None:
            raise self._too_wide(sum(wish.least for wish in self._wishes(asks, COMFORT[-1][0])))
        self.padding = fit.padding * self.look.padding
        self.natural = [wish.natural for wish in self._wishes(asks, fit.padding)]
        return list(accumulate(fit.widths, initial=self.x))

    def _too_wide(self, least: float) -> ReportError:
        title = plain(self.table.caption)
        needed, there = round(least / POINTS), round(self.width / POINTS)
        problem = f"{len(self.table.columns)} 栏排不下：至少要 {needed} 毫米宽，版心只有 {there} 毫米"
        across = Paper.across(self.type.theme.page).measure
        turn = least <= across and not self.table.landscape
        hint = "在表题后写 {.landscape}，让它横排" if turn else "拆成几张表，或把行和列对调"
        return ReportError(f"表{self.table.number or ''}　{title}".strip("　"), problem, hint)

    def _wishes(self, asks: Sequence[Ask], share: float) -> list[Wish]:
        """What each column asks for with that share of the padding."""
        sides = 2 * share * self.look.padding + SLACK
        return [
            Wish(ask.natural + sides, ask.least + sides, ask.text + SLACK, sides, column.width)
            for ask, column in zip(asks, self.table.columns, strict=True)
        ]

    def _asks(self, spots: Sequence[Spot]) -> list[Ask]:
        """What the text of each column asks for; what a cell over several columns lacks is shared among them."""
        columns: list[list[Spot]] = [[] for _ in self.table.columns]
        over: list[Spot] = []
        for spot in spots:
            (columns[spot.column] if spot.cell.columns == 1 else over).append(spot)
        self.points = [_points(column) for column in columns]
        em = self.type.theme.roles[self.cell].size
        naturals = [self._asked(own, [spot.natural for spot in own], em) for own in columns]
        leasts = [self._asked(own, list(map(self._unbroken, own)), em) for own in columns]
        for spot in sorted(over, key=lambda spot: spot.cell.columns):
            spanned = range(spot.column, spot.column + spot.cell.columns)
            _widen(naturals, spanned, spot.natural)
            _widen(leasts, spanned, self._unbroken(spot))
        texts = [sum(spot.natural for spot in own) for own in columns]
        return [Ask(max(one, two), two, three) for one, two, three in zip(naturals, leasts, texts, strict=True)]

    def _asked(self, own: Sequence[Spot], widths: Sequence[float], em: float) -> float:
        """The width that cells of these widths ask for together. Figures that line up are never broken."""
        plain = max((width for spot, width in zip(own, widths, strict=True) if spot.point is None), default=0.0)
        return max(sum(_points(own)), plain, em)

    def _unbroken(self, spot: Spot) -> float:
        """The widest stretch of a cell's text that no line end parts; a word may be cut beyond LONGEST."""
        return min(spot.natural, spot.stretches.widest, LONGEST * self.type.theme.roles[self.cell].size)

    def _stretches(self, runs: Sequence[Run], natural: float, role: Role) -> Stretches:
        """The stretches of a cell's text that no line end parts."""
        short = natural <= self.type.theme.roles[role].size
        galley = None if short else compositor(self.type.library, self.type.theme.setting, 0.0).galley(runs)
        if galley is None:
            return Stretches([0.0], [natural])
        galley.weigh()
        stops = [place for place, cost in enumerate(galley.penalties) if cost < HINGE and cost not in HELD]
        starts = [galley.pens[place + 1] for place in stops]
        ends = [galley.ends[place] for place in stops]
        return Stretches([galley.pens[0], *starts], [*ends, galley.ends[-1]])

    # ------------------------------------------------------------ rows

    def _rows(self, spots: Sequence[Spot], count: int, highest: float = inf) -> list[Unit]:
        cells = [SetCell(spot, self._set(spot)) for spot in spots]
        return Rows(cells, count, self.type.theme.roles[self.cell].leading, self.inner, highest).units(self.element)

    def _set(self, spot: Spot) -> SetText:
        left, right = self.edges[spot.column], self.edges[spot.column + spot.cell.columns]
        width = right - left - 2 * self.padding
        align = self.aligns[spot.column]
        centred = spreads(spot.cell, spot.column, head=spot.role == self.head)
        measure = Measure(width, align="center" if centred or align == "decimal" else align, half_first=True)
        if align == "right" and not centred:
            measure = replace(measure, right=self._clearance(spot))
        if spot.point is not None:
            measure = Measure(width + 2 * self.padding, left=self._indent(spot, width), align="left")
        runs = self._unit_below(spot.runs, width) if spot.role == self.head else spot.runs
        return self.type.set(runs, spot.role, measure, x=left + self.padding)

    def _clearance(self, spot: Spot) -> float:
        """Room between a column set right and one set left next to it; only as much as the column can spare."""
        column, size = spot.column, self.type.theme.roles[self.cell].size
        wanted = CLEARANCE * size if self.aligns[column + 1 : column + 2] == ("left",) else self.padding
        return max(0.0, min(wanted, self.edges[column + 1] - self.edges[column] - self.natural[column]))

    def _unit_below(self, runs: list[Run], width: float) -> list[Run]:
        """A head that is too long for its column, broken before the unit in brackets: 吞吐量/（万吨）."""
        if len(runs) != 1 or "（" not in runs[0].text[1:] or self.type.natural(runs) <= width:
            return runs
        name, unit = runs[0].text.split("（", 1)
        broken = [replace(runs[0], text=f"{name}\n（{unit}")]
        return broken if self.type.natural([replace(runs[0], text=name)]) <= width else runs

    def _indent(self, spot: Spot, width: float) -> float:
        """Where a decimal cell begins, so that all points of the column stand below each other."""
        before, after = self.points[spot.column]
        return max(0.0, (width - before - after) / 2) + before - (spot.point or 0.0)

    # ------------------------------------------------------------ rules

    def _rule(self, y: float, width: float, colour: str = "") -> Rule:
        return Rule(self.x, y, self.x + self.width, y, width, colour or self.look.colour)

    def _ruled(self, head: list[Unit], body: list[Unit]) -> None:
        """Draw the rules into the rows: top, below the head, hairlines, foot (三线表)."""
        for units, cells, end in ((head, self.table.head, self.look.middle), (body, self.table.rows, self.look.bottom)):
            crossed = _crossed(self._grid(cells))
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
            for start, stop in _spans(free)
        ]


def _points(column: Sequence[Spot]) -> tuple[float, float]:
    """How much room the figures of a column take before and after their points."""
    lined = [(spot.point, spot.natural - spot.point) for spot in column if spot.point is not None]
    return max((before for before, _ in lined), default=0.0), max((after for _, after in lined), default=0.0)


def _widen(widths: list[float], over: range, wanted: float) -> None:
    """Give these columns, in equal parts, what they lack together."""
    lacking = max(0.0, wanted - sum(widths[index] for index in over))
    for index in over:
        widths[index] += lacking / len(over)


def _crossed(grid: Sequence[Sequence[Place]]) -> set[tuple[int, int]]:
    """Where (row, column) a cell goes on into the row below."""
    return {
        (row, column)
        for line in grid
        for place in line
        for row in range(place.row, place.row + place.cell.rows - 1)
        for column in range(place.column, place.column + place.cell.columns)
    }


def _spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of successive numbers."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
