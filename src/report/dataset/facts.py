"""Observations gathered into facts: one thing told once or several times, the telling that holds first."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from report.dataset.agreement import measure, same_unit
from report.dataset.aliases import entity_key, indicator_key, opposed
from report.dataset.matching import squeeze
from report.dataset.mention import NOWHERE, word_pairs
from report.dataset.models import Check
from report.dataset.places import homes_apart
from report.dataset.precedence import NOBODY, Precedence
from report.observations.observation import Observation

Key = tuple[str, ...]
Group = tuple[str, tuple[str, ...]]  # the id of a fact and those of its observations, the winner first
NEIGHBOURS = 8  # of a bucket that one observation is compared with: n log n, however large the bucket
LIKE = 0.4  # of the letter pairs of the shorter sentence, for one value told twice
VERY_LIKE = 0.6  # of those of the longer sentence, before two values are said to be at odds
# Kinds that tell when, which place or how long: no statement of an indicator.
UNRECONCILED = frozenset(("year", "date", "duration", "ordinal"))
JOINING = ("same-figure", "qualifier")  # the rules whose agreeing findings say that figures are one


def gather(
    observations: Sequence[Observation], precedence: Precedence = NOBODY, checks: Sequence[Check] = (),
    homes: Mapping[str, str] = NOWHERE,
) -> tuple[Group, ...]:
    """The observations gathered, each in one group, in order of their first.

    Two belong together where indicator, entity, period and kind are all told and equal and their sentences use like
    words, or where a check found them to be one figure told twice. Anything else stands alone: 2019 by origin and 2022
    by institution never meet, nor do figures of what every place has from documents of two `homes`. `precedence` tells
    whose figure holds.
    """
    places = {found.id: place for place, found in enumerate(observations)}
    return _joined(observations, [*_like_labels(observations, homes), *_told_twice(checks, places)], precedence)


def regather(
    groups: Sequence[Group], observations: Sequence[Observation], precedence: Precedence, checks: Sequence[Check],
) -> tuple[Group, ...]:
    """The groups joined further by checks that were made since."""
    places = {found.id: place for place, found in enumerate(observations)}
    known = ((places[members[0]], places[one]) for _, members in groups for one in members[1:])
    return _joined(observations, [*known, *_told_twice(checks, places)], precedence)


def _joined(
    observations: Sequence[Observation], joins: Iterable[tuple[int, int]], precedence: Precedence,
) -> tuple[Group, ...]:
    roots = list(range(len(observations)))
    for first, second in joins:
        one, two = sorted((_root(roots, first), _root(roots, second)))
        roots[two] = one
    groups: dict[int, list[Observation]] = defaultdict(list)
    for place, found in enumerate(observations):
        groups[_root(roots, place)].append(found)
    return tuple(_group(group, precedence) for _, group in sorted(groups.items()))


def _group(group: Sequence[Observation], precedence: Precedence) -> Group:
    ids = tuple(one.id for one in precedence.ordered(group))
    return f"fact-{hashlib.sha256(min(ids).encode()).hexdigest()[:12]}", ids


def _like_labels(observations: Sequence[Observation], homes: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Neighbours in a bucket of equal labels whose sentences differ and use like words."""
    buckets: dict[Key, list[int]] = defaultdict(list)
    for place, found in enumerate(observations):
        if key := _key(found):
            buckets[key].append(place)
    for bucket in buckets.values():
        words = {place: word_pairs(squeeze(observations[place].sentence)) for place in bucket}
        told = {(observations[place].doc, observations[place].sentence_start, observations[place].value)
                for place in bucket}
        for index, second in enumerate(bucket):
            for first in bucket[max(index - NEIGHBOURS, 0) : index]:
                apart = (_tells_both(observations[first], observations[second], told)
                         or homes_apart(observations[first], observations[second], homes))
                if not apart and _one_telling(observations[first], observations[second], words[first], words[second]):
                    yield first, second


def _tells_both(first: Observation, second: Observation, told: Collection[tuple[object, ...]]) -> bool:
    """Whether the sentence of one of two different figures tells the other as well: no two tellings of one thing."""
    crossed = ((first.doc, first.sentence_start, second.value), (second.doc, second.sentence_start, first.value))
    return first.value != second.value and any(telling in told for telling in crossed)


def _one_telling(first: Observation, second: Observation, ours: set[str], theirs: set[str]) -> bool:
    if (first.doc, first.sentence_start) == (second.doc, second.sentence_start):
        return False
    if not same_unit(first.unit, second.unit):
        return False
    shared = len(ours & theirs)
    if first.value == second.value:
        alike = shared >= LIKE * min(len(ours), len(theirs))
    else:
        alike = shared >= VERY_LIKE * max(len(ours), len(theirs))
    return alike and not opposed(first.sentence, second.sentence)


def _told_twice(checks: Iterable[Check], places: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    for check in checks:
        if check.rule in JOINING and check.verdict == "agrees":
            first, *others = check.observations
            yield from ((places[first], places[other]) for other in others)


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
