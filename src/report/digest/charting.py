"""Which charts facts allow: parts of a whole, a course of time, a change of several, a row of bars."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import isclose
from typing import Literal

from report.dataset.models import Check
from report.digest.picking import Datum

Shape = Literal["shares", "lines", "change", "bars", "course"]  # course: bars of one subject, one for each period
FEWEST = 3  # marks that make a picture
MOST = 8  # marks that one line of labels or one look takes in
COURSE = 7  # periods of a line
LINES = 4  # subjects in one picture of lines
LONGEST = 15  # letters of a label beside a mark, its place with it
ORDER: tuple[Shape, ...] = ("shares", "lines", "course", "change", "bars")
NEARLY = 0.02  # of a sum, that rounding may take from it
_POINT = re.compile(r"\d{4}(?:-\d{2})?")  # periods that have one place on an axis of time
_STEP = re.compile(r"\d{4}-(?:Q[1-4]|H[12])|FY\d{4}(?:-\d{2})?")  # periods that follow each other


@dataclass(frozen=True)
class Picture:
    """A chart of these facts in the order of its marks; `whole` is what shares make up, `beside` are rates of the same
    things, one for each mark; `cut`: smaller marks are left out."""

    shape: Shape
    data: tuple[Datum, ...]
    whole: Datum | None = None
    cut: bool = False
    beside: tuple[Datum, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """By which the fuller of two pictures is told, and then the plainer."""
        return len(self.data), -ORDER.index(self.shape)

    @property
    def held(self) -> tuple[Datum, ...]:
        """All facts that it shows."""
        return (*self.data, *self.beside, *([self.whole] if self.whole else []))


def compositions(data: Sequence[Datum], checks: Iterable[Check], most: int) -> tuple[Picture, ...]:
    """Wholes with the parts that a finding says make them up, those of most parts first, each told once."""
    known = {name: one for one in data for name in one.ids}
    found: dict[tuple[float, ...], Picture] = {}
    for check in checks:
        told = [known[name] for name in check.observations if name in known]
        if check.rule == "parts-of-whole" and check.verdict == "agrees" and len(told) == len(check.observations):
            parts = sorted(told[1:], key=lambda one: -one.low)
            if _adds_up(told[0], parts):
                found.setdefault(tuple(one.low for one in (told[0], *parts)), Picture("shares", tuple(parts), told[0]))
    return tuple(sorted(found.values(), key=lambda one: -len(one.data))[:most])


def _adds_up(whole: Datum, parts: Sequence[Datum]) -> bool:
    """Whether these are parts of one measure in one period, each of its own name, that make up the whole to the last
    digit: what is left over would be no part."""
    every = (whole, *parts)
    exact = all(one.found.bound == "exact" and not isinstance(one.found.value, tuple) for one in every)
    alike = len({(one.kind, one.period) for one in every}) == 1
    named = len({one.entity + one.indicator for one in parts}) == len(parts) > 1
    return exact and alike and named and isclose(sum(one.low for one in parts), whole.low, rel_tol=1e-9)


def choose(data: Sequence[Datum], most: int) -> tuple[Picture, ...]:
    """The fullest pictures that the facts of a topic allow, no fact in two of them."""
    found: list[Picture] = []
    left = list(data)
    while len(found) < most:
        best = max(_pictures(left), key=lambda picture: picture.size, default=None)
        if best is None:
            break
        best = replace(best, beside=_beside(best, left))
        found.append(best)
        used = set(map(id, best.held))
        left = [one for one in left if id(one) not in used]
    return tuple(found)


def _beside(picture: Picture, data: Sequence[Datum]) -> tuple[Datum, ...]:
    """A rate that is told of every mark of a row of bars, of amounts: 出口额 beside its growth."""
    if picture.shape != "bars" or picture.data[0].kind == "percent":
        return ()
    period = picture.data[0].found.period
    for alike in _by(data, lambda one: (one.indicator, one.found.unit)):
        rates = {one.entity: one for one in alike if one.kind == "percent" and one.found.period == period}
        twice = len([one for one in alike if one.found.period == period]) > len(rates)
        if not twice and all(one.entity in rates for one in picture.data):
            return tuple(rates[one.entity] for one in picture.data)
    return ()


def _pictures(data: Sequence[Datum]) -> Iterator[Picture]:
    single = [one for one in data if not isinstance(one.found.value, tuple) and len(one.entity) <= LONGEST]
    for alike in _by(single, lambda one: (one.indicator, one.kind, one.found.unit, one.scope)):
        yield from _over_time(alike)
        yield from _changes(alike)
        yield from _bars(alike)


def _over_time(alike: Sequence[Datum]) -> Iterator[Picture]:
    """Lines of those who are told at three points of time or more; else bars, where periods only follow each other."""
    told = [_by_period(group) for group in _by(alike, lambda one: (one.entity,))]
    lines: dict[str, Mapping[str, Datum]] = {}
    for course in told:
        for form in (_POINT, _STEP):
            periods = [period for period in sorted(course) if form.fullmatch(period)]
            periods = [period for period in periods if len(period) == len(periods[-1])][-COURSE:]
            if len(periods) >= FEWEST and form is _POINT:
                lines[course[periods[0]].entity] = {period: course[period] for period in periods}
            elif len(periods) >= FEWEST:
                yield Picture("course", tuple(course[period] for period in periods))
    longest = sorted(lines.items(), key=lambda item: (-len(item[1]), item[0]))[:LINES]
    same = [line for _, line in longest if longest and _span(line) == _span(longest[0][1])]
    if same:
        yield Picture("lines", tuple(one for line in same for one in line.values()))


def _span(line: Mapping[str, Datum]) -> tuple[int, str, str]:
    return len(next(iter(line))), min(line), max(line)


def _changes(alike: Sequence[Datum]) -> Iterator[Picture]:
    """From one period to another, for two subjects or more; the two marks of each stand one after the other."""
    courses = {group[0].entity: _by_period(group) for group in _by(alike, lambda one: (one.entity,))}
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity, course in courses.items():
        points = sorted(period for period in course if _POINT.fullmatch(period))
        for first, last in combinations(points, 2):
            if len(first) == len(last):
                pairs[first, last].append(entity)
    for (first, last), entities in sorted(pairs.items()):
        if len(entities) > 1:
            yield Picture("change", tuple(
                courses[entity][period] for entity in entities[: MOST // 2] for period in (first, last)))


def _bars(alike: Sequence[Datum]) -> Iterator[Picture]:
    """One period, and of each subject one figure, the largest first."""
    for group in _by([one for one in alike if one.period], lambda one: (one.found.period,)):
        once = [same[0] for same in _by(group, lambda one: (one.entity,)) if len({one.low for one in same}) == 1]
        largest = _without_total(_without_twins(sorted(once, key=lambda one: (-one.low, one.entity))))
        if len(largest) >= FEWEST:
            yield Picture("bars", tuple(largest[:MOST]), cut=len(largest) > MOST)


def _without_twins(data: Sequence[Datum]) -> list[Datum]:
    """Without a figure whose subject is another's name cut short, with the same figure: 外贸办 beside 外贸办事处."""
    return [one for one in data if not any(
        one.low == other.low and len(one.entity) < len(other.entity) and _is_short(one.entity, other.entity)
        for other in data)]


