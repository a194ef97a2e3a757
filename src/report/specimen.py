"""Shows a template: every role of text and every kind of chart on a few pages, with figures made up for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.charts.chart import Chart
from report.charts.draw import draw_chart
from report.charts.drawing import Drawing
from report.content.compose import compose
from report.content.nodes import Content
from report.files import write_files
from report.opening import SERIES, TEMPLATES, resolved_charts, template_folder
from report.rehearsal import bound_dataset, read_sources
from report.templates.layers import template_chain
from report.templates.load import load_report
from report.theme.fonts import FontLibrary
from report.theme.layers import theme_layers
from report.theme.load import load_theme
from report.writers.docx.charts import shown_charts
from report.writers.docx.write import write_docx
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf

FOLDER = TEMPLATES / "specimen"


@dataclass(frozen=True)
class Specimen:
    """A specimen, set: its pages as files and as data."""

    pdf: bytes
    docx: bytes
    layout: Layout
    drawings: Mapping[str, Drawing]


def specimen(template: str, output: Path) -> str:
    """The specimen of a series, a report or a look (its name or folder): specimen.pdf and specimen.docx in `output`."""
    made = set_specimen(template_chain(template_folder(template), SERIES))
    pdf, docx = output / "specimen.pdf", output / "specimen.docx"
    write_files({pdf: made.pdf, docx: made.docx})
    return f"{len(made.layout.pages)} 页：{pdf.as_posix()}，{docx.as_posix()}"


def set_specimen(below: Sequence[Path]) -> Specimen:
    """The specimen in the look and the words of the template that these folders make, the base's first.

    It is a small report of its own, templates/specimen, with a source made up for it.
    """
    layers = theme_layers([*below, FOLDER], SERIES)
    theme = load_theme((file.data for file in layers.files), layers.where)
    library = FontLibrary(theme)
    content, drawn = _composed(below)
    files = {name: draw_chart(chart, theme, library) for name, chart in drawn.items()}
    drawings = {name: made.drawing for name, made in files.items()}
    pdf, layout = write_pdf(content, theme, library, drawings)
    shown = shown_charts(theme, drawings, {name: made.png for name, made in files.items()})
    word = write_docx(content, theme, layout.to_data(), shown)
    library.settle()
    return Specimen(pdf, word, layout, drawings)


def _composed(below: Sequence[Path]) -> tuple[Content, Mapping[str, Chart]]:
    template = load_report(FOLDER, SERIES, below)
    dataset, values = bound_dataset(template, read_sources(FOLDER / "seeds"))
    charts = resolved_charts(template, dataset, values)
    return compose(template, dataset, values, charts), charts
