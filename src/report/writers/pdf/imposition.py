"""Filled pages as laid-out pages: real note marks, notes at the foot, box grounds, running header and folio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from report.theme.theme import Role
from report.writers.pdf.built import MARKS, BuiltPage, Placed
from report.writers.pdf.layout import Anchor, Ground, Item, Page, PageHeading, PageNote, Rule, TextLine
from report.writers.pdf.paper import Paper
from report.writers.pdf.piece import Piece
from report.writers.pdf.runs import MARK, Typesetter
from report.writers.pdf.structure import Hook
from report.writers.pdf.units import Joined, moved

NOTE_RULE = 0.5  # thickness of the rule above the notes, points
HEADER_RULE = 0.5
CUT = "……"  # what ends a title cut short
PARTS, PAUSES = "：—", "，；、"  # before what it is rather cut: all of a part is left, or words
ENOUGH = 0.35  # of the room: so much is left of a title that is cut at a mark
HEADER_GAP = 6.0  # from the running header's baseline to the rule below it, points


class Sheet(Struct, frozen=True):
    """What stands around the text of a page: its folio (None where none is printed), the label a reader's page field
    shows, the two ends of the running header (None where there is none); whether a box or table comes from the page
    before or goes on overleaf; `verso`: it is a left-hand page."""

    folio: str | None
    label: str
    header: tuple[str, str] | None = None
    box_before: int | None = None
    box_after: int | None = None
    table_goes_on: bool = False
    verso: bool = False


class Imposer:
    """Makes laid-out pages; `folios` gives each anchor the number of its page."""

    def __init__(self, typesetter: Typesetter, folios: Mapping[str, str]) -> None:
        self.type, self.folios = typesetter, folios
        self.sides = typesetter.theme.setting.sides == "two"
        self.papers = {turned: make(typesetter.theme.page) for turned, make in
                       ((False, Paper.upright), (True, Paper.across))}
        self.known: dict[tuple[str, str, float, bool], TextLine] = {}  # ends of running headers already set

    @property
    def top(self) -> float:
        """The top of the text block."""
        return self.type.paper.top

    def page(self, built: BuiltPage, sheet: Sheet) -> Page:
        """The page with all its items in painting order, y from the paper's top."""
        paper = self.papers[built.frame.turned]
        with self.type.on(paper):
            items = [*self._header(sheet), *self._grounds(built, sheet), *self._body(built, sheet),
                     *self._notes(built), *self._folio(sheet)]
        if self.sides and sheet.verso and paper.inset:
            items = [moved(item, paper.inset, 0) for item in items]
        placed = [one for one in built.placed if not one.repeated]
        return Page(
            sheet.folio, sheet.label, False, tuple(items), tuple(_page_notes(built)),
            tuple(_headings(placed)),
            tuple(Anchor(one.unit.anchor, paper.top + one.y) for one in placed if one.unit.anchor),
            _printed(built), *((paper.width, paper.height) if paper.turned else ()),
        )

    # ------------------------------------------------------------ text

    def _body(self, built: BuiltPage, sheet: Sheet) -> Iterator[Item]:
        for one in built.placed:
            for item in one.unit.items:
                yield self._item(item, one, built.marks)
        yield from self._joined(built)
        last = built.placed[-1] if built.placed else None
        if last and sheet.table_goes_on:
            bottom = last.y + last.unit.height
            for rule in last.unit.closing:
                yield moved(rule, 0, self.top + bottom)

    def _joined(self, built: BuiltPage) -> Iterator[Item]:
        """The text of each cell over several rows, in the middle of those that the page has of it; where the cell
        comes from the page before, its text is said again."""
        cells: dict[tuple[int, int, int], list[tuple[Joined, Placed]]] = {}
        for one in built.placed:
            for joined in one.unit.joined:
                cells.setdefault(joined.cell, []).append((joined, one))
        for rows in cells.values():
            (joined, first), (_, last) = rows[0], rows[-1]
            room = last.y + last.unit.height - first.y - joined.height
            at = replace(first, y=first.y + max(0.0, room / 2), repeated=not joined.opens)
            if joined.opens or room >= 0:
                yield from (self._item(line, at, built.marks) for line in joined.lines)

    def _item(self, item: Item, placed: Placed, marks: dict[str, int]) -> Item:
        if isinstance(item, TextLine):
            item = self._unmarked(item) if placed.repeated else self._marked(item, marks)
        return moved(item, 0, self.top + placed.y)

    def _notes(self, built: BuiltPage) -> Iterator[Item]:
        """The notes under their rule, which is as wide as the text where a note comes from the page before."""
        if not built.notes:
            return
        y = self.top + built.frame.height - built.notes_height + built.frame.note_gap
        middle = y - built.frame.note_gap / 2
        left = self.type.left
        width = self.type.width if built.notes[0].start else self.type.theme.setting.note_rule
        yield Rule(left, middle, left + width, middle, NOTE_RULE, "slate")
        for part in built.notes:
            for line in part.flow.lines[part.start : part.stop]:
                yield moved(self._marked(line, built.marks), 0, y)
                y += part.flow.leading

    # ------------------------------------------------------------ marks

    def _marked(self, line: TextLine, marks: dict[str, int]) -> TextLine:
        """The line with the marks that its notes have on this page, and the numbers of the pages it refers to."""
        if MARK not in line.text and not self.type.page_refs:
            return line
        pieces = tuple(self._numbered(piece, line.role, marks) for piece in line.pieces)
        return line if pieces == line.pieces else replace(line, pieces=pieces, text=_retold(line, pieces))

    def _numbered(self, piece: Piece, role: Role, marks: dict[str, int]) -> Piece:
        hook = self._hook(piece)
        if hook is not None and hook.page:
            return _refolioed(piece, self.folios[hook.page])
        if hook is None or not hook.mark:
            return piece
        sign = MARKS[marks[hook.mark] - 1]
        face = self.type.library.choose(self.type.theme.roles[role].font, sign)
        return replace(piece, text=sign, face=face.key)

    def _unmarked(self, line: TextLine) -> TextLine:
        pieces = tuple(piece for piece in line.pieces if not self._mark_of(piece))
        text = "".join(piece.text for piece in pieces) if len(pieces) < len(line.pieces) else line.text
        return replace(line, pieces=pieces, text=text, artifact="Layout")

    def _mark_of(self, piece: Piece) -> str:
        hook = self._hook(piece)
        return hook.mark if hook else ""

    def _hook(self, piece: Piece) -> Hook | None:
        source = piece.source
        return self.type.structure.leaves[source].hook if isinstance(source, int) and source >= 0 else None

    # ------------------------------------------------------------ around the text

    def _header(self, sheet: Sheet) -> Iterator[Item]:
        """The report's title and the chapter's at either end; where pages have two sides, the report's on the left
        page and the chapter's on the right one, at the outer edge."""
        if sheet.header is None:
            return
        y = self.type.paper.header
        title, chapter = sheet.header
        if self.sides:
            one = self._furniture(title, "left", 1.0) if sheet.verso else self._furniture(chapter, "right", 1.0)
            yield replace(one, y=y)
        else:
            line = self._furniture(title, "left", 0.6)
            yield replace(line, y=y)
            if chapter and chapter != title:
                yield replace(self._furniture(chapter, "right", self._rest(line)), y=y)
        x = self.type.left
        yield Rule(x, y + HEADER_GAP, x + self.type.width, y + HEADER_GAP, HEADER_RULE, "hairline")

    def _rest(self, line: TextLine) -> float:
        """Share of the measure that a line leaves free, less a gap."""
        return (self.type.left + self.type.width - line.end) / self.type.width - 0.05

    def _furniture(self, text: str, side: str, share: float) -> TextLine:
        """A title at one end of the running header, cut short where it is longer than its share."""
        role: Role = "running-header"
        key = (text, side, share, self.type.paper.turned)
        if key not in self.known:
            clipped = self._clipped(text, role, share * self.type.width)
            self.known[key] = self._at(side, self.type.line(clipped, role, self.type.left, self.type.width, "Header"))
        return self.known[key]

    def _clipped(self, text: str, role: Role, room: float) -> str:
        """The title, or as much of it as there is room for: up to a mark where that leaves enough of it."""
        whole = text
        while len(text) > 1 and (width := self.type.natural(self.type.label(text, role))) > room:
            over = int(len(text) * (width - room) / width)
            text = text.removesuffix(CUT)[: -max(1, over)] + CUT
        if text == whole:
            return text
        for marks, end in ((PARTS, ""), (PAUSES, CUT)):
            kept = max(whole.rfind(mark, 0, len(text) - len(end)) for mark in marks)
            if kept > len(text) * ENOUGH:
                return whole[:kept].rstrip("—") + end
        return text

    def _at(self, side: str, line: TextLine) -> TextLine:
        """The line at one end of the measure."""
        room = self.type.left + self.type.width - line.end if side == "right" else self.type.left - line.start
        return replace(line, x=line.x + room)

    def _folio(self, sheet: Sheet) -> Iterator[Item]:
        """The page number: where the theme sets it, or at the outer edge where pages have two sides, as far in as the
        role says."""
        if sheet.folio is None:
            return
        theme = self.type.theme
        text, look = theme.setting.folio.replace("{}", sheet.folio), theme.roles["folio"]
        line = self.type.line(text, "folio", self.type.left, self.type.width, "Footer")
        if self.sides:
            line = self._at("left" if sheet.verso else "right", line)
            line = replace(line, x=line.x + (look.left if sheet.verso else -look.right) * look.size)
        yield replace(line, y=self.type.paper.folio)

    def _grounds(self, built: BuiltPage, sheet: Sheet) -> Iterator[Item]:
        """The wash and the bar of each box; where a box is cut, the wash goes on a little past its last line."""
        look = self.type.theme.box
        x, width = self.type.left, self.type.width
        for box, group in groupby(built.placed, key=lambda one: one.unit.box):
            if box is None:
                continue
            units = list(group)
            top = units[0].y - (look.padding / 2 if box == sheet.box_before else 0)
            end = units[-1].y + units[-1].unit.height + (look.padding / 2 if box == sheet.box_after else 0)
            yield Ground(x, self.top + top, width, end - top, look.ground)
            yield Ground(x, self.top + top, look.bar, end - top, look.accent)


