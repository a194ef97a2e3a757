"""A page while it is filled: the units on it, its footnotes, and how far it is full."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from report.errors import ReportError
from report.writers.pdf.units import NoteFlow, Unit

EPSILON = 0.01  # points: lengths that differ by less are equal
HOLE = 0.2  # of the text block: the largest space left empty at a page's foot where something could still stand there
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


class Frame(Struct, frozen=True):
    """The text block that pages are filled to, in points: its height; `grid`, the distance of the lines on which body
    text stands (0: no grid); the space above the first note; how many lines a note keeps together on either side of a
    page's end; how many lines of text, each `leading` high, notes from the page before leave room for. `x` is its left
    edge on the paper; `turned`: the paper lies across."""

    height: float
    leading: float
    note_gap: float
    grid: float = 0
    x: float = 0
    note_lines: int = 2
    text_lines: int = 3
    turned: bool = False

    @property
    def hole(self) -> float:
        """The largest space left empty at a page's foot, in points."""
        return HOLE * self.height


class NotePart(Struct, frozen=True):
    """Lines `start` to `stop` of a note, as they stand on one page."""

    flow: NoteFlow
    start: int
    stop: int

    @property
    def height(self) -> float:
        """Height of these lines."""
        return (self.stop - self.start) * self.flow.leading


class Placed(Struct, frozen=True):
    """A unit and where its top stands, from the top of the text block; `repeated`: said before, no content."""

    y: float
    unit: Unit
    repeated: bool = False


