"""The lines of a PDF's page: its characters put together by where they stand, raised marks written as marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from report.sources.notes import raised

# All in units of a line's type size.
SAME_LINE = 0.35  # how far baselines of one line may lie apart
SAME_LINE_RAISED = 0.6  # the same for a raised mark
RAISED = 0.12  # how high a mark stands above the line at least
RAISED_SIZE = 0.82  # how large a raised mark is at most
WORD_GAP = 0.2  # a gap this wide between Latin letters is a space
CELL_GAP = 1.0  # a gap this wide parts cells of a table, or a title from its page number
SAME_PLACE = 0.15  # how far apart a character stands that is drawn twice for weight
CELL_LEADING = 1.9  # how far apart the lines of a cell stand at most
LONGEST_ADDRESS = 500  # characters
MOST_LINES = 8  # of a cell; a longer run is a column of text
BACK = 0.6  # how far a character may stand left of the end of the one before


LIST_SIGN = re.compile(
    r"[-–•●■◆▪○·]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[\d一二三四五六七八九十]{1,3}[)）.．、](?![\dA-Za-z])|[①-⑳]"
)


@dataclass(frozen=True)
class Glyph:
    """One character: left and right edge and baseline in points from the page's lower left, and its type size."""

    char: str
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True)
class PrintedLine:
    """One line as printed, or a table's row. `cells`: its text, in two or more pieces where wide gaps part it.

    `parts`: the lines that stand side by side in a row; none for a line.
    """

    cells: tuple[str, ...]
    left: float
    right: float
    base: float
    size: float
    parts: tuple[PrintedLine, ...] = ()

    @property
    def text(self) -> str:
        """The pieces with tabulators between them."""
        return "\t".join(self.cells)

    @property
    def half_size(self) -> float:
        """The type size to the half point."""
        return round(self.size * 2) / 2