def _refolioed(piece: Piece, folio: str) -> Piece:
    """The piece with another number; one of as many figures stands where the other stood."""
    return replace(piece, text=folio, odd=piece.odd if len(folio) == len(piece.text) else ())


def _retold(line: TextLine, pieces: tuple[Piece, ...]) -> str:
    """The line's text with the marks of the new pieces in place of the old ones."""
    text, at = line.text, 0
    for old, new in zip(line.pieces, pieces, strict=True):
        place = text.index(old.text, at)
        text = text[:place] + new.text + text[place + len(old.text) :]
        at = place + len(new.text)
    return text


def _headings(placed: list[Placed]) -> Iterator[PageHeading]:
    return (one.unit.heading for one in placed if one.unit.heading is not None)


def _page_notes(built: BuiltPage) -> Iterator[PageNote]:
    for part in built.notes:
        text = "".join(line.text for line in part.flow.lines[part.start : part.stop])
        if part.start:
            yield PageNote("", text, continued=True)
        else:
            yield PageNote(MARKS[built.marks[part.flow.mark] - 1], text.removeprefix(MARK).strip())


def _printed(built: BuiltPage) -> tuple[tuple[str, str], ...]:
    owner = {built.marks[part.flow.mark]: part.flow.mark for part in built.notes if not part.start}
    return tuple((mark, owner[number]) for mark, number in built.marks.items())
