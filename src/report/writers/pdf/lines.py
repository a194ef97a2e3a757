"""Lines of a paragraph after W3C CLREQ: runs of text in, placed glyph runs out, as pure data."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from report.theme.fonts import FontLibrary
from report.theme.theme import Look, Setting
from report.writers.pdf.breaking import EPSILON, Widths, break_places, last_seen
from report.writers.pdf.galley import Galley, compositor
from report.writers.pdf.piece import Piece
from report.writers.pdf.prohibitions import SQUEEZE_ORDER
from report.writers.pdf.wording import LONG, SOFT_HYPHEN, Run, opened

__all__ = ["Align", "Line", "Measure", "Piece", "Run", "break_lines", "natural_width"]

Align = Literal["left", "center", "right", "justify"]
WIDE = 0.08  # em a share: where the widest gaps have had enough
# The part of what a line leaves free that goes to its left.
ALIGNED: dict[Align, float] = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0}


class Line(Struct):
    """A line: `width` is from the measure's left edge to the line's right end; the lines' texts joined are
    the paragraph's text (but for what is never seen); `sources` are those of the runs that end on this line."""

    pieces: tuple[Piece, ...]
    width: float
    ends_paragraph: bool
    text: str
    sources: tuple[object, ...]


class Measure(Struct, frozen=True):
    """The column a paragraph is set in: insets and the first line's indent (negative: hanging) in points,
    `tracking` after every character in em; `half_first`: an opening mark is half wide at the paragraph's start too."""

    width: float
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    align: Align = "justify"
    tracking: float = 0.0
    half_first: bool = False

    @classmethod
    def of(cls, look: Look, width: float) -> Measure:
        """The measure of a role's look in a column of this width."""
        em = look.size
        return cls(width, look.indent * em, look.left * em, look.right * em, look.align, look.tracking)

    def first(self) -> float:
        """Width of the first line."""
        return self.rest() - self.indent

    def rest(self) -> float:
        """Width of the other lines."""
        return self.width - self.left - self.right


def break_lines(runs: Sequence[Run], measure: Measure, library: FontLibrary, setting: Setting) -> list[Line]:
    """The lines of a paragraph, at least one, however little text there is.

    Justified lines end flush with the measure but for the last of the paragraph, those that "\\n" ends, and those
    that would be torn apart (`most_stretch` in prohibitions.toml).
    ReportError where no font covers a character.
    """
    lines: list[Line] = []
    for number, part in enumerate(_parts(runs)):
        lines += _lines(part, measure if number == 0 else replace(measure, indent=0.0), library, setting)
    lines[-1].ends_paragraph = True
    return lines


def natural_width(runs: Sequence[Run], library: FontLibrary, setting: Setting) -> float:
    """Width of the runs on one line (up to a "\\n"), in points. ReportError where no font covers a character."""
    part = next(iter(_parts(runs)))
    if part is not runs:
        part = [replace(run, text=run.text.rstrip("\n")) for run in part]
    galley = compositor(library, setting, 0.0).galley(part)
    if galley is None:
        return 0.0
    seen = galley.glyphs[last_seen(galley, len(galley.glyphs) - 1)]
    return galley.ends[-1] + seen.box - seen.reach


def _parts(runs: Sequence[Run]) -> Iterator[Sequence[Run]]:
    """The runs between forced line ends; "\n" stays at the end of its part."""
    if not any("\n" in run.text for run in runs):
        yield runs
        return
    part: list[Run] = []
    for run in runs:
        *ended, rest = run.text.split("\n")
        for text in ended:
            yield [*part, replace(run, text=text + "\n")]
            part = []
        part.append(replace(run, text=rest) if ended else run)
    yield part


