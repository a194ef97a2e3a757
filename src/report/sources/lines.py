"""The source's lines: trimmed, blank ones dropped, each with its place and what the space around it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WIDE = re.compile("[\u2e80-\U0010ffff]+")
BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
FULL = 0.85  # of the width at which lines are broken: a line that long had no room for more
LONGEST = 200  # characters; above it a space after a full stop is what is left of a paragraph break
PARAGRAPH_GAP = re.compile(r"(?:(?<=[。！？])|(?<=[。！？][”’」』\"]))[ \u3000\xa0]+(?=[\u3400-\u9fff“「《【\"\d])")


@dataclass(frozen=True)
class Line:
    """`source[start:end] == text`, without white space at either end and never empty.

    `gap`: a blank line or the start of the text stands before it; `indent`: it begins with the space of two characters.
    """

    start: int
    end: int
    text: str
    gap: bool = False
    indent: bool = False


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
    """The width in columns at which the text was broken into lines by force; 0 if lines are paragraphs."""
    widths = sorted(columns(line.text) for line in lines)
    if len(widths) < 8:
        return 0
    width = widths[-1 - len(widths) // 20]
    full = sum(one >= FULL * width for one in widths)
    return width if 32 <= width <= 160 and full * 2 >= len(widths) else 0


def is_full(text: str, width: int) -> bool:
    """Whether a line of this text, with no room for more, was broken at the width."""
    return columns(text) >= FULL * width


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
