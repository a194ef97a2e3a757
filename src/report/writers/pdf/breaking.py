"""Where the lines of a paragraph end: Knuth and Plass's least total badness, or line by line."""

from __future__ import annotations

from bisect import bisect_right
from math import inf

from msgspec import Struct

from report.writers.pdf.binding import HINGE, MARK, NEVER, NUMBER, WORD
from report.writers.pdf.galley import Galley
from report.writers.pdf.prohibitions import COSTS, MOST_STRETCH, SPACES, WORDS
from report.writers.pdf.wording import STUMP

EPSILON = 1e-6  # points
WINDOW = 6.0  # em; lines shorter than that by nature are looked at only where there is no other
LOOSE, PER_EM = COSTS["loose"], COSTS["stretch"]
DULL = 1e-4  # a total badness not worth bettering


class Widths(Struct, frozen=True):
    """Width of the first line and of the others, in points; `ragged` lines need not be filled."""

    first: float
    rest: float
    ragged: bool = False


def break_places(galley: Galley, widths: Widths, optimal: bool) -> list[int]:
    """The glyph each line ends with, last line included; `optimal` weighs all lines of the paragraph
    together (Knuth–Plass), otherwise each line takes what it can hold.

    What is wider than the measure and may not be broken is opened, at its least bad joints.
    """
    if galley.ends[-1] <= widths.first + EPSILON:
        return [len(galley.glyphs) - 1]
    breaker = Breaker(galley, widths)
    chosen = breaker.first_fit()
    return breaker.least_badness(chosen) if optimal and len(chosen) > 1 else chosen


def last_seen(galley: Galley, index: int) -> int:
    """The last glyph that is seen on a line that ends with glyph `index`: spaces at its end are not."""
    while index and galley.glyphs[index].kind in SPACES:
        index -= 1
    return index


