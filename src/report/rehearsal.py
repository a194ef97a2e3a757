"""What the stages make of sources and a template, made in this process: nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from report.dataset.models import BoundValue, Dataset, Source
from report.dataset.reconcile import reconcile, source_of
from report.dataset.values import bind_values
from report.dataset.witnesses import with_values
from report.observations.corrections import Correction, correct, read_corrections
from report.observations.event import Event
from report.observations.events import find_events
from report.observations.extract import extract_observations
from report.observations.observation import Observation
from report.observations.passages import Passages
from report.opening import open_document, open_events, open_observations, used_documents
from report.sources.seeds import seeds_in
from report.templates.models import ReportTemplate


@dataclass(frozen=True)
class Reading:
    """What a source says: its card, its figures, its dated events."""

    source: Source
    observations: Sequence[Observation]
    events: Sequence[Event]


def read_sources(seeds: Path, made: Path | None = None) -> list[Reading]:
    """Every source of a folder, read. What the stages made of it below the folder `made` is taken where it is newer
    than the source and what is written beside it."""
    beside = [seeds / name for name in ("catalogue.yaml", "corrections.yaml")]
    corrections = read_corrections(beside[1]) if beside[1].is_file() else ()
    known = [path.stat().st_mtime_ns for path in beside if path.is_file()]
    return [
        _kept(seed, made, known) or _read(seed, corrections)
        for seed in seeds_in(seeds)
    ]


def _kept(seed: Path, made: Path | None, known: Sequence[int]) -> Reading | None:
    if made is None:
        return None
    document, figures, events = (
        made / "documents" / f"{seed.stem}.json",
        made / "observations" / f"{seed.stem}.jsonl",
        made / "observations" / f"{seed.stem}.events.jsonl",
    )
    newest = max([seed.stat().st_mtime_ns, *known])
    if not all(path.is_file() and path.stat().st_mtime_ns > newest for path in (document, figures, events)):
        return None
    return Reading(source_of(open_document(document)), open_observations(figures), open_events(events))


def _read(seed: Path, corrections: tuple[Correction, ...]) -> Reading:
    document = open_document(seed)
    passages = Passages(document)
    figures = correct(document, extract_observations(document, passages), corrections)
    return Reading(source_of(document), figures, find_events(document, figures, passages))


def bound_dataset(
    template: ReportTemplate, readings: Sequence[Reading]
) -> tuple[Dataset, dict[str, BoundValue]]:
    """The dataset that the template draws on, of the sources that it uses, and its values."""
    used = used_documents("", template, [reading.source for reading in readings])
    dataset = dataset_of(template, readings, used)
    values = bind_values(template.values, dataset, template.where)
    return with_values(dataset, values), values


def dataset_of(
    template: ReportTemplate, readings: Sequence[Reading], used: Sequence[Source], *, ranked: bool = True
) -> Dataset:
    """The dataset of the sources that are used; `ranked`: with those first that the template puts first."""
    precedence = template.report.precedence if ranked else ()
    return reconcile(
        used,
        [found for reading in readings for found in reading.observations],
        precedence=precedence,
        where=[template.places.where("precedence", index) for index in range(len(precedence))],
        events=[event for reading in readings for event in reading.events],
    )
