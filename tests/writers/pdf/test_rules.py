"""A tiny page for every rule of the page, held to its golden layout; a few held to their pictures.

`pytest tests/writers/pdf/test_rules.py --accept` takes what is set now for golden; look at it before you do.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image, ImageFilter

from report.records import canonical_json
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf

from .tiny import CASES, CHARTS, case, tiny

NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))
PICTURED = (
    "a-box-goes-on-overleaf-with-its-ground",
    "a-long-title-wraps-in-the-contents",
    "a-table-lies-across-pages-of-its-own",
    "notes-hang-on-headings-captions-cells-lists-and-boxes",
)
REPORT = Path(__file__).parents[3] / "output/test-report"
SCALE = 1.0  # pixels a point
BLUR = 1.2  # pixels: what another rasteriser smooths otherwise
TELLING, MOST = 48, 0.002  # a pixel differs by more than so many of 255 grey; at most so many of them may


def set_case(name: str, theme: Theme, library: FontLibrary) -> Layout:
    """A case, laid out."""
    content, setting = case(name)
    return lay_out(content, tiny(theme, setting), library, CHARTS)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_as_its_rule_wants_it(
    name: str, theme: Theme, library: FontLibrary, request: pytest.FixtureRequest
) -> None:
    golden = CASES / f"{name}.json"
    layout = set_case(name, theme, library).to_data()
    if request.config.getoption("--accept", default=False):
        golden.write_text(canonical_json(layout), encoding="utf-8")

    assert _rounded(layout) == _rounded(json.loads(golden.read_text(encoding="utf-8")))


def _rounded(data: object) -> object:
    """With lengths to a tenth of a point."""
    if isinstance(data, dict):
        return {key: _rounded(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_rounded(value) for value in data]
    return round(data * 10) if isinstance(data, float) else data


def test_every_golden_layout_has_its_case() -> None:
    assert sorted(path.stem for path in CASES.glob("*.json")) == NAMES


# ---------------------------------------------------------------- pictures


@pytest.mark.parametrize("name", PICTURED)
def test_the_page_looks_as_it_did(
    name: str, theme: Theme, library: FontLibrary, request: pytest.FixtureRequest
) -> None:
    content, setting = case(name)
    data, _ = write_pdf(content, tiny(theme, setting), library, CHARTS)
    actual, golden = _picture(data), CASES / f"{name}.png"
    if request.config.getoption("--accept", default=False):
        actual.save(golden, optimize=True)
    expected = Image.open(golden).convert("L")
    share, shown = compared(actual, expected)
    if share > MOST:
        _report(name, actual, expected, shown)

    assert share <= MOST, f"{share:.2%} of {name} looks otherwise: see {REPORT}"


def _picture(data: bytes) -> Image.Image:
    """All pages side by side, grey."""
    document = pypdfium2.PdfDocument(data)
    pages = [page.render(scale=SCALE).to_pil().convert("L") for page in document]
    sheet = Image.new("L", (sum(page.width for page in pages), max(page.height for page in pages)), 128)
    x = 0
    for page in pages:
        sheet.paste(page, (x, 0))
        x += page.width
    return sheet


def compared(actual: Image.Image, expected: Image.Image) -> tuple[float, Image.Image]:
    """The share of pixels that differ, however edges are smoothed, and a picture of where."""
    if actual.size != expected.size:
        return 1.0, actual
    blurred = [np.asarray(image.filter(ImageFilter.GaussianBlur(BLUR)), dtype=np.int16) for image in (actual, expected)]
    difference = np.abs(blurred[0] - blurred[1])
    shown = Image.fromarray((255 - np.minimum(difference * 3, 255)).astype(np.uint8))
    return float((difference > TELLING).mean()), shown


def _report(name: str, actual: Image.Image, expected: Image.Image, shown: Image.Image) -> None:
    REPORT.mkdir(parents=True, exist_ok=True)
    for kind, image in (("actual", actual), ("expected", expected), ("diff", shown)):
        image.save(REPORT / f"{name}.{kind}.png")


def test_a_line_that_moved_is_seen_and_a_smoothed_edge_is_not() -> None:
    page = Image.new("L", (200, 200), 255)
    page.paste(0, (20, 50, 180, 58))
    moved = Image.new("L", (200, 200), 255)
    moved.paste(0, (20, 54, 180, 62))

    assert compared(page, moved)[0] > MOST
    assert compared(page, page.filter(ImageFilter.GaussianBlur(0.5)))[0] <= MOST
