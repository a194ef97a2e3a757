"""Setting plain text in lines, and where its glyphs stand."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.theme.theme import Setting
from report.writers.pdf.breaking import Breaker, Widths
from report.writers.pdf.galley import compositor
from report.writers.pdf.lines import Line, Measure, Run, break_lines

CASES = Path(__file__).parent / "lines"
THEME = Path(__file__).parents[3] / "templates/themes/shanghai/theme.yaml"
SIZE = 16.0
NOTE = "[①]"  # stands for a raised note mark


def read(path: Path) -> Any:
    """A YAML file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def library() -> FontLibrary:
    """The fonts of the default theme."""
    return FontLibrary(load_theme([read(THEME)], "theme.yaml"))


def runs_of(text: str) -> list[Run]:
    """Plain text as runs."""
    return [
        Run("①", "song", SIZE * 0.62, "ink", rise=5.8, source="note") if part == NOTE
        else Run(part, "song", SIZE, "ink", source="text")
        for part in re.split(r"(\[①\])", text)
    ]


def set_in(text: str, em: float, *, setting: dict[str, Any] | None = None, **measure: Any) -> list[Line]:
    """The lines of a text in a column of so many em."""
    return break_lines(runs_of(text), Measure(em * SIZE, **measure), library(), Setting(**(setting or {})))


def breaker_of(text: str, em: float, indent: float = 2) -> Breaker:
    """What judges the lines of a text in a column of so many em."""
    galley = compositor(library(), Setting(), 0.0).galley(runs_of(text))
    assert galley is not None
    return Breaker(galley, Widths((em - indent) * SIZE, em * SIZE))


def glyph_edges(line: Line) -> list[tuple[float, float, str]]:
    """Left and right edge of each glyph's advance on a line, in points."""
    edges = []
    for piece in line.pieces:
        face, x = library().face(piece.face), piece.x
        for char, extra in zip(piece.text, piece.spacing or (0.0,) * len(piece.text), strict=True):
            advance = face.advance(char) * piece.size * piece.scale / 1000
            edges.append((x, x + advance, char))
            x += advance + extra
    return edges


def inked(line: Line) -> list[tuple[float, float, str]]:
    """Left and right edge of what is seen of each glyph on a line."""
    edges = []
    for piece in line.pieces:
        face, x = library().face(piece.face), piece.x
        for char, extra in zip(piece.text, piece.spacing or (0.0,) * len(piece.text), strict=True):
            left, right = (edge * piece.size * piece.scale / 1000 for edge in face.ink(char))
            if right > left:
                edges.append((x + left, x + right, char))
            x += face.advance(char) * piece.size * piece.scale / 1000 + extra
    return edges


def is_han(char: str) -> bool:
    """Whether it is a Han character of the basic block."""
    return "\u4e00" <= char <= "\u9fff"
