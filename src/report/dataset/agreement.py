"""Whether two observations say the same: by value, by rounding, by the direction of their qualifiers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from report.dataset.printing import (
    Figure,
    core_of,
    decimals_of,
    exact,
    figure_of,
    in_words,
    print_observation,
    scale_of,
)
from report.observations.observation import Bound, Kind, Number, Observation

# Classifiers that count the same things; a figure in 人 may be compared with one in 名.
SAME_UNITS = (frozenset("人名位"), frozenset("家个所"), frozenset(("年", "财年")), frozenset("天日"))
UPWARD: frozenset[Bound] = frozenset(("more-than", "at-least"))
DOWNWARD: frozenset[Bound] = frozenset(("less-than", "at-most"))
NEAR = frozenset("近逼")  # of 近, 接近, 将近, 逼近: hardly less
HALF = Decimal("0.5")
TENTH = Decimal("0.1")
LAST_NUMBER = re.compile(r".*[0-9][兆万亿]+(?=[0-9])")  # of 2兆6500亿 the last digit counts 亿


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as a number: kind and unit made comparable (半数 = 50%), `step` the place of its last digit; `near`
    where its words say that it is hardly less (近, not 不足)."""

    kind: Kind
    unit: str
    values: tuple[Decimal, ...]
    bound: Bound
    step: Decimal
    near: bool = False

    def span(self) -> tuple[Decimal, Decimal]:
        """What the true value may be by these words: half a step each way, a leading step where a bound gives one.

        约 leaves half a step of the second digit (约1300: 1250–1350); 超八成 leads up to 90%, 近七成 down to 60%.
        """
        low, high = min(self.values), max(self.values)
        if self.bound in UPWARD:
            return low, high + self.leading_step()
        if self.bound in DOWNWARD:
            return low - self.leading_step(), high
        half = HALF * self.grain()
        return low - half, high + half

    def holds(self, computed: float) -> bool:
        """Whether a computed number is what these words say, read kindly: 约4000万 and 近七成 by half a leading step,
        a bound by half its last digit beyond."""
        low, high = self.span()
        slack = HALF * (self.leading_step() if self.bound == "approx" else self.step)
        return float(low - slack) <= computed <= float(high + slack)

    def hardly(self) -> Decimal:
        """How much less a 近 may be: half a unit of its last digit that is no zero, a tenth at most (近八成: to 75)."""
        return min(HALF * self.leading_step(), TENTH * max(abs(value) for value in self.values))

    def grain(self) -> Decimal:
        """What the figure is told to: its last digit, or the second digit of a 约."""
        return max(self.step, self._second_step()) if self.bound == "approx" else self.step

    def leading_step(self) -> Decimal:
        """Value of the last digit that is not zero (1600 → 100), at most a tenth of nothing smaller than the step."""
        number = max(abs(value) for value in self.values)
        digits = number.normalize().as_tuple()
        exponent = digits.exponent if isinstance(digits.exponent, int) else 0
        return max(self.step, Decimal(1).scaleb(exponent))

    def _second_step(self) -> Decimal:
        number = max(abs(value) for value in self.values)
        return min(self.leading_step(), Decimal(1).scaleb(number.adjusted() - 1)) if number else self.step


def measure(found: Observation) -> Measure | None:
    """The observation as a number; None for dates and years, which are compared as they stand."""
    return _measured(figure_of(found))


@lru_cache(8192)
def _measured(found: Figure) -> Measure | None:
    kind = found.base or found.kind
    values = found.value if isinstance(found.value, tuple) else (found.value,)
    if kind in ("date", "year") or any(isinstance(value, str) for value in values):
        return None
    numbers = tuple(map(exact, values))
    unit, step = found.unit, _step(found)
    if kind == "ratio" and "倍" not in (found.unit or core_of(found)) and "翻" not in found.text:
        kind, unit, step = "percent", "%", step * 100
        numbers = tuple(number * 100 for number in numbers)
    near = found.bound in DOWNWARD and not NEAR.isdisjoint(found.qualifier)
    return Measure(kind, unit, numbers, found.bound, step, near)


def same_unit(first: str, second: str) -> bool:
    """Whether the units count the same things; an unknown unit ("") is no obstacle."""
    if not first or not second or first == second:
        return True
    return any(first in units and second in units for units in SAME_UNITS)


def comparable(first: Observation, second: Observation) -> bool:
    """Whether both are figures of one kind and unit."""
    one, two = measure(first), measure(second)
    if one is None or two is None:
        return one is None and two is None
    return one.kind == two.kind and same_unit(one.unit, two.unit)


