"""A chart resolved: every text filled in, every figure a number with the name of its value; nothing drawn yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from report.charts.spec import ChartKind
from report.models import Model
from report.observations.observation import Bound, Kind


class Segment(Model):
    """A piece of text; `value` names the value it prints, None for words."""

    text: str
    value: str | None = None


Label = tuple[Segment, ...]


ZERO: Label = (Segment(text="0"),)  # where the axis of ranges begins: the one number that is no value


def plain(label: Label) -> str:
    """The words of a label."""
    return "".join(segment.text for segment in label)


def cut(label: Label, start: int, end: int) -> Label:
    """The part of a label from one character to another; a value that is cut through stays named in both parts."""
    pieces, at = [], 0
    for segment in label:
        text = segment.text[max(start - at, 0) : max(end - at, 0)]
        pieces += [Segment(text=text, value=segment.value)] if text else []
        at += len(segment.text)
    return tuple(pieces)


def spans(label: Label) -> tuple[tuple[int, int, str], ...]:
    """Which characters of a label print which value."""
    found, at = [], 0
    for segment in label:
        if segment.value:
            found.append((at, at + len(segment.text), segment.value))
        at += len(segment.text)
    return tuple(found)


class Quantity(Model):
    """A figure on a chart: `low` and `high` in base units (equal unless it is a range), `printed` as its label shows
    it, `full` with qualifier and unit, `period` as printed (() for none). `kind` is what a range is a range of."""

    name: str
    low: float
    high: float
    kind: Kind
    unit: str
    qualifier: str
    bound: Bound
    printed: Label
    full: str
    period: Label = ()

    @property
    def is_range(self) -> bool:
        """Whether it spans an interval."""
        return self.low != self.high


class Moment(Model):
    """A date on a chart: `printed` as its value prints it, `position` in years (2025-07 → 2025.5)."""

    printed: Label
    position: float


class Mark(Model):
    """An item resolved. `group` is an index of Chart.groups, `parent` one of Chart.marks (None: a root)."""

    label: Label
    note: Label = ()
    cells: tuple[Label, ...] = ()
    figure: Quantity | None = None
    to: Quantity | None = None
    moment: Moment | None = None
    group: int = 0
    parent: int | None = None
    entity: str = ""
    colour: str = ""
    accent: bool = False


class Group(Model):
    """A panel or a series: its heading (() where the chart has one group only and no heading) and its base note."""

    heading: Label = ()
    note: Label = ()


class Chart(Model):
    """What a chart says. `values` are the names of all values it uses; `table` its data, head first, as text;
    `spacing` tells whether a time axis keeps true distances; `place` where its entry stands, for errors."""

    id: str
    kind: ChartKind
    title: Label
    subtitle: Label
    note: Label = ()
    groups: tuple[Group, ...]
    marks: tuple[Mark, ...]
    columns: tuple[Label, ...] = ()
    total: Quantity | None = None
    spacing: Literal["true", "even"] = "true"
    values: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]
    alt: str
    height: float = 0
    place: str

    def members(self, group: int) -> tuple[Mark, ...]:
        """The marks of one group, in order."""
        return tuple(mark for mark in self.marks if mark.group == group)

    def children(self, parent: int | None) -> tuple[int, ...]:
        """Indices of the marks that flow from `parent`."""
        return tuple(index for index, mark in enumerate(self.marks) if mark.parent == parent)


def text_runs(chart: Chart) -> tuple[Label, ...]:
    """Every text that the chart may print, each once for each place, with the values that stand in it."""
    return tuple(label for label in _labels(chart) if label)


def _labels(chart: Chart) -> Iterator[Label]:
    yield from (chart.title, chart.subtitle, *chart.columns)
    for group in chart.groups:
        yield from (group.heading, group.note)
    for mark in chart.marks:
        if mark.moment:
            yield mark.moment.printed
        yield mark.label
        for quantity in (mark.figure, mark.to):
            if quantity:
                yield from (quantity.printed, quantity.period if chart.kind == "change" else ())
        yield from (mark.note, *mark.cells)
    if chart.kind == "range":
        yield ZERO
    yield chart.note
