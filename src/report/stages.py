"""The stages of the press: open files, call pure code, write files — whole or not at all.

The only place that opens stage files. Rooms are imported where they are used: a stage must not pay for the libraries
of another (matplotlib alone costs more than setting twenty pages).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from report.errors import ReportError
from report.files import whole_files, write_file, write_files, write_folder
from report.models import Model, canonical_json, from_jsonl, to_jsonl

if TYPE_CHECKING:
    from report.charts.chart import Chart
    from report.charts.drawing import Drawing
    from report.content.nodes import Content
    from report.dataset.models import BoundValue, Dataset
    from report.observations.corrections import Correction
    from report.observations.event import Event
    from report.observations.observation import Observation
    from report.observations.passages import Passages
    from report.sources.catalogue import Catalogue
    from report.sources.document import Document
    from report.templates.models import ReportTemplate
    from report.theme.theme import Theme
    from report.verify.verify import Basis

TEMPLATES = Path("templates")
EVENTS = ".events.jsonl"  # how the name of a file of events ends; any other .jsonl holds observations
Show = Callable[["Document", "Sequence[Observation]"], None]


# ---------------------------------------------------------------- stages


def read(seed: Path, output: Path) -> str:
    """One source file → document.json."""
    document = _read_source(seed)
    write_file(output, document.to_json())
    return f"{len(document.source)} 字，{len(document.blocks)} 段，{len(document.notes)} 条注释"


def extract(
    inputs: Sequence[Path], output: Path | None, events: Path | None = None, corrections: Path | None = None,
    show: Show | None = None,
) -> str:
    """Source files or documents → observations and dated events, one JSON object a line (None: written nowhere).

    `corrections` is a file of corrections; a source file is corrected by the one beside it where none is given.
    `show` is given each document with its observations.
    """
    figures = dated = 0
    seen: set[str] = set()
    with whole_files(path for path in (output, events) if path) as opened:
        told, happened = opened[0] if output else None, opened[-1] if events else None
        for document, passages, observations in _extracted(inputs, corrections):
            seen.add(document.id)
            figures += _append(told, observations)
            dated += _append(happened, _events(document, observations, passages) if happened else ())
            if show:
                show(document, observations)
    return f"{figures} 条数据" + (f"，{dated} 件大事" if events else "") + _unmeant(corrections, seen)


def _unmeant(corrections: Path | None, seen: Iterable[str]) -> str:
    """A line of warning where a file of corrections was given that says nothing of these documents."""
    if not corrections or any(name.startswith(one.doc) for name in seen for one in _corrections(corrections)):
        return ""
    return f"\n{corrections}: 没有一条更正说的是 {'、'.join(sorted(seen))} — 检查各条的 doc"


def _append(file: BinaryIO | None, records: Sequence[Model]) -> int:
    """Write the records where there is a file for them; how many they are."""
    if file:
        file.writelines(to_jsonl([record]).encode() for record in records)
    return len(records)


def _events(document: Document, observations: Sequence[Observation], passages: Passages) -> Sequence[Event]:
    from report.observations.events import find_events

    return find_events(document, observations, passages)


def _extracted(
    inputs: Sequence[Path], corrections: Path | None
) -> Iterator[tuple[Document, Passages, list[Observation]]]:
    """Each document with its sentences and its observations, corrected; only one is held at a time."""
    from report.observations.corrections import correct
    from report.observations.extract import extract_observations
    from report.observations.passages import Passages

    files: dict[str, str] = {}
    catalogue_of, corrections_of = cache(_catalogue), cache(_corrections)
    for path in inputs:
        document = _document(path, catalogue_of)
        if other := files.get(document.id):
            hint = "给其中一个文件改名，或分开抽取"
            raise ReportError(str(path), f"与 {other} 主名相同，数据会混在一个编号下", hint)
        files[document.id] = document.file
        told = corrections_of(corrections or (path.with_name("corrections.yaml") if path.suffix != ".json" else None))
        passages = Passages(document)
        yield document, passages, correct(document, extract_observations(document, passages), told)


def _corrections(path: Path | None) -> tuple[Correction, ...]:
    from report.observations.corrections import read_corrections

    return read_corrections(path) if path and path.is_file() else ()


def reconcile(
    report: str, inputs: Sequence[Path], output: Path, corrections: Path | None = None, seeds: Path | None = None
) -> str:
    """Documents (.json), observations, events (.jsonl) → dataset.json and, beside it, .csv, .xlsx, datapackage, checks.

    `corrections`, applied when the observations were extracted, is only held to here: all its documents there, all of
    it to be seen. `seeds` is the folder of the source files, for links to them (None: no links).
    """
    from report.dataset.reconcile import reconcile as reconciled
    from report.dataset.tables import csv_bytes, datapackage
    from report.dataset.workbook import xlsx_bytes
    from report.observations.corrections import check_applied, check_documents

    template = load_template(report)
    received = [_document(path) for path in inputs if path.suffix == ".json"]
    documents = _used(report, template, received)
    names = {document.id for document in documents}
    told = [path for path in inputs if path.suffix == ".jsonl" and not path.name.endswith(EVENTS)]
    observations = [found for path in told for found in _observations(path)]
    wanted = _corrections(corrections)
    check_documents(wanted, (document.id for document in received))
    check_applied(wanted, observations)
    dataset = reconciled(
        documents,
        [found for found in observations if found.doc in names],
        precedence=template.report.precedence,
        where=[template.places.where("precedence", index) for index in range(len(template.report.precedence))],
        events=[event for path in inputs if path.name.endswith(EVENTS) for event in _dated(path)],
    )
    folder, csv = output.parent, csv_bytes(dataset)
    _unverify(folder)
    write_files(
        {
            output: dataset.pieces(),
            folder / "dataset.csv": csv,
            folder / "dataset.xlsx": xlsx_bytes(dataset, _values(template, dataset), _beside(folder, seeds)),
            folder / "datapackage.json": canonical_json(datapackage(dataset, csv)),
            folder / "checks.json": canonical_json([check.model_dump(mode="json") for check in dataset.checks]),
        }
    )
    return f"{len(dataset.facts)} 项事实，{len(dataset.checks)} 项核对"


def draw(report: str, dataset: Path, output: Path) -> str:
    """Chart specs and values → a folder of pictures: <id>.pdf .svg .png .csv, and .json (the drawing as data)."""
    from report.charts.draw import draw_chart
    from report.theme.fonts import FontLibrary

    template = load_template(report)
    theme = open_theme(report)
    library = FontLibrary(theme)
    data = open_dataset(dataset)
    charts = _charts(template, data, _values(template, data))
    files: dict[str, bytes | str] = {}
    for name, chart in charts.items():
        drawn = draw_chart(chart, theme, library)
        files |= {f"{name}.pdf": drawn.pdf, f"{name}.svg": drawn.svg, f"{name}.png": drawn.png}
        files |= {f"{name}.csv": drawn.csv, f"{name}.json": drawn.drawing.to_json()}
    _unverify(output.parent)
    write_folder(output, files)
    return f"{len(files) // 5} 幅图"


def compose(report: str, dataset: Path, output: Path) -> str:
    """Template, dataset and chart specs → content.json."""
    from report.content.compose import compose as composed
    from report.content.compose import unused_values

    template = load_template(report)
    data = open_dataset(dataset)
    values = _values(template, data)
    charts = _charts(template, data, values)
    content = composed(template, data, values, charts)
    _unverify(output.parent)
    write_file(output, content.to_json())
    warnings = "".join(f"\n{issue}" for issue in unused_values(template, content))
    return f"{len(content.evidence)} 个数据，{len(content.notes)} 条脚注{warnings}"


def write_pdf(report: str, content: Path, charts: Path, output: Path, layout: Path) -> str:
    """Content, theme and drawings → report.pdf and layout.json."""
    from report.theme.fonts import FontLibrary
    from report.writers.pdf.write import write_pdf as written

    theme = open_theme(report)
    data, pages = written(open_content(content), theme, FontLibrary(theme), _drawings(charts))
    _unverify(output.parent)
    write_files({output: data, layout: canonical_json(pages.to_data())})
    return f"{len(pages.pages)} 页"


def write_docx(report: str, content: Path, charts: Path, layout: Path, output: Path) -> str:
    """Content, theme, chart pictures and the PDF's page numbers → report.docx."""
    from report.writers.docx.write import write_docx as written

    theme = open_theme(report)
    pictures = {path.stem: path.read_bytes() for path in sorted(charts.glob("*.png"))}
    data = written(open_content(content), theme, json.loads(layout.read_text("utf-8")), pictures)
    _unverify(output.parent)
    write_file(output, data)
    return f"{len(data) // 1024} KB"


