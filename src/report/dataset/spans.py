"""The days that a period covers, for tables that are sorted and joined by date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_PARTS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "H1": (1, 6), "H2": (7, 12)}
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<part>Q[1-4]|H[12])|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?")

Days = tuple[date, date]


def days_of(period: str) -> Days | None:
    """First and last day of a period as observations write it (`2025`, `2025-09`, `2023-Q4`, `2018-01/2018-07`).

    None where there is none to tell: no period, no year in it, a fiscal year (which begins elsewhere in every country),
    a stretch that runs backwards.
    """
    start, _, end = period.partition("/")
    first, last = _days(start), _days(end or start)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _days(text: str) -> Days | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(found[name] or 0) for name in ("year", "month", "day"))
    first, last = _PARTS[found["part"]] if found["part"] else (month, month) if month else (1, 12)
    try:
        return date(year, first, day or 1), date(year, last, day or monthrange(year, last)[1])
    except ValueError:  # a 31st of April in a source
        return None
