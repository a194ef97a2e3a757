"""Amounts: a number with its unit, ranges of them and lists that share a unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from report.observations.building import Measure, built
from report.observations.figure import Figure
from report.observations.lexicon import Unit, qualifiers, units
from report.observations.measuring import INSIDE, Amount, measured, scaled
from report.observations.numerals import NUMBER, numeral_at
from report.observations.observation import Kind
from report.observations.page import Page
from report.observations.suppressing import qualified, suppressed

_JOIN = re.compile(" ?(?:-{1,2}|至|到|~) ?")
_BETWEEN = re.compile(r"(?:\([^()\n]{0,20}\))? ?(?:和|与|至|到|-) ?")
_BETWEEN_BEFORE = re.compile("(?:在|介于|介乎|位于)[^,，。;；]{0,6}$")
_BETWEEN_AFTER = re.compile(r"(?:\([^()\n]{0,20}\))? ?之?间")
_LIST = re.compile(" ?[、和与及或] ?")
_RUN = re.compile(f"(?: ?[、和与及或] ?(?:{NUMBER.pattern})){{1,13}} ?[余多来几]?")
_PER_AFTER = re.compile("/ ?(?P<measure>平方公里|平方米|立方米|千瓦时|[\u4e00-\u9fff]|[A-Za-z²³]{1,5})")
_PER_BEFORE = re.compile(
    "每(英寸|平方公里|平方米|立方米|公里|吨|桶|[百千万]?人|亩|公顷|千瓦时|小时|分钟|秒|天|年) ?$"
)
_DEPTH = 12  # longest list looked through; bounds the work on hostile input
_BARE = 10_000  # the least multiplier that makes a number without a unit a figure


def amounts_at(page: Page, place: int, depth: int = 0) -> list[Figure] | None:
    """The amounts that begin with the number at `place`: one, a range as one, or a list that shares its unit."""
    numeral = numeral_at(page.text, place)
    if numeral is None or depth > _DEPTH:
        return None
    amount = measured(page, numeral)
    return _range(page, amount) or _listed(page, amount, depth) or _single(page, amount)


def _range(page: Page, low: Amount) -> list[Figure] | None:
    """10%至13%, 1150亿至1350亿美元, 六七成, 二三十家, 在0%(…)和17%之间."""
    if low.high is not None:
        return [_figure(page, low, low.value, low.high)] if low.unit else None
    joined = _JOIN.match(page.text, low.end)
    between = None if joined else _between(page, low)
    join = joined or between
    numeral = numeral_at(page.text, join.end()) if join else None
    if numeral is None:
        return None
    high = measured(page, numeral)
    if high.unit is None or high.high is not None or (low.unit and low.unit != high.unit):
        return None
    if between and not _BETWEEN_AFTER.match(page.text, high.end):
        return None
    first = _share(low, high)
    whole = replace(high, numeral=replace(high.numeral, start=low.numeral.start), inside="")
    return [_figure(page, whole, first, high.value)] if first < high.value else None


def _between(page: Page, low: Amount) -> re.Match[str] | None:
    before = page.text[max(0, low.numeral.start - 10) : low.numeral.start]
    return _BETWEEN.match(page.text, low.end) if _BETWEEN_BEFORE.search(before) else None


def _share(low: Amount, high: Amount) -> Decimal:
    """The first value with what it leaves to the second: its multiplier (3至5亿, not 5000至1万) and its unit."""
    value = scaled(low.numeral.value, high.unit)
    scale = high.numeral.scale
    shares = low.unit is None and low.numeral.scale == 1 < scale
    return value * scale if shares and value * scale < high.value else value


def _listed(page: Page, amount: Amount, depth: int) -> list[Figure] | None:
    """55.6万、53.1万辆; 25亿及12亿元; 2.3个和2.1个百分点: the unit of the last holds for those before it."""
    joined = _LIST.match(page.text, amount.end)
    if not joined or (amount.unit and amount.unit.unit != "个"):
        return None
    if depth == 0 and not _unit_ahead(page, amount):
        return None
    rest = amounts_at(page, joined.end(), depth + 1)
    following = numeral_at(page.text, joined.end())
    if not rest or following is None or not _can_share(amount, rest[0]):
        return None
    value, scale = amount.value, following.scale
    if amount.numeral.scale == 1 < scale and not amount.numeral.bare:
        value *= scale
    elif amount.numeral.scale > 1 == scale:
        return None
    return [_figure(page, replace(amount, unit=Unit(rest[0].kind, rest[0].unit)), value), *rest]


def _unit_ahead(page: Page, amount: Amount) -> bool:
    """Whether the list ends in a unit at all: seen at once, before each of its numbers is read."""
    if amount.unit:
        return "百分点" in page.text[amount.end : amount.end + 80]
    run = _RUN.match(page.text, amount.end)
    return bool(run) and units().at(page.text, run.end() if run else 0, arabic=True) is not None


def _can_share(amount: Amount, following: Figure) -> bool:
    if following.kind in ("range", "ordinal", "score", "year", "date") or following.rule == "bare":
        return False
    return amount.unit is None or following.unit == "百分点"


def _single(page: Page, amount: Amount) -> list[Figure] | None:
    if amount.unit is None:
        return _bare(page, amount)
    return None if suppressed(page, amount) else [_figure(page, amount, amount.value)]


def _bare(page: Page, amount: Amount) -> list[Figure] | None:
    """A number of ten thousands or more without a unit (1.8万亿): a count, or money where the words around say so."""
    numeral = amount.numeral
    if numeral.scale < _BARE or (numeral.bare and not numeral.qualifier and not qualified(page, numeral)):
        return None
    inside = INSIDE.match(page.text, numeral.end)
    if inside and page.text[inside.end() : inside.end() + 1] not in tuple("家个名项"):
        amount = replace(amount, end=inside.end(), inside=inside[1])
    figure = _figure(page, replace(amount, unit=Unit("count", "")), amount.value)
    return [replace(figure, rule="bare")]


def _figure(page: Page, amount: Amount, *values: Decimal) -> Figure:
    """The figure of an amount, with one value or two."""
    unit, start = amount.unit or Unit("count", ""), amount.numeral.start
    end, name = _per(page, amount, "%" if unit.unit == "成" else unit.unit)
    rule = unit.kind if len(values) == 1 else f"{unit.kind}-range"
    figure = built(page, Measure(unit.kind, name, rule), (start, end), *values)
    currency = units().currency_before(page.text, start) if unit.kind == "money" else None
    if currency and name in ("元", currency[0]):
        figure = replace(figure, start=currency[1], core_start=currency[1], unit=currency[0])
    if not amount.inside:
        return figure
    return replace(figure, qualifier=amount.inside, bound=qualifiers().bounds.get(amount.inside, "approx"))


def _per(page: Page, amount: Amount, unit: str) -> tuple[int, str]:
    """元/吨 after the number, 每英寸 before it: where the figure ends and its compound unit."""
    start, end = amount.numeral.start, amount.end
    kind: Kind = amount.unit.kind if amount.unit else "count"
    after = _PER_AFTER.match(page.text, end) if kind in ("money", "count", "other") else None
    if after:
        return after.end(), f"{unit}/{after['measure']}"
    before = _PER_BEFORE.search(page.text[max(0, start - 6) : start]) if kind == "other" else None
    return end, f"{unit}/{before[1]}" if before else unit
