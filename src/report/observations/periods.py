"""Dates resolved: a missing year filled in, the period a date figure names, and arithmetic on periods."""

from __future__ import annotations

import re

from report.observations.figure import Figure
from report.observations.lexicon import read_table

_TABLE = read_table("periods")
YEARS: dict[str, int] = _TABLE["years"]
MONTHS: dict[str, int] = _TABLE["months"]
LEAN_YEARS: dict[str, int] = _TABLE["lean_years"]
LEAN_MONTHS: dict[str, int] = _TABLE["lean_months"]
_QUARTER_WORDS: dict[str, int] = _TABLE["quarters"]
_ONE_YEAR = re.compile("(?:FY)?((?:19|20)[0-9]{2})(?:-[0-9HQ][0-9-]*)?(?:/\\1-[0-9-]+)?")
_QUARTERS = {"Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12")}
_EARLY = 4  # in the first months of a year 12月 and 四季度 are those of the year before
_LATE = 6
_FIRST_MONTH = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}


def is_date(figure: Figure) -> bool:
    """Whether the figure is a year, a date or a span of them."""
    return (figure.base or figure.kind) in ("year", "date")


def resolve(figure: Figure, today: str, context: str, now: str) -> str:
    """The period of a date figure (2025-09, 2023-Q4, 2018-01/2018-07, FY2026); "" where nothing tells its year.

    `today` is the document's date, `context` the period named before, `now` the date 今年 stands for where the document
    tells none, all ISO or "". A missing year comes from the figure's qualifier (去年), else from the context, else from
    `now` (which is `today` where there is one): the year before where the month lies far ahead of it.
    """
    if figure.rule == "fiscal-quarter":
        return ""  # fiscal.py tells it where the fiscal year stands beside it
    values = tuple(str(value) for value in (figure.value if isinstance(figure.value, tuple) else (figure.value,)))
    year, month = _year_and_month(figure.qualifier.rstrip("的"), today, context, now)
    if not context and not figure.qualifier and year and _ahead(values[-1], today):
        year = str(int(year) - 1)
    full = [_full(value, year, month) for value in values]
    if "" in full:
        return ""
    if figure.rule == "fiscal-years":
        return f"FY{full[0]}-{full[1][2:]}"
    if len(full) == 2:
        return f"{_first_month(full[0])}/{_last_month(full[1])}"
    return f"FY{full[0]}" if figure.unit in ("财年", "财政年度") else full[0]


def relative(word: str, today: str) -> str:
    """The period of 去年, 本月, 上季度 and the like, counted from the ISO date `today`; "" where that tells none."""
    if not today[:4].isdigit():
        return ""
    if word in YEARS:
        return str(int(today[:4]) + YEARS[word])
    if not today[5:7].isdigit():
        return ""
    if word in _QUARTER_WORDS:
        quarters = int(today[:4]) * 4 + (int(today[5:7]) - 1) // 3 + _QUARTER_WORDS[word]
        return f"{quarters // 4}-Q{quarters % 4 + 1}"
    return month_on(today, MONTHS[word])


def leaning(word: str, period: str) -> str:
    """The period of 当年, 次年, 同月 and the like, counted from the period before them; "" where that tells none."""
    bare = period.removeprefix("FY")
    if not bare[:4].isdigit():
        return ""
    if word in LEAN_YEARS:
        last = bare.partition("/")[2] or bare
        return str(int(last[:4]) + LEAN_YEARS[word])
    if word in LEAN_MONTHS:
        return month_on(bare, LEAN_MONTHS[word]) if bare[5:7].isdigit() else ""
    return period


def shifted(period: str, years: int) -> str:
    """The same span of another year (2025-01/2025-09 and -1: 2024-01/2024-09); "" where it has no year or two."""
    if fiscal := re.fullmatch("FY((?:19|20)[0-9]{2})-[0-9]{2}", period):
        return f"FY{int(fiscal[1]) + years}-{(int(fiscal[1]) + years + 1) % 100:02d}"
    if not _ONE_YEAR.fullmatch(period):
        return ""
    moved = re.sub("(?:19|20)[0-9]{2}", lambda year: str(int(year[0]) + years), period)
    return moved.replace("-02-29", "-02-28")


