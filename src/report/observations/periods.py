"""Dates resolved: a missing year filled in, and the period a date figure names."""

from __future__ import annotations

import re

from report.observations.figure import Figure
from report.observations.lexicon import read_table

YEARS: dict[str, int] = read_table("periods")["years"]
MONTHS: dict[str, int] = read_table("periods")["months"]
_ONE_YEAR = re.compile("(?:FY)?((?:19|20)[0-9]{2})(?:-[0-9HQ][0-9-]*)?(?:/\\1-[0-9-]+)?")
_QUARTERS = {"Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12")}


def is_date(figure: Figure) -> bool:
    """Whether the figure is a year, a date or a span of them."""
    return (figure.base or figure.kind) in ("year", "date")


def resolve(figure: Figure, today: str, context: str, now: str) -> str:
    """The period of a date figure (2025-09, 2023-Q4, 2018-01/2018-07, FY2026); "" where nothing tells its year.

    `today` is the document's date, `context` the period named before, `now` the date 今年 stands for where the document
    tells none, all ISO or "". A missing year comes from the figure's qualifier (去年), else from the context, else from
    `now` (which is `today` where there is one).
    """
    year = _year(figure.qualifier, today, now, context)
    month = today[5:7] if figure.qualifier in MONTHS or not context[5:7].isdigit() else context[5:7]
    values = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    full = [_full(str(value), year, month) for value in values]
    if "" in full:
        return ""
    if figure.rule == "fiscal-years":
        return f"FY{full[0]}-{full[1][2:]}"
    if len(full) == 2:
        return f"{_first_month(full[0])}/{_last_month(full[1])}"
    return f"FY{full[0]}" if figure.unit in ("财年", "财政年度") else full[0]


def relative(word: str, today: str) -> str:
    """The period of 去年, 本月 and the like, counted from the ISO date `today`; "" where that tells none."""
    if not today[:4].isdigit():
        return ""
    if word in YEARS:
        return str(int(today[:4]) + YEARS[word])
    if not today[5:7].isdigit():
        return ""
    months = int(today[:4]) * 12 + int(today[5:7]) - 1 + MONTHS[word]
    return f"{months // 12}-{months % 12 + 1:02d}"


def shifted(period: str, years: int) -> str:
    """The same span of another year (2025-01/2025-09 and -1: 2024-01/2024-09); "" where it has no year or two."""
    if not _ONE_YEAR.fullmatch(period):
        return ""
    moved = re.sub("(?:19|20)[0-9]{2}", lambda year: str(int(year[0]) + years), period)
    return moved.replace("-02-29", "-02-28")


def _year(qualifier: str, today: str, now: str, context: str) -> str:
    word = qualifier.rstrip("的")
    if word in YEARS:
        return relative(word, today or (context if YEARS[word] < 0 else now))
    return context[:4] or now[:4]


def _full(value: str, year: str, month: str) -> str:
    """The value with its missing year and month filled in; "" where they are unknown."""
    if value.startswith("----"):
        return f"{year}-{month}-{value[4:]}" if year and month else ""
    if value.startswith("--"):
        return f"{year}-{value[2:]}" if year else ""
    return value


def _first_month(value: str) -> str:
    return f"{value[:5]}{_QUARTERS[value[5:]][0]}" if value[5:] in _QUARTERS else value


def _last_month(value: str) -> str:
    return f"{value[:5]}{_QUARTERS[value[5:]][1]}" if value[5:] in _QUARTERS else value
