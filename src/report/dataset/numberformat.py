"""How a spreadsheet shows a number with its unit: 57%, 1,200人, 49.15亿元."""

from __future__ import annotations

from report.dataset.printing import decimals_of, exact

_LONGEST = 12  # characters of a unit that a format takes in
_PLACES = 4  # shown after the point at most: a third has no end


def number_format(value: float | int, kind: str, base: str, unit: str) -> str:
    """The number format (ECMA-376 Part 1, §18.8.30) of a figure in base units.

    Amounts of a hundred million and more are shown in 亿, with the two places after the point that scaling by thousands
    leaves; where that would hide a digit the number is shown whole.
    """
    core = base or kind
    words = ("个百分点" if unit == "百分点" else "%") if core == "percent" else unit
    if core in ("money", "count") and abs(value) >= 1e8 and value % 1e6 == 0:
        return rf'0\.00,,"亿{_quoted(words)}"'
    if core in ("year", "ordinal"):
        return f'0"{_quoted(words)}"' if words else "0"
    places = min(max(decimals_of(format(exact(value), "f")), default=0), _PLACES)
    digits = "#,##0" + ("." + "0" * places if places else "")
    return f'{digits}"{_quoted(words)}"' if words else digits


def _quoted(unit: str) -> str:
    """A unit as it may stand between quotation marks."""
    return unit.replace('"', "").strip()[:_LONGEST]
