"""The checks of a dataset: what the sources' figures say of one another, by general rules."""

from __future__ import annotations

from collections.abc import Sequence

from report.dataset.bases import check_bases
from report.dataset.changes import check_changes
from report.dataset.coarse import check_coarse
from report.dataset.comparisons import check_comparisons, check_ranges
from report.dataset.mention import Mention, mentions_of, short_names
from report.dataset.models import Check
from report.dataset.parts import check_parts
from report.dataset.ranks import check_ranks
from report.dataset.repeats import check_repeats
from report.dataset.rows import check_rows
from report.dataset.shares import check_shares
from report.observations.observation import Observation

RULES = (
    check_parts, check_shares, check_rows, check_changes, check_bases, check_comparisons, check_ranges,
    check_repeats, check_coarse, check_ranks,
)
ORDER = {"conflicts": 0, "not-comparable": 1, "agrees": 2}


def check_all(observations: Sequence[Observation]) -> tuple[Check, ...]:
    """Every finding on the observations, conflicts first, then in the order of rules, documents and places.

    A finding that two rules make of the same observations under one rule name is kept once, as the first tells it.
    """
    names = short_names(sorted({found.doc for found in observations}))
    mentions: list[Mention] = mentions_of(observations, names)
    checks: dict[str, Check] = {}
    for check in (check for rule in RULES for check in rule(mentions)):
        checks.setdefault(check.id, check)
    return tuple(sorted(checks.values(), key=lambda check: ORDER[check.verdict]))
