"""The ledger of a report: which values it uses, in the order of reading, and the number of every source they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from report.charts.chart import Chart
from report.content.prose import Chunk, Hole, Mark, Pictured, Piece, Prose, runs, walk
from report.dataset.models import BoundValue, Check, Dataset, Source
from report.errors import ReportError
from report.observations.observation import Observation
from report.templates.names import did_you_mean
from report.templates.slots import DOCUMENT, Slot


@dataclass(frozen=True)
class Ledger:
    """`used` names values in the order in which they are first read, parents after their child; `numbers` gives a
    document its number in the source list, from 1 in the order of first use; `checks` are the findings, none of them
    agreeing, that concern documents in the list only."""

    values: Mapping[str, BoundValue]
    sources: Mapping[str, Source]
    observations: Mapping[str, Observation]
    used: tuple[str, ...]
    numbers: Mapping[str, int]
    checks: tuple[Check, ...]

    def winner(self, name: str) -> tuple[str, ...]:
        """The documents whose figures a value prints: its first witness's, or its parents'."""
        return tuple(dict.fromkeys(_winners(name, self.values, self.observations)))

    def witnesses(self, name: str) -> tuple[Observation, ...]:
        """The observations that state a value, the winner first; () for a derived one."""
        value = self.values[name]
        return () if value.parents else tuple(self.observations[found] for found in value.observations)

    def document(self, prefix: str, where: str) -> str:
        """The id of the document that begins so. Raises ReportError for none or several."""
        return document_id(prefix, self.sources, where)

    def brackets(self, documents: Iterable[str]) -> str:
        """`文献[1]、[3]`, in the order of the source list."""
        numbers = sorted({self.numbers[doc] for doc in documents})
        return "文献" + "、".join(f"[{number}]" for number in numbers)


def open_ledger(
    proses: Sequence[Prose], dataset: Dataset, values: Mapping[str, BoundValue], charts: Mapping[str, Chart]
) -> Ledger:
    """The ledger of a report made of these sections. Names that do not exist are left for the filling to tell."""
    sources = {source.id: source for source in dataset.sources}
    observations = {found.id: found for found in dataset.observations}
    named: list[str] = []
    documents: list[str] = []
    for piece in _read(proses, charts):
        for name in piece.values if isinstance(piece, Slot) else piece:
            named += _family(name, values)
            documents += _winners(name, values, observations)
        if isinstance(piece, Slot) and piece.name == DOCUMENT:
            documents += [doc for prefix in piece.args for doc in sources if doc.startswith(prefix)][:1]
    used = tuple(dict.fromkeys(named))
    documents += [observations[found].doc for name in used for found in values[name].observations]
    numbers = {doc: number for number, doc in enumerate(dict.fromkeys(documents), 1)}
    checks = [check for check in dataset.checks if check.verdict != "agrees" and set(check.docs) <= set(numbers)]
    return Ledger(values, sources, observations, used, numbers, tuple(checks))


def document_id(prefix: str, sources: Iterable[str], where: str) -> str:
    """The one document id that begins with `prefix`; raises ReportError for none or several."""
    sources = sorted(sources)
    found = [doc for doc in sources if doc == prefix] or [doc for doc in sources if doc.startswith(prefix)]
    if len(found) != 1:
        problem = f"有 {len(found)} 份文献以“{prefix}”开头" if found else f"没有文献“{prefix}”"
        raise ReportError(where, problem, did_you_mean(prefix, found or sources))
    return found[0]


def _read(proses: Iterable[Prose], charts: Mapping[str, Chart]) -> Iterator[Slot | tuple[str, ...]]:
    """Slots, and the values of charts, in the order of reading; a note is read where its mark stands."""
    for prose in proses:
        for block in walk(prose.blocks):
            yield from _slots(block, prose)
            if isinstance(block, Pictured) and block.chart in charts:
                yield charts[block.chart].values


def _slots(block: Chunk, prose: Prose) -> Iterator[Slot]:
    for pieces in runs(block):
        for piece in pieces:
            yield from _slots_of(piece, prose)


def _slots_of(piece: Piece, prose: Prose) -> Iterator[Slot]:
    match piece:
        case Hole():
            yield piece.slot
        case Mark():
            yield from (inner.slot for inner in prose.notes.get(piece.note, ()) if isinstance(inner, Hole))
        case _:
            pass


def _family(name: str, values: Mapping[str, BoundValue]) -> Iterator[str]:
    """The value and all it is derived from."""
    if name in values:
        yield name
        for parent in values[name].parents:
            yield from _family(parent, values)


def _winners(
    name: str, values: Mapping[str, BoundValue], observations: Mapping[str, Observation]
) -> Iterator[str]:
    for member in _family(name, values):
        value = values[member]
        if value.observations and not value.parents:
            yield observations[value.observations[0]].doc
