"""Values of a report bound to the observations that state them, or derived from one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from report.dataset.agreement import agrees, comparable, compare_words, fineness, measure
from report.dataset.derive import check_unit, count_sources, derive
from report.dataset.direction import direction
from report.dataset.excerpts import clause_of
from report.dataset.models import BoundValue, Dataset, ValueSpec, Verdict
from report.dataset.periods import print_period
from report.dataset.precedence import precedence_of
from report.dataset.printing import print_observation
from report.dataset.query import Condition, Passage, conditions_of, document_of, meet, near_misses, passage_of
from report.errors import Issue, ReportError
from report.observations.normalise import normalise
from report.observations.observation import Observation

__all__ = ["bind_values", "clause_of", "direction"]

SOURCES = "sources"  # in a count: the documents themselves
SHOWN = 6  # candidates named in a message


def bind_values(
    specs: Mapping[str, ValueSpec], dataset: Dataset, where: Mapping[str, str],
) -> dict[str, BoundValue]:
    """Every value with its figure and evidence, in the order of `specs`.

    `where[name]` is the place to name in messages (`values.yaml:12`). Raises one ReportError with every mistake:
    a query that finds nothing, candidates that disagree without a preference, a derivation that cannot be.
    """
    binder = _Binder(specs, dataset, where)
    for name in specs:
        binder.bind(name)
    if binder.issues:
        raise ReportError.all_of(binder.issues)
    return {name: binder.bound[name] for name in specs}


class _Binder:
    """Binds values one by one, parents first, and keeps the mistakes."""

    def __init__(self, specs: Mapping[str, ValueSpec], dataset: Dataset, where: Mapping[str, str]) -> None:
        self.specs = specs
        self.dataset = dataset
        self.where = where
        told = _told_events(dataset)
        self.passages = [passage_of(one, told.get((one.doc, one.start), "")) for one in dataset.observations]
        self.observations = {one.id: one for one in dataset.observations}
        self.precedence = precedence_of(dataset.sources, dataset.precedence)
        self.bound: dict[str, BoundValue] = {}
        self.failed: set[str] = set()
        self.issues: list[Issue] = []
        self.path: list[str] = []

    def bind(self, name: str) -> BoundValue | None:
        """The value, bound now or before; None where it or one of its parents cannot be (told once)."""
        if name in self.bound or name in self.failed:
            return self.bound.get(name)
        self.path.append(name)
        try:
            value = self._bound(name)
        except ReportError as error:
            self.issues.extend(error.issues)
            value = None
        self.path.pop()
        if value is None:
            self.failed.add(name)
        else:
            self.bound[name] = value
        return value

    def _bound(self, name: str) -> BoundValue | None:
        spec, where = self.specs[name], self.where.get(name, name)
        if bool(spec.find) == bool(spec.derive):
            raise ReportError(where, f"值“{name}”要写 find 或一种算法，二者取一", "例如 find: {doc: …, words: […]}")
        if spec.derive is None:
            found = _found(name, spec, self._candidates(name, spec, where), where)
            return found if spec.prefer else self._with_reason(found)
        if spec.derive.operation == "count" and spec.derive.of == (SOURCES,):
            return count_sources(name, spec, len(self.dataset.sources))
        parents = [self._parent(name, parent, where) for parent in spec.derive.of]
        known = [parent for parent in parents if parent is not None]
        return derive(name, spec, known, where, self._said(known)) if len(known) == len(parents) else None

    def _said(self, parents: Sequence[BoundValue]) -> Observation | None:
        """The observation of the last parent, whose words tell a rise from a fall; None for a derived one."""
        told = parents[-1].observations[:1] if parents else ()
        return self.observations[told[0]] if told else None

    def _with_reason(self, found: BoundValue) -> BoundValue:
        """A value whose witnesses disagree, with what the report or the catalogue declares to put the first before."""
        winner, *others = (self.observations[one] for one in found.observations)
        other = next((one for one in others if _disagree(winner, one)), None)
        why = self.precedence.why(winner, other) if other else ""
        return found.model_copy(update={"reason": f"{found.reason}（{why}）"}) if why else found

    def _parent(self, name: str, parent: str, where: str) -> BoundValue | None:
        if parent not in self.specs:
            raise ReportError(where, f"值“{name}”用到的“{parent}”没有定义", "检查名称，或先定义它")
        if parent in self.path:
            ring = "→".join((*self.path[self.path.index(parent) :], parent))
            raise ReportError(where, f"值“{name}”由自身得出：{ring}", "去掉循环")
        return self.bind(parent)

    def _candidates(self, name: str, spec: ValueSpec, where: str) -> list[list[Observation]]:
        """The observations that any query finds, in groups by preference, the best-preferred documents first."""
        queries = [conditions_of(query, self.dataset.sources, where) for query in spec.find]
        found = {passage.found.id: passage.found for query in queries for passage in meet(query, self.passages)}
        if not found:
            raise ReportError(where, f"值“{name}”一条也没找到", _nearest(queries, self.passages))
        preferred = [document_of(prefix, self.dataset.sources, where) for prefix in spec.prefer]
        order = {source.id: place for place, source in enumerate(self.dataset.sources)}
        rank = {doc: place for place, doc in enumerate(preferred)}

        def preference(one: Observation) -> tuple[int, ...]:
            return (rank.get(one.doc, len(rank)),) if rank else self.precedence.declared(one)

        ordered = sorted(found.values(), key=lambda one: (preference(one), order.get(one.doc, 0), one.start))
        return [list(group) for _, group in groupby(ordered, preference)]


def _told_events(dataset: Dataset) -> dict[tuple[str, int], str]:
    """What happened on each date that is an event's, by document and place, one line an event."""
    told: defaultdict[tuple[str, int], str] = defaultdict(str)
    for event in dataset.events:
        told[event.doc, event.start] += f"{event.actor}\0{event.action}\0{event.instrument}\n"
    return told


