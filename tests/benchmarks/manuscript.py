"""The race's manuscript: the words and notes of a printed report, six charts and three tables, 20 pages or 200."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.content.nodes import (
    Block,
    Content,
    Contents,
    Figure,
    Heading,
    Inline,
    Link,
    Note,
    NoteMark,
    Paragraph,
    Part,
    Table,
    Text,
)
from report.sources.document import Block as Read
from report.sources.document import Document

ADDRESS = re.compile(r"https?://[^\s<>。，；]+")
FIGURES, TABLES = 6, 3


def manuscript(document: Document, model: Content, times: int) -> Content:
    """The document's body `times` over, with figures and tables of the model among its paragraphs."""
    pictures = list(_blocks(model, Figure))[:FIGURES]
    tables = [table for table in _blocks(model, Table) if table.number][:TABLES]
    body: list[Block] = []
    notes: dict[str, Note] = {}
    for round_ in range(times):
        body += _chapters(document, [*pictures, *tables], notes, round_)
    cover = next(part for part in model.parts if part.role == "cover")
    contents = Part(role="contents", blocks=(Contents(levels=2),))
    return Content(
        front=model.front, parts=(cover, contents, Part(role="body", blocks=tuple(body))), notes=notes,
        evidence={}, sources=(), labels=model.labels,
    )  # fmt: skip


def numbered(content: Content, number: int) -> Content:
    """The report with another title, and its number before every paragraph."""
    mark = Text(text=f"第{number}号：")
    parts = [
        part.changed({"blocks": tuple(
            block.changed({"inlines": (mark, *block.inlines)}) if isinstance(block, Paragraph) else block
            for block in part.blocks
        )})
        for part in content.parts
    ]  # fmt: skip
    front = content.front.changed({"title": f"{content.front.title}（{number}）"})
    return content.changed({"front": front, "parts": tuple(parts)})


def _blocks(model: Content, kind: type[Figure] | type[Table]) -> Iterator[Figure | Table]:
    for part in model.parts:
        yield from (block for block in part.blocks if isinstance(block, kind))


def _chapters(
    document: Document, displays: Sequence[Figure | Table], notes: dict[str, Note], round_: int
) -> Iterator[Block]:
    start = max(index for index, block in enumerate(document.blocks) if block.kind == "contents")
    read = [block for block in document.blocks[start + 1:] if block.kind in ("heading", "paragraph")]
    every = len(read) // (len(displays) + 1)
    left = list(displays)
    for index, block in enumerate(read):
        if block.kind == "heading":
            yield Heading(level=block.level, id=f"h{round_}-{index}", number="", inlines=(Text(text=block.text),))
            continue
        yield Paragraph(inlines=tuple(_inlines(document, block, notes, round_)))
        if left and index >= every * (len(displays) - len(left) + 1):
            yield _numbered(left.pop(0), round_, len(displays) - len(left))


def _numbered(display: Figure | Table, round_: int, number: int) -> Figure | Table:
    plain = tuple(inline for inline in display.source if inline.type != "note-mark")
    return display.changed({"id": f"d{round_}-{number}", "number": number + round_ * 9, "source": plain})


def _inlines(document: Document, block: Read, notes: dict[str, Note], round_: int) -> Iterator[Inline]:
    at = 0
    for (start, end), following in zip(block.spans, [*block.spans[1:], (block.spans[-1][1] + 3, 0)], strict=True):
        yield Text(text=block.text[at:at + end - start])
        at += end - start
        for index, note in enumerate(document.notes):
            if end <= note.mark_start < following[0]:
                notes[f"n{round_}-{index}"] = Note(inlines=tuple(_linked(note.text)))
                yield NoteMark(note=f"n{round_}-{index}")


def _linked(words: str) -> Iterator[Inline]:
    at = 0
    for found in ADDRESS.finditer(words := re.sub("[<>]", "", words)):
        yield Text(text=words[at:found.start()])
        yield Link(url=found[0], text=found[0])
        at = found.end()
    yield Text(text=words[at:])
