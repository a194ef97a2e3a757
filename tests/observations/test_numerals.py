"""Laws of the number normaliser: what is written is read back, in every way of writing it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.observations.figures import figures_in
from report.observations.numerals import numeral_at, parse_number

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")


def _section(number: int) -> str:
    """Chinese for 1 to 9999."""
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _UNITS[place]
        zero = not digit
    return text


def _chinese(number: int) -> str:
    """Chinese for 1 up to 10**16, groups of four digits with 万, 亿, 万亿."""
    text = ""
    for power, name in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10**4
        if group:
            text += ("零" if text and group < 1000 else "") + _section(group) + name
    return text


def _mixed(number: int) -> str:
    """5亿2310万: Arabic groups with Chinese multipliers; a multiple of 10,000."""
    groups = ((12, "万亿"), (8, "亿"), (4, "万"))
    return "".join(f"{number // 10**p % 10**4}{name}" for p, name in groups if number // 10**p % 10**4)


@given(st.integers(1, 10**16 - 1))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert parse_number(_chinese(number)) == number


@given(st.integers(1, 10**15))
def test_thousands_separators_round_trip(number: int) -> None:
    assert parse_number(f"{number:,}") == number
    assert parse_number(str(number)) == number


@given(st.integers(1, 10**12 - 1))
def test_mixed_numerals_round_trip(number: int) -> None:
    assert parse_number(_mixed(number * 10_000)) == number * 10_000


_SCALES = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "千万": 10**7, "百万": 10**6}


@given(st.decimals(min_value="0.01", max_value="9999.99", places=2), st.sampled_from(sorted(_SCALES)))
def test_decimals_with_a_multiplier_are_exact(number: Decimal, scale: str) -> None:
    assert parse_number(f"{number}{scale}") == number * _SCALES[scale]


@given(st.integers(1, 10**12), st.sampled_from(["元", "亿美元", "家", "%", "吨", "万人"]))
def test_a_written_amount_is_found_whole(number: int, unit: str) -> None:
    for text in (f"合计{number:,}{unit}。", f"合计{number}{unit}。"):
        (figure,) = figures_in(text)
        assert text[figure.core_start : figure.core_end] == text[2:-1]


@pytest.mark.parametrize(("written", "value"), [
    ("1.8万亿", 1.8e12), ("三千多万", 3e7), ("4万多亿", 4e12), ("两万五", 25000), ("一亿二", 1.2e8), ("百亿", 1e10),
    ("二〇二五", 2025), ("二○二四", 2024), ("三点五", 3.5), ("一点五亿", 1.5e8), ("十二", 12),
    ("廿五", 25), ("一千零五", 1005),
    ("1亿零500万", 1.05e8), ("3兆7,619亿", 3.7619e12), ("3万8,066", 38066),
    ("数百", 100), ("十几", 10), ("3 700", 3700),
    ("壹佰贰拾", 120),
])
def test_values_of_numbers(written: str, value: float) -> None:
    assert parse_number(written) == Decimal(str(value)).normalize()


_SPOKEN = [("二三十", 20, 30), ("七八", 7, 8), ("三五", 3, 5), ("十五六", 15, 16)]


@pytest.mark.parametrize(("written", "low", "high"), _SPOKEN)
def test_spoken_ranges(written: str, low: int, high: int) -> None:
    numeral = numeral_at(written, 0)
    assert numeral is not None and numeral.value == low and numeral.high == high


@pytest.mark.parametrize("text", ["", "abc", "点五", "家"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None
