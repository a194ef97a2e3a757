"""Lines of a label: broken between Han characters, never inside a word or between a number and its unit."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML

# CLREQ, prohibition rules for line start and line end.
NOT_FIRST = frozenset("，。、：；！？）》〉」』】”’…—·％%")
NOT_LAST = frozenset("（《〈「『【“‘")
_WORDS = YAML(typ="safe").load(Path(__file__).with_name("words.yaml"))
_NUMBER = r"[约近超逾]?过?\d[\d.,—–-]*(?:%|[万亿]*(?:[美欧日]元|个?百分点|[\u4e00-\u9fff])?)"
_LATIN = r"[A-Za-z][A-Za-z0-9.+/&'-]*"
_LONGEST = sorted(_WORDS, key=lambda word: (-len(word), word))
_TOKEN = re.compile("|".join([*_LONGEST, _NUMBER, _LATIN, r"\s+", "."]), re.DOTALL)
_RUNT = "两字"  # what a last line should at least be as long as

Width = Callable[[str], float]


def wrap(text: str, measure: float, width: Width, *, balanced: bool = False) -> list[str]:
    """The text in lines no wider than `measure` points (`width` measures a string); [] for "".

    `balanced` makes the lines as even as their number allows; otherwise each is filled, and only a last line of hardly
    a word takes something from the one before it.
    """
    lines = _fill(text, measure, width)
    if balanced and len(lines) > 1:
        low, high = measure / len(lines) / 2, measure
        while high - low > 1:
            middle = (low + high) / 2
            low, high = (low, middle) if len(_fill(text, middle, width)) == len(lines) else (middle, high)
        lines = _fill(text, high, width)
    else:
        _mend(lines, width)
    return ["".join(line).strip() for line in lines]


def widest_piece(text: str, width: Width) -> float:
    """The width of the longest piece of a text that is not broken where it need not be; 0 for ""."""
    return max((width(piece.strip()) for piece in _pieces(text, math.inf, width)), default=0.0)


def _fill(text: str, measure: float, width: Width) -> list[list[str]]:
    """The pieces of each line."""
    lines: list[list[str]] = [[]]
    for piece in _pieces(text, measure, width):
        if lines[-1] and width("".join([*lines[-1], piece]).strip()) > measure:
            lines.append([])
        if lines[-1] or piece.strip():
            lines[-1].append(piece)
    return [line for line in lines if line]


def _mend(lines: list[list[str]], width: Width) -> None:
    """Move words to a last line that is a runt, for as long as it stays the shorter one."""
    least = width(_RUNT)
    while len(lines) > 1 and len(lines[-2]) > 1 and width("".join(lines[-1]).strip()) < least:
        before, last = lines[-2][:-1], [lines[-2][-1], *lines[-1]]
        if width("".join(last).strip()) > width("".join(before).strip()):
            break
        lines[-2:] = [before, last]


def _pieces(text: str, measure: float, width: Width) -> list[str]:
    """What may not be broken: a word, a number with its unit, marks with what they cling to."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        clings = token.isspace() or token[0] in NOT_FIRST or (pieces and pieces[-1].rstrip()[-1:] in NOT_LAST)
        if pieces and clings:
            pieces[-1] += token
        else:
            pieces += [token] if width(token) <= measure else list(token)
    return pieces
