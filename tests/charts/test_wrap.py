"""Laws of line breaking in labels, and of colours."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from report.charts.colours import contrast, luminance, mix
from report.charts.wrap import NOT_FIRST, NOT_LAST, wrap

WORDS = ["人工智能", "中国", "在", "美", "，", "。", "“", "”", "（", "）", "NeurIPS", "约57%", "1150亿", "2019年", " "]
PIECES = st.sampled_from(WORDS)
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map("".join)
CALM = settings(deadline=None)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def em(text: str) -> float:
    """Width where Han take 10 and Latin 5."""
    return sum(5.0 if char.isascii() else 10.0 for char in text)


@CALM
@given(TEXTS, st.integers(100, 400), st.booleans())
def test_lines_hold_the_text_and_nothing_stands_where_it_may_not(text: str, measure: int, balanced: bool) -> None:
    lines = wrap(text, measure, em, balanced=balanced)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for before, after in zip(lines, lines[1:], strict=False):
        assert before[-1] not in NOT_LAST or set(before) <= NOT_LAST | {" "}
        assert after[0] not in NOT_FIRST or len(before) * 10 > measure / 2


@CALM
@given(TEXTS, st.integers(100, 400))
def test_balancing_takes_no_more_lines(text: str, measure: int) -> None:
    plain, even = wrap(text, measure, em), wrap(text, measure, em, balanced=True)
    assert len(even) == len(plain)
    assert max(map(em, even), default=0) <= max(map(em, plain), default=0)


def test_lines_are_filled_but_for_a_runt() -> None:
    assert wrap("一二三四五六七八九十甲乙丙丁", 100, em) == ["一二三四五六七八九十", "甲乙丙丁"]
    assert wrap("一二三四五六七八九十甲", 100, em) == ["一二三四五六七八九", "十甲"]
    assert wrap("一二三四五六七八九十甲乙", 100, em) == ["一二三四五六七八九十", "甲乙"]


def test_number_keeps_its_unit_and_word_its_letters() -> None:
    lines = wrap("在NeurIPS上发表论文的作者约占57%，支出1150亿美元，比2019年多", 90, em)
    for whole in ("NeurIPS", "57%", "1150亿美元", "2019年"):
        assert any(whole in line for line in lines), whole


def test_nothing_makes_no_line() -> None:
    assert wrap("", 100, em) == []


@CALM
@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_tint_lies_between_its_colours(one: str, other: str, share: float) -> None:
    low, high = sorted((luminance(one), luminance(other)))
    tint = mix(one, other, share)
    if all(a <= b for a, b in zip(_parts(one), _parts(other), strict=True)):
        assert low - 1e-9 <= luminance(tint) <= high + 1e-9
    assert 1 <= contrast(one, tint) <= 21


def _parts(colour: str) -> list[int]:
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
