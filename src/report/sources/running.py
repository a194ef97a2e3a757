"""Running headers in a text: lines that come back beside page numbers belong to the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from report.sources.lines import Line
from report.sources.zones import is_page_number

SHORTEST, LONGEST = 4, 40  # characters
BESIDE, WITHIN = 2, 3  # times that a line stands beside a page number, or with one in it, to be a running header
_folio = re.compile(r"^(?:(\d{1,3})[ \u3000\t|｜·]+)?(.*?)(?:[ \u3000\t|｜·]+(\d{1,3}))?$")


def running_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Where the lines start that are running headers: short lines that stand twice beside a page number, or three
    times with a growing one in them.

    A chapter's own heading may stand at a page's head: the first place of a line is no running header.
    """
    beside: dict[str, list[int]] = {}
    within: dict[str, list[tuple[int, int]]] = {}
    numbers = {index for index, line in enumerate(lines) if is_page_number(line.text)}
    seen: set[str] = set()
    for index, line in enumerate(lines):
        words, folio = _parted(line)
        if folio:
            within.setdefault(words, []).append((folio, line.start))
        elif words in seen and not numbers.isdisjoint((index - 1, index + 1)):
            beside.setdefault(words, []).append(line.start)
        seen.add(words)
    return frozenset(_found(beside, within))


def _found(beside: dict[str, list[int]], within: dict[str, list[tuple[int, int]]]) -> Iterator[int]:
    for words, starts in beside.items():
        if words and len(starts) >= BESIDE:
            yield from starts
    for words, places in within.items():
        if words and len(places) >= WITHIN and all(one[0] < next_[0] for one, next_ in pairwise(places)):
            yield from (start for _, start in places)


def _parted(line: Line) -> tuple[str, int]:
    """What a line says without a page number before or behind it, and that number (0 for none); "" where it is too
    short or too long for a running header, or a sentence."""
    match = _folio.match(line.text) if len(line.text) <= LONGEST and line.text[-1] not in "。！？；，" else None
    words = "".join(match[2].split()) if match else ""
    if not match or len(words) < SHORTEST:
        return "", 0
    return words, int(match[1] or match[3] or 0)
