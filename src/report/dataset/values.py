"""Values of a report bound to the observations that state them, or derived from one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from report.dataset.agreement import agrees, comparable, compare_words
from report.dataset.dated import dates_of_events
from report.dataset.derive import check_unit, count_of, derive
from report.dataset.extent import extent
from report.dataset.models import BoundValue, Dataset, ValueSpec, Verdict
from report.dataset.periods import print_period
from report.dataset.precedence import precedence_of
from report.dataset.printing import print_observation
from report.dataset.query import Condition, NoDocument, Passage, conditions_of, document_of, meet, near_misses
from report.dataset.tally import counted_by, tally, unit_of
from report.errors import Issue, ReportError
from report.names import Made, failed_in
from report.observations.normalise import normalise
from report.observations.observation import Observation

SHOWN = 6  # candidates named in a message


def bind_values(
    specs: Mapping[str, ValueSpec], dataset: Dataset, where: Mapping[str, str],
) -> Made[BoundValue]:
    """Every value with its figure and evidence, in the order of `specs`.

    `where[name]` is the place to name in messages (`values.yaml:12`). Raises one ReportError with every mistake:
    a query that finds nothing (unless the value is optional), candidates that disagree without a preference, a
    derivation that cannot be.
    """
    values, issues = try_bind(specs, dataset, where)
    if issues:
        raise ReportError.all_of(issues)
    return values


def try_bind(
    specs: Mapping[str, ValueSpec], dataset: Dataset, where: Mapping[str, str],
) -> tuple[Made[BoundValue], list[Issue]]:
    """The values that can be bound, and every mistake (see `bind_values`). What `specs` could not read fails here."""
    binder = _Binder(specs, dataset, where)
    for name in specs:
        binder.bind(name)
    bound = {name: binder.bound[name] for name in specs if name in binder.bound}
    failed = None if binder.unread else binder.failed
    return Made(bound, failed, binder.absent), [*binder.missing_documents(), *binder.issues]


class _Binder:
    """Binds values one by one, parents first, and keeps the mistakes."""

    def __init__(self, specs: Mapping[str, ValueSpec], dataset: Dataset, where: Mapping[str, str]) -> None:
        self.specs = specs
        self.dataset = dataset
        self.where = where
        told = _told_events(dataset)
        dates = dates_of_events(dataset)
        self.passages = [Passage(one, told.get((one.doc, one.start), "")) for one in dataset.observations]
        self.passages += [Passage(one, told[one.doc, one.start]) for one in dates]
        self.observations = {one.id: one for one in (*dataset.observations, *dates)}
        self.precedence = precedence_of(dataset.sources, dataset.precedence)
        self.bound: dict[str, BoundValue] = {}
        self.unread = failed_in(specs) is None
        self.failed: set[str] = set(failed_in(specs) or ())
        self.absent: set[str] = set()
        self.issues: list[Issue] = []
        self.missing: defaultdict[str, list[tuple[str, Issue]]] = defaultdict(list)
        self.path: list[str] = []

    def bind(self, name: str) -> BoundValue | None:
        """The value, bound now or before; None where it or one of its parents cannot be (told once), or is absent."""
        if name in self.bound or name in self.failed or name in self.absent:
            return self.bound.get(name)
        self.path.append(name)
        value = self._tried(name)
        self.path.pop()
        if value is not None:
            self.bound[name] = value
        elif name not in self.absent:
            self.failed.add(name)
        return value

    def _tried(self, name: str) -> BoundValue | None:
        try:
            return self._bound(name)
        except (NoDocument, _Nothing) as error:
            if self.specs[name].optional:
                self.absent.add(name)
            elif isinstance(error, NoDocument):
                self.missing[error.prefix].append((name, error.issues[0]))
            else:
                self.issues.append(error.told())
        except ReportError as error:
            self.issues.extend(error.issues)
        return None

    def missing_documents(self) -> list[Issue]:
        """One mistake for each document that is asked and not there, with the names of the values that ask it."""
        told = []
        for asked in self.missing.values():
            first = asked[0][1]
            names = f"，用到它的值：{'、'.join(name for name, _ in asked)}"
            told.append(Issue(where=first.where, problem=first.problem + names, hint=first.hint))
        return told

    def _bound(self, name: str) -> BoundValue | None:
        spec, where = self.specs[name], self.where.get(name, name)
        if bool(spec.find) == bool(spec.derive):
            raise ReportError(where, f"值“{name}”要写 find 或一种算法，二者取一", "例如 find: {doc: …, words: […]}")
        if spec.derive is None:
            return self._found(name, spec, self._candidates(name, spec, where), where)
        if counted := counted_by(spec.derive):
            return count_of(name, spec, tally(self.dataset, counted), unit_of(counted))
        parents = [self._parent(name, parent, where) for parent in spec.derive.of]
        known = [parent for parent in parents if parent is not None]
        if absent := [parent for parent in spec.derive.of if parent in self.absent]:
            raise _Nothing(where, f"值“{name}”要用的“{absent[0]}”可缺，现有的文献里没有",
                           lambda: "也写上 optional: true，或改用别的值")
        return derive(name, spec, known, where, self._said(known)) if len(known) == len(parents) else None

    def _said(self, parents: Sequence[BoundValue]) -> Observation | None:
        """The observation of the last parent, whose words tell a rise from a fall; None for a derived one."""
        told = parents[-1].observations[:1] if parents else ()
        return self.observations[told[0]] if told else None

    def _found(self, name: str, spec: ValueSpec, groups: Sequence[Sequence[Observation]], where: str) -> BoundValue:
        """The winner among the candidates of the best-preferred group, everything else a witness."""
        first, *_ = ordered = [self.precedence.ordered(group) for group in groups]
        winner, *witnesses = [one for group in ordered for one in group]
        if odd := next((one for one in witnesses if not comparable(winner, one)), None):
            raise ReportError(where, f"值“{name}”的候选单位不同，不能换算：{_told((winner, odd))}",
                              "只查同一单位的，或分成两个值")
        if not all(agrees(winner, one) for one in (first if len(groups) > 1 else witnesses)):
            raise ReportError(where, f"值“{name}”的{len(witnesses) + 1}个候选不一致：{_told((winner, *witnesses))}",
                              "写细查询条件，或用 prefer 写明以哪份文献为准")
        other = next((one for one in witnesses if not agrees(winner, one)), None)
        declared = f"values.yaml 写明以{winner.doc}为先" if spec.prefer else ""
        why = (declared or self.precedence.why(winner, other, winner.doc)) if other else ""
        return _value(name, spec, winner, witnesses, (where, why))

    def _parent(self, name: str, parent: str, where: str) -> BoundValue | None:
        if parent in self.failed:
            return None
        if parent not in self.specs:
            raise ReportError(where, f"值“{name}”用到的“{parent}”没有定义", "检查名称，或先定义它")
        if parent in self.path:
            ring = " ← ".join((*self.path[self.path.index(parent) :], parent))
            raise ReportError(where, f"值“{parent}”由自身得出：{ring}", "改掉其中一步")
        return self.bind(parent)

    def _candidates(self, name: str, spec: ValueSpec, where: str) -> list[list[Observation]]:
        """The observations that any query finds, in groups by preference, the best-preferred documents first."""
        queries = [conditions_of(query, self.dataset.sources, where) for query in spec.find]
        found = {passage.found.id: passage.found for query in queries for passage in meet(query, self.passages)}
        if not found:
            raise _Nothing(where, f"值“{name}”一条也没找到", lambda: _nearest(queries, self.passages))
        preferred = [document_of(prefix, self.dataset.sources, where) for prefix in spec.prefer]
        order = {source.id: place for place, source in enumerate(self.dataset.sources)}
        rank = {doc: place for place, doc in enumerate(preferred)}

        def preference(one: Observation) -> tuple[int, ...]:
            return (rank.get(one.doc, len(rank)),) if rank else self.precedence.declared(one)

        ordered = sorted(found.values(), key=lambda one: (preference(one), order.get(one.doc, 0), one.start))
        return [list(group) for _, group in groupby(ordered, preference)]


class _Nothing(ReportError):
    """No document states a value; the hint takes long to find, and is wanted only where that is a mistake."""

    def __init__(self, where: str, problem: str, hint: Callable[[], str]) -> None:
        super().__init__(where, problem)
        self.hint = hint

    def told(self) -> Issue:
        """The mistake, with its hint."""
        return self.issues[0].changed({"hint": self.hint()})


def _told_events(dataset: Dataset) -> dict[tuple[str, int], str]:
    """What happened on each date that is an event's, by document and place, one line an event."""
    told: defaultdict[tuple[str, int], str] = defaultdict(str)
    for event in dataset.events:
        told[event.doc, event.start] += f"{event.actor}\0{event.action}\0{event.instrument}\n"
    return told


def _value(
    name: str, spec: ValueSpec, winner: Observation, witnesses: Sequence[Observation], told: tuple[str, str],
) -> BoundValue:
    """The value that the winner states; `told` are its place in values.yaml and what puts the winner first."""
    where, why = told
    check_unit(name, spec.unit, (winner.base or winner.kind, normalise(winner.unit)), where)
    printed = print_observation(winner, spec.unit)
    verdict, reason = _verdict(winner, witnesses)
    ends = extent(winner)
    return BoundValue(
        name=name, label=spec.label, kind=winner.kind, base=winner.base, value=winner.value,
        unit=spec.unit or normalise(winner.unit), qualifier=printed.qualifier, bound=winner.bound,
        text=printed.text, plain=printed.plain, number=printed.number, period=print_period(winner.period),
        observations=(winner.id, *(one.id for one in witnesses)),
        interval=ends and (float(ends[0]), float(ends[1])), verdict=verdict, reason=reason,
        why=why,
    )


def _verdict(winner: Observation, witnesses: Sequence[Observation]) -> tuple[Verdict, str]:
    if not witnesses:
        return "single", ""
    against = [one for one in witnesses if not agrees(winner, one)]
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
