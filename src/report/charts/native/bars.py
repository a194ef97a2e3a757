"""Bars as numbers: groups below each other on one axis, room left between them for their heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from report.charts.chart import Chart, Mark, Quantity, plain
from report.charts.colours import mix
from report.charts.drawing import Drawing
from report.charts.kinds.bars import APART, CLOSE, LABELS, MANY, PITCH, ROOM, side_by_side
from report.charts.kinds.rows import GAP, Row, column, label_rows
from report.charts.native.plot import Caption, Plot, Point, Rule, Series, Tag
from report.charts.native.words import wrapped
from report.charts.pen import NOTE, VALUE, Pen

TINT = 0.55  # of what lies between the ends of a range
HEAD = (4.0, 6.0)  # white below a head's rule and below the head
RULE, BASE = 0.5, 0.8


@dataclass(frozen=True)
class Slot:
    """The room of one bar, or (no row) of a head; `group` is the one it belongs to."""

    group: int
    row: Row | None = None


def plan_bars(chart: Chart, pen: Pen, top: float, drawing: Drawing) -> Plot:
    """Horizontal bars from a common zero. Groups that the drawing has side by side stand above each other, closer, so
    that the chart is hardly higher."""
    groups = range(len(chart.groups))
    few = max(len(chart.members(group)) for group in groups) <= MANY and not side_by_side(chart, pen)
    least, thick = PITCH if few else CLOSE
    rows = {group: _rows(chart, pen, group, least) for group in groups}
    every = [row for group in rows.values() for row in group]
    pitch = max(row.height for row in every)
    slots = list(_slots(chart, pen, rows, pitch))
    labels = column(every, pen) + GAP
    low, high = _axis([_figure(row.mark) for row in every], pen, pen.width - labels)
    wide = pen.width - labels if low else _open_width([_figure(row.mark) for row in every], pen, pen.width - labels)
    top += _head(chart, pen, 0)
    heads = [_head_of(chart, pen, group, y) for group, y in _tops(chart, slots, (top, pitch))]
    tall, zero = len(slots) * pitch, labels - low / (high - low) * (pen.width - labels)
    lines = list(_zero_lines(pen, slots, round(zero, 2), (top, pitch))) if len(chart.groups) > 1 else []
    return Plot(
        form="bars", width=pen.width, height=round(top + tall, 2), inner=(labels, top, wide, tall),
        heads=("组", "项") if len(chart.groups) > 1 else ("项",),
        groups=tuple(_group(chart, slot) for slot in slots) if len(chart.groups) > 1 else (),
        categories=tuple(_name(slot.row) for slot in slots), series=tuple(_series(chart, pen, slots)),
        low=low, high=high, open_end=low == 0, thick=thick / pitch, axis="" if lines else pen.palette.slate,
        captions=tuple(words for captions, _ in heads for words in captions),
        rules=(*(rule for _, rule in heads), *lines),
    )


def _rows(chart: Chart, pen: Pen, group: int, least: float) -> list[Row]:
    marks = [(mark, fill) for mark, fill in zip(chart.marks, pen.fills, strict=True) if mark.group == group]
    return label_rows(marks, pen, LABELS * pen.width, least)


def _slots(chart: Chart, pen: Pen, rows: dict[int, list[Row]], pitch: float) -> Iterator[Slot]:
    """Every bar, and before each group but the first as many empty rows as its head needs."""
    for group, members in rows.items():
        if group:
            yield from [Slot(group)] * ceil((_head(chart, pen, group) + APART) / pitch)
        yield from (Slot(group, row) for row in members)


def _figure(mark: Mark) -> Quantity:
    assert mark.figure  # every bar has a figure: charts.check
    return mark.figure


def _axis(figures: list[Quantity], pen: Pen, width: float) -> tuple[float, float]:
    """The ends of the axis: so far beyond the bars that figures have room within the axis on both sides."""
    low, high = min(0.0, *(f.low for f in figures)), max(0.0, *(f.high for f in figures))
    left, right = (_room(figures, pen, negative) for negative in (True, False))
    unit = max(width - left - right, width / 4) / ((high - low) or 1.0)
    return low - left / unit, high + right / unit


def _open_width(figures: list[Quantity], pen: Pen, width: float) -> float:
    """The length of an axis that ends where the program finds it: figures stand beyond it."""
    return max(width - _room(figures, pen, negative=False), width / 4)


def _room(figures: list[Quantity], pen: Pen, negative: bool) -> float:
    printed = [figure.printed for figure in figures if (figure.low < 0) == negative]
    return pen.widest(printed, VALUE) + 2 * ROOM if printed else 0.0


def _name(row: Row | None) -> str:
    """A bar's name, its small print below it; nothing where a head stands."""
    return "\n".join(text for text in (plain(row.mark.label), plain(row.mark.note)) if text) if row else ""