def agrees(first: Observation, second: Observation) -> bool:
    """Whether comparable figures can be the same: equal, or one within what the other's rounding and words leave."""
    one, two = measure(first), measure(second)
    if one is None or two is None:
        return _same_date(first, second)
    return sizes_agree(one, two)


def sizes_agree(one: Measure, two: Measure) -> bool:
    """The same for two measures of one kind and unit.

    A figure with an end open (超过, 不足, 以上 …) agrees with a number that its words take in: 超10亿 with 12.3亿, not
    with 20亿; 近八成 with 78%, not with 71%. Two of them agree only where the one is the other told more coarsely:
    超9.4万 with 超9万 and 近10万, 超20亿 not with 超10亿 (see `_same_edge`).
    """
    if len(one.values) != len(two.values):
        return False
    if _way(one.bound) and _way(two.bound):
        return _same_edge(one, two)
    return one.values == two.values or _within(one, two) or _within(two, one)


def _way(bound: Bound) -> int:
    """1 where a figure is open upwards, -1 downwards, 0 where it is not."""
    return (bound in UPWARD) - (bound in DOWNWARD)


def _same_edge(one: Measure, two: Measure) -> bool:
    """Whether two open figures are one told more and less finely: the finer's number, cut in its open direction's
    sense to the last digit of the coarser (9.4万 → 9万 of a 超过, 10万 of a 不足), is the coarser's.

    Open the same way they may also be equal; open in opposite ways they must differ by that cut.
    """
    fine, coarse = sorted((one, two), key=lambda size: size.step)
    same = _way(one.bound) == _way(two.bound)
    if one.values == two.values or fine.step == coarse.step:
        return same and one.values == two.values
    rounding = ROUND_FLOOR if _way(coarse.bound) > 0 else ROUND_CEILING
    cut = tuple((value / coarse.step).quantize(Decimal(1), rounding) * coarse.step for value in fine.values)
    return cut == coarse.values


def compare_words(first: Observation, second: Observation) -> str:
    """In words, how two agreeing figures differ: "" where at most their classifiers do (位, 名)."""
    one, two = print_observation(first), print_observation(second)
    if (one.number, one.qualifier, scale_of(one.plain)) == (two.number, two.qualifier, scale_of(two.plain)):
        return ""
    if one.plain == two.plain:
        return f"{one.text}与{two.text}数值相同，限定词不同"
    return f"{one.text}与{two.text}在取整和限定词的范围内一致"


def fineness(found: Observation) -> int:
    """How many orders of magnitude lie between the figure and what it is told to; more is finer (87% over 八成)."""
    size = measure(found)
    if size is None:
        return len(str(found.value))
    number = max(abs(value) for value in size.values)
    return (number / size.grain()).adjusted() if number else 0


def coarseness(found: Observation) -> Decimal:
    """What a figure is told to, in base units; less is more precise. An open one (超过1000亿) is told to its last digit
    that is no zero; a date to as many letters as it has."""
    size = measure(found)
    if size is None:
        return Decimal(-len(str(_full(found))))
    return size.leading_step() if _way(size.bound) else size.grain()


def _within(narrow: Measure, wide: Measure) -> bool:
    """Whether a figure is one that the other's rounding, or its open end, takes in."""
    low, high = wide.span()
    if wide.near:
        low = high - wide.hardly()
    least, most = min(narrow.values), max(narrow.values)
    if wide.bound == "more-than" and least <= low or wide.bound in UPWARD and most >= high:
        return False
    if wide.bound == "less-than" and most >= high or wide.bound in DOWNWARD and not wide.near and least <= low:
        return False
    return low <= least and most <= high and narrow.step <= high - low


def _step(found: Figure) -> Decimal:
    """Value of the last digit as written: 3180亿 → 1亿, 50.4% → 0.1, 八成 → 10, fractions in words → 0.05."""
    core = core_of(found)
    if in_words(found, core):
        if "成" in core[:-1]:  # 四成五, 四成半
            return Decimal(5 if core.endswith("半") else 1)
        return {"percent": Decimal(10), "ratio": Decimal("0.05")}.get(found.base or found.kind, Decimal(1))
    places = min(decimals_of(core), default=0)
    return Decimal(1).scaleb(scale_of(LAST_NUMBER.sub("", core)) - places)


def _same_date(first: Observation, second: Observation) -> bool:
    """Equal, or one the coarser form of the other (2025-12 and 2025-12-03); the year may come from the period."""
    if first.value == second.value:
        return True
    one, two = _full(first), _full(second)
    return isinstance(one, str) and isinstance(two, str) and (one.startswith(two) or two.startswith(one))


def _full(found: Observation) -> Number | tuple[Number, Number]:
    return found.period if str(found.value).startswith("--") and found.period else found.value
