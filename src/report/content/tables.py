"""The columns of a table as its author asks for them: alignment and widths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from report.content.nodes import Column

Align = Literal["left", "center", "right", "decimal"]
ALIGNS: tuple[Align, ...] = get_args(Align)


@dataclass(frozen=True)
class TableOptions:
    """How many columns a table has; `align` and `widths` as typed ("" for none)."""

    count: int
    align: str
    widths: str


def read_columns(options: TableOptions, tell: Callable[[str, str], None]) -> tuple[Column, ...]:
    """One Column for each column, left-aligned and of automatic width where nothing is said; widths become
    shares of 1. `tell(problem, hint)` is called for each mistake."""
    aligns = _split(options.align)
    widths = _split(options.widths)
    for name, given in (("align", aligns), ("widths", widths)):
        if given and len(given) != options.count:
            tell(f"{name} 有 {len(given)} 项，表有 {options.count} 列", "每列写一项，用逗号隔开")
    for align in aligns:
        if align not in ALIGNS:
            tell(f"没有“{align}”这种对齐", "只能是 " + "、".join(ALIGNS))
    shares = _shares(widths, tell)
    return tuple(
        Column(align=_align(aligns, index), width=shares[index] if index < len(shares) else 0)
        for index in range(options.count)
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",")] if text.strip() else []


def _align(aligns: list[str], index: int) -> Align:
    found = (align for align in ALIGNS if index < len(aligns) and align == aligns[index])
    return next(found, "left")


def _shares(widths: list[str], tell: Callable[[str, str], None]) -> list[float]:
    numbers = [float(width) for width in widths if width.replace(".", "", 1).isdecimal() and float(width) > 0]
    if len(numbers) != len(widths):
        tell("widths 里有不是正数的项", '写成 widths="2,1,1"')
        return []
    return [round(number / sum(numbers), 4) for number in numbers]
