"""A section as written: its blocks with their lines, slots not yet filled, headings not yet numbered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from report.content.nodes import Column
from report.templates.slots import Slot

Style = Literal["", "strong", "emphasis"]


@dataclass(frozen=True)
class Words:
    """A run of plain text; `line` is the line of the file, here and everywhere below."""

    text: str
    line: int
    style: Style = ""


@dataclass(frozen=True)
class Hole:
    """A slot waiting to be filled."""

    slot: Slot
    line: int
    style: Style = ""


@dataclass(frozen=True)
class Anchor:
    """A link to the web."""

    url: str
    text: str
    line: int


@dataclass(frozen=True)
class Cross:
    """A cross reference; `text` "" lets the target's number be printed."""

    target: str
    text: str
    line: int


@dataclass(frozen=True)
class Mark:
    """A footnote mark; `note` is the label that the file gives the note."""

    note: str
    line: int


Piece = Words | Hole | Anchor | Cross | Mark
Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Head:
    """A heading; `id` "" lets one be made; `numbered` False for 结语."""

    level: int
    id: str
    numbered: bool
    pieces: Pieces
    line: int


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


@dataclass(frozen=True)
class Tabled:
    """A table: rows of cells; `note` is the author's line under it."""

    id: str
    caption: Pieces
    columns: tuple[Column, ...]
    head: tuple[Pieces, ...]
    rows: tuple[tuple[Pieces, ...], ...]
    note: Pieces
    line: int


Chunk = Head | Para | Items | Quoted | Boxed | Pictured | Tabled


@dataclass(frozen=True)
class Prose:
    """A parsed section file: `notes` by the file's own labels."""

    file: str
    part: str
    title: str
    blocks: tuple[Chunk, ...]
    notes: dict[str, Pieces]


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
            return (block.caption, *block.head, *(cell for row in block.rows for cell in row), block.note)
        case Items() | Quoted():
            return ()
