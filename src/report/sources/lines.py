"""The source's lines: trimmed, blank ones dropped, each with its place and what the space around it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile("[!-~]{2,300}")
_STOPS = tuple("。！？；：;:”」")
_WIDE = re.compile("[\u2e80-\U0010ffff]+")
BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
INDENTED = 2  # so many indented lines in a text broken by force: its paragraphs open with an indent
FULL = 0.85  # of the width at which lines are broken: a line that long had no room for more
FEWEST_BROKEN, MOST_BROKEN = 8, 0.75  # lines that another follows, and what share of them were broken
LONGEST = 200  # characters; above it a space after a full stop is what is left of a paragraph break
PARAGRAPH_GAP = re.compile(r"(?:(?<=[。！？])|(?<=[。！？][”’」』\"]))[ \u3000\xa0]+(?=[\u3400-\u9fff“「《【\"\d])")


@dataclass(frozen=True)
class Line:
    """`source[start:end] == text`, without white space at either end and never empty.

    `gap`: a blank line or the start of the text stands before it; `indent`: it begins with the space of two characters;
    `turn`: notes stood before it, as at a page's end; `lead`: so many columns a mark took that opened it.
    """

    start: int
    end: int
    text: str
    gap: bool = False
    indent: bool = False
    turn: bool = False
    lead: int = 0


def split_lines(source: str) -> list[Line]:
    """The lines of the source that hold more than white space, in order."""
    lines: list[Line] = []
    gap = True
    for start, end in _ranges(source, BREAK, 0, len(source)):
        raw = source[start:end]
        if raw.strip():
            lines += _pieces(source, start, end, gap)
        gap = not raw.strip()
    return lines


def wrap_width(lines: list[Line]) -> int:
    """The width in columns at which the text was broken into lines by force; 0 if lines are paragraphs.

    Where it was, half the lines are about that long, or nearly all of those that another line follows directly, no
    sentence ending between the two.
    """
    lines = [line for line in lines if _WIDE.search(line.text)]  # a web address stands beyond any width
    widths = sorted(columns(line.text) for line in lines)
    if len(widths) < 8:
        return 0
    width = widths[-1 - len(widths) // 20]
    if not 32 <= width <= 160:
        return 0
    full = sum(one >= FULL * width for one in widths)
    inner = [
        line for line, after in pairwise(lines) if not (after.gap or after.indent or line.text.endswith(_STOPS))
    ]
    broken = sum(is_full(line.text, width) for line in inner)
    many = len(inner) >= FEWEST_BROKEN and broken >= MOST_BROKEN * len(inner)
    return width if full * 2 >= len(widths) or many and full * 4 >= len(widths) else 0


def is_full(text: str, width: int) -> bool:
    """Whether a line of this text, with no room for more, was broken at the width."""
    return columns(text) >= FULL * width


def was_broken(line: Line, below: Line, width: int) -> bool:
    """Whether a line was broken at the width: it is full, or what opens the next line and is not broken (a web
    address, a mark) had no room in it."""
    word = _WORD.match(below.text)
    taken = line.lead + columns(line.text)
    return taken >= FULL * width or taken + below.lead + (len(word[0]) if word else 0) > width


def is_latin(char: str) -> bool:
    """Whether a character ends or opens a Latin word, so that a line break beside it is a space."""
    return char.isascii() and (char.isalnum() or char in ",.;:!?)")


def columns(text: str) -> int:
    """The width of the text on a screen: a Chinese character takes two columns, a Latin one takes one."""
    return len(text) + sum(map(len, _WIDE.findall(text)))


def _pieces(source: str, start: int, end: int, gap: bool) -> Iterator[Line]:
    """The line itself, or the paragraphs that were run together in it."""
    raw = source[start:end]
    indent = raw.startswith(("\u3000\u3000", "    "))
    if end - start <= LONGEST:
        yield _trimmed(source, start, end, (gap, indent))
        return
    for first, last in _ranges(source, PARAGRAPH_GAP, start, end):
        yield _trimmed(source, first, last, (gap, indent))
        gap = True


def _trimmed(source: str, start: int, end: int, look: tuple[bool, bool]) -> Line:
    raw = source[start:end]
    start += len(raw) - len(raw.lstrip())
    text = raw.strip()
    return Line(start, start + len(text), text, *look)


def _ranges(source: str, separator: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in separator.finditer(source, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end
