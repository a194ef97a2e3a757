"""How a report looks: role → look, pages, palette and fonts, in points and millimetres, for every engine."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from report.models import Model

Role = Literal[
    "cover-serial", "cover-code", "cover-stamp", "cover-series", "cover-title", "cover-subtitle",
    "cover-logo", "cover-issuer", "cover-author", "cover-date", "cover-statement",
    "front-title", "front-body", "contents-1", "contents-2", "contents-3",
    "heading-1", "heading-2", "heading-3",
    "body", "list", "quote", "reference",
    "caption-figure", "caption-table", "source-note", "table-head", "table-cell", "annex-head", "annex-cell",
    "box-title", "box-body", "note", "running-header", "folio",
    "closing-label", "closing-line", "closing-statement",
    "chart-title", "chart-subtitle", "chart-label", "chart-value", "chart-note",
]
MEDIUM = 500  # the lightest weight that is no longer regular (OpenType OS/2, usWeightClass)
ROLES: tuple[str, ...] = get_args(Role)

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Size = Annotated[float, Field(gt=0, le=400)]  # points; the tallest paper holds no more
Length = Annotated[float, Field(ge=0, le=2000)]  # millimetres


class FontFile(Model):
    """One font file: `package` is the importable package that ships it ("" for `file` as an absolute path or one
    found among the system's fonts), `index` its place in a collection, `weight` the pinned wght of a variable font."""

    package: str = ""
    file: str
    index: int = 0
    weight: float | None = None
    sha256: str


class Font(Model):
    """A font role (song, hei, …): keys of Theme.files for Han and for Latin, then fallbacks in order; `word_*` are
    the family names written into Word styles, `bold` asks Word for its bold; `css` the web's font stack."""

    han: str
    latin: str
    fallback: tuple[str, ...] = ()
    word_han: str
    word_latin: str
    bold: bool = False
    css: str


class Look(Model):
    """How a role is set. Sizes, leading (baseline to baseline), before and after in points; indent (first line, may be
    negative for a hanging one), left, right and tracking in em of `size`; `colour` a key of the palette."""

    font: str
    size: Size
    leading: Size
    colour: str = "ink"
    align: Literal["left", "center", "right", "justify"] = "left"
    indent: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    tracking: float = 0
    keep_next: bool = False


class Page(Model):
    """The page, in millimetres; header and footer are distances of their baselines from the paper's edge."""

    width: Length = 210
    height: Length = 297
    top: Length = 37
    bottom: Length = 35
    left: Length = 33
    right: Length = 33
    header: Length = 25
    footer: Length = 22

    @model_validator(mode="after")
    def _leaves_room(self) -> Self:
        if self.left + self.right >= self.width or self.top + self.bottom >= self.height:
            raise ValueError("的边距占满了纸面 — 改小 left、right、top 或 bottom")
        return self


class Master(Model):
    """The pages of one part: running header or not, folio style, and where the part may start."""

    header: bool = False
    folio: Literal["none", "roman", "arabic"] = "none"
    start: Literal["any", "odd"] = "any"


class Setting(Model):
    """Switches of line and page making. `gap` is the CJK–Latin space in em; `chapters` where a chapter starts;
    `widows`/`orphans` the fewest lines of a paragraph at a page's head / foot; `note_rule` in points."""

    breaking: Literal["optimal", "greedy"] = "optimal"
    gap: float = 0.25
    squeeze: bool = True
    chapters: Literal["odd", "any", "continuous"] = "any"
    widows: int = 2
    orphans: int = 2
    keep_headings: bool = True
    note_rule: float = 144


class TableLook(Model):
    """Three rules (points): head, below head, foot; hairlines between rows; padding in points."""

    top: float = 1.2
    middle: float = 0.6
    bottom: float = 1.2
    hairline: float = 0.4
    colour: str = "navy"
    padding: float = 4


class BoxLook(Model):
    """A box: wash ground, an accent at the left edge (points)."""

    ground: str = "wash"
    accent: str = "vermilion"
    bar: float = 2.4
    padding: float = 10


class Theme(Model):
    """A whole theme. `entities` gives an entity (美国, 中国 …) its colour in every chart of a report."""

    name: str
    page: Page = Page()
    palette: dict[str, Colour]
    files: dict[str, FontFile]
    fonts: dict[str, Font]
    roles: dict[Role, Look]
    masters: dict[str, Master]
    setting: Setting = Setting()
    table: TableLook = TableLook()
    box: BoxLook = BoxLook()
    entities: dict[str, str] = {}
    series_colours: tuple[str, ...] = ()

    def heavy(self, font: str) -> bool:
        """Whether a font role is heavier than regular: it asks for Word's bold, or its Han file is pinned to medium
        or more."""
        role = self.fonts[font]
        return role.bold or (self.files[role.han].weight or 400) >= MEDIUM

    def colour(self, name: str) -> str:
        """Palette colour as #rrggbb."""
        return self.palette[name]
