"""Charts on a page: a drawing scaled to its column, its words as set lines in our own fonts; and the logo's picture."""

from __future__ import annotations

import struct
from base64 import b64decode
from collections.abc import Iterator
from itertools import groupby

from report.charts.drawing import Drawing, Words
from report.errors import ReportError
from report.theme.fonts import Face, FontLibrary
from report.theme.theme import Logo, Role, Theme
from report.writers.pdf.layout import Image, Picture, TextLine
from report.writers.pdf.piece import Piece

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def placed(drawing: Drawing, at: tuple[float, float], width: float, leaf: int, library: FontLibrary) -> Picture:
    """The drawing in the middle of a column (left edge and top `at`, width in points), reduced where it is wider."""
    scale = min(1.0, width / drawing.width)
    x, y = at[0] + (width - drawing.width * scale) / 2, at[1]
    words = [item for item in drawing.items if isinstance(item, Words)]
    lines = tuple(_line(one, (x, y), scale, leaf, library) for one in words)
    return Picture(x, y, scale, drawing, leaf, lines)


def image(logo: Logo, x: float, y: float, leaf: int) -> Image:
    """The logo's picture with its top left at x, y. Its PNG has the chunks that the reader of template.docx wrote: the
    rows as a PDF takes them."""
    data, place, rows = b64decode(logo.png), len(PNG_HEAD), b""
    columns, high = struct.unpack(">2I", data[place + 8 : place + 16])
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            rows += data[place + 8 : place + 8 + length]
        place += length + 12
    return Image(x, y, logo.width, logo.height, rows, columns, high, leaf)


def _line(words: Words, at: tuple[float, float], scale: float, leaf: int, library: FontLibrary) -> TextLine:
    size, end = words.size * scale, 0.0
    pieces: list[Piece] = []
    gaps, start = {index: points * scale for index, points in words.gaps}, 0
    for face, text in _stretches(words, library):
        inner = tuple((index, gaps[start + index]) for index in range(len(text) - 1) if start + index in gaps)
        width = sum(map(face.advance, text)) * size / 1000 + sum(points for _, points in inner)
        pieces.append(Piece(end, text, face.key, size, words.colour, 0.0, width, leaf, odd=inner))
        start += len(text)
        end += width + gaps.get(start - 1, 0.0)
    x, y = at[0] + words.x * scale, at[1] + words.y * scale
    return TextLine(x, y, end, size, _role(words.role, library.theme), words.text, tuple(pieces))


def _stretches(words: Words, library: FontLibrary) -> Iterator[tuple[Face, str]]:
    """The words in stretches of one face."""
    for key, chars in groupby(words.text, lambda char: library.choose(words.font, char, words.text).key):
        yield library.face(key), "".join(chars)


def _role(name: str, theme: Theme) -> Role:
    for role in theme.roles:
        if role == name:
            return role
    raise ReportError(f"图中文字角色 {name}", "主题里没有这个角色", "用 chart-title、chart-label 等角色")
