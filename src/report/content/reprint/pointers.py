"""Notes that point to another note by its number (同注2): what they say once each has its mark on a new page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from report.content.nodes import Inlines, Text
from report.sources.marks import CIRCLED

_number = rf"[{CIRCLED}]|\d{{1,3}}"
# 同注2, 见前注③, 參見註（1）, 前引注[5], 同上註 1: words that point, the word for note, its number
POINTER = re.compile(
    r"(?P<lead>(?:同|[参參]?[见見]|参看|參看|前引|前揭)[同前上引揭文第]{0,3}(?P<word>[注註])(?:[释釋])?)"
    rf" ?[（(\[〔【]?(?P<number>{_number})[）)\]〕】]?"
)
PAGE = {"注": "页", "註": "頁"}


class Place(NamedTuple):
    """Where a note is printed: the number of its page and its mark there."""

    page: str
    mark: str


def number_of(mark: str) -> int:
    """The number that a mark (②, [2], ², 注2) says; 0 where it says none."""
    digits = [char for char in mark if unicodedata.numeric(char, -1) >= 0]
    if len(digits) == 1:
        return int(unicodedata.numeric(digits[0]))
    return int("".join(str(int(unicodedata.numeric(char))) for char in digits) or 0)


def pointed(inlines: Mapping[str, Inlines], numbers: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """The notes that point to others: to which, "" for one that is not there. Both are by key, in the order of the
    text. A number means the last note before with that number (numbers may begin anew), else the first behind."""
    order = list(inlines)
    found: dict[str, tuple[str, ...]] = {}
    for place, key in enumerate(order):
        wanted = [number_of(match["number"]) for match in POINTER.finditer(_text(inlines[key]))]
        if wanted:
            others = [*reversed(order[:place]), *order[place + 1 :]]
            found[key] = tuple(next((one for one in others if numbers.get(one) == number), "") for number in wanted)
    return found


def pointing(inlines: Inlines, here: Place, targets: tuple[Place | None, ...]) -> Inlines:
    """A note's inlines with what they point to named as it is printed: 同注②, on another page 同第3页注②. What is not
    there (None) stays as it was."""
    left = iter(targets)

    def named(match: re.Match[str]) -> str:
        target = next(left)
        if target is None:
            return match[0]
        if target.page == here.page:
            return match["lead"] + target.mark
        start = match.start("word") - match.start()
        return f"{match['lead'][:start]}第{target.page}{PAGE[match['word']]}{match['lead'][start:]}{target.mark}"

    return tuple(
        inline.changed({"text": POINTER.sub(named, inline.text)}) if isinstance(inline, Text) else inline
        for inline in inlines
    )


def _text(inlines: Inlines) -> str:
    """The words that `pointing` looks at, in order; no pointer runs from one text into the next."""
    return "\n".join(inline.text for inline in inlines if isinstance(inline, Text))
