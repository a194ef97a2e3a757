"""Attachment: to each figure of a document the period, entity and indicator that the words around it name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.entities import Places
from report.observations.figure import Figure
from report.observations.indicators import Reading, read_indicator
from report.observations.normalise import normalise
from report.observations.passages import Passage
from report.observations.periods import Timeline, as_published, carried, is_date, nearest
from report.sources.document import Document


@dataclass(frozen=True)
class Attachment:
    """What a figure describes; "" where no rule tells. `rules` name the rules, `confidence` is 0 to 1."""

    indicator: str = ""
    entity: str = ""
    period: str = ""
    as_of: str = ""
    confidence: float = 0.5
    rules: tuple[str, ...] = ()


def attach(document: Document, placed: Sequence[tuple[Figure, Passage]]) -> list[Attachment]:
    """One attachment for each figure with its passage, in the same order."""
    text = normalise(document.source)
    date = document.metadata.date
    timeline = Timeline(placed, date, text)
    carrier = _Carrier(Places(), date)
    return [carrier.take(figure, passage, timeline, text) for figure, passage in placed]


class _Carrier:
    """Walks through the figures and carries what a paragraph has named to the sentences that name nothing."""

    def __init__(self, places: Places, date: str) -> None:
        self._places = places
        self._date = date
        self._block = -2
        self._sentence = -1
        self._period = self._entity = ""
        self._before = Reading()

    def take(self, figure: Figure, passage: Passage, timeline: Timeline, text: str) -> Attachment:
        if is_date(figure):
            return Attachment(period=timeline.own(figure), confidence=0.95, rules=("own-date",))
        self._enter(passage, timeline)
        if figure.kind == "duration" or figure.base == "duration":
            return Attachment(confidence=0.9, rules=("duration",))
        period, by_period = self._period_of(figure, passage, timeline, text)
        reading = read_indicator(passage, figure, self._before)
        entity, by_entity = self._entity_of(figure, passage)
        self._before = reading
        published = as_published(timeline.dates(passage))
        as_of = published if published and published != period else self._date if self._date != period else ""
        return Attachment(
            reading.indicator, entity, period, as_of, _confidence(by_period, by_entity, reading.rule),
            (f"period:{by_period}", f"entity:{by_entity}", f"indicator:{reading.rule}"),
        )

    def _enter(self, passage: Passage, timeline: Timeline) -> None:
        if passage.block != self._block:
            self._block, self._period, self._entity = passage.block, "", ""
        if passage.sentence.start != self._sentence:
            self._sentence = passage.sentence.start
            self._before = Reading()

    def _period_of(self, figure: Figure, passage: Passage, timeline: Timeline, text: str) -> tuple[str, str]:
        dates = timeline.dates(passage)
        period, rule = nearest(dates, figure.start, text)
        if period:
            self._period = carried(dates) or self._period
            return period, rule
        if self._period:
            return self._period, "paragraph"
        return (self._date[:4], "document") if self._date else ("", "none")

    def _entity_of(self, figure: Figure, passage: Passage) -> tuple[str, str]:
        entity = self._places.nearest(passage.text, passage.index(figure.core_start))
        if entity:
            self._entity = entity
            return entity, "sentence"
        if self._entity:
            return self._entity, "paragraph"
        for heading in reversed(passage.headings):
            found = self._places.nearest(heading, len(heading))
            if found:
                return found, "heading"
        return "", "none"


_WEIGHT = {"date-of-value": 1.0, "sentence": 0.95, "publication": 0.7, "sentence-right": 0.7, "paragraph": 0.75,
           "heading": 0.6, "document": 0.5, "none": 0.4}


def _confidence(period: str, entity: str, indicator: str) -> float:
    """The weaker the rules that chose, the lower: product of their weights, two digits."""
    weight = _WEIGHT.get(period, 0.5) * (0.5 + 0.5 * _WEIGHT.get(entity, 0.5)) * (0.95 if indicator != "none" else 0.6)
    return round(weight, 2)
