"""Figures in other signs than digits: ½ and 2½倍, XII座, Ⅻ座, ⑳家, and a letter put for a digit (9O座)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from report.observations.building import Measure, built
from report.observations.figure import Figure
from report.observations.lexicon import units
from report.observations.page import Page

_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
_CIRCLED = "①-⒛⓪-⓿❶-➓㉑-㉟㊱-㊿㈠-㈩㊀-㊉"
_ROMAN_SIGNS = "Ⅰ-Ⅿⅰ-ⅿ"
# Where such a figure can begin, for the grammar's anchor.
SIGN = f"[{_VULGAR}{_CIRCLED}{_ROMAN_SIGNS}]|(?<![A-Za-z0-9])(?:[IVX](?=[IVX])|[OolI](?=[0-9]))"
_FRACTION = re.compile(f"(?P<whole>[0-9]{{1,6}})? ?(?P<part>[{_VULGAR}])")
_LOOKALIKE = re.compile("(?=[0-9]{0,7}[OolI])(?=[OolI]{0,7}[0-9])[0-9OolI]{2,8}(?=[座家名位个])")
_DIGITS = str.maketrans("OolI", "0011")
_RING = re.compile(f"[{_CIRCLED}]")
_ROMAN = re.compile(f"[{_ROMAN_SIGNS}]{{1,6}}|(?!X{{1,8}}(?![IV]))(?:X{{0,3}}(?:IX|IV|V?I{{0,3}}))(?![A-Za-z0-9])")
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
# IV级, II期 name a grade or a stage; 项目 and 个人 after a note's mark are words.
_NAMES = re.compile(" ?(?:[型类级期代世层号章卷节届轮次部]|项目|个人|名[单称])")


def sign_at(page: Page, place: int) -> list[Figure] | None:
    """The figure that begins at `place` with such a sign; a ring or a Roman numeral counts before a classifier only."""
    if mixed := _FRACTION.match(page.text, place):
        whole, part = Decimal(mixed["whole"] or 0), mixed["part"]
        return _measured(page, mixed, whole + _part(part))
    if lookalike := _LOOKALIKE.match(page.text, place):
        return _measured(page, lookalike, Decimal(lookalike[0].translate(_DIGITS)))
    sign = _RING.match(page.text, place) or _ROMAN.match(page.text, place)
    if not sign or not sign[0] or _is_list_mark(page, sign) or _NAMES.match(page.text, sign.end()):
        return None
    unit = units().at(page.text, sign.end(), arabic=False)
    ring = unicodedata.numeric(sign[0], 0.0) if len(sign[0]) == 1 else 0.0
    value = Decimal(int(ring)) or Decimal(_roman(unicodedata.normalize("NFKC", sign[0]).upper()))
    return _measured(page, sign, value) if unit and unit[0].kind == "count" and value else None


def _is_list_mark(page: Page, sign: re.Match[str]) -> bool:
    """A ring of ten or less where a clause begins numbers an item (①台账; ②门店)."""
    opens = page.text[max(0, sign.start() - 1) : sign.start()] in ("", *"\n 。;；:：,，、!！?？")
    return opens and len(sign[0]) == 1 and unicodedata.numeric(sign[0], 99) <= 10 and bool(_RING.match(sign[0]))


def _part(sign: str) -> Decimal:
    over, _, under = unicodedata.normalize("NFKC", sign).partition("\u2044")
    return Decimal(over) / Decimal(under)


def _measured(page: Page, sign: re.Match[str], value: Decimal) -> list[Figure]:
    found = units().at(page.text, sign.end(), arabic=True)
    if found is None:
        return [built(page, Measure("ratio", "", "sign"), sign.span(), value)]
    unit, end = found
    measure, value = (Measure("percent", "%", "sign"), value * 10) if unit.unit == "成" else (
        Measure(unit.kind, unit.unit, "sign"), value)
    return [built(page, measure, (sign.start(), end), value)]


def _roman(written: str) -> int:
    """The value of a Roman numeral, 0 for what is none."""
    values = [_LETTERS.get(letter, 0) for letter in written]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
