"""Walks a content tree: every block, every run of inlines, every inline, in reading order, notes last; and what its
contents list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from report.content.nodes import (
    Block,
    Box,
    Content,
    Contents,
    Figure,
    Heading,
    Inline,
    Inlines,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Table,
)  # fmt: skip

LISTED = ("body", "annex", "sources")  # parts whose headings, figures and tables stand in the contents


@dataclass(frozen=True)
class Entry:
    """A line of the contents: the block it leads to, its level (1 for figures and tables), the number before its
    title as printed (一、, 图1　), the title."""

    id: str
    level: int
    number: str
    title: str

    @property
    def text(self) -> str:
        """The words of the line, without the page."""
        return self.number + self.title


def blocks_of(content: Content) -> Iterator[Block]:
    """Every block, those inside lists, quotations and boxes after the one that holds them."""
    for part in content.parts:
        yield from deep(part.blocks)


def inlines_of(content: Content) -> Iterator[Inline]:
    """Every inline of blocks, captions, cells, source notes and footnotes."""
    for run in runs_of(content):
        yield from run


def runs_of(content: Content) -> Iterator[Inlines]:
    """The inlines of each paragraph, caption, cell, source note and footnote."""
    for block in blocks_of(content):
        yield from runs_in(block)
    for note in content.notes.values():
        yield note.inlines


def all_entries(content: Content) -> list[Entry]:
    """What all the contents of the report list, in their order."""
    wanted = [block for block in blocks_of(content) if isinstance(block, Contents)]
    return [entry for contents in wanted for entry in entries(content, contents)]


def entries(content: Content, contents: Contents, parts: tuple[str, ...] = LISTED) -> list[Entry]:
    """What the contents list of the parts: headings as deep as they ask, or numbered figures or tables."""
    blocks = deep(block for part in content.parts if part.role in parts for block in part.blocks)
    return [entry for block in blocks if (entry := _entry(block, content, contents))]


def _entry(block: Block, content: Content, contents: Contents) -> Entry | None:
    match contents.kind, block:
        case "headings", Heading(level=level) if level <= contents.levels:
            return Entry(block.id, level, block.number, plain(block.inlines))
        case ("figures", Figure() as found) | ("tables", Table() as found) if found.number:
            return Entry(found.id, 1, f"{content.labels[found.type]}{found.number}\u3000", plain(found.caption))
        case _:
            return None


def plain(inlines: Iterable[Inline]) -> str:
    """The words of a run, note marks left out."""
    return "".join(inline.text for inline in inlines if not isinstance(inline, NoteMark))


def deep(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those inside lists, quotations and boxes after the one that holds them."""
    for block in blocks:
        yield block
        match block:
            case ListBlock():
                yield from deep(inner for item in block.items for inner in item)
            case Quote() | Box():
                yield from deep(block.blocks)
            case _:
                pass


def runs_in(block: Block) -> Iterator[Inlines]:
    """The block's own inlines: of its text, caption, cells, notes, source note; none of the blocks inside it."""
    match block:
        case Heading() | Paragraph():
            yield block.inlines
        case Box():
            yield block.title
        case Figure():
            yield from (block.caption, block.source)
        case Table():
            yield block.caption
            yield from (cell.inlines for row in (*block.head, *block.rows) for cell in row)
            yield from block.notes
            yield block.source
        case ListBlock() | Quote() | Contents():
            return
        case _:
            assert_never(block)
