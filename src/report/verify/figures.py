"""Our own extractor on the finished files: every figure it finds there must be a value, or stand on the closed list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from report.charts.chart import Chart, Label, plain, text_runs
from report.charts.drawing import Drawing, Words
from report.content.loose import OWN, around, loose_figures
from report.dataset.direction import PAIRS
from report.verify.expected import Expected, Span
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Passage, squeeze

UNREAD = ("contents", "label", "figure")  # page numbers of the contents, marks of lists; pictures have their own check
DIGITS = frozenset("0123456789０１２３４５６７８９")
CHOSEN = frozenset(word for words in PAIRS.values() for word in words)  # what {{ 高低: … }} is filled with in a chart


def check_figures(
    kind: str, passages: Sequence[Passage], expected: Sequence[Expected], titles: Set[str] = frozenset()
) -> CheckResult:
    """Figures in the text of one finished file against the places of the content's values.

    Exempt are, besides names that the extractor masks: contents page, heading and caption number, note mark,
    reference, the report's date and serial, the quotations of the annex, and in 《》 years, dates and ordinals, or
    all of it where it is one of `titles`, those that the sources write.
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
        number, loose = loose_figures(read, values, titles, text)
        count += number
        findings += [Finding(where=one.where if one else f"report.{kind}", text=told) for told in loose]
    findings += [Finding(where=one.where, text=told) for one in expected for told in grown_values(one)]
    return result(f"figures-{kind}", f"{count} 个数字", findings)


def grown_values(one: Expected) -> Iterator[str]:
    """Values of a cell that a digit or percent sign typed beside them makes another number of: `6` and a 0. Told
    of the place itself, for the number that comes of it may be another value's."""
    if one.kind != "cell" or not one.values:  # in prose the extractor sees them
        return
    text, held = one.neutral, {place for start, end in one.values for place in range(start, end)}
    for start, end in one.values:
        led = start - 1 not in held and DIGITS.issuperset(text[max(start - 1, 0) : start + 1]) and start > 0
        ended = end not in held and text[end - 1] in DIGITS and text[end : end + 1] in (*DIGITS, *"%％‰")
        if led or ended:
            yield f"数字是手写接上去的：{around(text, (start - led, end + ended))}（{OWN}）"


def check_chart_figures(
    charts: Mapping[str, Chart], drawings: Mapping[str, Drawing], titles: Set[str] = frozenset()
) -> CheckResult:
    """Figures in the words of every chart: each stands in a value, and every word drawn is one the chart was given."""
    findings: list[Finding] = []
    count = 0
    for name, chart in charts.items():
        runs = text_runs(chart)
        for run in runs:
            number, loose = loose_figures(plain(run), _value_spans(run), titles)
            count += number
            findings += [Finding(where=f"图 {name}", text=told) for told in loose]
        findings += _strangers(name, drawings.get(name), [squeeze(plain(run)) for run in runs])
    return result("figures-charts", f"{count} 个数字", findings)


def _read(one: Expected, text: str) -> tuple[str, Sequence[Span]]:
    """The text to search for figures, and the places of its values: without the number where the file leaves it to
    its list engine, and with what is exempt neutral, lest 图1 and 百位 read as 1百位."""
    shift = len(one.text) - len(text)
    return one.neutral[shift:], [(start - shift, end - shift) for start, end in one.values]


def _value_spans(run: Label) -> list[Span]:
    spans: list[Span] = []
    end = 0
    for segment in run:
        start, end = end, end + len(segment.text)
        if segment.value or segment.text in CHOSEN:
            spans.append((start, end))
    return spans


def _strangers(name: str, drawing: Drawing | None, runs: Sequence[str]) -> Iterator[Finding]:
    if drawing is None:
        yield Finding(where=f"图 {name}", text="没有画出来")
        return
    for item in drawing.items:
        if isinstance(item, Words) and not any(squeeze(item.text) in run for run in runs):
            yield Finding(where=f"图 {name}", text=f"“{item.text}”不在图的文字里")
