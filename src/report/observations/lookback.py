"""Words that date by another date: 去年, 上年同期, 五年前, 上一财年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report.observations.lexicon import either, read_table
from report.observations.numerals import CHINESE_DIGIT, parse_number
from report.observations.periods import MONTHS, YEARS, relative, shifted

_TABLE = read_table("periods")
_SAME: dict[str, int] = _TABLE["same_span"]
_FISCAL: dict[str, int] = _TABLE["fiscal"]
_WORDS = re.compile(
    f"(?:(?P<same>{either(_SAME)}) ?同[期月季]|(?P<fiscal>{either(_FISCAL)})|(?P<word>{either([*YEARS, *MONTHS])})"
    f"|(?P<vague>[几数多半])年(?:以|之)?前|(?P<months>[0-9几数一二两三四五六七八九十半]{{1,3}} ?个月)(?:以|之)?前"
    f"|(?<![0-9.])(?P<near>近 ?)?(?P<years>[0-9]{{1,2}}|(?:{CHINESE_DIGIT}|十){{1,3}}) ?(?P<odd>[余多来几])?"
    "(?:年(?P<half>半)?(?:以|之)?前(?![后几0-9一二三四五六七八九十])))"
)
_APPOSED = 2  # 2024年(去年): a word this near behind a date says it again


@dataclass(frozen=True)
class Base:
    """What such a word may count from, ISO periods or "": the sentence's own date and whether the word stands next to
    it, the period in force before the sentence (its paragraph, heading), the date of the document, and the date 今年
    stands for where it has none."""

    sentence: str
    apposed: bool
    before: str
    today: str
    now: str

    @property
    def nearest(self) -> str:
        """The nearest of them."""
        return self.sentence or self.before or self.today[:4]


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Every such word of a normalised text, in order."""
    return _WORDS.finditer(text)


def leans(word: re.Match[str]) -> bool:
    """Whether the word says nothing without another date (上年同期, 五年前); 去年 may stand alone."""
    return not word["word"]


def dated(word: re.Match[str], base: Base) -> str:
    """The period the word names; "" where its base is unknown or it says no whole number of years (几年前, 半年前)."""
    if word["same"]:
        return shifted(base.nearest, _SAME[word["same"]])
    if word["fiscal"]:
        return shifted(base.nearest, _FISCAL[word["fiscal"]]) if base.nearest.startswith("FY") else ""
    if word["word"]:
        return _counted(word["word"], base)
    if not word["years"] or word["near"] or word["odd"] or word["half"]:
        return ""
    years = parse_number(word["years"])
    return shifted(base.nearest.removeprefix("FY")[:4], -int(years)) if years is not None else ""


def _counted(word: str, base: Base) -> str:
    """去年 from the document's date, where it has one; from the sentence's date where that names another year and 去年
    counted from the document would not lie after it (2025年30家, 上年20家 in a text of 2026)."""
    told = relative(word, base.today)
    if (YEARS | MONTHS)[word] >= 0:
        return told or relative(word, base.now)
    if not told:
        return relative(word, base.nearest.removeprefix("FY"))
    other = base.sentence.removeprefix("FY")
    if not base.apposed and other and not base.today.startswith(other[: len(told)]) and told <= other[: len(told)]:
        return relative(word, other)
    return told


def apposed(before: str) -> bool:
    """Whether nothing but a bracket or a comma stands between a date and the word."""
    return len(before) <= _APPOSED and not any(char.isalnum() for char in before)
