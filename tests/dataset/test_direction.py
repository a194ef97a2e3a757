"""Direction words: what holds, what is refused, and that turning the pair round turns the word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.dataset.direction import PAIRS, direction
from report.dataset.models import BoundValue
from report.errors import ReportError
from report.observations.observation import Bound

from .make import value


@pytest.mark.parametrize("pair, first, second, word", [
    ("高低", 28, 42, "低于"), ("高低", 42, 28, "高于"), ("高低", 42, 42, "等于"), ("多少", 3, 2, "多于"),
    ("升降", 25, 63, "上升"), ("升降", 20, 0.3, "下降"), ("升降", 5, 5, "持平"), ("增减", 1, 2, "增加"),
    ("增减", 2, 1, "减少"), ("大小", 2, 1, "大于")])
def test_word(pair: str, first: float, second: float, word: str) -> None:
    assert direction(pair, value("甲", first), value("乙", second)) == word


@pytest.mark.parametrize("first, second, word", [
    ((60, "more-than"), (50, "exact"), "高于"), ((50, "more-than"), (50, "exact"), "高于"),
    ((50, "more-than"), (50, "less-than"), "高于"), ((57, "approx"), (60, "approx"), "低于"),
    ((50, "less-than"), (60, "more-than"), "低于")])
def test_qualified(first: tuple[float, Bound], second: tuple[float, Bound], word: str) -> None:
    assert direction("高低", value("甲", first[0], bound=first[1]), value("乙", second[0], bound=second[1])) == word


@pytest.mark.parametrize("first, second", [
    (value("甲", 10, bound="more-than"), value("乙", 12)), (value("甲", 12, bound="less-than"), value("乙", 10)),
    (value("甲", 50, bound="at-least"), value("乙", 50)), (value("甲", 3, unit="人", kind="count"), value("乙", 3)),
    (value("甲", 3, unit="人", kind="count"), value("乙", 3, unit="家", kind="count")),
    (value("甲", 3, unit="百分点"), value("乙", 3)), (value("甲", 3, kind="ordinal"), value("乙", 4, kind="ordinal"))])
def test_refused(first: BoundValue, second: BoundValue) -> None:
    with pytest.raises(ReportError) as caught:
        direction("高低", first, second, "sections/一.md:12")
    assert caught.value.issues[0].where == "sections/一.md:12"


def test_unknown_pair() -> None:
    with pytest.raises(ReportError, match="快慢"):
        direction("快慢", value("甲", 1), value("乙", 2))


BOUNDS: st.SearchStrategy[Bound] = st.sampled_from(
    ["exact", "approx", "more-than", "less-than", "at-least", "at-most"])
TURNED = {word: turned for more, less, same in PAIRS.values() for word, turned in
          ((more, less), (less, more), (same, same))}


@given(st.sampled_from(sorted(PAIRS)), st.integers(0, 5), st.integers(0, 5), BOUNDS, BOUNDS)
def test_antisymmetry(pair: str, first: int, second: int, one: Bound, two: Bound) -> None:
    ours, theirs = value("甲", first, bound=one), value("乙", second, bound=two)
    try:
        word = direction(pair, ours, theirs)
    except ReportError:
        with pytest.raises(ReportError):
            direction(pair, theirs, ours)
        return
    assert direction(pair, theirs, ours) == TURNED[word]
