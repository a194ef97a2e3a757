"""Amounts: a number with its unit, ranges of them and lists that share a unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from report.observations.building import Measure, built
from report.observations.figure import Figure
from report.observations.lexicon import Unit, qualifiers, units
from report.observations.measuring import INSIDE, Amount, measured, scaled
from report.observations.numerals import NUMBER, Numeral, numeral_at
from report.observations.observation import Kind
from report.observations.page import Page
from report.observations.suppressing import qualified, suppressed

_JOIN = re.compile(" ?(?:-{1,2}|至|到|~) ?")
_JOIN_BARE = re.compile(f"[余多来]?{_JOIN.pattern}")
_BETWEEN = re.compile(r"(?:\([^()\n]{0,20}\))? ?(?:和|与|至|到|-) ?")
_BETWEEN_BEFORE = re.compile("(?:在|介于|介乎|位于)[^,，。;；]{0,6}\\Z")
_BETWEEN_AFTER = re.compile(r"(?:\([^()\n]{0,20}\))? ?之?间")
_LIST = re.compile(" ?[、和与及或] ?")
# 上升1.1个和下降2.0个百分点: each with a verb of its own, and the unit once.
_TURN = re.compile(
    " ?[、和与及,，] ?(?:分别)?"
    "(?:上升|下降|回升|回落|提[高升]|降低|增[加长]|减少|加快|放缓|扩大|收窄|上涨|下跌|[上下]调|下滑)了? ?"
)
_RUN = re.compile(f"(?: ?[、和与及或] ?(?:{NUMBER.pattern})){{1,13}} ?[余多来几]?")
_PER = (
    "英寸|平方英尺|平方公里|平方米|立方米|标准立方米|百公里|公里|千克|公斤|盎司|加仑|毫升|千瓦时|兆瓦时|"
    "小时|分钟|[百千万]?人|人次"
)
_PER_ONE = "[吨桶亩升克斤米瓦度秒时日天周月年季台辆架套件个次张份只条户家股字车箱瓶盒间座片块颗枚呎]|[A-Za-z²³]{1,5}"
_PER_AFTER = re.compile(f"(?P<measure>(?:/ ?(?:{_PER}|{_PER_ONE})){{1,2}})")
_PER_BEFORE = re.compile(f"每({_PER}|公顷|[吨桶亩秒天年]) ?\\Z")
# 从60万亿元到134万亿元, 增加2亿元至25亿元 tell two amounts; 增长5%至8% is one between two.
_FROM = re.compile("(?:从|由)(?![事而业属容军于])[^,，。;；:：、0-9]{0,8}\\Z")
_SPREAD = re.compile("不等|之间|区间|范围|浮动|[上下]?[调修]|改|降|升|提高|扩大|缩")
_CHANGED = re.compile(
    "(?:增加?|增长|减少?|降|回|升|跌|涨|滑|落|[提调]高|降低|扩大|缩小|收窄|[上下]调|放缓)了?(?:大?约|近|超|逾)? ?\\Z"
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
    joined = (_JOIN if low.unit else _JOIN_BARE).match(page.text, low.end)
    between = None if joined else _between(page, low)
    join = joined or between
    numeral = numeral_at(page.text, join.end()) if join else None
    if numeral is None:
        return None
    high = measured(page, numeral)
    if low.unit is None and high.unit is None:
        return _bare_range(page, low, high)
    if high.unit is None or high.high is not None or (low.unit and low.unit != high.unit):
        return None
    if between and not _BETWEEN_AFTER.match(page.text, high.end):
        return None
    first = _share(low, high)
    if low.unit and _two(page, low, high):
        return None
    whole = replace(high, numeral=replace(high.numeral, start=low.numeral.start), inside="")
    return [_figure(page, whole, first, high.value)] if first < high.value else None


def _bare_range(page: Page, low: Amount, high: Amount) -> list[Figure] | None:
    """500万至1000万: what it counts is told by the words around it."""
    first, least = _share(low, high), min(high.numeral.scale, low.numeral.scale * _BARE)
    if least < _BARE or low.numeral.bare or high.numeral.bare or not first < high.value:
        return None
    unit = Unit("count", "")
    whole = replace(high, numeral=replace(high.numeral, start=low.numeral.start), unit=unit, inside="")
    return [replace(_figure(page, whole, first, high.value), rule="bare")]


def _two(page: Page, low: Amount, high: Amount) -> bool:
    """Whether the two are the ends of a change, or a change and what it led to, and not one range."""
    before = page.text[max(0, low.numeral.start - 12) : low.numeral.start]
    if _FROM.search(before):
        return not _SPREAD.match(page.text, high.end)
    kind = high.unit.kind if high.unit else "count"
    leap = Decimal(6 if kind == "percent" else "2.5")
    return bool(_CHANGED.search(before)) and low.value > 0 and high.value >= leap * low.value


def _between(page: Page, low: Amount) -> re.Match[str] | None:
    before = page.text[max(0, low.numeral.start - 10) : low.numeral.start]
    return _BETWEEN.match(page.text, low.end) if _BETWEEN_BEFORE.search(before) else None


def _share(low: Amount, high: Amount) -> Decimal:
    """The first value with what it leaves to the second: its multiplier (3至5亿, not 5000至1万) and its unit."""
    value = scaled(low.numeral.value, high.unit)
    factor = _factor(low.numeral, high.numeral) if low.unit is None else 1
    return value * factor if value * factor < high.value else value


def _factor(first: Numeral, second: Numeral) -> int:
    """What the second number's multiplier adds to the first: 3至5亿, 6千至7千亿; 1 where it adds nothing."""
    factor, rest = divmod(second.scale, first.scale)
    return factor if not rest and (first.scale == 1 or first.scale < _BARE <= factor) else 1


def _listed(page: Page, amount: Amount, depth: int) -> list[Figure] | None:
    """55.6万、53.1万辆; 25亿及12亿元; 2.3个和2.1个百分点: the unit of the last holds for those before it."""
    joined = _LIST.match(page.text, amount.end)
    if amount.unit and amount.unit.unit == "个":
        joined = _TURN.match(page.text, amount.end) or joined
    if not joined or (amount.unit and amount.unit.unit != "个"):
        return None
    if depth == 0 and not _unit_ahead(page, amount):
        return None
    rest = amounts_at(page, joined.end(), depth + 1)
    following = numeral_at(page.text, joined.end())
    if not rest or following is None or not _can_share(amount, rest[0]):
        return None
    factor = 1 if amount.numeral.bare else _factor(amount.numeral, following)
    if factor == 1 and amount.numeral.scale > following.scale == 1:
        return None
    value = amount.value * factor
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
        return after.end(), unit + after["measure"].replace(" ", "")
    before = _PER_BEFORE.search(page.text[max(0, start - 6) : start]) if kind == "other" else None
    return end, f"{unit}/{before[1]}" if before else unit
