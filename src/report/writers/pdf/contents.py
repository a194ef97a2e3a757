"""The tables of contents, figures and tables: entries with dot leaders and page numbers, each a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from report.content.nodes import Contents, Heading, PartRole
from report.content.walk import Entry, plain
from report.errors import ReportError
from report.theme.theme import Role
from report.writers.pdf.layout import Item, Rule
from report.writers.pdf.lines import Measure
from report.writers.pdf.runs import NO_BREAK_SPACE, Typesetter
from report.writers.pdf.structure import Hook
from report.writers.pdf.units import Unit, spaced

FRONT: tuple[PartRole, ...] = ("series", "abstract", "contents")  # their headings are front titles, not listed
ROLES: dict[int, Role] = {1: "contents-1", 2: "contents-2", 3: "contents-3"}
PLAIN: Role = "contents-2"  # of entries without levels: figures and tables
KINDS = {"figures": "图", "tables": "表"}
HAN = "一"  # any character one em wide
DOT, PITCH = 0.9, 6.0  # size and distance of a leader's dots, in points
CLEAR = 0.5  # em: space between a leader and its folio
FOLIO_ROOM = 2.0  # em: room for a folio that no width of one changes (four figures)


class Line(Struct, frozen=True):
    """A line of a table of contents: what it lists, with the folio of its page; `levelled`: a heading, not a figure or
    table."""

    entry: Entry
    folio: str
    levelled: bool

    @property
    def role(self) -> Role:
        """The role it is set in."""
        return ROLES.get(self.entry.level, PLAIN) if self.levelled else PLAIN


def aired(number: str) -> str:
    """A heading's number as it is set: a full stop (1.) has no air of its own before the words."""
    return number + NO_BREAK_SPACE if number.endswith(".") else number


def title_of(heading: Heading) -> str:
    """A heading's words with its number."""
    return heading.number + plain(heading.inlines)


def contents_lines(wanted: Contents, listed: Sequence[Entry], folios: Mapping[str, str]) -> list[Line]:
    """The lines of a table of contents, with the folios given by anchor. ReportError where it would list no figure or
    table."""
    if not listed and wanted.kind in KINDS:
        name = KINDS[wanted.kind]
        raise ReportError(f"{name}目录", f"报告里没有编号的{name}", f"删去这份目录，或给{name}编号")
    return [Line(entry, folios[entry.id], wanted.kind == "headings") for entry in listed]


def contents_units(typesetter: Typesetter, lines: Sequence[Line], element: int) -> list[Unit]:
    """The lines, their rows kept together, a chapter's with the next line where that lies deeper."""
    toc = typesetter.structure.element("TOC", element)
    end = _leaders_end(typesetter, lines)
    units: list[Unit] = []
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        rows = _rows(typesetter, line, toc, end)
        opens = following is not None and following.entry.level > line.entry.level
        units += [*(replace(row, keep=True) for row in rows[:-1]), replace(rows[-1], keep=opens)]
    return units


def _leaders_end(typesetter: Typesetter, lines: Sequence[Line]) -> float:
    """x of the last dot of every leader: clear of the widest folio."""
    folios = [typesetter.label(line.folio, line.role) for line in lines]
    widest = max((typesetter.natural(folio) + CLEAR * folio[0].size for folio in folios), default=0.0)
    return (typesetter.left + typesetter.width - widest) // PITCH * PITCH


def _rows(typesetter: Typesetter, line: Line, toc: int, end: float) -> list[Unit]:
    entry, role, look = line.entry, line.role, typesetter.theme.roles[line.role]
    x, width, structure = typesetter.left, typesetter.width, typesetter.structure
    link = structure.element("Link", structure.element("Reference", structure.element("TOCI", toc)))
    leaf = structure.leaf(link, Hook(to=entry.id, spoken=f"{entry.text}，第{line.folio}页"))
    number = typesetter.label(line.folio, role, leaf)
    room = max(typesetter.natural(number), FOLIO_ROOM * look.size) + look.size
    left = look.left * look.size if line.levelled else 0.0
    label = aired(entry.number)
    ahead = typesetter.natural(typesetter.label(label + HAN, role))  # with a blank at the label's end, if any
    hang = ahead - look.size if label else 0.0
    measure = Measure(width, left=left + hang, right=room, align="left", tracking=look.tracking, indent=-hang)
    title = typesetter.set(typesetter.label(label + entry.title, role, leaf), role, measure, x=x)
    folio = typesetter.set(number, role, Measure(width, align="right"), x=x).lines[0]
    rows: list[list[Item]] = [[one] for one in title.lines]
    last = title.lines[-1]
    rows[-1] += [*_leader(last.end, end, last.y, look.size, look.colour), folio]
    return spaced([Unit(look.leading, tuple(row)) for row in rows], look.before, look.after)


def _leader(start: float, last: float, y: float, size: float, colour: str) -> list[Rule]:
    """Dots from the title to `last`, on one raster for all entries so that they stand below each other."""
    raise_ = 0.12 * size
    first = -(-(start + 0.4 * size) // PITCH) * PITCH
    if last <= first:
        return []
    return [Rule(first, y - raise_, last, y - raise_, DOT, colour, (0, PITCH))]
