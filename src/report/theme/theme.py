"""How a report looks: role → look, pages, palette and fonts, in points and millimetres, for every engine."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta

from report.records import Record

Role = Literal[
    "cover-serial", "cover-code", "cover-stamp", "cover-series", "cover-title", "cover-subtitle",
    "cover-logo", "cover-issuer", "cover-author", "cover-date", "cover-statement",
    "front-title", "front-body", "contents-1", "contents-2", "contents-3",
    "heading-1", "heading-2", "heading-3",
    "body", "list", "quote", "reference-intro", "reference",
    "caption-figure", "caption-table", "source-note", "table-head", "table-cell", "annex-head", "annex-cell",
    "box-title", "box-body", "note", "running-header", "folio",
    "signature", "closing-label", "closing-line", "closing-statement",
    "chart-title", "chart-subtitle", "chart-label", "chart-value", "chart-note",
]
REGULAR = 400
MEDIUM = 500  # the lightest weight that is no longer regular (OpenType OS/2, usWeightClass)
ROLES: tuple[str, ...] = get_args(Role)
CHART_ROLES = tuple(role for role in ROLES if role.startswith("chart-"))  # of the words in charts

Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]
Size = Annotated[float, Meta(gt=0, le=400)]  # points; the tallest paper holds no more
Space = Annotated[float, Meta(ge=0, le=400)]  # points
Em = Annotated[float, Meta(ge=-40, le=40)]
Tracking = Annotated[float, Meta(ge=-0.5, le=5)]  # em: closer than half, signs stand in each other
Length = Annotated[float, Meta(ge=0, le=2000)]  # millimetres
POINTS = 72 / 25.4  # in a millimetre


class FontFile(Record, kw_only=True):
    """One font file: `package` is the importable package that ships it ("" for a `file` found among the system's
    fonts, `origin` then what to install), `index` its place in a collection, `weight` the pinned wght of a variable
    font; `without` are characters that it draws wrongly (Fandol's ￥ is a $): taken from elsewhere. `otherwise` is the
    key of the file that serves where this very one is not to be had ("": it must be)."""

    package: str = ""
    origin: str = ""
    file: str
    index: int = 0
    weight: float | None = None
    without: str = ""
    otherwise: str = ""
    sha256: str


class Font(Record, kw_only=True):
    """A font role (song, hei, …): keys of Theme.files for Han and for Latin, then fallbacks in order; `italic` for
    Latin that is emphasised ("": the upright one, for a slant is never made up); `marks` for
    “ ” ‘ ’ — … · where the Han file has them at Latin width ("": the Han file's own); `word_*` are the family names
    written into Word styles, `bold` whether there in bold (None: where its Han file is medium or heavier); `css` the
    web's font stack."""

    han: str
    latin: str
    italic: str = ""
    marks: str = ""
    fallback: tuple[str, ...] = ()
    word_han: str
    word_latin: str
    bold: bool | None = None
    css: str

    def all_files(self) -> tuple[str, ...]:
        """The keys of Theme.files that it names."""
        return tuple(filter(None, (self.han, self.latin, self.italic, self.marks, *self.fallback)))


class Look(Record):
    """How a role is set. Sizes, leading (baseline to baseline), before and after in points; indent (first line, may be
    negative for a hanging one), left, right and tracking in em of `size`; `colour` a key of the palette."""

    font: str
    size: Size
    leading: Size
    colour: str = "ink"
    align: Literal["left", "center", "right", "justify"] = "left"
    indent: Em = 0
    left: Em = 0
    right: Em = 0
    before: Space = 0
    after: Space = 0
    tracking: Tracking = 0
    keep_next: bool = False


class Page(Record):
    """The page, in millimetres; header and footer are distances of their baselines from the paper's edge."""

    width: Length = 210
    height: Length = 297
    top: Length = 37
    bottom: Length = 35
    left: Length = 33
    right: Length = 33
    header: Length = 25
    footer: Length = 22


class Master(Record):
    """The pages of one part: running header or not, folio style, and where the part may start."""

    header: bool = False
    folio: Literal["none", "roman", "arabic"] = "none"
    start: Literal["any", "odd"] = "any"


class Setting(Record):
    """Switches of line and page making. `gap` is the CJK–Latin space in em; `line_start_half`: an opening mark at a
    line's start (but not a paragraph's) is half wide; `prohibition` how strict the rules of line starts and ends are
    and `hang` whether 。，、 at a line's end may stand in the margin (CLREQ, 行首行尾禁则, 行尾点号悬挂);
    `hyphenate`: long Latin words may be broken; `chapters` where a chapter starts; `widows`/`orphans` the fewest lines
    of a paragraph at a page's head / foot; `share_space`: between two headings only the greater of their spaces stands;
    `draw_up`: so many lines, or fewer, do not stand alone on the last page of a chapter or part where closer setting
    finds them room (0: no matter); `grid` the distance of the lines that body text stands on, in body leadings (1:
    facing pages agree line by line; 0: no grid); `sides`: whether left-hand pages mirror right-hand ones (margins,
    running header, folio); `note_rule` in points; `folio` how a page's number is printed, {} being the number."""

    breaking: Literal["optimal", "greedy"] = "optimal"
    gap: Annotated[float, Meta(ge=0, le=1)] = 0.25
    squeeze: bool = True
    line_start_half: bool = True
    prohibition: Literal["strict", "gb", "basic"] = "strict"
    hang: bool = False
    hyphenate: bool = False
    chapters: Literal["odd", "any", "continuous"] = "any"
    widows: Annotated[int, Meta(ge=1, le=9)] = 2
    orphans: Annotated[int, Meta(ge=1, le=9)] = 2
    keep_headings: bool = True
    share_space: bool = True
    draw_up: Annotated[int, Meta(ge=0, le=9)] = 3
    grid: Annotated[float, Meta(ge=0, le=1)] = 0.5
    sides: Literal["one", "two"] = "one"
    note_rule: Annotated[float, Meta(ge=0)] = 144
    folio: Annotated[str, Meta(pattern=r"^[^{}<>\"\\]{0,8}\{\}[^{}<>\"\\]{0,8}$")] = "{}"


class TableLook(Record):
    """Three rules (points): head, below head, foot; hairlines between rows; padding in points."""

    top: float = 1.2
    middle: float = 0.6
    bottom: float = 1.2
    hairline: float = 0.4
    colour: str = "navy"
    padding: float = 4


class BoxLook(Record):
    """A box: wash ground, an accent at the left edge (points); the short rule on the cover has its colour too."""

    ground: str = "wash"
    accent: str = "vermilion"
    bar: float = 2.4
    padding: float = 10


class WordFile(Record):
    """Switches of the Word file. `charts`: drawn by Word itself, with their numbers in a workbook, where Word has such
    a kind of chart; or pictures all of them."""

    charts: Literal["native", "pictures"] = "native"


class Logo(Record):
    """A picture on the cover, above the logo's words: an RGB picture as PNG in base64 ("": none), its width and height
    in points, and its words for those who cannot see it. It comes from the cover of a template.docx."""

    png: str = ""
    width: float = 0
    height: float = 0
    alt: str = ""


class Theme(Record, kw_only=True):
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
    word: WordFile = WordFile()
    logo: Logo = Logo()
    entities: dict[str, str] = {}
    series_colours: tuple[str, ...] = ()

    def heavy(self, font: str) -> bool:
        """Whether a font role is bold in Word: as it says, else where its Han file is pinned to medium or more."""
        role = self.fonts[font]
        return (self.files[role.han].weight or REGULAR) >= MEDIUM if role.bold is None else role.bold

    def colour(self, name: str) -> str:
        """Palette colour as #rrggbb."""
        return self.palette[name]