class Breaker:
    """One paragraph in one measure. Lines are told by their first and last glyph."""

    def __init__(self, galley: Galley, widths: Widths) -> None:
        galley.weigh()
        self.galley, self.widths = galley, widths
        self.penalties = [*galley.penalties, 0.0]
        self.last = len(galley.glyphs) - 1
        self.em = max(galley.glyphs[0].size, galley.glyphs[self.last].size)
        self.orphan = _orphan(galley)

    def target(self, first: int) -> float:
        """Where (on the endless line) a line that starts with the glyph is full."""
        width = self.widths.rest if first else self.widths.first
        return self.galley.pens[first] + self.galley.lead(first) + width

    def hung(self, last: int) -> float:
        """How far the line that ends with the glyph may stand out into the margin."""
        return 0.0 if self.widths.ragged else self.galley.hung(last)

    def fits(self, first: int, last: int) -> bool:
        """Whether the line fits the width, squeezed as far as it goes."""
        over = self.galley.ends[last] - self.target(first) - self.hung(last)
        return over <= max(0.0, self.galley.shrink[last] - self.galley.shrink[first]) + EPSILON

    # ------------------------------------------------------------ badness

    def total(self, lasts: list[int]) -> float:
        """Badness of a whole paragraph broken there."""
        firsts = [0, *(last + 1 for last in lasts[:-1])]
        return sum(self.badness(first, last) for first, last in zip(firsts, lasts, strict=True))

    def badness(self, first: int, last: int) -> float:
        """Badness of one line and the penalty of its end (see `costs` in prohibitions.toml)."""
        slack = self.target(first) - self.galley.ends[last]
        cost = self._orphaned(first) if last == self.last else self.penalties[last]
        if slack < -EPSILON:
            slack += self.hung(last)
        if slack >= -EPSILON:
            return cost if last == self.last else cost + self._looseness(slack, first, last)
        shrink = self.galley.shrink[last] - self.galley.shrink[first]
        if -slack > shrink + EPSILON:
            return MARK - slack
        return cost + float(COSTS["shrink"] * (slack / shrink) ** 2)

    def _looseness(self, slack: float, first: int, last: int) -> float:
        stretch = self.galley.stretch[last] - self.galley.stretch[first]
        if stretch <= EPSILON:
            return LOOSE + slack
        return min(LOOSE, float((max(0.0, slack) / (stretch * PER_EM)) ** 2))

    def _orphaned(self, first: int) -> float:
        return COSTS["orphan"] if first and first >= self.orphan else 0.0

    # ------------------------------------------------------------ all lines together

    def least_badness(self, chosen: list[int]) -> list[int]:
        """The lines with the least total badness; `chosen` is what to better.

        A path as bad as the best paragraph known is not followed: that leaves out most, and none that could win.
        """
        bound = self.total(chosen)
        if bound <= DULL:
            return chosen
        stop = self.last + 1
        best, came = [inf] * (stop + 1), [0] * (stop + 1)
        best[0] = 0.0
        for first in range(stop):
            if best[first] < bound:
                self._follow(first, best, came, bound)
                bound = min(bound, best[stop])
        return _traced(came, stop) if best[stop] < inf else chosen

    def _follow(self, first: int, best: list[float], came: list[int], bound: float) -> None:
        """Try every line that starts there: better what is known of the starts after it."""
        ends, penalties, target, base = self.galley.ends, self.penalties, self.target(first), best[first]
        if ends[self.last] <= target + EPSILON:
            tries = [(self.last, self._orphaned(first))]
        else:
            high = bisect_right(ends, target + EPSILON, first)
            tries = self._pushed_in(first, high)
            stretch, floor, loose, per_em = self.galley.stretch, target - WINDOW * self.em, LOOSE, PER_EM
            before, cost = stretch[first], 0.0
            for last in range(high - 1, first - 1, -1):
                if penalties[last] < HINGE:
                    share, slack = (stretch[last] - before) * per_em, target - ends[last]
                    cost = min(loose, (slack / share) ** 2) if share > EPSILON else loose + slack
                    tries.append((last, cost + penalties[last]))
                    if base + cost >= bound or ends[last] < floor:
                        break
        for last, cost in tries:
            total = base + cost
            if total < best[last + 1] and total < bound:
                best[last + 1], came[last + 1] = total, first

    def _pushed_in(self, first: int, high: int) -> list[tuple[int, float]]:
        """Ends beyond the full line that a squeeze reaches, with their badness."""
        tries: list[tuple[int, float]] = []
        ends, shrink, target = self.galley.ends, self.galley.shrink, self.target(first)
        hang = self.galley.hang and not self.widths.ragged
        for last in range(high, self.last + 1):
            over, give = ends[last] - target, shrink[last] - shrink[first]
            if hang and self.penalties[last] < HINGE and over <= give + self.hung(last) + EPSILON:
                tries.append((last, self.badness(first, last)))
            elif over > give + (self.em if hang else EPSILON):
                break
            elif not hang and self.penalties[last] < HINGE:
                cost = self._orphaned(first) if last == self.last else self.penalties[last]
                tries.append((last, cost + COSTS["shrink"] * (over / give) ** 2 if give > EPSILON else cost))
        return tries

    # ------------------------------------------------------------ line by line

    def first_fit(self) -> list[int]:
        """Each line as long as it goes; push-in only where a prohibition would leave a hole (CLREQ 3.1.5)."""
        chosen: list[int] = []
        first = 0
        while first <= self.last:
            last = self._longest(first)
            chosen.append(last)
            first = last + 1
        if len(chosen) > 1 and self._orphaned(chosen[-2] + 1):
            self._feed_orphan(chosen)
        return chosen

    def _longest(self, first: int) -> int:
        target = self.target(first)
        if self.galley.ends[self.last] <= target + EPSILON:
            return self.last
        high = bisect_right(self.galley.ends, target + EPSILON, first)
        last = self._before(high - 1, first)
        if last is None:
            return self._opened(first)
        better = self._better(first, last)
        if better < last:
            return better
        hole = target - self.galley.ends[last] >= self.em - EPSILON
        pushed = self._after(last + 1)
        return pushed if hole and self.fits(first, pushed) else last

    def _before(self, last: int, first: int) -> int | None:
        """The last break place up to `last`, if there is one in the line."""
        while last >= first:
            if self.penalties[last] < HINGE:
                return last
            last -= 1
        return None

    def _after(self, last: int) -> int:
        while self.penalties[last] >= HINGE:
            last += 1
        return last

    def _better(self, first: int, last: int) -> int:
        """The break before a costly one, where there is one and the line can do without what it loses."""
        if self.penalties[last] < COSTS["range"]:
            return last
        plain = next((k for k in range(last - 1, first - 1, -1) if self.penalties[k] < COSTS["range"]), last)
        return plain if self.widths.ragged or self._decent(first, plain) else last

    def _decent(self, first: int, last: int) -> bool:
        """Whether the line is flush without being torn apart."""
        stretch = self.galley.stretch[last] - self.galley.stretch[first]
        return self.target(first) - self.galley.ends[last] <= DECENT * stretch + EPSILON

    def _feed_orphan(self, chosen: list[int]) -> None:
        """Give the last line one more character of the line before, if that has one to give."""
        floor = chosen[-3] + 1 if len(chosen) > 2 else 0
        last = self._before(self.orphan - 2, floor)
        if last is not None and self.fits(last + 1, self.last):
            chosen[-2] = last

    # ------------------------------------------------------------ what no line can hold

    def _whole(self, index: int) -> bool:
        """Whether enough of the word stays on either side of the joint."""
        around = self.galley.glyphs[max(0, index - STUMP + 1):index + STUMP + 1]
        return len(around) == 2 * STUMP and all(glyph.kind == "alnum" for glyph in around)

    def _opened(self, first: int) -> int:
        """The end of a line that begins with something too wide for it: squeezed, opened, or as it is."""
        end = self._after(first)
        if self.fits(first, end):
            return end
        for level in (WORD, NUMBER, MARK, NEVER):
            opened = [index for index in range(first, end) if HINGE <= self.penalties[index] < level]
            opened = [index for index in opened if self._whole(index)] or opened
            for index in opened:
                self.penalties[index] = COSTS["emergency"]
            if opened and self.fits(first, opened[0]):
                return self._longest(first)
        return self._after(first)


COUNTED = WORDS | {"dash", "ellipsis"}  # what a last line is more than a lone character with: half of —— or ……
DECENT = MOST_STRETCH["text"] * 0.64  # what a line is stretched before a number is parted from its unit


def _orphan(galley: Galley) -> int:
    """The first glyph of the last two that count as characters; a last line that starts later holds but one."""
    counted = 0
    for index in range(len(galley.glyphs) - 1, -1, -1):
        counted += galley.glyphs[index].kind in COUNTED
        if counted == 2:
            return index + 1
    return len(galley.glyphs) + 1


def _traced(came: list[int], start: int) -> list[int]:
    lasts: list[int] = []
    while start:
        lasts.append(start - 1)
        start = came[start]
    return lasts[::-1]
