"""A number with the unit after it: 600余家, 两个半月, 30多亿元, 人民币100亿, 一成五."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from report.observations.lexicon import Unit, units
from report.observations.numerals import DIGITS, Numeral
from report.observations.page import Page

INSIDE = re.compile(" ?([余多来几])")
_HALF = re.compile("个半(?=月|小时|世纪|百分点)")
_HALVED = ("年", "天", "倍", "成", "小时")
_TENTHS = re.compile("[1-9一二三四五六七八九](?![0-9.一二三四五六七八九十百千万亿家名个项人位年月日台种类大分次件条])")


# 七成为民营企业: 成 and 为; behind anything else (第三成为, 张三成为) it is the verb 成为.
_SHARE_OF = re.compile("(?:^|[,，。;；:：、(（\n的中有约近超逾过占]|不足|不到|接近|[超将]近) ?\\Z")


@dataclass(frozen=True)
class Amount:
    """A numeral with the unit after it (None: none found) and the word inside (余, 多, 数)."""

    numeral: Numeral
    unit: Unit | None
    end: int
    inside: str
    half: bool = False

    @property
    def value(self) -> Decimal:
        """The value in the unit as reported."""
        return scaled(self.numeral.value + (Decimal("0.5") if self.half else 0), self.unit)

    @property
    def high(self) -> Decimal | None:
        """The second value of a spoken range (二三十家), None for a single number."""
        return None if self.numeral.high is None else scaled(self.numeral.high, self.unit)


def scaled(value: Decimal, unit: Unit | None) -> Decimal:
    """The value in the unit as reported: 成 are tens of percent."""
    return value * 10 if unit and unit.unit == "成" else value


def measured(page: Page, numeral: Numeral) -> Amount:
    """The number with its unit."""
    text, end = page.text, numeral.end
    half = bool(_HALF.match(text, end))
    if half:
        end += 2
        if text.startswith("月", end):
            return Amount(numeral, Unit("duration", "个月"), end + 1, numeral.qualifier, half)
    inside = INSIDE.match(text, end)
    for start, word in ((inside.end(), inside[1]), (end, "")) if inside else ((end, ""),):
        found = units().at(text, start, numeral.arabic)
        if found:
            word = word or next((char for char in text[start : found[1]] if char in "余多来"), "")
            return _closed(page, Amount(numeral, found[0], found[1], word or numeral.qualifier, half))
    if _is_share(text, numeral):
        return _closed(page, Amount(numeral, Unit("percent", "成"), numeral.end + 1, numeral.qualifier))
    currency = units().currency_before(text, numeral.start)
    unit = Unit("money", currency[0]) if currency else None
    return Amount(numeral, unit, numeral.end, numeral.qualifier)


def _is_share(text: str, numeral: Numeral) -> bool:
    if not text.startswith("成为", numeral.end) or not 1 < numeral.value < 10:
        return False
    return bool(_SHARE_OF.search(text[max(0, numeral.start - 4) : numeral.start]))


def _closed(page: Page, amount: Amount) -> Amount:
    """The amount with what may follow its unit: 两年半, 一成五."""
    unit = amount.unit.unit if amount.unit else ""
    if unit in _HALVED and page.text.startswith("半", amount.end):
        return replace(amount, end=amount.end + 1, half=True)
    tenths = _TENTHS.match(page.text, amount.end) if unit == "成" else None
    if not tenths:
        return amount
    value = amount.numeral.value + Decimal(DIGITS.get(tenths[0]) or int(tenths[0])) / 10
    return replace(amount, numeral=replace(amount.numeral, value=value), end=tenths.end())
