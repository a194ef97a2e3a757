"""What every finished file must say, from the content tree: each passage with the places of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from report.content.labels import SOMEWHERE
from report.content.nodes import (
    Block,
    Box,
    Content,
    Contents,
    Direction,
    Figure,
    Heading,
    Inline,
    Inlines,
    Link,
    ListBlock,
    NoteMark,
    PageRef,
    Paragraph,
    Part,
    Quote,
    Ref,
    Table,
    Text,
    Value,
)  # fmt: skip
from report.content.walk import plain
from report.observations.figures import figures_in
from report.verify.passage import squeeze

Span = tuple[int, int]
PassageKind = Literal["heading", "paragraph", "caption", "source-note", "cell", "note"]
Pages = Mapping[str, str] | None  # the page of each block by its id; None for a file without pages
BLANK = "\ufffc"
SIGNS = "－＋÷比、"
QUOTATION = re.compile("“[^”]*”")
TITLES = ("cover-title", "cover-subtitle")  # a year in the report's own title is part of its name
POSITION = re.compile("第[0-9]+(?:[、—至][0-9]+)*[章节条段句行页字]")  # where the annex finds a thing: 第3段第2句
NAMES = ("reference", "cover-serial", "cover-code", "cover-date")  # roles of paragraphs that are names as a whole


@dataclass(frozen=True)
class Expected:
    """One passage, squeezed. `values` are the spans of its value nodes and of the words of direction that the data
    chose, `exempt` those of text that may hold figures
    of its own: the number of a heading, caption or reference, a quotation of the annex, a bare address.
    `number` counts the characters of a number that a file may leave to its own list engine."""

    kind: PassageKind
    text: str
    where: str
    values: tuple[Span, ...] = ()
    exempt: tuple[Span, ...] = ()
    number: int = 0

    @property
    def bare(self) -> str:
        """The text without its number."""
        return self.text[self.number :]

    @property
    def neutral(self) -> str:
        """The text with a mark that is no letter and no digit in place of every exempt character."""
        text = self.text
        for start, end in self.exempt:
            text = text[:start] + BLANK * (end - start) + text[end:]
        return text


class _Line:
    """Puts a passage together, keeping count of where its parts stand."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.text = ""
        self.values: list[Span] = []
        self.exempt: list[Span] = []

    def add(self, text: str, *, value: bool = False, exempt: bool = False) -> None:
        start = len(self.text)
        self.text += squeeze(text)
        if value:
            self.values.append((start, len(self.text)))
        elif exempt:
            self.exempt.append((start, len(self.text)))

    def inlines(self, inlines: Inlines) -> None:
        for inline in inlines:
            self.inline(inline)

    def inline(self, inline: Inline, *, exempt: bool = False) -> None:
        match inline:
            case Value() | Direction():
                self.add(inline.text, value=True)
            case NoteMark():
                pass
            case Link():
                self.add(inline.text, exempt=inline.text == inline.url)
            case Ref():
                self.add(inline.text, exempt=True)
            case PageRef():
                self.add(self._page(inline), exempt=True)
            case _:
                self.add(inline.text, exempt=exempt)

    def _page(self, inline: PageRef) -> str:
        """第12页; where there are no pages, what the target is called."""
        if self.pages is None:
            return inline.label or SOMEWHERE
        return f"{inline.before}{self.pages.get(inline.target, '')}{inline.after}"

    def quotations(self) -> None:
        """Exempts what stands between quotation marks, and places told instead of a quotation."""
        self.exempt += [match.span() for pattern in (QUOTATION, POSITION) for match in pattern.finditer(self.text)]

    def expected(self, kind: PassageKind, where: str, number: int = 0) -> Expected:
        return Expected(kind, self.text, where, tuple(self.values), tuple(self.exempt), number)


def expected_passages(content: Content, pages: Pages) -> list[Expected]:
    """Every passage of the tree in reading order, notes last. Empty ones are left out."""
    expecting = _Expecting(content, pages)
    found = [passage for part in content.parts for passage in expecting.part(part)]
    found += [expecting.passage("note", note.inlines, f"脚注 {name}") for name, note in content.notes.items()]
    return [passage for passage in found if passage.text]


@dataclass(frozen=True)
class _Expecting:
    """Makes passages of the blocks of one content tree for a file with these pages."""

    content: Content
    pages: Pages

    def part(self, part: Part) -> Iterator[Expected]:
        """The passages of a part."""
        where: str = part.role
        for block in part.blocks:
            if isinstance(block, Heading):
                where = plain(block.inlines)
            yield from self._block(block, where)

    def _block(self, block: Block, where: str) -> Iterator[Expected]:
        match block:
            case Heading():
                yield self._numbered("heading", block.number, block.inlines, where)
            case Paragraph():
                yield self._paragraph(block, where)
            case ListBlock():
                yield from self._blocks((inner for item in block.items for inner in item), where)
            case Quote():
                yield from self._blocks(block.blocks, where)
            case Box():
                yield self.passage("paragraph", block.title, where)
                yield from self._blocks(block.blocks, where)
            case Figure():
                yield self._caption(block, where)
                yield self.passage("source-note", block.source, where)
            case Table():
                yield from self._table(block, where)
            case Contents():
                return
            case _:
                assert_never(block)

    def _blocks(self, blocks: Iterable[Block], where: str) -> Iterator[Expected]:
        for block in blocks:
            yield from self._block(block, where)

    def _table(self, block: Table, where: str) -> Iterator[Expected]:
        if block.number or block.caption:
            yield self._caption(block, where)
        annex = block.style == "annex"
        names = {squeeze(evidence.label) for evidence in self.content.evidence.values()} if annex else set()
        for row in (*block.head, *block.rows):
            for cell in row:
                yield self._cell(cell.inlines, where, names)
        for note in block.notes:
            yield self.passage("source-note", note, where)
        yield self.passage("source-note", block.source, where)

    def _cell(self, inlines: Inlines, where: str, names: Set[str]) -> Expected:
        """A cell; in the annex (`names`: the labels of values) quotations, places and names of values are exempt."""
        line = _Line(self.pages)
        for inline in inlines:
            line.inline(inline, exempt=_is_name(inline, names))
        if names:
            line.quotations()
        return line.expected("cell", where)

    def passage(self, kind: PassageKind, inlines: Inlines, where: str) -> Expected:
        """A run of text as a passage."""
        line = _Line(self.pages)
        line.inlines(inlines)
        return line.expected(kind, where)

    def _paragraph(self, block: Paragraph, where: str) -> Expected:
        found = self.passage("paragraph", block.inlines, where)
        if block.role in NAMES:
            return replace(found, exempt=((0, len(found.text)),))
        return replace(found, exempt=tuple(years(found.text))) if block.role in TITLES else found

    def _caption(self, block: Figure | Table, where: str) -> Expected:
        number = f"{self.content.labels[block.type]}{block.number}" if block.number else ""
        return self._numbered("caption", number, block.caption, where)

    def _numbered(self, kind: PassageKind, number: str, inlines: Inlines, where: str) -> Expected:
        line = _Line(self.pages)
        line.add(number, exempt=True)
        count = len(line.text)
        line.inlines(inlines)
        return line.expected(kind, where, count)


def _is_name(inline: Inline, names: Set[str]) -> bool:
    """The label of a value, alone in its cell or after the sign of a formula."""
    return isinstance(inline, Text) and squeeze(inline.text).lstrip(SIGNS) in names


def years(text: str) -> Iterator[Span]:
    """Where years and dates stand in a text."""
    for figure in figures_in(text):
        if (figure.base or figure.kind) in ("year", "date"):
            yield figure.start, figure.end
