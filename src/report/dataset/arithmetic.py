"""The checks of a dataset: what the sources' figures say of one another, by general rules."""

from __future__ import annotations

from collections.abc import Sequence

from report.dataset.changes import check_changes
from report.dataset.comparisons import check_comparisons, check_ranges
from report.dataset.mention import Mention, mentions_of, short_names
from report.dataset.models import Check
from report.dataset.parts import check_parts
from report.dataset.repeats import check_repeats
from report.dataset.shares import check_shares
from report.observations.observation import Observation

RULES = (check_parts, check_shares, check_changes, check_comparisons, check_ranges, check_repeats)
ORDER = {"conflicts": 0, "not-comparable": 1, "agrees": 2}


def check_all(observations: Sequence[Observation]) -> tuple[Check, ...]:
    """Every finding on the observations, conflicts first, then in the order of rules, documents and places.

    A finding that two rules make of the same observations under one rule name is kept once.
    """
    names = short_names(sorted({found.doc for found in observations}))
    mentions: list[Mention] = mentions_of(observations, names)
    checks = {check.id: check for rule in RULES for check in rule(mentions)}
    return tuple(sorted(checks.values(), key=lambda check: ORDER[check.verdict]))
