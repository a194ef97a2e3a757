"""The miniature report as verification sees it: the finished files, and what they were made from."""

from __future__ import annotations

import pytest

from report.charts.load import load_charts
from report.charts.resolve import resolve_chart
from report.dataset.models import Dataset
from report.dataset.values import bind_values
from report.sources.document import Document
from report.templates.load import load_report
from report.verify.files import open_finished
from report.verify.verify import Basis

from ..project import Project
from .breaking import Proof


@pytest.fixture(scope="session")
def proof(built: Project) -> Proof:
    """The miniature, sound."""
    folder = built.out / "mini"
    template = load_report(built.folder / "templates/reports/mini", built.folder / "templates/series")
    dataset = Dataset.from_json((folder / "dataset.json").read_text("utf-8"))
    values = bind_values(template.values, dataset, template.where)
    charts = load_charts(template.charts, template.where)
    documents = [Document.from_json(path.read_text("utf-8")) for path in sorted(built.out.glob("documents/*.json"))]
    basis = Basis(
        documents={document.id: document for document in documents},
        dataset=dataset,
        charts={name: resolve_chart(name, spec, values, template.where) for name, spec in charts.items()},
        wording=template.wording,
        inputs={f"seeds/{document.file}": document.sha256 for document in documents},
    )
    return Proof(open_finished(folder), basis)
