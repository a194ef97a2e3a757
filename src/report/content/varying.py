"""What the data decide about a section: which of its blocks stand in the report, and for which names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from report.content.conditions import Condition, Each, named, read_condition, read_each
from report.content.fill import unknown_value
from report.content.inlines import InlineReader
from report.content.prose import Chunk, Hole, Mark, Pieces, Words, runs, walk
from report.dataset.models import BoundValue
from report.errors import Issue, ReportError, Told
from report.names import Made
from report.templates.slots import DOCUMENT_COUNT

T = TypeVar("T")
DEEPEST = 2  # levels of for-each
MOST = 300  # times that what stands in one is read, all in all
GAP = "—"  # in a cell, for a value that may be missing and is


@dataclass
class Varying:
    """Decides for one section as it is read; `values` None: everything stands, once. `varies`: there was something to
    decide; `rivals`: what each variable stands for in turn; `again`: what is read now has been read for other names.
    `answers` are what the conditions came to, in the order in which they are asked; where such answers are `given`,
    the section is read as it was then. `spans` are the lines, first and last, of what depends on the data."""

    inlines: InlineReader
    values: Mapping[str, BoundValue] | None
    given: Iterator[bool] | None = None
    varies: bool = False
    answers: list[bool] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    rivals: list[Each] = field(default_factory=list)
    again: bool = False
    readings: int = 0

    @property
    def all_stands(self) -> bool:
        """Whether everything that is written stands, once."""
        return self.values is None and self.given is None

    def of(self) -> tuple[str, ...]:
        """The names for which is read just now."""
        return tuple(self.inlines.names.values())

    def told(self) -> tuple[tuple[bool, ...], tuple[tuple[int, int], ...]]:
        """What the conditions came to, and which lines depend on the data."""
        return tuple(self.answers), tuple(self.spans)

    def stands(self, text: str, where: str) -> bool:
        """Whether what the condition stands before is in the report. ReportError for a condition that is none."""
        self.varies = True
        answer = self._holds(read_condition(text, where), where)
        self.answers.append(answer)
        return answer

    def repeated(self, text: str, where: str, read: Callable[[], list[T]]) -> list[T]:
        """What `read` gives for each name that the text lists; without values for the first only."""
        self.varies = True
        return self._each(read_each(text, where), where, read)

    def unknown(self, blocks: Iterable[Chunk], file: str) -> Iterator[Issue]:
        """The names that stand for no value in blocks that do not stand in the report: mistakes all the same."""
        if self.given is not None:
            return
        pieces = (piece for block in walk(blocks) for run in runs(block) for piece in run)
        for hole in (piece for piece in pieces if isinstance(piece, Hole)):
            for name in hole.slot.values:
                try:
                    self._exists(name, self.inlines.slots[hole.index].name, f"{file}:{hole.line}")
                except ReportError as error:
                    yield from error.issues

    def gap(self, pieces: Pieces) -> Pieces:
        """A cell's pieces; a dash where it holds nothing but a value that may be missing and is."""
        hole = pieces[0] if len(pieces) == 1 else None
        if self.values is None or not isinstance(hole, Hole) or hole.slot.args or hole.slot.name in self.values:
            return pieces
        written = self.inlines.slots[hole.index].name
        gap = self._absent(hole.slot.name) or self._for_others(written)
        return (Words(GAP, hole.line),) if gap else pieces

    def standing(self, notes: dict[str, Pieces], blocks: tuple[Chunk, ...]) -> dict[str, Pieces]:
        """The notes whose marks stand in the report; one written outside a `for-each` is that of every name."""
        if not self.varies:
            return notes
        return {label: notes.get(label, notes.get(label.partition("·")[0], ())) for label in _marks(blocks)}

    def _each(self, each: Each, where: str, read: Callable[[], list[T]]) -> list[T]:
        before, again = self.inlines.names, self.again
        if each.variable in before or len(before) == DEEPEST:
            raise ReportError(where, "for-each 套了不止两层，或里外用了同一个名字", "至多两层，各用各的名字")
        made: list[list[T]] = []
        self.rivals.append(each)
        try:
            for name in each.names:
                self._count(where)
                self.inlines.names = {**before, each.variable: name}
                made.append(read())
                self.again = True
        finally:
            self.rivals.pop()
            self.inlines.names, self.again = before, again
        return [one for group in (made[:1] if self.all_stands else made) for one in group]

    def _count(self, where: str) -> None:
        self.readings += 1
        if self.readings > MOST:
            raise ReportError(where, f"for-each 一共要印 {MOST} 次以上", "少列些名字，或分成几个文件")

    def _holds(self, condition: Condition, where: str) -> bool:
        """Whether a condition holds, with what its variables stand for; yes where there are no values."""
        names = tuple(named(name, self.inlines.names) for name in condition.names)
        self.inlines.asked.update(names)
        if self.given is not None:
            return next(self.given)
        if self.values is None:
            return True
        written = dict(zip(names, condition.names, strict=True))
        asked = replace(condition, names=names)
        return asked.holds(lambda name: self._exists(name, written[name], where), self.values, where)

    def _exists(self, name: str, written: str, where: str) -> bool:
        """Whether there is a value of that name. ReportError where no such name is defined; one with a variable in it
        may lack for some of what that stands for."""
        values = self.values or {}
        if isinstance(values, Made) and values.lost(name):
            raise Told
        if name in values or name == DOCUMENT_COUNT or self._absent(name) or self._for_others(written):
            return name in values
        raise Told if self.again else unknown_value(name, values, where)

    def _absent(self, name: str) -> bool:
        return isinstance(self.values, Made) and name in self.values.absent

    def _for_others(self, written: str) -> bool:
        """Whether a name with variables in it is that of a value for any of what they stand for."""
        names = {written}
        for each in self.rivals:
            names = {named(name, {each.variable: one}) for name in names for one in each.names}
        return names != {written} and any(name in (self.values or {}) or self._absent(name) for name in names)


def _marks(blocks: tuple[Chunk, ...]) -> Iterator[str]:
    """The labels of the notes that are marked in these blocks."""
    for block in walk(blocks):
        yield from (piece.note for run in runs(block) for piece in run if isinstance(piece, Mark))
