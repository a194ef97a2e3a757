"""Dates as documents give them of themselves, as ISO."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
SIGN = r"[ ]*[-./－．][ ]*"
DAY = rf"(?:{SIGN}|[ ]*月[ ]*)(\d{{1,2}})(?!\d)[日号]?"
FULL = re.compile(rf"(?<!\d)((?:19|20)\d{{2}})(?:{SIGN}|[ ]*年[ ]*)(\d{{1,2}})(?:{DAY}|[ ]*月)")
CHINESE = re.compile(
    r"([二一][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?"
)
MONTH_DAY = re.compile(r"(?<!\d)(?<!年)(?<!年 )(\d{1,2})[ ]*月[ ]*(\d{1,2})[ ]*日")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")


def find_date(text: str) -> tuple[str, int, int]:
    """The first full date in the text as ISO (2026-01-19, or 2026-01 without a day), with its place; "" for none."""
    for match in FULL.finditer(text):
        iso = _iso(*match.groups(default=""))
        if iso:
            return iso, match.start(), match.end()
    written = CHINESE.search(text)
    if not written:
        return "", 0, 0
    year = "".join(DIGITS[char] for char in written[1])
    iso = _iso(year, str(_number(written[2])), str(_number(written[3] or "")))
    return iso, written.start(), written.end()


def dateline(opening: Sequence[str]) -> str:
    """The day of the event that a text's opening paragraphs tell of; "" where they tell none or leave its year open.

    It is the full date of a paragraph's first sentence where the paragraph names no later year; else a day and month,
    with the year of a full date of that day in the opening, or with the only year that its paragraph names.
    """
    told = {_iso(*match.groups(default="")) for text in opening for match in FULL.finditer(text)}
    for text in opening:
        years = set(YEAR.findall(text))
        full = find_date(text.partition("。")[0])[0]
        if len(full) == 10 and full[:4] >= max(years, default=""):
            return full
        if day := MONTH_DAY.search(text):
            known = {date[:4] for date in told if date[5:] == _iso("2000", day[1], day[2])[5:]} or years
            return _iso(known.pop(), day[1], day[2]) if len(known) == 1 else ""
    return ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day or 1) or 1).isoformat()[: 10 if day and day != "0" else 7]
    except ValueError:
        return ""


def _number(text: str) -> int:
    """一 to 三十一; 0 for no text."""
    tens, ten, units = text.rpartition("十")
    digits = int(DIGITS.get(units, "0"))
    return digits + (10 * int(DIGITS.get(tens[:1], "1")) if ten else 0)
