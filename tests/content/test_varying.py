"""Blocks that stand in a report only where the data say so, and once for each of several names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.content.compose import compose, unused_values
from report.content.nodes import Block, Box, Content, Heading, ListBlock, NoteMark, Paragraph, Table
from report.content.walk import deep, plain
from report.dataset.models import Dataset
from report.dataset.reconcile import reconcile, source_of
from report.dataset.values import bind_values
from report.errors import ReportError
from report.observations.extract import extract_observations
from report.sources.reader import read_source
from report.templates.load import load_report
from tests.project import MINI, ROOT

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/varying.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """What the made-up source says."""
    path = tmp_path_factory.mktemp("source") / "简报.txt"
    path.write_text(CASES["source"], "utf-8")
    document = read_source(path)
    return reconcile([source_of(document)], extract_observations(document))


def composed(text: str, dataset: Dataset, folder: Path) -> Content:
    """A report of this one section."""
    shutil.copytree(MINI / "reports/mini", folder)
    shutil.rmtree(folder / "sections")
    (folder / "charts.yaml").unlink()
    (folder / "sections").mkdir()
    (folder / "sections/一.md").write_text(text, "utf-8")
    (folder / "values.yaml").write_text(CASES["values"], "utf-8")
    (folder / "report.yaml").write_text("extends: industry\ntitle: 题\ndate: 2025-01-01\nsections: [一.md]\n", "utf-8")
    template = load_report(folder, ROOT / "templates/series")
    content = compose(template, dataset, bind_values(template.values, dataset, template.where), {})
    assert unused_values(template, content) is not None
    return content


def printed(content: Content) -> Iterator[str]:
    """The blocks of the body as printed, note marks as numbers in rings."""
    [body] = [part for part in content.parts if part.role == "body"]
    for block in deep(body.blocks):
        yield from _words(block, list(content.notes))


def _words(block: Block, notes: list[str]) -> Iterator[str]:
    match block:
        case Heading():
            yield block.number + plain(block.inlines)
        case Paragraph():
            yield "".join(
                chr(0x2460 + notes.index(one.note)) if isinstance(one, NoteMark) else one.text for one in block.inlines
            )
        case Box():
            yield plain(block.title)
        case Table():
            yield " ".join("|".join(plain(cell.inlines) for cell in row) for row in (*block.head, *block.rows))
        case _:
            assert not isinstance(block, ListBlock)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_a_section_as_the_data_decide(case: dict[str, Any], dataset: Dataset, tmp_path: Path) -> None:
    if "printed" in case:
        assert list(printed(composed(case["text"], dataset, tmp_path / "r"))) == case["printed"]
        return
    with pytest.raises(ReportError) as caught:
        composed(case["text"], dataset, tmp_path / "r")
    lines = [str(issue).partition("sections/")[2] for issue in caught.value.issues]
    assert len(lines) == len(case["told"]), lines
    assert all(map(str.startswith, lines, case["told"])), lines


def test_a_value_that_is_only_asked_for_is_used(dataset: Dataset, tmp_path: Path) -> None:
    content = composed("::: when 甲国·投入\n有。\n:::\n", dataset, tmp_path / "r")
    template = load_report(tmp_path / "r", ROOT / "templates/series")
    unused = {issue.problem for issue in unused_values(template, content)}
    assert "值“甲国·投入”没有用到" not in unused and "值“甲国·签证数”没有用到" in unused


def test_what_varies_is_told(dataset: Dataset, tmp_path: Path) -> None:
    """Whoever reads the section's text again must know that the report does not follow from it alone."""
    assert [origin.varies for origin in composed("段。\n", dataset, tmp_path / "a").sections] == [False]
    varied = composed("段。\n\n::: when 合计\n没有。\n:::\n", dataset, tmp_path / "b")
    assert [origin.varies for origin in varied.sections] == [True]
