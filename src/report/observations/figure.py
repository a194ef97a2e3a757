"""A figure: one number with its unit and qualifier, found in a plain text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from report.observations.observation import Bound, Kind, Number


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text. `start:end` holds the qualifier that stands next to it, `core_start:core_end` does not.

    `kind`, `base`, `value`, `unit`, `qualifier` and `bound` are those of an Observation; `rule` is the grammar tier.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    kind: Kind
    value: Number | tuple[Number, Number]
    unit: str = ""
    base: Kind | None = None
    qualifier: str = ""
    bound: Bound = "exact"
    rule: str = ""


def plain(value: Decimal) -> int | float:
    """A whole number as int, any other as float."""
    return int(value) if value == value.to_integral_value() else float(value)
