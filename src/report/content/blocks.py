"""Turns a section's blocks into nodes of the content tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from report.charts.chart import Chart
from report.content.citations import source_line
from report.content.fill import Filler, ended, led_in, tidy
from report.content.nodes import (
    Block,
    Box,
    Cell,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Text,
)
from report.content.numbering import Numbering
from report.content.prose import (
    Boxed,
    Celled,
    Chunk,
    Head,
    Hole,
    Items,
    Para,
    Pictured,
    Pieces,
    Prose,
    Quoted,
    Tabled,
    place_of,
    runs,
)
from report.errors import ReportError
from report.names import did_you_mean, look_up


@dataclass(frozen=True)
class Builder:
    """Builds the blocks of all sections: `filler` fills their text and keeps their mistakes."""

    filler: Filler
    numbering: Numbering
    charts: Mapping[str, Chart]
    labels: Mapping[str, str]

    def build(self, prose: Prose) -> tuple[Block, ...]:
        """The nodes of one section."""
        return self._blocks(prose.blocks, prose)

    def _blocks(self, chunks: Iterable[Chunk], prose: Prose, role: str = "body") -> tuple[Block, ...]:
        """Nodes; `role` is that of the paragraphs among them."""
        return tuple(block for chunk in chunks for block in self._block(chunk, prose, role))

    def _block(self, chunk: Chunk, prose: Prose, role: str) -> list[Block]:
        match chunk:
            case Head():
                return [self._heading(chunk, prose)]
            case Para():
                return [Paragraph(role=role, inlines=self.filler.fill(chunk.pieces, prose.file, prose.notes))]
            case Items():
                inner = "list" if role == "body" else role
                items = tuple(self._blocks(item, prose, inner) for item in chunk.items)
                return [ListBlock(ordered=chunk.ordered, items=items)]
            case Quoted():
                return [Quote(blocks=self._blocks(chunk.blocks, prose, "quote"))]
            case Boxed():
                title = self._title(chunk.title, prose)
                return [Box(title=title, blocks=self._blocks(chunk.blocks, prose, "box-body"))]
            case Pictured():
                return self._figure(chunk, prose)
            case Tabled():
                return [self._table(chunk, prose)]

    def _heading(self, head: Head, prose: Prose) -> Heading:
        number, ident = self.numbering.heads[place_of(head, prose)]
        if head.level == 1:
            self.filler.chapter = self.numbering.refs[ident] if number else ""
        inlines = self.filler.fill(head.pieces, prose.file)
        return Heading(level=head.level, id=ident, number=number, inlines=inlines)

    def _figure(self, block: Pictured, prose: Prose) -> list[Block]:
        where = f"{prose.file}:{block.line}"
        hint = did_you_mean(block.chart, self.charts, "在 charts.yaml 里定义它")
        try:
            chart = look_up(
                self.charts, block.chart, where, lambda: ReportError(where, f"没有图“{block.chart}”", hint)
            )
        except ReportError as error:
            self.filler.issues += error.issues
            return []
        line = source_line(chart.values, self.filler.ledger, self.labels["source"])
        self.filler.note_chart(chart)
        disputes = self.filler.disputes(chart.values, prose.file, prose.notes)
        number = self.numbering.figures[place_of(block, prose)]
        return [
            Figure(
                id=block.chart,
                number=number,
                chart=block.chart,
                caption=self._title(block.caption, prose),
                source=source_note(line, disputes),
                alt=chart.alt,
            )
        ]

    def _table(self, block: Tabled, prose: Prose) -> Table:
        holes = [piece for run in runs(block) for piece in run if isinstance(piece, Hole)]
        known = [name for hole in holes for name in hole.slot.values if name in self.filler.ledger.values]
        number = self.numbering.tables[place_of(block, prose)]
        line = source_line(known, self.filler.ledger, self.labels["source"], self._documents(block, prose))
        disputes = self.filler.disputes(known, prose.file, prose.notes)
        return Table(
            id=block.id or f"table-{number}",
            number=number,
            caption=self._title(block.caption, prose),
            columns=block.columns,
            head=tuple(self._row(row, prose) for row in block.head),
            rows=tuple(self._row(row, prose) for row in block.rows),
            notes=tuple(ended(self._title(led_in(note), prose)) for note in block.notes),
            source=source_note(line, disputes),
            landscape=block.landscape,
        )

    def _documents(self, block: Tabled, prose: Prose) -> list[str]:
        """The documents that a table names for its words; one that there is not is told."""
        found = []
        for prefix in block.sources:
            try:
                found.append(self.filler.ledger.document(prefix, f"{prose.file}:{block.line}"))
            except ReportError as error:
                self.filler.issues += error.issues
        return found

    def _row(self, cells: Iterable[Celled], prose: Prose) -> tuple[Cell, ...]:
        return tuple(
            Cell(inlines=self._title(cell.pieces, prose), columns=cell.columns, rows=cell.rows) for cell in cells
        )

    def _title(self, pieces: Pieces, prose: Prose) -> Inlines:
        """A caption, a cell, a box's title: may bear the author's notes, but none that the press makes."""
        return self.filler.fill(pieces, prose.file, prose.notes, warn=False)


def source_note(line: str, disputes: Inlines) -> Inlines:
    """The source line, then where the sources are at odds."""
    return tidy([Text(text=line), *disputes]) if line else ()
