"""Inlines of the content tree as set lines, with their structure elements and the footnotes that hang on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import quote

from msgspec import Struct

from report.content.nodes import Content, Direction, Inline, Link, NoteMark, PageRef, Ref, Text, Value
from report.errors import ReportError
from report.theme.fonts import ITALIC, FontLibrary
from report.theme.theme import Look, Role, Theme
from report.writers.pdf.layout import TextLine
from report.writers.pdf.lines import Line, Measure, Run, break_lines, natural_width
from report.writers.pdf.paper import Paper
from report.writers.pdf.structure import ARTIFACT, Hook, Structure
from report.writers.pdf.units import NoteFlow

MARK = "①"  # stands for every mark while lines are broken: all marks are one em wide
NO_BREAK_SPACE = "\u00a0"  # after the mark at the foot: no line end, not stretched
MARK_SIZE, MARK_RISE = 0.62, 0.36  # of the size of the text the mark hangs on
CAP = 0.88  # of the em box stands above the baseline in Han faces
RESERVED = ":/?#[]@!$&'()*+,;=%-._~"  # what stays as it is in an address (RFC 3986, 2.2, 2.3)
GUESS = "00"  # stands for a page number that is not known yet: most have two figures
INDICES = {"superscript": (0.62, 0.34), "subscript": (0.62, -0.12)}  # size and rise, of the size of the text
STYLES = {"strong": ("hei-medium", "hei"), "emphasis": ("kai",)}  # fonts of a style, the first the theme has


class SetText(Struct, frozen=True):
    """A paragraph as set lines (y of each baseline from the line's own top) with the notes that hang on each."""

    lines: tuple[TextLine, ...]
    notes: tuple[tuple[NoteFlow, ...], ...]
    look: Look

    @property
    def height(self) -> float:
        """Height of the lines, in points."""
        return len(self.lines) * self.look.leading


class Typesetter:
    """Sets inlines in the roles of a theme, on `paper`. `folios` are the page numbers that references to pages are
    set with, by target; `page_refs` are the targets of those it has set."""

    def __init__(
        self, content: Content, theme: Theme, library: FontLibrary, folios: Mapping[str, str]
    ) -> None:
        self.content, self.theme, self.library, self.folios = content, theme, library, folios
        self.structure = Structure()
        self.paper = Paper.upright(theme.page)
        self.page_refs: dict[str, None] = {}
        self._flows: dict[object, NoteFlow] = {}  # leaf of a mark → its note

    @property
    def left(self) -> float:
        """The left edge of the text block."""
        return self.paper.left

    @property
    def width(self) -> float:
        """The width of the text block."""
        return self.paper.measure

    @contextmanager
    def on(self, paper: Paper) -> Iterator[None]:
        """Set for other paper for a while."""
        before, self.paper = self.paper, paper
        try:
            yield
        finally:
            self.paper = before

    # ------------------------------------------------------------ lines

    def set(self, runs: Sequence[Run], role: Role, measure: Measure, *, x: float, artifact: str = "") -> SetText:
        """Break the runs into lines of a role in a column whose left edge is x."""
        look = self.theme.roles[role]
        lines = break_lines(runs, measure, self.library, self.theme.setting)
        y = (look.leading - look.size) / 2 + CAP * look.size
        set_ = tuple(
            TextLine(x, y, line.width, look.size, role, line.text, line.pieces, artifact) for line in lines
        )
        return SetText(set_, tuple(self._hanging(line) for line in lines), look)

    def line(self, text: str, role: Role, x: float, width: float, artifact: str) -> TextLine:
        """One line of words that are no content (running header, folio) in a role."""
        measure = Measure.of(self.theme.roles[role], width)
        return self.set(self.label(text, role), role, measure, x=x, artifact=artifact).lines[0]

    def label(self, text: str, role: Role, leaf: int = ARTIFACT) -> list[Run]:
        """A plain text in a role."""
        look = self.theme.roles[role]
        return [Run(text, look.font, look.size, look.colour, source=leaf)]

    def natural(self, runs: Sequence[Run]) -> float:
        """Width of the runs on one line."""
        return natural_width(runs, self.library, self.theme.setting)

    def _hanging(self, line: Line) -> tuple[NoteFlow, ...]:
        if not self._flows:
            return ()
        sources = dict.fromkeys(piece.source for piece in line.pieces)
        return tuple(self._flows[source] for source in sources if source in self._flows)

    # ------------------------------------------------------------ inlines

    def runs(self, inlines: Iterable[Inline], role: Role, element: int) -> list[Run]:
        """The inlines as runs in a role; links, references and notes become elements below `element`."""
        out: list[Run] = []
        for inline in inlines:
            if isinstance(inline, PageRef):
                out += self._page_ref(inline, role, element)
            else:
                out.append(self._run(inline, role, element))
        return out

    def _page_ref(self, ref: PageRef, role: Role, element: int) -> list[Run]:
        """A reference to a page; its number, alone a link, may be another when all pages are known."""
        look, structure = self.theme.roles[role], self.structure
        node = structure.element("Link", structure.element("Reference", element))
        self.page_refs[ref.target] = None
        before = Run(ref.before, look.font, look.size, look.colour, source=structure.plain(node))
        leaf = structure.leaf(node, Hook(to=ref.target, spoken=ref.label or ref.text, page=ref.target))
        folio = self.folios.get(ref.target, GUESS)
        number = Run(folio, look.font, look.size, look.colour, source=leaf, unbreakable=True)
        after = Run(ref.after, look.font, look.size, look.colour, source=structure.plain(node))
        return [run for run in (before, number, after) if run.text]

    def _run(
        self, inline: Text | Value | Direction | Link | Ref | NoteMark, role: Role, element: int
    ) -> Run:
        look = self.theme.roles[role]
        match inline:
            case Text() | Value():
                leaf = self.structure.plain(element, dots=inline.style == "dots")
                size, rise = INDICES.get(inline.style, (1.0, 0.0))
                font = self._font(inline.style, look)
                return Run(inline.text, font, look.size * size, look.colour, rise=look.size * rise, source=leaf)
            case Direction():
                leaf = self.structure.plain(element)
            case Link():
                node = self.structure.element("Link", element)
                leaf = self.structure.leaf(node, Hook(url=_uri(inline.url), spoken=inline.text))
            case Ref():
                node = self.structure.element("Link", self.structure.element("Reference", element))
                leaf = self.structure.leaf(node, Hook(to=inline.target, spoken=inline.text))
            case NoteMark():
                return self._mark(inline.note, role, element)
        return Run(inline.text, look.font, look.size, look.colour, source=leaf)

    def _font(self, style: str, look: Look) -> str:
        wanted = STYLES.get(style, (look.font,))
        if style == "strong" and look.font.startswith("hei"):
            wanted = ("hei-bold", look.font)
        if style == "emphasis" and look.font.startswith("kai"):  # within 楷 it is 宋
            wanted = ("song",)
        for font in wanted:
            if font in self.theme.fonts:
                return font + ITALIC * (style == "emphasis")
        raise ReportError(f"theme.yaml 的 fonts（{style}）", f"没有字体角色 {wanted[-1]}", "补上，或改用其他强调方式")

    # ------------------------------------------------------------ notes

    def _mark(self, note: str, role: Role, element: int) -> Run:
        if note not in self.content.notes:
            raise ReportError(f"脚注 {note}", "没有正文", "补上 [^名]: 正文")
        if role == "note":
            raise ReportError(f"脚注 {note}", "脚注里不能再有脚注", "把它并入外面一条")
        look = self.theme.roles[role]
        node = self.structure.element("Link", self.structure.element("Reference", element))
        key = f"{note}-{len(self.structure.leaves)}"
        leaf = self.structure.leaf(node, Hook(to=f"note:{key}", anchor=f"mark:{key}", mark=key, spoken="脚注"))
        self._flows[leaf] = self._note(note, key, element, leaf)
        size, rise = look.size * MARK_SIZE, look.size * MARK_RISE
        return Run(MARK, look.font, size, look.colour, rise=rise, source=leaf, unbreakable=True)

    def _note(self, note: str, key: str, element: int, mark: int) -> NoteFlow:
        """The note's lines; `mark` is the leaf of its mark. Its element stands where that does, to be read there."""
        node = self.structure.element("Note", element, id=f"note:{key}")
        link = self.structure.element("Link", self.structure.element("Lbl", node))
        look = self.theme.roles["note"]
        leaf = self.structure.leaf(link, Hook(to=f"mark:{key}", anchor=f"note:{key}", mark=key, spoken="回到正文"))
        runs = [
            Run(MARK, look.font, look.size, look.colour, source=leaf, unbreakable=True),
            Run(NO_BREAK_SPACE, look.font, look.size, look.colour, source=self.structure.plain(node)),
            *self.runs(self.content.notes[note].inlines, "note", node),
        ]
        measure = Measure.of(look, self.width)
        return NoteFlow(key, note, self.set(runs, "note", measure, x=self.left).lines, look.leading, leaf=mark)


def _uri(url: str) -> str:
    """The address in ASCII, as a PDF wants it (RFC 3987, 3.1). ReportError where it is not http(s)."""
    if not url.startswith(("http://", "https://")):
        raise ReportError(f"链接 {url}", "只收 http 和 https 的链接", "改正地址，或改为文字")
    return quote(url, safe=RESERVED)
