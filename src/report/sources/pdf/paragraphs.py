"""The paragraphs of a PDF's page: which line goes on in the next, by its margins, its leading and its size."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from report.sources.classify import ends_sentence
from report.sources.pdf.lines import LIST_SIGN, PrintedLine, is_wide, joined

# In units of the type size where nothing else is said.
FULL = 2.2  # how far from the margin a line that was broken ends at most
RAGGED = 0.15  # of a line's width: how much one that stops in mid-sentence leaves free at most
NARROWEST = 6  # width of a line that was broken at least
LATIN = 0.65  # width of a Latin letter at most
INDENT = (1.2, 4.0)
COLUMN = 3.5  # how far apart the left edges of a column's lines stand at most
LOOSE = 1.45  # of the usual leading: a wider one parts paragraphs
NEAR = 14  # lines before and after among which a line's margins are looked for
LONGEST_HEADING = 60  # characters
_leader = re.compile(r"[.．…·]{3,}\s*\w{1,6}$")
_unbroken = re.compile(r".?[》」』”’）)，。、；：！？]*[!-~①-⑳]*")


@dataclass
class Paragraph:
    """The lines of a paragraph. `indent`: the first stands in; `room`: what the last leaves free at its margin, in
    units of the type size."""

    lines: list[PrintedLine]
    indent: bool
    room: float

    @property
    def text(self) -> str:
        """The lines run together; what wide gaps part is a Chinese space apart."""
        return joined("\u3000".join(line.cells) for line in self.lines)

    @property
    def size(self) -> float:
        """Type size to the half point."""
        return self.lines[0].half_size

    @property
    def is_row(self) -> bool:
        """Whether it is one line in several pieces: a table's row, as it may be."""
        return len(self.lines) == 1 and len(self.lines[0].cells) > 1


def paragraphs(lines: list[PrintedLine], large: float) -> list[Paragraph]:
    """The paragraphs of a page's matter. `large`: from which size on a line is a heading's."""
    leading = _leading(lines)
    found: list[Paragraph] = []
    for index, line in enumerate(lines):
        if index and _goes_on(lines, index - 1, leading[lines[index - 1].half_size], large, found[-1]):
            found[-1].lines.append(line)
        else:
            left, _ = _margins(lines, index)
            found.append(Paragraph([line], INDENT[0] <= (line.left - left) / line.size <= INDENT[1], 0))
        found[-1].room = _room(lines, index)
    return found


def _leading(lines: list[PrintedLine]) -> dict[float, float]:
    """Type size → the usual distance of two lines of it; 1.6 times the size where there are none."""
    gaps: dict[float, list[float]] = {line.half_size: [] for line in lines}
    for line, after in pairwise(lines):
        if line.half_size == after.half_size and 0 < line.base - after.base < 4 * line.size:
            gaps[line.half_size].append(line.base - after.base)
    return {size: median(found) if found else 1.6 * size for size, found in gaps.items()}


def _goes_on(lines: list[PrintedLine], index: int, leading: float, large: float, run: Paragraph) -> bool:
    """Whether the paragraph `run`, whose last line so far is the one at `index`, goes on in the next line."""
    line, after = lines[index], lines[index + 1]
    gap = line.base - after.base
    if len(line.cells) > 1 or len(after.cells) > 1 or abs(line.size - after.size) > 0.08 * line.size:
        return False
    if line.half_size >= large:
        short = len(line.text) + len(after.text) <= LONGEST_HEADING
        return short and 0 < gap <= 2.2 * line.size and _is_aligned(line, after)
    if gap > max(LOOSE * leading, 1.2 * line.size) or _leader.search(line.text) or not had_no_room(run, after):
        return False
    if LIST_SIGN.match(after.text) and abs(after.left - run.lines[0].left) < 0.5 * line.size:
        return False
    if len(run.lines) > 1 and abs(line.left - after.left) < 0.5 * line.size:
        return True
    left, _ = _margins(lines, index + 1)
    hanging = bool(LIST_SIGN.match(line.text)) and after.left > line.left
    return hanging or after.left - left < INDENT[0] * line.size


def had_no_room(run: Paragraph, after: PrintedLine) -> bool:
    """Whether the paragraph's last line was broken at its margin: what opens `after` and cannot be parted had no room.

    Of a line that stops in mid-sentence a ragged edge is enough.
    """
    match = _unbroken.match(after.text)
    word = match.group() if match else ""
    line = run.lines[-1]
    ragged = 0.0 if ends_sentence(line.text) else RAGGED * (line.right - line.left) / line.size
    return run.room <= max(FULL, ragged, sum(1.0 if is_wide(char) else LATIN for char in word))


def _room(lines: list[PrintedLine], index: int) -> float:
    """What a line leaves free at its margin; a line too short to have been broken leaves any room."""
    line = lines[index]
    _, right = _margins(lines, index)
    short = line.right - line.left < NARROWEST * line.size
    return math.inf if short or len(line.cells) > 1 else (right - line.right) / line.size


def _is_aligned(line: PrintedLine, after: PrintedLine) -> bool:
    """Whether two lines have one left edge or one middle."""
    centre = line.left + line.right - after.left - after.right
    return abs(centre) < 4 * line.size or abs(line.left - after.left) < line.size


def _margins(lines: list[PrintedLine], index: int) -> tuple[float, float]:
    """Left and right edge of the column that a line stands in, from the lines of its size about it."""
    line = lines[index]
    about = [
        other
        for other in lines[max(index - NEAR, 0) : index + NEAR + 1]
        if abs(other.left - line.left) < COLUMN * line.size and abs(other.size - line.size) < 0.1 * line.size
        if len(other.cells) == 1 or other is line
    ]
    return min(other.left for other in about), max(other.right for other in about)
