"""How wide the columns of a table are: as its text asks, else narrowed so that no figure is broken and no column is one
character wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

# What is tried in turn where the text asks for more than there is: the share of the padding, and the em that the first
# column (it names the rows) and the others keep
COMFORT = (
    (1.0, 7.0, 5.0), (1.0, 5.0, 4.0), (0.6, 7.0, 4.0), (1.0, 4.0, 3.0), (0.6, 4.0, 3.0), (0.6, 3.0, 2.0),
    (0.6, 0.0, 0.0),
)  # fmt: skip
DISCOMFORT = 0.06  # of its height: what a table may grow so that its columns keep the next better comfort
CLEAR = 0.3  # of the comfort: room beside what a column needs
STEPS = 50  # halvings: far below a hundredth of a point


@dataclass(frozen=True, slots=True)
class Wish:
    """What a column asks for, its padding included, in any unit: `natural` with no line broken, `least` with nothing
    broken that belongs together; `text` is the length of all it holds, `share` its part of the table by its author's
    word (0: none)."""

    natural: float
    least: float
    text: float
    padding: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Columns that fit: their widths, and the share of the padding that is left them."""

    widths: list[float]
    padding: float


def fit_columns(
    wishes: Callable[[float], Sequence[Wish]], lines: Callable[[Fit], int], width: float, em: float
) -> Fit | None:
    """Columns `width` wide in all, as comfortable and as few lines high as can be; None where they do not fit.

    `wishes(share)` are what the columns ask for with that share of the padding, `lines(fit)` how many lines high the
    table would be; `em` is the size of its text.
    """
    found: list[tuple[float, int, Fit]] = []
    for rank, (padding, first, others) in enumerate(COMFORT):
        asked = wishes(padding)
        widths = _widths(asked, width, (first * em, others * em)) if first or not found else None
        if widths:
            fit = Fit(widths, padding)
            found.append((lines(fit) * (1 + DISCOMFORT * rank), rank, fit))
        if found and (any(wish.share for wish in asked) or sum(wish.natural for wish in asked) <= width):
            break
    return min(found, key=lambda one: one[:2])[2] if found else None


def _widths(wishes: Sequence[Wish], width: float, comfort: tuple[float, float]) -> list[float] | None:
    """The widths of the columns, `width` in all; None where the first column or the others would keep less than the
    comfort asks, or less than they need."""
    naturals = [wish.natural for wish in wishes]
    if any(wish.share for wish in wishes):
        shares = [wish.share for wish in wishes]
        mean = sum(shares) / sum(1 for share in shares if share)
        weights, caps = [share or mean for share in shares], [inf] * len(wishes)
        floors = [wish.least for wish in wishes]
    elif sum(naturals) <= width:
        return [natural + (width - sum(naturals)) / len(wishes) for natural in naturals]
    else:  # as much room as text, so that all columns run to about as many lines
        weights, floors, caps = [wish.text for wish in wishes], _floors(wishes, comfort), naturals
    return _stretched(weights, floors, caps, width) if sum(floors) <= width else None


def _floors(wishes: Sequence[Wish], comfort: tuple[float, float]) -> list[float]:
    """The least widths with this comfort: no more than a column asks for, and somewhat more than it needs, so that a
    long word does not stand alone on its line."""
    first, others = comfort
    return [
        min(wish.natural, max(wish.least + CLEAR * others, wish.padding + (others if index else first)))
        for index, wish in enumerate(wishes)
    ]


def _stretched(
    weights: Sequence[float], floors: Sequence[float], caps: Sequence[float], width: float
) -> list[float]:
    """Widths in proportion to the weights, none below its floor or above its cap, `width` in all (which lies between
    the sums of floors and caps)."""

    def at(scale: float) -> list[float]:
        return [min(cap, max(floor, scale * weight)) for weight, floor, cap in zip(weights, floors, caps, strict=True)]

    low, high = 0.0, max(width / weight for weight in weights)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) < width else (low, middle)
    return at(high)