def _is_short(name: str, full: str) -> bool:
    """Whether the letters of a name stand in a longer one, in their order and from its first on."""
    letters = iter(full)
    return name[0] == full[0] and all(letter in letters for letter in name)


def _without_total(data: list[Datum]) -> list[Datum]:
    """Without the largest where it is the sum of the others; of many, or the sum of more, where its document tells of
    another."""
    rest = sum(one.low for one in data[1:])
    if not any(one.found.doc == data[0].found.doc for one in data[1:]):
        return data
    total = len(data) > 2 and (isclose(data[0].low, rest, rel_tol=NEARLY) or len(data) > FEWEST and data[0].low > rest)
    return data[1:] if total and data[0].kind != "percent" else data


def _by_period(group: Sequence[Datum]) -> dict[str, Datum]:
    """The facts by the period that each alone tells."""
    periods = _by([one for one in group if one.found.period], lambda one: (one.found.period,))
    return {same[0].found.period: same[0] for same in periods if len({one.low for one in same}) == 1}


def _by(data: Iterable[Datum], key: Callable[[Datum], Hashable]) -> list[list[Datum]]:
    """The facts in groups of one key each, in the order of their first."""
    groups: dict[Hashable, list[Datum]] = defaultdict(list)
    for one in data:
        groups[key(one)].append(one)
    return list(groups.values())
