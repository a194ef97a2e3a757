"""The checks of a dataset: what the sources' figures say of one another, by general rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from report.dataset.coarse import check_coarse
from report.dataset.comparisons import check_comparisons, check_ranges
from report.dataset.contradictions import check_contradictions
from report.dataset.facts import JOINING
from report.dataset.growth import check_changes
from report.dataset.happenings import check_events
from report.dataset.labelled import check_labelled
from report.dataset.mention import Mention, mentions_of, short_names
from report.dataset.models import Check, Source
from report.dataset.pairs import check_pairs
from report.dataset.parts import check_parts
from report.dataset.places import homes_of
from report.dataset.ranks import check_ranks
from report.dataset.repeats import check_repeats
from report.dataset.rows import check_rows
from report.dataset.scopes import check_headlines, check_scopes
from report.dataset.shares import check_shares
from report.dataset.stretches import check_stretches
from report.dataset.taken_up import check_taken_up
from report.dataset.totals import check_totals
from report.observations.event import Event
from report.observations.observation import Observation

RULES = (
    check_parts, check_totals, check_shares, check_rows, check_changes, check_pairs, check_comparisons, check_ranges,
    check_repeats, check_contradictions, check_labelled, check_coarse, check_ranks, check_scopes,
    check_taken_up,
)
ORDER = {"conflicts": 0, "not-comparable": 1, "agrees": 2}


def check_all(
    observations: Sequence[Observation], sources: Sequence[Source] = (), events: Sequence[Event] = (),
) -> tuple[Check, ...]:
    """Every finding on the observations and events, conflicts first, then in the order of rules, documents and places.

    `sources` tell the titles and dates of the documents, as far as known. A finding that two rules make of the same
    observations under one rule name is kept once, as the first tells it.
    """
    names = short_names(sorted({found.doc for found in observations}))
    mentions: list[Mention] = mentions_of(observations, names, homes_of(sources))
    found = [check for rule in RULES for check in rule(mentions)]
    found += check_stretches(mentions, {source.id: source.date for source in sources})
    found += check_events(events, mentions)
    found += check_headlines(mentions, {source.id: source.title for source in sources}, found)
    checks: dict[str, Check] = {}
    for check in found:
        checks.setdefault(check.id, check)
    return tuple(sorted(_once(checks.values()), key=lambda check: ORDER[check.verdict]))


def _once(checks: Iterable[Check]) -> Iterable[Check]:
    """One entry for what several findings tell in the same words, with the observations of all.

    Tellings of one figure that no name tells apart (两处都作七成) are one only where they have one of them in common.
    """
    kept: dict[tuple[str, str], list[Check]] = defaultdict(list)
    for check in checks:
        same = kept[check.verdict, check.text]
        place = next((place for place, one in enumerate(same) if _is_same(one, check)), None)
        if place is None:
            same.append(check)
        else:
            same[place] = _both(same[place], check)
    return [check for same in kept.values() for check in same]


def _is_same(one: Check, other: Check) -> bool:
    joined = not set(one.observations).isdisjoint(other.observations)
    return joined or one.rule == other.rule and one.rule not in JOINING


def _both(one: Check, other: Check) -> Check:
    told = dict(zip(one.observations, one.values, strict=True)) | dict(
        zip(other.observations, other.values, strict=True))
    return one.changed({"observations": tuple(told), "values": tuple(told.values())})
