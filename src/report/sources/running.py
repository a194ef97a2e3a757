"""Running headers in a text: lines that come back beside page numbers belong to the pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from report.sources.genre import GENRE
from report.sources.lines import Line
from report.sources.zones import is_page_number

SHORTEST, LONGEST = 4, 40  # characters, the space between them apart
LINE = 160  # characters of the line with it
CHAPTER = 20  # the lowest rank of headings that chapters have
BESIDE, WITHIN = 2, 3  # times that a line stands beside a page number, or with one in it, to be a running header
_folio = re.compile(r"^(?:(\d{1,3})[ \u3000\t|｜·]+)?(.*?)(?:[ \u3000\t|｜·]+(\d{1,3}))?$")
_APART = re.compile(r"[ \u3000\t|｜·]{2,}|[\t|｜]")  # what parts a running header from its page number


@dataclass(frozen=True)
class _Header:
    """A line that may be a running header: its words, and the page number in it (0 for none)."""

    words: str
    folio: int
    start: int
    place: int
    apart: bool = False  # wide space stands between the words and the number
    again: bool = False  # the same words stood above


def running_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Where the lines start that are running headers: short lines that stand twice beside a page number, or three
    times with a growing one in them, or with one that goes on from the page before.

    A chapter's own heading may stand at a page's head: the first place of a line is no running header, unless it
    holds a page number or chapters begin between it and the last one.
    """
    numbers = {index for index, line in enumerate(lines) if is_page_number(line.text)}
    headers = [header for index, line in enumerate(lines) if (header := _parted(line, index)).words]
    beside: dict[str, list[_Header]] = {}
    within: dict[str, list[_Header]] = {}
    seen: set[str] = set()
    for header in headers:
        if header.folio:
            within.setdefault(header.words, []).append(header)
        elif not numbers.isdisjoint((header.place - 1, header.place + 1)):
            beside.setdefault(header.words, []).append(replace(header, again=header.words in seen))
        seen.add(header.words)
    chapters = [index for index, line in enumerate(lines) if _opens_chapter(line)]
    return frozenset(header.start for header in [*_beside(beside, chapters), *_within(within)])


def _opens_chapter(line: Line) -> bool:
    return len(line.text) <= LONGEST and any(form.match(line.text) for rank, form in GENRE.forms if rank <= CHAPTER)


def _beside(found: dict[str, list[_Header]], chapters: list[int]) -> Iterator[_Header]:
    for headers in found.values():
        first, *others = headers
        again = [first, *others] if first.again else others
        if len(again) < BESIDE:
            continue
        between = bisect_left(chapters, headers[-1].place) - bisect_right(chapters, first.place)
        own = any(form.match(first.words) for _, form in GENRE.forms)
        yield from headers if between and not own else again


def _within(found: dict[str, list[_Header]]) -> Iterator[_Header]:
    """Lines with a page number in them: three of one wording, the numbers growing, or two whose numbers belong to a
    row of pages."""
    rows = sorted((h for headers in found.values() if len(headers) >= BESIDE for h in headers if h.apart),
                  key=lambda header: header.place)
    following = (pair for pair in pairwise(rows) if 1 <= pair[1].folio - pair[0].folio <= 2)
    pages = {header.start for pair in following for header in pair}
    proven: set[int] = set()
    for headers in found.values():
        grows = all(one.folio < next_.folio for one, next_ in pairwise(headers))
        if grows and (len(headers) >= WITHIN or len(rows) >= WITHIN and all(one.start in pages for one in headers)):
            proven.update(header.start for header in headers)
    every = sorted((h for headers in found.values() for h in headers), key=lambda header: header.place)
    for one, next_ in pairwise(every):  # a chapter of one page has its title in one header only
        if one.start in proven and next_.apart and next_.folio == one.folio + 1:
            proven.add(next_.start)
    yield from (header for header in every if header.start in proven)


def _parted(line: Line, place: int) -> _Header:
    """What a line says without a page number before or behind it, and that number (0 for none); "" where it is too
    short or too long for a running header, or a sentence."""
    short = line.text[-1] not in "。！？；，" and len(line.text) <= LINE
    match = _folio.match(line.text.lstrip("# ")) if short else None
    words = "".join(match[2].split()) if match else ""
    if not match or not SHORTEST <= len(words) <= LONGEST:
        return _Header("", 0, line.start, place)
    folio = int(match[1] or match[3] or 0)
    text = match.string
    space = text[match.end(1) : match.start(2)] if match[1] else text[match.end(2) : match.start(3)]
    return _Header(words, folio, line.start, place, bool(folio) and bool(_APART.search(space)))
