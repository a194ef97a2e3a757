"""Which figures say the same: the table agreement.yaml, both ways round, and the laws behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.dataset.agreement import agrees, coarseness, comparable

from .make import observation

TABLE = YAML(typ="safe").load(Path(__file__).with_name("agreement.yaml"))
PAIRS = [(first, second, verdict == "agree") for verdict, rows in TABLE.items() for pairs in rows.values()
         for first, second in pairs]


@pytest.mark.parametrize("first, second, same", PAIRS, ids=lambda one: str(one))
def test_bound_against_bound(first: str, second: str, same: bool) -> None:
    one, two = observation(first), observation(second, doc="b")
    assert comparable(one, two)
    assert (agrees(one, two), agrees(two, one)) == (same, same)


WORDS = st.sampled_from(["", "约", "超过", "不足", "至少", "近"])


@given(WORDS, st.integers(1, 999), st.integers(2, 9))
def test_twice_the_figure_is_another(word: str, number: int, times: int) -> None:
    """Whatever the one word before both."""
    one, two = observation(f"{word}{number}亿元"), observation(f"{word}{number * times}亿元", doc="b")
    assert agrees(one, one) and not (word and agrees(one, two)) or word == "约" and number < 10


@given(WORDS, WORDS, st.integers(1, 9999), st.integers(1, 9999))
def test_agreement_has_no_order(one: str, two: str, first: int, second: int) -> None:
    pair = observation(f"{one}{first}亿元"), observation(f"{two}{second}亿元", doc="b")
    assert agrees(*pair) == agrees(*pair[::-1])


@pytest.mark.parametrize("fine, coarse", [
    ("860亿元", "超过1000亿元"), ("87%", "八成"), ("50.4%", "超一半"), ("2025年12月3日", "2025年12月")])
def test_what_is_told_more_precisely(fine: str, coarse: str) -> None:
    assert coarseness(observation(fine)) < coarseness(observation(coarse))
