"""The PDF writer: a report's content, set and printed as a tagged archival PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.charts.drawing import Drawing
from report.content.nodes import Content
from report.errors import Issue, ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.job import FontProgram, Job
from report.writers.pdf.layout import Layout
from report.writers.pdf.press import print_here
from report.writers.pdf.subset import subsets


def write_pdf(
    content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing]
) -> tuple[bytes, Layout]:
    """The report as PDF/UA-1 and PDF/A-2a, and its layout; see `set_pdf`. Same input, same bytes."""
    job, programs = set_pdf(content, theme, library, drawings)
    return print_here(job, programs)(), job.layout


def set_pdf(
    content: Content, theme: Theme, library: FontLibrary, drawings: Mapping[str, Drawing]
) -> tuple[Job, Iterator[FontProgram]]:
    """The report set, to be printed with the programs of its fonts, which are made as they are asked for. `drawings`
    are the charts by Figure.chart.

    ReportError where a chart, a note's text, a reference's target or a character is missing, or where something does
    not fit on a page.
    """
    try:
        layout = lay_out(content, theme, library, drawings)
    except ReportError as error:
        raise _placed(error, content, library, drawings) from error
    _check_references(layout)
    fonts = subsets(layout, library)
    job = Job(layout, content.front, theme.palette, tuple(font.data for font in fonts))
    return job, (font.program() for font in fonts)


def _placed(
    error: ReportError, content: Content, library: FontLibrary, drawings: Mapping[str, Drawing]
) -> ReportError:
    from report.writers.pdf.mistakes import placed  # what is not needed is not imported

    return placed(error, content, library, drawings)


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
