"""Whether two observations say the same: by value, by rounding, by the direction of their qualifiers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from report.dataset.printing import core_of, decimals_of, exact, in_words, print_observation, scale_of
from report.observations.observation import Bound, Kind, Number, Observation

# Classifiers that count the same things; a figure in 人 may be compared with one in 名.
SAME_UNITS = (frozenset("人名位"), frozenset("家个所"), frozenset(("年", "财年")), frozenset("天日"))
UPWARD: frozenset[Bound] = frozenset(("more-than", "at-least"))
DOWNWARD: frozenset[Bound] = frozenset(("less-than", "at-most"))
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure as a number: kind and unit made comparable (半数 = 50%), `step` the place of its last digit."""

    kind: Kind
    unit: str
    values: tuple[Decimal, ...]
    bound: Bound
    step: Decimal

    def span(self) -> tuple[Decimal, Decimal]:
        """What the true value may be by these words: half a step each way, a leading step where a bound gives one.

        约 leaves half a step of the second digit (约1300: 1250–1350); 超八成 leads up to 90%, 近七成 down to 60%.
        """
        low, high = min(self.values), max(self.values)
        if self.bound in UPWARD:
            return low, high + self._leading_step()
        if self.bound in DOWNWARD:
            return low - self._leading_step(), high
        half = HALF * self.grain()
        return low - half, high + half

    def holds(self, computed: float) -> bool:
        """Whether a computed number is what these words say, read kindly: 约4000万 and 近七成 by half a leading step,
        a bound by half its last digit beyond."""
        low, high = self.span()
        slack = HALF * (self._leading_step() if self.bound == "approx" else self.step)
        return float(low - slack) <= computed <= float(high + slack)

    def grain(self) -> Decimal:
        """What the figure is told to: its last digit, or the second digit of a 约."""
        return max(self.step, self._second_step()) if self.bound == "approx" else self.step

    def _leading_step(self) -> Decimal:
        """Value of the last digit that is not zero (1600 → 100), at most a tenth of nothing smaller than the step."""
        number = max(abs(value) for value in self.values)
        digits = number.normalize().as_tuple()
        exponent = digits.exponent if isinstance(digits.exponent, int) else 0
        return max(self.step, Decimal(1).scaleb(exponent))

    def _second_step(self) -> Decimal:
        number = max(abs(value) for value in self.values)
        return min(self._leading_step(), Decimal(1).scaleb(number.adjusted() - 1)) if number else self.step


def measure(found: Observation) -> Measure | None:
    """The observation as a number; None for dates and years, which are compared as they stand."""
    kind = found.base or found.kind
    values = found.value if isinstance(found.value, tuple) else (found.value,)
    if kind in ("date", "year") or any(isinstance(value, str) for value in values):
        return None
    numbers = tuple(map(exact, values))
    unit, step = found.unit, _step(found)
    if kind == "ratio" and "倍" not in (found.unit or core_of(found)) and "翻" not in found.text:
        kind, unit, step = "percent", "%", step * 100
        numbers = tuple(number * 100 for number in numbers)
    return Measure(kind, unit, numbers, found.bound, step)


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
    """The same for two measures of one kind and unit."""
    if one.values == two.values:
        return not _opposed(one.bound, two.bound)
    if len(one.values) != len(two.values):
        return False
    return _within(one, two) or _within(two, one)


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


def _within(narrow: Measure, wide: Measure) -> bool:
    low, high = wide.span()
    if wide.bound == "more-than" and min(narrow.values) <= low:
        return False
    if wide.bound == "less-than" and max(narrow.values) >= high:
        return False
    return all(low <= value <= high for value in narrow.values) and narrow.step <= high - low


def _opposed(one: Bound, two: Bound) -> bool:
    return one == "more-than" and two == "less-than" or one == "less-than" and two == "more-than"


def _step(found: Observation) -> Decimal:
    """Value of the last digit as written: 3180亿 → 1亿, 50.4% → 0.1, 八成 → 10, fractions in words → 0.05."""
    core = core_of(found)
    if in_words(found, core):
        return {"percent": Decimal(10), "ratio": Decimal("0.05")}.get(found.base or found.kind, Decimal(1))
    places = min(decimals_of(core), default=0)
    return Decimal(1).scaleb(scale_of(core) - places)


def _same_date(first: Observation, second: Observation) -> bool:
    """Equal, or one the coarser form of the other (2025-12 and 2025-12-03); the year may come from the period."""
    if first.value == second.value:
        return True
    one, two = _full(first), _full(second)
    return isinstance(one, str) and isinstance(two, str) and (one.startswith(two) or two.startswith(one))


def _full(found: Observation) -> Number | tuple[Number, Number]:
    return found.period if str(found.value).startswith("--") and found.period else found.value