def _lines(runs: Sequence[Run], measure: Measure, library: FontLibrary, setting: Setting) -> list[Line]:
    """The lines of a part."""
    forced = "\n" if runs and runs[-1].text.endswith("\n") else ""
    if forced:
        runs = [*runs[:-1], replace(runs[-1], text=runs[-1].text[:-1])]
    if any(len(found[0]) > measure.rest() / run.size for run in runs for found in LONG.finditer(run.text)):
        runs = opened(runs, measure.rest(), lambda run: natural_width([run], library, setting))
    galley = compositor(library, setting, measure.tracking).galley(runs)
    if galley is None:
        return [Line((), measure.left + measure.indent, False, forced, tuple(run.source for run in runs))]
    galley.half_first = measure.half_first
    # ragged lines take what they can hold: there is no slack to even out
    justified = measure.align == "justify"
    widths = Widths(measure.first(), measure.rest(), not justified)
    ends = break_places(galley, widths, justified and setting.breaking == "optimal")
    setter = _Setter(galley, measure, ends)
    lines = [setter.line(first, last) for first, last in pairwise([-1, *ends])]
    if forced:
        lines[-1].text += forced
    return lines


class _Room(NamedTuple):
    """Where a line's first box would begin, where it ends, how far shares are stretched, what joints give or leave."""

    start: float
    end: float
    ratio: float
    taken: dict[int, float]