def _group(chart: Chart, slot: Slot) -> str:
    return plain(chart.groups[slot.group].heading) if slot.row else ""


# ---------------------------------------------------------------- heads of groups


def _head(chart: Chart, pen: Pen, group: int) -> float:
    """How much room a group's rule, heading and base note take; 0 where there is no heading."""
    head = chart.groups[group]
    heading, note = pen.wrap(head.heading, pen.width, VALUE), pen.wrap(head.note, pen.width, NOTE)
    return pen.tall(heading, VALUE) + pen.tall(note, NOTE) + sum(HEAD) if heading else 0.0


def _tops(chart: Chart, slots: list[Slot], place: tuple[float, float]) -> Iterator[tuple[int, float]]:
    """Where the bars of each group that has a heading begin; `place` is the top of all bars and their pitch."""
    first = [0, *(n for n, (a, b) in enumerate(pairwise(slots), start=1) if b.row and not a.row)]
    for number in first:
        if chart.groups[slots[number].group].heading:
            yield slots[number].group, place[0] + number * place[1]


def _head_of(chart: Chart, pen: Pen, group: int, bars: float) -> tuple[tuple[Caption, ...], Rule]:
    """A group's words and the rule over them, above its `bars`."""
    top = round(bars - _head(chart, pen, group), 2)
    rule = Rule(left=0, top=top, right=pen.width, bottom=top, width=RULE, colour=pen.palette.slate)
    words, below = wrapped(pen, chart.groups[group].heading, (0, top + HEAD[0]), VALUE)
    return words + wrapped(pen, chart.groups[group].note, (0, below), NOTE)[0], rule


def _zero_lines(pen: Pen, slots: list[Slot], zero: float, place: tuple[float, float]) -> Iterator[Rule]:
    """A line for each group's bars, for the axis would run through the heads between them."""
    top, pitch = place
    for group in dict.fromkeys(slot.group for slot in slots):
        own = [n for n, slot in enumerate(slots) if slot.group == group and slot.row]
        ends = (round(top + own[0] * pitch, 2), round(top + (own[-1] + 1) * pitch, 2))
        yield Rule(left=zero, top=ends[0], right=zero, bottom=ends[1], width=BASE, colour=pen.palette.slate)


# ---------------------------------------------------------------- figures


def _series(chart: Chart, pen: Pen, slots: list[Slot]) -> Iterator[Series]:
    """The figures; before them, where some are ranges, the far ends, which the near ends cover from zero on."""
    unit = _figure(chart.marks[0]).unit
    if any(figure.is_range for figure in map(_figure, chart.marks)):
        far = tuple(_point(slot.row, pen, far=True) for slot in slots)
        yield Series(name=f"上限（{unit}）", colour=mix(pen.palette.primary, pen.palette.paper, TINT), points=far)
    near = tuple(_point(slot.row, pen, far=False) for slot in slots)
    yield Series(name=f"数值（{unit}）", colour=pen.palette.primary, points=near)


def _point(row: Row | None, pen: Pen, *, far: bool) -> Point:
    if row is None or (far and not _figure(row.mark).is_range):
        return Point()
    figure = _figure(row.mark)
    told = far or not figure.is_range
    tag = Tag(printed=plain(figure.printed), colour=pen.palette.text(row.fill)) if told else None
    fill = mix(row.fill, pen.palette.paper, TINT) if far else row.fill
    return Point(value=figure.high if far else figure.low, colour=fill, tag=tag)
