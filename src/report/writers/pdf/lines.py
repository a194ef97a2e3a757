"""Lines of a paragraph after W3C CLREQ: runs of text in, placed glyph runs out, as pure data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from report.theme.fonts import FontLibrary
from report.theme.theme import Look, Setting
from report.writers.pdf.breaking import EPSILON, Widths, break_places, last_seen
from report.writers.pdf.galley import Galley, Run, compositor

__all__ = ["Align", "Line", "Measure", "Piece", "Run", "break_lines"]

Align = Literal["left", "center", "right", "justify"]
# The part of what a line leaves free that goes to its left.
ALIGNED: dict[Align, float] = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True)
class Piece:
    """A glyph run placed on a line; lengths in points, `face` a key of Theme.files.

    `x` is from the measure's left edge (a mark squeezed at a line's start may begin left of it: only its
    blank does); `width` leaves out a space that the line's end swallows. `spacing` is what follows each
    glyph beyond its own advance (None: nothing anywhere), `scale` a horizontal scaling of the glyphs.
    """

    x: float
    text: str
    face: str
    size: float
    colour: str
    rise: float
    width: float
    source: object
    spacing: tuple[float, ...] | None
    scale: float = 1.0


@dataclass(frozen=True)
class Line:
    """A line: `width` is from the measure's left edge to the line's right end; the lines' texts joined are
    the paragraph's text; `sources` are those of the runs that end on this line."""

    pieces: tuple[Piece, ...]
    width: float
    ends_paragraph: bool
    text: str
    sources: tuple[object, ...]


