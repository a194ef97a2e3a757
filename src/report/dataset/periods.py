"""Periods and dates as printed: 2024年, 2025年9月, 2021—2022年, 2026财年 (GB/T 15835)."""

from __future__ import annotations

import re

PARTS = {"Q1": "第一季度", "Q2": "第二季度", "Q3": "第三季度", "Q4": "第四季度",
         "H1": "上半年", "H2": "下半年"}
PART = re.compile(r"(?:(?P<year>\d{4})|-)-(?P<part>Q[1-4]|H[12])")
FIRST_QUARTERS = {"Q2": "前两季度", "Q3": "前三季度", "Q4": "全年"}


def print_period(period: str) -> str:
    """An observation's period (`2025-09`, `2021/2022`, `FY2026`, `2023-Q4`) as printed; "" for "".

    A notation outside the contract is printed as it stands.
    """
    if "/" in period and not period.startswith("FY"):
        start, _, end = period.partition("/")
        return print_dates(start, end)
    return print_date(period)


def print_date(date: str) -> str:
    """One date, month, year, quarter, half or fiscal year in words; `--12-03` has no year, `----08` only a month."""
    fiscal = re.fullmatch(r"FY(\d{4})(?:[-/](\d{2,4}))?", date)
    if fiscal:
        return f"{fiscal[1]}—{fiscal[2]}财年" if fiscal[2] else f"{fiscal[1]}财年"
    part = PART.fullmatch(date)
    if part:
        return (f"{part['year']}年" if part["year"] else "") + PARTS[part["part"]]
    year, month, day = _fields(date)
    words = (f"{year}年" if year else "") + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return words or date


def print_dates(start: str, end: str) -> str:
    """Two ends of a stretch; years are joined by a dash, the rest by 至, and what the ends share is said once."""
    parts = PART.fullmatch(start), PART.fullmatch(end)
    if parts[0] and parts[1]:
        return _quarters(parts[0], parts[1])
    first, last = _fields(start), _fields(end)
    if first[0] and last[0] and not (first[1] or last[1]):
        return f"{first[0]}—{last[0]}年"
    shared = first[0] == last[0]
    if shared and first[1] == last[1] and last[2]:
        return f"{print_date(start)}至{last[2]}日"
    if shared and last[1]:
        return f"{print_date(start)}至{last[1]}月" + (f"{last[2]}日" if last[2] else "")
    return f"{print_date(start)}至{print_date(end)}"


def _quarters(start: re.Match[str], end: re.Match[str]) -> str:
    if start["year"] != end["year"]:
        return f"{print_date(start[0])}至{print_date(end[0])}"
    year = f"{start['year']}年" if start["year"] else ""
    if start["part"] == "Q1" and end["part"] in FIRST_QUARTERS:
        return year + FIRST_QUARTERS[end["part"]]
    return f"{year}{PARTS[start['part']]}至{PARTS[end['part']]}"


def _fields(date: str) -> tuple[int, int, int]:
    """Year, month, day; 0 where the date does not say."""
    match = re.fullmatch(r"(?:(\d{4})|--)(?:-?(\d{2})|--)?(?:-(\d{2})|(?<=--)(\d{2}))?", date)
    if not match:
        return 0, 0, 0
    year, month, day, lone_day = (int(field or 0) for field in match.groups())
    return year, month, day or lone_day
