"""The table behind a native chart: what stands in which cell, where the chart finds it, and the workbook itself."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from report.charts.native.plot import Plot, Point
from report.writers.docx.xml import printable

SHEET, EVIDENCE = "Sheet1", "出处"  # the sheets: what is drawn, and where it comes from
FIGURES = ("数值", "上限")  # columns of the evidence
WIDTH = 18  # of a column, in characters
SCATTER = ("系列", "时间", "位置（年）", "数值")
EPOCH = datetime.datetime(1980, 1, 1)  # a workbook says when it was made: always then


class Remainder(NamedTuple):
    """A cell that is what the cells `others` leave of `whole`: `value`, until someone edits them."""

    value: float
    whole: float
    others: tuple[str, ...]

    @property
    def formula(self) -> str:
        """The same for a spreadsheet."""
        return f"={number(self.whole)}-SUM({','.join(self.others)})"


Cell = str | float | Remainder | None
Rows = Sequence[Sequence[Cell]]


class Span(NamedTuple):
    """Cells of a column, rows from 1."""

    column: int
    first: int
    last: int

    @property
    def reference(self) -> str:
        """As a formula of a chart names them."""
        ends = [f"${letters(self.column)}${row}" for row in dict.fromkeys((self.first, self.last))]
        return f"{SHEET}!{':'.join(ends)}"


@dataclass(frozen=True)
class Source:
    """Where a series finds its name, its names of categories (or places on the axis) and its figures."""

    name: Span
    across: Span
    figures: Span


@dataclass(frozen=True)
class Table:
    """Rows of cells, heads first, and the sources of the series in order."""

    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[Source, ...]

    def cells(self, span: Span) -> list[Cell]:
        """What stands there."""
        return [self.rows[row - 1][span.column] for row in range(span.first, span.last + 1)]


def table_of(plot: Plot) -> Table:
    """The table of a chart: a row a category and a column a series; for a scatter plot a row a point."""
    return _scattered(plot) if plot.form == "scatter" else _crossed(plot)


def _crossed(plot: Plot) -> Table:
    names = len(plot.heads)
    rows: list[tuple[Cell, ...]] = [(*plot.heads, *(series.name for series in plot.series))]
    for place, category in enumerate(plot.categories):
        points = [series.points[place] for series in plot.series]
        heads = (plot.groups[place], category) if plot.groups else (category,)
        rows.append((*(head or None for head in heads), *_row(plot, points, len(rows) + 1)))
    last = len(rows)
    across = Span(names - 1, 2, last)
    places = range(names, names + len(plot.series))
    return Table(tuple(rows), tuple(Source(Span(n, 1, 1), across, Span(n, 2, last)) for n in places))


def _row(plot: Plot, points: list[Point], row: int) -> Iterator[Cell]:
    first = len(plot.heads)
    others = tuple(f"{letters(first + n)}{row}" for n, point in enumerate(points) if point.value is not None)
    for point in points:
        yield point.value if point.rest is None else Remainder(point.rest, plot.whole, others)


def _scattered(plot: Plot) -> Table:
    rows: list[tuple[Cell, ...]] = [SCATTER]
    sources = []
    for series in plot.series:
        first = len(rows) + 1
        rows += [
            (series.name, date, point.at, point.value) for date, point in zip(series.dates, series.points, strict=True)
        ]
        last = len(rows)
        sources.append(Source(Span(0, first, first), Span(2, first, last), Span(3, first, last)))
    return Table(tuple(rows), tuple(sources))


def evidence_rows(plot: Plot) -> Rows:
    """The evidence as cells, its figures as numbers."""
    head = plot.evidence[0] if plot.evidence else ()
    return [
        [float(cell) if row and cell and head[place] in FIGURES else cell or None for place, cell in enumerate(cells)]
        for row, cells in enumerate(plot.evidence)
    ]


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A … Z, AA …"""
    rest, last = divmod(column, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def number(value: float) -> str:
    """A number as XML writes it: shortest form that is exactly this one."""
    return str(int(value)) if value == int(value) else repr(value)


def workbook(table: Table, evidence: Rows = ()) -> bytes:
    """The table as .xlsx, and the evidence on a sheet of its own, which the chart does not read. Text is never taken
    for a formula or a link; the same tables give the same bytes."""
    import xlsxwriter  # type: ignore[import-untyped]  # a tenth of a second, which a report of pictures can save

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })  # fmt: skip
    book.set_properties({"created": EPOCH})
    head = book.add_format({"bold": True})
    for name, rows in {SHEET: table.rows, **({EVIDENCE: evidence} if evidence else {})}.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(rows[0]) - 1, WIDTH)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                _write(sheet, (row, column), cell, None if row else head)
    book.close()
    return out.getvalue()


def _write(sheet: Any, at: tuple[int, int], cell: Cell, look: object) -> None:
    match cell:
        case None:
            pass
        case str():
            sheet.write_string(*at, printable(cell), look)
        case Remainder():
            sheet.write_formula(*at, cell.formula, look, cell.value)
        case _:
            sheet.write_number(*at, cell, look)
