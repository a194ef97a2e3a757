"""Figures that a title, summary or caption tells again from the text where they are dated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from report.observations.figure import Figure
from report.observations.passages import Passage
from report.observations.periods import is_date

_BEFORE, _BEHIND = 14, 10  # characters beside a figure that tell what it is of
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_SPOKEN_FOR = 3  # digits that make a chance agreement unlikely
_MOST = 20  # places compared with


def restated(placed: Sequence[tuple[Figure, Passage]], periods: Sequence[str]) -> Mapping[int, str]:
    """For figures without a period (""), by their number, the one period of the same value elsewhere.

    The same value and unit (as far as both tell one), words in common beside both (one pair of characters for a value
    of three digits, else two), and no second period among such places.
    """
    known: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, ((figure, _), period) in enumerate(zip(placed, periods, strict=True)):
        if period and not is_date(figure):
            known[_key(figure)].append(number)
    found = {}
    for number, (figure, _) in enumerate(placed):
        if periods[number] or is_date(figure):
            continue
        others = known.get(_key(figure), [])[:_MOST]
        like = {periods[other] for other in others if _alike(placed[number], placed[other])}
        if len(like) == 1:
            found[number] = like.pop()
    return found


def _key(figure: Figure) -> tuple[object, ...]:
    return figure.kind, figure.value


def _alike(one: tuple[Figure, Passage], other: tuple[Figure, Passage]) -> bool:
    if one[0].unit != other[0].unit and one[0].unit and other[0].unit:
        return False
    shared = _beside(*one) & _beside(*other)
    digits = len(re.sub("[^0-9]|0+$", "", str(one[0].value)))
    return len(shared) >= (1 if digits >= _SPOKEN_FOR else 2)


def _beside(figure: Figure, passage: Passage) -> set[str]:
    """Pairs of characters beside the figure."""
    start, end = passage.index(figure.core_start), passage.index(figure.core_end)
    sides = passage.text[max(0, start - _BEFORE) : start], passage.text[end : end + _BEHIND]
    return {run[i : i + 2] for side in sides for run in _HAN.findall(side) for i in range(len(run) - 1)}
