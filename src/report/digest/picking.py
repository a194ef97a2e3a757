"""Which of a dataset's facts are worth printing by themselves: a measure of something, of somebody, surely read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from report.dataset.agreement import agrees
from report.dataset.models import Dataset, Fact
from report.dataset.periods import print_period
from report.dataset.tally import tells
from report.digest.subjects import Homes, Subject, homes_of, outlook
from report.digest.words import Speech
from report.observations.figures import figures_in
from report.observations.observation import Observation

_HAN = re.compile("[\u3400-\u9fff]")  # an indicator is in Chinese, or an abbreviation: GDP
LONGEST = 18  # letters of an entity or an indicator that a row of a table has room for
SMALL = 10  # things counted one by one that are fewer say little: 3个展区


@dataclass(frozen=True)
class Datum:
    """A fact to print: its winner, the ids of all observations that agree with it, who and what it is of in house
    words, what is measured with the words of change and share left off (`theme`), its period as printed. `scope` is the
    document outside which its subject's name means nothing ("" where it means something everywhere); `firm`: it is
    told as come about, and as nothing else in its document."""

    found: Observation
    ids: tuple[str, ...]
    docs: tuple[str, ...]
    entity: str
    indicator: str
    theme: str
    period: str
    scope: str = ""
    firm: bool = True

    @property
    def kind(self) -> str:
        """What is measured; of a range, what it is a range of."""
        return self.found.base or self.found.kind

    @property
    def low(self) -> float:
        """The figure, of a range its lower end."""
        value = self.found.value
        return float(value[0] if isinstance(value, tuple) else value)

    @property
    def is_trifle(self) -> bool:
        """Whether it counts so few things that it says little by itself."""
        return self.kind == "count" and self.low < SMALL

    @property
    def weight(self) -> tuple[bool, bool, int, bool, bool, float, str]:
        """How much a reader gets of it, most first: of somebody known, come about, told by several documents, an
        amount, a level and no change, read surely, late."""
        level = not re.search(tails()["change"], self.indicator)
        known = not self.scope, self.firm, len(self.docs)
        return *known, level and self.kind != "percent", level, self.found.confidence, self.found.period


@cache
def tails() -> Any:
    """The table of words that an indicator's name has beside what is measured."""
    from ruamel.yaml import YAML  # here: whoever imports the room must not pay for it

    return YAML(typ="safe").load(Path(__file__).with_name("tails.yaml"))


def pick(dataset: Dataset, speech: Speech) -> tuple[Datum, ...]:
    """The facts worth printing, in the order of the documents."""
    known = {found.id: found for found in dataset.observations}
    years = {source.id: source.date[:4] for source in dataset.sources if source.date_kind == "stated"}
    reader = _Reader(known, speech, homes_of(dataset), years, _replaced(dataset, known))
    return _apart([datum for fact in dataset.facts for datum in reader.read(fact)])


@dataclass(frozen=True)
class _Reader:
    """Makes facts of what documents tell; `years` are those in which they were written, `replaced` the ids of figures
    that another has taken the place of."""

    known: Mapping[str, Observation]
    speech: Speech
    homes: Homes
    years: Mapping[str, str]
    replaced: Collection[str]

    def read(self, fact: Fact) -> Iterator[Datum]:
        """A datum for each subject that the fact's documents mean by one name."""
        told: dict[Subject, list[Observation]] = defaultdict(list)
        for found in (self.known[name] for name in fact.observations):
            told[self.homes.subject(labels(found, self.speech)[0], found.doc)].append(found)
        for subject, (winner, *others) in told.items():
            if tells(winner) and not _is_of_another_kind(winner) and winner.id not in self.replaced:
                yield from self._datum(subject, winner, others)

    def _datum(self, subject: Subject, winner: Observation, others: Iterable[Observation]) -> Iterator[Datum]:
        indicator = self.homes.measure(labels(winner, self.speech)[1])
        if not subject.name or not indicator:
            return
        ahead = outlook(winner, self.years.get(winner.doc, ""))
        witnesses = [winner, *(one for one in others if _is_like(one, winner) and agrees(winner, one))]
        yield Datum(
            found=winner, ids=tuple(one.id for one in witnesses), docs=_docs(witnesses), entity=subject.name,
            indicator=indicator + (f"（{ahead}）" if ahead else ""), theme=theme_of(indicator),
            period=print_period(winner.period), scope=subject.scope, firm=not ahead,
        )


def _replaced(dataset: Dataset, known: Mapping[str, Observation]) -> set[str]:
    """The figures of one thing at one time that a later word of their document changed: 由4.8%下调至4.7%."""
    changed = ((found, known[link.of]) for found in dataset.observations for link in found.relations
               if link.kind == "changed-from" and link.of in known)
    return {old.id for new, old in changed
            if (old.entity, old.indicator, old.period) == (new.entity, new.indicator, new.period)}


def _apart(data: Iterable[Datum]) -> tuple[Datum, ...]:
    """Without what one document tells twice by the same names and with different figures: what tells them apart was
    not read. Of forecasts there may be several."""
    held = list(data)
    told: dict[tuple[str, ...], set[object]] = defaultdict(set)
    for one in held:
        told[_name(one)].add(one.found.value)
    return tuple(one for one in held if not one.firm or len(told[_name(one)]) == 1)


def _name(one: Datum) -> tuple[str, ...]:
    return one.found.doc, one.entity, one.indicator, one.found.period, one.found.unit


def labels(found: Observation, speech: Speech) -> tuple[str, str]:
    """Who and what a figure is of, as printed; "" for what cannot be."""
    told = (_without_number(found.entity), found.indicator)
    who, what = ("" if _is_torn(text, found.sentence) else speech.printed(text, LONGEST) for text in told)
    return who, what if _HAN.search(what) or what.isupper() else ""


def _without_number(entity: str) -> str:
    """The subject without the figure that it begins with: 100位追踪对象 are 追踪对象."""
    first = next(iter(figures_in(entity)), None)
    return entity[first.end :] if first and first.start == 0 else entity


def _is_torn(text: str, sentence: str) -> bool:
    """Whether the words begin inside a Latin one of their sentence."""
    return bool(re.match("[A-Za-z]", text)) and bool(re.search(f"[A-Za-z]{re.escape(text[:4])}", sentence))


def _is_like(one: Observation, winner: Observation) -> bool:
    """Whether whichever holds is printed with one unit and one period."""
    return (one.period, one.unit, one.kind) == (winner.period, winner.unit, winner.kind)


def _docs(witnesses: Iterable[Observation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.doc for one in witnesses))


def _is_of_another_kind(found: Observation) -> bool:
    """Whether things counted one by one are told of an amount: 10家 of 装车量 is how many, and not how much."""
    counted = (found.base or found.kind) == "count" and found.unit in tails()["classifiers"]
    return counted and bool(re.search(tails()["amount"], found.indicator))


def theme_of(indicator: str) -> str:
    """What an indicator is of: its name without the words of change, share and counting; itself where nothing else
    is left."""
    level = re.sub(tails()["change"], "", indicator)
    share = re.search(tails()["share"], level)
    level = next(filter(None, share.groups()), level) if share else level
    theme = re.sub(tails()["measure"], "", level)
    return next((word for word in (theme, level) if len(word) > 1), indicator)

