"""A chart laid out: headline, what is measured, the marks, the note — as a drawing, before any engine."""

from __future__ import annotations

from collections.abc import Callable

from report.charts.chart import Chart
from report.charts.drawing import Drawing
from report.charts.kinds.bars import draw_bars
from report.charts.kinds.change import draw_change
from report.charts.kinds.flow import draw_flow
from report.charts.kinds.lines import draw_lines
from report.charts.kinds.matrix import draw_matrix
from report.charts.kinds.range import draw_range
from report.charts.kinds.shares import draw_shares
from report.charts.kinds.timeline import draw_timeline
from report.charts.kinds.unit import draw_unit
from report.charts.native.plan import BEFORE_BODY, BEFORE_NOTE, FOOT, plan_native
from report.charts.pen import NOTE, SUBTITLE, TITLE, Pen
from report.charts.spec import ChartKind
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme

Body = Callable[[Chart, Pen, float], float]

BODIES: dict[ChartKind, Body] = {
    "unit": draw_unit, "bars": draw_bars, "groups": draw_bars, "shares": draw_shares, "change": draw_change,
    "range": draw_range, "lines": draw_lines, "timeline": draw_timeline, "flow": draw_flow, "matrix": draw_matrix,
}


def lay_out(chart: Chart, theme: Theme, library: FontLibrary, width: float = 0) -> Drawing:
    """The drawing of a chart, `width` points wide (0: as the theme's text block), as high as it needs (at least
    Chart.height).

    Raises ReportError for a character no font has, a colour or entity the theme does not name, a figure too big for
    its place.
    """
    pen = Pen(chart, theme, library, width)
    note = pen.wrap(chart.note, pen.width, NOTE)
    pen.floor = chart.height - (pen.tall(note, NOTE) + BEFORE_NOTE if note else 0)
    top = pen.lines(pen.wrap(chart.title, pen.width, TITLE), 0, 0, TITLE)
    top = pen.lines(pen.wrap(chart.subtitle, pen.width, SUBTITLE), 0, top + 1, SUBTITLE)
    bottom = max(BODIES[chart.kind](chart, pen, top + BEFORE_BODY), pen.floor)
    if note:
        bottom = pen.lines(note, 0, bottom + BEFORE_NOTE, NOTE)
    drawing = Drawing(width=pen.width, height=round(bottom + FOOT, 2), items=tuple(pen.items), alt=chart.alt)
    return drawing.changed({"native": plan_native(chart, pen, drawing)})
