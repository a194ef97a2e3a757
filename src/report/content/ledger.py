"""The ledger of a report: which values it uses, in the order of reading, and the number of every source they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from report.charts.chart import Chart
from report.content.claims import Claim, family, gather_claims, winners
from report.content.prose import Hole, Mark, Pictured, Piece, Prose, Tabled, runs, walk
from report.dataset.models import BoundValue, Check, Dataset, Source
from report.dataset.standing import Standings
from report.dataset.together import group_checks
from report.errors import ReportError
from report.names import did_you_mean
from report.observations.observation import Observation
from report.templates.slots import CITATION, DOCUMENT, Slot


@dataclass(frozen=True)
class Ledger:
    """`used` names values in the order in which they are first read, parents after their child; `numbers` gives a
    document its number in the source list, from 1 in the order of first citation; `findings` are the checks, none of
    them agreeing, that concern documents in the list only, those of one gap together, of which the annex tells the
    first `told`; `lone` are the observations
    of which the dataset knows no second telling in another document; `standings` how each figure stands."""

    values: Mapping[str, BoundValue]
    sources: Mapping[str, Source]
    observations: Mapping[str, Observation]
    used: tuple[str, ...]
    numbers: Mapping[str, int]
    findings: tuple[tuple[Check, ...], ...]
    lone: frozenset[str]
    standings: Standings
    told: int

    def winner(self, name: str) -> tuple[str, ...]:
        """The documents whose figures a value prints: its first witness's, or its parents'."""
        return tuple(dict.fromkeys(winners(name, self.values, self.observations)))

    def witnesses(self, name: str) -> tuple[Observation, ...]:
        """The observations that state a value, the winner first; () for a derived one."""
        value = self.values[name]
        return () if value.parents else tuple(self.observations[found] for found in value.observations)

    def claims(self, names: Sequence[str]) -> list[Claim]:
        """The values of a note by their documents, the claims and the documents of each in the order of numbers."""
        found = gather_claims(names, self.values, self.observations)
        claims = [replace(claim, docs=tuple(sorted(claim.docs, key=self.numbers.__getitem__))) for claim in found]
        return sorted(claims, key=lambda claim: (claim.derived, *[self.numbers[doc] for doc in claim.docs[:1]]))

    def is_lone(self, name: str) -> bool:
        """Whether no document but one is known to tell a value."""
        return all(found.id in self.lone for found in self.witnesses(name))

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
    read = [name for names in _read(proses, charts) for name in names]
    used = tuple(dict.fromkeys(member for name in read for member in family(name, values)))
    cited = Citer(values, observations, tuple(sources)).cited(proses, charts)
    told = [observations[found].doc for name in used for found in values[name].observations]
    numbers = {doc: number for number, doc in enumerate(dict.fromkeys((*cited, *told)), 1)}
    checks = [check for check in dataset.checks if check.verdict != "agrees" and set(check.docs) <= set(numbers)]
    findings = group_checks(checks, dataset.checks)
    lone, standings = _lone(dataset, values), Standings(dataset)
    return Ledger(values, sources, observations, used, numbers, findings, lone, standings, len(findings))


def _lone(dataset: Dataset, values: Mapping[str, BoundValue]) -> frozenset[str]:
    """The observations that no fact, check or value joins with one of another document."""
    docs = {found.id: found.doc for found in dataset.observations}
    joined = [
        *(fact.observations for fact in dataset.facts),
        *(check.observations for check in dataset.checks),
        *(value.observations for value in values.values()),
    ]
    known = {name for names in joined if len({docs[name] for name in names if name in docs}) > 1 for name in names}
    return frozenset(set(docs) - known)


def document_id(prefix: str, sources: Iterable[str], where: str) -> str:
    """The one document id that begins with `prefix`; raises ReportError for none or several."""
    sources = sorted(sources)
    found = [doc for doc in sources if doc == prefix] or [doc for doc in sources if doc.startswith(prefix)]
    if len(found) != 1:
        problem = f"有 {len(found)} 份文献以“{prefix}”开头" if found else f"没有文献“{prefix}”"
        raise ReportError(where, problem, did_you_mean(prefix, found or sources))
    return found[0]


def _read(proses: Iterable[Prose], charts: Mapping[str, Chart]) -> Iterator[tuple[str, ...]]:
    """The values of slots and charts in the order of reading; a note is read where its mark stands."""
    for prose in proses:
        for block in walk(prose.blocks):
            for pieces in runs(block):
                for piece in pieces:
                    yield from (slot.values for slot in slots_of(piece, prose))
            if isinstance(block, Pictured) and block.chart in charts:
                yield charts[block.chart].values


def slots_of(piece: Piece, prose: Prose) -> Iterator[Slot]:
    """The slot that a piece is, or those of the note that it marks."""
    match piece:
        case Hole():
            yield piece.slot
        case Mark():
            yield from (inner.slot for inner in prose.notes.get(piece.note, ()) if isinstance(inner, Hole))
        case _:
            pass


@dataclass(frozen=True)
class Citer:
    """Finds the documents that the report's notes, tables and figures cite, in the order in which they print them."""

    values: Mapping[str, BoundValue]
    observations: Mapping[str, Observation]
    sources: tuple[str, ...]

    def cited(self, proses: Iterable[Prose], charts: Mapping[str, Chart]) -> tuple[str, ...]:
        """Document ids, each once."""
        found: dict[str, None] = {}
        for prose in proses:
            for block in walk(prose.blocks):
                for slot in (slot for pieces in runs(block) for piece in pieces for slot in slots_of(piece, prose)):
                    self._cite(slot, found)
                if isinstance(block, Pictured) and block.chart in charts:
                    self._line(charts[block.chart].values, found)
                if isinstance(block, Tabled):
                    holes = (piece for pieces in runs(block) for piece in pieces if isinstance(piece, Hole))
                    self._line([name for hole in holes for name in hole.slot.values], found)
                    found |= dict.fromkeys(doc for prefix in block.sources for doc in self._named(prefix))
        return tuple(found)

    def _cite(self, slot: Slot, found: dict[str, None]) -> None:
        if slot.name == DOCUMENT:
            found |= dict.fromkeys(doc for prefix in slot.args for doc in self._named(prefix))
        elif slot.name == CITATION:
            known = [name for name in slot.args if name in self.values]
            claims = gather_claims(known, self.values, self.observations)
            order = {doc: number for number, doc in enumerate(found)}
            claims.sort(key=lambda claim: (
                claim.derived, min((order.get(doc, len(order)) for doc in claim.docs), default=0)))
            found |= dict.fromkeys(doc for claim in claims for doc in claim.docs)

    def _named(self, prefix: str) -> list[str]:
        """The document that begins so; [] for none or several, which the filling tells."""
        try:
            return [document_id(prefix, self.sources, "")]
        except ReportError:
            return []

    def _line(self, names: Iterable[str], found: dict[str, None]) -> None:
        """A source line: what the values of a figure or a table print."""
        for name in names:
            found |= dict.fromkeys(winners(name, self.values, self.observations))
