"""Which stretches of a text look like figures and are none: addresses, serials, list numbers, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from report.observations.lexicon import read_table

HIDDEN = "\x00"


def mask(text: str, spans: Iterable[tuple[int, int]] = ()) -> str:
    """The normalised text with every name and the given spans replaced by NUL, as long as it was."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = _hidden(text[start:end])
    text = "".join(characters)
    for pattern in _patterns():
        text = pattern.sub(_hide, text)
    return text


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.MULTILINE) for pattern in read_table("names")["patterns"])


def _hide(found: re.Match[str]) -> str:
    """The match hidden; where the pattern names a group, that group alone."""
    if not found.lastgroup:
        return _hidden(found[0])
    start, end = (place - found.start() for place in found.span(found.lastgroup))
    return found[0][:start] + _hidden(found[0][start:end]) + found[0][end:]


def _hidden(text: str) -> str:
    """NULs for all but line breaks, so that line starts stay where they are."""
    return "\n".join(HIDDEN * len(line) for line in text.split("\n"))
