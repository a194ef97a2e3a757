"""Whose a figure is and whether it has come about, where only the document around its sentence says so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from report.dataset.models import Dataset, Source
from report.observations.naming import names_in
from report.observations.normalise import normalise
from report.observations.observation import Observation

_ALL = re.compile("^(?:全国|我国|全球|世界|国内)")  # one and the same in all documents
_CLAUSE = re.compile("[。；;！？]")
_STOP = re.compile("[，,、]")


@dataclass(frozen=True)
class Subject:
    """Whose a figure is, as printed; `scope` is the document outside which the name means nothing, "" for a name that
    holds everywhere."""

    name: str
    scope: str = ""


@dataclass(frozen=True)
class Homes:
    """The place and the body that each document is of and the paper that it stood in, by its id; `several`: the
    documents are not all of one place."""

    places: Mapping[str, str]
    bodies: Mapping[str, str]
    papers: Mapping[str, str]
    several: bool

    def subject(self, name: str, doc: str) -> Subject:
        """Whose it is that a document calls so: 全市 is the place that it is of, 公司 the firm. Of documents on several
        places what has no name of its own (第一产业) takes its document's; a piece of a sentence is nobody."""
        name = re.sub(_words()["ends"], "", name)
        place, body = self.places.get(doc, ""), self.bodies.get(doc, "")
        if not name or re.search(_words()["torn"], name) or self._is_paper(name, doc):
            return Subject(place)
        for word in (word for words in _words()["places"].values() for word in words):
            if name.startswith(word):
                return Subject(place + name[len(word) :]) if self._is_of(place, word) else Subject(name, doc)
        for word in _words()["bodies"]:
            if name == word:
                return Subject(body) if body else Subject(name, doc)
        if place and (name == place or name == place[:-1]):
            return Subject(place)
        nameless = place and not _ALL.match(name) and not names_in(name) and place[:-1] not in name
        return Subject(place + name if nameless and self.several else name)

    def _is_paper(self, name: str, doc: str) -> bool:
        """Whether it is the paper, or a piece of its name, at the head of its own news."""
        return name in self.papers.get(doc, "") and not names_in(name)

    @staticmethod
    def _is_of(place: str, word: str) -> bool:
        return bool(place) and word in _words()["places"].get(place[-1], ())

    def measure(self, indicator: str) -> str:
        """What is measured, without the word for the document's own body: 公司员工总数."""
        for word in _words()["bodies"]:
            if indicator.startswith(word) and len(indicator) > len(word) + 1:
                return indicator[len(word) :]
        return indicator


@cache
def _words() -> Any:
    from ruamel.yaml import YAML  # here: whoever imports the room must not pay for it

    return YAML(typ="safe").load(Path(__file__).with_name("subjects.yaml"))


def homes_of(dataset: Dataset) -> Homes:
    """What each document says of itself: in its publisher's name, its title, its author's."""
    places = {source.id: _place(source) for source in dataset.sources}
    names = {normalise(found.entity) for found in dataset.observations}
    bodies = {source.id: _body(source, names) for source in dataset.sources}
    papers = {source.id: normalise(source.publisher) for source in dataset.sources
              if re.search(_words()["papers"], normalise(source.publisher))}
    return Homes(places, bodies, papers, len(set(places.values())) > 1)


def _place(source: Source) -> str:
    for told in (source.publisher, source.title, source.author):
        if match := re.search(_words()["homes"], normalise(told)):
            return match[1]
    return ""


def _body(source: Source, names: Collection[str]) -> str:
    """The longest of these subjects of figures that its title begins with, no place: what the document calls 公司."""
    title = normalise(source.title)
    begun = [name for name in names if len(name) > 2 and title.startswith(name) and not names_in(name)]
    return max(begun, key=len, default="")


def outlook(found: Observation, year: str) -> str:
    """预计 or 目标 of a figure that its sentence foretells or means, or that is of a time after the document's `year`;
    "" of any other. Of a year gone by 将 tells what comes after it: 将由2024年的7%提高."""
    words = _words()
    if re.search(words["says"], found.indicator):
        return ""
    before = _CLAUSE.split(normalise(found.sentence[: max(found.start - found.sentence_start, 0)]))[-1]
    own = _STOP.split(before)[-1]
    told = found.period[:4]
    known = year.isdecimal() and told.isdecimal()
    for way, word in words["printed"].items():
        if way == "coming" and known and told < year:
            continue
        if re.search(words[way], own) or not re.search(words["done"], own) and re.search(words[way], before):
            return str(word)
    return str(words["printed"]["coming"]) if known and told > year else ""
