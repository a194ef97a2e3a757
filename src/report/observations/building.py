"""How a figure is put together from its span, values and unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from report.observations.figure import Figure, plain
from report.observations.observation import Kind
from report.observations.page import Page


@dataclass(frozen=True)
class Measure:
    """What a figure measures in: its kind, its unit, and the rule of the grammar that read it."""

    kind: Kind
    unit: str = ""
    rule: str = ""


def built(page: Page, measure: Measure, span: tuple[int, int], *values: Decimal) -> Figure:
    """The figure of one value, or of two as a range, with the minus sign that stands before it."""
    start, end = span
    sign = page.negative(start)
    if sign and measure.kind in ("percent", "money", "other", "ratio", "score"):
        start, values = start - sign, tuple(-value for value in values)
    value = plain(values[0]) if len(values) == 1 else (plain(values[0]), plain(values[1]))
    if len(values) == 1:
        return Figure(start, end, start, end, measure.kind, value, measure.unit, rule=measure.rule)
    return Figure(start, end, start, end, "range", value, measure.unit, measure.kind, rule=measure.rule)
