"""The words of a report where its author wrote them: runs of text with file and line, for the check of wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from report.charts.chart import Chart, plain, text_runs
from report.content.fill import tidy
from report.content.nodes import Content, Inline, Inlines, Link, NoteMark, Text, Value
from report.content.prose import (
    Anchor,
    Boxed,
    Chunk,
    Cross,
    Hole,
    Items,
    Mark,
    Pictured,
    Piece,
    Pieces,
    Prose,
    Quoted,
    Tabled,
    runs,
)
from report.content.wording import BLANK, Run, make_run, plain_run
from report.templates.models import ReportTemplate


def own_runs(template: ReportTemplate, content: Content) -> Iterator[Run]:
    """The words of report.yaml and strings.yaml that are printed."""
    front, strings = content.front, template.strings
    for key, text in (("title", front.title), ("subtitle", front.subtitle), ("statement", front.statement)):
        yield plain_run(template.places.where(key), text)
    for name, text in strings.labels.items():
        yield plain_run(template.words.where("labels", name), text)
    for index, text in enumerate(strings.series_page.paragraphs):
        yield plain_run(template.words.where("series_page", "paragraphs", index), text)
    yield plain_run(template.words.where("closing", "statement"), strings.closing.statement)


def chart_runs(template: ReportTemplate, charts: Mapping[str, Chart]) -> Iterator[Run]:
    """The words of charts, all of which have their sources beside them."""
    for name, chart in charts.items():
        for label in text_runs(chart):
            text = plain(label)
            yield replace(plain_run(template.where[name], text), marks=tuple(range(1, len(text) + 1)))


@dataclass(frozen=True)
class SectionRuns:
    """The runs of a section; `printed` is what each of its slots became."""

    prose: Prose
    content: Content
    printed: Sequence[Inlines]

    def all(self) -> Iterator[Run]:
        """Every run, each with the notes that hang on it behind it; of a quotation only the notes."""
        yield from self._blocks(self.prose.blocks)

    def _blocks(self, blocks: Iterable[Chunk], quoted: bool = False) -> Iterator[Run]:
        for block in blocks:
            noted = isinstance(block, Pictured | Tabled)
            for pieces in runs(block):
                if not quoted:
                    yield self._run(pieces, noted)
                yield from self._notes(pieces)
            match block:
                case Items():
                    for item in block.items:
                        yield from self._blocks(item, quoted)
                case Quoted() | Boxed():
                    yield from self._blocks(block.blocks, quoted or isinstance(block, Quoted))
                case _:
                    pass

    def _notes(self, pieces: Pieces) -> Iterator[Run]:
        for piece in pieces:
            if isinstance(piece, Mark):
                yield self._run(self.prose.notes.get(piece.note, ()), True)

    def _run(self, pieces: Pieces, noted: bool) -> Run:
        inlines = tidy(inline for piece in pieces for inline in self._inlines(piece))
        lines: dict[str, str] = {}
        for piece in pieces:
            place = f"{self.prose.file}:{piece.line}"
            lines[place] = lines.get(place, "") + "".join(getattr(one, "text", "") for one in self._inlines(piece))
        where = next(iter(lines), f"{self.prose.file}:1")
        return replace(make_run(where, inlines, self.content, noted), lines=tuple(lines.items()))

    def _filled(self, hole: Hole) -> Iterator[Inline]:
        """What a slot became; a number of documents is a value without evidence."""
        known = self.content.evidence
        printed = self.printed[hole.index] if hole.index < len(self.printed) else ()
        for one in printed or (Text(text=BLANK),):  # one that could not be filled is a word all the same
            yield Text(text=one.text) if isinstance(one, Value) and one.name not in known else one

    def _inlines(self, piece: Piece) -> Iterable[Inline]:
        match piece:
            case Hole():
                return self._filled(piece)
            case Anchor():
                return [Link(url=piece.url, text=piece.text)]
            case Cross():
                return [Text(text=piece.text)]
            case Mark():
                return [NoteMark(note=piece.note)]
            case _:
                return [Text(text=piece.text, style=piece.style)]
