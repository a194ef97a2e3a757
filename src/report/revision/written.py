"""What was written: the units of a report in the order of its Word file (paragraphs, cells, captions), each with the
place of the section that it came from, or why it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from report.content.labels import counted
from report.content.markdown import as_printed
from report.content.nodes import (
    Block,
    Box,
    Content,
    Contents,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    NoteMark,
    Origin,
    Paragraph,
    Part,
    PartRole,
    Quote,
    Table,
    Value,
)
from report.content.prose import Boxed, Celled, Chunk, Head, Items, Para, Pictured, Pieces, Prose, Quoted, Tabled
from report.content.walk import plain
from report.revision.atoms import Atom, alike, visible, words
from report.revision.runs import Group, Run, Runs, note_name
from report.templates.models import Section

HINTS: dict[PartRole, str] = {
    "cover": "封面由 report.yaml 生成：改 title、serial、date、issuer、author 等",
    "series": "系列页由系列的 strings.yaml 生成：改 series_page，或在 sections/ 里写 part: series 的一节",
    "abstract": "标题由 strings.yaml 或这一节文件头的 title 生成",
    "contents": "目录由标题生成：改正文的标题",
    "body": "资料来源一行由数据生成",
    "annex": "附录由数据生成：改 values.yaml 或 seeds/corrections.yaml",
    "sources": "参考文献由 seeds/catalogue.yaml 的著录生成",
    "closing": "封底由 strings.yaml 的 closing 生成",
}

VARIES = "在 when、for-each 里，印什么由数据定：直接改这里"
_LABELS = {"figure": "图", "table": "表"}


@dataclass(frozen=True)
class Spot:
    """Where a unit stands: the section's file, the chunk whose own words it holds, and the outermost chunk around it;
    `within` are the kinds of the chunks between (list, quote, box)."""

    file: str
    chunk: Chunk
    top: Chunk
    within: tuple[Chunk, ...] = ()


@dataclass(frozen=True)
class Varied:
    """Where what depends on the data is written: the section's file, the line of the block itself, the first and last
    line of the outermost `when` or `for-each` around it."""

    file: str
    line: int
    first: int
    last: int


@dataclass(frozen=True)
class Unit:
    """One paragraph of the Word file as it was written. `kind`: heading-1…3, para, item, quote, box, box-title,
    picture, caption, note-under, source, cell, table. `before` is what may be printed before its words (number, 图1);
    a unit without `spot` was generated and `hint` says from what; one that stands where the data decide is `varied`.
    `rows` are a table's cells."""

    kind: str
    run: Run
    part: PartRole
    spot: Spot | None = None
    before: str = ""
    hint: str = ""
    ident: str = ""
    rows: tuple[tuple[Unit, ...], ...] = ()
    name: str = ""
    varied: Varied | None = None

    @property
    def cells(self) -> list[Unit]:
        """The cells of a table, row by row; none of anything else."""
        return [cell for row in self.rows for cell in row]


@dataclass
class WrittenNote:
    """A note: its run, the section and label it is written under ("" for one that the press made, or that stands where
    the data decide)."""

    run: Run
    file: str = ""
    label: str = ""
    line: int = 0
    varied: Varied | None = None


@dataclass
class Written:
    """All that was written: units in order, notes by name, sections by file."""

    units: list[Unit] = field(default_factory=list)
    notes: dict[str, WrittenNote] = field(default_factory=dict)
    proses: dict[str, Prose] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)


def read_written(content: Content) -> Written:
    """The units of a content that holds its sections."""
    written = Written()
    for origin in content.sections:
        section = Section(file=origin.file, part=origin.part, title=origin.title, text=origin.text,
                          first_line=origin.first_line)  # fmt: skip
        written.proses[origin.file] = as_printed(section, origin.answers)
        written.origins[origin.file] = origin
    reader = _Reader(content, written)
    for part in content.parts:
        reader.part(part)
    for name, note in content.notes.items():
        if name not in reader.told:
            written.notes[name] = WrittenNote(_plain_run(note.inlines), varied=reader.marked.get(name))
    return written


def _plain_run(inlines: Inlines) -> Run:
    """A run that no section holds."""
    atoms: list[Atom] = []
    groups: dict[int, Group] = {}
    for inline in inlines:
        if isinstance(inline, NoteMark):
            atoms.append(Atom("note", "", name=inline.note))
        elif isinstance(inline, Value):
            groups[len(groups) + 1] = Group("value", "", inline.name)
            atoms.append(Atom("value", inline.text, name=inline.name, group=len(groups)))
        else:
            atoms += [Atom("char", char, getattr(inline, "style", "")) for char in inline.text]
    return Run.of(atoms, groups)


