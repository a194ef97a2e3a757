"""The table of contents: entries of the finished pages with dot leaders and page numbers, each a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from report.theme.theme import Role
from report.writers.pdf.layout import Item, PageHeading, Rule
from report.writers.pdf.lines import Measure
from report.writers.pdf.runs import Typesetter
from report.writers.pdf.structure import Hook
from report.writers.pdf.units import Unit, spaced

ROLES: dict[int, Role] = {1: "contents-1", 2: "contents-2", 3: "contents-3"}
DOT, PITCH = 0.9, 6.0  # size and distance of a leader's dots, in points
CLEAR = 0.5  # em: least space between a leader and its folio


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading and the folio of its page."""

    heading: PageHeading
    folio: str


def contents_units(typesetter: Typesetter, entries: Sequence[Entry], element: int, levels: int) -> list[Unit]:
    """One unit for each entry that the levels admit, kept with the next where it is a chapter."""
    toc = typesetter.structure.element("TOC", element)
    wanted = [entry for entry in entries if entry.heading.level <= levels]
    end = _leaders_end(typesetter, wanted)
    units: list[Unit] = []
    for entry, following in zip(wanted, [*wanted[1:], None], strict=True):
        rows = _entry(typesetter, entry, toc, end)
        opens = following is not None and following.heading.level > entry.heading.level
        units += [*(replace(row, keep=True) for row in rows[:-1]), replace(rows[-1], keep=opens)]
    return units


def _leaders_end(typesetter: Typesetter, entries: Sequence[Entry]) -> float:
    """x of the last dot of every leader: clear of the widest folio."""
    folios = [typesetter.label(entry.folio, ROLES[entry.heading.level]) for entry in entries]
    widest = max((typesetter.natural(folio) + CLEAR * folio[0].size for folio in folios), default=0.0)
    return (typesetter.left + typesetter.width - widest) // PITCH * PITCH


def _entry(typesetter: Typesetter, entry: Entry, toc: int, end: float) -> list[Unit]:
    role = ROLES[entry.heading.level]
    look = typesetter.theme.roles[role]
    x, width, structure = typesetter.left, typesetter.width, typesetter.structure
    link = structure.element("Link", structure.element("Reference", structure.element("TOCI", toc)))
    spoken = f"{entry.heading.title}，第{entry.folio}页"
    leaf = structure.leaf(link, Hook(to=entry.heading.anchor, spoken=spoken))
    number = typesetter.label(entry.folio, role, leaf)
    room = max(typesetter.natural(number), 2 * look.size) + look.size
    measure = Measure(width, left=look.left * look.size, right=room, align="left", tracking=look.tracking)
    title = typesetter.set(typesetter.label(entry.heading.title, role, leaf), role, measure, x=x)
    folio = typesetter.set(number, role, Measure(width, align="right"), x=x).lines[0]
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
