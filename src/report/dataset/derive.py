"""Values that follow from other values: differences, sums, ratios, growth, shares, counts, implied bases and wholes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from report.dataset.agreement import DOWNWARD, UPWARD, same_unit
from report.dataset.implied import RISING, STEPS, Ends, base_sense, check_share, corners
from report.dataset.models import BoundValue, Operation, Sense, ValueSpec, Verdict
from report.dataset.printing import decimals_of, derived_word, exact, plain_number, print_number, scale_of
from report.errors import ReportError
from report.observations.figures import figures_in
from report.observations.observation import Bound, Kind, Observation

NUMERIC: frozenset[Kind] = frozenset(("percent", "money", "count", "ratio", "year", "duration", "score", "other"))
PARENTS: dict[Operation, int] = {"difference": 2, "ratio": 2, "growth": 2, "share": 2, "base": 2, "whole": 2}
HUNDRED = Decimal(100)
DIGITS = 6  # after the point at most
Step = Callable[[Sequence[Decimal]], Decimal]
ARITHMETIC: dict[Operation, Step] = {
    "sum": lambda numbers: sum(numbers, Decimal(0)),
    "difference": lambda numbers: numbers[0] - numbers[1],
    "ratio": lambda numbers: numbers[0] / numbers[1],
    "growth": lambda numbers: (numbers[0] / numbers[1] - 1) * HUNDRED,
    "share": lambda numbers: numbers[0] / numbers[1] * HUNDRED,
}


@dataclass(frozen=True)
class Result:
    """What an operation gives before rounding: value in base units, kind, unit, scale exponent to print in, `ends` of
    what it may be by its parents' words (None where that has no bounds), how it is implied."""

    value: Decimal
    kind: Kind
    unit: str
    scale: int = 0
    ends: Ends | None = None
    sense: Sense | None = None


def derive(
    name: str, spec: ValueSpec, parents: Sequence[BoundValue], where: str, said: Observation | None = None,
) -> BoundValue:
    """The derived value of a spec whose `derive` is set, its parents in the order named.

    Rounded half to even at `digits` of the unit printed (亿 where the parents are in 亿). The parents' bounds are
    carried over where the direction follows and the printed figure is such an end of what it may be, else 约; so is
    what had to be rounded. What is implied is never exact, and printed inside its interval. `said` is the observation
    of the last parent, whose words tell a fall from a rise. ReportError for a wrong number of parents, units or kinds
    that do not go together, ranges, and division by zero.
    """
    assert spec.derive is not None
    operation = spec.derive.operation
    _check_parents(operation, parents, where)
    result = _result(operation, parents, said, where)
    check_unit(name, spec.unit, (result.kind, result.unit), where)
    result = replace(result, ends=_possible(result))
    value, digits = _rounded(result, _digits(spec.derive.digits, result, parents))
    bound = _bound(operation, parents, result, value)
    ends = result.ends and (min(result.ends[0], value), max(result.ends[1], value))  # as far as the print rounds it
    return _bound_value(name, spec, parents, (replace(result, value=value, ends=ends), digits, bound))


def _possible(result: Result) -> Ends | None:
    """What a result may be: there are no fewer people or things than none."""
    if result.ends is None or result.kind != "count" or result.value < 0:
        return result.ends
    return max(result.ends[0], Decimal(0)), result.ends[1]


def _digits(wanted: int | None, result: Result, parents: Sequence[BoundValue]) -> int:
    """How many digits to print at least: those asked for; else of an implied figure as fine as its level is told."""
    if wanted is not None or not result.sense:
        return wanted or 0
    level = parents[0].plain
    return max(result.scale - scale_of(level) + min(decimals_of(level), default=0), 0)


