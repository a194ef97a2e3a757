"""Attachment: to each figure of a document the period, entity and indicator that the words around it name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.entities import Subject, name_in, subject_of, without_place
from report.observations.figure import Figure
from report.observations.indicators import Before, Reading, read_indicator
from report.observations.lexicon import read_table
from report.observations.normalise import normalise
from report.observations.passages import Passage
from report.observations.periods import is_date
from report.observations.timeline import Dated, Timeline, as_published, carried, period_in_heading
from report.sources.document import Document

# How far each rule can be trusted; the product of the three is the confidence.
_PERIOD = {"date-of-value": 1.0, "sentence": 0.95, "publication": 0.75, "sentence-right": 0.75, "paragraph": 0.8,
           "look-back": 0.9, "heading": 0.75, "document": 0.6, "none": 0.5}
_GOES_ON = tuple(read_table("periods")["goes_on"])
_ENTITY = {"clause": 1.0, "sentence": 0.9, "paragraph": 0.8, "heading": 0.75, "none": 0.7}
_INDICATOR = {"carried": 0.85, "none": 0.7}


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
    timeline = Timeline(placed, document.metadata.date, normalise(document.source))
    carrier = _Carrier(timeline, document.metadata.date)
    return [carrier.take(figure, passage) for figure, passage in placed]


class _Carrier:
    """Walks through the figures and carries what a paragraph has named to the sentences that name nothing."""

    def __init__(self, timeline: Timeline, date: str) -> None:
        self._timeline = timeline
        self._date = date
        self._block = self._sentence = -2
        self._period = ""
        self._dates: list[Dated] = []
        self._subject = Subject()
        self._before = Reading()
        self._same: dict[bool, Reading] = {}

    def take(self, figure: Figure, passage: Passage) -> Attachment:
        """The attachment of the next figure."""
        self._enter(passage)
        if is_date(figure):
            self._carry()
            return Attachment(period=self._timeline.own(figure), confidence=0.95, rules=("own-date",))
        if "duration" in (figure.kind, figure.base):
            period = self._timeline.of_duration(self._dates, figure)
            return Attachment(period=period, confidence=0.9, rules=("duration",))
        period, by_period = self._period_of(figure, passage)
        share = (figure.base or figure.kind) in ("percent", "ratio")
        reading = read_indicator(passage, figure, Before(self._before, self._same.get(share, Reading())))
        subject = self._subject_of(figure, passage, reading)
        self._before = self._same[share] = reading
        weight = _PERIOD[by_period] * _ENTITY[subject.rule] * _INDICATOR.get(reading.rule, 1.0)
        return Attachment(
            without_place(reading.indicator, subject.name), subject.name, period, self._as_of(period),
            round(weight, 2),
            (f"period:{by_period}", f"entity:{subject.rule}", f"indicator:{reading.rule}"),
        )

    def _enter(self, passage: Passage) -> None:
        if passage.sentence.start == self._sentence:
            return
        if passage.block != self._block or passage.block < 0:
            goes_on = passage.block == self._block + 1 > 0 and passage.text.startswith(_GOES_ON)
            self._block, self._period, self._subject = passage.block, self._period if goes_on else "", Subject()
        self._sentence, self._before, self._same = passage.sentence.start, Reading(), {}
        self._dates = self._timeline.dates(passage, self._period or _of_headings(passage))

    def _carry(self) -> None:
        self._period = carried(self._dates) or self._period

    def _period_of(self, figure: Figure, passage: Passage) -> tuple[str, str]:
        period, rule = self._timeline.nearest(self._dates, figure)
        if rule:
            self._carry()
            return period, rule
        if self._period:
            return self._period, "paragraph"
        if dated := _of_headings(passage):
            return dated, "heading"
        today = self._timeline.today
        return (today[:4], "document") if today else ("", "none")

    def _subject_of(self, figure: Figure, passage: Passage, reading: Reading) -> Subject:
        subject = subject_of(passage, figure, reading.owner)
        if subject.name:
            self._subject = Subject(subject.name, "paragraph")
            return subject
        return self._subject if self._subject.name else _subject_of_headings(passage)

    def _as_of(self, period: str) -> str:
        published = as_published(self._dates)
        if published and published != period:
            return published
        return self._date if self._date != period else ""


def _of_headings(passage: Passage) -> str:
    """The period that the headings over the passage name, the nearest first; "" for none."""
    return next((dated for heading in reversed(passage.headings) if (dated := period_in_heading(heading))), "")


def _subject_of_headings(passage: Passage) -> Subject:
    """The place or organisation that the headings over the passage name, the nearest first."""
    names = (name_in(heading) for heading in reversed(passage.headings))
    name = next((name for name in names if name), "")
    return Subject(name, "heading") if name else Subject()