@dataclass
class _Reader:
    content: Content
    written: Written
    told: set[str] = field(default_factory=set)  # notes of sections
    role: PartRole = "body"
    varied: Varied | None = None  # where what is read now is written, if the data decide whether it stands
    marked: dict[str, Varied] = field(default_factory=dict)  # notes whose marks stand in such a place

    def part(self, part: Part) -> None:
        """The units of a part: of its sections first, then what the press made."""
        self.role = part.role
        chunks = [
            (chunk, prose.file) for prose in self.written.proses.values() if prose.part == part.role
            for chunk in prose.blocks
        ]  # fmt: skip
        for block, found in _paired(part.blocks, chunks):
            if found is None:
                self._generated(block)
            else:
                chunk, file = found
                self._block(block, Spot(file, chunk, chunk))

    def _add(self, kind: str, run: Run, spot: Spot | None = None, **more: object) -> None:
        unit = Unit(kind, run, self.role, spot, varied=self.varied, **more)  # type: ignore[arg-type]
        self.written.units.append(unit)
        if self.varied:
            marks = [atom.name for one in (unit, *unit.cells) for atom in one.run.atoms if atom.kind == "note"]
            self.marked |= dict.fromkeys(marks, self.varied)

    # ------------------------------------------------------------ of the sections

    def _run(self, pieces: Pieces, inlines: Inlines, file: str) -> Run:
        runs = Runs.of(self.written.origins[file])
        run = _checked(runs.run(pieces, inlines), inlines)
        prose = self.written.proses[file]
        for label, name in run.marks.items():
            note = prose.notes[label]
            self.told.add(name)
            told = self.content.notes[name].inlines
            read = _checked(runs.note(note, told), told)
            self.written.notes[note_name(file, label)] = WrittenNote(read, file, label, note[0].line if note else 0)
        return run

    def _block(self, block: Block, spot: Spot) -> None:
        span = self.written.proses[spot.file].span(spot.chunk.line)
        if span:
            self.varied = Varied(spot.file, spot.chunk.line, *span)
            self._generated(block)
            self.varied = None
            return
        match block, spot.chunk:
            case Heading(), Head() as head:
                run = self._run(head.pieces, block.inlines, spot.file)
                self._add(f"heading-{block.level}", run, spot, before=block.number, ident=block.id)
            case Paragraph(), Para() as para:
                self._add(_kind(spot), self._run(para.pieces, block.inlines, spot.file), spot)
            case ListBlock(), Items() as items:
                for inner, item in zip(block.items, items.items, strict=True):
                    self._inside(inner, item, spot)
            case Quote(), Quoted() as quoted:
                self._inside(block.blocks, quoted.blocks, spot)
            case Box(), Boxed() as boxed:
                self._add("box-title", self._run(boxed.title, block.title, spot.file), spot)
                self._inside(block.blocks, boxed.blocks, spot)
            case Figure(), Pictured() as pictured:
                self._figure(block, pictured, spot)
            case Table(), Tabled() as tabled:
                self._table(block, tabled, spot)
            case _:
                raise ValueError(f"{spot.file}:{spot.chunk.line}: {block.type}")

    def _inside(self, blocks: Sequence[Block], chunks: Sequence[Chunk], spot: Spot) -> None:
        for block, chunk in zip(blocks, chunks, strict=True):
            self._block(block, Spot(spot.file, chunk, spot.top, (*spot.within, spot.chunk)))

    def _figure(self, block: Figure, chunk: Pictured, spot: Spot) -> None:
        self._add("picture", Run((), {}), spot, name=block.chart, ident=block.id)
        run = self._run(chunk.caption, block.caption, spot.file)
        self._add("caption", run, spot, before=self._label(block), ident=block.id)
        if block.source:
            self._add("source", _plain_run(block.source), hint="图下的资料来源由数据生成")

    def _table(self, block: Table, chunk: Tabled, spot: Spot) -> None:
        run = self._run(chunk.caption, block.caption, spot.file)
        self._add("caption", run, spot, before=self._label(block), ident=block.id)
        rows = tuple(
            tuple(self._cell(made.inlines, cell, spot) for made, cell in zip(ours, theirs, strict=True))
            for ours, theirs in zip((*block.head, *block.rows), (*chunk.head, *chunk.rows), strict=True)
        )
        self._add("table", Run((), {}), spot, rows=rows, ident=block.id)
        for note, pieces in zip(block.notes, chunk.notes, strict=True):
            para = Para(pieces, pieces[0].line)
            self._add("note-under", self._run(pieces, note, spot.file), Spot(spot.file, para, spot.top, (spot.chunk,)))
        if block.source:
            self._add("source", _plain_run(block.source), hint="表下的资料来源由数据生成")

    def _cell(self, inlines: Inlines, cell: Celled, spot: Spot) -> Unit:
        return Unit("cell", self._run(cell.pieces, inlines, spot.file), self.role, spot)

    # ------------------------------------------------------------ of the press

    @property
    def hint(self) -> str:
        """Where to change what is generated."""
        return VARIES if self.varied else HINTS[self.role]

    def _generated(self, block: Block) -> None:
        match block:
            case Heading():
                kind = f"heading-{block.level}"
                self._add(kind, _plain_run(block.inlines), before=block.number, hint=self.hint, ident=block.id)
            case Paragraph():
                self._add("para", _plain_run(block.inlines), hint=self.hint)
            case ListBlock():
                for inner in (inner for item in block.items for inner in item):
                    self._generated(inner)
            case Quote() | Box():
                if isinstance(block, Box):
                    self._add("box-title", _plain_run(block.title), hint=self.hint)
                for inner in block.blocks:
                    self._generated(inner)
            case Figure():
                self._add("picture", Run((), {}), hint=self.hint, name=block.chart, ident=block.id)
                self._captioned(block)
                if block.source:
                    self._add("source", _plain_run(block.source), hint=self.hint)
            case Table():
                self._generated_table(block)
            case Contents():
                return

    def _captioned(self, block: Figure | Table) -> None:
        label, number, title = counted(block.caption) if not block.number else ("", 0, block.caption)
        before = f"{label}{number}" if number else self._label(block)
        self._add("caption", _plain_run(title), before=before, hint=self.hint, ident=block.id)

    def _label(self, block: Figure | Table) -> str:
        """What is printed before a caption: 图1."""
        return f"{self.content.labels.get(block.type, _LABELS[block.type])}{block.number}" if block.number else ""

    def _generated_table(self, block: Table) -> None:
        rows = tuple(
            tuple(Unit("cell", _plain_run(cell.inlines), self.role, hint=self.hint, varied=self.varied) for cell in row)
            for row in (*block.head, *block.rows)
        )
        if block.caption or block.number:
            self._captioned(block)
        self._add("table", Run((), {}), hint=self.hint, rows=rows, ident=block.id)
        for inlines in (*block.notes, block.source):
            if inlines:
                self._add("source", _plain_run(inlines), hint=self.hint)


