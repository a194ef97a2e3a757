"""Lines as numbers: on a row of dates where these are evenly apart, else each point where its date puts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from report.charts.chart import Chart, Label, Mark, Segment, plain
from report.charts.drawing import Drawing, Words
from report.charts.kinds.lines import CLEAR, HEIGHT, RADIUS, Spot, stands_over
from report.charts.native.plot import SPACE, Plot, Point, Series, Tag
from report.charts.pen import NOTE, VALUE, Pen

EVEN = 0.05  # how far steps may differ and still be even: months and days are not all of one length
BELOW = 20.0  # points below the lowest point, where there are figures below zero
DATES, FIGURES = "时间", "数值"


@dataclass(frozen=True)
class Frame:
    """Where the plot stands (left, top, width, height) and the axis of figures ends."""

    inner: tuple[float, float, float, float]
    low: float
    high: float
    first: float
    last: float

    def spot(self, mark: Mark) -> Spot:
        """Where a mark stands."""
        left, top, width, height = self.inner
        share = (_position(mark) - self.first) / ((self.last - self.first) or 1.0)
        return Spot(left + width * share, top + height * (self.high - _value(mark)) / (self.high - self.low), mark)


def plan_lines(chart: Chart, pen: Pen, top: float, drawing: Drawing) -> Plot:
    """One series a group, told at its end by name and figure; figures and dates are told where the drawing tells
    them."""
    frame = _frame(chart, pen, top)
    dates = {_position(mark): plain(_date(mark)) for mark in sorted(chart.marks, key=_position)}
    even = _even(list(dates)) and not _twice(chart)
    told = {name for words in _words(drawing, VALUE.role) for *_, name in words.spans}
    series = list(_series(chart, pen, frame, told, list(dates) if even else []))
    height = round(frame.inner[1] + frame.inner[3] + 4 + pen.look(NOTE).leading, 2)
    shared = Plot(
        form="lines", width=pen.width, height=height, inner=frame.inner, heads=(DATES,), series=tuple(series),
        low=frame.low, high=frame.high, open_end=frame.low == 0, axis=pen.palette.slate,
        categories=tuple(dates.values()),
    )
    if even:
        return shared.changed({"every": _every(list(dates.values()), pen, frame.inner[2])})
    return shared.changed({
        "form": "scatter", "categories": (), "first": frame.first, "last": frame.last,
        "series": (*series, _axis(dates, drawing, pen)),
    })


def _position(mark: Mark) -> float:
    assert mark.moment  # every point of a line has a date: charts.resolve
    return mark.moment.position


def _date(mark: Mark) -> Label:
    assert mark.moment
    return mark.moment.printed


def _value(mark: Mark) -> float:
    assert mark.figure  # charts.check
    return mark.figure.high


def _even(positions: list[float]) -> bool:
    """Whether dates are so evenly apart that a row of categories keeps their distances."""
    steps = [b - a for a, b in pairwise(positions)]
    return not steps or max(steps) - min(steps) <= EVEN * max(steps)


def _twice(chart: Chart) -> bool:
    """Whether a line has two points on one date, which a row of categories cannot hold."""
    members = [chart.members(group) for group in range(len(chart.groups))]
    return any(len(set(map(_position, marks))) < len(marks) for marks in members)


def _words(drawing: Drawing, role: str) -> list[Words]:
    return [item for item in drawing.items if isinstance(item, Words) and item.role == role]


def _frame(chart: Chart, pen: Pen, top: float) -> Frame:
    """The plot: at its right room for name and figure of each line's end, at its left for half a figure."""
    ends = [pen.measure(_end(chart, n), VALUE) for n, group in enumerate(chart.groups) if group.heading]
    left = max(
        pen.widest([mark.figure.printed for mark in chart.marks if mark.figure], VALUE),
        pen.widest([_date(mark) for mark in chart.marks], NOTE) / 2,
    ) + 1  # fmt: skip
    right = pen.width - max([end + RADIUS + CLEAR for end in ends] + [left])
    head = top + pen.look(VALUE).leading + 4
    bottom = max(head + HEIGHT, pen.floor - 4 - pen.look(NOTE).leading)
    values = [_value(mark) for mark in chart.marks]
    high, low = max(0.0, *values), min(0.0, *values)
    low *= 1 + BELOW / (bottom - head - BELOW) * (high - low) / (-low or 1.0)
    times = [_position(mark) for mark in chart.marks]
    inner = (left, head, right - left, bottom - head)
    return Frame(inner, low, high if high > low else 1.0, min(times), max(times))


