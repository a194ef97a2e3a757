"""The page builder: a sequence of units becomes pages, each line on the page of its footnotes."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from report.errors import ReportError
from report.writers.pdf.units import NoteFlow, Unit, chunks

EPSILON = 0.01  # points: lengths that differ by less are equal
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


@dataclass(frozen=True, slots=True)
class Frame:
    """The text block that pages are filled to, in points: its height; the leading of body text, whose half is the
    grid; the space above the first note; how many lines a note keeps together on either side of a page's end."""

    height: float
    leading: float
    note_gap: float
    note_lines: int = 2

    @property
    def hole(self) -> float:
        """The largest space left empty at a page's foot rather than cutting a note."""
        return 4 * self.leading


@dataclass(frozen=True, slots=True)
class NotePart:
    """Lines `start` to `stop` of a note, as they stand on one page."""

    flow: NoteFlow
    start: int
    stop: int

    @property
    def height(self) -> float:
        """Height of these lines."""
        return (self.stop - self.start) * self.flow.leading


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit and where its top stands, from the top of the text block; `repeated`: said before, no content."""

    y: float
    unit: Unit
    repeated: bool = False


@dataclass(slots=True)
class BuiltPage:
    """A page while it is filled and after: `y` is how far it is filled. `numbers` gives each note its number on this
    page, `marks` each mark (occurrence) of one."""

    frame: Frame
    blank: bool = False
    placed: list[Placed] = field(default_factory=list)
    notes: list[NotePart] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    y: float = 0

    @property
    def notes_height(self) -> float:
        """Height of the notes with the space above them; 0 where there are none."""
        return _notes_height(self.frame, self.notes)

    def tops(self, units: Sequence[Unit]) -> list[float]:
        """Where the tops of the units would stand if they came next; body lines on the grid."""
        tops: list[float] = []
        y, after = self.y, self.placed[-1].unit.after if self.placed else 0.0
        for unit in units:
            if self.placed or tops:
                y += after + unit.before
            tops.append(y)
            y, after = y + unit.height, unit.after
        return self._on_grid(units, tops)

    def _on_grid(self, units: Sequence[Unit], tops: list[float]) -> list[float]:
        """Headings keep their distance to the text below them: the space that brings it on the grid goes above.
        A figure stands in the middle of the lines it takes up."""
        grid = self.frame.leading / 2
        aim = next((top for unit, top in zip(units, tops, strict=True) if unit.grid), None)
        if aim is not None:
            first = 0 if self.placed else next(i for i, unit in enumerate(units) if unit.grid)
            shift = math.ceil(aim / grid - EPSILON) * grid - aim
            return [top + shift if i >= first else top for i, top in enumerate(tops)]
        if self.placed and units[0].movable:
            end = tops[-1] + units[-1].height + units[-1].after
            shift = (math.ceil(end / grid - EPSILON) * grid - end) / 2
            return [top + shift for top in tops]
        return tops

    def new_notes(self, units: Iterable[Unit]) -> list[NotePart]:
        """The notes that the units would bring to the page: those of their marks whose text is not there yet."""
        seen, parts = set(self.numbers), []
        for flow in (flow for unit in units for flow in unit.notes):
            if flow.note not in seen:
                seen.add(flow.note)
                parts.append(NotePart(flow, 0, len(flow.lines)))
        return parts

    def take(self, units: Sequence[Unit], tops: Sequence[float], parts: Iterable[NotePart]) -> None:
        """Set the units and the notes on the page."""
        for unit, top in zip(units, tops, strict=True):
            self.placed.append(Placed(top, unit))
            self.y = top + unit.height
        for part in parts:
            self.add_note(part)
        for flow in (flow for unit in units for flow in unit.notes):
            self.marks[flow.mark] = self.numbers[flow.note]

    def sink(self) -> None:
        """Let the page's text stand at its foot."""
        shift = self.frame.height - self.notes_height - self.y
        self.placed = [replace(one, y=one.y + shift) for one in self.placed]
        self.y += shift

    def add_note(self, part: NotePart) -> None:
        """Set a note, or what is left of one, at the foot; it takes the next number on the page."""
        self.notes.append(part)
        if part.start == 0:
            number = len(self.numbers) + 1
            if number > len(MARKS):
                raise ReportError("脚注", f"一页上超过 {len(MARKS)} 条脚注", "合并出处相同的脚注，或改为表下注")
            self.numbers[part.flow.note] = self.marks[part.flow.mark] = number


