"""Words beside the marks of a native chart, set in the theme's roles."""

from __future__ import annotations

from collections.abc import Sequence

from report.charts.chart import Label, plain
from report.charts.native.plot import Caption, Run
from report.charts.pen import Pen, Type

At = tuple[float, float]


def run(pen: Pen, label: Label, kind: Type) -> Run:
    """A label as a run in a role, in the kind's colour or the role's."""
    return Run(text=plain(label), role=kind.role, colour=kind.colour or pen.palette.named(pen.look(kind).colour))


def caption(pen: Pen, lines: Sequence[Label], at: At, kind: Type) -> tuple[Caption, ...]:
    """Lines from a point (left, top) on; () where there are none."""
    if not lines:
        return ()
    told = tuple((run(pen, line, kind),) for line in lines)
    width = pen.width - at[0]
    return (Caption(left=at[0], top=round(at[1], 2), width=width, leading=pen.look(kind).leading, lines=told),)


def wrapped(pen: Pen, label: Label, at: At, kind: Type) -> tuple[tuple[Caption, ...], float]:
    """A label broken into lines of the chart's width, and how far down it reaches."""
    lines = pen.wrap(label, pen.width - at[0], kind)
    return caption(pen, lines, at, kind), at[1] + pen.tall(lines, kind)
