"""Our own extractor on the finished files: every figure it finds there must be a value, or stand on the closed list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from report.charts.chart import Chart, Label, plain, text_runs
from report.charts.drawing import Drawing, Words
from report.content.typed import NAME
from report.observations.figures import figures_in
from report.verify.expected import Expected, Span
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Passage, squeeze

UNREAD = ("contents", "label", "figure")  # page numbers of the contents, marks of lists; pictures have their own check
JOINTS = frozenset("由从自到至和与、—～-间")  # words that may join two values in one figure: 由11%到28%


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
        read, values = _read(one, text) if one else (text, ())
        for span in _figures(read):
            count += 1
            if not _bound(read, span, values):
                findings.append(Finding(where=one.where if one else passage.kind, text=_around(text, span)))
    return result(f"figures-{kind}", f"{count} 个数字", findings)


def check_chart_figures(charts: Mapping[str, Chart], drawings: Mapping[str, Drawing]) -> CheckResult:
    """Figures in the words of every chart: each stands in a value, and every word drawn is one the chart was given."""
    findings: list[Finding] = []
    count = 0
    for name, chart in charts.items():
        runs = text_runs(chart)
        for run in runs:
            text = plain(run)
            spans = list(_figures(text))
            count += len(spans)
            loose = [span for span in spans if not _bound(text, span, _value_spans(run))]
            findings += [Finding(where=f"图 {name}", text=_around(text, span)) for span in loose]
        findings += _strangers(name, drawings.get(name), [squeeze(plain(run)) for run in runs])
    return result("figures-charts", f"{count} 个数字", findings)


def _read(one: Expected, text: str) -> tuple[str, Sequence[Span]]:
    """The text to search for figures, and the places of its values: without the number where the file leaves it to
    its list engine, and with what is exempt neutral, lest 图1 and 百位 read as 1百位."""
    shift = len(one.text) - len(text)
    return one.neutral[shift:], [(start - shift, end - shift) for start, end in one.values]


def _figures(text: str) -> Iterator[Span]:
    """Cores of the figures in a text, those in titles left out."""
    titles = [match.span() for match in NAME.finditer(text)]
    for figure in figures_in(text):
        if not any(start <= figure.core_start < end for start, end in titles):
            yield figure.core_start, figure.core_end


def _bound(text: str, span: Span, values: Iterable[Span]) -> bool:
    """Whether a figure is made of values, and of words that join them."""
    held = {place for start, end in values for place in range(start, end)}
    return all(place in held or text[place] in JOINTS for place in range(*span))


def _value_spans(run: Label) -> list[Span]:
    spans: list[Span] = []
    end = 0
    for segment in run:
        start, end = end, end + len(segment.text)
        if segment.value:
            spans.append((start, end))
    return spans


def _strangers(name: str, drawing: Drawing | None, runs: Sequence[str]) -> Iterator[Finding]:
    if drawing is None:
        yield Finding(where=f"图 {name}", text="没有画出来")
        return
    for item in drawing.items:
        if isinstance(item, Words) and not any(squeeze(item.text) in run for run in runs):
            yield Finding(where=f"图 {name}", text=f"“{item.text}”不在图的文字里")


def _around(text: str, span: Span) -> str:
    start, end = span
    return f"{text[max(start - 12, 0) : start]}【{text[start:end]}】{text[end : end + 12]}"
