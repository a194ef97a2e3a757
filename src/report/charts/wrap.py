"""Lines of a label: broken between Han characters, never inside a word or between a number and its unit."""

from __future__ import annotations

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
_RUNT = 0.3  # a last line shorter than this share of the measure is balanced away

Width = Callable[[str], float]


def wrap(text: str, measure: float, width: Width, *, balanced: bool = False) -> list[str]:
    """The text in lines no wider than `measure` points (`width` measures a string); [] for "".

    `balanced` makes the lines as even as their number allows; otherwise only a very short last line is mended.
    """
    lines = _fill(text, measure, width)
    if len(lines) < 2 or not (balanced or width(lines[-1]) < _RUNT * measure):
        return lines
    low, high = measure / len(lines) / 2, measure
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(_fill(text, middle, width)) == len(lines) else (middle, high)
    return _fill(text, high, width)


def _fill(text: str, measure: float, width: Width) -> list[str]:
    lines = [""]
    for piece in _pieces(text, measure, width):
        if lines[-1] and width((lines[-1] + piece).rstrip()) > measure:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


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
