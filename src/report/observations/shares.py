"""Fractions, halves and doublings: 三分之一, 百分之六十, 近半, 翻两番."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from report.observations.building import Measure, built
from report.observations.figure import Figure
from report.observations.lexicon import units
from report.observations.numerals import Numeral, numeral_at
from report.observations.page import Page

_PERCENT = Measure("percent", "%", "fraction")
_FRACTION = Measure("ratio", "", "fraction")
_HALF_RATIO = Measure("ratio", "", "half")
_SLASH = re.compile(
    "(?P<part>[1-9])/(?P<whole>[2-9]|10)(?=(?![年月日号])[\u4e00-\u9fff]| ?[,，。、;；)]| 的|$)"
)
_JOINED = re.compile("(?:至|到|-)(?:百分之)?")
_HALF = re.compile("半数|半(?=[数,，。、;；:)）」”\"\\s为的]|$|以上|来自|是|集中|左右)")
# 近半企业, 过半家庭, 大半营收; the characters that make another word of 半 (半年, 半导体, 半壁江山) are left out.
_HALF_OF = re.compile(
    "半(?!个?[世月小钟]|[年月日天导成径岛决小世场程山途壁夜辈生价自封公机潜透固殖挂桶杯斤吨亩截身球轴音圆衰路开闭島])"
    "(?=[\u4e00-\u9fff])"
)
_HALF_OF_BEFORE = re.compile(
    "(?:(?<![最附靠临亲贴邻远])近|(?<![通经不])过|超|逾|(?<![最巨扩])大|超过|将近|接近|不足|不到) ?\\Z"
)
_HALF_BEFORE = re.compile("(?:近|超过|超|逾|过|约|达|接近|将近|不足|不到|占比?|(?<![最巨扩])大) ?\\Z")
_HALF_SPAN = re.compile("半(?P<unit>年|个月|天|小时|个小时)(?!代|报|度报)")
_DOUBLE = re.compile(
    "翻倍|翻番|倍增(?=至|到)|翻(?:了|了近|近|超)?(?P<n>[一两二三四五六七八九十几0-9.]{1,6})(?P<what>番|倍)"
)


def fraction_at(page: Page, place: int) -> list[Figure] | None:
    """三分之一, 1/3的, 百分之六十, 百分之十至十五, 千分之三, 百分百."""
    if page.text.startswith("百分百", place):
        return [built(page, _PERCENT, (place, place + 3), Decimal(100))]
    slash = _SLASH.match(page.text, place) if page.text[place - 1 : place] not in ("/", ".") else None
    if slash and int(slash["part"]) < int(slash["whole"]) and not _measures(page, slash.end()):
        return [built(page, _FRACTION, slash.span(), Decimal(slash["part"]) / Decimal(slash["whole"]))]
    whole = numeral_at(page.text, place)
    if whole is None or whole.arabic or whole.value <= 1 or not page.text.startswith("分之", whole.end):
        return None
    part = numeral_at(page.text, whole.end + 2)
    return _fraction(page, whole, part) if part else None


def _measures(page: Page, place: int) -> bool:
    """Whether a unit of measure follows: 4/5纳米 is two sizes, no fraction."""
    found = units().at(page.text, place, arabic=True)
    return found is not None and found[0].kind == "other"


def _fraction(page: Page, whole: Numeral, part: Numeral) -> list[Figure]:
    percent = whole.bare and whole.value >= 100
    factor = (Decimal(100) if percent else Decimal(1)) / whole.value
    values, end = [part.value * factor], part.end
    joined = _JOINED.match(page.text, end) if percent else None
    high = numeral_at(page.text, joined.end()) if joined else None
    if high and units().at(page.text, high.end, high.arabic) is None:
        values, end = [*values, high.value * factor], high.end
    return [built(page, _PERCENT if percent else _FRACTION, (whole.start, end), *values)]


def half_at(page: Page, place: int) -> list[Figure] | None:
    """半数, 一半, 近半, 半年."""
    text = page.text
    if text.startswith("一半", place) and text[place + 2 : place + 4] != "导体":
        return [built(page, _HALF_RATIO, (place, place + 2), Decimal("0.5"))]
    span = _HALF_SPAN.match(text, place)
    if span and text[place - 1 : place] not in ("上", "下", "每"):
        unit = span["unit"].replace("个小时", "小时")
        return [built(page, Measure("duration", unit, "half"), span.span(), Decimal("0.5"))]
    found = _HALF.match(text, place)
    if found and (found[0] == "半数" or _HALF_BEFORE.search(text[max(0, place - 3) : place])):
        return [_most(page, built(page, _HALF_RATIO, found.span(), Decimal("0.5")))]
    of = _HALF_OF.match(text, place)
    if of and _HALF_OF_BEFORE.search(text[max(0, place - 4) : place]):
        return [_most(page, built(page, _HALF_RATIO, of.span(), Decimal("0.5")))]
    return None


def _most(page: Page, half: Figure) -> Figure:
    """大半 is more than a half; other words before it are read as qualifiers."""
    if page.text[half.start - 1 : half.start] != "大":
        return half
    return replace(half, start=half.start - 1, core_start=half.start - 1, qualifier="大", bound="more-than")


def double_at(page: Page, place: int) -> list[Figure] | None:
    """翻倍 and 翻一番 are 2 times, 翻两番 4 times, 翻了三倍 3 times."""
    found = _DOUBLE.match(page.text, place)
    if not found:
        return None
    number = numeral_at(page.text, found.start("n")) if found["n"] else None
    times = number.value if number else Decimal(1)
    value = times if found["what"] == "倍" else Decimal(2 ** min(int(times), 20))
    return [built(page, Measure("ratio", "倍", "double"), found.span(), value)]
