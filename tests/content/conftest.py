"""The miniature report, built with the real rooms: sources, observations, dataset, templates, charts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from report.charts.load import load_charts
from report.charts.resolve import resolve_chart
from report.content.compose import compose
from report.content.nodes import Content
from report.dataset.models import Dataset
from report.dataset.reconcile import reconcile, source_of
from report.dataset.values import bind_values
from report.observations.extract import extract_observations
from report.sources.document import Document
from report.sources.reader import read_source
from report.templates.load import load_report
from report.templates.models import ReportTemplate

ROOT = Path(__file__).parents[2]
MINI = ROOT / "tests/fixtures/mini"
SERIES = ROOT / "templates/series"


@dataclass(frozen=True)
class Press:
    """The miniature's documents and dataset; builds any report on them."""

    documents: tuple[Document, ...]
    dataset: Dataset

    def template(self, folder: Path) -> ReportTemplate:
        """The template in a folder."""
        return load_report(folder, SERIES)

    def build(self, folder: Path) -> Content:
        """The content tree of the report in a folder."""
        template = self.template(folder)
        values = bind_values(template.values, self.dataset, template.where)
        specs = load_charts(template.charts, template.where)
        charts = {name: resolve_chart(name, spec, values, template.where) for name, spec in specs.items()}
        return compose(template, self.dataset, values, charts)


@pytest.fixture(scope="session")
def press() -> Press:
    """The two made-up documents, read, extracted and reconciled once."""
    documents = [read_source(path) for path in sorted((MINI / "seeds").iterdir())]
    observations = [found for document in documents for found in extract_observations(document)]
    dataset = reconcile(map(source_of, documents), observations)
    return Press(tuple(documents), dataset)


@pytest.fixture(scope="session")
def mini(press: Press) -> Content:
    """The miniature report, composed."""
    return press.build(MINI / "reports/mini")


@pytest.fixture
def edit(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the miniature report with one text in one file replaced (old "": added at the end)."""
    copy = shutil.copytree(MINI / "reports/mini", tmp_path / "mini")

    def edited(file: str, old: str, new: str) -> Path:
        path = copy / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        return copy

    return edited
