"""A chart as drawn, as data: paths and words in points, so that a writer can paint it with its own fonts."""

from __future__ import annotations

from typing import ClassVar, Literal

from report.charts.native.plot import Plot
from report.records import Record


class Path(Record, tag="path"):
    """Segments `("M", x, y)`, `("L", x, y)`, `("C", x1, y1, x2, y2, x, y)`, `("Z",)`, points from the top left.
    Colours are #rrggbb or None; `width` of the stroke and `dash` in points."""

    type: ClassVar[Literal["path"]] = "path"
    segments: tuple[tuple[str | float, ...], ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0
    dash: tuple[float, ...] = ()


class Words(Record, tag="words"):
    """A run of text: x, y of the baseline's start from the top left; `font` a key of Theme.fonts. `width` is its
    advance as measured; `anchor` the end that must stay put where a reader's font is wider or narrower (SVG).
    `spans` tells which characters print which value: (start, end, name), in order; `gaps` the white after some
    characters beyond their advance, less than 0 where marks are squeezed: (index, points), in order."""

    type: ClassVar[Literal["words"]] = "words"
    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str
    role: str
    width: float = 0
    anchor: Literal["start", "middle", "end"] = "start"
    spans: tuple[tuple[int, int, str], ...] = ()
    gaps: tuple[tuple[int, float], ...] = ()


class Drawing(Record):
    """A whole chart, `width` × `height` points; `items` in painting order, words in reading order among themselves.
    `native` is the same chart as numbers, None where only a picture can show it."""

    width: float
    height: float
    items: tuple[Path | Words, ...]
    alt: str
    native: Plot | None = None
