"""The Word document being written: its parts, its running numbers, and where everything it refers to stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from docx.document import Document as WordDocument
from docx.parts.story import StoryPart

from report.charts.native.plot import Plot
from report.content.nodes import Content, Contents, Figure, Heading, PageRef, Ref, Table, Value
from report.content.walk import blocks_of, inlines_of
from report.theme.theme import Theme
from report.writers.docx.controls import Controls
from report.writers.docx.numbering import BOXED_ORDERED, HEADINGS, ORDERED, heading_lists, restarted
from report.writers.docx.package import footnotes_part, new_document
from report.writers.docx.relations import Related
from report.writers.docx.remarks import Remarks
from report.writers.docx.xml import Bookmarks, Element

Anchor = Literal["heading", "figure", "table"]
FIRST_FREE_LIST = BOXED_ORDERED + 1  # numIds from here on belong to single lists


@dataclass
class Draft:
    """One writing of a report.

    `pages` says on which page each block stands that contents and references name, `shared` the mark of each note that
    has several and that the PDF prints once, `charts` are PNG or plots by chart,
    `cover_lines` how the PDF breaks the lines of its cover (role → lines), `heading_lists` which list counts a
    heading (see numbering), `referred` the targets of references, `listed` what the contents lists list (figures …).
    """

    content: Content
    theme: Theme
    document: WordDocument
    notes: StoryPart
    pages: Mapping[str, str]
    charts: Mapping[str, bytes | Plot]
    cover_lines: Mapping[str, tuple[str, ...]]
    anchors: Mapping[str, Anchor]
    heading_lists: Mapping[str, int]
    referred: Set[str] = frozenset()
    listed: Set[str] = frozenset()
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    related: Related = field(default_factory=Related)
    controls: Controls = field(default_factory=Controls)
    remarks: Remarks | None = None  # where the evidence is asked for
    inset: float = 0.0  # points that the measure is narrower by, in a box
    note_count: int = 0
    shared: Mapping[str, str] = field(default_factory=dict)
    marked: set[str] = field(default_factory=set)  # of `shared`, those whose first mark stands
    drawing_count: int = 0
    list_count: int = 0
    sequences: Counter[str] = field(default_factory=Counter)  # by label (图), the last number of a caption
    heading_numbers: dict[int, int] = field(default_factory=lambda: {0: HEADINGS})

    def remarked(self, value: Value | None, runs: list[Element], *, in_note: bool = False) -> list[Element]:
        """The runs of a value with its evidence as a comment, where that is asked for. Word bars comments in notes:
        a note's values are told at its mark (`value` None)."""
        if self.remarks is None:
            return runs
        if in_note:
            self.remarks.waiting += [value] if value else []
            return runs
        values = [value] if value else self.remarks.waiting
        if value is None:
            self.remarks.waiting = []
        return self.remarks.around(values, runs)

    def next_note(self) -> int:
        """The id of a new footnote, from 1: -1 and 0 are the separators."""
        self.note_count += 1
        return self.note_count

    def next_drawing(self) -> int:
        """The id of a new drawing, unique in the document."""
        self.drawing_count += 1
        return self.drawing_count

    def next_list(self, kind: int = ORDERED, level: int = 0) -> int:
        """The numId of a new list of a kind that counts from 1, from a level (0: the first) down."""
        number = FIRST_FREE_LIST + self.list_count
        self.list_count += 1
        self.document.part.numbering_part.element.append(restarted(number, kind, level))
        return number

    def heading_number(self, heading: Heading) -> int | None:
        """The numId of the list that counts a heading, or None where its number is text."""
        if (index := self.heading_lists.get(heading.id)) is None:
            return None
        if index not in self.heading_numbers:
            self.heading_numbers[index] = self.next_list(HEADINGS, heading.level)
        return self.heading_numbers[index]


def new_draft(
    content: Content,
    theme: Theme,
    pages: Mapping[str, str],
    charts: Mapping[str, bytes | Plot],
    cover_lines: Mapping[str, tuple[str, ...]],
) -> Draft:
    """A draft with nothing in it yet."""
    document = new_document(theme, content)
    anchors = {block.id: _anchor(block) for block in blocks_of(content) if isinstance(block, Heading | Figure | Table)}
    notes, lists = footnotes_part(document), heading_lists(content)
    referred = {inline.target for inline in inlines_of(content) if isinstance(inline, Ref | PageRef)}
    listed = {block.kind for block in blocks_of(content) if isinstance(block, Contents)}
    return Draft(content, theme, document, notes, pages, charts, cover_lines, anchors, lists, referred, listed)


def _anchor(block: Heading | Figure | Table) -> Anchor:
    return block.type