def _found(name: str, spec: ValueSpec, groups: Sequence[Sequence[Observation]], where: str) -> BoundValue:
    """The winner among the candidates of the best-preferred group, everything else a witness."""
    first = groups[0]
    winner = most_careful(first)
    everybody = [one for group in groups for one in group]
    judged = everybody if len(groups) == 1 else first
    if any(_disagree(winner, one) for one in judged):
        raise ReportError(where, f"值“{name}”的{len(everybody)}个候选不一致：{_told(everybody)}",
                          "写细查询条件，或用 prefer 写明以哪份文献为准")
    witnesses = [one for one in everybody if one.id != winner.id]
    return _value(name, spec, winner, witnesses, where)


def most_careful(candidates: Iterable[Observation]) -> Observation:
    """The one to print of figures that agree: the more precise, then the qualified, then the first."""
    return min(candidates, key=lambda one: (-fineness(one), one.bound == "exact"))


def _disagree(one: Observation, two: Observation) -> bool:
    return not comparable(one, two) or not agrees(one, two)


def _value(name: str, spec: ValueSpec, winner: Observation, witnesses: Sequence[Observation], where: str) -> BoundValue:
    check_unit(name, spec.unit, (winner.base or winner.kind, normalise(winner.unit)), where)
    printed = print_observation(winner, spec.unit)
    verdict, reason = _verdict(winner, witnesses)
    return BoundValue(
        name=name, label=spec.label, kind=winner.kind, base=winner.base, value=winner.value,
        unit=spec.unit or normalise(winner.unit), qualifier=printed.qualifier, bound=winner.bound,
        text=printed.text, plain=printed.plain, number=printed.number, period=print_period(winner.period),
        observations=(winner.id, *(one.id for one in witnesses)), interval=_interval(winner), verdict=verdict,
        reason=reason,
    )


def _interval(found: Observation) -> tuple[float, float] | None:
    size = measure(found)
    if size is None or len(size.values) > 1:
        return None
    low, high = size.span()
    return float(low), float(high)


def _verdict(winner: Observation, witnesses: Sequence[Observation]) -> tuple[Verdict, str]:
    if not witnesses:
        return "single", ""
    against = [one for one in witnesses if _disagree(winner, one)]
    if against:
        told = "、".join(dict.fromkeys(f"{one.doc}作{print_observation(one).text}" for one in against))
        return "conflicts", f"以{winner.doc}的{print_observation(winner).text}为准；{told}"
    return "agrees", "；".join(dict.fromkeys(filter(None, (compare_words(winner, one) for one in witnesses))))


def _told(candidates: Sequence[Observation]) -> str:
    """Candidates for a message: text, document and clause, in one line."""
    told = [f"{print_observation(one).text}〔{one.doc}:{one.start}，“{' '.join(one.sentence.split())}”〕"
            for one in candidates[:SHOWN]]
    more = len(candidates) - SHOWN
    return "；".join(told) + (f"；另有{more}个" if more > 0 else "")


def _nearest(queries: Sequence[Sequence[Condition]], passages: Sequence[Passage]) -> str:
    """What nearly met a query, and the one condition that kept it out."""
    hints = []
    for query in queries:
        for condition, missed in near_misses(query, passages):
            hints.append(f"只差“{condition}”的有：{_told([passage.found for passage in missed[:2]])}")
    return "；".join(hints[:4]) or "放宽条件：没有只差一个条件的观测，逐个去掉条件再试"
