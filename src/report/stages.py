"""The stages of the press: open files, call pure code, write files — whole or not at all.

The only place that opens stage files. Rooms are imported where they are used: a stage must not pay for the libraries
of another (matplotlib alone costs more than setting twenty pages).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from report.errors import ReportError
from report.files import whole_files, write_file, write_files, write_folder
from report.opening import (
    SERIES,
    THEMES,
    bound_values,
    decoded,
    load_template,
    open_catalogue,
    open_content,
    open_dataset,
    open_digest,
    open_document,
    open_documents,
    open_drawings,
    open_events,
    open_look,
    open_observations,
    open_source,
    open_theme,
    open_theme_layers,
    report_folder,
    resolved_charts,
    used_documents,
)
from report.records import Record, canonical_json, listed, to_jsonl

if TYPE_CHECKING:
    from report.observations.corrections import Correction
    from report.observations.event import Event
    from report.observations.observation import Observation
    from report.observations.passages import Passages
    from report.sources.document import Document
    from report.templates.models import ReportTemplate
    from report.theme.fonts import FontLibrary
    from report.theme.theme import Theme
    from report.verify.verify import Basis
    from report.writers.pdf.press import Printing

NARROW = "narrow"  # the folder, beside the charts, of those for phones
EVENTS = ".events.jsonl"  # how the name of a file of events ends; any other .jsonl holds observations
Show = Callable[["Document", "Sequence[Observation]"], None]


# ---------------------------------------------------------------- stages


def read(seed: Path, output: Path) -> str:
    """One source file → document.json."""
    document = open_source(seed)
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


def _append(file: BinaryIO | None, records: Sequence[Record]) -> int:
    """Write the records where there is a file for them; how many they are."""
    if file:
        file.write(to_jsonl(records))
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
    catalogue_of, corrections_of = cache(open_catalogue), cache(_corrections)
    for path in inputs:
        document = open_document(path, catalogue_of)
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


def digest(seeds: Path, documents: Path, observations: Path, output: Path) -> str:
    """What was made of the files in `seeds` → a report's template that nobody had to write: what they say, by topic.

    `documents` and `observations` as for `reconcile`; `output` is the template's folder.
    """
    from report.dataset.reconcile import reconcile as reconciled
    from report.dataset.reconcile import source_of
    from report.digest.write import write_digest
    from report.sources.seeds import made_of

    dataset = reconciled(
        map(source_of, open_documents(seeds, documents)),
        [found for path in made_of(seeds, observations, ".jsonl") for found in open_observations(path)],
        events=[event for path in made_of(seeds, observations, EVENTS) for event in open_events(path)],
    )
    files = write_digest(dataset, *open_digest())
    write_files({output / name: text for name, text in files.items()})
    return f"{len(dataset.sources)} 份文献的摘编"


def reconcile(report: str, seeds: Path, documents: Path, observations: Path, output: Path) -> str:
    """What was made of the files in `seeds` → dataset.json and, beside it, .csv, .xlsx, datapackage, checks.

    `documents` holds a .json for each, `observations` a .jsonl of figures and one of events. The corrections beside the
    seeds, applied when the observations were extracted, are only held to here: all their documents there, all of them
    to be seen.
    """
    from report.dataset.reconcile import reconcile as reconciled
    from report.dataset.reconcile import source_of
    from report.dataset.tables import Weighed, csv_pieces, datapackage, dataset_frames
    from report.dataset.witnesses import with_values
    from report.dataset.workbook import xlsx_bytes
    from report.observations.corrections import check_applied, check_documents
    from report.sources.seeds import made_of

    template = load_template(report)
    received = [source_of(document) for document in open_documents(seeds, documents)]  # the cards: texts are not held
    wanted = _corrections(seeds / "corrections.yaml")
    check_documents(wanted, (source.id for source in received))
    figures = [found for path in made_of(seeds, observations, ".jsonl") for found in open_observations(path)]
    check_applied(wanted, figures)
    dataset = reconciled(
        used_documents(report, template, received),
        figures,
        precedence=template.report.precedence,
        where=[template.places.where("precedence", index) for index in range(len(template.report.precedence))],
        events=[event for path in made_of(seeds, observations, EVENTS) for event in open_events(path)],
    )
    del figures
    values = bound_values(template, dataset)
    dataset = with_values(dataset, values)
    folder, frames = output.parent, dataset_frames(dataset, values)
    csv = Weighed(csv_pieces(frames["observations"]))
    _unverify(folder)
    write_files(
        {
            output: dataset.pieces(),
            folder / "dataset.csv": csv,
            folder / "dataset.xlsx": _later(lambda: xlsx_bytes(frames, _beside(folder, seeds))),
            folder / "datapackage.json": _later(lambda: canonical_json(datapackage(dataset, csv))),
            folder / "checks.json": [*listed(dataset.checks), "\n"],
        }
    )
    return f"{len(dataset.facts)} 项事实，{len(dataset.checks)} 项核对"


def _later(make: Callable[[], bytes | str]) -> Iterator[bytes | str]:
    """What is made only when it is to be written, after the files before it."""
    yield make()


def draw(report: str, dataset: Path, output: Path, theme: Path) -> str:
    """Chart specs and values → a folder of pictures: <id>.pdf .svg .png .csv, and .json (the drawing as data);
    narrow/<id>.svg are the charts as a phone shows them.

    `theme` is where the look goes, put together of its layers and checked, for the writers.
    """
    from report.charts.draw import draw_chart
    from report.theme.fonts import FontLibrary, check_fonts

    template = load_template(report)
    look = open_theme(report)
    library = FontLibrary(look)
    check_fonts(library)
    data = open_dataset(dataset)
    charts = resolved_charts(template, data, bound_values(template, data))
    files: dict[str, bytes | str] = {}
    for name, chart in charts.items():
        drawn = draw_chart(chart, look, library)
        files |= {f"{name}.pdf": drawn.pdf, f"{name}.svg": drawn.svg, f"{name}.png": drawn.png}
        files |= {f"{name}.csv": drawn.csv, f"{name}.json": drawn.drawing.to_json()}
        files |= {f"{NARROW}/{name}.svg": drawn.narrow} if drawn.narrow else {}
    _unverify(output.parent)
    write_file(theme, look.to_json())
    write_folder(output, files)
    return f"{len(charts)} 幅图"


def compose(report: str, dataset: Path, output: Path) -> str:
    """Template, dataset and chart specs → content.json."""
    from report.content.compose import compose as composed
    from report.content.compose import unused_values

    template = load_template(report)
    data = open_dataset(dataset)
    values = bound_values(template, data)
    charts = resolved_charts(template, data, values)
    content = composed(template, data, values, charts)
    _unverify(output.parent)
    write_file(output, content.to_json())
    warnings = "".join(f"\n{issue}" for issue in unused_values(template, content))
    return f"{len(content.evidence)} 个数据，{len(content.notes)} 条脚注{warnings}"


def write_pdf(
    content: Path, theme: Path, charts: Path, made: tuple[Path, Path], press: Printing | None = None
) -> str:
    """Content, theme and drawings → `made`: report.pdf and layout.json. Printed in this process where no `press` is
    given."""
    from report.writers.pdf.press import print_here
    from report.writers.pdf.write import set_pdf

    look, library = _fonts(theme.read_bytes())
    job, programs = set_pdf(open_content(content), look, library, open_drawings(charts))
    result = (press or print_here)(job, programs)
    pages = job.layout.to_json()
    library.settle()

    def finished() -> Iterator[bytes]:  # what can be made ready is, while the press is at work
        yield result()
        _unverify(output.parent)

    output, layout = made
    write_files({layout: pages, output: finished()})
    return f"{len(job.layout.pages)} 页"


@lru_cache(maxsize=1)
def _fonts(theme: bytes) -> tuple[Theme, FontLibrary]:
    """A theme.json and its fonts: opened once for all the reports that a process sets in it."""
    from report.theme.fonts import FontLibrary
    from report.theme.theme import Theme

    look = decoded(Theme, theme, "theme.json")
    return look, FontLibrary(look)


def write_docx(content: Path, made: Mapping[str, Path], output: Path, *, evidence: bool) -> str:
    """Content and what has been made for it (`theme`, `charts`, `layout` with the PDF's page numbers) → report.docx;
    `evidence` adds the sources as comments."""
    from report.writers.docx.charts import shown_charts
    from report.writers.docx.write import write_docx as written

    look = open_look(made["theme"])
    pictures = {path.stem: path.read_bytes() for path in sorted(made["charts"].glob("*.png"))}
    shown = shown_charts(look, open_drawings(made["charts"]), pictures)
    layout = msgspec.json.decode(made["layout"].read_bytes())
    data = written(open_content(content), look, layout, shown, evidence=evidence)
    _unverify(output.parent)
    write_file(output, data)
    return f"{len(data) // 1024} KB"


def write_html(content: Path, theme: Path, charts: Path, output: Path) -> str:
    """Content, theme and chart SVGs → report.html, one self-contained file."""
    from report.writers.html.write import write_html as written

    look = open_look(theme)
    wide, narrow = (
        {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.svg"))}
        for folder in (charts, charts / NARROW)
    )
    page = written(open_content(content), look, wide, narrow)
    _unverify(output.parent)
    write_file(output, page)
    return f"{len(page.encode()) // 1024} KB"


def verify(report: str, seeds: Path, documents: Path, output: Path) -> str:
    """Everything built for a report (the folder of `output`) → verification.json, release.md, and style-log.txt: which
    rule gave what its look.

    `documents` holds what was read of the files in `seeds`. Raises ReportError where a check fails; the record then
    stands under failed-verification.json.
    """
    from report.theme.cascade import style_log
    from report.theme.fonts import FontLibrary
    from report.verify.archive import Trial
    from report.verify.files import open_finished
    from report.verify.verify import verify_report

    template = load_template(report)
    archive = Trial(output.with_name("report.pdf"))
    basis = _basis(template, report, open_documents(seeds, documents), output.parent)
    finished = open_finished(output.parent)
    outcome = verify_report(finished, basis, archive.result)
    failed = output.with_name("failed-verification.json")
    if not outcome.verification.ok:
        write_file(failed, outcome.verification.to_json())
        raise ReportError.all_of(outcome.issues)
    stand_ins = FontLibrary(open_look(output.with_name("theme.json"))).stand_ins()
    layers, pages = open_theme_layers(report), finished.layout["pages"]
    write_files({
        output: outcome.verification.to_json(),
        output.with_name("release.md"): outcome.release,
        output.with_name("style-log.txt"): style_log(layers, pages, stand_ins),
    })
    failed.unlink(missing_ok=True)
    return outcome.told()


def _basis(template: ReportTemplate, report: str, documents: Iterable[Document], folder: Path) -> Basis:
    from report.verify.verify import Basis

    used = {document.id: document for document in used_documents(report, template, documents)}
    dataset = open_dataset(folder / "dataset.json")
    charts = resolved_charts(template, dataset, bound_values(template, dataset))
    files = [*report_folder(report).rglob("*"), *SERIES.rglob("*.yaml"), *THEMES.rglob("*.*")]
    inputs = {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}
    inputs |= {f"seeds/{document.file}": document.sha256 for document in used.values()}
    return Basis(used, dataset, charts, template.wording, inputs)


def _beside(folder: Path, other: Path) -> str:
    """The way from one folder to another, as a link takes it."""
    return Path(os.path.relpath(other, folder)).as_posix()


# ---------------------------------------------------------------- writing


def _unverify(folder: Path) -> None:
    """Take back a report's verification before one of its files is replaced: what it says would no longer be true."""
    for name in ("verification.json", "release.md", "style-log.txt"):
        (folder / name).unlink(missing_ok=True)
