"""Where notes stand: under a rule, at a page's end, at the text's end, under the heading 注释."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.sources.genre import GENRE
from report.sources.lines import Line
from report.sources.marks import opening_mark

MOST = 60  # lines of notes at the end of one page
RULE = re.compile(r"[-—–_＿─━―﹏=－]{3,}")


def note_zone(lines: Sequence[Line]) -> frozenset[int]:
    """The indices of the lines that stand where a page's or a text's notes do. Not every line there is a note's."""
    opened = [opening_mark(line) is not None for line in lines]
    ends = [index for index, line in enumerate(lines) if is_page_number(line.text)]
    found = {index for end in [*ends, len(lines)] for index in _before(lines, opened, end)}
    for index, line in enumerate(lines):
        if RULE.fullmatch(line.text) or "".join(line.text.split()).strip("#：:") in GENRE.words("note_headings"):
            found.update(_after(lines, opened, index + 1))
    return frozenset(found)


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


def _after(lines: Sequence[Line], opened: Sequence[bool], start: int) -> Iterator[int]:
    """The lines after a rule or a heading of notes, up to the first paragraph that no mark opens."""
    for index in range(start, len(lines)):
        line = lines[index]
        if not opened[index] and (line.gap or index == start or RULE.fullmatch(line.text)):
            return
        if is_page_number(line.text):
            return
        yield index
