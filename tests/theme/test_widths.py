"""Columns of a table: the widths add up, no column gets less than it needs, none is squeezed without need."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.theme.widths import Fit, Wish, fit_columns


def wish(natural: float, least: float = 0.0, share: float = 0.0) -> Wish:
    """What a column of one cell asks for, with a padding of 1."""
    return Wish(natural, min(natural, max(least, 2.0)), natural, 1.0, share)


def fitted(wishes: list[Wish], width: float) -> list[float]:
    """The widths in em, whatever the height."""
    fit = fit_columns(lambda share: wishes, lambda fit: 1, width, 1.0)
    assert fit is not None
    return fit.widths


COLUMNS = st.lists(
    st.tuples(st.floats(2, 90), st.floats(1, 12), st.sampled_from([0.0, 0.0, 1.0, 3.0])), min_size=1, max_size=12
)


@given(COLUMNS, st.floats(20, 60))
def test_widths_fill_the_table_and_hold_what_must_not_be_broken(
    columns: list[tuple[float, float, float]], width: float
) -> None:
    wishes = [wish(*column) for column in columns]
    fit = fit_columns(lambda share: wishes, lambda fit: 1, width, 1.0)

    if sum(one.least for one in wishes) > width:
        assert fit is None
    else:
        assert fit is not None
        assert sum(fit.widths) == pytest.approx(width)
        assert all(got >= one.least - 1e-9 for got, one in zip(fit.widths, wishes, strict=True))


def test_what_fits_is_not_broken() -> None:
    assert fitted([wish(8), wish(12), wish(4)], 30) == pytest.approx([10, 14, 6])


def test_a_long_column_leaves_the_others_room() -> None:
    """The first, which names the rows, more than the rest; none one character wide."""
    first, second, long = fitted([wish(9), wish(9), wish(200)], 38)

    assert first >= 8 and second >= 6 and long > 20


def test_a_table_is_as_comfortable_as_its_height_allows() -> None:
    """Where narrower columns make it much lower, they are narrower."""
    wishes = [*(wish(9) for _ in range(5)), wish(90)]
    low = fit_columns(lambda share: wishes, lambda fit: round(900 / fit.widths[-1]), 38, 1.0)
    high = fit_columns(lambda share: wishes, lambda fit: 10, 38, 1.0)

    assert low is not None and high is not None
    assert low.widths[-1] > high.widths[-1] and min(low.widths) >= 3


def test_the_authors_shares_are_kept_but_break_nothing() -> None:
    assert fitted([wish(9, share=1), wish(9, share=3)], 40) == pytest.approx([10, 30])
    assert fitted([wish(9, share=1), wish(9, share=9)], 40) == pytest.approx([10, 30])  # what fits, with a little ease
    assert fitted([wish(50, 6, share=1), wish(9, share=9)], 40) == pytest.approx([6, 34])


def test_a_column_gives_room_to_one_that_has_more_use_for_it() -> None:
    """Six names of 9 em take two lines each in a column of 8; the long text beside them is as high in one em less."""
    wishes = [Wish(9.5, 2.0, 57.0, 0.5), Wish(70.0, 2.0, 70.0, 0.5)]

    def lines(fit: Fit) -> int:
        names, text = fit.widths
        return sum(max(1 + (names < 9.5), lines) for lines in (*[1] * 5, math.ceil(70 / text)))

    fit = fit_columns(lambda share: wishes, lines, 40, 1.0)

    assert fit is not None and fit.widths[0] >= 9.5 and lines(fit) == 5 + math.ceil(70 / 30.5)


def test_columns_are_moved_only_for_fewer_lines() -> None:
    wishes = [Wish(30.0, 2.0, 30.0, 0.5), Wish(30.0, 2.0, 30.0, 0.5)]
    fit = fit_columns(lambda share: wishes, lambda fit: 2, 40, 1.0)

    assert fit is not None and fit.widths == pytest.approx([20, 20])
