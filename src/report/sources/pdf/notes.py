"""The notes at the foot of a PDF's page, and the marks in its text that lead to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from report.sources.marks import CIRCLED
from report.sources.pdf.lines import PrintedLine, joined

SMALL = 0.93  # of the text's size: at most the size of notes
# A mark in the text: as `notes.raised` writes it, bare behind a character, or in brackets. One before a note's text.
MARK = re.compile(
    rf"\^([{CIRCLED}])|(?<=[^\s：:；;、])([{CIRCLED}])|<sup>(\d{{1,3}})</sup>|(?<=[^\s、])[\[〔](\d{{1,3}})[\]〕]"
)
OPENING = re.compile(
    rf"\^?([{CIRCLED}])[.、]?\s*|<sup>(\d{{1,3}})</sup>[.、]?\s*|[\[〔](\d{{1,3}})[\]〕]\s*"
    r"|(\d{1,2})[.、]?\s*(?=[\u3400-\u9fff《“「]|https?:)"
)

Mark = tuple[str, int]  # its form and its number


class PageNotes:
    """Takes the notes of one page after the other; each gets a label that no other has."""

    def __init__(self) -> None:
        """No note so far."""
        self._count = 0

    def take(self, lines: list[PrintedLine], size: float) -> tuple[list[PrintedLine], list[str]]:
        """The page's lines without its notes, their marks as `[^label]`; and the notes, `[^label]: text`.

        Notes are small lines at the foot of a page whose text is of `size`, from the first on that has a mark of the
        text before it.
        """
        ordered = sorted(lines, key=lambda line: -line.base)
        foot = _foot(ordered, size)
        marked = {mark for line in ordered[:foot] for mark in _marks(line)}
        starts = [at for at in range(foot, len(ordered)) if _opens(ordered[at]) in marked]
        if not starts:
            return lines, []
        starts = [at for at in starts if _opens(ordered[at])[0] == _opens(ordered[starts[0]])[0]]
        labels: dict[Mark, str] = {}
        notes = []
        for first, last in zip(starts, [*starts[1:], len(ordered)], strict=True):
            self._count += 1
            labels[_opens(ordered[first])] = str(self._count)
            notes.append(f"[^{self._count}]: {_without_mark(joined(line.text for line in ordered[first:last]))}")
        taken = {id(line) for line in ordered[starts[0] :]}
        return [_labelled(line, labels) for line in lines if id(line) not in taken], notes


def _foot(ordered: list[PrintedLine], size: float) -> int:
    """Where the small lines at the foot begin."""
    foot = len(ordered)
    while foot and ordered[foot - 1].size <= SMALL * size:
        foot -= 1
    return foot


def _marks(line: PrintedLine) -> Iterator[Mark]:
    return map(_mark, MARK.finditer(line.text))


def _opens(line: PrintedLine) -> Mark:
    """The mark that opens a line; ("", 0) for none."""
    match = OPENING.match(line.text)
    return _mark(match) if match else ("", 0)


def _mark(match: re.Match[str]) -> Mark:
    """A mark's form and number: a raised figure and a plain one before a note are the same, [1] is another."""
    sign = next(group for group in match.groups() if group)
    form = "bracket" if match.group().lstrip()[0] in "[〔" else "figure" if sign.isdecimal() else "circle"
    return form, int(unicodedata.numeric(sign)) if len(sign) == 1 else int(sign)


def _without_mark(note: str) -> str:
    return OPENING.sub("", note, count=1)


def _labelled(line: PrintedLine, labels: dict[Mark, str]) -> PrintedLine:
    """The line with the marks of the page's notes by their labels."""

    def label(match: re.Match[str]) -> str:
        known = labels.get(_mark(match))
        return f"[^{known}]" if known else match.group()

    return replace(line, cells=tuple(MARK.sub(label, cell) for cell in line.cells))
