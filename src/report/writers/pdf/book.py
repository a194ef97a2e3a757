"""The book: the parts of a report as laid-out pages in order, with their folios and running headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from report.charts.drawing import Drawing
from report.content.nodes import Block, Content, Contents, Part
from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Master, Theme
from report.writers.pdf.contents import Entry, contents_units
from report.writers.pdf.cover import Cover
from report.writers.pdf.flow import Column, Flow
from report.writers.pdf.imposition import Imposer, Sheet
from report.writers.pdf.layout import Layout, Page
from report.writers.pdf.pages import BuiltPage, Frame, PageBuilder
from report.writers.pdf.runs import POINTS, Typesetter
from report.writers.pdf.structure import DOCUMENT
from report.writers.pdf.units import Unit

NOTE_GAP = 0.5  # of body leading: from the text to the first note, the rule between them
UNNUMBERED = {"cover": "封面", "series": "扉页", "closing": "末页"}  # what a reader's page field shows there
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)


@dataclass(slots=True)
class PartPages:
    """A part, its place in the structure tree, and its pages; `blank_before`: a blank page brings it to an odd one."""

    part: Part
    master: Master
    element: int
    built: list[BuiltPage] = field(default_factory=list)
    blank_before: bool = False


def lay_out(content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing]) -> Layout:
    """Every page of the report. ReportError where something of it cannot be set."""
    return _Book(content, theme, library, drawings).layout()


class _Book:
    def __init__(
        self, content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing]
    ) -> None:
        self.content, self.theme, self.drawings = content, theme, drawings
        self.type = Typesetter(content, theme, library)
        page, leading = theme.page, theme.roles["body"].leading
        self.frame = Frame((page.height - page.top - page.bottom) * POINTS, leading, NOTE_GAP * leading)
        self.parts = [
            PartPages(part, _master(theme, part), self.type.structure.element("Part", DOCUMENT))
            for part in content.parts
        ]

    def layout(self) -> Layout:
        """The contents come last, when every folio is known; their own pages count in another sequence."""
        numbered = 0
        for part in self.parts:
            if part.part.role not in ("cover", "contents"):
                numbered = self._build(part, numbered)
        for part in self.parts:
            if part.part.role == "contents":
                self._build(part, 0)
        pages = tuple(self._pages())
        structure, page = self.type.structure, self.theme.page
        return Layout(page.width * POINTS, page.height * POINTS, pages,
                      tuple(structure.elements), tuple(structure.leaves))

    # ------------------------------------------------------------ parts

    def _build(self, part: PartPages, numbered: int) -> int:
        """Fill the part's pages; the count of arabic pages so far, after it."""
        arabic = part.master.folio == "arabic"
        part.blank_before = arabic and part.master.start == "odd" and numbered % 2 == 1
        start = numbered + part.blank_before
        part.built = PageBuilder(self.frame, first_odd=start % 2 == 0).build(self._units(part))
        if part.part.role == "closing":
            part.built[-1].sink()
        return start + len(part.built) if arabic else numbered

    def _units(self, part: PartPages) -> Iterator[Unit]:
        flow = Flow(self.type, self.drawings, part.part.role)
        column = Column(self.type.left, self.type.width, part.element)
        plain: list[Block] = []
        for block in part.part.blocks:
            if isinstance(block, Contents):
                yield from flow.units(plain, column)
                plain = []
                yield from contents_units(self.type, list(self._entries()), part.element, block.levels)
            else:
                plain.append(block)
        yield from flow.units(plain, column)

    def _entries(self) -> Iterator[Entry]:
        number = 0
        for part in self.parts:
            if part.master.folio != "arabic":
                continue
            number += part.blank_before
            for built in part.built:
                number += 1
                for one in built.placed:
                    if one.unit.heading and one.unit.heading.listed and not one.repeated:
                        yield Entry(one.unit.heading, str(number))

    # ------------------------------------------------------------ pages

    def _pages(self) -> Iterator[Page]:
        numbers = {"roman": 0, "arabic": 0, "none": 0}
        physical = 0
        for part in self.parts:
            for page in self._part_pages(part, numbers, physical):
                physical += 1
                yield page

    def _part_pages(self, part: PartPages, numbers: dict[str, int], physical: int) -> Iterator[Page]:
        folio = part.master.folio
        opens = folio != "arabic" or numbers["arabic"] == 0
        if part.blank_before or (opens and part.master.start == "odd" and physical % 2 == 1):
            numbers[folio] += part.blank_before
            yield Page(None, _number(folio, numbers[folio]) if part.blank_before else "", True, ())
        if part.part.role == "cover":
            items = Cover(self.type, part.element).place(part.part.blocks)
            yield Page(None, UNNUMBERED["cover"], False, items)
        yield from self._imposed(part, numbers)

    def _imposed(self, part: PartPages, numbers: dict[str, int]) -> Iterator[Page]:
        imposer, folio = Imposer(self.type), part.master.folio
        chapter = ""
        for index, built in enumerate(part.built):
            numbers[folio] += 1
            label = _number(folio, numbers[folio]) or UNNUMBERED.get(part.part.role, "")
            if built.blank:
                yield Page(None, label, True, ())
                continue
            shown, chapter = _chapter(built, chapter)
            yield imposer.page(built, Sheet(
                label if folio != "none" else None,
                label,
                (self.content.front.title, shown or part.part.title) if part.master.header else None,
                _box_at(part.built, index - 1, -1),
                _box_at(part.built, index + 1, 0),
                _table_goes_on(part.built, index),
            ))


def _master(theme: Theme, part: Part) -> Master:
    if part.role not in theme.masters:
        raise ReportError("theme.yaml 的 masters", f"没有 {part.role} 部分的页面", "补上，或去掉报告的这一部分")
    return theme.masters[part.role]


def _number(folio: str, number: int) -> str:
    if folio == "roman":
        return roman(number)
    return str(number) if folio == "arabic" else ""


def roman(number: int) -> str:
    """A positive number in Roman numerals."""
    out = ""
    for value, letters in ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _chapter(built: BuiltPage, chapter: str) -> tuple[str, str]:
    """The chapter that the running header names (the one in force at the page's head) and the one in force after."""
    titles = [
        (index, one.unit.heading.title)
        for index, one in enumerate(built.placed)
        if one.unit.heading and one.unit.heading.level == 1
    ]
    opens = titles and (titles[0][0] == 0 or not chapter)
    return (titles[0][1] if opens else chapter), (titles[-1][1] if titles else chapter)


def _box_at(pages: Sequence[BuiltPage], index: int, end: int) -> int | None:
    """The box that the first or last unit of a page stands in."""
    if not 0 <= index < len(pages) or not pages[index].placed:
        return None
    return pages[index].placed[end].unit.box


def _table_goes_on(pages: Sequence[BuiltPage], index: int) -> bool:
    return index + 1 < len(pages) and any(one.repeated for one in pages[index + 1].placed[:1])
