"""Figures where no value node can stand: a picture's alternative text, the report's own names, titles of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from report.charts.alt import describe
from report.charts.chart import Chart, plain, text_runs
from report.content.loose import loose_figures
from report.content.nodes import Content
from report.content.references import printed_title
from report.content.typed import NAME
from report.dataset.models import Dataset
from report.observations.figures import figures_in
from report.observations.observation import Observation
from report.sources.document import Document
from report.verify.evidence import printable
from report.verify.expected import Span, years
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import squeeze


def source_titles(documents: Mapping[str, Document]) -> frozenset[str]:
    """Titles in 《》 that some source writes, and the sources' own: names, whatever figures they hold."""
    names = {match[0] for document in documents.values() for match in NAME.finditer(document.source)}
    own = {document.metadata.title for document in documents.values() if document.metadata.title}
    names |= {f"《{title}》" for raw in own for title in (raw, printed_title(raw))}
    return frozenset(map(squeeze, names))


def check_alt(charts: Mapping[str, Chart], content: Content, dataset: Dataset, titles: Set[str]) -> CheckResult:
    """Figures in the alternative text that an author wrote for a chart: each is a value of that chart, as the chart
    or the report may print it. One that the press wrote consists of the chart's own texts, which are checked there."""
    known = {found.id: found for found in dataset.observations}
    findings: list[Finding] = []
    count = 0
    for name, chart in charts.items():
        alt = squeeze(chart.alt)
        number, loose = loose_figures(alt, _places(alt, _forms(chart, content, known)), titles)
        count += number
        if chart.alt != describe(chart):
            findings += [Finding(where=f"图 {name}", text=f"替代文字里的数字不是图里的值：{told}") for told in loose]
    return result("figures-alt", f"{count} 个数字", findings)


def _forms(chart: Chart, content: Content, known: Mapping[str, Observation]) -> set[str]:
    """Every form of the chart's values: whole, without qualifier, the digits that the chart shows, the period."""
    whole = [segment.text for run in text_runs(chart) for segment in run if segment.value]
    quantities = [found for mark in chart.marks for found in (mark.figure, mark.to, chart.total) if found]
    for quantity in quantities:
        whole += [quantity.full, plain(quantity.period)]
    for name in chart.values:
        whole += printable(name, content, known) if name in content.evidence else ()
    forms = {squeeze(text) for text in whole}
    bare = {text[figure.core_start : figure.core_end] for text in forms for figure in figures_in(text)}
    return {text for text in forms | bare if text}


def _places(text: str, forms: Set[str]) -> Iterator[Span]:
    """Where the forms stand in a text, not cut out of a longer number."""
    for form in sorted(forms):
        for match in re.finditer(rf"(?<![0-9.,]){re.escape(form)}(?![.,]?[0-9])", text):
            yield match.span()


def check_names(content: Content) -> CheckResult:
    """The report's title, subtitle, running headers and keywords hold no figures but years and dates."""
    front = content.front
    named = [("题名", front.title), ("副题", front.subtitle)]
    named += [("书眉", part.title) for part in content.parts] + [("关键词", word) for word in front.keywords]
    named = list(dict.fromkeys((where, text) for where, text in named if text))
    findings = [
        Finding(where=where, text=told)
        for where, text in named
        for told in loose_figures(text, years(text), frozenset())[1]
    ]
    return result("figures-names", f"{len(named)} 处", findings)
