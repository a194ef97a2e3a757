"""Which charts a word processor can draw itself, and how: the marks between headline and note."""

from __future__ import annotations

from collections.abc import Callable

from report.charts.chart import Chart, Quantity
from report.charts.drawing import Drawing
from report.charts.native.bars import plan_bars
from report.charts.native.lines import plan_lines
from report.charts.native.plot import Plot
from report.charts.native.shares import plan_shares
from report.charts.native.words import wrapped
from report.charts.pen import NOTE, SUBTITLE, TITLE, Pen
from report.charts.spec import ChartKind

BEFORE_BODY, BEFORE_NOTE, FOOT = 14.0, 8.0, 2.0  # white around a chart's marks, here as in the drawing
Plan = Callable[[Chart, Pen, float, Drawing], Plot]

PLANS: dict[ChartKind, Plan] = {
    "bars": plan_bars, "groups": plan_bars, "shares": plan_shares, "lines": plan_lines,
}  # fmt: skip


def plan_native(chart: Chart, pen: Pen, drawing: Drawing) -> Plot | None:
    """The chart as numbers, as wide as its drawing and told in the same words; None for what no word processor
    draws: other kinds, ranges on lines, ranges that reach below zero."""
    if chart.kind not in PLANS or any(mark.figure and not _drawable(chart, mark.figure) for mark in chart.marks):
        return None
    title, top = wrapped(pen, chart.title, (0, 0), TITLE)
    subtitle, top = wrapped(pen, chart.subtitle, (0, top + 1), SUBTITLE)
    plot = PLANS[chart.kind](chart, pen, top + BEFORE_BODY, drawing)
    bottom = max(plot.height, pen.floor)
    note, below = wrapped(pen, chart.note, (0, bottom + BEFORE_NOTE), NOTE)
    height = round((below if note else bottom) + FOOT, 2)
    captions = (*title, *subtitle, *plot.captions, *note)
    return plot.changed({"captions": captions, "height": height, "evidence": chart.table})


def _drawable(chart: Chart, figure: Quantity) -> bool:
    return not figure.is_range or (chart.kind != "lines" and figure.low >= 0)