def write_html(report: str, content: Path, charts: Path, output: Path) -> str:
    """Content, theme and chart SVGs → report.html, one self-contained file."""
    from report.writers.html.write import write_html as written

    theme = open_theme(report)
    pictures = {path.stem: path.read_text("utf-8") for path in sorted(charts.glob("*.svg"))}
    page = written(open_content(content), theme, pictures)
    _unverify(output.parent)
    write_file(output, page)
    return f"{len(page.encode()) // 1024} KB"


def verify(report: str, documents: Sequence[Path], output: Path) -> str:
    """Everything built for a report (the folder of `output`) → verification.json and release.md.

    Raises ReportError where a check fails; the record then stands under failed-verification.json.
    """
    from report.verify.files import open_finished
    from report.verify.verify import verify_report

    template = load_template(report)
    outcome = verify_report(open_finished(output.parent), _basis(template, report, documents, output.parent))
    failed = output.with_name("failed-verification.json")
    if not outcome.verification.ok:
        write_file(failed, outcome.verification.to_json())
        raise ReportError.all_of(outcome.issues)
    write_files({output: outcome.verification.to_json(), output.with_name("release.md"): outcome.release})
    failed.unlink(missing_ok=True)
    return f"{len(outcome.verification.checks)} 项检查全部通过"


