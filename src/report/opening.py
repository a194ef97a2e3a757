"""Opens what the stages and the questions of people start from: templates, sources, and what stages have saved.

Rooms are imported where they are used: a stage must not pay for the libraries of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from report.errors import Issue, ReportError
from report.names import did_you_mean
from report.records import Record, from_jsonl

if TYPE_CHECKING:
    from report.charts.chart import Chart
    from report.charts.drawing import Drawing
    from report.content.nodes import Content
    from report.dataset.models import BoundValue, Dataset, Source
    from report.digest.sentences import Sentences
    from report.observations.event import Event
    from report.observations.observation import Observation
    from report.sources.catalogue import Catalogue
    from report.sources.document import Document
    from report.templates.merge import Layered
    from report.templates.models import ReportTemplate, Wording
    from report.theme.theme import Theme

Received = TypeVar("Received", "Document", "Source")
Saved = TypeVar("Saved", bound=Record)
TEMPLATES = Path("templates")
SERIES = TEMPLATES / "series"
THEMES = TEMPLATES / "themes"


def load_template(report: str) -> ReportTemplate:
    """The report template of that name under templates/reports, or in that folder."""
    from report.templates.load import load_report

    return load_report(report_folder(report), SERIES)


def open_digest() -> tuple[Sentences, Wording]:
    """The sentences of a digest, and the house's list of words. ReportError for every mistake in them."""
    from report.digest.sentences import Sentences
    from report.templates.bounds import read_own
    from report.templates.layers import template_chain
    from report.templates.merge import merge_all
    from report.templates.models import Wording
    from report.validate import checked

    chain = template_chain(SERIES / "digest", SERIES)
    words = read_own(chain[-1] / "sentences.yaml")
    layers = [read_own(path) for folder in chain if (path := folder / "wording.yaml").is_file()]
    return checked(Sentences, words.data, words.where), checked(
        Wording, merge_all(layer.data for layer in layers), layers[-1].where)


def report_folder(report: str) -> Path:
    """The folder of a report template: the folder named, or the one of that name under templates/reports."""
    return Path(report) if (Path(report) / "report.yaml").is_file() else TEMPLATES / "reports" / report


def template_folder(template: str) -> Path:
    """The folder of a template: the folder named, or the report's, series' or theme's of that name. ReportError for
    none."""
    kinds = ("themes", "series", "reports")
    known = {path.name: path for kind in kinds for path in sorted((TEMPLATES / kind).glob("*"))}
    if Path(template).is_dir():
        return Path(template)
    if template not in known:
        raise ReportError(template, "没有这个模板", did_you_mean(template, known))
    return known[template]


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

    return _saved(Dataset, path)


def open_content(path: Path) -> Content:
    """The content saved there."""
    from report.content.nodes import Content

    return _saved(Content, path)


def open_drawings(folder: Path) -> dict[str, Drawing]:
    """The charts of the folder as drawn, by name."""
    from report.charts.drawing import Drawing

    return {path.stem: _saved(Drawing, path) for path in sorted(folder.glob("*.json"))}


def _saved(kind: type[Saved], path: Path) -> Saved:
    """What a stage saved there; ReportError for a file that is damaged, or changed by hand."""
    return decoded(kind, path.read_bytes(), path.as_posix())


def decoded(kind: type[Saved], data: bytes, where: str) -> Saved:
    """What a stage saved, out of the bytes of its file (`where`); ReportError as above."""
    try:
        return kind.from_json(data)
    except msgspec.DecodeError as error:
        raise ReportError(where, f"文件已损坏（{error}）", "删去它，重新生成") from error


def open_look(path: Path) -> Theme:
    """The theme saved there, put together of its layers."""
    from report.theme.theme import Theme

    return _saved(Theme, path)


def open_theme(template: str) -> Theme:
    """The theme of a report, or of a series or theme by itself: its layers alone are read, for the writers need nothing
    else of the template."""
    from report.theme.load import load_theme

    layers = open_theme_layers(template)
    return load_theme((file.data for file in layers.files), layers.where)


def open_theme_layers(template: str) -> Layered:
    """The theme files of a report, or of a series or theme by itself, and of what they stand on, the lowest first."""
    from report.theme.layers import load_theme_layers

    folder = report_folder(template)
    if not (folder / "report.yaml").is_file():
        folder = template_folder(template)
    return load_theme_layers(folder, SERIES)


def bound_values(template: ReportTemplate, dataset: Dataset) -> dict[str, BoundValue]:
    """The values that a report asks for."""
    from report.dataset.values import bind_values

    return bind_values(template.values, dataset, template.where)


def resolved_charts(template: ReportTemplate, dataset: Dataset, values: Mapping[str, BoundValue]) -> dict[str, Chart]:
    """The charts of the report, resolved; their data tables name the documents of every figure."""
    from report.charts.load import load_charts
    from report.charts.resolve import try_charts

    documents = {found.id: found.doc for found in dataset.observations}
    charts, issues = try_charts(load_charts(template.charts, template.where), values, template.where, documents)
    if issues:
        raise ReportError.all_of(issues)
    return charts


def used_documents(report: str, template: ReportTemplate, documents: Iterable[Received]) -> list[Received]:
    """The documents that the report's `sources` name (all where it names none); see `apart`."""
    from report.sources.document import apart

    found = apart(documents)
    wanted = template.report.sources
    issues = [
        Issue(where=template.places.where("sources", index), problem=f"sources 中的“{name}”没有对应的文献",
              hint="可以写的有：" + "、".join(found))
        for index, name in enumerate(wanted) if not any(document.startswith(name) for document in found)
    ]
    if issues:
        raise ReportError.all_of(issues)
    return [found[name] for name in sorted(found) if not wanted or any(map(name.startswith, wanted))]
