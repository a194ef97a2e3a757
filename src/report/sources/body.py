"""The matter of a document: broken headings and cut paragraphs joined, levels given, the page's tail told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from report.sources.classify import (
    CLOSERS,
    NAMED,
    TOPMOST,
    Piece,
    cells_apart,
    ends_sentence,
    is_image,
    is_named,
    is_row,
)
from report.sources.genre import GENRE
from report.sources.lines import INDENTED, is_full, was_broken
from report.sources.zones import is_page_number

LONGEST_PIECE = 36  # characters of one line of an unnumbered heading
LONGEST_LABEL = 16  # the same where it ends in a colon: longer, it leads in what follows
MOST_PIECES = 3
SHORTEST_CUT = 60  # a shorter line without a full stop may be a list's item, not the half of a paragraph
LIST_RANK = 40  # from this form on (1.) a run of headings with nothing between them is a list
UNNUMBERED = 70
TABLE = ("表", "图表", "圖表")
HAN = re.compile("[\u3400-\u9fff]")
COUNTED = re.compile(r"(\d{1,2})[.．、](?!\d)")
LONGEST_LATIN = 70  # characters of a title in Latin letters
COMMA = re.compile("[，、；,]")
BULLETS = "●■◆▲·•○◎★※→-—－*"
ASIDE = ("boilerplate", "caption")


@dataclass(frozen=True)
class Wrap:
    """How the text was broken into lines by force: at what width (0: it was not), and whether each paragraph opens
    with an indent, so that a sentence's end at a line's end does not end one."""

    width: int
    indents: bool


def shape(pieces: list[Piece], width: int) -> list[Piece]:
    """The final pieces, "text" become paragraphs. `width`: where lines were broken by force (0 if they were not)."""
    pieces = _credits(_rows(_lists(pieces)))
    wrap = Wrap(width, bool(width) and sum(piece.lines[0].indent for piece in pieces) >= INDENTED)
    shaped: list[Piece] = []
    index = 0
    while index < len(pieces):
        taken = _title_at(pieces, index) or _heading_at(pieces, index, width) or _paragraph_at(pieces, index, wrap)
        shaped += taken
        lines = sum(len(piece.lines) for piece in taken)
        while lines:
            lines -= len(pieces[index].lines)
            index += 1
    return _levelled(_tail(shaped))


def _lists(pieces: list[Piece]) -> list[Piece]:
    """Three or more low headings in a row, nothing between them, are a list's items; so are lines 1. 2. 3. that stand
    together where one of them is no heading by its form."""
    result = _counted(pieces)
    pieces = list(result)
    start = 0
    for index in range(len(pieces) + 1):
        low = index < len(pieces) and pieces[index].kind == "heading" and pieces[index].rank >= LIST_RANK
        if low and not pieces[index].text.startswith("#"):
            continue
        if index - start >= 3:
            result[start:index] = [replace(piece, kind="text", rank=0) for piece in pieces[start:index]]
        start = index + 1
    return result


def _counted(pieces: list[Piece]) -> list[Piece]:
    """Lines 1. 2. 3. as text where nothing but bullets stands between them and one is a sentence or no heading."""
    result = list(pieces)
    run: list[int] = []
    for index, piece in enumerate([*pieces, None]):
        match = COUNTED.match(piece.text) if piece else None
        number = int(match[1]) if match else 0
        text = piece if piece and piece.kind == "text" and not number else None
        if run and text and (text.text[0] in BULLETS or not text.lines[0].gap):
            continue
        if len(run) > 1 and any(pieces[place].kind == "text" for place in run):
            for place in run:
                if pieces[place].kind == "heading":
                    result[place] = replace(pieces[place], kind="text", rank=0)
        if number != len(run) + 1 or number == 1:
            run = []
        if number == len(run) + 1:
            run.append(index)
    return result


def _rows(pieces: list[Piece]) -> list[Piece]:
    """Lines under a table's caption whose cells wide space parts are its rows; at least two, of as many cells (the
    first may lack one, over the column of names)."""
    result = list(pieces)
    for index, piece in enumerate(pieces):
        if piece.kind == "caption" and piece.text.lstrip("*_").startswith(TABLE):
            for place in range(index + 1, _rows_end(pieces, index + 1)):
                result[place] = replace(pieces[place], kind="paragraph", rank=0)
    return result


def _rows_end(pieces: list[Piece], start: int) -> int:
    """Where the rows end that begin at an index; the index itself where no table stands there."""
    widths: list[int] = []
    for piece in _from(pieces, start):
        cells = 1 if piece.kind in ASIDE or is_row(piece.text) else len(cells_apart(piece.text))
        if cells < 2 or widths[1:] and cells != widths[1]:
            break
        widths.append(cells)
    return start + len(widths) if len(widths) > 1 and widths[1] - widths[0] in (0, 1) else start


def _credits(pieces: list[Piece]) -> list[Piece]:
    """A line that only says 本文作者 and the short lives under it, and a signature with the author's place of work."""
    result = list(pieces)
    under_label = False
    for index, piece in enumerate(pieces):
        label = piece.text.rstrip("：:") in GENRE.table["author_headings"]
        life = under_label and GENRE.pattern("biography").fullmatch(piece.text)
        if piece.kind == "text" and (label or life or is_signature(piece.text)):
            result[index] = replace(piece, kind="boilerplate")
        under_label = label or bool(life)
    return result


