"""What the true value of a stated figure may be: by rounding, by 约, by an open end."""

from __future__ import annotations

from decimal import Decimal

from report.dataset.agreement import DOWNWARD, HALF, NEAR, UPWARD, Measure, measure
from report.dataset.models import BoundValue
from report.dataset.printing import core_of, figure_of, scale_of
from report.observations.observation import Kind, Observation

# Besides rounding, what a 约, 左右 or 翻倍 may be out by: a share of the figure. No standard says how much; it is more
# than rounding alone, and less than would make 约60% of 57%.
ABOUT = Decimal("0.03")
COUNTED: frozenset[Kind] = frozenset(("count", "duration"))
HUNDRED = Decimal(100)
Ends = tuple[Decimal, Decimal]


def extent(found: Observation) -> Ends | None:
    """The least and the greatest that the true value may be, in the unit of the observation's own value (a third is
    0.33); None for ranges, dates, years and places in a row.

    A whole number of people or things written out is counted: it is no other (87人). Any other figure is rounded to its
    last digit (57%: 56.5 to 57.5). 约 and 左右 add 3% of the figure to the rounding (约57%: 54.79 to 59.21), its last
    zeros being no digits but the second. 超过 and 以上 lead up to the next of the last digit that is no zero (超八成:
    to 90%), 不足 and 以下 down to it, 近 half as far, a tenth of the figure at most. Nothing above zero goes below.
    """
    size = measure(found)
    if size is None or len(size.values) > 1 or size.kind == "ordinal":
        return None
    [value] = size.values
    low, high = _ends(found, size, value)
    if value >= 0 and (value or size.kind in COUNTED):
        low = max(low, Decimal(0))
    fraction = (found.base or found.kind) == "ratio" and size.kind == "percent"
    return (low / HUNDRED, high / HUNDRED) if fraction else (low, high)


def closed_ends(value: BoundValue) -> tuple[float | None, float | None]:
    """The interval of a value as a reader is told it: None for an end that its words leave open (超过1万人 has no upper
    end, 不足 and 最高 have no lower one; 近 is hardly less, and has both), and for what has no interval.

    The next round number, to which `extent` leads an open end, serves comparing and computing only.
    """
    low, high = value.interval or (None, None)
    near = not NEAR.isdisjoint(value.qualifier)
    return (None if value.bound in DOWNWARD and not near else low), (None if value.bound in UPWARD else high)


def _ends(found: Observation, size: Measure, value: Decimal) -> Ends:
    if size.bound in UPWARD:
        return value, value + size.leading_step()
    if size.bound in DOWNWARD:
        return value - (size.hardly() if size.near else size.leading_step()), value
    core = core_of(figure_of(found))
    about = size.bound == "approx" or "翻" in core
    if not about and size.kind in COUNTED and not scale_of(core) and value == value.to_integral_value():
        return value, value
    half = HALF * size.grain() + (ABOUT * abs(value) if about else 0)
    return value - half, value + half