@dataclass(frozen=True)
class Measure:
    """The column a paragraph is set in: insets and the first line's indent (negative: hanging) in points,
    `tracking` after every character in em."""

    width: float
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    align: Align = "justify"
    tracking: float = 0.0

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
    that would be torn apart (`most_stretch` in prohibitions.yaml).
    ReportError where no font covers a character.
    """
    rows: list[tuple[tuple[Piece, ...], float, str]] = []
    for number, part in enumerate(_parts(runs)):
        rows += _rows(part, measure if number == 0 else replace(measure, indent=0.0), library, setting)
    ending = _ending_sources(runs, [len(text) for _, _, text in rows])
    last = len(rows) - 1
    return [
        Line(pieces, width, index == last, text, ending[index])
        for index, (pieces, width, text) in enumerate(rows)
    ]


def _parts(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """The runs between forced line ends; "\n" stays at the end of its part."""
    part: list[Run] = []
    for run in runs:
        *ended, rest = run.text.split("\n")
        for text in ended:
            yield [*part, replace(run, text=text + "\n")]
            part = []
        part.append(replace(run, text=rest) if ended else run)
    yield part


def _ending_sources(runs: Sequence[Run], lengths: Sequence[int]) -> list[tuple[object, ...]]:
    """For each line the sources of the runs whose last character it holds."""
    ending: list[list[object]] = [[] for _ in lengths]
    line, filled, position = 0, lengths[0], 0
    for run in runs:
        position += len(run.text)
        while position > filled and line + 1 < len(lengths):
            line += 1
            filled += lengths[line]
        ending[line].append(run.source)
    return [tuple(sources) for sources in ending]


def _rows(
    runs: Sequence[Run], measure: Measure, library: FontLibrary, setting: Setting
) -> Iterator[tuple[tuple[Piece, ...], float, str]]:
    """Pieces, right end and text of each line of a part."""
    forced = "\n" if runs and runs[-1].text.endswith("\n") else ""
    if forced:
        runs = [*runs[:-1], replace(runs[-1], text=runs[-1].text[:-1])]
    galley = compositor(library, setting, measure.tracking).galley(runs)
    if not galley.glyphs:
        yield (), measure.left + measure.indent, forced
        return
    # ragged lines take what they can hold: there is no slack to even out
    optimal = setting.breaking == "optimal" and measure.align == "justify"
    ends = break_places(galley, Widths(measure.first(), measure.rest()), optimal, measure.align != "justify")
    first = 0
    for last in ends:
        row = _Row(galley, first, last, measure)
        final = last == ends[-1]
        yield row.pieces(runs, final), row.end, galley.text[first:last + 1] + (forced if final else "")
        first = last + 1


class _Row:
    """One line being set: where each of its glyphs goes."""

    def __init__(self, galley: Galley, first: int, last: int, measure: Measure) -> None:
        self.galley, self.first, self.last, self.measure = galley, first, last, measure
        self.seen = max(first, last_seen(galley, last))
        self.end = 0.0

    def pieces(self, runs: Sequence[Run], final: bool) -> tuple[Piece, ...]:
        """The pieces in order; sets `end`."""
        start, spaces = self._place(final)
        origins = self._origins(start, spaces)
        galley, pieces, begin = self.galley, [], self.first
        for index in range(self.first + 1, self.last + 2):
            if index > self.last or _parted(galley, index):
                pieces.append(self._piece(runs[galley.owner[begin]], begin, index, origins))
                begin = index
        return tuple(pieces)

    def _place(self, final: bool) -> tuple[float, list[float]]:
        """The left edge of the first glyph's box, and the spaces between the glyphs seen."""
        glyphs, joints, measure = self.galley.glyphs, self.galley.joints, self.measure
        first, seen = self.first, self.seen
        spaces = [joint.space for joint in joints[first:seen]]
        lead = glyphs[first].lead if first else 0.0
        width = measure.rest() if first else measure.first()
        start = measure.left - lead + (0.0 if first else measure.indent)
        slack = width - (sum(glyph.box for glyph in glyphs[first:seen + 1]) + sum(spaces) - lead)
        flush = measure.align == "justify" and not final
        dropped = glyphs[seen].trail if flush else min(glyphs[seen].trail, max(0.0, -slack))
        slack += dropped
        if slack < 0:
            slack = self._squeeze(spaces, slack)
        elif flush:
            slack = self._spread(spaces, slack)
        if slack > 0:
            start += slack * ALIGNED[measure.align]
        self.end = start + sum(glyph.box for glyph in glyphs[first:seen + 1]) + sum(spaces) - dropped
        return start, spaces

    def _squeeze(self, spaces: list[float], slack: float) -> float:
        """Take -slack out of marks, then out of gaps and spaces (CLREQ 3.2.3); returns what could not be taken."""
        joints = self.galley.joints[self.first:self.seen]
        for room in ([joint.mark for joint in joints], [joint.gap for joint in joints]):
            total = sum(room)
            if slack < 0 < total:
                part = min(1.0, -slack / total)
                spaces[:] = [space - part * give for space, give in zip(spaces, room, strict=True)]
                slack += part * total
        return slack

    def _spread(self, spaces: list[float], slack: float) -> float:
        """Put the slack into the line by the joints' shares, or evenly where no joint has one; returns what is left:
        all of it where the line would be torn apart."""
        shares = self.galley.stretches[self.first:self.seen]
        total = sum(shares)
        if total <= EPSILON:
            shares = [glyph.size for glyph in self.galley.glyphs[self.first:self.seen]]
            total = sum(shares)
        if slack > self.galley.most_stretch * total + EPSILON:
            return slack
        spaces[:] = [space + slack * share / total for space, share in zip(spaces, shares, strict=True)]
        return 0.0

    def _origins(self, start: float, spaces: list[float]) -> list[float]:
        """x of each glyph's origin; the spaces that the line's end swallows stand at its end."""
        glyphs = self.galley.glyphs[self.first:self.seen + 1]
        origins, pen = [], start
        for glyph, space in zip(glyphs, [*spaces, 0.0], strict=True):
            origins.append(pen + glyph.shift)
            pen += glyph.box + space
        return origins + [self.end] * (self.last - self.seen)

    def _piece(self, run: Run, begin: int, end: int, origins: list[float]) -> Piece:
        glyphs = self.galley.glyphs[begin:end]
        own = origins[begin - self.first:end - self.first]
        spacing = [
            round(after - x - glyph.advance, 4)
            for x, after, glyph in zip(own, own[1:], glyphs, strict=False)
        ]
        seen = max(0, min(end, self.seen + 1) - begin)
        last = glyphs[seen - 1]
        width = own[seen - 1] - last.shift + last.box - own[0] if seen else 0.0
        head = glyphs[0]
        return Piece(
            x=own[0], text=self.galley.text[begin:end], face=head.face, size=run.size, colour=run.colour,
            rise=run.rise, width=min(width, self.end - own[0]), source=run.source,
            spacing=(*spacing, 0.0) if any(spacing) else None, scale=head.scale,
        )


def _parted(galley: Galley, index: int) -> bool:
    """Whether a piece ends before the glyph: another run, another face, another scale."""
    left, right = galley.glyphs[index - 1], galley.glyphs[index]
    return (
        galley.owner[index - 1] != galley.owner[index] or left.face != right.face or left.scale != right.scale
    )
