"""Specs and values to charts: texts filled, figures as data, sums checked, the incomparable refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Literal

from report.charts.alt import describe
from report.charts.asked import asked
from report.charts.chart import Chart, Group, Label, Mark, Quantity, Segment, plain
from report.charts.moments import in_order
from report.charts.spec import ChartSpec, Item
from report.charts.sums import sum_issues
from report.charts.table import tabulate
from report.charts.texts import Texts, unknown_value
from report.dataset.models import BoundValue
from report.errors import Issue, ReportError
from report.names import Made, failed_in

EVEN_SPACING = "时间轴只示先后，间距不按比例。"


def try_charts(
    specs: Mapping[str, ChartSpec],
    values: Mapping[str, BoundValue],
    where: Mapping[str, str],
    documents: Mapping[str, str] | None,
) -> tuple[Made[Chart], list[Issue]]:
    """The charts that can be resolved, and every mistake (see `resolve_chart`). One that needs a value which is absent
    is absent; one that needs a value which failed fails, and only its other names are looked at."""
    made: dict[str, Chart] = {}
    issues: list[Issue] = []
    failed, absent = set(failed_in(specs) or ()), set[str]()
    for name, spec in specs.items():
        try:
            if lost := _lost(name, spec, values, where):
                (absent if lost == "absent" else failed).add(name)
            else:
                made[name] = resolve_chart(name, spec, values, where, documents)
        except ReportError as error:
            issues += error.issues
            failed.add(name)
    return Made(made, None if failed_in(specs) is None else failed, absent), issues


def _lost(name: str, spec: ChartSpec, values: Mapping[str, BoundValue], where: Mapping[str, str]) -> str:
    """Whether a chart asks for a value that is "absent" or "failed"; "" for neither. ReportError for the names that
    stand for nothing, in a chart that fails anyway."""
    if not isinstance(values, Made) or (values.failed == values.absent == frozenset()):
        return ""
    names = list(asked(name, spec, where))
    if any(values.lost(one) for one, _ in names):
        known = {*values, *(values.failed or ()), *values.absent}
        unknown = [(one, place) for one, place in names if values.failed is not None and one not in known]
        if unknown:
            raise ReportError.all_of(unknown_value(one, values, place).issues[0] for one, place in unknown)
        return "failed"
    return "absent" if any(one in values.absent for one, _ in names) else ""


def resolve_chart(
    chart_id: str,
    spec: ChartSpec,
    values: Mapping[str, BoundValue],
    where: Mapping[str, str],
    documents: Mapping[str, str] | None = None,
) -> Chart:
    """The chart that the spec asks for, with the figures the values hold.

    `where` is as for `load_charts`; `documents` gives an observation's document, for the table of the data (None: the
    table names observations only). Raises ReportError, every mistake at once: an unknown value, figures of different
    unit or kind on one axis, parts that do not add up, dates out of order.
    """
    texts = Texts(values, where.get(chart_id, chart_id), spec.unit)
    marks = _marks(chart_id, spec, texts, where)
    spacing = _spacing(spec, marks)
    raw = list(dict.fromkeys(item.group for item in spec.items))
    chart = Chart(
        id=chart_id, kind=spec.kind, title=texts.label(spec.title), subtitle=_subtitle(spec, texts),
        note=texts.label(_note(spec.note, spacing)),
        marks=marks, columns=tuple(map(texts.label, spec.columns)),
        groups=tuple(Group(heading=texts.label(g), note=texts.label(spec.groups.get(g, ""))) for g in raw),
        total=texts.quantity(spec.total) if spec.total else None, spacing=spacing,
        values=(), table=(), alt=spec.alt, height=spec.height, place=texts.place,
    )
    if issues := [*_incomparable(chart, texts.place), *sum_issues(chart, texts.place), *_disorder(chart, texts.place)]:
        raise ReportError.all_of(issues)
    used = {name: values[name] for name in texts.used}
    table = tabulate(chart, values, documents or {})
    alt = plain(texts.label(spec.alt)) or describe(chart)
    return chart.changed({"values": tuple(used), "table": table, "alt": alt})


def _marks(chart_id: str, spec: ChartSpec, texts: Texts, where: Mapping[str, str]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    issues: list[Issue] = []
    for index, item in enumerate(spec.items):
        place = where.get(f"{chart_id}.items.{index}", texts.place)
        try:
            marks.append(_mark(spec, item, Texts(texts.values, place, texts.unit, texts.used)))
        except ReportError as error:
            issues += error.issues
    if issues:
        raise ReportError.all_of(issues)
    return tuple(marks)


def _mark(spec: ChartSpec, item: Item, texts: Texts) -> Mark:
    timed = spec.kind in ("timeline", "lines")
    measured = item.value and spec.kind not in ("timeline", "matrix")
    return Mark(
        label=texts.label(item.label), note=texts.label(item.note), cells=tuple(map(texts.label, item.cells)),
        figure=texts.quantity(item.value) if measured else None,
        to=texts.quantity(item.to) if item.to else None,
        moment=texts.moment(item.at or item.value) if timed else None,
        group=list(dict.fromkeys(other.group for other in spec.items)).index(item.group),
        parent=[other.label for other in spec.items].index(item.parent) if item.parent else None,
        entity=item.entity, colour=item.colour, accent=item.accent,
    )


def _subtitle(spec: ChartSpec, texts: Texts) -> Label:
    label = texts.label(spec.subtitle)
    told = f"（{spec.unit}）" in plain(label) or plain(label).endswith(spec.unit)
    return label if told else (*label, Segment(text=f"（{spec.unit}）"))


def _note(text: str, spacing: str) -> str:
    if spacing == "true":
        return text
    return (text.rstrip("。") + "。" if text else "") + EVEN_SPACING


def _spacing(spec: ChartSpec, marks: tuple[Mark, ...]) -> Literal["true", "even"]:
    """True distances where neighbours on an axis are far enough apart to be labelled, else even ones."""
    times = [mark.moment.position for mark in marks if mark.moment]
    span = times[-1] - times[0] if times else 0
    if spec.kind != "timeline" or len(times) < 3 or span <= 0:
        return "true"
    close = any(b - a < 0.06 * span for a, b in pairwise(times))
    crowded = any(b - a < 0.24 * span for a, b in zip(times, times[2:], strict=False))
    return "even" if close or crowded else "true"


def _quantities(chart: Chart) -> Iterator[tuple[Label, Quantity]]:
    for mark in chart.marks:
        for quantity in (mark.figure, mark.to):
            if quantity:
                yield mark.label, quantity


def _incomparable(chart: Chart, place: str) -> Iterator[Issue]:
    """Figures that may not share an axis: another unit, another kind of thing."""
    quantities = list(_quantities(chart))
    if chart.total and chart.kind != "shares":
        quantities.append(((Segment(text="总数"),), chart.total))
    for label, quantity in quantities[1:]:
        first_label, first = quantities[0]
        if (quantity.kind, quantity.unit) != (first.kind, first.unit):
            one, other = f"“{plain(first_label)}”（{first.full}）", f"“{plain(label)}”（{quantity.full}）"
            problem = f"图 {chart.id} 把{one}与{other}画在一条轴上"
            yield Issue(where=place, problem=problem, hint="单位或种类不同，不能比长短；分成两张图")


def _disorder(chart: Chart, place: str) -> Iterator[Issue]:
    if chart.kind not in ("timeline", "lines"):
        return
    for group in range(len(chart.groups)) if chart.kind == "lines" else [None]:
        marks = chart.marks if group is None else chart.members(group)
        dates = [plain(mark.moment.printed) for mark in marks if mark.moment]
        for before, after in pairwise(dates):
            if not in_order(before, after):
                problem = f"图 {chart.id} 里“{after}”排在“{before}”后面"
                yield Issue(where=place, problem=problem, hint="按时间先后排列各项")
