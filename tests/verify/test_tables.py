"""Tables that a screen reader can walk, and what is told of others."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from ruamel.yaml import YAML

from report.content.nodes import Part
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.verify.tables import table_faults
from report.writers.pdf.write import write_pdf

from ..writers.pdf.sample import content, decimal_table, note_texts, spanned_table

THEME = Path(__file__).parents[2] / "templates/themes/shanghai/theme.yaml"


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """A table with joined cells and one without."""
    theme = load_theme([YAML(typ="safe").load(THEME.read_text("utf-8"))], str(THEME))
    body = Part(role="body", blocks=(spanned_table("a", 1), decimal_table("b", 2, "n1")))
    data, _ = write_pdf(content([body], note_texts()), theme, FontLibrary(theme), {})
    return pikepdf.open(io.BytesIO(data))


def test_joined_cells_fill_the_grid(pdf: pikepdf.Pdf) -> None:
    assert list(table_faults(pdf.Root.StructTreeRoot)) == []


def test_a_span_that_is_not_told_leaves_a_hole(pdf: pikepdf.Pdf) -> None:
    spanning = next(thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)
                    and "/ColSpan" in thing.get("/A", pikepdf.Dictionary()))
    del spanning.A["/ColSpan"]

    assert list(table_faults(pdf.Root.StructTreeRoot)) == ["第1张表各行的格数不齐（3、4）"]