def is_signature(text: str) -> bool:
    """Whether the line is an author's name with a body's name in brackets: 姓名（单位）."""
    match = GENRE.pattern("signature").fullmatch(text)
    return match is not None and match[2].endswith(GENRE.words("bodies"))


def _title_at(pieces: list[Piece], index: int) -> list[Piece]:
    """The title that begins here, with its second line or its subtitle; [] if none does."""
    run: list[Piece] = []
    for piece in _from(pieces, index):
        if piece.kind != "title":
            break
        run.append(piece)
    return [_joined(run)] if run else []


def _heading_at(pieces: list[Piece], index: int, width: int) -> list[Piece]:
    """The heading that begins here, all its lines in one piece; [] if none does."""
    piece = pieces[index]
    if piece.kind == "heading":
        run = [piece, *_run(pieces, index + 1)] if _is_broken(piece, pieces, index) else [piece]
        return [_joined(run)]
    run = _run(pieces, index)
    if not run or not _opens_matter(pieces, index + len(run)) or run[-1].text[-1] in "：:，,、":
        return []
    between = _aside(pieces, index + len(run))
    below = pieces[index + len(run) + len(between)].lines[0]
    follows = not below.gap or any(is_page_number(piece.text) for piece in between)
    opens = run[0].lines[0].indent and not below.indent  # the first lines of a paragraph
    if follows and (opens or width and is_full(run[-1].text, width)):
        return []
    return [replace(_joined(run), kind="heading", rank=UNNUMBERED)]


def _is_broken(piece: Piece, pieces: list[Piece], index: int) -> bool:
    """Whether a heading goes on in the next lines: it stops at a comma or a colon, and short lines follow."""
    run = _run(pieces, index + 1)
    return (
        bool(run)
        and piece.text[-1] in "，,、：:"
        and not run[0].lines[0].gap
        and _opens_matter(pieces, index + 1 + len(run))
    )


def _run(pieces: list[Piece], index: int) -> list[Piece]:
    """The short lines without a sentence's end that stand together here; [] if they are too many for a heading."""
    run: list[Piece] = []
    for piece in _from(pieces, index):
        if not _is_short(piece) or run and piece.lines[0].gap:
            break
        run.append(piece)
        if len(run) > MOST_PIECES:
            break
    return run if len(run) <= MOST_PIECES else []


def _is_short(piece: Piece) -> bool:
    text = piece.text
    longest = LONGEST_LABEL if text[-1] in "：:" else LONGEST_PIECE
    if piece.kind != "text" or len(text) > longest or text[0] in BULLETS:
        return False
    if not HAN.search(text) or text.startswith(">") or GENRE.pattern("imprint").match(text):
        return False
    return "。" not in text and text[-1] not in "；;！!…"


def _opens_matter(pieces: list[Piece], index: int) -> bool:
    """Whether prose begins here, pictures and page furniture set aside, or a numbered heading of a lower level."""
    after = next((piece for piece in _from(pieces, index) if piece.kind not in ASIDE), None)
    return after is not None and after.kind == "text" and _is_prose(after.text)


def _paragraph_at(pieces: list[Piece], index: int, wrap: Wrap) -> list[Piece]:
    """The piece here, with the rest of its paragraph and what was set between the two after it."""
    piece = pieces[index]
    if piece.kind != "text":
        return [piece]
    paragraph = [piece]
    aside: list[Piece] = []
    at = index + 1
    while True:
        between = _aside(pieces, at)
        at += len(between)
        if at >= len(pieces) or not _goes_on(paragraph[-1], pieces[at], wrap, between):
            return [replace(_joined(paragraph), kind="paragraph"), *aside]
        paragraph.append(pieces[at])
        aside += between
        at += 1


