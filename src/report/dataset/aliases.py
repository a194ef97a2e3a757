"""Names that mean the same entity or indicator, and words that sources mix up though they do not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML

from report.dataset.matching import squeeze
from report.observations.normalise import normalise

_DATA: dict[str, list[list[str]]] = YAML(typ="safe").load(Path(__file__).with_name("aliases.yaml"))


def _groups(section: str) -> dict[str, tuple[str, ...]]:
    rows = [tuple(map(squeeze, row)) for row in _DATA[section]]
    return {name: row for row in rows for name in row}


_ENTITIES = _groups("entities")
_INDICATORS = _groups("indicators")
_OPPOSITES = tuple(tuple(map(squeeze, row)) for row in _DATA["opposites"])
_CONTRASTS = tuple(tuple(map(squeeze, row)) for row in _DATA["contrasts"])


def entity_key(entity: str) -> str:
    """One form for all names of an entity (the house's first); the squeezed name itself where none is listed."""
    name = squeeze(entity)
    return _ENTITIES.get(name, (name,))[0]


def indicator_key(indicator: str) -> str:
    """One form for all wordings of an indicator."""
    name = squeeze(indicator)
    return _INDICATORS.get(name, (name,))[0]


def names_entity(text: str, entity: str) -> bool:
    """Whether the text holds the entity by one of its names."""
    name, within = squeeze(entity), squeeze(text)
    return any(alias in within for alias in _ENTITIES.get(name, (name,)))


def opposed(first: str, second: str) -> bool:
    """Whether one text has a word and the other only its opposite (出口, 进口)."""
    one, two = normalise(first), normalise(second)
    if one == two:
        return False
    return any((plus in one) != (plus in two) and (minus in one) != (minus in two) for plus, minus in _OPPOSITES)


def contrast(first: str, second: str) -> tuple[str, str] | None:
    """Two different words of one contrast set, the one used in the first text and not the second, and vice versa."""
    one, two = squeeze(first), squeeze(second)
    for words in _CONTRASTS:
        ours, theirs = _longest(words, one), _longest(words, two)
        if ours and theirs and ours != theirs:
            return ours, theirs
    return None


def _longest(words: Iterable[str], text: str) -> str:
    return max((word for word in words if word in text), key=len, default="")
