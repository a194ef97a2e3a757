"""Where the lines of a paragraph end: Knuth and Plass's least total badness, or line by line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from math import inf

from report.writers.pdf.galley import MARK, WORD, Galley
from report.writers.pdf.prohibitions import COSTS, MOST_STRETCH, SPACES, WORDS

EPSILON = 1e-6  # points
WINDOW = 2.5  # em; lines shorter than that by nature are looked at only where there is no other


@dataclass(frozen=True)
class Spans:
    """Every place where a line may end, as columns (points).

    Break k ends a line with glyph `at[k]`, seen as far as `end[k]` (a last mark without its blank: half
    wide); the next line starts at `start[k + 1]`. `stretch_*` and `shrink_*` are sums up to there, so that
    a line's own are differences. A last line that starts at or after `orphan` holds but one character. `ragged` lines
    need not be filled.
    """

    at: list[int]
    penalty: list[float]
    end: list[float]
    start: list[float]
    stretch_end: list[float]
    stretch_start: list[float]
    shrink_end: list[float]
    shrink_start: list[float]
    orphan: int
    em: float
    ragged: bool = False

    def slack(self, first: int, last: int, width: float) -> float:
        """What the line leaves of the width by nature (negative: it is too long)."""
        return width - (self.end[last] - self.start[first])

    def fits(self, first: int, last: int, width: float) -> bool:
        """Whether the line fits the width, squeezed as far as it goes."""
        shrink = self.shrink_end[last] - self.shrink_start[first]
        return self.slack(first, last, width) + max(0.0, shrink) >= -EPSILON


    def decent(self, first: int, last: int, width: float) -> bool:
        """Whether the line is flush without being torn apart."""
        stretch = self.stretch_end[last] - self.stretch_start[first]
        return self.slack(first, last, width) <= MOST_STRETCH["text"] * stretch + EPSILON


@dataclass(frozen=True)
class Widths:
    """Width of the first line and of the others, in points."""

    first: float
    rest: float


def break_places(galley: Galley, widths: Widths, optimal: bool, ragged: bool) -> list[int]:
    """The glyph each line ends with, last line included; `optimal` weighs all lines of the paragraph
    together (Knuth–Plass), otherwise each line takes what it can hold; `ragged` ones are not stretched."""
    found = replace(spans(galley, widths), ragged=ragged)
    chosen = _least_badness(found, widths) if optimal else _first_fit(found, widths)
    return [found.at[index] for index in chosen]


def last_seen(galley: Galley, index: int) -> int:
    """The last glyph that is seen on a line that ends with glyph `index`: spaces at its end are not."""
    while index and galley.glyphs[index].kind in SPACES:
        index -= 1
    return index


def spans(galley: Galley, widths: Widths) -> Spans:
    """The places where a line of these widths may end.

    What is wider than the measure and may not be broken is opened: first words, then also marks.
    """
    narrow = min(widths.first, widths.rest)
    penalties = galley.penalties
    found = _spans(galley, penalties)
    for limit in (MARK, inf):
        wide = _too_wide(found, narrow)
        if not wide:
            break
        penalties = _opened(penalties, wide, limit)
        found = _spans(galley, penalties)
    return found


def _too_wide(found: Spans, width: float) -> list[tuple[int, int]]:
    """First and last glyph of each stretch without a break that a line of this width cannot hold."""
    firsts = [0, *(index + 1 for index in found.at)]
    return [
        (firsts[k], found.at[k])
        for k in range(len(found.at))
        if not found.fits(k, k, width)
    ]


def _opened(penalties: list[float], wide: list[tuple[int, int]], limit: float) -> list[float]:
    opened = list(penalties)
    for first, last in wide:
        for index in range(first, last):
            if WORD <= opened[index] < limit:
                opened[index] = COSTS["emergency"]
    return opened


def _spans(galley: Galley, penalties: list[float]) -> Spans:
    glyphs, joints = galley.glyphs, galley.joints
    pens = [0.0, *accumulate(glyph.box + joint.space for glyph, joint in zip(glyphs, joints, strict=False))]
    stretch = [0.0, *accumulate(galley.stretches)]
    shrink = [0.0, *accumulate(joint.mark + joint.gap for joint in joints)]
    at = [index for index, penalty in enumerate(penalties) if penalty < WORD]
    seen = [last_seen(galley, index) for index in (*at, len(glyphs) - 1)]
    starts = [0, *(index + 1 for index in at)]
    return Spans(
        at=[*at, len(glyphs) - 1],
        penalty=[*(penalties[index] for index in at), 0.0],
        end=[pens[index] + glyphs[index].box - glyphs[index].trail for index in seen],
        start=[pens[index] + (glyphs[index].lead if index else 0.0) for index in starts],
        stretch_end=[stretch[index] for index in seen],
        stretch_start=[stretch[index] for index in starts],
        shrink_end=[shrink[index] for index in seen],
        shrink_start=[shrink[index] for index in starts],
        orphan=_orphan(galley, starts),
        em=max(glyph.size for glyph in glyphs),
    )


def _orphan(galley: Galley, starts: list[int]) -> int:
    words = [index for index in range(len(galley.glyphs)) if galley.glyphs[index].kind in WORDS][-2:]
    return bisect_right(starts, words[0]) if len(words) == 2 else len(starts)


def _least_badness(found: Spans, widths: Widths) -> list[int]:
    count = len(found.at)
    best = [0.0] + [inf] * count
    came = [0] * (count + 1)
    for first in range(count):
        if best[first] == inf:
            continue
        width = widths.rest if first else widths.first
        for last, cost in _candidates(found, first, width):
            total = best[first] + cost
            if total < best[last + 1]:
                best[last + 1], came[last + 1] = total, first
    chosen = [count]
    while came[chosen[-1]]:
        chosen.append(came[chosen[-1]])
    return [index - 1 for index in reversed(chosen)]


def _candidates(found: Spans, first: int, width: float) -> list[tuple[int, float]]:
    """Where the line that starts after break `first` may end, and at what cost; never nothing."""
    final = len(found.at) - 1
    low = bisect_left(found.end, found.start[first] + width - WINDOW * found.em, first)
    candidates = []
    for last in range(low, final + 1):
        cost = _cost(found, first, last, width)
        if cost >= COSTS["overfull"]:
            break
        candidates.append((last, cost))
    if candidates:
        return candidates
    last = max(first, low - 1)  # nothing near the width: the longest that is shorter, or one that is too long
    return [(last, _cost(found, first, last, width))]


def _cost(found: Spans, first: int, last: int, width: float) -> float:
    """Badness of one line and the penalty of its end (see `costs` in prohibitions.yaml)."""
    slack = width - found.end[last] + found.start[first]
    final = last == len(found.at) - 1
    cost = COSTS["orphan"] if final and first and first >= found.orphan else found.penalty[last]
    if slack >= -EPSILON:
        return cost if final else cost + _looseness(slack, found.stretch_end[last] - found.stretch_start[first])
    shrink = found.shrink_end[last] - found.shrink_start[first]
    if -slack > shrink + EPSILON:
        return COSTS["overfull"] - slack
    return cost + COSTS["shrink"] * (slack / shrink) ** 2


def _looseness(slack: float, stretch: float) -> float:
    if stretch <= EPSILON:
        return COSTS["loose"] + slack
    return min(COSTS["loose"], (max(0.0, slack) / (stretch * COSTS["stretch"])) ** 2)


def _first_fit(found: Spans, widths: Widths) -> list[int]:
    """Each line as long as it goes; push-in only where a prohibition would leave a hole (CLREQ 3.1.5)."""
    chosen: list[int] = []
    first, count = 0, len(found.at)
    while first < count:
        last = _longest(found, first, widths.rest if first else widths.first)
        chosen.append(last)
        first = last + 1
    if len(chosen) > 1 and chosen[-2] + 1 >= found.orphan:
        _feed_orphan(found, chosen, widths)
    return chosen


def _longest(found: Spans, first: int, width: float) -> int:
    last = first
    while last + 1 < len(found.at) and found.slack(first, last + 1, width) >= -EPSILON:
        last += 1
    better = _better(found, first, last, width)
    if better < last:
        return better
    pushed = last + 1
    hole = found.slack(first, last, width) >= found.em - EPSILON
    return pushed if hole and pushed < len(found.at) and found.fits(first, pushed, width) else last


def _better(found: Spans, first: int, last: int, width: float) -> int:
    """The break before a costly one, where there is one and the line can do without what it loses."""
    if found.penalty[last] < COSTS["unit"]:
        return last
    plain = next((k for k in range(last - 1, first - 1, -1) if found.penalty[k] < COSTS["unit"]), last)
    return plain if found.ragged or found.decent(first, plain, width) else last


def _feed_orphan(found: Spans, chosen: list[int], widths: Widths) -> None:
    """Give the last line one more character of the line before, if that has one to give."""
    floor = chosen[-3] + 1 if len(chosen) > 2 else 0
    if found.orphan - 2 >= floor and found.fits(found.orphan - 1, chosen[-1], widths.rest):
        chosen[-2] = found.orphan - 2