def _aside(pieces: list[Piece], index: int) -> list[Piece]:
    found = []
    for piece in _from(pieces, index):
        if piece.kind not in ASIDE:
            break
        found.append(piece)
    return found


def _goes_on(piece: Piece, after: Piece, wrap: Wrap, between: list[Piece]) -> bool:
    """Whether a paragraph goes on in `after`: it stops in mid-sentence, and no sign of a new one stands there."""
    text, line = piece.text, after.lines[0]
    if after.kind != "text" or line.indent or _is_bullet(line.text) or GENRE.pattern("imprint").match(line.text):
        return False
    if wrap.indents and not line.gap and was_broken(piece.lines[-1], line, wrap.width):
        return True
    if ends_sentence(text):
        return False
    if wrap.width and (between or not line.gap):
        return was_broken(piece.lines[-1], line, wrap.width)
    turned = line.turn or any(is_page_number(piece.text) for piece in between)
    if turned and (len(text) > LONGEST_LABEL or COMMA.search(text)):
        return True
    if not (line.gap or between) and _is_cut(text):
        return True
    long = len(text) >= SHORTEST_CUT or "。" in text.rstrip(CLOSERS)[:-1]
    return long and (ends_sentence(after.text) or len(after.text) >= SHORTEST_CUT)


def _is_bullet(text: str) -> bool:
    """Whether a line opens with a bullet; a dash before a word without space between may be the text's own."""
    return text[0] in BULLETS and (text[0] not in "—－-" or text[1:2].isspace() or text[1:2] in BULLETS)


def _is_cut(text: str) -> bool:
    """Whether a line that stops in mid-sentence is prose cut by a line's end: long, or a clause stands before."""
    if not HAN.search(text):
        return len(text) > LONGEST_LATIN
    return len(text) > LONGEST_PIECE or len(text) > LONGEST_LABEL and bool(COMMA.search(text))


def _from(pieces: list[Piece], index: int) -> Iterator[Piece]:
    """The pieces from an index on (a slice would copy them all)."""
    return map(pieces.__getitem__, range(index, len(pieces)))


def _joined(pieces: Iterable[Piece]) -> Piece:
    pieces = list(pieces)
    return replace(pieces[0], lines=tuple(line for piece in pieces for line in piece.lines))


def _tail(pieces: list[Piece]) -> list[Piece]:
    """After the last prose, short lines under page furniture (a credit, a list of other pages) belong to it."""
    result = list(pieces)
    for index in range(_last_prose(pieces) + 1, len(pieces)):
        above = result[index - 1] if index else None
        if above and above.kind == "boilerplate" and not is_image(above.text) and result[index].kind == "paragraph":
            result[index] = replace(result[index], kind="boilerplate")
    return result


def _last_prose(pieces: list[Piece]) -> int:
    """The index of the last paragraph that is a sentence or long; -1 if there is none."""
    prose = (i for i, p in enumerate(pieces) if p.kind == "paragraph" and _is_prose(p.text))
    return max(prose, default=-1)


def _is_prose(text: str) -> bool:
    return ends_sentence(text) or len(text) > LONGEST_PIECE


def _levelled(pieces: list[Piece]) -> list[Piece]:
    """Headings with levels 1–3 for ranks: the highest form in use is level 1, a form not in use leaves no gap.

    A heading without a number is one of the highest where no 一、 is used, else below all numbered ones; one known
    by its name (摘要, 结语) or by the printed contents alone is level 1.
    """
    headings = [piece for piece in pieces if piece.kind == "heading"]
    numbered = {piece.rank for piece in headings if piece.rank <= NAMED and not _is_named(piece)}
    unnumbered = UNNUMBERED if numbered else NAMED
    ranks = {id(p): unnumbered if p.rank == UNNUMBERED else p.rank for p in headings}
    order = sorted({ranks[id(piece)] for piece in headings if not _is_named(piece)})
    return [
        replace(p, rank=1 if _is_named(p) else min(order.index(ranks[id(p)]) + 1, 3)) if p.kind == "heading" else p
        for p in pieces
    ]


def _is_named(piece: Piece) -> bool:
    return piece.rank == TOPMOST or is_named(piece.text)
