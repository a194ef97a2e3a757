"""The lines at the head and foot of a PDF's pages that belong to the page: running headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from report.sources.pdf.lines import PrintedLine

EDGE = 2  # lines at a page's head and foot among which running lines are looked for
SAME_PLACE = 6.0  # points
REPEATS = 3  # pages on which a running line stands at least
FOLIO = re.compile(
    r"[-—–－·•\s]{0,4}(?:\d{1,4}|[ivxlcIVXLC]{1,6})[-—–－·•\s]{0,4}"
    r"|第\s?\d+\s?[页頁].{0,12}|\d+\s?/\s?\d+|Page \d+.{0,10}"
)
_digits = re.compile(r"\d+")

Look = tuple[str, int]  # a line's text with numbers set aside, and its height


@dataclass(frozen=True)
class RunningLines:
    """`looks`: of the lines that stand on several pages; `places`: their heights and sizes."""

    looks: frozenset[Look]
    places: frozenset[tuple[int, float]]

    def part(self, lines: list[PrintedLine]) -> tuple[list[PrintedLine], list[PrintedLine], list[PrintedLine]]:
        """A page's running head, its matter and its running foot.

        A line at its edge in the place and size of running lines is one, though it names another chapter.
        """
        aside = [line for line in _edges(lines) if self._is_running(line) or _is_folio(line, lines)]
        middle = median(line.base for line in lines) if lines else 0.0
        head = [line for line in aside if line.base > middle]
        foot = [line for line in aside if line.base <= middle]
        return head, [line for line in lines if line not in aside], foot

    def _is_running(self, line: PrintedLine) -> bool:
        text, place = _look(line)
        return any((text, near) in self.looks or (near, line.half_size) in self.places for near in _near(place))


def find_running(pages: Sequence[Sequence[PrintedLine]]) -> RunningLines:
    """The running lines of a document: those at its pages' edges that stand on three pages, numbers set aside."""
    edges = [{_look(line): line for line in _edges(lines)} for lines in pages]
    found = Counter(look for looks in edges for look in looks)
    least = min(REPEATS, max(2, len(pages)))
    running = {(text, place) for text, place in found if sum(found[text, near] for near in _near(place)) >= least}
    places = Counter((look[1], line.half_size) for looks in edges for look, line in looks.items() if look in running)
    return RunningLines(frozenset(running), frozenset(place for place, count in places.items() if count >= REPEATS))


def _edges(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    ordered = sorted(lines, key=lambda line: -line.base)
    return ordered[:EDGE] + ordered[-EDGE:] if len(ordered) > 2 * EDGE else ordered


def _look(line: PrintedLine) -> Look:
    return _digits.sub("#", "".join(line.text.split())), round(line.base / SAME_PLACE)


def _near(place: int) -> tuple[int, int, int]:
    return (place - 1, place, place + 1)


def _is_folio(line: PrintedLine, lines: list[PrintedLine]) -> bool:
    """Whether the line is the page's first or last and holds no more than its number."""
    bases = [other.base for other in lines]
    return line.base in (max(bases), min(bases)) and bool(FOLIO.fullmatch(line.text.strip())) and len(bases) > 1
