"""What the press is given: a finished layout with all that it takes to paint it, as plain data."""

from __future__ import annotations

from msgspec import Struct

from report.content.nodes import Front
from report.writers.pdf.layout import Layout


class FontData(Struct, frozen=True, array_like=True):
    """A face in one document: `name` (unique among its faces) with the `tag` of its subset, lengths in 1/1000 em,
    whether its outlines are CFF; `glyphs`: the code and the advance of each character that the document shows."""

    key: str
    name: str
    tag: str
    ascent: int
    descent: int
    cap_height: int
    bbox: tuple[int, int, int, int]
    cff: bool
    glyphs: dict[str, tuple[int, float]]


class FontProgram(Struct, frozen=True, array_like=True):
    """The subset's font program: compressed (Flate), and how long it is when it is not."""

    packed: bytes
    length: int


class Job(Struct, frozen=True, array_like=True):
    """A layout to be painted; the programs of `fonts` follow in the same order when they are ready."""

    layout: Layout
    front: Front
    palette: dict[str, str]
    fonts: tuple[FontData, ...]
