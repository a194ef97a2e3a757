"""Laws of normalisation: one character to one character, and twice is once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.observations.normalise import normalise

_TEXT = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("０１２，．％～—－ 　約產億萬點台臺")))


@given(_TEXT)
def test_length_is_kept(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(_TEXT)
def test_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(("text", "wanted"), [
    ("產業規模約１，２００億圓", "产业规模约1,200亿圆"), ("２０２５－０９", "2025-09"),
    ("10％～13％", "10%-13%"), ("A\u00a0B\u3000C", "A B C"),
    ("占比，達到", "占比，达到"), ("１，２", "1，2"), ("臺灣兩萬個點", "台湾两万个点"), ("①②③", "①②③"),
])
def test_forms(text: str, wanted: str) -> None:
    assert normalise(text) == wanted
