"""What the page builder stacks: units that no page cuts, with the space around them and the notes that hang on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from report.writers.pdf.layout import Item, PageHeading, Picture, Rule, TextLine


@dataclass(frozen=True, slots=True)
class NoteFlow:
    """One hanging of a footnote: `mark` names this occurrence, `note` the text it shares with others; its lines (y
    of the baseline from each line's top), each `leading` high."""

    mark: str
    note: str
    lines: tuple[TextLine, ...]
    leading: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a page that is never cut; lengths in points, y of its items from its own top.

    `before` is dropped at the head of a page, `after` at its foot; `slack` is blank below its last line, part of the
    leading, that may hang over the foot of a page without notes. `keep`: stays on a page with the next unit.
    `grid`: a line of body text, set on the baseline grid. `movable`: may leave its place for the head of the next
    page, letting text flow up (with all the units it is kept with). `flush`: movable units before it come first.
    `first`: begins a block. `start`: where a page must begin. `repeat`: units to set again above it where it opens a
    page (the head of a table), `closing`: rules to draw below it where the page ends and its table goes on.
    `anchor`: destination of links to it. `box`: number of the box it stands in, with its ground.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = 0
    after: float = 0
    slack: float = 0
    keep: bool = False
    grid: bool = False
    movable: bool = False
    flush: bool = False
    first: bool = False
    start: str = ""
    notes: tuple[NoteFlow, ...] = ()
    heading: PageHeading | None = None
    anchor: str = ""
    repeat: tuple[Unit, ...] = ()
    closing: tuple[Rule, ...] = ()
    box: int | None = None


def moved(item: Item, dx: float, dy: float) -> Item:
    """The item, shifted right and down."""
    if isinstance(item, Rule):
        return replace(item, x1=item.x1 + dx, x2=item.x2 + dx, y1=item.y1 + dy, y2=item.y2 + dy)
    if isinstance(item, Picture):
        lines = tuple(replace(line, x=line.x + dx, y=line.y + dy) for line in item.lines)
        return replace(item, x=item.x + dx, y=item.y + dy, lines=lines)
    return replace(item, x=item.x + dx, y=item.y + dy)


def kept(units: Sequence[Unit], keep_last: bool = False) -> list[Unit]:
    """The units, all kept together; the last one with what follows only if `keep_last`."""
    last = len(units) - 1
    return [replace(unit, keep=index < last or keep_last) for index, unit in enumerate(units)]


def spaced(units: Sequence[Unit], before: float, after: float) -> list[Unit]:
    """The units with this much more space above the first and below the last."""
    out = list(units)
    if out:
        out[0] = replace(out[0], before=out[0].before + before)
        out[-1] = replace(out[-1], after=out[-1].after + after)
    return out


def chunks(units: Iterable[Unit]) -> list[list[Unit]]:
    """The units in groups that stay on one page."""
    out: list[list[Unit]] = []
    open_ = False
    for unit in units:
        if open_:
            out[-1].append(unit)
        else:
            out.append([unit])
        open_ = unit.keep
    return out