def last_such_day(value: str, today: str) -> str:
    """The latest day `----DD` that is not after the ISO day `today`; "" where that is none."""
    if len(today) != 10:
        return ""
    month = today[:7] if value[4:] <= today[8:] else month_on(today, -1)
    return f"{month}-{value[4:]}"


def next_such_day(value: str, today: str) -> str:
    """The first day `----DD` that is not before the ISO day `today`; "" where that is none."""
    if len(today) != 10:
        return ""
    month = today[:7] if value[4:] >= today[8:] else month_on(today, 1)
    return f"{month}-{value[4:]}"


def next_such_month(value: str, today: str) -> str:
    """The first `--MM` or `--MM-DD` that is not before the month of the ISO day `today`; "" for any other value."""
    if not (value[2:4].isdigit() and today[5:7].isdigit()):
        return ""
    return f"{int(today[:4]) + (value[2:4] < today[5:7])}-{value[2:]}"


def first_month(quarter: str) -> str:
    """The first month of a quarter (2025-Q3: 2025-07); "" for any other period."""
    months = _QUARTERS.get(quarter[5:])
    return f"{quarter[:4]}-{months[0]}" if months else ""


def is_day(period: str) -> bool:
    """Whether the period is a day or a span of days."""
    return len(period.partition("/")[0]) > 7 and not period.startswith("FY")


def within(inner: str, outer: str) -> bool:
    """Whether a period lies inside a longer one (2016-Q1 in 2016-01/2016-09); never a fiscal year."""
    (first, last), (low, high) = _ends(inner), _ends(outer)
    return bool(first and low) and low <= first and last <= high and (first, last) != (low, high)


def months_between(first: str, last: str) -> list[str]:
    """Every month from one to the other of a year (2018-01 and 2018-07: seven); [] where they are no such months."""
    if first[:4] != last[:4] or not (first[5:].isdigit() and last[5:].isdigit() and len(first) == len(last) == 7):
        return []
    return [f"{first[:4]}-{month:02d}" for month in range(int(first[5:]), int(last[5:]) + 1)]


def _ends(period: str) -> tuple[str, str]:
    """The first and last month of a period; "" twice for fiscal years and for no period."""
    first, _, last = period.partition("/")
    if not first[:4].isdigit():
        return "", ""
    return _month_of(first, 0), _month_of(last or first, 1)


def _month_of(date: str, side: int) -> str:
    part = date[5:]
    if part[:2].isdigit():
        return date[:7]
    halves = {"H1": ("01", "06"), "H2": ("07", "12")}
    return f"{date[:4]}-{(_QUARTERS | halves).get(part, ('01', '12'))[side]}"


def month_on(period: str, months: int) -> str:
    """The month so many after an ISO month or day."""
    count = int(period[:4]) * 12 + int(period[5:7]) - 1 + months
    return f"{count // 12}-{count % 12 + 1:02d}"


def _ahead(value: str, today: str) -> bool:
    """Whether a month or quarter without a year lies so far ahead of an early month that the last one is meant."""
    if not value.startswith("--") or value.startswith("----") or not today[5:7].isdigit():
        return False
    part = value[2:4]
    month = int(part) if part.isdigit() else _FIRST_MONTH.get(part, 0)
    return int(today[5:7]) <= _EARLY and month >= int(today[5:7]) + _LATE


def _year_and_month(word: str, today: str, context: str, now: str) -> tuple[str, str]:
    """Year and month for a date that tells none, from the word before it, the date before it, and 今年."""
    month = context[5:7] if context[5:7].isdigit() else today[5:7]
    if word in YEARS:
        return relative(word, today or (context if YEARS[word] < 0 else now)), month
    if word in MONTHS:
        year, _, month = relative(word, today).partition("-")
        return year, month
    if context and word in LEAN_YEARS or word in LEAN_MONTHS:
        year, _, told = leaning(word, context).partition("-")
        return year, told or month
    return context[:4] or now[:4], month


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
