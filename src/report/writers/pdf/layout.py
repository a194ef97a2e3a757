"""The layout of a report: every page with every position, as frozen data, before anything is drawn.

Lengths in points; x from the paper's left edge, y from its top edge, y of text is the baseline.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from report.charts.drawing import Drawing
from report.theme.theme import Role
from report.writers.pdf.piece import Piece
from report.writers.pdf.structure import Element, Leaf


class TextLine(Struct, frozen=True, array_like=True, tag=True):
    """A set line. x is the left edge of its measure, from which pieces and `width` count; `artifact` names the kind
    of a line that is no content (Header, Footer, Layout), "" for content."""

    x: float
    y: float
    width: float
    size: float
    role: Role
    text: str
    pieces: tuple[Piece, ...]
    artifact: str = ""

    @property
    def start(self) -> float:
        """Where its first glyph stands."""
        return self.x + (self.pieces[0].x if self.pieces else 0.0)

    @property
    def end(self) -> float:
        """Where its last glyph ends."""
        return self.x + self.width


class Rule(Struct, frozen=True, array_like=True, tag=True):
    """A straight line, never content. `dash` in points; a dash of 0 with round ends is a dotted leader."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str
    dash: tuple[float, ...] = ()


class Ground(Struct, frozen=True, array_like=True, tag=True):
    """A filled rectangle under a box, or a mere frame (`fill` "")."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    line: float = 0


class Picture(Struct, frozen=True, array_like=True, tag=True):
    """A chart placed with its top left at x, y, `scale` times its own size; `leaf` is its content. `lines` are the
    drawing's words in our own fonts, in order; their x, y are the page's, their pieces' colours #rrggbb."""

    x: float
    y: float
    scale: float
    drawing: Drawing
    leaf: int
    lines: tuple[TextLine, ...]

    @property
    def width(self) -> float:
        """Width on the page, in points."""
        return self.drawing.width * self.scale

    @property
    def height(self) -> float:
        """Height on the page, in points."""
        return self.drawing.height * self.scale


class Image(Struct, frozen=True, array_like=True, tag=True):
    """A picture of points, its top left at x, y: `samples` are its rows as PNG packs them (RGB, 8 bits, not
    interlaced), `columns` and `rows` how many points it has; `leaf` is its content."""

    x: float
    y: float
    width: float
    height: float
    samples: bytes
    columns: int
    rows: int
    leaf: int


Item = TextLine | Rule | Ground | Picture | Image


class PageNote(Struct, frozen=True, array_like=True):
    """A footnote, or the part of one, that stands on a page. `continued`: begun on an earlier page."""

    mark: str
    text: str
    continued: bool = False


class PageHeading(Struct, frozen=True, array_like=True):
    """A heading that stands on a page; `anchor` is its destination; `listed`: the table of contents has it."""

    level: int
    title: str
    anchor: str
    listed: bool


class Anchor(Struct, frozen=True, array_like=True):
    """A destination: links and bookmarks to `name` go to y on its page."""

    name: str
    y: float


class Page(Struct, frozen=True, array_like=True):
    """A page: its folio as printed (None where none is), and what stands on it in painting order. `label` is the
    number a reader's page field shows, also where none is printed; `printed` says of each note mark (occurrence)
    whose occurrence's text the page prints: two marks may share one note. `width` and `height` are those of paper that
    lies across, 0 where they are the layout's."""

    number: str | None
    label: str
    blank: bool
    items: tuple[Item, ...]
    notes: tuple[PageNote, ...] = ()
    headings: tuple[PageHeading, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    printed: tuple[tuple[str, str], ...] = ()
    width: float = 0
    height: float = 0


class Layout(Struct, frozen=True, array_like=True):
    """All pages in order, and the structure (elements, leaves) that their pieces point into."""

    width: float
    height: float
    pages: tuple[Page, ...]
    elements: tuple[Element, ...]
    leaves: tuple[Leaf, ...]

    def to_data(self) -> dict[str, Any]:
        """The contract of layout.json: plain data, points rounded to hundredths."""
        return {"pages": [_page(page) for page in self.pages]}

    def to_json(self) -> bytes:
        """layout.json: canonical JSON (see `Record.to_json`), of which there is much: written without detour."""
        return msgspec.json.format(msgspec.json.encode(self.to_data()), indent=1) + b"\n"


def _page(page: Page) -> dict[str, Any]:
    paper = {"width": round(page.width, 2), "height": round(page.height, 2)} if page.width else {}
    return paper | {
        "number": page.number,
        "blank": page.blank,
        "lines": [line for item in page.items for line in _lines(item)],
        "notes": [_note(note) for note in page.notes],
        "headings": [{"level": heading.level, "title": heading.title} for heading in page.headings],
        "anchors": [anchor.name for anchor in page.anchors],
    }


def _note(note: PageNote) -> dict[str, Any]:
    data: dict[str, Any] = {"mark": note.mark, "text": note.text}
    return data | {"continued": True} if note.continued else data


def _lines(item: Item) -> list[dict[str, Any]]:
    if isinstance(item, TextLine):
        return [_line(item)]
    return [_line(line) for line in item.lines] if isinstance(item, Picture) else []


def _line(line: TextLine) -> dict[str, Any]:
    return {
        "text": line.text,
        "role": line.role,
        "x": round(line.start, 2),
        "y": round(line.y, 2),
        "width": round(line.end - line.start, 2),
        "size": round(line.size, 2),
    }
