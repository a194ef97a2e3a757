"""Paints a finished layout on a ReportLab canvas: text, rules, grounds, charts, links, destinations and bookmarks."""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from report.charts.drawing import Path
from report.errors import ReportError
from report.writers.pdf.embed import EmbeddedFont
from report.writers.pdf.finish import IMAGE
from report.writers.pdf.job import Job
from report.writers.pdf.layout import Ground, Image, Page, Picture, Rule, TextLine
from report.writers.pdf.marks import Marks, Tagger
from report.writers.pdf.piece import Piece
from report.writers.pdf.structure import ARTIFACT, PLAIN

ASCENT, DESCENT = 0.9, 0.2  # of the size: the height of a link's box above and below the baseline
EMPHASIS_DOT, EMPHASIS_DROP = 0.055, 0.24  # of the size: radius of a 着重号, distance below the baseline
CIRCLE = 0.5523  # control points of a quarter circle


class _Canvas(Canvas):  # type: ignore[misc]
    def _make_preamble(self) -> None:
        """Nothing: ReportLab would begin each page with a font that is not embedded."""
        self._preamble = ""


class Painter:
    """Paints one layout; create it, call `paint` once."""

    def __init__(self, job: Job) -> None:
        self.layout, self.palette = job.layout, job.palette
        layout = job.layout
        self.canvas = _Canvas(BytesIO(), (layout.width, layout.height), invariant=1)  # written by `finish`
        self.tagger = Tagger(self.canvas, layout.elements, layout.leaves, len(layout.pages))
        self.fonts = {font.key: EmbeddedFont(font) for font in job.fonts}
        self.hooked = {index for index, leaf in enumerate(layout.leaves) if leaf.hook != PLAIN}
        self.names: dict[str, str] = {}  # destination → its ASCII name in the file
        self.bound: set[str] = set()  # destinations of leaves already seen: the first piece counts
        self.printed: dict[str, str] = {}  # on this page: mark → the occurrence whose note it prints
        self.colour = ""
        self.height = layout.height  # of this page

    def paint(self) -> tuple[Canvas, Marks]:
        """The canvas with all pages, and what content and links stand where."""
        level = -1
        for page in self.layout.pages:
            self.colour, self.printed = "", dict(page.printed)
            self.height = page.height or self.layout.height
            self.canvas.setPageSize((page.width or self.layout.width, self.height))
            for anchor in page.anchors:
                self.canvas.bookmarkHorizontalAbsolute(self._name(anchor.name), self._up(anchor.y))
            for heading in page.headings:
                level = min(heading.level - 1, level + 1)
                self.canvas.addOutlineEntry(heading.title, self._name(heading.anchor), level)
            self._items(page)
            self.tagger.end_page()
        return self.canvas, self.tagger.marks

    def _items(self, page: Page) -> None:
        images = 0
        for item in page.items:
            match item:
                case TextLine():
                    self._line(item)
                case Rule():
                    self.tagger.artifact("Layout")
                    self._rule(item)
                case Ground():
                    self.tagger.artifact("Layout")
                    self._ground(item)
                case Picture():
                    self.tagger.content(item.leaf)
                    self._picture(item)
                case Image():
                    self.tagger.content(item.leaf)
                    self._image(item, images)
                    images += 1

    # ------------------------------------------------------------ text

    def _line(self, line: TextLine) -> None:
        y = self._up(line.y)
        boxes: dict[int, tuple[float, float, float]] = {}
        for piece in line.pieces:
            leaf = piece.source if isinstance(piece.source, int) and not line.artifact else ARTIFACT
            if leaf == ARTIFACT:
                self.tagger.artifact(line.artifact or "Layout")
            else:
                self.tagger.content(leaf)
            self._fill(piece.colour)
            self.fonts[piece.face].show_piece(self.canvas, line.x, y, piece)
            if leaf != ARTIFACT and leaf in self.hooked:
                self._remember(leaf, piece, line, boxes)
        for leaf, (left, right, rise) in boxes.items():
            size = line.size
            box = (left, y + rise - DESCENT * size, right, y + rise + ASCENT * size)
            self.tagger.link(leaf, self._target(leaf), box)

    def _remember(
        self, leaf: int, piece: Piece, line: TextLine, boxes: dict[int, tuple[float, float, float]]
    ) -> None:
        """Destinations, emphasis dots and the extent of links, of a piece just shown."""
        about = self.layout.leaves[leaf].hook
        if about.anchor and about.anchor not in self.bound:
            self.bound.add(about.anchor)
            self.canvas.bookmarkHorizontalAbsolute(self._name(about.anchor), self._up(line.y - 2 * line.size))
        if about.to or about.url:
            start = line.x + piece.x
            left, right, rise = boxes.get(leaf, (start, start, piece.rise))
            boxes[leaf] = (min(left, start), max(right, start + piece.width), rise)
        if about.dots:
            self._dots(piece, line)

    def _dots(self, piece: Piece, line: TextLine) -> None:
        """着重号 below each Han character (CLREQ 4.4): not below marks, nor below Latin letters and digits."""
        self.tagger.artifact("Layout")
        x, glyphs = line.x + piece.x, self.fonts[piece.face].data.glyphs
        for char, extra in zip(piece.text, piece.spacing, strict=True):
            advance = glyphs[char][1] * piece.size * piece.scale / 1000
            if unicodedata.east_asian_width(char) == "W" and char.isalnum():
                radius = EMPHASIS_DOT * piece.size
                self._disc(x + advance / 2, self._up(line.y + EMPHASIS_DROP * piece.size), radius)
            x += advance + extra

    # ------------------------------------------------------------ shapes

    def _rule(self, rule: Rule) -> None:
        dash = "[" + " ".join(f"{length:g}" for length in rule.dash) + "] 0 d " if rule.dash else ""
        cap = "1 J " if rule.dash[:1] == (0,) else ""
        self.canvas._code.append(
            f"q {_rgb(self._colour(rule.colour))} RG {rule.width:g} w {cap}{dash}"
            f"{rule.x1:.2f} {self._up(rule.y1):.2f} m {rule.x2:.2f} {self._up(rule.y2):.2f} l S Q"
        )

    def _ground(self, ground: Ground) -> None:
        box = f"{ground.x:.2f} {self._up(ground.y + ground.height):.2f} {ground.width:.2f} {ground.height:.2f} re"
        if ground.fill:
            self.canvas._code.append(f"q {_rgb(self._colour(ground.fill))} rg {box} f Q")
        if ground.stroke:
            stroke = _rgb(self._colour(ground.stroke))
            self.canvas._code.append(f"q {stroke} RG {ground.line:g} w {box} S Q")

    def _disc(self, x: float, y: float, r: float) -> None:
        k = r * CIRCLE
        self.canvas._code.append(
            f"{x - r:.2f} {y:.2f} m {x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
            f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c "
            f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
            f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c f"
        )

    # ------------------------------------------------------------ charts

    def _picture(self, picture: Picture) -> None:
        """Paths and words in the drawing's own painting order, all of them content of the figure."""
        lines = iter(picture.lines)
        for item in picture.drawing.items:
            if isinstance(item, Path):
                self._path(item, picture)
            else:
                self._line(next(lines))

    def _path(self, path: Path, picture: Picture) -> None:
        """A path in the drawing's own points: its y counts downwards."""
        if path.fill is None and path.stroke is None:
            return
        scale = picture.scale
        out = [f"q {scale:.5g} 0 0 {-scale:.5g} {picture.x:.2f} {self._up(picture.y):.2f} cm"]
        if path.fill:
            out.append(f"{_rgb(path.fill)} rg")
        if path.stroke:
            out.append(f"{_rgb(path.stroke)} RG {path.width:.3g} w")
        if path.dash:
            out.append("[" + " ".join(f"{length:.3g}" for length in path.dash) + "] 0 d")
        out += [OPERATORS[str(segment[0])] % segment[1:] for segment in path.segments]
        out.append({(True, True): "B", (True, False): "f", (False, True): "S"}[bool(path.fill), bool(path.stroke)])
        self.canvas._code.append(" ".join([*out, "Q"]))

    def _image(self, image: Image, number: int) -> None:
        """A picture of points: the page names it by its number among them."""
        place = f"{image.width:.2f} 0 0 {image.height:.2f} {image.x:.2f} {self._up(image.y + image.height):.2f} cm"
        self.canvas._code.append(f"q {place} /{IMAGE}{number} Do Q")

    # ------------------------------------------------------------ small things

    def _up(self, y: float) -> float:
        """y from the paper's foot, as PDF counts."""
        return self.height - y

    def _fill(self, name: str) -> None:
        """Set the colour of text: a key of the palette, or #rrggbb."""
        if name != self.colour:
            self.canvas._code.append(f"{_rgb(name if name.startswith('#') else self._colour(name))} rg")
            self.colour = name

    def _colour(self, name: str) -> str:
        if name not in self.palette:
            raise ReportError("theme.yaml 的 palette", f"没有颜色 {name}", "在 palette 里补上")
        return self.palette[name]

    def _name(self, anchor: str) -> str:
        return self.names.setdefault(anchor, f"d{len(self.names)}")

    def _target(self, leaf: int) -> str:
        """The destination's name; the second mark of one note leads to the note that its page prints."""
        about = self.layout.leaves[leaf].hook
        if about.mark and about.to.startswith("note:"):
            return self._name(f"note:{self.printed[about.mark]}")
        return self._name(about.to) if about.to else ""


OPERATORS = {"M": "%.2f %.2f m", "L": "%.2f %.2f l", "C": "%.2f %.2f %.2f %.2f %.2f %.2f c", "Z": "h"}


@cache
def _rgb(colour: str) -> str:
    """#rrggbb as the operands of rg and RG."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))

