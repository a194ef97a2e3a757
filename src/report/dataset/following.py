"""Does a stated figure follow from others? Intervals of what the words of each leave open, and a verdict."""

from __future__ import annotations

from report.dataset.agreement import DOWNWARD, UPWARD
from report.dataset.mention import Mention
from report.dataset.models import Verdict
from report.dataset.printing import scale_of

Interval = tuple[float, float]
FAR_FROM = 1.5  # times what a 近 may be less, at least, where it does not hold
STRETCHED = 0.15  # of a stated figure, that a computed one may be off though rounding leaves room
ROUNDED = 0.75  # of the coarsest step: two rounded figures miss a sum by more in one case of sixteen


def ratio(above: Mention, below: Mention) -> Interval | None:
    """What the quotient of two positive figures may be; None where one may be zero or negative.

    Whole people and things are counted, not rounded: 86 of 100 are 86%, not 87%.
    """
    (low, high), (under, over) = (loose(one) if _counted(one) else one.span for one in (above, below))
    return (low / over, high / under) if under > 0 and low >= 0 else None


def growth(before: Mention, after: Mention) -> Interval | None:
    """By how many percent the second may be larger than the first; None where that has no sense."""
    times = ratio(after, before)
    return times and ((times[0] - 1) * 100, (times[1] - 1) * 100)


def difference(first: Mention, second: Mention) -> Interval:
    """What the second less the first may be, as far as their own words say (约, 超过), rounding left to `judge_sum`."""
    low, high = loose(second)
    under, over = loose(first)
    return low - over, high - under


def loose(mention: Mention) -> Interval:
    """The figure alone where it is exact, what its qualifier leaves open otherwise."""
    return (mention.value, mention.value) if mention.found.bound == "exact" else mention.span


def judge(stated: Mention, computed: Interval, sign: int = 1) -> Verdict | None:
    """Whether the stated figure can be the computed one (`sign` −1: a fall, stated without its sign).

    None where a bound is true but far off (超过10% of 180%): nothing to find fault with.
    """
    assert stated.size is not None
    low, high = sorted((sign * computed[0], sign * computed[1]))
    under, over = stated.span
    if stated.size.near:
        return _judge_near(stated, low, high)
    if low <= over and high >= under:
        return None if _is_stretched(stated, (low + high) / 2) else "agrees"
    if stated.found.bound in UPWARD and low > over or stated.found.bound in DOWNWARD and 0 <= high < under:
        return None
    kind = stated.found.bound != "exact" and any(stated.size.holds(end) for end in (low, high))
    return "agrees" if kind else "conflicts"


def _is_stretched(stated: Mention, computed: float) -> bool:
    """Whether an exact figure agrees only because the others are rounded so much: 25% of 4万 to 8万 in four years."""
    assert stated.size is not None
    apart = abs(computed - stated.value)
    return stated.found.bound == "exact" and apart > max(float(stated.size.step), STRETCHED * abs(stated.value))


def _judge_near(stated: Mention, low: float, high: float) -> Verdict | None:
    """近三成: 27% to 30%, or what rounding makes of it; somewhat less is a matter of taste, 25% is not."""
    assert stated.size is not None
    hardly = float(stated.size.hardly())
    if low > stated.value + float(stated.size.step) / 2:
        return "conflicts"
    if high >= stated.value - hardly:
        return "agrees"
    return "conflicts" if (low + high) / 2 <= stated.value - FAR_FROM * hardly else None


def judge_sum(stated: Mention, computed: Interval, terms: tuple[Mention, ...]) -> Verdict | None:
    """The same for sums and differences, whose terms are rounded each to its own last digit."""
    assert stated.size is not None
    slack = _slack((*terms, stated))
    if computed[0] - slack <= stated.value <= computed[1] + slack:
        return "agrees"
    under, over = loose(stated)
    low, high = computed
    if low - slack <= over and high + slack >= under:
        return "agrees"
    if stated.found.bound in UPWARD and low > under or stated.found.bound in DOWNWARD and high < over:
        return None
    return "agrees" if stated.found.bound == "approx" and any(stated.size.holds(end) for end in computed) else (
        "conflicts")


def _slack(terms: tuple[Mention, ...]) -> float:
    """How far rounding may put a sum out: half a step for each term; less where only two are coarse.

    Whole people and things are counted, not rounded.
    """
    steps = [0.0 if _counted(term) else float(term.size.step) for term in terms if term.size]
    coarse = sum(step == max(steps) for step in steps)
    slack = sum(steps) / 2 if coarse > 2 else max(ROUNDED * max(steps), min(steps))
    return slack * (1 + 1e-9) + 1e-9


def _counted(term: Mention) -> bool:
    return term.found.kind == "count" and term.found.bound == "exact" and not scale_of(term.plain) and bool(
        term.found.unit)
