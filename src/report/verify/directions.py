"""Words of direction typed right before a value: they must not turn its sign, nor what its source says, around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from report.charts.chart import Chart, text_runs
from report.content.nodes import Content, Inline, NoteMark, Value
from report.content.walk import runs_of
from report.dataset.models import Dataset
from report.observations.figures import figures_in
from report.observations.observation import Observation
from report.verify.models import CheckResult, Finding, result

UP = "增长|增加|上升|提高|提升|上涨|攀升|增|升|涨"
DOWN = "下降|下滑|下跌|减少|降低|回落|萎缩|缩减|降|减|跌"
SPREAD = "扩大|缩小|收窄"  # of a gap: what widens it may go up or down, so that these are opposites of none
_WORD = re.compile(f"(?:(?P<up>{UP})|(?P<down>{DOWN})|{SPREAD})(?:了|达|约|近)?$")


def check_directions(content: Content, charts: Mapping[str, Chart], dataset: Dataset) -> CheckResult:
    """No value with a minus sign after 增长 or 下降; no 增长 before a value whose source has 下降 before it."""
    known = {found.id: found for found in dataset.observations}
    placed = [*_placed(content), *_drawn(charts)]
    findings: list[Finding] = []
    for before, name, text in placed:
        word = _WORD.search(before)
        if word:
            findings += [Finding(where=name, text=told) for told in _wrong(word, text, _source(name, content, known))]
    return result("directions", f"{len(placed)} 处数据", findings)


def _wrong(word: re.Match[str], text: str, source: str) -> Iterator[str]:
    if any(_negative(figure.value) for figure in figures_in(text)):
        yield f"“{word[0]}{text}”：数值已带负号，方向词“{word[0]}”与它相反或重复；改为“变化”等不带方向的词"
        return
    said = _WORD.search(source)
    if said and (word["up"] and said["down"] or word["down"] and said["up"]):
        yield f"“{word[0]}{text}”：原文是“{said[0]}”"


def _negative(value: object) -> bool:
    ends = value if isinstance(value, tuple) else (value,)
    return any(isinstance(end, int | float) and end < 0 for end in ends)


def _source(name: str, content: Content, known: Mapping[str, Observation]) -> str:
    """What stands before the figure in the sentence of a value's first witness; "" for a derived value."""
    evidence = content.evidence.get(name)
    for witness in evidence.witnesses[:1] if evidence else ():
        if found := known.get(witness.observation):
            return found.sentence[: found.start - found.sentence_start]
    return ""


def _placed(content: Content) -> Iterator[tuple[str, str, str]]:
    """Every value of the text: what stands before it in its paragraph or cell, its name, what it prints."""
    for run in runs_of(content):
        yield from _after_words(run)


def _after_words(run: Iterable[Inline]) -> Iterator[tuple[str, str, str]]:
    before = ""
    for inline in run:
        if isinstance(inline, Value):
            yield before, inline.name, inline.text
        before += "" if isinstance(inline, NoteMark) else inline.text


def _drawn(charts: Mapping[str, Chart]) -> Iterator[tuple[str, str, str]]:
    """The same of every value in the texts of the charts."""
    for chart in charts.values():
        for run in text_runs(chart):
            before = ""
            for segment in run:
                if segment.value:
                    yield before, segment.value, segment.text
                before += segment.text
