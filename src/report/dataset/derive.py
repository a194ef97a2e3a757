"""Values that follow from other values: differences, sums, ratios, growth, shares, counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from report.dataset.agreement import DOWNWARD, UPWARD, same_unit
from report.dataset.models import BoundValue, Operation, ValueSpec, Verdict
from report.dataset.printing import derived_word, exact, print_number, scale_of
from report.errors import ReportError
from report.observations.observation import Bound, Kind

NUMERIC: frozenset[Kind] = frozenset(("percent", "money", "count", "ratio", "year", "duration", "score", "other"))
PARENTS: dict[Operation, int] = {"difference": 2, "ratio": 2, "growth": 2, "share": 2}
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Result:
    """What an operation gives before rounding: value in base units, kind, unit, scale exponent to print in."""

    value: Decimal
    kind: Kind
    unit: str
    scale: int = 0


def derive(name: str, spec: ValueSpec, parents: Sequence[BoundValue], where: str) -> BoundValue:
    """The derived value of a spec whose `derive` is set, its parents in the order named.

    Rounded half to even at `digits` of the unit printed (亿 where the parents are in 亿). The parents' bounds are
    carried over where the direction follows, else 约. ReportError for a wrong number of parents, units or kinds that
    do not go together, ranges, and division by zero.
    """
    assert spec.derive is not None
    operation = spec.derive.operation
    _check_parents(operation, parents, where)
    result = _counted(parents) if operation == "count" else _calculate(operation, parents, where)
    step = Decimal(1).scaleb(result.scale - spec.derive.digits)
    value = (result.value / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step or Decimal(0)  # no minus zero
    bound = _bound(operation, parents, value.compare(result.value))
    return _bound_value(name, spec, parents, (result, value, bound))


def count_sources(name: str, spec: ValueSpec, number: int) -> BoundValue:
    """The number of documents the report draws on, in 份."""
    result = Result(Decimal(number), "count", "份")
    return _bound_value(name, spec, (), (result, result.value, "exact"))


def _bound_value(
    name: str, spec: ValueSpec, parents: Sequence[BoundValue], outcome: tuple[Result, Decimal, Bound],
) -> BoundValue:
    assert spec.derive is not None
    result, value, bound = outcome
    unit, qualifier = spec.unit or result.unit, derived_word(bound)
    printed = print_number(value, result.kind, unit, qualifier, (result.scale, spec.derive.digits))
    number = float(value)
    return BoundValue(
        name=name, label=spec.label, kind=result.kind, value=int(number) if number.is_integer() else number, unit=unit,
        qualifier=qualifier, bound=bound, text=printed.text, plain=printed.plain, number=printed.number,
        observations=(), parents=tuple(spec.derive.of), operation=spec.derive.operation,
        verdict=_verdict(parents), reason="；".join(dict.fromkeys(p.reason for p in parents if p.reason)),
    )


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


def _counted(parents: Sequence[BoundValue]) -> Result:
    return Result(Decimal(len(parents)), "count", "个")


def _calculate(operation: Operation, parents: Sequence[BoundValue], where: str) -> Result:
    numbers, kind, unit = _common(parents, where)
    scale = min(scale_of(parent.plain) for parent in parents)
    match operation:
        case "sum":
            _refuse_years(kind, operation, where)
            return _scaled(sum(numbers, Decimal(0)), kind, unit, max(scale_of(p.plain) for p in parents))
        case "difference":
            if kind == "year":
                return Result(numbers[0] - numbers[1], "duration", "年")
            unit = "百分点" if kind == "percent" else unit
            return _scaled(numbers[0] - numbers[1], kind, unit, scale)
    _refuse_years(kind, operation, where)
    if numbers[1] == 0:
        raise ReportError(where, f"值“{parents[1].name}”是零，不能作除数", "检查次序")
    quotient = numbers[0] / numbers[1]
    if operation == "ratio":
        return Result(quotient, "ratio", "倍")
    return Result((quotient - 1 if operation == "growth" else quotient) * HUNDRED, "percent", "%")


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


def _bound(operation: Operation, parents: Sequence[BoundValue], rounding: Decimal) -> Bound:
    """The direction that follows from the parents' (a sum of 超过s is 超过; a difference turns the second one round).

    Quotients follow too, their terms being positive. Rounding against the direction leaves 约.
    """
    if operation == "count":
        return "exact"
    bounds = [parent.bound for parent in parents]
    turned = bounds if operation == "sum" else [bounds[0], *map(_opposite, bounds[1:])]
    told = set(turned) - {"exact"}
    positive = operation in ("sum", "difference") or all(_measure(parent)[0] > 0 for parent in parents)
    if not told:
        return "exact"
    if told <= UPWARD and rounding <= 0 and positive:
        return "more-than" if "more-than" in told else "at-least"
    if told <= DOWNWARD and rounding >= 0 and positive:
        return "less-than" if "less-than" in told else "at-most"
    return "approx"


def _opposite(bound: Bound) -> Bound:
    turned: dict[Bound, Bound] = {
        "more-than": "less-than", "less-than": "more-than", "at-least": "at-most", "at-most": "at-least"}
    return turned.get(bound, bound)
