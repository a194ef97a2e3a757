"""Texts and figures of a chart filled in from bound values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from report.charts.chart import Label, Moment, Quantity, Segment
from report.charts.moments import position
from report.dataset.direction import direction
from report.dataset.models import BoundValue
from report.errors import ReportError
from report.names import did_you_mean, look_up
from report.templates.slots import DIRECTIONS, Slot, parse_slots

_NO_LENGTH = ("year", "date", "ordinal")


def unknown_value(name: str, values: Mapping[str, BoundValue], place: str) -> ReportError:
    """What is told of a name that stands for no value."""
    return ReportError(place, f"没有值“{name}”", did_you_mean(name, values, "先在 values.yaml 里写出来"))


@dataclass(frozen=True)
class Texts:
    """Fills slots of one chart: `place` is told in errors, `unit` left off figures; `used` collects names of values."""

    values: Mapping[str, BoundValue]
    place: str
    unit: str = ""
    used: dict[str, None] = field(default_factory=dict)

    def value(self, name: str) -> BoundValue:
        """The value of that name; raises ReportError with the nearest names where there is none."""
        found = look_up(self.values, name, self.place, lambda: unknown_value(name, self.values, self.place))
        self.used[name] = None
        return found

    def label(self, text: str) -> Label:
        """A text with its slots filled, as segments; () for ""."""
        return tuple(self._segment(piece) for piece in parse_slots(text, self.place))

    def _segment(self, piece: str | Slot) -> Segment:
        if isinstance(piece, str):
            return Segment(text=piece)
        if piece.name in DIRECTIONS:
            first, second = (self.value(name) for name in piece.args)
            return Segment(text=direction(piece.name, first, second, self.place))
        if piece.args:
            raise ReportError(self.place, f"图里不能写“{piece.name}”", "图中只用值与方向词，出处写在正文")
        value = self.value(piece.name)
        text = {"": value.text, "数值": value.plain, "数字": value.number, "时期": value.period}[piece.form]
        if not text:
            raise ReportError(self.place, f"值“{value.name}”没有时期", "换一种写法，或在 values.yaml 里选有时期的出处")
        return Segment(text=text, value=value.name)

    def quantity(self, name: str) -> Quantity:
        """A value as a length to draw; raises ReportError for one that has none (a date, a rank)."""
        value = self.value(name)
        ends = value.value if isinstance(value.value, tuple) else (value.value, value.value)
        kind = value.base or value.kind
        if kind in _NO_LENGTH or any(isinstance(end, str) for end in ends):
            raise ReportError(self.place, f"值“{name}”（{value.text}）不是数量，不能画成长短", "日期写在 at 里")
        low, high = sorted(float(end) for end in ends)
        return Quantity(
            name=name, low=low, high=high, kind=kind, unit=value.unit, qualifier=value.qualifier, bound=value.bound,
            printed=(Segment(text=self._printed(value), value=name),), full=value.text,
            period=(Segment(text=value.period, value=name),) if value.period else (),
        )

    def moment(self, name: str) -> Moment:
        """When a value is, or its period where it is no date itself; raises ReportError where it has neither."""
        value = self.value(name)
        text = value.plain if (value.base or value.kind) in ("year", "date") else value.period
        when = position(text)
        if when is None:
            raise ReportError(self.place, f"值“{name}”（{value.text}）没有年份，排不上时间轴", "换一个给出年份的值")
        return Moment(printed=(Segment(text=text, value=name),), position=when)

    def _printed(self, value: BoundValue) -> str:
        """The figure as its label shows it: whole, or without the unit that the subtitle tells."""
        if not self.unit:
            return value.text
        scale = self.unit.removesuffix(value.unit)
        *first, last = value.text.split("至")
        head, found, tail = last.rpartition(self.unit)
        if not found or any(not part.endswith(scale) for part in first) or head[-1:] in ("", "万", "亿"):
            problem = f"值“{value.name}”印作 {value.text}，单位不是 {self.unit}"
            raise ReportError(self.place, problem, "改图的 unit，或去掉 unit 让每个数带自己的单位")
        return "至".join([*(part.removesuffix(self.unit).removesuffix(scale) for part in first), head + tail])
