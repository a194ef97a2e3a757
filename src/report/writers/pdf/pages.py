"""The page builder: a sequence of units becomes pages, each line on the page of its footnotes, figures and tables
where they come, or at the head of the next page while the text goes on before them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from report.errors import ReportError
from report.writers.pdf.built import EPSILON, MARKS, BuiltPage, Frame, NotePart
from report.writers.pdf.layout import TextLine
from report.writers.pdf.units import Batch, Unit, batches, moved, split

LAST = 3  # units of a group higher than a page that stay together at its end: a heading's last line and two below it

TIGHT = 0.5  # of the space above the notes: so much of it stays where the rest saves a note from being cut


class PageBuilder:
    """Fills pages with units in order. Create one for each part of the book and call `build` once.

    `turned` is the frame of pages that lie across; `first_odd`: whether the first page is an odd one.
    """

    def __init__(self, frame: Frame, turned: Frame, *, first_odd: bool) -> None:
        self.upright, self.turned = frame, turned
        self.frame = frame
        self.first_odd = first_odd
        self.pages: list[BuiltPage] = []
        self.waiting: deque[Batch] = deque()  # figures and tables for the head of a page
        self.held: list[Unit] = []  # headings whose figure found no place: they go with the text below it
        self.ahead = 0  # how many of those that wait come before the headings
        self.carried: list[NotePart] = []  # what is left of notes cut at the end of the page before

    def build(self, units: Iterable[Unit]) -> list[BuiltPage]:
        """The pages. ReportError where a unit is higher than a page or a page has more notes than marks."""
        self._open()
        for batch in batches(units):
            self._place(batch)
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
        """Begin a page: first what is left of notes, as far as some lines of text still find room."""
        frame = self.frame
        page = BuiltPage(frame)
        self.pages.append(page)
        room = frame.height - frame.note_gap - frame.text_lines * frame.leading
        carried, self.carried = self.carried, []
        for part in carried:
            most = int((room + EPSILON) // part.flow.leading)
            stop = min(part.stop, part.start + max(most, 0 if page.notes else 1))
            if 0 < part.stop - stop < frame.note_lines < stop - part.start:
                stop = part.stop - frame.note_lines
            if stop > part.start:
                page.add_note(replace(part, stop=stop))
                room -= (stop - part.start) * part.flow.leading
            if stop < part.stop:
                self.carried.append(replace(part, start=stop))

    def _turn(self) -> None:
        """End the page and begin the next with the figures and tables that wait for it; none passes its heading."""
        self._open()
        while self.waiting and (self.ahead or not self.held) and self._heads(self.waiting[0]):
            self._set_next()

    def _heads(self, batch: Batch) -> bool:
        """Whether a waiting figure or table may come next on the page; one too high for any page must."""
        if batch.head.turned:
            return self.page.empty
        return self.page.fits(batch.chunks[0]) or self.page.empty

    def _set_next(self, text: bool = True) -> None:
        """Set the first of those that wait, with its headings where they are held for it; `text`: more of it follows,
        which can fill the page."""
        batch = self.waiting.popleft()
        if self.ahead:
            self.ahead -= 1
        elif self.held:
            batch = Batch([[*self.held, *batch.chunks[0]], *batch.chunks[1:]])
            self.held = []
        if not text and not self.page.fits(batch.chunks[0]) and self.page.room > self.frame.hole:
            parts = batch.parted()
            batch = batch if self.page.gapes(parts.chunks) else parts
        self._set_down(batch)

    def _flush(self) -> None:
        """Set all that waits, in its order."""
        while self.waiting:
            self._set_next(text=False)
        held, self.held = self.held, []
        if held:
            self._text(held)

    def _start(self, where: str) -> None:
        if not self.page.empty:
            self._open()
        while self.page.notes:  # what is left of the last chapter's
            self._open()
        if where == "odd" and len(self.pages) % 2 != self.first_odd:
            self.page.blank = True
            self._open()

    # ------------------------------------------------------------ text, figures, tables

    def _place(self, batch: Batch) -> None:
        head = batch.head
        if head.start or head.flush or self.held and head.heading:
            self._flush()
        if head.start:
            self._start(head.start)
        if head.group:
            self._float(batch)
            return
        chunk = [*self.held, *batch.chunks[0]]
        if chunk[-1].keep:
            self.held, self.ahead = chunk, self.ahead if self.held else len(self.waiting)
        elif self.held and self.waiting:
            self._led(batch.chunks[0])
        else:
            self.held = []
            self._text(chunk)

    def _float(self, batch: Batch) -> None:
        """A figure or table: here where it fits, with the headings above it; else it waits, and so do those after it,
        while the headings go with the text below it."""
        whole = [[*self.held, *batch.chunks[0]], *batch.chunks[1:]]
        if batch.head.turned or self.waiting or not self.page.fits(whole[0]) or self.page.gapes(whole):
            self.waiting.append(batch)
        else:
            self.held = []
            self._set_down(Batch(whole))

    def _led(self, chunk: list[Unit]) -> None:
        """Headings whose figure waits, with the text below it: here, or where their figure comes, before it."""
        while not self._here([*self.held, *chunk]):
            if self.page.fresh and not self.page.closed:
                self._flush()
                self._text(chunk)
                return
            self._turn()
            if self.waiting and not self.ahead and self.page.fits([*self.held, *self.waiting[0].chunks[0]]):
                self._set_next()
                self._text(chunk)
                return
        self.held = []

    def _set_down(self, batch: Batch) -> None:
        """Set a figure or table now."""
        if batch.chunks[0][-1].turned:
            self._across(batch)
            return
        later: list[list[Unit]] = []
        for chunk in batch.chunks:
            if chunk[0].loose and (later or not self.page.fits(chunk) and self.page.room > self.frame.hole):
                later.append(chunk)  # a figure in a box, before which the box's text goes on
                continue
            if later and not self.page.fits(chunk):
                self._next(chunk)
                self._loose(later)
            self._text(chunk, waits=False)
        self._loose(later)

    def _loose(self, later: list[list[Unit]]) -> None:
        for chunk in later:
            self._text(chunk, waits=False)
        later.clear()

    def _across(self, batch: Batch) -> None:
        """Set a table on pages that lie across; notes cut before it are finished first, its own on such pages."""
        if not self.page.empty:
            self._open()
        while self.page.notes:
            self._open()
        self.frame = self.page.frame = self.turned
        for chunk in batch.chunks:
            self._text([self._shifted(unit) for unit in chunk], waits=False)
        while self.carried:
            self._open()
        self.page.closed, self.frame = True, self.upright

    def _shifted(self, unit: Unit) -> Unit:
        """A unit on a page that lies across: a heading set for upright pages moves to its edge."""
        dx = 0.0 if unit.turned else self.turned.x - self.upright.x
        notes = tuple(replace(note, lines=tuple(replace(line, x=line.x + dx) for line in note.lines))
                      for note in unit.notes)
        return replace(unit, items=tuple(moved(item, dx, 0) for item in unit.items), notes=notes)

    def _text(self, chunk: list[Unit], waits: bool = True) -> None:
        """Set a group of units here or on the next page that holds them; `waits`: a page turned for them begins with
        the figures that wait."""
        while not self._here(chunk):
            if self._too_high(chunk) or (self.page.fresh and not self.page.closed):
                self._force(chunk)
                return
            self._next(chunk, waits)

    def _here(self, chunk: list[Unit]) -> bool:
        """Set a group of units on this page, if it takes them."""
        if self.page.fits(chunk):
            self.page.take(chunk, self.page.new_notes(chunk))
            return True
        return self._cut_note(chunk, self.frame.hole)

    def _next(self, chunk: Sequence[Unit], waits: bool = False) -> None:
        """Turn to the page where a group of units goes on."""
        inside = self.page.goes_on(chunk[0])
        if waits and not inside:
            self._turn()
        else:
            self._open()
        if inside:
            group, box = chunk[0].group, chunk[0].box
            self.page.repeat([replace(unit, group=group, box=box) for unit in self._again(chunk)])

    def _again(self, chunk: Sequence[Unit]) -> Sequence[Unit]:
        """What is repeated above the units where they open a page: nothing that takes half of it."""
        repeat = chunk[0].repeat
        return repeat if self._height(repeat) < self.frame.height / 2 else ()

    def _height(self, units: Sequence[Unit]) -> float:
        """Height of the units at the head of a page, without notes."""
        return BuiltPage(self.frame).tops(units)[-1] + units[-1].height if units else 0.0

    def _too_high(self, chunk: Sequence[Unit]) -> bool:
        """Whether no page holds the units, whatever else stands there."""
        return self._height([*self._again(chunk), *chunk]) - chunk[-1].slack > self.frame.height + EPSILON

    # ------------------------------------------------------------ what no page holds

    def _force(self, chunk: list[Unit]) -> None:
        """Set units that no page holds together: headings part from those below them; a row that is too high is cut,
        with what stands above it on its first page; others stand one by one, but for the last few."""
        blocks = self._blocks(chunk)
        if len(blocks) > 1:
            for block in blocks:
                self._text(block, waits=False)
            return
        if self.page.room < self.frame.hole and not self.page.fresh:
            self._next(chunk)
        lead: list[Unit] = []
        for unit in chunk:
            lead.append(unit)
            if self._too_high([unit]):
                self._cut_row(lead)
                lead = []
        rest = lead[-LAST:]
        whole = 0 < len(rest) < len(chunk) and not self._too_high(rest)
        for unit in lead[:-LAST] if whole else lead:
            self._single(unit)
        if whole:
            self._text(rest, waits=False)

    def _blocks(self, chunk: list[Unit]) -> list[list[Unit]]:
        """The units parted where blocks begin, as few times as pages allow, the last pages full."""
        starts = [index for index, unit in enumerate(chunk) if unit.first and index]
        blocks: list[list[Unit]] = []
        for start, stop in reversed(list(pairwise([0, *starts, len(chunk)]))):
            part, below = chunk[start:stop], blocks[:1]
            if below and not self._too_high([*part, *below[0]]):
                blocks[0] = [*part, *below[0]]
            else:
                blocks.insert(0, part)
        return blocks

    def _single(self, unit: Unit) -> None:
        """Set a unit by itself."""
        while not self._set([unit]):
            if self.page.fresh and not self.page.closed:
                raise _too_big(unit)
            self._next([unit])

    def _cut_row(self, units: list[Unit]) -> None:
        """Set units of which the last is higher than a page, in as many pieces as it takes."""
        while not self._set(units):
            rest = self._split(units)
            if rest is not None:
                units = [rest]
            elif self.page.fresh and not self.page.closed:
                if len(units) == 1:
                    raise _too_big(units[0])
                self._single(units[0])
                units = units[1:]
                continue
            self._next(units)

    def _split(self, units: list[Unit]) -> Unit | None:
        """Set as much of the last unit as the page takes below the others; what is left of it, None where none fits."""
        page, last = self.page, units[-1]
        room = 0.0 if page.closed else page.frame.height - page.notes_height - page.tops(units)[-1]
        while cut := split(last, room):
            first, rest = cut
            if self._set([*units[:-1], first]):
                return rest
            room = first.height - 0.1  # the notes found no room: a line less
        return None

    def _set(self, units: list[Unit]) -> bool:
        if self.page.fits(units):
            self.page.take(units, self.page.new_notes(units))
            return True
        return self._cut_note(units, 0)

    # ------------------------------------------------------------ notes that go on overleaf

    def _cut_note(self, chunk: Sequence[Unit], hole: float) -> bool:
        """Set the chunk with notes that go on overleaf, where moving it would leave more than `hole` empty."""
        page, parts = self.page, self.page.new_notes(chunk)
        if not parts or self.carried or page.closed or (hole and page.room <= hole):
            return False
        gap = 0 if page.notes else self.frame.note_gap
        room = self.frame.height - page.notes_height - gap - page.tops(chunk)[-1] - chunk[-1].height
        if self._tightened(sum(part.height for part in parts) - room):
            page.take(chunk, parts)
            return True
        cut = self._share(parts, room)
        if cut is None:
            return False
        page.take(chunk, cut)
        rest = (replace(part, start=done.stop) for part, done in zip(parts, cut, strict=True))
        self.carried = [part for part in rest if part.start < part.stop]
        return True

    def _tightened(self, over: float) -> bool:
        """Take a little of the space above the page's notes where they would then stand uncut; says whether it does."""
        frame, least = self.page.frame, TIGHT * self.frame.note_gap
        if frame.note_gap - over < least - EPSILON:
            return False
        self.page.frame = replace(frame, note_gap=frame.note_gap - over)
        return True

    def _share(self, parts: Sequence[NotePart], room: float) -> list[NotePart] | None:
        """The notes cut to the room, at least `note_lines` lines of each on either side of the cut: shorter ones are
        cut only where the page has nothing else to give; None where that fails."""
        some, fresh = self.frame.note_lines, self.page.fresh
        least = [min(part.stop, some) if fresh or part.stop >= 2 * some else part.stop for part in parts]
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


def _too_big(unit: Unit) -> ReportError:
    lines = [item for item in unit.items if isinstance(item, TextLine)]
    longest = max(lines, key=lambda line: sum(len(other.text) for other in lines if other.x == line.x), default=None)
    where = f"“{longest.text.partition(MARKS[0])[0][:20]}”" if longest else "图"
    if longest and not longest.role.endswith(("-cell", "-head")):
        return ReportError(where, "一页放不下这一行和它的脚注", "改小 page 的上下边距，或缩短脚注")
    return ReportError(where, "一页放不下这一块", "缩短单元格或图注，或把它拆开")
