"""Our own extractor on the finished files: every figure it finds there must be a value, or stand on the closed list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from report.charts.chart import Chart, Label, plain, text_runs
from report.charts.drawing import Drawing, Words
from report.content.typed import NAME
from report.observations.figures import figures_in
from report.verify.expected import Expected
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Passage, squeeze

UNREAD = ("contents", "label", "figure")  # page numbers of the contents, marks of lists and notes; charts: see below


def check_figures(kind: str, passages: Sequence[Passage], expected: Sequence[Expected]) -> CheckResult:
    """Figures in the text of one finished file against the places of the content's values.

    Exempt are, besides names that the extractor masks: contents page, heading and caption number, note mark,
    reference, the report's date and serial, titles in 《》, and the quotations of the annex.
    """
    known = {text: one for one in expected for text in (one.bare, one.text)}
    findings: list[Finding] = []
    count = 0
    for passage in passages:
        text = squeeze(passage.text)
        if passage.kind in UNREAD or not text:
            continue
        one = known.get(text)
        allowed = list(_allowed(one, one.number if text == one.bare else 0)) if one else []
        for start, end in _figures(text):
            count += 1
            if not any(low <= start and end <= high for low, high in allowed):
                findings.append(Finding(where=one.where if one else passage.kind, text=_around(text, start, end)))
    return result(f"figures-{kind}", f"{count} 个数字", findings)


def check_chart_figures(charts: Mapping[str, Chart], drawings: Mapping[str, Drawing]) -> CheckResult:
    """Figures in the words of every chart: each stands in a value, and every word drawn is one the chart was given."""
    findings: list[Finding] = []
    count = 0
    for name, chart in charts.items():
        runs = text_runs(chart)
        for run in runs:
            spans = _value_spans(run)
            for start, end in _figures(plain(run)):
                count += 1
                if not any(low <= start and end <= high for low, high in spans):
                    findings.append(Finding(where=f"图 {name}", text=_around(plain(run), start, end)))
        findings += _strangers(name, drawings[name], [squeeze(plain(run)) for run in runs])
    return result("figures-charts", f"{count} 个数字", findings)


def _figures(text: str) -> Iterator[tuple[int, int]]:
    """Cores of the figures in a text, those in titles left out."""
    titles = [match.span() for match in NAME.finditer(text)]
    for figure in figures_in(text):
        if not any(start <= figure.core_start < end for start, end in titles):
            yield figure.core_start, figure.core_end


def _allowed(one: Expected, shift: int) -> Iterator[tuple[int, int]]:
    for start, end, _ in one.values:
        yield start - shift, end - shift
    for start, end in one.exempt:
        yield start - shift, end - shift


def _value_spans(run: Label) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    end = 0
    for segment in run:
        start, end = end, end + len(segment.text)
        if segment.value:
            spans.append((start, end))
    return spans


def _strangers(name: str, drawing: Drawing, runs: Sequence[str]) -> Iterator[Finding]:
    for item in drawing.items:
        if isinstance(item, Words) and not any(squeeze(item.text) in run for run in runs):
            yield Finding(where=f"图 {name}", text=f"“{item.text}”不在图的文字里")


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(start - 12, 0) : start]}【{text[start:end]}】{text[end : end + 12]}"
