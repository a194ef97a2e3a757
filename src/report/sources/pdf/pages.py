"""A PDF's pages put down as text: running lines set aside, lines joined to paragraphs, also from page to page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from report.sources.classify import ends_sentence, is_caption
from report.sources.draft import Draft, LineKind
from report.sources.genre import GENRE
from report.sources.pdf.lines import PrintedLine
from report.sources.pdf.notes import SMALL, PageNotes
from report.sources.pdf.paragraphs import Paragraph, had_no_room, paragraphs
from report.sources.pdf.running import FOLIO, RunningLines, find_running

LARGE = 1.12  # of the text's size: at least the size of headings
USUAL = 0.15  # of a page's characters: so many in the document's size are its text
LONGEST_HEADING = 60  # characters
LONGEST_ENTRY = 120  # characters of a line of a table of contents
_leader = re.compile(r"[.．…·]{3,}\s*(?:\d{1,3}|[ivxIVX]{1,6})$")


@dataclass
class _Page:
    """A page: its running lines, its matter and its notes."""

    head: list[PrintedLine]
    foot: list[PrintedLine]
    matter: list[Paragraph]
    notes: list[str] = field(default_factory=list)


def write_pages(pages: Sequence[Sequence[PrintedLine]]) -> Draft:
    """The text of the pages in order: of each its running head, its matter, its notes, its running foot.

    A paragraph that a page's end cuts is written whole, before what stands at the foot of its first page.
    """
    size = text_size(pages)
    running = find_running(pages)
    notes = PageNotes()
    read = [_read(list(lines), running, notes, size) for lines in pages]
    indents = _indents(read, size)
    for page, after in reversed(list(pairwise(read))):
        _close_up(page, after, size, indents)
    sizes = {one.size for page in read for one in page.matter if one.size >= LARGE * size}
    writer = _Writer(size, {one: rank for rank, one in enumerate(sorted(sizes, reverse=True), 1)})
    for page in read:
        writer.write(page)
    return writer.draft


def text_size(pages: Iterable[Iterable[PrintedLine]]) -> float:
    """The type size of the text: that of most characters on most pages (an annex in small print is no text)."""
    found = Counter(size for size in map(_page_size, pages) if size)
    return max(found, key=lambda size: (found[size], size), default=10.0)


def _page_size(lines: Iterable[PrintedLine], usual: float = 0.0) -> float:
    """The type size of most characters of a page to the half point, 0 for an empty page.

    It is the usual one where a good part of the characters has it.
    """
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.half_size] += len(line.text)
    if sizes[usual] > USUAL * sizes.total():
        return usual
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _read(lines: list[PrintedLine], running: RunningLines, notes: PageNotes, size: float) -> _Page:
    head, matter, foot = running.part(lines)
    matter, found = notes.take(matter, _page_size(matter, size))
    return _Page(head, foot, paragraphs(matter, LARGE * size), found)


def _close_up(page: _Page, after: _Page, size: float, indents: bool) -> None:
    """Where the page's last paragraph goes on in the next page, take it over; pictures and tables may stand between.

    `indents`: the document marks a paragraph's beginning by an indent, so that one without goes on an earlier one.
    """
    for last in _last_of_sizes(page.matter):
        if last.size >= LARGE * size or last.size != size and len(last.lines) == 1:
            continue
        first = next((one for one in after.matter if one.size == last.size and not one.is_row), None)
        if first is None or first.indent or not had_no_room(last, first.lines[0]):
            continue
        if indents or not ends_sentence(last.text):
            last.lines += first.lines
            last.room = first.room
            after.matter = [one for one in after.matter if one is not first]


def _last_of_sizes(matter: list[Paragraph]) -> list[Paragraph]:
    """The last paragraph of each type size, tables' rows aside."""
    return list({one.size: one for one in matter if not one.is_row}.values())


def _indents(pages: Iterable[_Page], size: float) -> bool:
    """Whether most of the text's paragraphs begin with an indent."""
    texts = [one for page in pages for one in page.matter if one.size == size and len(one.lines) > 1]
    return sum(one.indent for one in texts) * 2 > len(texts)


class _Writer:
    """Writes down pages, one after the other. `size`: of the text; `ranks`: of headings by their size.

    `covers`: so far pages have only held short lines and no sentence; a heading is looked for after them.
    """

    def __init__(self, size: float, ranks: dict[float, int]) -> None:
        """An empty text."""
        self.draft, self.size, self.ranks = Draft(), size, ranks
        self.in_contents = False
        self.covers = True

    def write(self, page: _Page) -> None:
        """One page."""
        for line in page.head:
            self.draft.add(line.text, "boilerplate")
        self.covers = self.covers and all(
            len(one.text) <= LONGEST_HEADING and "。" not in one.text for one in page.matter
        )
        is_cover = self.covers
        for index, one in enumerate(page.matter):
            rows = sum(other.is_row for other in page.matter[max(index - 1, 0) : index + 2])
            self._write(one, is_cover, is_table=rows > 1 or len(one.lines[0].cells) > 2)
        for note in page.notes:
            self.draft.add(note)
        for line in page.foot:
            self.draft.add(line.text, "boilerplate")

    def _write(self, one: Paragraph, is_cover: bool, is_table: bool) -> None:
        if self._is_contents(one):
            self.draft.add(one.text.replace("\u3000", " "), "contents")
        elif one.is_row and is_table and not is_cover:
            self.draft.add_row(list(one.lines[0].cells))
        elif one.is_row and is_cover:
            for part in one.lines[0].parts or one.lines:
                self.draft.add(part.text)
        elif is_cover and not self.ranks.get(one.size):
            for line in one.lines:  # a cover's lines are as short as they are: none was broken at a margin
                self.draft.add(line.text)
        else:
            self.draft.add(self._sign(one, is_cover) + one.text, self._kind(one, is_cover))

    def _is_contents(self, one: Paragraph) -> bool:
        """Whether it is a line of a printed table of contents: title and page number, under 目录 or with a leader."""
        if "".join(one.text.split()) in GENRE.words("contents_headings"):
            self.in_contents = True
            return False
        numbered = one.is_row and bool(FOLIO.fullmatch(one.lines[0].cells[-1]))
        self.in_contents = self.in_contents and numbered
        return self.in_contents or len(one.text) <= LONGEST_ENTRY and bool(_leader.search(one.text))

    def _sign(self, one: Paragraph, is_cover: bool) -> str:
        """What stands before a paragraph: # for a heading by its size, the space of two characters for an indent."""
        rank = self.ranks.get(one.size, 0)
        if rank and not is_cover and len(one.text) <= LONGEST_HEADING and one.text[-1] not in "。；，":
            return "#" * min(rank, 6) + " "
        return "\u3000\u3000" if one.indent else ""

    def _kind(self, one: Paragraph, is_cover: bool) -> LineKind:
        """Small print (a picture's words, a table's notes) is no heading, whatever it looks like."""
        small = one.size <= SMALL * self.size and not is_cover and not is_caption(one.text)
        return "paragraph" if small else ""