def _checked(run: Run, inlines: Inlines) -> Run:
    """A run that says what the content prints. ValueError where it does not: then the two do not belong together."""
    if alike(words(atom for atom in visible(run.atoms) if atom.kind != "page")) != alike(plain(inlines)):
        raise ValueError(words(run.atoms))
    return run


def _kind(spot: Spot) -> str:
    """What a paragraph is by what it stands in."""
    for outer in reversed(spot.within):
        match outer:
            case Items() as items:
                return "item" if any(item and item[0] is spot.chunk for item in items.items) else "item-more"
            case Quoted():
                return "quote"
            case Boxed():
                return "box"
            case _:
                continue
    return "para"


def _paired(
    blocks: Sequence[Block], chunks: Sequence[tuple[Chunk, str]]
) -> Iterator[tuple[Block, tuple[Chunk, str] | None]]:
    """Each block with the chunk it was made of, None for what the press made. The Word file may have moved figures and
    tables on, but never past each other; headings that the press makes stand first, its other blocks last."""
    fixed = [found for found in chunks if not _moves(found[0])]
    moving = [found for found in chunks if _moves(found[0])]
    own = next((i for i, block in enumerate(blocks) if not _is_made(block, fixed[:1])), len(blocks))
    for index, block in enumerate(blocks):
        queue = moving if isinstance(block, Figure | Table) and block.number else fixed
        yield block, queue.pop(0) if queue and index >= own else None


def _moves(chunk: Chunk) -> bool:
    return isinstance(chunk, Pictured | Tabled)


def _is_made(block: Block, first: Sequence[tuple[Chunk, str]]) -> bool:
    """Whether a block at the head of a part is the press's: a heading of its own, or where the sections have none."""
    if not isinstance(block, Heading):
        return False
    return block.id in ("abstract", "annex") or not (first and isinstance(first[0][0], Head))
