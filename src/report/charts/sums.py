"""Parts and wholes: what must add up in a chart, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isclose

from report.charts.chart import Chart, Quantity, plain
from report.errors import Issue

LARGEST_GRID = 1000


def sum_issues(chart: Chart, place: str) -> Iterator[Issue]:
    """One issue for every whole that its parts do not make up."""
    match chart.kind:
        case "unit":
            yield from _countable(chart, place)
            yield from _whole(chart, [m.figure for m in chart.marks if m.figure], chart.total, place)
        case "flow":
            yield from _levels(chart, place)
        case "shares":
            for group in range(len(chart.groups)):
                yield from _shares(chart, group, place)


def whole_of(chart: Chart) -> float:
    """What the parts of a shares chart are parts of: the total, or 100 %."""
    return chart.total.high if chart.total else 100.0


def remainder(chart: Chart, group: int) -> float:
    """What the named parts of a group leave of the whole."""
    return whole_of(chart) - sum(mark.figure.high for mark in chart.members(group) if mark.figure)


def _whole(chart: Chart, parts: Sequence[Quantity], whole: Quantity | None, place: str) -> Iterator[Issue]:
    if not whole or not parts:
        return
    found = sum(part.high for part in parts)
    if any(part.is_range for part in parts) or abs(found - whole.high) > _slack(parts):
        listed = "＋".join(part.full for part in parts)
        problem = f"图 {chart.id}：{listed}＝{found:g}，不等于“{whole.name}”的 {whole.full}"
        yield Issue(where=place, problem=problem, hint="少了一项，或换一组互不重叠的值")


def _slack(parts: Sequence[Quantity]) -> float:
    """How far rounded percentages may miss their whole: half a unit of the last digit each; counts not at all."""
    if any(part.kind != "percent" for part in parts):
        return 1e-9 * max(1.0, sum(abs(part.high) for part in parts))
    places = [len(after) for part in parts for after in re.findall(r"\d(?:\.(\d+))?(?!\d|\.)", part.full)[:1]]
    return sum(0.5 * 10.0**-place for place in places) + 1e-9


def _countable(chart: Chart, place: str) -> Iterator[Issue]:
    count = 0.0
    for mark in chart.marks:
        figure = mark.figure
        if figure and (figure.is_range or figure.bound != "exact" or figure.low != int(figure.low) or figure.low < 1):
            problem = f"图 {chart.id} 的“{plain(mark.label)}”是 {figure.full}，不是可以一格一格数的确数"
            yield Issue(where=place, problem=problem, hint="改用 bars 或 shares")
        count += figure.high if figure else 0
    if count > LARGEST_GRID:
        hint = f"最多 {LARGEST_GRID} 格；改用 shares"
        yield Issue(where=place, problem=f"图 {chart.id} 有 {count:g} 格，太多", hint=hint)


def _levels(chart: Chart, place: str) -> Iterator[Issue]:
    def figures(marks: Sequence[int]) -> list[Quantity]:
        return [figure for index in marks if (figure := chart.marks[index].figure)]

    yield from _whole(chart, figures(chart.children(None)), chart.total, place)
    for index, mark in enumerate(chart.marks):
        yield from _whole(chart, figures(chart.children(index)), mark.figure, place)


def _shares(chart: Chart, group: int, place: str) -> Iterator[Issue]:
    marks = chart.members(group)
    rests = [mark for mark in marks if not mark.figure]
    parts = [mark.figure for mark in marks if mark.figure]
    left, slack = remainder(chart, group), _slack(parts) if parts else 0.0
    at = f"图 {chart.id}" + (f"“{name}”" if (name := plain(chart.groups[group].heading)) else "")
    if len(rests) > 1:
        yield Issue(where=place, problem=f"{at}有两项没有值", hint="只有“其他”一项可以不写值")
    elif any(part.is_range for part in parts):
        yield Issue(where=place, problem=f"{at}有一项是区间，画不成份额", hint="改用 range")
    elif left < -slack or (rests and isclose(left, 0, abs_tol=slack)) or (not rests and left > slack):
        listed = "＋".join(part.full for part in parts)
        problem = f"{at}：{listed}＝{whole_of(chart) - left:g}，不是 {whole_of(chart):g}"
        yield Issue(where=place, problem=problem, hint="补上缺的部分；要画余下的，加一项不写 value 的“其他”")

