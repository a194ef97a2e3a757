"""Charts drawn by Word, made for tests: as plots, as a Word file of nothing but figures, and opened again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

from report.charts.chart import Chart
from report.charts.drawing import Drawing
from report.charts.layout import lay_out
from report.charts.load import load_charts
from report.charts.native.plot import Plot
from report.charts.resolve import resolve_chart
from report.content.nodes import Content, Figure, Part
from report.dataset.models import BoundValue
from report.theme.theme import Theme
from report.writers.docx.charts import shown_charts
from report.writers.docx.write import write_docx

from ...charts.made import charts, library, theme, values
from .opened import Opened, open_charts
from .sample import h, make_content, make_layout, make_picture, t

NATIVE = ("bars", "groups", "shares", "lines")


def content(names: list[str]) -> Content:
    """A report of nothing but figures."""
    figures = [
        Figure(id=f"f{n}", number=n, chart=name, caption=(t(name),), source=(t("资料来源：文献1。"),), alt=f"图{name}")
        for n, name in enumerate(names, start=1)
    ]
    body = Part(role="body", blocks=(h(1, "一、", "图", "ch1"), *figures))
    return make_content().changed({"parts": (body,), "notes": {}})


def layout(count: int) -> dict[str, Any]:
    made = make_layout()
    anchors = [f"f{n}" for n in range(1, count + 1)]
    made["pages"].append({"number": "9", "blank": False, "lines": [], "notes": [], "headings": [], "anchors": anchors})
    return made


@cache
def drawing(name: str) -> Drawing:
    return lay_out(charts()[name], theme(), library())


def written(drawings: dict[str, Drawing], look: Theme | None = None) -> bytes:
    """The charts as a Word file."""
    look = look or theme()
    shown = shown_charts(look, drawings, dict.fromkeys(drawings, make_picture()))
    return write_docx(content(list(drawings)), look, layout(len(drawings)), shown)


def opened(chart: Chart) -> Opened:
    """One chart, written and opened again."""
    return open_charts(written({chart.id: lay_out(chart, theme(), library())}))[0]


def native(chart: Chart) -> Plot:
    plot = lay_out(chart, theme(), library()).native
    assert plot
    return plot


def value(name: str, amount: float, text: str = "", period: str = "2020年") -> BoundValue:
    text = text or f"{amount:.12g}人"
    return values()["企业"].changed(
        {"name": name, "value": amount, "text": text, "plain": text, "number": text, "period": period}
    )


def chart(kind: str, items: list[dict[str, Any]], made: dict[str, BoundValue], **more: Any) -> Chart:
    entry = {"kind": kind, "title": "题", "subtitle": "副题", "items": items, **more}
    return resolve_chart("图", load_charts({"图": entry}, {})["图"], made, {})


def edited(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        assert part in source.namelist()
        for name in source.namelist():
            was = source.read(name)
            now = edit(was) if name == part else was
            assert name != part or now != was
            target.writestr(name, now)
    return out.getvalue()
