"""Walks a content tree: every block, every run of inlines, every inline, in reading order, notes last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    Paragraph,
    Quote,
    Table,
)  # fmt: skip

LISTED = ("body", "annex", "sources")  # parts whose headings stand in the contents


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


def listed_headings(content: Content) -> list[Heading]:
    """The headings that the contents are to list; none where the report has no contents."""
    levels = max((block.levels for block in blocks_of(content) if isinstance(block, Contents)), default=0)
    blocks = (block for part in content.parts if part.role in LISTED for block in part.blocks)
    return [block for block in blocks if isinstance(block, Heading) and block.level <= levels]


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
    """The block's own inlines: of its text, caption, cells, source note; none of the blocks inside it."""
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
            yield block.source
        case ListBlock() | Quote() | Contents():
            return
        case _:
            assert_never(block)