class PageBuilder:
    """Fills pages with units in order. Create one for each part of the book and call `build` once."""

    def __init__(self, frame: Frame, first_odd: bool = True) -> None:
        self.frame = frame
        self.first_odd = first_odd  # whether the first page is an odd one
        self.pages: list[BuiltPage] = []
        self.waiting: deque[list[Unit]] = deque()  # movable units that await the head of a page
        self.carried: list[NotePart] = []  # what is left of notes cut at the end of the page before

    def build(self, units: Iterable[Unit]) -> list[BuiltPage]:
        """The pages. ReportError where a unit is higher than a page or a page has more notes than marks."""
        self._open()
        for chunk in chunks(units):
            self._place(chunk)
        self._flush()
        while self.carried:
            self._open()
        return self.pages

    @property
    def page(self) -> BuiltPage:
        """The page being filled."""
        return self.pages[-1]

    # ------------------------------------------------------------ pages

    def _open(self) -> None:
        """Begin a page: first what is left of notes, as far as three lines of text still find room."""
        page = BuiltPage(self.frame)
        self.pages.append(page)
        room = self.frame.height - self.frame.note_gap - 3 * self.frame.leading
        carried, self.carried = self.carried, []
        for part in carried:
            fitting = min(part.stop, part.start + int((room + EPSILON) // part.flow.leading))
            if fitting > part.start:
                page.add_note(replace(part, stop=fitting))
                room -= (fitting - part.start) * part.flow.leading
            if fitting < part.stop:
                self.carried.append(replace(part, start=fitting))

    def _turn(self) -> None:
        """End the page and begin the next with the figures that wait for it."""
        self._open()
        self._head()

    def _head(self) -> None:
        while self.waiting and self._fits(self.waiting[0]):
            self._take(self.waiting.popleft())

    def _flush(self) -> None:
        while self.waiting:
            if not self._fits(self.waiting[0]):
                self._open()
            self._force(self.waiting.popleft())

    def _start(self, where: str) -> None:
        self._flush()
        if self.page.placed or self.page.notes:
            self._open()
        if where == "odd" and len(self.pages) % 2 != self.first_odd:
            self.page.blank = not self.page.notes  # what is left of a note may stand there
            self._open()

    # ------------------------------------------------------------ units

    def _place(self, chunk: list[Unit]) -> None:
        head = chunk[0]
        if head.start:
            self._start(head.start)
        elif head.flush:
            self._flush()
        if head.movable and self.waiting:
            self.waiting.append(chunk)  # figures keep their order
        elif self._fits(chunk):
            self._take(chunk)
        elif head.movable and self.page.placed:
            self.waiting.append(chunk)
        elif not self._cut_note(chunk, self.frame.hole):
            self._next_page(chunk)

    def _next_page(self, chunk: list[Unit]) -> None:
        if self.page.placed or self.page.notes:
            continues = chunk[0].repeat or (chunk[0].box is not None and not chunk[0].first)
            self._open() if continues else self._turn()
            if chunk[0].repeat:
                self._repeat(chunk[0].repeat)
        if self._fits(chunk):
            self._take(chunk)
        elif len(self.page.placed) > len(chunk[0].repeat):
            self._next_page(chunk)  # the figures at its head have filled this page
        else:
            self._force(chunk)

    def _repeat(self, units: Sequence[Unit]) -> None:
        for unit, top in zip(units, self.page.tops(units), strict=True):
            self.page.placed.append(Placed(top, unit, repeated=True))
            self.page.y = top + unit.height

    def _fits(self, chunk: Sequence[Unit]) -> bool:
        page = self.page
        bottom = page.tops(chunk)[-1] + chunk[-1].height
        notes = _notes_height(self.frame, [*page.notes, *page.new_notes(chunk)]) or -chunk[-1].slack
        return bottom + notes <= self.frame.height + EPSILON

    def _take(self, chunk: Sequence[Unit]) -> None:
        self.page.take(chunk, self.page.tops(chunk), self.page.new_notes(chunk))

    def _force(self, chunk: Sequence[Unit]) -> None:
        """Set units that nothing keeps together any more: unit by unit, notes cut where they must be."""
        for unit in chunk:
            if self._set(unit):
                continue
            if self.page.placed or self.page.notes:
                self._open()
            if not self._set(unit):
                raise ReportError(_words(unit), "一页放不下这一块", "缩短单元格或图注，或把它拆开")

    def _set(self, unit: Unit) -> bool:
        if self._fits([unit]):
            self._take([unit])
            return True
        return self._cut_note([unit], 0)

    def _cut_note(self, chunk: Sequence[Unit], hole: float) -> bool:
        """Set the chunk with notes that go on overleaf, where moving it would leave more than `hole` empty."""
        page, parts = self.page, self.page.new_notes(chunk)
        tops = page.tops(chunk)
        gap = 0 if page.notes else self.frame.note_gap
        room = self.frame.height - page.notes_height - gap - tops[-1] - chunk[-1].height
        left = self.frame.height - page.notes_height - page.y
        cut = self._share(parts, room) if parts and (not hole or left > hole) and not self.carried else None
        if cut is None:
            return False
        page.take(chunk, tops, cut)
        rest = (replace(part, start=done.stop) for part, done in zip(parts, cut, strict=True))
        self.carried = [part for part in rest if part.start < part.stop]
        return True

    def _share(self, parts: Sequence[NotePart], room: float) -> list[NotePart] | None:
        """The notes cut to the room: each at least `note_lines` lines where it has them; None where that fails."""
        least = [min(len(part.flow.lines), self.frame.note_lines) for part in parts]
        room -= sum(lines * part.flow.leading for lines, part in zip(least, parts, strict=True))
        if room < -EPSILON:
            return None
        cut: list[NotePart] = []
        for part, lines in zip(parts, least, strict=True):
            more = min(part.stop - lines, int((room + EPSILON) // part.flow.leading))
            if 0 < part.stop - lines - more < self.frame.note_lines <= lines + more:
                more -= min(more, self.frame.note_lines - (part.stop - lines - more))
            room -= more * part.flow.leading
            cut.append(replace(part, stop=lines + more))
        return cut


def _notes_height(frame: Frame, parts: Sequence[NotePart]) -> float:
    return frame.note_gap + sum(part.height for part in parts) if parts else 0.0


def _words(unit: Unit) -> str:
    texts = [item.text for item in unit.items if hasattr(item, "text")]
    return f"“{''.join(texts)[:20]}…”" if texts else "图"
