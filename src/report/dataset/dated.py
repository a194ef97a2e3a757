"""Dates that only an event tells: a year in a title is no figure, but a report may ask when that law was made."""

from __future__ import annotations

from collections.abc import Mapping

from report.dataset.models import BoundValue, Dataset
from report.observations.event import Event
from report.observations.observation import Observation


def dates_of_events(dataset: Dataset) -> list[Observation]:
    """An observation for the date of each event that has none, one a place."""
    known = {(one.doc, one.start) for one in dataset.observations}
    told = {(event.doc, event.start): event for event in dataset.events if (event.doc, event.start) not in known}
    return [_date(event) for event in told.values()]


def with_dates(dataset: Dataset, values: Mapping[str, BoundValue]) -> Dataset:
    """The dataset with the dates of events that values are read from, each at its place among the observations."""
    wanted = {id for value in values.values() for id in value.observations}
    added = [one for one in dates_of_events(dataset) if one.id in wanted]
    if not added:
        return dataset
    order = {source.id: place for place, source in enumerate(dataset.sources)}
    every = sorted((*dataset.observations, *added), key=lambda one: (order[one.doc], one.start))
    return dataset.changed({"observations": tuple(every)})


def _date(event: Event) -> Observation:
    year = event.date.isdecimal()
    return Observation(
        id=f"obs-{event.id.partition('-')[2]}", doc=event.doc, start=event.start, end=event.end, text=event.text,
        kind="year" if year else "date", value=int(event.date) if year else event.date, unit="年" if year else "",
        period=event.date, sentence=event.sentence, sentence_start=event.sentence_start,
        sentence_end=event.sentence_end, citations=event.citations, confidence=event.confidence,
        rule=f"event:{event.rule}",
    )
