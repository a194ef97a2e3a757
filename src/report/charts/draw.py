"""Chart files: the drawing painted by matplotlib as PDF and PNG, with SVG, CSV and the drawing itself beside it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path as FilePath
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from report.charts.chart import Chart, plain
from report.charts.drawing import Drawing, Path, Words
from report.charts.layout import lay_out
from report.charts.svg import svg_text
from report.charts.table import csv_bytes
from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme

DPI = 300
NARROW = 280.0  # points: the chart for a phone, which shows a point as about 1.25 pixels
_CODES: dict[str, tuple[Any, ...]] = {
    "M": (Outline.MOVETO,), "L": (Outline.LINETO,), "C": (Outline.CURVE4,) * 3, "Z": (Outline.CLOSEPOLY,),
}
_STYLE: dict[Any, Any] = {
    "pdf.fonttype": 3, "pdf.compression": 6, "text.hinting": "none", "text.usetex": False, "path.simplify": False,
}


@dataclass(frozen=True)
class ChartFiles:
    """A chart in every form that a writer or a reader wants; `narrow` is an SVG for phones, "" where the chart cannot
    be drawn so narrow."""

    pdf: bytes
    svg: str
    narrow: str
    png: bytes
    csv: bytes
    drawing: Drawing


def draw_chart(chart: Chart, theme: Theme, library: FontLibrary) -> ChartFiles:
    """The chart's files, one geometry in all; same chart and theme, same bytes.

    PDF keeps its text as text in embedded subsets; PNG has 300 dots an inch. Raises ReportError as `lay_out` does.
    """
    drawing = lay_out(chart, theme, library)
    title = plain(chart.title)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, matplotlib.rc_context(_STYLE):
        figure = _Painter(drawing, library, FilePath(folder)).figure()
        meta = {"Title": title, "Creator": None, "Producer": None, "CreationDate": None}
        pdf = _saved(figure, "pdf", meta)
        png = _saved(figure, "png", {"Software": None})
    svg = svg_text(chart.id, title, drawing, theme)
    return ChartFiles(pdf, svg, _narrow(chart, theme, library), png, csv_bytes(chart.table), drawing)


def _narrow(chart: Chart, theme: Theme, library: FontLibrary) -> str:
    try:
        drawing = lay_out(chart, theme, library, NARROW)
    except ReportError:  # what it says is for the page: the chart could be drawn for that
        return ""
    return svg_text(f"{chart.id} narrow", plain(chart.title), drawing, theme)


def _saved(figure: Figure, form: str, metadata: dict[str, str | None]) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=form, dpi=DPI, metadata=metadata)
    return out.getvalue()


class _Painter:
    """Puts a drawing on a matplotlib figure, with fonts subset into `folder`."""

    def __init__(self, drawing: Drawing, library: FontLibrary, folder: FilePath) -> None:
        self.drawing, self.library, self.folder = drawing, library, folder
        self.fonts = self._fonts()

    def figure(self) -> Figure:
        """The figure, with no axes: the drawing's own points are its only coordinates."""
        figure = Figure(figsize=(self.drawing.width / 72, self.drawing.height / 72), facecolor="white")
        points = Affine2D().scale(1 / 72, -1 / 72).translate(0, self.drawing.height / 72) + figure.dpi_scale_trans
        for item in self.drawing.items:
            for artist in [_patch(item)] if isinstance(item, Path) else self._texts(item):
                artist.set_transform(points)
                figure.add_artist(artist)
        return figure

    def _runs(self, words: Words) -> Iterator[tuple[str, str, float]]:
        """Pieces of one font file each, with no gap within: the file's key, the text, where it starts."""
        x, start = words.x, 0
        for end, gap in (*((index + 1, points) for index, points in words.gaps), (len(words.text), 0.0)):
            part = words.text[start:end]
            for key, chars in groupby(part, lambda char: self.library.choose(words.font, char, words.text).key):
                text = "".join(chars)
                yield key, text, x
                x += sum(self.library.face(key).advance(char) for char in text) * words.size / 1000
            x, start = x + gap, end

    def _texts(self, words: Words) -> list[Text]:
        return [
            Text(x, words.y, text, color=words.colour, parse_math=False, verticalalignment="baseline",
                 fontproperties=FontProperties(fname=self.fonts[key], size=words.size))
            for key, text, x in self._runs(words)
        ]

    def _fonts(self) -> dict[str, str]:
        """Every font file that the words use, subset to their characters, by its key."""
        used: dict[str, str] = {}
        for item in self.drawing.items:
            if isinstance(item, Words):
                for key, text, _ in self._runs(item):
                    used[key] = used.get(key, "") + text
        for key, text in used.items():
            (self.folder / f"{key}.otf").write_bytes(self.library.subset_otf(key, text))
        return {key: str(self.folder / f"{key}.otf") for key in used}


def _patch(path: Path) -> PathPatch:
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, *numbers in path.segments:
        pairs = [float(number) for number in numbers] or [0.0, 0.0]
        points += zip(pairs[::2], pairs[1::2], strict=True)
        codes += _CODES[str(letter)]
    dash = (0.0, path.dash) if path.dash else "solid"
    return PathPatch(
        Outline(points, codes), facecolor=path.fill or "none", edgecolor=path.stroke or "none",
        linewidth=path.width, linestyle=dash, capstyle="butt", joinstyle="round",
    )
