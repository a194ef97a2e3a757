"""What every finished file must say, from the content tree: each passage with the places of its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from report.content.nodes import (
    Block, Box, Content, Contents, Figure, Heading, Inline, Inlines, Link, ListBlock, NoteMark, Paragraph, Part,
    Quote, Ref, Table, Value,
)  # fmt: skip
from report.verify.passage import squeeze

Span = tuple[int, int]


@dataclass(frozen=True)
class Expected:
    """One passage, squeezed. `values` are the spans of its value nodes with their names, `exempt` those of text that
    may hold figures of its own: the number of a heading, caption or reference, a quotation of the annex, a link.
    `aloud` is False where a file may leave the number to its own list engine (`bare` is the text without it)."""

    kind: str
    text: str
    where: str
    values: tuple[tuple[int, int, str], ...] = ()
    exempt: tuple[Span, ...] = ()
    number: int = 0  # characters of a number that a list engine may print instead

    @property
    def bare(self) -> str:
        """The text without its number."""
        return self.text[self.number :]


class _Line:
    """Puts a passage together, keeping count of where its parts stand."""

    def __init__(self) -> None:
        self.text = ""
        self.values: list[tuple[int, int, str]] = []
        self.exempt: list[Span] = []

    def add(self, text: str, *, value: str = "", exempt: bool = False) -> None:
        start = len(self.text)
        self.text += squeeze(text)
        if value:
            self.values.append((start, len(self.text), value))
        elif exempt:
            self.exempt.append((start, len(self.text)))

    def inlines(self, inlines: Inlines, *, quoted: bool = False) -> None:
        for inline in inlines:
            self._inline(inline, quoted)

    def _inline(self, inline: Inline, quoted: bool) -> None:
        match inline:
            case Value():
                self.add(inline.text, value=inline.name)
            case NoteMark():
                pass
            case Link() | Ref():
                self.add(inline.text, exempt=True)
            case _:
                self.add(inline.text, exempt=quoted)

    def expected(self, kind: str, where: str, number: int = 0) -> Expected:
        return Expected(kind, self.text, where, tuple(self.values), tuple(self.exempt), number)


def expected_passages(content: Content) -> list[Expected]:
    """Every passage of the tree in reading order, notes last. Empty ones are left out."""
    found = [passage for part in content.parts for passage in _part(part, content)]
    found += [_passage("note", note.inlines, f"脚注 {name}") for name, note in content.notes.items()]
    return [passage for passage in found if passage.text]


def _part(part: Part, content: Content) -> Iterator[Expected]:
    where = part.role
    for block in part.blocks:
        if isinstance(block, Heading):
            where = _words(block.inlines)
        yield from _block(block, where, content)


def _block(block: Block, where: str, content: Content) -> Iterator[Expected]:
    match block:
        case Heading():
            yield _numbered("heading", block.number, block.inlines, where)
        case Paragraph():
            yield _paragraph(block, where)
        case ListBlock():
            yield from _blocks((inner for item in block.items for inner in item), where, content)
        case Quote():
            yield from _blocks(block.blocks, where, content)
        case Box():
            yield _passage("paragraph", block.title, where)
            yield from _blocks(block.blocks, where, content)
        case Figure():
            yield _caption(content.labels["figure"], block, where)
            yield _passage("source-note", block.source, where)
        case Table():
            yield from _table(block, where, content)
        case Contents():
            return
        case _:
            assert_never(block)


def _blocks(blocks: Iterable[Block], where: str, content: Content) -> Iterator[Expected]:
    for block in blocks:
        yield from _block(block, where, content)


def _table(block: Table, where: str, content: Content) -> Iterator[Expected]:
    if block.number:
        yield _caption(content.labels["table"], block, where)
    quoted = block.style == "annex"
    for row in (*block.head, *block.rows):
        for cell in row:
            yield _passage("cell", cell.inlines, where, quoted=quoted)
    yield _passage("source-note", block.source, where)


def _passage(kind: str, inlines: Inlines, where: str, *, quoted: bool = False) -> Expected:
    line = _Line()
    line.inlines(inlines, quoted=quoted)
    return line.expected(kind, where)


def _paragraph(block: Paragraph, where: str) -> Expected:
    """References and the cover's serial and date are names: exempt as a whole."""
    named = block.role in ("reference", "cover-serial", "cover-code", "cover-date")
    return _passage("reference" if block.role == "reference" else "paragraph", block.inlines, where, quoted=named)


def _numbered(kind: str, number: str, inlines: Inlines, where: str) -> Expected:
    line = _Line()
    line.add(number, exempt=True)
    count = len(line.text)
    line.inlines(inlines)
    return line.expected(kind, where, count)


def _caption(label: str, block: Figure | Table, where: str) -> Expected:
    return _numbered("caption", f"{label}{block.number}", block.caption, where)


def _words(inlines: Inlines) -> str:
    return "".join(inline.text for inline in inlines if not isinstance(inline, NoteMark))
