"""What a line is by itself: its function as far as its own form tells, before its neighbours are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from report.sources.draft import LineKind
from report.sources.genre import GENRE
from report.sources.lines import Line
from report.sources.marks import LAST_MARKS
from report.sources.markup import heading_depth

PieceKind = Literal["title", "heading", "paragraph", "caption", "contents", "boilerplate", "text"]

FINAL = "。！？!?：:；;…"
CLOSERS = "”’」』）)】》〉\"'*"
LONGEST_FORM = 300  # a longer line has no form of its own: it is prose or a notice of rights
LONGEST_HEADING = 42
LONGEST_ENDING = 60
LONGEST_CREDIT = 60
LONGEST_CAPTION = 90
NOTICE_WORDS = 3  # so many of the words of a notice of rights make a long line one
SIGN = 10  # the rank of a heading with one #; each more adds as much
TOPMOST = 0  # the rank of a heading without a form that the printed contents list: it stands beside the chapters
NAMED = 20  # the rank of a heading known by its name, or with no form at all

_leader = re.compile(
    r"^(\S.*?)(?:[ \u3000]*\t+[ \u3000]*"
    r"|[ \u3000]*(?:[.．…·‥─\-]{3,}|…{2,})[ \u3000]*|[ \u3000]{2,})(?:\d{1,3}|[ivxIVX]{1,6})$"
)
_spaced = re.compile(r"^(\S.*?)[ \u3000]+(?:\d{1,3}|[ivxIVX]{1,6})$")
_who_says = re.compile(r"[。！？][”」』][（(][^（()）]{1,20}[)）]$")  # “……。”（某厂厂长）
_cell = re.compile(r"\S+(?:[ \u3000]\S+)*")
_spaces = re.compile(r"[ \u3000]+")


@dataclass(frozen=True)
class Piece:
    """One or more lines with one function. "text" is not decided yet; `rank` orders a heading's form, 0 for none."""

    kind: PieceKind
    lines: tuple[Line, ...]
    rank: int = 0

    @property
    def text(self) -> str:
        """The text of the lines, run together."""
        return "".join(line.text for line in self.lines)


def classify(lines: Iterable[Line], known: Mapping[int, LineKind]) -> list[Piece]:
    """One piece a line. Lines of a printed table of contents are known by the heading over them and by each other.

    `known`: where a line starts whose function the file itself tells → that function.
    """
    pieces: list[Piece] = []
    for line in lines:
        kind = known.get(line.start)
        pieces.append(Piece(kind, (line,)) if kind else _piece(line, pieces))
    return pieces


def _piece(line: Line, before: list[Piece]) -> Piece:
    text = line.text
    if is_grid(text):
        return Piece("paragraph", (line,))
    if len(text) > LONGEST_FORM:
        return Piece("boilerplate" if _is_notice(text) else "text", (line,))
    if _is_contents(text, before):
        return Piece("contents", (line,))
    depth = heading_depth(line)
    if depth:
        return Piece("heading", (line,), SIGN * depth)
    if is_page_furniture(text):
        return Piece("boilerplate", (line,))
    if is_row(text):
        return Piece("paragraph", (line,))
    if is_caption(text):
        return Piece("caption", (line,))
    rank = heading_rank(text)
    return Piece("heading", (line,), rank) if rank else Piece("text", (line,))


def _is_contents(text: str, before: list[Piece]) -> bool:
    match = _leader.match(text)
    if not match:
        return False
    above = before[-1] if before and before[-1].kind in ("text", "heading") else None
    if above and could_be_heading(above.text) and _under_contents(before[:-1]):
        before[-1] = replace(above, kind="contents")  # the first line of a title over two
    return bool(heading_rank(match[1])) or _under_contents(before)


def contents_entries(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The titles in the lines of a printed table of contents with their pages, 0 for one not in figures; a line
    without a page is the beginning of the next one's title."""
    begun = ""
    for line in lines:
        match = _leader.match(line) or _spaced.match(line)
        begun += match[1] if match else line
        if match:
            page = line[match.end(1) :].strip(" \u3000\t.．…·‥─-")
            yield begun, int(page) if page.isdecimal() else 0
            begun = ""


def _under_contents(before: list[Piece]) -> bool:
    """Whether the line before is a contents line or the heading of the contents."""
    if not before:
        return False
    last = before[-1]
    return last.kind == "contents" or _spaces.sub("", last.text).rstrip("：:") in GENRE.words("contents_headings")


def stands_alone(text: str) -> bool:
    """Whether the line's form shows that it is no part of a paragraph: a heading, furniture, a line of contents."""
    return bool(heading_rank(text) or _leader.match(text)) or len(text) <= LONGEST_FORM and is_page_furniture(text)


def is_page_furniture(text: str) -> bool:
    """Whether the line belongs to the page: furniture, a credit or a notice of rights."""
    return is_image(text) or bool(GENRE.whole.fullmatch(text)) or is_credit(text) or _is_notice(text)


def is_credit(text: str) -> bool:
    """Whether the line is a byline or a credit: a label, its mark and a short value that is no sentence."""
    labelled = len(text) <= LONGEST_CREDIT and GENRE.label.match(text.lstrip("【[（("))
    return bool(labelled) and text[-1] not in "。！？；"


def is_image(text: str) -> bool:
    """Whether the line is an image, in Markdown or as a file's name."""
    return bool(GENRE.image.fullmatch(text))


def _is_notice(text: str) -> bool:
    if text.lstrip("*· ").startswith(GENRE.words("notice_openings")):
        return True
    return sum(word in text for word in GENRE.words("notices")) >= NOTICE_WORDS


def is_caption(text: str) -> bool:
    """Whether the line is the caption of a picture or a table, or the note of its source."""
    return len(text) <= LONGEST_CAPTION and bool(GENRE.caption.search(text.strip("*_")))


def is_row(text: str) -> bool:
    """Whether the line is a table's row: cells between upright strokes."""
    return len(text) > 2 and text[0] == text[-1] == "|"


def is_grid(text: str) -> bool:
    """Whether the line is a whole table in HTML."""
    return text[:6].lower() == "<table" and text[-8:].lower() == "</table>"


def cells_apart(text: str) -> list[tuple[int, int]]:
    """Where the cells stand in a line that wide space parts, as in a table typed with blanks; one for other lines."""
    return [match.span() for match in _cell.finditer(text)]


def heading_rank(text: str) -> int:
    """The rank of a numbered or named heading; 0 if the line is none."""
    if is_named(text):
        return NAMED
    if not could_be_heading(text):
        return 0
    return next((rank for rank, form in GENRE.forms if form.match(text)), 0)


def is_named(text: str) -> bool:
    """Whether the line is one of the headings that every report has: 摘要, 结 语, ## 附录."""
    words = _spaces.sub("", text).strip("#：:*_")
    listed = words in GENRE.words("headings") or words in GENRE.words("note_headings")
    return listed or bool(GENRE.pattern("appendix").fullmatch(text.lstrip("# "))) and could_be_heading(text)


def could_be_heading(text: str) -> bool:
    """Whether the line is short and no sentence (a question may be a heading; a comma shows a broken one)."""
    return len(text) <= LONGEST_HEADING and "。" not in text and text[-1] not in "；;！!…"


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a sentence's end or a colon, closing marks and marks of notes set aside."""
    text = LAST_MARKS.sub("", text[-LONGEST_ENDING:])
    end = text.rstrip(CLOSERS)
    return end[-1:] in tuple(FINAL) or bool(_who_says.search(text))