class BuiltPage(Struct):
    """A page while it is filled and after: `y` is how far it is filled; `closed`: it takes no more text. `numbers`
    gives each note its number on this page, `marks` each mark (occurrence) of one."""

    frame: Frame
    blank: bool = False
    closed: bool = False
    placed: list[Placed] = field(default_factory=list)
    notes: list[NotePart] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    y: float = 0

    @property
    def notes_height(self) -> float:
        """Height of the notes with the space above them; 0 where there are none."""
        return self.height_of(self.notes)

    @property
    def empty(self) -> bool:
        """Whether nothing stands on it."""
        return not self.placed and not self.notes

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on it but what is repeated from the page before."""
        return not self.notes and all(one.repeated for one in self.placed)

    @property
    def own_height(self) -> float:
        """How high it is filled, without what is repeated from the page before or goes on from there in notes."""
        own = next((one.y for one in self.placed if not one.repeated), self.y)
        return self.y - own + sum(part.height for part in self.notes if part.start == 0)

    @property
    def room(self) -> float:
        """How high the space between its text and its notes is."""
        return self.frame.height - self.notes_height - self.y

    def height_of(self, parts: Sequence[NotePart]) -> float:
        """Height of notes with the space above them."""
        return self.frame.note_gap + sum(part.height for part in parts) if parts else 0.0

    def goes_on(self, unit: Unit) -> bool:
        """Whether the unit is in the figure, table or box in which the last unit stands."""
        if not self.placed:
            return False
        last = self.placed[-1].unit
        return 0 < unit.group == last.group or unit.box is not None and unit.box == last.box

    # ------------------------------------------------------------ places

    def tops(self, units: Sequence[Unit]) -> list[float]:
        """Where the tops of the units would stand if they came next; body lines on the grid."""
        tops: list[float] = []
        y, after = self.y, self.placed[-1].unit.after if self.placed else 0.0
        for unit in units:
            if self.placed or tops:
                y += after + unit.before
            tops.append(y)
            y, after = y + unit.height, unit.after
        return self._on_grid(units, tops) if self.frame.grid else tops

    def _on_grid(self, units: Sequence[Unit], tops: list[float]) -> list[float]:
        """Headings keep their distance to the text below them: the space that brings it on the grid goes above, never
        between lines of text. A figure stands in the middle of the lines it takes up."""
        grid = self.frame.grid
        if any(unit.grid for unit in units):
            return self._regained(units, tops)
        if self.placed and units[0].group and not self.goes_on(units[0]):
            end = tops[-1] + units[-1].height + units[-1].after
            shift = (math.ceil(end / grid - EPSILON) * grid - end) / 2
            return [top + shift for top in tops]
        return tops

    def _regained(self, units: Sequence[Unit], tops: list[float]) -> list[float]:
        """The tops with every body line on the grid: what stands between two such lines goes down with the lower one;
        what stands above the first at a page's head stays there."""
        grid, out, shift = self.frame.grid, list[float](), 0.0
        above, moves = 0, bool(self.placed)
        for index, (unit, top) in enumerate(zip(units, tops, strict=True)):
            if unit.grid:
                more = math.ceil((top + shift) / grid - EPSILON) * grid - top - shift
                shift += more
                out[above:] = [higher + more if moves else higher for higher in out[above:]]
                above, moves = index + 1, True
            out.append(top + shift)
        return out

    def new_notes(self, units: Iterable[Unit]) -> list[NotePart]:
        """The notes that the units would bring to the page: those of their marks whose text is not there yet."""
        parts: list[NotePart] = []
        seen: set[str] = set()
        for flow in (flow for unit in units for flow in unit.notes):
            if flow.note not in seen and flow.note not in self.numbers:
                seen.add(flow.note)
                parts.append(NotePart(flow, 0, len(flow.lines)))
        return parts

    def fits(self, units: Sequence[Unit]) -> bool:
        """Whether the units and their notes find room."""
        if self.closed:
            return False
        bottom = self.tops(units)[-1] + units[-1].height
        notes = self.height_of([*self.notes, *self.new_notes(units)]) or -units[-1].slack
        return bottom + notes <= self.frame.height + EPSILON

    def gapes(self, chunks: Iterable[Sequence[Unit]]) -> bool:
        """Whether the groups, set one after the other, would leave a hole at the foot before one that does not fit."""
        trial = replace(self, placed=self.placed[-1:], notes=list(self.notes), marks={}, numbers=dict(self.numbers))
        moved = False
        for chunk in chunks:
            if trial.fits(chunk) and not (moved and chunk[0].loose):
                trial.take(chunk, trial.new_notes(chunk))
            elif not chunk[0].loose:
                return trial.room > self.frame.hole
            else:
                moved = True
        return moved and trial.room > self.frame.hole

    # ------------------------------------------------------------ filling

    def take(self, units: Sequence[Unit], parts: Iterable[NotePart]) -> None:
        """Set the units and the notes on the page."""
        for unit, top in zip(units, self.tops(units), strict=True):
            self.placed.append(Placed(top, unit))
            self.y = top + unit.height
        for part in parts:
            self.add_note(part)
        for flow in (flow for unit in units for flow in unit.notes):
            self.marks[flow.mark] = self.numbers[flow.note]

    def repeat(self, units: Sequence[Unit]) -> None:
        """Set units again that stood on the page before."""
        for unit, top in zip(units, self.tops(units), strict=True):
            self.placed.append(Placed(top, unit, repeated=True))
            self.y = top + unit.height

    def sink(self) -> None:
        """Let the page's text stand at its foot."""
        shift = self.room
        self.placed = [replace(one, y=one.y + shift) for one in self.placed]
        self.y += shift

    def add_note(self, part: NotePart) -> None:
        """Set a note, or what is left of one, at the foot; it takes the next number on the page."""
        self.notes.append(part)
        if part.start == 0:
            number = len(self.numbers) + 1
            if number > len(MARKS):
                words = "".join(line.text for line in part.flow.lines).lstrip(f"{MARKS[0]}\u00a0")[:20]
                raise ReportError(f"脚注“{words}…”", f"一页上超过 {len(MARKS)} 条脚注，圈码只到{MARKS[-1]}",
                                  "合并出处相同的脚注，或改为表下注")
            self.numbers[part.flow.note] = self.marks[part.flow.mark] = number
