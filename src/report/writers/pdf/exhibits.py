"""Figures and tables as units for the page builder, with captions, notes and sources; each may move to a page's
head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from itertools import count, takewhile
from typing import Literal

from msgspec.structs import replace

from report.charts.drawing import Drawing
from report.content.nodes import Figure, Inline, Table
from report.content.walk import plain
from report.errors import ReportError
from report.theme.theme import Role
from report.writers.pdf.column import Column, line_units, text_units
from report.writers.pdf.lines import Measure
from report.writers.pdf.paper import Paper
from report.writers.pdf.pictures import placed
from report.writers.pdf.runs import Typesetter
from report.writers.pdf.tables import TableSetter
from report.writers.pdf.units import Unit, kept, sealed, spaced

LABELS = {"figure": "图", "table": "表"}  # where the content brings no words of its own
ALONE = 1.2  # lines of body text: a row higher than this may stand alone under its table's head
HALF = 0.55  # of the page: the highest table, or box with a figure, that is never cut
BESIDE = 5  # lines of body text: what a picture leaves room for on its page, for its heading or its notes
INSIDE = 0.45  # of the page: the highest picture in a box, quotation or list
LEAST = 0.35  # of the page: a picture is not made lower than this to make room for a long caption


class Exhibits:
    """Turns figures and tables into units, each with a group number of its own."""

    def __init__(self, typesetter: Typesetter, drawings: Mapping[str, Drawing]) -> None:
        self.type, self.drawings = typesetter, drawings
        self.theme, self.structure = typesetter.theme, typesetter.structure
        self.space = self.theme.roles["body"].leading / 4  # above and below
        self.numbers = count(1)

    def grouped(self, units: Sequence[Unit], turned: bool = False) -> list[Unit]:
        """The units as one group."""
        group = next(self.numbers)
        return [replace(unit, group=group, turned=turned) for unit in units]

    def low(self, units: Sequence[Unit], depth: float) -> bool:
        """Whether units are so low that they are kept whole."""
        return sum(unit.height for unit in units) < HALF * depth

    # ------------------------------------------------------------ figures

    def figure(self, block: Figure, column: Column) -> list[Unit]:
        """The picture, its caption and its source on one page, the picture as large as column and page allow."""
        if block.chart not in self.drawings:
            raise ReportError(f"图 {block.id}", f"没有图表 {block.chart}", "检查 charts.yaml 里的名字")
        drawing = self.drawings[block.chart]
        element = self.structure.element("Figure", column.element, alt=block.alt or drawing.alt)
        leaf = self.structure.plain(element)
        below = self._caption(block, column, self.structure.element("Caption", element))
        if block.source:
            below += self._source(block, column)
        depth, leading = self.type.paper.depth, self.theme.roles["body"].leading
        room = depth - BESIDE * leading - sum(unit.before + unit.height + unit.after for unit in below)
        room = max(min(room, depth if column.role == "body" else INSIDE * depth), LEAST * depth)
        width = min(column.width, drawing.width * room / drawing.height)
        x = column.x + (column.width - width) / 2
        picture = placed(drawing, (x, 0), width, leaf, self.type.library)
        units = [Unit(picture.height, (picture,), anchor=block.id, loose=True), *below]
        return self.grouped(kept(spaced(units, self.space, self.space)))

    # ------------------------------------------------------------ tables

    def table(self, block: Table, column: Column) -> list[Unit]:
        """Caption, rows, notes and source; on paper that lies across where the table asks for it."""
        turned = block.landscape and column.role == "body"
        paper = Paper.across(self.theme.page) if turned else self.type.paper
        with self.type.on(paper) if turned else nullcontext():
            if turned:
                column = replace(column, x=paper.left, width=paper.measure)
            units = self._table(block, column, paper.depth)
        return self.grouped(units, turned)

    def _table(self, block: Table, column: Column, depth: float) -> list[Unit]:
        element = self.structure.element("Table", column.element)
        caption: list[Unit] = []
        if block.caption or block.number:
            caption = self._caption(block, column, self.structure.element("Caption", element))
        again = self._again(block, column)
        rows = TableSetter(self.type, block, element, column.x, column.width).units(again)
        units = self._joined(caption, rows, self._below(block, column), depth)
        return [replace(units[0], anchor=block.id), *units[1:]]

    def _below(self, block: Table, column: Column) -> list[Unit]:
        """What stands under a table: its notes, then its source."""
        notes = [self._small(note, column, left=True) for note in block.notes]
        units = [unit for note in notes for unit in note]
        units += self._source(block, column) if block.source else []
        return spaced(units, self.space / 2, 0)

    def _again(self, block: Table, column: Column) -> list[Unit]:
        """The caption of a table that goes on overleaf, as an artifact: 续表1　题名 (CY/T 170—2019); a number
        of its own (附表1) is in the title."""
        title = plain(block.caption)
        if not title:
            return []
        label = f"续{self._label('table')}{block.number}　{title}" if block.number else f"续{title}"
        measure = Measure.of(self.theme.roles["caption-table"], column.width)
        text = self.type.set(self.type.label(label, "caption-table"), "caption-table", measure,
                             x=column.x, artifact="Layout")
        return text_units(self.type, text)

    def _joined(
        self, caption: list[Unit], rows: tuple[list[Unit], list[Unit]], below: list[Unit], depth: float
    ) -> list[Unit]:
        """Head, first rows and caption stay together, so do the last two rows and what stands under them; a
        table of less than half a page is not cut but to fill a hole."""
        head, body = rows
        start, end = self._opening(body), len(body) - 2
        units = kept([*caption, *head], keep_last=bool(body))
        units += [
            replace(unit, keep=unit.keep or index < start or (end <= index < len(body) - 1))
            for index, unit in enumerate(body[:-1])
        ]
        units += [replace(unit, keep=bool(below)) for unit in body[-1:]] + kept(below)
        if self.low(units, depth):
            units = sealed(units)
            units[0] = replace(units[0], loose=True)
        return spaced(units, self.space, self.space)

    def _opening(self, body: list[Unit]) -> int:
        """How many rows another is kept with below the head: the first, with those that a cell joins to it, or none
        where they are high enough alone."""
        joined = len(list(takewhile(lambda unit: unit.keep, body)))
        high = sum(unit.height for unit in body[: joined + 1]) > ALONE * self.theme.roles["body"].leading
        return joined + 1 - high

    # ------------------------------------------------------------ words around them

    def _caption(self, block: Figure | Table, column: Column, element: int) -> list[Unit]:
        """A caption: kind and number, an em, the title; no number where it is 0."""
        role: Role = "caption-figure" if isinstance(block, Figure) else "caption-table"
        label = f"{self._label(block.type)}{block.number}　" if block.number else ""
        runs = self.type.label(label, role, self.structure.plain(element)) if label else []
        return line_units(self.type, [*runs, *self.type.runs(block.caption, role, element)], role, column)

    def _label(self, kind: Literal["figure", "table"]) -> str:
        return self.type.content.labels.get(kind, LABELS[kind])

    def _source(self, block: Figure | Table, column: Column) -> list[Unit]:
        return self._small(block.source, column, left=isinstance(block, Table))

    def _small(self, inlines: Sequence[Inline], column: Column, left: bool) -> list[Unit]:
        """A source or note below: under a table from the left, under a figure as the theme has it where it is one
        line."""
        role: Role = "source-note"
        runs = self.type.runs(inlines, role, self.structure.element("P", column.element))
        measure = Measure.of(self.theme.roles[role], column.width)
        if measure.align == "center" and (left or self.type.natural(runs) > column.width):
            measure = replace(measure, align="justify")
        return text_units(self.type, self.type.set(runs, role, measure, x=column.x))
