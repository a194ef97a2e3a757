"""Names that mean the same entity or indicator, and words that sources mix up though they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from report.dataset.matching import squeeze
from report.observations.normalise import normalise

_EITHER = re.compile("([\u3400-\u9fff]{2})或([\u3400-\u9fff]{2})(?!\\1)")  # not 回复或初步回复


@cache
def _table() -> Any:
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    return YAML(typ="safe").load(Path(__file__).with_name("aliases.yaml"))


@cache
def _rows(section: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a section, every word squeezed."""
    return tuple(tuple(map(squeeze, row)) for row in _table()[section])


@cache
def _groups(section: str) -> dict[str, tuple[str, ...]]:
    """The row of a section that each word stands in."""
    return {name: row for row in _rows(section) for name in row}


def entity_key(entity: str) -> str:
    """One form for all names of an entity in either script (the house's first, else the gazetteer's); the squeezed
    name itself where none is listed."""
    from report.observations.naming import canonical  # here: whoever imports this room must not pay for the gazetteer

    name = squeeze(canonical(normalise(entity).strip()))
    return _groups("entities").get(name, (name,))[0]


def indicator_key(indicator: str) -> str:
    """One form for all wordings of an indicator."""
    name = squeeze(indicator)
    return _groups("indicators").get(name, (name,))[0]


def names_entity(text: str, entity: str) -> bool:
    """Whether the text holds the entity by one of its names."""
    name, within = squeeze(entity), squeeze(text)
    return any(alias in within for alias in _groups("entities").get(name, (name,)))


def opposed(first: str, second: str) -> bool:
    """Whether one text has a word and the other only its opposite (出口, 进口)."""
    one, two = normalise(first), normalise(second)
    if one == two:
        return False
    pairs = _rows("opposites")
    return any((plus in one) != (plus in two) and (minus in one) != (minus in two) for plus, minus in pairs)


def contrast(first: str, second: str) -> tuple[str, str] | None:
    """Two different words of one contrast set, the one used in the first text and not the second, and vice versa."""
    one, two = squeeze(first), squeeze(second)
    for words in _rows("contrasts"):
        ours, theirs = _longest(words, one), _longest(words, two)
        if ours and theirs and ours != theirs:
            return ours, theirs
    turned = _either(two, one)
    return _either(one, two) or (turned and turned[::-1])


def bases_of(text: str) -> frozenset[tuple[int, int]]:
    """The ways of counting that a text names, each as its row of the table and its place there."""
    within = squeeze(text)
    return frozenset((row, place) for row, ways in enumerate(_table()["bases"])
                     for place, words in enumerate(ways) if any(word in within for word in words))


def _either(first: str, second: str) -> tuple[str, str] | None:
    """深造或工作 in the first text where the second, which has no 或, knows of 工作 only."""
    for match in _EITHER.finditer(first) if "或" not in second else ():
        known = [word for word in match.groups() if word in second]
        if len(known) == 1:
            return match[0], known[0]
    return None


def _longest(words: Iterable[str], text: str) -> str:
    return max((word for word in words if word in text), key=len, default="")
