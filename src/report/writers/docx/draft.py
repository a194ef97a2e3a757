"""The Word document being written: its parts, its running numbers, and where everything it refers to stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from docx.document import Document as WordDocument
from docx.parts.story import StoryPart

from report.content.nodes import Content, Figure, Heading, Table
from report.content.walk import blocks_of
from report.theme.theme import Theme
from report.writers.docx.numbering import BOXED_ORDERED, HEADINGS, ORDERED, heading_lists, restarted
from report.writers.docx.package import footnotes_part, new_document
from report.writers.docx.xml import Bookmarks

Anchor = Literal["heading", "figure", "table"]
FIRST_FREE_LIST = BOXED_ORDERED + 1  # numIds from here on belong to single lists


@dataclass
class Draft:
    """One writing of a report.

    `pages` says on which page each block stands that contents and references name, `pictures` are PNG by chart,
    `cover_lines` how the PDF breaks the lines of its cover (role → lines), `heading_lists` which list counts a
    heading (see numbering).
    """

    content: Content
    theme: Theme
    document: WordDocument
    notes: StoryPart
    pages: Mapping[str, str]
    pictures: Mapping[str, bytes]
    cover_lines: Mapping[str, tuple[str, ...]]
    anchors: Mapping[str, Anchor]
    heading_lists: Mapping[str, int]
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    note_count: int = 0
    drawing_count: int = 0
    list_count: int = 0
    heading_numbers: dict[int, int] = field(default_factory=lambda: {0: HEADINGS})

    def next_note(self) -> int:
        """The id of a new footnote, from 1: -1 and 0 are the separators."""
        self.note_count += 1
        return self.note_count

    def next_drawing(self) -> int:
        """The id of a new drawing, unique in the document."""
        self.drawing_count += 1
        return self.drawing_count

    def next_list(self, kind: int = ORDERED, level: int = 0) -> int:
        """The numId of a new list of a kind that counts from 1, from a level (0–2) down."""
        number = FIRST_FREE_LIST + self.list_count
        self.list_count += 1
        self.document.part.numbering_part.element.append(restarted(number, kind, level))
        return number

    def heading_number(self, heading: Heading) -> int | None:
        """The numId of the list that counts a heading, or None where its number is text."""
        if (index := self.heading_lists.get(heading.id)) is None:
            return None
        if index not in self.heading_numbers:
            self.heading_numbers[index] = self.next_list(HEADINGS, heading.level - 1)
        return self.heading_numbers[index]


def new_draft(
    content: Content,
    theme: Theme,
    pages: Mapping[str, str],
    pictures: Mapping[str, bytes],
    cover_lines: Mapping[str, tuple[str, ...]],
) -> Draft:
    """A draft with nothing in it yet."""
    document = new_document(theme, content)
    anchors = {block.id: _anchor(block) for block in blocks_of(content) if isinstance(block, Heading | Figure | Table)}
    notes, lists = footnotes_part(document), heading_lists(content)
    return Draft(content, theme, document, notes, pages, pictures, cover_lines, anchors, lists)


def _anchor(block: Heading | Figure | Table) -> Anchor:
    return block.type