def _basis(template: ReportTemplate, report: str, documents: Sequence[Path], folder: Path) -> Basis:
    from report.verify.verify import Basis

    used = {document.id: document for document in _used(report, template, map(_document, documents))}
    dataset = open_dataset(folder / "dataset.json")
    charts = _charts(template, dataset, _values(template, dataset))
    files = [*report_folder(report).rglob("*"), *(TEMPLATES / "series").rglob("*.yaml")]
    inputs = {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}
    inputs |= {f"seeds/{document.file}": document.sha256 for document in used.values()}
    return Basis(used, dataset, charts, template.wording, inputs)


def _beside(folder: Path, other: Path | None) -> str:
    """The way from one folder to another, as a link takes it; "" for None."""
    return Path(os.path.relpath(other, folder)).as_posix() if other else ""


# ---------------------------------------------------------------- opening


def load_template(report: str) -> ReportTemplate:
    """The report template of that name under templates/reports, or in that folder."""
    from report.templates.load import load_report

    return load_report(report_folder(report), TEMPLATES / "series")


def report_folder(report: str) -> Path:
    """The folder of a report template: the folder named, or the one of that name under templates/reports."""
    return Path(report) if (Path(report) / "report.yaml").is_file() else TEMPLATES / "reports" / report


def _catalogue(folder: Path) -> Catalogue:
    """What the catalogue of a folder of sources says; it may name no file that is not there."""
    from report.sources.catalogue import Catalogue, read_catalogue

    place = folder / "catalogue.yaml"
    if not place.is_file():
        return Catalogue()
    return read_catalogue(place, sorted({sibling.stem for sibling in folder.iterdir() if sibling != place}))


def _read_source(path: Path, catalogue_of: Callable[[Path], Catalogue] = _catalogue) -> Document:
    from report.sources.catalogue import apply_catalogue
    from report.sources.reader import LARGEST, read_source

    catalogue = catalogue_of(path.parent)
    return apply_catalogue(read_source(path, catalogue.limits.get(path.stem, LARGEST)), catalogue)


def _document(path: Path, catalogue_of: Callable[[Path], Catalogue] = _catalogue) -> Document:
    from report.sources.document import Document

    return Document.from_json(path.read_text("utf-8")) if path.suffix == ".json" else _read_source(path, catalogue_of)


def _observations(path: Path) -> list[Observation]:
    from report.observations.observation import Observation

    return from_jsonl(Observation, path.read_text("utf-8"))


def _dated(path: Path) -> list[Event]:
    from report.observations.event import Event

    return from_jsonl(Event, path.read_text("utf-8"))


def open_dataset(path: Path) -> Dataset:
    """The dataset saved there."""
    from report.dataset.models import Dataset

    return Dataset.from_json(path.read_text("utf-8"))


def open_content(path: Path) -> Content:
    """The content saved there."""
    from report.content.nodes import Content

    return Content.from_json(path.read_text("utf-8"))


def _drawings(folder: Path) -> dict[str, Drawing]:
    from report.charts.drawing import Drawing

    return {path.stem: Drawing.from_json(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}


def open_theme(report: str) -> Theme:
    """The theme of a report: its layers alone are read, for the writers need nothing else of the template."""
    from report.templates.layers import load_theme_layers
    from report.theme.load import load_theme

    layers = load_theme_layers(report_folder(report), TEMPLATES / "series")
    return load_theme((file.data for file in layers.files), layers.where)


def _values(template: ReportTemplate, dataset: Dataset) -> dict[str, BoundValue]:
    from report.dataset.values import bind_values

    return bind_values(template.values, dataset, template.where)


def _charts(template: ReportTemplate, dataset: Dataset, values: Mapping[str, BoundValue]) -> dict[str, Chart]:
    """The charts of the report, resolved; their data tables name the documents of every figure."""
    from report.charts.load import load_charts
    from report.charts.resolve import resolve_chart

    documents = {found.id: found.doc for found in dataset.observations}
    specs = load_charts(template.charts, template.where)
    return {
        name: resolve_chart(name, spec, values, template.where, documents=documents) for name, spec in specs.items()
    }


def _used(report: str, template: ReportTemplate, documents: Iterable[Document]) -> list[Document]:
    """The documents that the report's `sources` name (all where it names none); see `apart`."""
    from report.sources.document import apart

    found = apart(documents)
    wanted = template.report.sources
    for index, name in enumerate(wanted):
        if not any(document.startswith(name) for document in found):
            place = template.places.where("sources", index)
            raise ReportError(place, f"sources 中的“{name}”没有对应的文献", "可以写的有：" + "、".join(found))
    return [found[name] for name in sorted(found) if not wanted or any(map(name.startswith, wanted))]


# ---------------------------------------------------------------- writing


def _unverify(folder: Path) -> None:
    """Take back a report's verification before one of its files is replaced: what it says would no longer be true."""
    for name in ("verification.json", "release.md"):
        (folder / name).unlink(missing_ok=True)
