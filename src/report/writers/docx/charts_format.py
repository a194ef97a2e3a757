"""Number formats that print a figure as the report prints it (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from decimal import Decimal

GENERAL = "General"
LONGEST = 255  # characters that Excel takes in a format
_NUMERAL = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")


def number_format(printed: str, value: float) -> str:
    """The format under which `value` reads `printed`; General where there is nothing printed.

    Where the figure stands in the text in digits, the format goes on counting when the number is edited (近50% →
    "近"0"%"). Where it does not (七成, 1.2万亿元), the words belong to this number alone; any other is printed plain.
    """
    if not printed:
        return GENERAL
    numerals = list(_NUMERAL.finditer(printed))
    if len(numerals) == 1 and numerals[0][0] in _counted(numerals[0][0], abs(value)):
        told = _around(printed, numerals[0], value)
    else:
        told = f"[={_number(value)}]{_literal(printed)};{GENERAL}"
    return told if len(told) <= LONGEST else GENERAL


def _counted(numeral: str, value: float) -> tuple[str, str]:
    """The value as a pattern of so many places prints it, without and with commas; nothing where it would be rounded
    or is written otherwise (05)."""
    places = len(numeral.partition(".")[2])
    told = f"{value:.{places}f}"
    return (told, f"{value:,.{places}f}") if float(told) == value else ("", "")


def _around(printed: str, numeral: re.Match[str], value: float) -> str:
    """The words before and after a numeral, and its digits as a pattern; a sign that is printed is part of them."""
    whole, _, places = numeral[0].partition(".")
    pattern = ("#,##0" if "," in whole else "0") + ("." + "0" * len(places) if places else "")
    section = _literal(printed[: numeral.start()]) + pattern + _literal(printed[numeral.end() :])
    return section if value >= 0 else f"{section};{section}"


def _literal(text: str) -> str:
    """Text that stands for itself: between quotation marks, those in it after a backslash."""
    pieces = (f'"{piece}"' if piece != '"' else '\\"' for piece in re.split('(")', text) if piece)
    return "".join(pieces)


def _number(value: float) -> str:
    return f"{Decimal(repr(value)):f}" if value != int(value) else str(int(value))
