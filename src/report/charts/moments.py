"""Where a printed date stands on a time axis."""

from __future__ import annotations

import re

_DATE = re.compile(r"(\d{4})(?:年|财年)?(?:(\d{1,2})月(?:(\d{1,2})日)?)?")


def position(text: str) -> float | None:
    """The beginning of a printed date in years (2025年7月 → 2025.5); None where it names no year."""
    match = _DATE.search(text)
    if not match:
        return None
    year, month, day = match.groups(default="1")
    return int(year) + (int(month) - 1) / 12 + (int(day) - 1) / 366


def in_order(before: str, after: str) -> bool:
    """Whether two printed dates may follow each other, compared as finely as both are told."""
    first, second = _fields(before), _fields(after)
    shared = min(len(first), len(second))
    return first[:shared] <= second[:shared]


def _fields(text: str) -> tuple[int, ...]:
    match = _DATE.search(text)
    return tuple(int(part) for part in match.groups() if part) if match else ()
