"""A section as written: its blocks with their lines, slots not yet filled, headings not yet numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from report.content.nodes import Column, TextStyle
from report.templates.slots import Slot


@dataclass(frozen=True)
class Words:
    """A run of plain text; `line` is the line of the file, here and everywhere below."""

    text: str
    line: int
    style: TextStyle = ""


@dataclass(frozen=True)
class Hole:
    """A slot waiting to be filled; `index` counts the slots of the file."""

    slot: Slot
    line: int
    style: TextStyle = ""
    index: int = 0


@dataclass(frozen=True)
class Anchor:
    """A link to the web."""

    url: str
    text: str
    line: int


@dataclass(frozen=True)
class Cross:
    """A cross reference; `text` "" lets the target's number be printed; `page`: refers to the page, `text` with a #
    where the number stands."""

    target: str
    text: str
    line: int
    page: bool = False


@dataclass(frozen=True)
class Mark:
    """A footnote mark; `note` is the label that the file gives the note."""

    note: str
    line: int


Piece = Words | Hole | Anchor | Cross | Mark
Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Head:
    """A heading; `id` "" lets one be made; `numbered` False for 结语; `of` are the names that it was made for, where it
    stands once for each of several (here and below)."""

    level: int
    id: str
    numbered: bool
    pieces: Pieces
    line: int
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Para:
    """A paragraph."""

    pieces: Pieces
    line: int


@dataclass(frozen=True)
class Items:
    """A list."""

    ordered: bool
    items: tuple[tuple[Chunk, ...], ...]
    line: int


@dataclass(frozen=True)
class Quoted:
    """A quotation set apart."""

    blocks: tuple[Chunk, ...]
    line: int


@dataclass(frozen=True)
class Boxed:
    """A box with its title."""

    title: Pieces
    blocks: tuple[Chunk, ...]
    line: int


@dataclass(frozen=True)
class Pictured:
    """The place of a chart."""

    chart: str
    caption: Pieces
    line: int
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Celled:
    """A cell of a table; spans count columns and rows."""

    pieces: Pieces
    line: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Tabled:
    """A table: rows of cells; `notes` are the author's paragraphs under it, `sources` the documents that its words
    come from (beginnings of ids), beside those of its values."""

    id: str
    caption: Pieces
    columns: tuple[Column, ...]
    head: tuple[tuple[Celled, ...], ...]
    rows: tuple[tuple[Celled, ...], ...]
    notes: tuple[Pieces, ...]
    line: int
    landscape: bool = False
    sources: tuple[str, ...] = ()
    of: tuple[str, ...] = ()


Chunk = Head | Para | Items | Quoted | Boxed | Pictured | Tabled


@dataclass(frozen=True)
class Prose:
    """A parsed section file: `notes` by the file's own labels; `asked` the values that it names where the data decide
    which of its blocks stand in the report, None where none does; `answers` and `spans` are what they came to, and the
    lines that depend on them (see `varying.Varying`)."""

    file: str
    part: str
    title: str
    blocks: tuple[Chunk, ...]
    notes: dict[str, Pieces]
    asked: frozenset[str] | None = None
    answers: tuple[bool, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()

    def span(self, line: int) -> tuple[int, int] | None:
        """The lines of the outermost block around a line that stands or not, or several times, as the data decide."""
        return min((span for span in self.spans if span[0] <= line <= span[1]), default=None)


Place = tuple[str, int, tuple[str, ...]]


def place_of(block: Head | Pictured | Tabled, prose: Prose) -> Place:
    """What tells a block from all others: file, line, and the names that it was made for."""
    return prose.file, block.line, block.of


def walk(blocks: Iterable[Chunk]) -> Iterator[Chunk]:
    """Every block, the outer before the inner, in the order of reading."""
    for block in blocks:
        yield block
        match block:
            case Items():
                for item in block.items:
                    yield from walk(item)
            case Quoted() | Boxed():
                yield from walk(block.blocks)
            case _:
                pass


def runs(block: Chunk) -> tuple[Pieces, ...]:
    """The runs of text that stand in a block itself, not in the blocks inside it."""
    match block:
        case Head() | Para():
            return (block.pieces,)
        case Boxed():
            return (block.title,)
        case Pictured():
            return (block.caption,)
        case Tabled():
            cells = (cell.pieces for row in (*block.head, *block.rows) for cell in row)
            return (block.caption, *cells, *block.notes)
        case Items() | Quoted():
            return ()
