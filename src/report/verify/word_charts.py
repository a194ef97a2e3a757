"""Whether the charts that Word draws itself show the data: the copy in the chart, the workbook, and the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.charts.chart import Chart, plain, text_runs
from report.charts.sums import remainder
from report.content.nodes import Content, Figure
from report.content.walk import blocks_of
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import squeeze
from report.verify.read_charts import Shown, native_charts


def check_word_charts(data: bytes, content: Content, charts: Mapping[str, Chart]) -> CheckResult:
    """Every native chart draws the figures of its values and no others, in the chart's own words, and its workbook
    holds the same."""
    figures = {f"图{block.number}": block.chart for block in blocks_of(content) if isinstance(block, Figure)}
    findings: list[Finding] = []
    count = number = 0
    for name, shown in native_charts(data):
        count, number = count + 1, number + (len(shown.numbers) if shown else 0)
        told = _faults(charts[figures[name]], shown) if shown and name in figures else ["读不出这幅图的数据"]
        findings += [Finding(where=f"report.docx/{name}", text=text) for text in told]
    return result("charts-docx", f"{count} 幅图、{number} 个数" if count else "全是图片", findings)


def _faults(chart: Chart, shown: Shown) -> Iterator[str]:
    for cell, copy in shown.copies.items():
        held = shown.cells.get(cell, "")
        if held != copy and not _equal(held, copy):
            yield f"图里的“{copy}”在工作簿 {cell} 里是“{held}”"
    told = [squeeze(plain(run)) for run in text_runs(chart)]
    yield from (f"“{words}”不在图的文字里" for words in shown.words if not any(squeeze(words) in run for run in told))
    asked = frozenset(_asked(chart))
    drawn = frozenset(shown.numbers.values())
    yield from (f"图里的 {number:.15g} 不是数据" for number in sorted(drawn - asked))
    yield from (f"图里没有 {number:.15g}" for number in sorted(asked - drawn))


def _equal(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _asked(chart: Chart) -> Iterator[float]:
    """The numbers of the chart's values, both ends of a range, and what parts leave of their whole."""
    for mark in chart.marks:
        if mark.figure:
            yield from {mark.figure.low, mark.figure.high}
        elif chart.kind == "shares":
            yield remainder(chart, mark.group)
