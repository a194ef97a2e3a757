"""A chart as numbers: what a word processor needs to draw it itself, in the measures and colours of our own drawing."""

from __future__ import annotations

from typing import Literal

from report.records import Record

Form = Literal["bars", "shares", "lines", "scatter"]
Place = Literal["end", "middle", "above", "below", "right"]
SPACE = " "  # between the name and the figure of a tag


class Run(Record, kw_only=True):
    """Words of one look: `role` gives font and size, `colour` is #rrggbb."""

    text: str
    role: str
    colour: str


class Caption(Record, kw_only=True):
    """Lines of words that stand beside the marks, `leading` from baseline to baseline; points from the top left."""

    left: float
    top: float
    width: float
    leading: float
    lines: tuple[tuple[Run, ...], ...]


class Rule(Record, kw_only=True):
    """A line from left top to right bottom, `width` thick; points from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    width: float
    colour: str


class Tag(Record, kw_only=True):
    """What is told at a point: its figure as `printed` ("" for none), the name of its series where `named`; `place`
    is where it stands by its mark, `dx` and `dy` how far it is moved from there (points)."""

    printed: str = ""
    named: bool = False
    role: str = "chart-value"
    colour: str
    place: Place = "end"
    dx: float = 0
    dy: float = 0


class Point(Record, kw_only=True):
    """A mark: its number in base units, None where there is nothing (a gap, never zero); `rest` marks what the other
    points of its row leave of this whole. `at` is where it stands on the axis of a scatter plot."""

    value: float | None = None
    rest: float | None = None
    at: float | None = None
    colour: str = ""
    tag: Tag | None = None


class Series(Record, kw_only=True):
    """Marks of one name, a point for each category (for a scatter plot: each with its own `at`); `dates` are those of
    the points of a scatter plot as printed. `drawn`: a series that is not only bears words."""

    name: str
    colour: str
    points: tuple[Point, ...]
    dates: tuple[str, ...] = ()
    drawn: bool = True


class Plot(Record, kw_only=True):
    """A whole chart, `width` × `height` points. `inner` are left, top, width and height of what the axes span;
    `low` and `high` the ends of the axis of figures, the upper one free to follow them where `open_end`; `first` and
    `last` those of a scatter plot's other axis; `thick` the share of a category's room that its mark takes; `every`
    how many categories are told by one date; `whole` what the points of a category add up to where one of them is a
    `rest`; `axis` the colour of the line that the marks stand on ("": rules are drawn for it).
    `evidence` is the chart's data as a table of words, head first, with the documents they come from.
    `heads` title the columns of names before the series' (`groups` is empty where the chart has but one)."""

    form: Form
    width: float
    height: float
    inner: tuple[float, float, float, float]
    heads: tuple[str, ...]
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: tuple[Series, ...]
    low: float = 0
    high: float = 0
    open_end: bool = False
    first: float = 0
    last: float = 0
    thick: float = 1
    every: int = 1
    whole: float = 0
    axis: str
    evidence: tuple[tuple[str, ...], ...] = ()
    captions: tuple[Caption, ...] = ()
    rules: tuple[Rule, ...] = ()