class _Setter:
    """Sets the lines of one galley: where each of their pieces goes."""

    def __init__(self, galley: Galley, measure: Measure, ends: Sequence[int]) -> None:
        self.galley, self.measure, self.final = galley, measure, ends[-1]
        self.hyphens = SOFT_HYPHEN in galley.text
        self.stops = [*galley.owners[1:], len(galley.text)]

    def line(self, before: int, last: int) -> Line:
        """The line after glyph `before` up to glyph `last`."""
        galley, first = self.galley, before + 1
        seen = max(first, last_seen(galley, last))
        room = self._place(first, seen, last == self.final)
        text = self._text(first, last + 1)
        lo, hi = bisect_right(galley.cuts, first), bisect_right(galley.cuts, last)
        edges = [first, *galley.cuts[lo:hi], last + 1]
        pieces = tuple(self._pieces(edges, seen, room))
        return Line(pieces, room.end, False, text, self._ending(first, last))

    # ------------------------------------------------------------ room

    def _place(self, first: int, seen: int, final: bool) -> _Room:
        galley, measure = self.galley, self.measure
        lead = galley.lead(first)
        width = measure.rest() if first else measure.first()
        left = measure.left + (0.0 if first else measure.indent)
        glyph = galley.glyphs[seen]
        natural = galley.ends[seen] - galley.pens[first] - lead
        flush = measure.align == "justify" and not final
        # a last mark is half wide where the line is full; where there is room it keeps its blank
        blank = 0.0 if flush else max(0.0, min(glyph.box - glyph.reach, width - natural))
        slack = width - natural - blank
        if slack < -EPSILON and measure.align == "justify":
            slack += galley.hung(seen)
        ratio, taken = 0.0, {}
        if slack < -EPSILON:
            taken = self._squeezed(first, seen, -slack)
            slack = 0.0
        elif flush:
            ratio = self._ratio(first, seen, slack)
            if ratio > WIDE:
                ratio, taken = self._eased(first, seen, slack, ratio)
        left += slack * ALIGNED[measure.align]
        added = (ratio * (galley.stretch[seen] - galley.stretch[first]) if ratio else 0.0) - sum(taken.values())
        return _Room(left - lead, left + natural + blank + added, ratio, taken)

    def _ratio(self, first: int, seen: int, slack: float) -> float:
        """How far each share is stretched: not at all where the line would be torn apart."""
        shares = self.galley.stretch[seen] - self.galley.stretch[first]
        if shares <= EPSILON or slack > self.galley.most_stretch(first, seen) * shares + EPSILON:
            return 0.0
        return slack / shares

    def _eased(self, first: int, seen: int, slack: float, ratio: float) -> tuple[float, dict[int, float]]:
        """How far shares are stretched where gaps and word spaces stop at their most, and what these leave of theirs;
        `ratio` and nothing where the other joints would be torn apart."""
        galley = self.galley
        shares = galley.stretch[seen] - galley.stretch[first]
        special = galley.special[bisect_left(galley.special, first):bisect_left(galley.special, seen)]
        room = {index: galley.widest(index) for index in special if galley.stretches[index] > galley.glyphs[index].size}
        full: list[int] = []
        eased = ratio
        for _ in room:  # each time some more are full
            found = [index for index in room if eased * galley.stretches[index] > room[index]]
            if found == full:
                break
            full = found
            rest = shares - sum(galley.stretches[index] for index in full)
            if rest <= EPSILON:
                return ratio, {}
            eased = (slack - sum(room[index] for index in full)) / rest
        if eased > galley.most_stretch(first, seen):
            return ratio, {}
        return eased, {index: eased * galley.stretches[index] - room[index] for index in full}

    def _squeezed(self, first: int, seen: int, over: float) -> dict[int, float]:
        """What joints give, in the order of CLREQ, the joints of one turn alike."""
        special, joints = self.galley.special, self.galley.joints
        inside = special[bisect_left(special, first):bisect_left(special, seen)]
        taken: dict[int, float] = {}
        for turn in SQUEEZE_ORDER:
            room = {index: joints[index].give for index in inside if joints[index].turn == turn}
            total = sum(room.values())
            if over > EPSILON and total > EPSILON:
                part = min(1.0, over / total)
                taken |= {index: give * part for index, give in room.items()}
                over -= part * total
        return taken

    # ------------------------------------------------------------ pieces

    def _pieces(self, edges: Sequence[int], seen: int, room: _Room) -> Iterator[Piece]:
        galley, pens, given = self.galley, self.galley.pens, 0.0
        start, end, ratio, taken = room
        stretch = galley.stretch if ratio else pens  # any: times 0
        start -= pens[edges[0]] + ratio * stretch[edges[0]]
        run, runs = galley.runs[0], len(galley.runs)
        for begin, stop in pairwise(edges):
            if runs > 1:
                run = galley.runs[bisect_right(galley.owners, begin) - 1]
            head, tail = galley.glyphs[begin], stop - 1 if stop <= seen else seen
            x = start + pens[begin] + ratio * stretch[begin] - given + head.shift
            even, odd = self._spaced(begin, stop, ratio, taken)
            if taken:
                given += sum(taken.get(index, 0.0) for index in range(begin, stop - 1))
            right = start + pens[tail] + ratio * stretch[tail] - given + galley.glyphs[tail].box
            if begin > seen:
                x = min(x, end)
            text = galley.text[begin:stop]
            if self.hyphens and SOFT_HYPHEN in text:
                text, odd = _unhyphenated(text, odd, stop == edges[-1])
            width = max(0.0, min(right, end) - x)
            yield Piece(
                x, text, head.face, run.size, run.colour, run.rise, width, run.source, even, odd, head.scale
            )
            if taken:
                given += taken.get(stop - 1, 0.0)

    def _spaced(
        self, begin: int, stop: int, ratio: float, taken: dict[int, float]
    ) -> tuple[float, tuple[tuple[int, float], ...]]:
        """What follows the glyphs of a piece: `even` and `odd` of Piece."""
        galley, special, plain = self.galley, self.galley.special, self.galley.plain
        low, high = bisect_left(special, begin), bisect_left(special, stop - 1)
        even = 0.0
        if plain is not None and high - low < stop - 1 - begin:
            even = plain.extra + ratio * plain.stretch
        odd: list[tuple[int, float]] = []
        for index in special[low:high]:
            extra = galley.joints[index].extra - even
            if ratio:
                extra += ratio * galley.stretches[index]
            if taken:
                extra -= taken.get(index, 0.0)
            if extra > EPSILON or extra < -EPSILON:
                odd.append((index - begin, extra))
        return even, tuple(odd)

    def _text(self, first: int, stop: int) -> str:
        text = self.galley.text[first:stop]
        return text[:-1].replace(SOFT_HYPHEN, "") + text[-1] if self.hyphens else text

    def _ending(self, first: int, last: int) -> tuple[object, ...]:
        """The sources of the runs that end on the line."""
        low = bisect_right(self.stops, first) if first else 0
        return tuple(run.source for run in self.galley.runs[low:bisect_right(self.stops, last + 1)])


def _unhyphenated(
    text: str, odd: tuple[tuple[int, float], ...], ending: bool
) -> tuple[str, tuple[tuple[int, float], ...]]:
    """A piece without the soft hyphens that are not seen: all but the one that ends a line."""
    shown = [index for index, char in enumerate(text) if char != SOFT_HYPHEN or ending and index == len(text) - 1]
    place = {index: new for new, index in enumerate(shown)}
    return "".join(text[index] for index in shown), tuple((place[i], extra) for i, extra in odd if i in place)
