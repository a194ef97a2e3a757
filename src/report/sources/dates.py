"""Dates as documents give them of themselves, as ISO."""

from __future__ import annotations

import re
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


def dateline(text: str) -> str:
    """The date of a news report that names day and month in its opening and the year elsewhere in it; "" for none."""
    day = MONTH_DAY.search(text)
    year = YEAR.search(text)
    return _iso(year[1], day[1], day[2]) if day and year else ""


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
