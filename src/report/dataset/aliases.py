"""Names that mean the same entity or indicator, and words that sources mix up though they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from report.dataset.matching import squeeze
from report.observations.normalise import normalise

_WITHOUT = re.compile("(?:不含|不包括|不包含|未含|剔除|不计)([\u3400-\u9fff]{2,8}?)(?=[，,。；;）)的后、]|$)")
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


@lru_cache(8192)
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
    ours, theirs = _sides(first), _sides(second)
    return ours != theirs and any(plus and minus for plus, minus in (
        (one[0] != two[0], one[1] != two[1]) for one, two in zip(ours, theirs, strict=True)))


@lru_cache(8192)
def _sides(text: str) -> tuple[tuple[bool, bool], ...]:
    """Of each pair of opposites, whether the text has the one and the other."""
    told = normalise(text)
    return tuple((plus in told, minus in told) for plus, minus in _rows("opposites"))


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


def ways_apart(first: str, second: str) -> tuple[str, str, str] | None:
    """What two texts' ways of counting differ in, and the words that tell the one and the other (人口口径, 户籍, 常住);
    None where they tell none, or a way in common."""
    one, two = squeeze(first), squeeze(second)
    for row in _table()["ways"]:
        ours, theirs = ([_longest(words, text) for words in row["ways"]] for text in (one, two))
        told = [(word, other) for place, word in enumerate(ours) for around, other in enumerate(theirs)
                if word and other and place != around]
        if told and not any(word and other for word, other in zip(ours, theirs, strict=True)):
            return row["ground"], *told[0]
    without, within = _excluded(one, two), _excluded(two, one)
    if without or within:
        first, second = ("不含", "含") if without else ("含", "不含")
        return "统计范围", first + (without or within), second + (without or within)
    return None


def without_ways(text: str) -> str:
    """The text without the words that tell a way of counting."""
    return _ways().sub("", text)


@cache
def _ways() -> re.Pattern[str]:
    words = {word for row in _table()["ways"] for way in row["ways"] for word in way} | set(_table()["scope_words"])
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


def _excluded(first: str, second: str) -> str:
    """What the first text leaves out and the second takes in by name (不含同城件, 含同城件); "" for nothing."""
    for match in _WITHOUT.finditer(first):
        if re.search(f"(?<!不)(?:包含|包括|含|计入){re.escape(match[1])}", second):
            return match[1]
    return ""


def _either(first: str, second: str) -> tuple[str, str] | None:
    """深造或工作 in the first text where the second, which has no 或, knows of 工作 only."""
    for match in _EITHER.finditer(first) if "或" not in second else ():
        known = [word for word in match.groups() if word in second]
        if len(known) == 1:
            return match[0], known[0]
    return None


def _longest(words: Iterable[str], text: str) -> str:
    return max((word for word in words if word in text), key=len, default="")
