"""Direction words that come from the data: 高于 or 低于, 上升 or 下降."""

from __future__ import annotations

from decimal import Decimal

from report.dataset.agreement import DOWNWARD, UPWARD, same_unit
from report.dataset.models import BoundValue
from report.dataset.printing import exact
from report.errors import ReportError

# Word for: first greater, first smaller, equal. In 升降 and 增减 the first value is the earlier one.
PAIRS = {
    "高低": ("高于", "低于", "等于"),
    "多少": ("多于", "少于", "等于"),
    "大小": ("大于", "小于", "等于"),
    "升降": ("下降", "上升", "持平"),
    "增减": ("减少", "增加", "不变"),
}


def direction(pair: str, first: BoundValue, second: BoundValue, where: str = "") -> str:
    """The word of the pair that holds between two values (高低 and 多少: first against second; 升降: first to second).

    ReportError for an unknown pair, values of different kind or unit, dates, overlapping ranges, and where the
    qualifiers leave the direction open (超过10 against 12).
    """
    where = where or f"{first.name}, {second.name}"
    if pair not in PAIRS:
        raise ReportError(where, f"没有方向词“{pair}”", "可用：" + "、".join(PAIRS))
    names = f"“{first.name}”（{first.text}）与“{second.name}”（{second.text}）"
    if not _comparable(first, second):
        raise ReportError(where, f"{names}不能比较", "只有同类同单位的数量才能比较大小")
    order = _order(first, second)
    if order is None:
        raise ReportError(where, f"{names}孰大孰小，资料没有说定", "换用更精确的值，或不用方向词")
    return PAIRS[pair][order]


def _comparable(first: BoundValue, second: BoundValue) -> bool:
    kinds = {first.base or first.kind, second.base or second.kind}
    if kinds & {"date", "ordinal"}:
        return False
    if kinds == {"ratio", "percent"}:
        return "倍" not in first.unit + second.unit
    return len(kinds) == 1 and same_unit(first.unit, second.unit)


def _order(first: BoundValue, second: BoundValue) -> int | None:
    """0 first greater, 1 first smaller, 2 equal, None open."""
    (low, high), (other_low, other_high) = _ends(first), _ends(second)
    if (low, high, first.bound) == (other_low, other_high, second.bound):
        return 2
    ours, theirs = _open(low, high, first), _open(other_low, other_high, second)
    apart = (low, high) != (other_low, other_high)
    if apart and ours[0] >= theirs[1] or _above(first, second, low, other_high):
        return 0
    if apart and ours[1] <= theirs[0] or _above(second, first, other_low, high):
        return 1
    plain = low == high == other_low == other_high and not _directed(first) and not _directed(second)
    return 2 if plain else None


def _above(greater: BoundValue, smaller: BoundValue, low: Decimal, high: Decimal) -> bool:
    """Equal figures of which one is strictly beyond: 超过50 is above 50, and above 不足50."""
    strict = greater.bound == "more-than" or smaller.bound == "less-than"
    return low == high and strict and greater.bound not in DOWNWARD and smaller.bound not in UPWARD


def _directed(value: BoundValue) -> bool:
    return value.bound in UPWARD or value.bound in DOWNWARD


def _ends(value: BoundValue) -> tuple[Decimal, Decimal]:
    values = value.value if isinstance(value.value, tuple) else (value.value, value.value)
    scale = 100 if (value.base or value.kind) == "ratio" and "倍" not in value.unit else 1
    return exact(values[0]) * scale, exact(values[1]) * scale


def _open(low: Decimal, high: Decimal, value: BoundValue) -> tuple[Decimal, Decimal]:
    infinite = Decimal("Infinity")
    return (-infinite if value.bound in DOWNWARD else low), (infinite if value.bound in UPWARD else high)
