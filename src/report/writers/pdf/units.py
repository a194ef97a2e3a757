"""What the page builder stacks: units that no page cuts, with the space around them and the notes that hang on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from report.writers.pdf.layout import Item, PageHeading, Picture, Rule, TextLine
from report.writers.pdf.structure import ARTIFACT

SPARE = 0.5  # of the space between units: so much may be taken away


class NoteFlow(Struct, frozen=True):
    """One hanging of a footnote: `mark` names this occurrence, `leaf` is the content of its mark, `note` the text it
    shares with others; its lines (y of the baseline from each line's top), each `leading` high."""

    mark: str
    note: str
    lines: tuple[TextLine, ...]
    leading: float
    leaf: int = ARTIFACT


class Joined(Struct, frozen=True):
    """The text of a cell over rows that may stand on several pages; the unit of each of these rows carries it, since
    only a page knows which of them it has. `cell` tells cells apart; the lines are placed from the text's own top and
    `height` high; `opens`: the row is the cell's first."""

    cell: tuple[int, int, int]
    lines: tuple[TextLine, ...]
    height: float
    opens: bool


class Unit(Struct, frozen=True):
    """A piece of a page that is never cut; lengths in points, y of its items from its own top.

    `before` is dropped at the head of a page, `after` at its foot; `slack` is blank below its last line, part of the
    leading, that may hang over the foot of a page without notes. `keep`: stays on a page with the next unit; `seam`:
    does so unless that leaves a hole which no text can fill.
    `grid`: a line of body text, set on the baseline grid. `group`: number of the figure or table it belongs to, which
    may leave its place for the head of the next page, letting text flow up; 0 for text. `loose`: the units it begins
    may do so inside their group (a figure in a box). `turned`: its group lies across pages of its own. `flush`:
    figures and tables before it come first. `first`: begins a block. `start`: where a page must begin. `repeat`: units
    to set again above it where it opens a page (the head of a table), `closing`: rules to draw below it where the page
    ends and its table goes on. `anchor`: destination of links to it. `box`: number of the box it stands in. `joined`:
    the cells that it shares with other rows. `give`: so much of its height may be taken away, half of it above.
    """

    height: float
    items: tuple[Item, ...] = ()
    before: float = 0
    after: float = 0
    slack: float = 0
    keep: bool = False
    seam: bool = False
    grid: bool = False
    group: int = 0
    loose: bool = False
    turned: bool = False
    flush: bool = False
    first: bool = False
    start: str = ""
    notes: tuple[NoteFlow, ...] = ()
    heading: PageHeading | None = None
    anchor: str = ""
    repeat: tuple[Unit, ...] = ()
    closing: tuple[Rule, ...] = ()
    box: int | None = None
    give: float = 0
    joined: tuple[Joined, ...] = ()


def moved(item: Item, dx: float, dy: float) -> Item:
    """The item, shifted right and down."""
    match item:
        case TextLine(x, y, width, size, role, text, pieces, artifact):  # most items: made outright, for speed
            return TextLine(x + dx, y + dy, width, size, role, text, pieces, artifact)
        case Rule():
            return replace(item, x1=item.x1 + dx, x2=item.x2 + dx, y1=item.y1 + dy, y2=item.y2 + dy)
        case Picture():
            lines = tuple(replace(line, x=line.x + dx, y=line.y + dy) for line in item.lines)
            return replace(item, x=item.x + dx, y=item.y + dy, lines=lines)
        case _:
            return replace(item, x=item.x + dx, y=item.y + dy)


def kept(units: Sequence[Unit], keep_last: bool = False) -> list[Unit]:
    """The units, all kept together; the last one with what follows only if `keep_last`."""
    last = len(units) - 1
    return [replace(unit, keep=index < last or keep_last) for index, unit in enumerate(units)]


def sealed(units: Sequence[Unit]) -> list[Unit]:
    """The units, all kept together, with seams where they were not before."""
    last = len(units) - 1
    return [replace(unit, keep=index < last, seam=index < last and not unit.keep) for index, unit in enumerate(units)]


def spaced(units: Sequence[Unit], before: float, after: float) -> list[Unit]:
    """The units with this much more space above the first and below the last."""
    out = list(units)
    if out:
        out[0] = replace(out[0], before=out[0].before + before)
        out[-1] = replace(out[-1], after=out[-1].after + after)
    return out


def tightened(units: Iterable[Unit], share: float) -> list[Unit]:
    """The units set closer: without this share of what they can give, and of the space between them."""
    return [_closer(unit, share) for unit in units]


def _closer(unit: Unit, share: float) -> Unit:
    taken, space = share * unit.give, 1 - share * SPARE
    height = unit.height - taken
    items = unit.items if not taken else tuple(
        moved(item, 0, -taken * _depth(item, unit.height)) for item in unit.items
    )
    repeat = tuple(_closer(one, share) for one in unit.repeat) if taken else unit.repeat
    return replace(unit, height=height, items=items, before=space * unit.before, after=space * unit.after,
                   repeat=repeat, slack=max(0.0, unit.slack - taken / 2))


def _depth(item: Item, height: float) -> float:
    """Which share of what a unit gives an item of it moves up: rules stay at its edges, what is between in the
    middle."""
    if isinstance(item, Rule) and item.y1 in (0, height):
        return item.y1 / height
    return 0.5


class Batch(Struct, frozen=True):
    """What is placed as one: a group of units that stay on one page, or a whole figure or table as such groups."""

    chunks: list[list[Unit]]

    @property
    def head(self) -> Unit:
        """Its first unit."""
        return self.chunks[0][0]

    def parted(self) -> Batch:
        """The same, cut at its seams."""
        parts: list[list[Unit]] = []
        for chunk in ([replace(self.head, loose=False), *self.chunks[0][1:]], *self.chunks[1:]):
            parts.append([])
            for unit in chunk:
                parts[-1].append(unit)
                if unit.seam:
                    parts.append([])
        return Batch(parts)


def batches(units: Iterable[Unit]) -> Iterator[Batch]:
    """The units in order, each group of them a batch."""
    for group, members in groupby(units, key=lambda unit: unit.group):
        if group:
            yield Batch(list(_chunks(members)))
        else:
            yield from (Batch([chunk]) for chunk in _chunks(members))


def _chunks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """The units in groups that stay on one page."""
    open_: list[Unit] = []
    for unit in units:
        if unit.start and open_:  # a new page keeps nothing together
            yield open_
            open_ = []
        open_.append(unit)
        if not unit.keep:
            yield open_
            open_ = []
    if open_:
        yield open_


def split(unit: Unit, room: float) -> tuple[Unit, Unit] | None:
    """A row of a table as two, the first at most `room` high: cut where no line of any cell is cut; None where it
    has no such place. What stood above the first line and below the last stands so in both."""
    lines = [item for item in unit.items if isinstance(item, TextLine)]
    bases = sorted({line.y for line in lines})
    foot = unit.height - bases[-1] if bases else 0.0
    for upper, lower in reversed(list(pairwise(bases))):
        if upper + foot <= room and not any(_across(line, upper, lower) for line in lines):
            return _cut(unit, upper, upper + foot, lower - bases[0])
    return None


def _across(line: TextLine, upper: float, lower: float) -> bool:
    """Whether a line would be cut between two baselines: it stands by no more than its height below the upper one or
    above the lower one, and on neither."""
    return upper < line.y < upper + line.size or lower - line.size < line.y < lower


def _cut(unit: Unit, last: float, height: float, shift: float) -> tuple[Unit, Unit]:
    """The unit cut below the baseline `last`; what is below moves up by `shift`."""
    above = tuple(item for item in unit.items if _top(item) <= last)
    below = tuple(moved(item, 0, -shift) for item in unit.items if _top(item) > last)
    seen = {piece.source for item in above if isinstance(item, TextLine) for piece in item.pieces}
    first = replace(unit, height=height, items=above, after=0, keep=False,
                    notes=tuple(note for note in unit.notes if note.leaf in seen))
    rest = replace(unit, height=unit.height - shift, items=below, before=0, anchor="", heading=None,
                   notes=tuple(note for note in unit.notes if note.leaf not in seen))
    return first, rest


def _top(item: Item) -> float:
    return item.y1 if isinstance(item, Rule) else item.y
