"""The PDF writer: a report's content, set and painted as a tagged archival PDF."""

from __future__ import annotations

from collections.abc import Mapping

from report.charts.drawing import Drawing
from report.content.nodes import Content
from report.errors import Issue, ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.finish import finish
from report.writers.pdf.layout import Layout
from report.writers.pdf.paint import Painter


def write_pdf(
    content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing]
) -> tuple[bytes, Layout]:
    """The report as PDF/UA-1 and PDF/A-2a, and its layout. `drawings` are the charts by Figure.chart.

    Same input, same bytes. ReportError where a chart, a note's text, a reference's target or a character is missing,
    or where something does not fit on a page.
    """
    layout = lay_out(content, theme, library, drawings)
    _check_references(layout)
    painted, marks = Painter(layout, theme, library).paint()
    return finish(painted, layout, marks, content.front), layout


def _check_references(layout: Layout) -> None:
    """Every cross reference must lead to something that stands on a page."""
    known = {anchor.name for page in layout.pages for anchor in page.anchors}
    known |= {leaf.hook.anchor for leaf in layout.leaves}
    issues = [
        Issue(where=hook.to, problem=f"交叉引用“{hook.spoken}”没有目标", hint="检查标题、图、表的 id")
        for hook in (leaf.hook for leaf in layout.leaves)
        if hook.to and hook.to not in known
    ]
    if issues:
        raise ReportError.all_of(issues)
