"""LibreOffice draws the native charts, prints their figures as the report does, and keeps them when it saves."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from report.charts.chart import plain
from report.charts.drawing import Words

from ...charts.made import charts
from .native import NATIVE, drawing, written
from .office import converted
from .opened import Opened, open_charts

pytestmark = pytest.mark.long

NAMES = [name for name, chart in charts().items() if chart.kind in NATIVE]


@pytest.fixture(scope="module")
def report() -> bytes:
    return written({name: drawing(name) for name in NAMES})


def dense(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_word_of_the_drawings_is_printed(report: bytes, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(converted(report, tmp_path, "pdf")) as pdf:
        printed = dense("".join(page.get_textpage().get_text_range() for page in pdf))
    for name in NAMES:
        told = [dense(item.text) for item in drawing(name).items if isinstance(item, Words)]
        told += [dense(plain(mark.figure.printed)) for mark in charts()[name].marks if mark.figure]
        labels = {dense(line) for mark in charts()[name].marks for line in (plain(mark.label), plain(mark.note))}
        parts = [words for words in told if not any(words in label for label in labels)]  # it breaks lines elsewhere
        assert [words for words in parts if words not in printed] == [], name


def copies(chart: Opened) -> list[list[float]]:
    """The figures of each series."""
    kind = "c:yVal" if chart.all("//c:scatterChart") else "c:val"
    return [[float(value) for value in chart.cache(kind, series).values()] for series in chart.series()]


def test_charts_and_workbooks_survive_saving(report: bytes, tmp_path: Path) -> None:
    saved = converted(report, tmp_path, "docx:MS Word 2007 XML").read_bytes()
    before, after = open_charts(report), open_charts(saved)
    assert [copies(chart) for chart in after] == [copies(chart) for chart in before]
    for old, new in zip(before, after, strict=True):
        assert list(new.typed.values) == list(old.typed.values)
        assert [dense(words) for words in new.words()] == [dense(words) for words in old.words()]
