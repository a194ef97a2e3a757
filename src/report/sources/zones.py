"""Where notes stand: under a rule, at a page's end, at the text's end, under the heading 注释."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.sources.genre import GENRE
from report.sources.lines import Line
from report.sources.marks import opening_mark

MOST = 60  # lines of notes at the end of one page
RULE = re.compile(r"[-—–_＿─━―﹏=－]{3,}")


@dataclass(frozen=True)
class Zones:
    """Indices of lines: `all` stand where a page's or a text's notes do, `certain` under a heading 注释 or a rule.
    Not every line there is a note's. `closed` are those of them that a page's end follows: there, nothing but notes
    stands behind a note. `headers`: where running headers start."""

    all: frozenset[int]
    certain: frozenset[int]
    closed: frozenset[int]
    headers: frozenset[int]


def note_zones(lines: Sequence[Line], headers: frozenset[int]) -> Zones:
    """Where notes stand in the text."""
    opened = [opening_mark(line) is not None for line in lines]
    listed = [opening_mark(line, plain=True) is not None for line in lines]
    ends = {index for index, line in enumerate(lines) if line.start in headers or is_page_number(line.text)}
    closed = {index for end in ends for index in _before(lines, opened, end)}
    found = closed.union(_before(lines, opened, len(lines)))
    certain: set[int] = set()
    for index, line in enumerate(lines):
        if "".join(line.text.split()).strip("#：:*【】[]") in GENRE.words("note_headings"):
            certain.update(_after(lines, listed, index + 1, headers))
        elif RULE.fullmatch(line.text):
            below = list(_after(lines, listed, index + 1, headers))
            if not below or below[-1] + 1 not in ends and below[-1] + 1 < len(lines):
                below = list(_after(lines, opened, index + 1, headers))
            certain.update(below)
    return Zones(frozenset(found | certain), frozenset(certain), frozenset(closed), headers)


def is_page_number(text: str) -> bool:
    """Whether the line is a page's number."""
    return bool(GENRE.folio.fullmatch(text))


def _before(lines: Sequence[Line], opened: Sequence[bool], end: int) -> Iterator[int]:
    """The lines before a page's end from the first that a mark opens, no other paragraph among them."""
    top = end
    for index in range(end - 1, max(end - MOST, 0) - 1, -1):
        if opened[index]:
            top = index
        elif lines[index].gap:
            break
    return iter(range(top, end))


def _after(lines: Sequence[Line], opened: Sequence[bool], start: int, headers: frozenset[int]) -> Iterator[int]:
    """The lines after a rule or a heading of notes, up to the first paragraph that no mark opens."""
    for index in range(start, len(lines)):
        line = lines[index]
        if not opened[index] and (line.gap or index == start or RULE.fullmatch(line.text)):
            return
        if line.start in headers or is_page_number(line.text):
            return
        yield index
