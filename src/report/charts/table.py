"""The data of a chart as a table, and that table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from report.charts.chart import Chart, Label, Mark, Quantity, plain
from report.dataset.models import BoundValue

Row = tuple[str, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tabulate(chart: Chart, values: Mapping[str, BoundValue], documents: Mapping[str, str]) -> tuple[Row, ...]:
    """Head and rows. Figures in base units; a range has its two ends; `documents` gives an observation's document."""
    evidence = _Evidence(values, documents)
    match chart.kind:
        case "matrix":
            return ((*map(plain, chart.columns), *evidence.head), *_matrix(chart, evidence))
        case "timeline":
            return (("时间", "事件", "说明", *evidence.head), *_timeline(chart, evidence))
    head = ("组", "项", "来自", "值名", "印作", "数值", "上限", "单位", "限定词", "时间", "说明", *evidence.head)
    return (head, *(row for mark in chart.marks for row in _rows(chart, mark, evidence)))


class _Evidence:
    """The last columns of every row: where its values come from."""

    def __init__(self, values: Mapping[str, BoundValue], documents: Mapping[str, str]) -> None:
        self.values, self.documents = values, documents
        self.head: Row = ("来源文献", "出处编号") if documents else ("出处编号",)

    def of(self, *labels: Label) -> Row:
        names = dict.fromkeys(segment.value for label in labels for segment in label if segment.value)
        found = list(dict.fromkeys(id for name in names for id in self._observations(name)))
        listed = "；".join(found)
        if not self.documents:
            return (listed,)
        return "；".join(dict.fromkeys(self.documents[id] for id in found)), listed

    def _observations(self, name: str) -> Iterator[str]:
        value = self.values[name]
        yield from value.observations
        for parent in value.parents:
            yield from self._observations(parent)


def _matrix(chart: Chart, evidence: _Evidence) -> Iterator[Row]:
    for mark in chart.marks:
        yield (plain(mark.label), *map(plain, mark.cells), *evidence.of(mark.label, *mark.cells))


def _timeline(chart: Chart, evidence: _Evidence) -> Iterator[Row]:
    for mark in chart.marks:
        date = mark.moment.printed if mark.moment else ()
        yield (plain(date), plain(mark.label), plain(mark.note), *evidence.of(date, mark.label, mark.note))


def _rows(chart: Chart, mark: Mark, evidence: _Evidence) -> Iterator[Row]:
    group, label = plain(chart.groups[mark.group].heading), plain(mark.label)
    source = plain(chart.marks[mark.parent].label) if mark.parent is not None else ""
    for quantity in (mark.figure, mark.to):
        if quantity:
            date = plain(mark.moment.printed) if mark.moment else plain(quantity.period)
            row = (group, label, source, *_figure(quantity), date, plain(mark.note))
            yield (*row, *evidence.of(quantity.printed, mark.label))
    if not mark.figure:
        yield (group, label, source, *[""] * 7, plain(mark.note), *evidence.of(mark.label))


def _figure(quantity: Quantity) -> Row:
    high = _number(quantity.high) if quantity.is_range else ""
    return quantity.name, quantity.full, _number(quantity.low), high, quantity.unit, quantity.qualifier


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.12g}"


def csv_bytes(table: tuple[Row, ...]) -> bytes:
    """The table as CSV: UTF-8 with byte order mark, CRLF; text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
