"""The word lists of the grammar, read from the YAML tables beside the code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from report.observations.observation import Bound, Kind

_TABLES = Path(__file__).parent / "lexicons"


@cache
def read_table(name: str) -> Any:
    """The table `lexicons/<name>.yaml` as plain data."""
    from ruamel.yaml import YAML  # here: whoever only normalises text must not pay for it at import

    return YAML(typ="safe").load((_TABLES / f"{name}.yaml").read_text(encoding="utf-8"))


_MANY = 4  # first characters, from which a look ahead pays


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest that fits.

    Words that begin alike share their beginning, and a look at the first two characters comes first (at one, where a
    word is no longer): most places of a text begin no word, and are left at once.
    """
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for char in word:
            branch = branch.setdefault(char, {})
        branch[""] = {}
    found = _alternatives(tree)
    if len(tree) <= _MANY:
        return found
    second = {char for branch in tree.values() for char in branch}
    return f"(?={_any(tree)}{_any(second) if '' not in second else ''})(?:{found})"


def _any(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"


def _alternatives(tree: dict[str, Any]) -> str:
    """The pattern of a tree of characters; the key "" says that a word may end here."""
    ends = sorted(char for char, branch in tree.items() if char and branch.keys() == {""})
    grown = [re.escape(char) + _tail(branch) for char, branch in sorted(tree.items()) if branch and char not in ends]
    single = [_any(ends)] if len(ends) > 1 else [re.escape(ends[0])] if ends else []
    return "|".join(grown + single)


def _tail(branch: dict[str, Any]) -> str:
    inner = _alternatives({char: rest for char, rest in branch.items() if char})
    if "" in branch:
        return f"(?:{inner})?"
    return f"(?:{inner})" if "|" in inner else inner


@dataclass(frozen=True)
class Unit:
    """What a unit's written form stands for; `arabic` forms are taken after Arabic numerals only."""

    kind: Kind
    unit: str
    arabic: bool = False


class UnitLexicon:
    """Units, currencies and classifiers: which one, if any, is written at a place."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}
        self._not_before: dict[str, str] = {}
        for form, kind, unit in _unit_forms():
            self._add(form, kind, unit)
        self._pattern = re.compile(" ?(?:" + "|".join(map(self._alternative, self._longest_first())) + ")")
        before = read_table("currencies")["before"]
        self._currency = {form: unit for unit, forms in before.items() for form in forms}
        self._prefix = re.compile(f"(?:{either(self._currency)}) ?\\Z")

    def _add(self, form: str, kind: Kind, unit: str) -> None:
        form, _, not_before = form.partition("!")
        arabic = form.startswith("+")
        form = form.removeprefix("+")
        self._units.setdefault(form, Unit(kind, unit.partition("!")[0].removeprefix("+") or form, arabic))
        self._not_before.setdefault(form, not_before.strip("|"))

    def _longest_first(self) -> list[str]:
        return sorted(self._units, key=lambda form: (-len(form), form))

    def _alternative(self, form: str) -> str:
        not_before = self._not_before[form]
        if form[-1].isascii() and form[-1].isalpha():
            not_before = "[A-Za-z0-9]"
        return re.escape(form) + (f"(?!{not_before})" if not_before else "")

    def at(self, text: str, place: int, arabic: bool) -> tuple[Unit, int] | None:
        """The unit written at `place` and where it ends; None where there is none."""
        found = self._pattern.match(text, place)
        if not found or (found[0].startswith(" ") and not arabic):
            return None
        unit = self._units[found[0].lstrip()]
        return None if unit.arabic and not arabic else (unit, found.end())

    def currency_before(self, text: str, place: int) -> tuple[str, int] | None:
        """The currency written right before `place` (人民币100亿) and where it starts; None where there is none."""
        start = max(0, place - 6)
        found = self._prefix.search(text[start:place])
        if found and text[start + found.start() - 1 : start + found.start()] == "每":
            return None
        return (self._currency[found[0].rstrip()], start + found.start()) if found else None


def _unit_forms() -> Iterable[tuple[str, Kind, str]]:
    for kind, table in read_table("units").items():
        for unit, forms in table.items():
            yield from ((form, kind, unit) for form in forms)
    for unit, forms in read_table("currencies")["after"].items():
        yield from ((form, "money", unit) for form in forms)
    for form in read_table("classifiers")["count"]:
        yield form, "count", form


@cache
def units() -> UnitLexicon:
    """The units, read when the first figure is looked for."""
    return UnitLexicon()


class QualifierLexicon:
    """Qualifying words before, after and inside a figure, and the direction they give it."""

    def __init__(self) -> None:
        table = read_table("qualifiers")
        self.bounds: dict[str, Bound] = {}
        for place in ("after", "inside", "before"):
            self.bounds |= {word: bound for bound, words in table[place].items() for word in words}
        before = [word for words in table["before"].values() for word in words]
        self.bare_only = frozenset(table["bare_only"])
        self.before = re.compile(f"(?:{'|'.join(_guarded(before, table['not_after']))}) ?\\Z")
        self.apart = re.compile(
            f"({either(set(before) - self.bare_only)})(?:为|占|合|是|相当于|占到)[^,，。;:；：、0-9]{{0,10}}\\Z"
        )
        self.after_kinds: dict[str, list[str]] = table["after_kinds"]
        after = [word for words in table["after"].values() for word in words]
        self.after = re.compile(" ?(?:" + "|".join(_followed(after, table["after_not"])) + ")")


@cache
def qualifiers() -> QualifierLexicon:
    """The qualifying words, read when the first figure is looked for."""
    return QualifierLexicon()


def _guarded(words: list[str], not_after: dict[str, str]) -> list[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return [(f"(?<![{not_after[w]}])" if not_after.get(w) else "") + re.escape(w) for w in longest]


def _followed(words: list[str], after_not: dict[str, str]) -> list[str]:
    longest = sorted(words, key=lambda word: (-len(word), word))
    return [re.escape(w) + (f"(?![{after_not[w]}])" if after_not.get(w) else "") for w in longest]
