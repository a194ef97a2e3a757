"""Which stretches of a text look like figures and are none: addresses, serials, list numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from report.observations.lexicon import either, read_table

HIDDEN = "\x00"
_LOOK_BEHIND = re.compile(r"\(\?<!(\[[^\]]{1,200}\])\)(\[[^\]]{1,200}\])(?:\{1,([0-9]{1,4})\})?(?![{?*+])")
_NUMERALS = "0-9零〇○一二三四五六七八九十百千万亿兆两点."


def mask(text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
    """The normalised text with every name and the given spans replaced by NUL, as long as it was."""
    pieces, place = [], 0
    for start, end in sorted(spans):
        pieces += [text[place:start], _hidden(text[max(start, place) : end])]
        place = max(end, place)
    text = "".join([*pieces, text[place:]])
    for pattern in _patterns():
        text = pattern.sub(_hide, text)
    return text


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = read_table("names")
    words = f"(?<![{_NUMERALS}]){either(table['words'])}"
    return tuple(re.compile(_sought(pattern), re.MULTILINE) for pattern in [*table["patterns"], words])


def _sought(pattern: str) -> str:
    """The pattern with its first character before the look behind it: a search skips at once to where one stands."""
    found = _LOOK_BEHIND.match(pattern)
    if not found:
        return pattern
    behind, first, most = found.groups()
    more = f"{first}{{0,{int(most) - 1}}}" if most else ""
    return f"{first}(?<!{behind}.){more}{pattern[found.end() :]}"


def _hide(found: re.Match[str]) -> str:
    """The match hidden; where the pattern names a group, that group alone."""
    if not found.lastgroup:
        return _hidden(found[0])
    start, end = (place - found.start() for place in found.span(found.lastgroup))
    return found[0][:start] + _hidden(found[0][start:end]) + found[0][end:]


def _hidden(text: str) -> str:
    """NULs for all but line breaks, so that line starts stay where they are."""
    return "\n".join(HIDDEN * len(line) for line in text.split("\n"))
