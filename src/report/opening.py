"""Opens what the stages and the questions of people start from: templates, sources, and what stages have saved.

Rooms are imported where they are used: a stage must not pay for the libraries of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from report.errors import ReportError
from report.records import from_jsonl

if TYPE_CHECKING:
    from report.charts.chart import Chart
    from report.charts.drawing import Drawing
    from report.content.nodes import Content
    from report.dataset.models import BoundValue, Dataset, Source
    from report.observations.event import Event
    from report.observations.observation import Observation
    from report.sources.catalogue import Catalogue
    from report.sources.document import Document
    from report.templates.models import ReportTemplate
    from report.theme.theme import Theme

Received = TypeVar("Received", "Document", "Source")
TEMPLATES = Path("templates")


def load_template(report: str) -> ReportTemplate:
    """The report template of that name under templates/reports, or in that folder."""
    from report.templates.load import load_report

    return load_report(report_folder(report), TEMPLATES / "series")


def report_folder(report: str) -> Path:
    """The folder of a report template: the folder named, or the one of that name under templates/reports."""
    return Path(report) if (Path(report) / "report.yaml").is_file() else TEMPLATES / "reports" / report


def open_catalogue(folder: Path, objection: Callable[[str], str] | None = None) -> Catalogue:
    """What the catalogue of a folder of sources says; it may name no file that is not there. `objection` tells what may
    be written for a `reliability` that is none."""
    from report.sources.catalogue import Catalogue, read_catalogue

    place = folder / "catalogue.yaml"
    if not place.is_file():
        return Catalogue()
    return read_catalogue(place, sorted({sibling.stem for sibling in folder.iterdir() if sibling != place}), objection)


def open_source(path: Path, catalogue_of: Callable[[Path], Catalogue] = open_catalogue) -> Document:
    """The source file there, read, with what the catalogue beside it says of it."""
    from report.sources.catalogue import apply_catalogue
    from report.sources.reader import LARGEST, read_source

    catalogue = catalogue_of(path.parent)
    return apply_catalogue(read_source(path, catalogue.limits.get(path.stem, LARGEST)), catalogue)


def open_document(path: Path, catalogue_of: Callable[[Path], Catalogue] = open_catalogue) -> Document:
    """The document there: saved as .json, or read from a source file."""
    from report.sources.document import Document

    return Document.from_json(path.read_text("utf-8")) if path.suffix == ".json" else open_source(path, catalogue_of)


def open_documents(seeds: Path, folder: Path) -> Iterator[Document]:
    """The documents read of the seeds, one after the other."""
    from report.sources.seeds import made_of

    return map(open_document, made_of(seeds, folder, ".json"))


def open_observations(path: Path) -> list[Observation]:
    """The figures saved there."""
    from report.observations.observation import Observation

    return from_jsonl(Observation, path.read_bytes())


def open_events(path: Path) -> list[Event]:
    """The dated events saved there."""
    from report.observations.event import Event

    return from_jsonl(Event, path.read_bytes())


def open_dataset(path: Path) -> Dataset:
    """The dataset saved there."""
    from report.dataset.models import Dataset

    return Dataset.from_json(path.read_bytes())


def open_content(path: Path) -> Content:
    """The content saved there."""
    from report.content.nodes import Content

    return Content.from_json(path.read_bytes())


def open_drawings(folder: Path) -> dict[str, Drawing]:
    """The charts of the folder as drawn, by name."""
    from report.charts.drawing import Drawing

    return {path.stem: Drawing.from_json(path.read_bytes()) for path in sorted(folder.glob("*.json"))}


def open_theme(report: str) -> Theme:
    """The theme of a report: its layers alone are read, for the writers need nothing else of the template."""
    from report.templates.layers import load_theme_layers
    from report.theme.load import load_theme

    layers = load_theme_layers(report_folder(report), TEMPLATES / "series")
    return load_theme((file.data for file in layers.files), layers.where)


def bound_values(template: ReportTemplate, dataset: Dataset) -> dict[str, BoundValue]:
    """The values that a report asks for."""
    from report.dataset.values import bind_values

    return bind_values(template.values, dataset, template.where)


def resolved_charts(template: ReportTemplate, dataset: Dataset, values: Mapping[str, BoundValue]) -> dict[str, Chart]:
    """The charts of the report, resolved; their data tables name the documents of every figure."""
    from report.charts.load import load_charts
    from report.charts.resolve import resolve_chart

    documents = {found.id: found.doc for found in dataset.observations}
    specs = load_charts(template.charts, template.where)
    return {
        name: resolve_chart(name, spec, values, template.where, documents=documents) for name, spec in specs.items()
    }


def used_documents(report: str, template: ReportTemplate, documents: Iterable[Received]) -> list[Received]:
    """The documents that the report's `sources` name (all where it names none); see `apart`."""
    from report.sources.document import apart

    found = apart(documents)
    wanted = template.report.sources
    for index, name in enumerate(wanted):
        if not any(document.startswith(name) for document in found):
            place = template.places.where("sources", index)
            raise ReportError(place, f"sources 中的“{name}”没有对应的文献", "可以写的有：" + "、".join(found))
    return [found[name] for name in sorted(found) if not wanted or any(map(name.startswith, wanted))]