def _rounded(result: Result, digits: int) -> tuple[Decimal, int]:
    """The value as printed, and with how many digits: an implied one with as many as keep it inside its interval."""
    for places in range(digits, max(DIGITS, digits) + 1):
        step = Decimal(1).scaleb(result.scale - places)
        value = (result.value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step or Decimal(0)  # no minus zero
        if not result.sense or result.ends is None or result.ends[0] <= value <= result.ends[1]:
            break
    return value, places


def _result(
    operation: Operation, parents: Sequence[BoundValue], said: Observation | None, where: str,
) -> Result:
    match operation:
        case "count":
            return Result(Decimal(len(parents)), "count", "个")
        case "base":
            return _implied(base_sense(parents[0], parents[1], said, where), parents, where)
        case "whole":
            check_share(parents[1], where)
            return _implied("share", parents, where)
        case _:
            return _calculate(operation, parents, where)


def check_unit(name: str, wanted: str, told: tuple[Kind, str], where: str) -> None:
    """ReportError where a figure of that kind and unit cannot be printed in the unit wanted (亿元 in 美元, 人 in %).

    A number of things may be told with any classifier (位 → 人); nothing else is converted.
    """
    kind, unit = told
    if not wanted or wanted == unit or same_unit(wanted, unit):
        return
    meant = {figure.kind for figure in figures_in(f"3{wanted}")}
    classifiers = kind in ("count", "ordinal", "duration") and meant <= {kind, "count", "ordinal"}
    points = kind == "percent" and wanted == "百分点"
    if not classifiers and not points:
        raise ReportError(where, f"值“{name}”的单位是{unit or kind}，不能换算成“{wanted}”",
                          "删去 unit，或改成同类的单位")


def count_of(name: str, spec: ValueSpec, number: int, unit: str) -> BoundValue:
    """How many there are of what the dataset itself is made of (see tally), in that unit."""
    result = Result(Decimal(number), "count", unit)
    return _bound_value(name, spec, (), (result, 0, "exact")).changed({"parents": ()})


def _implied(sense: Sense, parents: Sequence[BoundValue], where: str) -> Result:
    """What a level and its change, or a part and its share, imply; ReportError where that divides by nothing."""
    step = STEPS[sense]
    level, change = (_measure(parent)[0] for parent in parents)
    for parent in parents:
        _refuse_years(parent.kind, "base", where)
    try:
        value = step(level, change)
    except ArithmeticError:
        raise ReportError(where, f"“{parents[1].name}”（{parents[1].text}）不能作除数", "检查次序") from None
    _, kind, unit = _measure(parents[0])
    scaled = _scaled(value, kind, unit, scale_of(parents[0].plain))
    ends = _ends(parents, lambda numbers: step(*numbers), divides=sense not in ("more", "less"))
    return replace(scaled, sense=sense, ends=ends)


def _ends(parents: Sequence[BoundValue], step: Step, divides: bool = False) -> Ends | None:
    """What a step may come to by what its operands may be; None where one of them has no bounds."""
    spans = [_span(parent) for parent in parents]
    known = [span for span in spans if span]
    return corners(known, step, divides) if len(known) == len(spans) else None


def _span(parent: BoundValue) -> Ends | None:
    if parent.interval is None:
        return None
    factor = HUNDRED if _measure(parent)[1] != parent.kind else Decimal(1)  # a third counts as 33.3%
    return exact(parent.interval[0]) * factor, exact(parent.interval[1]) * factor


def _bound_value(
    name: str, spec: ValueSpec, parents: Sequence[BoundValue], outcome: tuple[Result, int, Bound],
) -> BoundValue:
    """The value of a result already rounded, printed with so many digits after the point."""
    assert spec.derive is not None
    result, digits, bound = outcome
    unit, qualifier = spec.unit or result.unit, derived_word(bound)
    shape = result.scale, digits
    printed = print_number(result.value, result.kind, unit, qualifier, shape)
    told = [parent.reason for parent in parents if parent.reason]
    if result.sense:
        told.insert(0, _implication(result, unit, shape))
    return BoundValue(
        name=name, label=spec.label, kind=result.kind, value=plain_number(result.value), unit=unit,
        qualifier=qualifier, bound=bound, text=printed.text, plain=printed.plain, number=printed.number,
        observations=(), parents=tuple(spec.derive.of), operation=spec.derive.operation, sense=result.sense,
        interval=result.ends and (float(result.ends[0]), float(result.ends[1])),
        verdict=_verdict(parents), reason="；".join(dict.fromkeys(told)),
    )


def _implication(result: Result, unit: str, shape: tuple[int, int]) -> str:
    """Says of an implied value that it is one, and between what it lies; one digit more than it is printed with."""
    if result.ends is None:
        return "推算值，原文未载"
    finer = shape[0], shape[1] + 1
    low, high = (print_number(end, result.kind, unit, "", finer).plain for end in result.ends)
    return f"推算值，原文未载，按取整和限定词在{low}至{high}之间"


def _verdict(parents: Sequence[BoundValue]) -> Verdict:
    """A derived value stands as well as its weakest parent."""
    verdicts = {parent.verdict for parent in parents}
    ranked: tuple[Verdict, ...] = ("conflicts", "not-comparable", "single", "agrees")
    return next((verdict for verdict in ranked if verdict in verdicts), "single")


def _check_parents(operation: Operation, parents: Sequence[BoundValue], where: str) -> None:
    needed = PARENTS.get(operation)
    if needed and len(parents) != needed:
        raise ReportError(where, f"{operation} 要 {needed} 个值，写了 {len(parents)} 个", "检查列表")
    if not parents:
        raise ReportError(where, f"{operation} 没有写由哪些值得出", "列出值名")
    if operation == "count":
        return
    for parent in parents:
        if isinstance(parent.value, tuple) or parent.kind not in NUMERIC:
            raise ReportError(where, f"值“{parent.name}”（{parent.text}）不是单个数量，不能参与计算",
                              "区间、名次和日期不参与计算")


def _calculate(operation: Operation, parents: Sequence[BoundValue], where: str) -> Result:
    numbers, kind, unit = _common(parents, where)
    scale = min(scale_of(parent.plain) for parent in parents)
    step = ARITHMETIC[operation]
    if operation == "difference" and kind == "year":
        return Result(step(numbers), "duration", "年", ends=_ends(parents, step))
    _refuse_years(kind, operation, where)
    if operation in ("sum", "difference"):
        if operation == "sum":
            scale = max(scale_of(parent.plain) for parent in parents)
        elif kind == "percent":
            unit = "百分点"
        return replace(_scaled(step(numbers), kind, unit, scale), ends=_ends(parents, step))
    if numbers[1] == 0:
        raise ReportError(where, f"值“{parents[1].name}”是零，不能作除数", "检查次序")
    kind, unit = ("ratio", "倍") if operation == "ratio" else ("percent", "%")
    return Result(step(numbers), kind, unit, ends=_ends(parents, step, divides=True))


def _scaled(value: Decimal, kind: Kind, unit: str, scale: int) -> Result:
    """A scale word larger than the value itself is stepped down (0.3亿 → 3000万)."""
    while scale and abs(value) < Decimal(1).scaleb(scale):
        scale -= 4
    return Result(value, kind, unit, scale)


def _common(parents: Sequence[BoundValue], where: str) -> tuple[list[Decimal], Kind, str]:
    """The parents' numbers with the one kind and unit they share; fractions in words count as percentages."""
    measures = [_measure(parent) for parent in parents]
    _, kind, unit = measures[0]
    for parent, (_, other_kind, other_unit) in zip(parents, measures, strict=True):
        if other_kind != kind or not same_unit(unit, other_unit):
            names = f"“{parents[0].name}”（{parents[0].text}）与“{parent.name}”（{parent.text}）"
            raise ReportError(where, f"{names}单位不同，不能一起计算", "只有同类同单位的值才能相减、相加、相除")
        unit = unit or other_unit
    return [number for number, _, _ in measures], kind, unit


def _measure(parent: BoundValue) -> tuple[Decimal, Kind, str]:
    assert not isinstance(parent.value, tuple)
    number = exact(parent.value)
    if parent.kind == "ratio" and parent.unit != "倍":
        return number * HUNDRED, "percent", "%"
    return number, parent.kind, parent.unit


def _refuse_years(kind: Kind, operation: Operation, where: str) -> None:
    if kind == "year":
        raise ReportError(where, f"年份不能做 {operation}", "年份只能用 difference 求相隔年数")


def _bound(operation: Operation, parents: Sequence[BoundValue], result: Result, value: Decimal) -> Bound:
    """The direction that follows from the parents' (a sum of 超过s is 超过; a difference turns the second one round).

    Quotients follow too, their terms being positive. Where the printed `value` is no such end of what the true one may
    be, 约 is left: 超过 only of what it cannot be less than.
    """
    if operation == "count":
        return "exact"
    bounds = [parent.bound for parent in parents]
    turned = bounds if operation == "sum" or result.sense in RISING else [bounds[0], *map(_opposite, bounds[1:])]
    told = set(turned) - {"exact"}
    if not told:
        return "approx" if result.sense or value != result.value else "exact"
    if operation not in ("sum", "difference") and any(_measure(parent)[0] <= 0 for parent in parents):
        return "approx"
    low, high = result.ends or (result.value, result.value)
    if told <= UPWARD and value <= low:
        return "more-than" if "more-than" in told else "at-least"
    if told <= DOWNWARD and value >= high:
        return "less-than" if "less-than" in told else "at-most"
    return "approx"


def _opposite(bound: Bound) -> Bound:
    turned: dict[Bound, Bound] = {
        "more-than": "less-than", "less-than": "more-than", "at-least": "at-most", "at-most": "at-least"}
    return turned.get(bound, bound)
