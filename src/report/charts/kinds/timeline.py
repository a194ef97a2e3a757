"""A timeline: events on one line, their texts above and below in turn; many or long ones run down the page."""

from __future__ import annotations

from dataclasses import dataclass

from report.charts.chart import Chart, Label, Mark
from report.charts.pen import LABEL, NOTE, VALUE, Pen, Type, coloured

AXIS, RADIUS, CLEAR, INSET, GUTTER = 2.0, 4.6, 13.0, 6.0, 12.0
MOST_ACROSS, MOST_LINES, WIDEST = 8, 5, 120.0


@dataclass(frozen=True)
class Event:
    """An event's texts in lines, in its colour."""

    colour: str
    date: list[Label]
    label: list[Label]
    note: list[Label]
    height: float


def draw_timeline(chart: Chart, pen: Pen, top: float) -> float:
    """Across the page where every text has room, else down it."""
    places, measure = _places(chart, pen)
    events = [_event(chart, index, pen, measure) for index in range(len(chart.marks))]
    crowded = max(pen.widest(event.date, VALUE) for event in events) > measure
    if crowded or len(events) > MOST_ACROSS or max(len(e.label) + len(e.note) for e in events) > MOST_LINES:
        return _down(chart, pen, top)
    return _across(events, places, pen, top)


def _places(chart: Chart, pen: Pen) -> tuple[list[float], float]:
    """Where the events stand on the line, and the width of a text: it reaches as far as the next on its side."""
    shares = _shares(chart)
    closest = min([b - a for a, b in zip(shares, shares[2:], strict=False)] or [1.0])
    free = pen.width - RADIUS - 1 - INSET
    reach = max((free + GUTTER + INSET) / (1 + closest), free - WIDEST)
    return [RADIUS + 1 + reach * share for share in shares], min(closest * reach - GUTTER - INSET, free - reach)


def _shares(chart: Chart) -> list[float]:
    """How far along the line each event stands, 0 to 1."""
    times = [mark.moment.position for mark in chart.marks if mark.moment]
    if chart.spacing == "even" or times[-1] == times[0]:
        return [index / max(len(times) - 1, 1) for index in range(len(times))]
    return [(time - times[0]) / (times[-1] - times[0]) for time in times]


def _colour(mark: Mark, fill: str, pen: Pen) -> str:
    return fill if mark.accent or mark.colour or mark.entity else pen.palette.primary


def _event(chart: Chart, index: int, pen: Pen, measure: float) -> Event:
    mark = chart.marks[index]
    date = [mark.moment.printed] if mark.moment else []
    label = pen.wrap(mark.label, measure, LABEL, balanced=True)
    note = pen.wrap(mark.note, measure, NOTE)
    height = pen.tall(date, VALUE) + pen.tall(label, LABEL) + pen.tall(note, NOTE)
    return Event(_colour(mark, pen.fills[index], pen), date, label, note, height)


def _across(events: list[Event], places: list[float], pen: Pen, top: float) -> float:
    above = max(event.height for event in events[::2])
    below = max((event.height for event in events[1::2]), default=0.0)
    axis = top + above + CLEAR
    for index, (event, x) in enumerate(zip(events, places, strict=True)):
        up = index % 2 == 0
        start = top if up else axis + CLEAR
        end = top + 2 if up else start + event.height - 2
        pen.line([(x, axis), (x, end)], pen.palette.grey, 0.7)
        _texts(event, pen, (x + INSET, start))
    pen.line([(0, axis), (pen.width, axis)], pen.palette.primary, AXIS)
    for event, x in zip(events, places, strict=True):
        pen.dot((x, axis), RADIUS - 1, pen.palette.paper, event.colour, 2.2)
    return axis + (CLEAR + below if below else RADIUS + 2)


def _texts(event: Event, pen: Pen, at: tuple[float, float]) -> float:
    x, top = at
    strong: Type = coloured(VALUE, pen.palette.text(event.colour))
    top = pen.lines(event.date, x, top, strong)
    return pen.lines(event.note, x, pen.lines(event.label, x, top, LABEL), NOTE)


def _down(chart: Chart, pen: Pen, top: float) -> float:
    """Dates at the left, the line, texts at the right."""
    dates = [mark.moment.printed for mark in chart.marks if mark.moment]
    axis = pen.widest(dates, VALUE) + 14
    left, y = axis + 14, top
    spots = []
    for index in range(len(chart.marks)):
        event = _event(chart, index, pen, pen.width - left)
        spots.append((y + pen.look(VALUE).leading / 2, event.colour))
        pen.lines(event.date, 0, y, coloured(VALUE, pen.palette.text(event.colour)))
        bottom = pen.lines(event.label, left, y + (pen.look(VALUE).leading - pen.look(LABEL).leading) / 2, LABEL)
        y = pen.lines(event.note, left, bottom, NOTE) + 9
    pen.line([(axis, spots[0][0]), (axis, spots[-1][0])], pen.palette.primary, AXIS)
    for centre, colour in spots:
        pen.dot((axis, centre), RADIUS - 1, pen.palette.paper, colour, 2.2)
    return y - 9
