"""The tables of contents, figures and tables: entries with dot leaders and page numbers, each a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from report.content.nodes import Block, Box, Contents, Figure, Heading, Inline, ListBlock, PartRole, Quote, Table
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


class Entry(Struct, frozen=True):
    """What is listed: a heading (level 1–3), figure or table (level 0): its number, its words, its anchor, its page's
    folio."""

    level: int
    label: str
    words: str
    anchor: str
    folio: str

    @property
    def title(self) -> str:
        """Its words with its number."""
        return self.label + self.words

    @property
    def role(self) -> Role:
        """The role it is set in."""
        return ROLES.get(self.level, PLAIN)


def words(inlines: Iterable[Inline]) -> str:
    """The words of inlines, without the marks of notes."""
    return "".join(inline.text for inline in inlines if inline.type != "note-mark")


def aired(number: str) -> str:
    """A heading's number as it is set: a full stop (1.) has no air of its own before the words."""
    return number + NO_BREAK_SPACE if number.endswith(".") else number


def title_of(heading: Heading) -> str:
    """A heading's words with its number."""
    return heading.number + words(heading.inlines)


def entries(
    wanted: Contents, blocks: Iterable[Block], folios: Mapping[str, str], labels: Mapping[str, str]
) -> list[Entry]:
    """What a table of contents lists of the blocks, whose folios are given by anchor. ReportError where it would list
    no figure or table."""
    found = [entry for block in blocks for entry in _found(wanted, block, folios, labels)]
    if not found and wanted.kind in KINDS:
        name = KINDS[wanted.kind]
        raise ReportError(f"{name}目录", f"报告里没有编号的{name}", f"删去这份目录，或给{name}编号")
    return found


def _found(wanted: Contents, block: Block, folios: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[Entry]:
    match block:
        case Heading() if wanted.kind == "headings" and block.level <= wanted.levels:
            yield Entry(block.level, block.number, words(block.inlines), block.id, folios[block.id])
        case Figure() | Table() if f"{block.type}s" == wanted.kind and block.number:
            label = f"{labels.get(block.type, KINDS[wanted.kind])}{block.number}　"
            yield Entry(0, label, words(block.caption), block.id, folios[block.id])
        case ListBlock():
            for item in block.items:
                for inner in item:
                    yield from _found(wanted, inner, folios, labels)
        case Box() | Quote():
            for inner in block.blocks:
                yield from _found(wanted, inner, folios, labels)
        case _:
            return


def contents_units(typesetter: Typesetter, listed: Sequence[Entry], element: int) -> list[Unit]:
    """The entries, their rows kept together, a chapter's with the next entry where that lies deeper."""
    toc = typesetter.structure.element("TOC", element)
    end = _leaders_end(typesetter, listed)
    units: list[Unit] = []
    for entry, following in zip(listed, [*listed[1:], None], strict=True):
        rows = _entry(typesetter, entry, toc, end)
        opens = following is not None and following.level > entry.level
        units += [*(replace(row, keep=True) for row in rows[:-1]), replace(rows[-1], keep=opens)]
    return units


def _leaders_end(typesetter: Typesetter, listed: Sequence[Entry]) -> float:
    """x of the last dot of every leader: clear of the widest folio."""
    folios = [typesetter.label(entry.folio, entry.role) for entry in listed]
    widest = max((typesetter.natural(folio) + CLEAR * folio[0].size for folio in folios), default=0.0)
    return (typesetter.left + typesetter.width - widest) // PITCH * PITCH


def _entry(typesetter: Typesetter, entry: Entry, toc: int, end: float) -> list[Unit]:
    look = typesetter.theme.roles[entry.role]
    x, width, structure = typesetter.left, typesetter.width, typesetter.structure
    link = structure.element("Link", structure.element("Reference", structure.element("TOCI", toc)))
    leaf = structure.leaf(link, Hook(to=entry.anchor, spoken=f"{entry.title}，第{entry.folio}页"))
    number = typesetter.label(entry.folio, entry.role, leaf)
    room = max(typesetter.natural(number), FOLIO_ROOM * look.size) + look.size
    left = look.left * look.size if entry.level else 0.0
    label = aired(entry.label)
    ahead = typesetter.natural(typesetter.label(label + HAN, entry.role))  # with a blank at the label's end, if any
    hang = ahead - look.size if label else 0.0
    measure = Measure(width, left=left + hang, right=room, align="left", tracking=look.tracking, indent=-hang)
    title = typesetter.set(typesetter.label(label + entry.words, entry.role, leaf), entry.role, measure, x=x)
    folio = typesetter.set(number, entry.role, Measure(width, align="right"), x=x).lines[0]
    rows: list[list[Item]] = [[line] for line in title.lines]
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
