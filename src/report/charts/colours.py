"""Which colour a mark has, and which ink can be read on it."""

from __future__ import annotations

from report.charts.chart import Chart, Mark, plain
from report.errors import ReportError
from report.names import did_you_mean
from report.theme.theme import Theme

READABLE = 4.5  # WCAG 2.2, 1.4.3 contrast (minimum)
DARKER = 10  # steps from a colour to ink
_TINTS = (0.0, 0.36, 0.62, 0.78)
_PARTS = ("unit", "shares")
_ONE_COLOUR = ("bars", "range", "change", "timeline", "matrix")


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green, blue of #rrggbb, 0–255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, 0 (black) to 1 (white)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, ground: str, share: float) -> str:
    """The colour with `share` of the ground in it: a tint without transparency."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


class Palette:
    """The theme's colours as charts use them; `place` is told in errors."""

    def __init__(self, theme: Theme, place: str) -> None:
        self.theme, self.place = theme, place
        self.ink, self.slate, self.grey = self.named("ink"), self.named("slate"), self.named("grey")
        self.paper, self.hairline = self.named("paper"), self.named("hairline")
        self.primary, self.accent = self.named(theme.table.colour), self.named(theme.box.accent)

    def named(self, key: str) -> str:
        """A colour of the palette as #rrggbb; ReportError with the nearest name where there is none."""
        if key not in self.theme.palette:
            raise ReportError(self.place, f"主题里没有颜色“{key}”", did_you_mean(key, self.theme.palette))
        return self.theme.palette[key]

    def entity(self, name: str) -> str:
        """The colour of an entity, the same in every chart; ReportError where the theme gives it none."""
        if name not in self.theme.entities:
            hint = did_you_mean(name, self.theme.entities) + "；或在 theme.yaml 的 entities 里给它定色"
            raise ReportError(self.place, f"主题里没有主体“{name}”的颜色", hint)
        return self.named(self.theme.entities[name])

    def text(self, fill: str) -> str:
        """The fill, with as much ink in it as it takes to be read on paper."""
        shades = (mix(fill, self.ink, step / DARKER) for step in range(DARKER))
        return next((shade for shade in shades if contrast(shade, self.paper) >= READABLE), self.ink)

    def fills(self, chart: Chart) -> tuple[str, ...]:
        """A colour for every mark: its own, the accent, its entity's (parts of one entity as tints), or its series'."""
        series = self._series(chart)
        fills = tuple(self._fill(chart, mark, series) for mark in chart.marks)
        if chart.kind == "unit" and len(set(fills)) < len(fills):
            twins = [plain(mark.label) for mark, fill in zip(chart.marks, fills, strict=True) if fills.count(fill) > 1]
            problem = f"图 {chart.id} 的“{'”“'.join(twins)}”颜色相同，分不清"
            raise ReportError(self.place, problem, "用 colour 给每一项不同的颜色")
        return fills

    def _fill(self, chart: Chart, mark: Mark, series: dict[str, str]) -> str:
        if mark.colour:
            return self.named(mark.colour)
        if mark.accent:
            return self.accent
        if mark.entity:
            return self._tint(chart, mark) if chart.kind in _PARTS else self.entity(mark.entity)
        if chart.kind == "shares" and not mark.figure:
            return self.hairline
        return self.primary if chart.kind in _ONE_COLOUR else series[series_key(chart, mark)]

    def _tint(self, chart: Chart, mark: Mark) -> str:
        parts = dict.fromkeys(plain(m.label) for m in chart.marks if m.entity == mark.entity and not m.colour)
        step = list(parts).index(plain(mark.label)) % len(_TINTS)
        return mix(self.entity(mark.entity), self.paper, _TINTS[step])

    def _series(self, chart: Chart) -> dict[str, str]:
        """Series colours in order of appearance, without those that other marks have, then tints of them."""
        taken = {self.entity(mark.entity) for mark in chart.marks if mark.entity}
        taken |= {self.named(mark.colour) for mark in chart.marks if mark.colour}
        taken |= {self.accent for mark in chart.marks if mark.accent}
        free = [colour for key in self.theme.series_colours if (colour := self.named(key)) not in taken]
        names = dict.fromkeys(series_key(chart, m) for m in chart.marks if not (m.entity or m.colour or m.accent))
        free = free or [self.primary]
        return {
            name: mix(free[index % len(free)], self.paper, _TINTS[index // len(free) % len(_TINTS)])
            for index, name in enumerate(names)
        }


def series_key(chart: Chart, mark: Mark) -> str:
    """What makes marks one series: the line they are points of, else their label."""
    return plain(chart.groups[mark.group].heading if chart.kind == "lines" else mark.label)
