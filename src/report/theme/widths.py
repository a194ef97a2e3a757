"""How wide the columns of a table are: as its text asks, else so that it has the fewest lines, no figure is broken and
no column is one character wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations, product
from math import inf

from msgspec import Struct

# What is tried in turn where the text asks for more than there is: the share of the padding, and the em that the first
# column (it names the rows) and the others keep
COMFORT = (
    (1.0, 7.0, 5.0), (1.0, 5.0, 4.0), (0.65, 7.0, 4.0), (1.0, 4.0, 3.0), (0.65, 4.0, 3.0), (0.65, 3.0, 2.0),
    (0.65, 0.0, 0.0),
)  # fmt: skip
DISCOMFORT = 0.03  # of its height: what a table may grow so that its columns keep the next better comfort
CLEAR = 0.3  # of the comfort: room beside what a column needs
STEPS = 50  # halvings: far below a hundredth of a point
TRIED = 4  # so many of these are moved about for fewer lines
MOVES = (4.0, 2.0, 1.0, 0.5, 0.25) * 2  # em: how much room one column gives another at a time; what the small moves
# have freed, the large ones may use
SLACK = 1e-6  # of the unit: what sums may be off
MANY = 12  # columns: of more only neighbours give each other room

Lines = Callable[["Fit"], float]


class Wish(Struct, frozen=True):
    """What a column asks for, its padding included, in any unit: `natural` with no line broken, `least` with nothing
    broken that belongs together; `text` is the length of all it holds, `share` its part of the table by its author's
    word (0: none)."""

    natural: float
    least: float
    text: float
    padding: float
    share: float = 0.0


class Fit(Struct, frozen=True):
    """Columns that fit: their widths, and the share of the padding that is left them."""

    widths: list[float]
    padding: float


class _Try(Struct, frozen=True):
    """Columns of one comfort, by its rank, and how many lines high they make the table."""

    rank: int
    fit: Fit
    height: float

    @property
    def cost(self) -> float:
        return self.height * (1 + DISCOMFORT * self.rank)


class _Plan(Struct, frozen=True):
    """Columns before they are given their widths: in proportion to `weights`, none below its floor or above its
    cap."""

    weights: list[float]
    floors: list[float]
    caps: list[float]


def fit_columns(
    wishes: Callable[[float], Sequence[Wish]], lines: Lines, width: float, em: float
) -> Fit | None:
    """Columns `width` wide in all, as comfortable and as few lines high as can be; None where they do not fit.

    `wishes(share)` are what the columns ask for with that share of the padding, `lines(fit)` how many lines high the
    table would be (asked some hundred times); `em` is the size of its text. The shares that its author names are kept
    as far as no line is broken for their sake.
    """
    found = sorted(_tries(wishes, lines, width, em), key=lambda one: one.cost)[:TRIED]
    for index, one in enumerate(found):
        asked = wishes(one.fit.padding)
        if sum(wish.natural for wish in asked) > width:
            found[index] = _lowered(one, _floors(asked, one.rank, em), lines, em)
    return min(found, key=lambda one: one.cost).fit if found else None


def _tries(
    wishes: Callable[[float], Sequence[Wish]], lines: Lines, width: float, em: float
) -> Iterator[_Try]:
    """The columns with each comfort that they can have; with the first alone where nothing need be broken or the
    author has named shares."""
    tight = True
    for rank, (padding, first, _) in enumerate(COMFORT):
        asked = wishes(padding)
        plan = _planned(asked, width, _floors(asked, rank, em), em) if first or tight else None
        if plan and sum(plan.floors) <= width + SLACK:
            tight = False
            fit = Fit(_stretched(plan, width), padding)
            yield _Try(rank, fit, lines(fit))
            if any(wish.share for wish in asked) or sum(wish.natural for wish in asked) <= width:
                return


def _planned(wishes: Sequence[Wish], width: float, floors: list[float], em: float) -> _Plan:
    """Where nothing need be broken, nothing is; else none has less than it needs, nor without the author's word less
    than these floors."""
    naturals = [wish.natural for wish in wishes]
    shares = [wish.share for wish in wishes]
    spare, free = (width - sum(naturals)) / len(wishes), [inf] * len(wishes)
    if any(shares):
        mean = sum(shares) / sum(1 for share in shares if share)
        ease = min(em, spare / 2)
        least = [natural + ease for natural in naturals] if spare >= 0 else [wish.least for wish in wishes]
        return _Plan([share or mean for share in shares], least, free)
    if spare >= 0:
        return _Plan(naturals, [natural + spare for natural in naturals], free)
    # as much room as text, so that all columns run to about as many lines
    return _Plan([wish.text for wish in wishes], floors, naturals)


def _floors(wishes: Sequence[Wish], rank: int, em: float) -> list[float]:
    """The least widths with this comfort: no more than a column asks for, and somewhat more than it needs, so that a
    long word does not stand alone on its line."""
    _, first, others = COMFORT[rank]
    return [
        min(wish.natural, max(wish.least + CLEAR * others * em, wish.padding + (others if index else first) * em))
        for index, wish in enumerate(wishes)
    ]


def _stretched(plan: _Plan, width: float) -> list[float]:
    """Widths in proportion to the weights, none below its floor or above its cap, `width` in all (which lies between
    the sums of floors and caps)."""
    weights, floors, caps = plan.weights, plan.floors, plan.caps

    def at(scale: float) -> list[float]:
        return [min(cap, max(floor, scale * weight)) for weight, floor, cap in zip(weights, floors, caps, strict=True)]

    low, high = 0.0, max(width / weight for weight in weights)
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(at(middle)) < width else (low, middle)
    return at(high)


def _lowered(start: _Try, floors: Sequence[float], lines: Lines, em: float) -> _Try:
    """The columns moved, one giving room to another, for as long as that makes the table lower."""
    best, count = start, len(floors)
    lowest = list(map(min, floors, start.fit.widths))  # an author's share may be less than the comfort
    pairs = [pair for pair in permutations(range(count), 2) if count <= MANY or abs(pair[0] - pair[1]) == 1]
    for move, (giver, taker) in product(MOVES, pairs):
        while best.fit.widths[giver] - move * em >= lowest[giver]:
            fit = _moved(best.fit, giver, taker, move * em)
            tried = _Try(best.rank, fit, lines(fit))
            if tried.height >= best.height:
                break
            best = tried
    return best


def _moved(fit: Fit, giver: int, taker: int, room: float) -> Fit:
    widths = list(fit.widths)
    widths[giver] -= room
    widths[taker] += room
    return Fit(widths, fit.padding)
