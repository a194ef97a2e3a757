"""The pen: collects a drawing's paths and words, in points from the top left, text measured with the theme's fonts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from report.charts.chart import Chart, Label, cut, plain, spans
from report.charts.colours import Palette
from report.charts.drawing import Path, Words
from report.charts.gaps import HALF, gaps, squeezes
from report.charts.wrap import NOT_LAST, widest_piece, wrap
from report.theme.fonts import FontLibrary
from report.theme.theme import POINTS, Look, Role, Theme

ASCENT, DESCENT = 0.88, 0.12  # the Han em box about the baseline
HANG = 0.08  # em of blank that a line keeps before its first mark
MIDDLE = 0.37  # half the height of a digit: where the eye sees the middle of a line
_KAPPA = 0.5523  # a quarter circle as a Bézier curve

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Type:
    """How words are set: a role, the colour where it is not the role's, and which end stays put."""

    role: Role
    colour: str = ""
    anchor: Anchor = "start"


TITLE, SUBTITLE = Type("chart-title"), Type("chart-subtitle")
LABEL, VALUE, NOTE = Type("chart-label"), Type("chart-value"), Type("chart-note")


class Pen:
    """Draws one chart. `fills` holds a colour for every mark; `width` is that of the theme's text block where 0 is
    given; the marks should reach down to `floor` where the spec asks for a height (0: as far as they need)."""

    def __init__(self, chart: Chart, theme: Theme, library: FontLibrary, width: float) -> None:
        self.theme, self.library = theme, library
        self.palette = Palette(theme, chart.place)
        self.fills = self.palette.fills(chart)
        self.width = width or round((theme.page.width - theme.page.left - theme.page.right) * POINTS, 2)
        self.floor = 0.0
        self.items: list[Path | Words] = []

    # -------------------------------------------------------------- text

    def look(self, kind: Type) -> Look:
        """The role's look."""
        return self.theme.roles[kind.role]

    def measure(self, label: Label, kind: Type) -> float:
        """Width of a label in points, with the white between Han and Latin, without that between marks."""
        return self._advance(plain(label), kind)

    def _advance(self, text: str, kind: Type) -> float:
        look = self.look(kind)
        advances = (self.library.choose(look.font, char, text).advance(char) for char in text)
        return sum(advances) * look.size / 1000 + sum(points for _, points in self._whites(text, look))

    def _whites(self, text: str, look: Look) -> list[tuple[int, float]]:
        """What follows some characters beyond their advance, less than 0 after squeezed marks: (index, points)."""
        setting = self.theme.setting
        found = [(index, setting.gap * look.size) for index in gaps(text) if setting.gap]
        if setting.squeeze:
            found += [(index, -HALF * look.size) for index in squeezes(text)]
        return sorted(found)

    def wrap(self, label: Label, measure: float, kind: Type, *, balanced: bool = False) -> list[Label]:
        """The lines of a label in a measure."""
        text = plain(label)
        lines, start = [], 0
        for line in wrap(text, measure, lambda piece: self._advance(piece, kind), balanced=balanced):
            start = text.index(line, start)
            lines.append(cut(label, start, start + len(line)))
            start += len(line)
        return lines

    def unbroken(self, label: Label, kind: Type) -> float:
        """The width of the longest stretch of a label that no line end parts."""
        return widest_piece(plain(label), lambda piece: self._advance(piece, kind))

    def widest(self, lines: Sequence[Label], kind: Type) -> float:
        """The longest line's width; 0 for none."""
        return max((self.measure(line, kind) for line in lines), default=0.0)

    def words(self, label: Label, x: float, y: float, kind: Type) -> None:
        """One line of text, its baseline at y, the anchored end at x; nothing for no text."""
        text = plain(label)
        if not text:
            return
        look, width = self.look(kind), self._advance(text, kind)
        left = x - {"start": self._hang(text, look), "middle": width / 2, "end": width}[kind.anchor]
        colour = kind.colour or self.palette.named(look.colour)
        self.items.append(
            Words(x=_round(left), y=_round(y), text=text, font=look.font, size=look.size, colour=colour,
                  role=kind.role, width=_round(width), anchor=kind.anchor, spans=spans(label),
                  gaps=tuple((index, _round(points)) for index, points in self._whites(text, look)))
        )

    def _hang(self, text: str, look: Look) -> float:
        """The blank half of an opening bracket or quote, which hangs out so that the ink starts at the edge."""
        if text[0] not in NOT_LAST:
            return 0.0
        blank, _ = self.library.choose(look.font, text[0], text).ink(text[0])
        return max(0.0, blank / 1000 - HANG) * look.size

    def lines(self, lines: Sequence[Label], x: float, top: float, kind: Type) -> float:
        """Lines below each other from `top`; returns where the last one ends."""
        look = self.look(kind)
        lead = (look.leading - look.size) / 2
        for index, line in enumerate(lines):
            self.words(line, x, top + lead + index * look.leading + ASCENT * look.size, kind)
        return top + len(lines) * look.leading

    def middle(self, label: Label, x: float, centre: float, kind: Type) -> None:
        """One line of text whose middle is at the height `centre`."""
        self.words(label, x, centre + MIDDLE * self.look(kind).size, kind)

    def tall(self, lines: Sequence[Label], kind: Type) -> float:
        """Height of the lines."""
        return len(lines) * self.look(kind).leading

    # -------------------------------------------------------------- shapes

    def path(self, segments: Sequence[tuple[str | float, ...]], fill: str | None, stroke: str | None = None,
             width: float = 0) -> None:
        """A path of segments."""
        rounded = tuple(tuple(_round(p) if not isinstance(p, str) else p for p in s) for s in segments)
        self.items.append(Path(segments=rounded, fill=fill, stroke=stroke, width=width))

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """A filled polygon."""
        self.path([("M", *points[0]), *(("L", *point) for point in points[1:]), ("Z",)], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A filled rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def cell(self, x: float, y: float, side: float, fill: str) -> None:
        """A square with slightly rounded corners, its top left at x, y."""
        r = side * 0.14
        k, right, bottom = r * (1 - _KAPPA), x + side, y + side
        self.path([
            ("M", x + r, y), ("L", right - r, y), ("C", right - k, y, right, y + k, right, y + r),
            ("L", right, bottom - r), ("C", right, bottom - k, right - k, bottom, right - r, bottom),
            ("L", x + r, bottom), ("C", x + k, bottom, x, bottom - k, x, bottom - r),
            ("L", x, y + r), ("C", x, y + k, x + k, y, x + r, y), ("Z",),
        ], fill)

    def dot(self, centre: Point, radius: float, fill: str, stroke: str | None = None, width: float = 0) -> None:
        """A circle."""
        x, y = centre
        k, r = radius * _KAPPA, radius
        self.path([
            ("M", x + r, y), ("C", x + r, y + k, x + k, y + r, x, y + r), ("C", x - k, y + r, x - r, y + k, x - r, y),
            ("C", x - r, y - k, x - k, y - r, x, y - r), ("C", x + k, y - r, x + r, y - k, x + r, y), ("Z",),
        ], fill, stroke, width)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """An open line through points."""
        self.path([("M", *points[0]), *(("L", *point) for point in points[1:])], None, colour, width)


def coloured(kind: Type, colour: str) -> Type:
    """The type in another colour."""
    return replace(kind, colour=colour)


def anchored(kind: Type, anchor: Anchor) -> Type:
    """The type with another end that stays put."""
    return replace(kind, anchor=anchor)


def _round(value: float | str) -> float:
    return round(float(value), 2) + 0.0
