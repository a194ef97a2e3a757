"""The book: the parts of a report as laid-out pages in order, with their folios and running headers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from msgspec import Struct, field

from report.charts.drawing import Drawing
from report.content.nodes import Block, Content, Contents, Part
from report.content.walk import entries
from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Master, Theme
from report.writers.pdf.built import EPSILON, BuiltPage, Frame
from report.writers.pdf.column import Column
from report.writers.pdf.contents import FRONT, contents_lines, contents_units
from report.writers.pdf.cover import Cover
from report.writers.pdf.flow import Flow
from report.writers.pdf.imposition import Imposer, Sheet
from report.writers.pdf.layout import Layout, Page
from report.writers.pdf.pages import PageBuilder
from report.writers.pdf.paper import Paper
from report.writers.pdf.runs import GUESS, Typesetter
from report.writers.pdf.structure import DOCUMENT
from report.writers.pdf.units import Unit, tightened

NOTE_GAP = 0.5  # of body leading: from the text to the first note, the rule between them
UNNUMBERED = {"cover": "封面", "series": "扉页", "closing": "末页"}  # what a reader's page field shows there
PASSES = 3  # rounds in which references to pages are set with the numbers of the round before
CLOSER = (0.25, 0.5, 0.75, 1.0)  # of what units can give: tried in turn to draw up a last page
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)


class PartPages(Struct):
    """A part, its place in the structure tree, and its pages; `blank_before`: a blank page brings it to an odd one."""

    part: Part
    master: Master
    element: int
    built: list[BuiltPage] = field(default_factory=list)
    blank_before: bool = False

    @property
    def lists(self) -> bool:
        """Whether it holds a table of contents."""
        return any(isinstance(block, Contents) for block in self.part.blocks)


def lay_out(content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing]) -> Layout:
    """Every page of the report. ReportError where something of it cannot be set.

    One round, but where references to pages were set with numbers of another width than they have: then again with
    those. Should that change pages back and forth, all of them get the room of the widest after PASSES rounds. From
    then on a round is followed by another only if that widest number has grown, which ends with the book's last page.
    """
    folios: dict[str, str] = {}
    for round_ in count(1):
        book = _Book(content, theme, library, drawings, folios)
        book.build()
        folios = book.misjudged(widest=round_ > PASSES)
        if not folios:
            break
    return book.layout()


class _Book:
    def __init__(
        self, content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing],
        folios: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.content, self.theme, self.drawings = content, theme, drawings
        self.type = Typesetter(content, theme, library, folios)
        self.frames = frames_of(theme)
        self.parts = [
            PartPages(part, _master(theme, part), self.type.structure.element("Part", DOCUMENT))
            for part in content.parts
        ]
        self.folios: Mapping[str, str] = defaultdict(lambda: GUESS)  # by anchor

    def build(self) -> None:
        """Fill all pages. A table of contents comes last, when every folio is known; where its own pages count among
        those it lists, it has been set before with numbers of its usual width, and takes as many pages."""
        numbered = 0
        for part in self.parts:
            if part.part.role != "cover" and (not part.lists or part.master.folio == "arabic"):
                numbered = self._fill(part, numbered)
        self.folios = dict(self._anchors())
        numbered = 0
        for part in self.parts:
            before, arabic = numbered, part.master.folio == "arabic"
            numbered += (part.blank_before + len(part.built)) * arabic
            if part.lists:
                self._fill(part, before)
        self.folios = dict(self._anchors())

    def misjudged(self, widest: bool) -> dict[str, str]:
        """What references to pages should be set with, by target: their numbers, or the widest of them for all, which
        leaves narrower ones room to spare. Nothing where they were set with as much."""
        folios = {target: self._folio(target) for target in self.type.page_refs}
        more = [self._width(folio) - self._width(self.type.folios.get(target, GUESS))
                for target, folio in folios.items()]
        if widest:
            most = max(folios.values(), key=lambda folio: (self._width(folio), folio), default="")
            return dict.fromkeys(folios, most) if max(more, default=0.0) > EPSILON else {}
        return folios if any(abs(width) > EPSILON for width in more) else {}

    def _folio(self, target: str) -> str:
        folio = self.folios.get(target)
        if folio is None:
            raise ReportError(f"页码引用 {target}", "没有这个目标", "检查标题、图、表的 id")
        if not folio:
            raise ReportError(f"页码引用 {target}", "所指的页没有页码", "改为指向正文、附录里的标题、图或表")
        return folio

    def _width(self, folio: str) -> float:
        return self.type.natural(self.type.label(folio, "body"))

    def layout(self) -> Layout:
        """The pages as they are, once `misjudged` finds nothing."""
        structure, paper = self.type.structure, self.type.paper
        pages = tuple(self._pages())
        return Layout(paper.width, paper.height, pages, tuple(structure.elements), tuple(structure.leaves))

    # ------------------------------------------------------------ parts

    def _fill(self, part: PartPages, numbered: int) -> int:
        """Fill the part's pages; the count of arabic pages so far, after it."""
        arabic = part.master.folio == "arabic"
        part.blank_before = arabic and part.master.start == "odd" and numbered % 2 == 1
        start = numbered + part.blank_before
        part.built = []
        for units in _chapters(self._units(part)):
            part.built += self._built(units, odd=(start + len(part.built)) % 2 == 0)
        if part.part.role == "closing":
            part.built[-1].sink()
        return start + len(part.built) if arabic else numbered

    def _built(self, units: list[Unit], odd: bool) -> list[BuiltPage]:
        """The pages of units whose first may begin one; set closer where that spares a last page with hardly a line.

        `odd`: whether the first page is."""
        pages = PageBuilder(*self.frames, first_odd=odd).build(units)
        least = self.theme.setting.draw_up * self.theme.roles["body"].leading
        if len(pages) > 1 and pages[-1].own_height <= least + EPSILON:
            for share in CLOSER:
                closer = PageBuilder(*self.frames, first_odd=odd).build(tightened(units, share))
                if len(closer) < len(pages):
                    return closer
        return pages

    def _units(self, part: PartPages) -> Iterator[Unit]:
        flow = Flow(self.type, self.drawings, part.part.role)
        column = Column(self.type.left, self.type.width, part.element)
        plain: list[Block] = []
        for block in part.part.blocks:
            if isinstance(block, Contents):
                yield from flow.units(plain, column)
                plain = []
                lines = contents_lines(block, entries(self.content, block, self._listed()), self.folios)
                yield from contents_units(self.type, lines, part.element)
            else:
                plain.append(block)
        yield from flow.units(plain, column)

    def _listed(self) -> tuple[str, ...]:
        """The parts that contents list: those with arabic folios."""
        return tuple(part.part.role for part in self.parts
                     if part.master.folio == "arabic" and part.part.role not in FRONT)

    def _anchors(self) -> Iterator[tuple[str, str]]:
        """Every anchor with the folio of its page, "" where none is printed."""
        for _, part, pages in self._numbered():
            for label, built in pages:
                for one in built.placed:
                    if one.unit.anchor and not one.repeated:
                        yield one.unit.anchor, label if part.master.folio != "none" else ""

    # ------------------------------------------------------------ pages

    def _numbered(self) -> Iterator[tuple[str, PartPages, list[tuple[str, BuiltPage]]]]:
        """Each part with its pages and their numbers, before them that of the blank page before it."""
        numbers = {"roman": 0, "arabic": 0, "none": 0}
        for part in self.parts:
            folio = part.master.folio
            numbers[folio] += part.blank_before
            blank = _number(folio, numbers[folio]) if part.blank_before else ""
            first = numbers[folio] + 1
            numbers[folio] += len(part.built)
            yield blank, part, [(_number(folio, first + index), built) for index, built in enumerate(part.built)]

    def _pages(self) -> Iterator[Page]:
        physical, opened = 0, False  # opened: a page with an arabic folio is behind us
        for blank, part, pages in self._numbered():
            arabic = part.master.folio == "arabic"
            opens = not (arabic and opened)
            opened = opened or arabic
            if part.blank_before or (opens and part.master.start == "odd" and physical % 2 == 1):
                physical += 1
                yield Page(None, blank, True, ())
            if part.part.role == "cover":
                physical += 1
                yield Page(None, UNNUMBERED["cover"], False, Cover(self.type, part.element).place(part.part.blocks))
                continue
            for page in self._imposed(part, pages, physical):
                physical += 1
                yield page

    def _imposed(self, part: PartPages, pages: Sequence[tuple[str, BuiltPage]], before: int) -> Iterator[Page]:
        imposer = Imposer(self.type, self.folios)
        chapter = ""
        for index, (number, built) in enumerate(pages):
            label = number or UNNUMBERED.get(part.part.role, "")
            if built.blank:
                yield Page(None, label, True, ())
                continue
            shown, chapter = _chapter(built, chapter)
            yield imposer.page(built, Sheet(
                number or None,
                label,
                (self.content.front.title, shown or part.part.title) if part.master.header else None,
                _box_at(part.built, index - 1, -1),
                _box_at(part.built, index + 1, 0),
                _table_goes_on(part.built, index),
                verso=(before + index) % 2 == 1,
            ))


def frames_of(theme: Theme) -> tuple[Frame, Frame]:
    """Where text stands on upright pages and on those that lie across."""
    return _frame(theme, Paper.upright(theme.page)), _frame(theme, Paper.across(theme.page))


def _frame(theme: Theme, paper: Paper) -> Frame:
    leading = theme.roles["body"].leading
    grid = theme.setting.grid * leading
    return Frame(paper.depth, leading, NOTE_GAP * leading, grid, paper.left, turned=paper.turned)


def _chapters(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The units in runs, each but the first beginning a page of its own."""
    run: list[Unit] = []
    for unit in units:
        if unit.start and run:
            yield run
            run = []
        run.append(unit)
    yield run


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