def printed_lines(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """The lines that the characters make in the order in which they are drawn, from top to bottom if that is none."""
    lines = [_line(run) for run in _runs(glyphs)]
    lines = [line for line in lines if any(cell.strip() for cell in line.cells)]
    return _in_order(lines)


def plain(char: str) -> str:
    """The character itself for its compatibility forms that PDF writers use (Kangxi radicals, ligatures)."""
    code = ord(char)
    strange = 0x2E80 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06
    return unicodedata.normalize("NFKC", char) if strange else char


def is_wide(char: str) -> bool:
    """Whether a character is set on the Chinese square."""
    return char > "\u2e7f" or char in "“”‘’…—·"


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow each other on one baseline, raised ones among them."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run, glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(run: list[Glyph], glyph: Glyph) -> bool:
    size = max(run[0].size, run[-1].size, glyph.size)
    small = min(run[0].size, run[-1].size, glyph.size) <= RAISED_SIZE * size
    apart = min(abs(glyph.base - run[-1].base), abs(glyph.base - run[0].base))
    level = apart <= (SAME_LINE_RAISED if small else SAME_LINE) * size
    return level and glyph.left >= min(run[-1].right, run[0].left + size) - BACK * size


def _line(run: list[Glyph]) -> PrintedLine:
    run = _once(run)
    size = median(glyph.size for glyph in run)
    base = median(glyph.base for glyph in run)
    cells = [""]
    right = run[0].left
    pending = ""
    for glyph in run:
        is_mark = glyph.size <= RAISED_SIZE * size and glyph.base >= base + RAISED * size
        if pending and not is_mark:
            cells[-1] += raised(cells[-1], pending)
            pending = ""
        cells = _spaced(cells, glyph, glyph.left - right, size)
        if is_mark:
            pending += glyph.char
        else:
            cells[-1] += glyph.char
        right = max(right, glyph.right)
    cells[-1] += raised(cells[-1], pending)
    texts = [cell.strip() for cell in cells if cell.strip()]
    if len(texts) > 1 and LIST_SIGN.fullmatch(texts[0]):
        texts[:2] = [joined(texts[:2])]
    return PrintedLine(tuple(texts), run[0].left, right, base, size)


def _once(run: list[Glyph]) -> list[Glyph]:
    """The characters from left to right (those of another font may be drawn later), none twice that is drawn twice."""
    found: list[Glyph] = []
    for glyph in sorted(run, key=lambda glyph: glyph.left):
        again = bool(found) and glyph.char.isalnum() and found[-1].char == glyph.char > "\u2e7f"
        if not again or glyph.left - found[-1].left > SAME_PLACE * glyph.size:
            found.append(glyph)
    return found


def _spaced(cells: list[str], glyph: Glyph, gap: float, size: float) -> list[str]:
    """The cells with what a gap before the next character stands for: a new cell, a space or nothing."""
    before = cells[-1][-1:]
    if before and gap > CELL_GAP * size and not glyph.char.isspace():
        return [*cells, ""]
    apart = gap > WORD_GAP * size and before and not is_wide(before) and not is_wide(glyph.char)
    if apart and not before.isspace() and not glyph.char.isspace():
        cells[-1] += " "
    return cells


def _in_order(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines as drawn, or from the top down where drawing jumps about; what stands side by side made one row."""
    jumps = sum(b.base > a.base + a.size and b.left < a.right and a.left < b.right for a, b in pairwise(lines))
    if jumps * 4 > len(lines):
        lines = sorted(lines, key=lambda line: (-round(line.base), line.left))
    rows: list[list[_Cell]] = []
    for cell in _cells(lines):
        if rows and _stands_beside(rows[-1][-1], cell):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [line for row in rows for line in _row(row)]


@dataclass
class _Cell:
    """Lines drawn one under the other: a table's cell, or a paragraph."""

    lines: list[PrintedLine]

    @property
    def right(self) -> float:
        return max(line.right for line in self.lines)


def _cells(lines: list[PrintedLine]) -> list[_Cell]:
    cells: list[_Cell] = []
    for line in lines:
        if cells and _stands_under(cells[-1].lines[-1], line):
            cells[-1].lines.append(line)
        else:
            cells.append(_Cell([line]))
    return cells


def _stands_under(line: PrintedLine, after: PrintedLine) -> bool:
    near = 0 < line.base - after.base <= CELL_LEADING * line.size and abs(line.size - after.size) < 0.5
    edges = (after.left - line.left, after.right - line.right, after.left + after.right - line.left - line.right)
    return near and any(abs(edge) < 0.5 * line.size for edge in edges)


def _stands_beside(cell: _Cell, after: _Cell) -> bool:
    """Whether `after` stands to the right of the cell and at one height with it."""
    if max(len(cell.lines), len(after.lines)) > MOST_LINES:
        return False
    slack = SAME_LINE * after.lines[0].size
    level = after.lines[0].base >= cell.lines[-1].base - slack and after.lines[-1].base <= cell.lines[0].base + slack
    return level and after.lines[0].left >= cell.right


def _row(cells: list[_Cell]) -> list[PrintedLine]:
    """One line of all cells; a paragraph's own lines where nothing stands beside it."""
    if len(cells) == 1:
        return cells[0].lines
    lines = [line for cell in cells for line in cell.lines]
    texts = [text for cell in cells for text in _cell_texts(cell)]
    base = max(line.base for line in lines)
    return [PrintedLine(tuple(texts), lines[0].left, cells[-1].right, base, lines[0].size, tuple(lines))]


def _cell_texts(cell: _Cell) -> list[str]:
    """The cell's lines run together; each piece by itself where a line of it holds several."""
    if any(len(line.cells) > 1 for line in cell.lines):
        return [text for line in cell.lines for text in line.cells]
    return [joined(line.text for line in cell.lines)]


def joined(texts: Iterable[str]) -> str:
    """Lines run together: no space beside Chinese or within an address; a word parted by a hyphen is whole again."""
    whole = ""
    for text in map(str.strip, texts):
        word = whole[-LONGEST_ADDRESS:].rpartition(" ")[2]
        if whole.endswith("-") and word[:-1].isalpha() and text[:1].islower() and word.isascii():
            whole = whole[:-1] + text
        elif whole and text and not is_wide(whole[-1]) and not is_wide(text[0]) and "://" not in word:
            whole += " " + text
        else:
            whole += text
    return whole
