"""The marks of the genre (genre.yaml) as compiled patterns and word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True)
class Genre:
    """The table as read; every pattern is compiled once."""

    table: dict[str, Any]

    def words(self, name: str) -> tuple[str, ...]:
        """A word list of the table."""
        return tuple(self.table[name])

    @cached_property
    def common(self) -> frozenset[str]:
        """The commonest characters of Chinese prose."""
        return frozenset(self.table["common"])

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """A line that belongs to the page (use with fullmatch)."""
        kinds = ("folios", "turns", "menus", "credits")
        return any_of(pattern for kind in kinds for pattern in self.table[kind])

    @cached_property
    def folio(self) -> re.Pattern[str]:
        """A page's number alone on its line (use with fullmatch)."""
        return any_of(self.table["folios"])

    @cached_property
    def passing(self) -> re.Pattern[str]:
        """A line that means nothing off its page: a page's number, a rule, a tag, a menu (use with fullmatch)."""
        return any_of([*self.table["folios"], *self.table["turns"], *self.table["menus"]])

    @cached_property
    def image(self) -> re.Pattern[str]:
        """A line that is an image (use with fullmatch)."""
        return any_of(self.table["images"])

    @cached_property
    def caption(self) -> re.Pattern[str]:
        """A caption (use with search)."""
        return any_of(self.table["captions"])

    @cached_property
    def forms(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        """Rank and pattern of each form of numbered heading, in the order in which they are tried."""
        return tuple((form["rank"], re.compile(form["pattern"])) for form in self.table["forms"])

    @cached_property
    def label_of(self) -> dict[str, str]:
        """What a byline's label names: title, author, date, publisher or other."""
        return {word: name for name, words in self.table["labels"].items() for word in words}

    @cached_property
    def label(self) -> re.Pattern[str]:
        """A byline's label with its mark; group 1 is the label."""
        words = "|".join(sorted(self.label_of, key=len, reverse=True))
        return re.compile(rf"({words})[ \u3000]*[{re.escape(self.table['label_marks'])}]")

    def pattern(self, name: str) -> re.Pattern[str]:
        """One pattern of the table by its name."""
        return re.compile(self.table[name])


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches where one of the patterns does, letters of either case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _load() -> Genre:
    text = (Path(__file__).parent / "genre.yaml").read_text(encoding="utf-8")
    return Genre(YAML(typ="safe", pure=True).load(text))


GENRE = _load()