def _end(chart: Chart, group: int) -> Label:
    """What stands at a line's right end: its name and last figure."""
    last = chart.members(group)[-1]
    heading = chart.groups[group].heading
    figure = last.figure.printed if last.figure else ()
    return (*heading, Segment(text=SPACE), *figure) if heading else figure


# ---------------------------------------------------------------- series


def _series(chart: Chart, pen: Pen, frame: Frame, told: set[str], row: list[float]) -> Iterator[Series]:
    """A series for each group; `row` are the dates of the categories ([]: each point has its own)."""
    lines = [[frame.spot(mark) for mark in chart.members(group)] for group in range(len(chart.groups))]
    pushes = _pushes(lines, pen)
    for group, spots in enumerate(lines):
        heading, marks = plain(chart.groups[group].heading), chart.members(group)
        colour = pen.fills[chart.marks.index(marks[0])]
        ink = pen.palette.text(colour)
        others = [line for line in lines if line is not spots]
        floor = frame.inner[1] + frame.inner[3] - RADIUS - pen.look(VALUE).leading
        tags = [_tag(spots, n, others, ink, floor) if _name(mark) in told else None for n, mark in enumerate(marks)]
        if heading:
            tags[-1] = Tag(printed=_printed(marks[-1]), named=True, colour=ink, place="right", dy=pushes[group])
        points = [_point(mark, tag, colour, not row) for mark, tag in zip(marks, tags, strict=True)]
        yield Series(
            name=heading or FIGURES, colour=colour, points=_in_row(marks, points, row) if row else tuple(points),
            dates=() if row else tuple(plain(_date(mark)) for mark in marks),
        )  # fmt: skip


def _name(mark: Mark) -> str:
    return mark.figure.name if mark.figure else ""


def _printed(mark: Mark) -> str:
    return plain(mark.figure.printed) if mark.figure else ""


def _point(mark: Mark, tag: Tag | None, colour: str, free: bool) -> Point:
    return Point(value=_value(mark), at=_position(mark) if free else None, colour=colour, tag=tag)


def _in_row(marks: tuple[Mark, ...], points: list[Point], row: list[float]) -> tuple[Point, ...]:
    """A point for each date of the row; nothing where the group has none."""
    placed = dict(zip(map(_position, marks), points, strict=True))
    return tuple(placed.get(position, Point()) for position in row)


def _tag(spots: list[Spot], place: int, others: list[list[Spot]], colour: str, floor: float) -> Tag:
    """A point's figure on the side of it where the drawing has it, never below a point deeper than `floor`."""
    over = stands_over(spots, place, others) or spots[place].y > floor
    return Tag(printed=_printed(spots[place].mark), colour=colour, place="above" if over else "below")


def _pushes(lines: list[list[Spot]], pen: Pen) -> dict[int, float]:
    """How far the words at the lines' ends move down so that they do not touch."""
    lowest, pushes = float("-inf"), {}
    for y, group in sorted((spots[-1].y, group) for group, spots in enumerate(lines)):
        lowest = max(y, lowest + pen.look(VALUE).leading)
        pushes[group] = round(lowest - y, 2)
    return pushes


# ---------------------------------------------------------------- dates


def _every(dates: list[str], pen: Pen, width: float) -> int:
    """Every how-manieth date has room below the axis; a number that tells the last one too where there is one."""
    step = width / max(len(dates) - 1, 1)
    widest = pen.widest([(Segment(text=date),) for date in dates], NOTE)
    least = ceil((widest + CLEAR) / step) if step else 1
    fitting = [n for n in range(least, 2 * least + 1) if (len(dates) - 1) % n == 0]
    return min(fitting, default=least)


def _axis(dates: dict[float, str], drawing: Drawing, pen: Pen) -> Series:
    """A series on the zero line that bears the dates which the drawing tells."""
    told = {words.text for words in _words(drawing, NOTE.role)}
    colour = pen.palette.named(pen.look(NOTE).colour)
    points = tuple(
        Point(value=0, at=position, tag=Tag(printed=date, role=NOTE.role, colour=colour, place="below"))
        for position, date in dates.items() if date in told
    )  # fmt: skip
    printed = tuple(point.tag.printed for point in points if point.tag)
    return Series(name=DATES, colour=colour, points=points, dates=printed, drawn=False)
