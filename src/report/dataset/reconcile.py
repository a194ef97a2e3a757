"""From documents and observations to a dataset: like figures gathered into facts, checks made."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from report.dataset.agreement import agrees, comparable, compare_words, measure
from report.dataset.aliases import entity_key, indicator_key, opposed
from report.dataset.matching import squeeze
from report.dataset.mention import word_pairs
from report.dataset.models import Check, Dataset, Fact, Source, Verdict
from report.dataset.precedence import NOBODY, Precedence, precedence_of
from report.dataset.printing import print_observation
from report.dataset.query import document_of
from report.errors import Issue, ReportError
from report.observations.event import Event
from report.observations.observation import Observation
from report.sources.document import Document

Key = tuple[str, ...]
NEIGHBOURS = 8  # of a bucket that one observation is compared with: n log n, however large the bucket
LIKE = 0.4  # of the letter pairs of the shorter sentence, for one value told twice
VERY_LIKE = 0.6  # of those of the longer sentence, before two values are said to be at odds
# Kinds that tell when, which place or how long: no statement of an indicator.
UNRECONCILED = frozenset(("year", "date", "duration", "ordinal"))


def reconcile(
    documents: Iterable[Document], observations: Sequence[Observation], *,
    precedence: Sequence[str] = (), where: Sequence[str] = (),
    events: Sequence[Event] = (),
) -> Dataset:
    """The dataset of these documents: their cards, their observations, facts and checks.

    Observations and events of other documents are left out. `precedence` names documents (by prefix) whose figure
    holds where figures disagree, best first; `where` is the place of each name (file:line), () for none to tell.
    ReportError where a prefix meets nothing or several.
    """
    from report.dataset.arithmetic import check_all  # here: the rules read tables of words, which importing must not

    sources = tuple(sorted(map(source_of, documents), key=lambda one: one.id))
    ids = {source.id for source in sources}
    kept = [found for found in observations if found.doc in ids]
    kept.sort(key=lambda one: (one.doc, one.start, one.end, one.id))
    preferred = _preferred(precedence, where or ("precedence",) * len(precedence), sources)
    checks = check_all(kept, sources)
    return Dataset(
        sources=sources, observations=tuple(kept), checks=checks,
        facts=find_facts(kept, precedence_of(sources, preferred), checks), precedence=tuple(preferred),
        events=tuple(sorted((one for one in events if one.doc in ids), key=lambda one: (one.doc, one.start, one.id))),
    )


def _preferred(precedence: Sequence[str], where: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """The ids of the documents named; ReportError with all the names that meet none or several."""
    found: list[str] = []
    issues: list[Issue] = []
    for prefix, place in zip(precedence, where, strict=True):
        try:
            found.append(document_of(prefix, sources, place))
        except ReportError as error:
            issues += error.issues
    if issues:
        raise ReportError.all_of(issues)
    return found


def source_of(document: Document) -> Source:
    """The card of a document."""
    told = document.metadata
    return Source(
        id=document.id, file=document.file, sha256=document.sha256, script=told.script,
        length=len(document.source), title=told.title, date=told.date, date_kind=told.date_kind,
        publisher=told.publisher, author=told.author, serial=told.serial, series=told.series, url=told.url,
        reliability=told.reliability,
    )


def find_facts(
    observations: Sequence[Observation], precedence: Precedence = NOBODY, checks: Sequence[Check] = (),
) -> tuple[Fact, ...]:
    """The observations gathered, each in one fact, in order of their first.

    Two belong together where indicator, entity, period and kind are all told and equal and their sentences use like
    words, or where a check found them to be one figure told twice. Anything else stands alone (verdict single):
    2019 by origin and 2022 by institution never meet. `precedence` tells whose figure holds.
    """
    places = {found.id: place for place, found in enumerate(observations)}
    joins = [*_like_labels(observations), *_told_twice(checks, places)]
    roots = list(range(len(observations)))
    for first, second in joins:
        one, two = sorted((_root(roots, first), _root(roots, second)))
        roots[two] = one
    groups: dict[int, list[Observation]] = defaultdict(list)
    for place, found in enumerate(observations):
        groups[_root(roots, place)].append(found)
    return tuple(_fact(group, precedence) for _, group in sorted(groups.items()))


def _like_labels(observations: Sequence[Observation]) -> Iterator[tuple[int, int]]:
    """Neighbours in a bucket of equal labels whose sentences differ and use like words."""
    buckets: dict[Key, list[int]] = defaultdict(list)
    for place, found in enumerate(observations):
        if key := _key(found):
            buckets[key].append(place)
    for bucket in buckets.values():
        words = {place: word_pairs(squeeze(observations[place].sentence)) for place in bucket}
        for index, second in enumerate(bucket):
            for first in bucket[max(index - NEIGHBOURS, 0) : index]:
                if _one_telling(observations[first], observations[second], words[first], words[second]):
                    yield first, second


def _one_telling(first: Observation, second: Observation, ours: set[str], theirs: set[str]) -> bool:
    if (first.doc, first.sentence_start) == (second.doc, second.sentence_start):
        return False
    shared = len(ours & theirs)
    if first.value == second.value:
        alike = shared >= LIKE * min(len(ours), len(theirs))
    else:
        alike = shared >= VERY_LIKE * max(len(ours), len(theirs))
    return alike and not opposed(first.sentence, second.sentence)


def _told_twice(checks: Sequence[Check], places: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for check in checks:
        if check.rule in ("same-figure", "qualifier") and check.verdict == "agrees":
            first, second = check.observations
            yield places[first], places[second]


def _root(roots: list[int], place: int) -> int:
    while roots[place] != place:
        roots[place] = roots[roots[place]]
        place = roots[place]
    return place


def _key(found: Observation) -> Key | None:
    """What two observations must share to be told of one thing; None where a label is missing."""
    size = measure(found)
    labels = (indicator_key(found.indicator), entity_key(found.entity), squeeze(found.period))
    if size is None or size.kind in UNRECONCILED or not all(labels):
        return None
    return (*labels, size.kind, "百分点" if found.unit == "百分点" else "")


def _fact(group: Sequence[Observation], precedence: Precedence) -> Fact:
    ordered = precedence.ordered(group)
    ids = tuple(one.id for one in ordered)
    verdict, reason = _judge(ordered, precedence)
    return Fact(id=f"fact-{hashlib.sha256(min(ids).encode()).hexdigest()[:12]}", observations=ids, verdict=verdict,
                reason=reason)


def _judge(ordered: Sequence[Observation], precedence: Precedence) -> tuple[Verdict, str]:
    """How the witnesses stand to the winner, in one verdict and in words."""
    winner, witnesses = ordered[0], ordered[1:]
    if not witnesses:
        return "single", "只有一处记载"
    if not all(comparable(winner, one) for one in witnesses):
        return "not-comparable", "单位不同，不能比较"
    against = [one for one in witnesses if not agrees(winner, one)]
    if against:
        told = "、".join(dict.fromkeys(f"{one.doc}作{print_observation(one).text}" for one in against))
        why = precedence.why(winner, against[0])
        told = f"{winner.doc}作{print_observation(winner).text}，{told}"
        return "conflicts", f"{told}；以前者为准：{why}" if why else told
    words = "；".join(dict.fromkeys(filter(None, (compare_words(winner, one) for one in witnesses))))
    return "agrees", words or f"{len(ordered)}处记载一致"
