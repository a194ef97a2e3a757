"""Laws of drawings on any data: whatever the figures and labels, nothing leaves the frame and no words overlap."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.charts.drawing import Drawing
from report.charts.layout import lay_out
from report.charts.load import load_charts
from report.charts.resolve import resolve_chart
from report.dataset.models import BoundValue

from .made import box, extent, library, paths_of, theme, values, words_of

LABELS = st.text("人工智能企业高校研究者在美国ABneural，、（）“”", min_size=1, max_size=26).filter(lambda t: t.strip())
AMOUNTS = st.one_of(st.integers(1, 99), st.integers(1, 999_999), st.decimals("0.01", 99, places=2).map(float))
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value(name: str, amount: float, year: int = 2020) -> BoundValue:
    text = f"{amount:g}人" if amount == int(amount) and amount < 1e5 else f"{amount:.12g}人"
    return values()["企业"].changed({
        "name": name, "value": amount, "text": text, "plain": text, "number": text[:-1], "period": f"{year}年"})


def drawn(spec: dict[str, Any], made: dict[str, BoundValue]) -> Drawing:
    entry = {"title": "题", "subtitle": "副题", **spec}
    chart = resolve_chart("图", load_charts({"图": entry}, {})["图"], made, {})
    return lay_out(chart, theme(), library())


def check(picture: Drawing) -> None:
    boxes = [box(words) for words in words_of(picture)]
    for left, top, right, bottom in boxes + [extent(path) for path in paths_of(picture)]:
        assert left >= -0.6 and top >= -0.1 and right <= picture.width + 0.6 and bottom <= picture.height + 0.1
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] + 0.2 or b[2] <= a[0] + 0.2 or a[3] <= b[1] + 0.2 or b[3] <= a[1] + 0.2


def items(amounts: list[float], labels: list[str], **more: str) -> tuple[list[dict[str, str]], dict[str, BoundValue]]:
    made = {f"值{n}": value(f"值{n}", amount) for n, amount in enumerate(amounts)}
    return [{"label": label, "value": name, **more} for label, name in zip(labels, made, strict=False)], made


ROWS = st.integers(1, 9).flatmap(
    lambda n: st.tuples(st.lists(AMOUNTS, min_size=n, max_size=n), st.lists(LABELS, min_size=n, max_size=n)))


@FEW
@given(ROWS, st.sampled_from(["bars", "range"]))
def test_rows(rows: tuple[list[float], list[str]], kind: str) -> None:
    entries, made = items(*rows)
    check(drawn({"kind": kind, "items": entries}, made))


@FEW
@given(ROWS, st.integers(1, 4))
def test_panels(rows: tuple[list[float], list[str]], panels: int) -> None:
    entries, made = items(*rows)
    grouped = [{**entry, "group": f"第{'甲乙丙丁'[n % panels]}组"} for n, entry in enumerate(entries)]
    check(drawn({"kind": "groups", "items": grouped}, made))


@FEW
@given(ROWS, ROWS)
def test_changes(rows: tuple[list[float], list[str]], goals: tuple[list[float], list[str]]) -> None:
    entries, made = items(*rows)
    made |= {f"后{n}": value(f"后{n}", amount) for n, amount in enumerate(goals[0])}
    moved = [{**entry, "to": f"后{n % len(goals[0])}"} for n, entry in enumerate(entries)]
    check(drawn({"kind": "change", "items": moved}, made))


@FEW
@given(ROWS)
def test_parts(rows: tuple[list[float], list[str]]) -> None:
    amounts, labels = rows
    whole = [float(1 + int(amount) % 60) for amount in amounts]
    entries, made = items(whole, ["子丑寅卯辰巳午未申"[n] + label for n, label in enumerate(labels)])
    made["全"] = value("全", sum(whole))
    check(drawn({"kind": "unit", "total": "全", "items": entries}, made))
    check(drawn({"kind": "shares", "total": "全", "items": entries}, made))


@FEW
@given(ROWS, st.lists(st.integers(0, 3), min_size=9, max_size=9))
def test_flows(rows: tuple[list[float], list[str]], parents: list[int]) -> None:
    """A tree from its leaves up: every amount is the sum of what flows from it."""
    amounts, labels = rows
    names = ["子丑寅卯辰巳午未申"[n] + label for n, label in enumerate(labels)]
    above = [min(parents[n], n - 1) if n else -1 for n in range(len(names))]
    sums = [float(int(amount)) + 1 for amount in amounts]
    for n in range(len(names)):
        children = [c for c in range(len(names)) if above[c] == n]
        sums[n] = 0 if children else sums[n]
    for n in reversed(range(1, len(names))):
        sums[above[n]] += sums[n]
    entries, made = items(sums, names)
    linked = [{**e, **({"parent": names[above[n]]} if n else {})} for n, e in enumerate(entries)]
    if len(linked) > 1:
        check(drawn({"kind": "flow", "items": linked}, made))


@FEW
@given(st.lists(st.tuples(st.integers(2000, 2030), AMOUNTS), min_size=1, max_size=9, unique_by=lambda p: p[0]))
def test_one_line(points: list[tuple[int, float]]) -> None:
    made = {f"值{year}": value(f"值{year}", amount, year) for year, amount in sorted(points)}
    check(drawn({"kind": "lines", "items": [{"label": "", "value": name} for name in made]}, made))


@FEW
@given(st.lists(st.tuples(st.integers(2000, 2030), LABELS, st.one_of(st.just(""), LABELS)), min_size=1, max_size=12))
def test_timeline(events: list[tuple[int, str, str]]) -> None:
    made = {f"值{year}": value(f"值{year}", 1, year) for year, _, _ in events}
    entries = [{"label": label, "note": note, "at": f"值{year}"} for year, label, note in sorted(events)]
    check(drawn({"kind": "timeline", "items": entries}, made))


@FEW
@given(st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(LABELS, min_size=n, max_size=n), min_size=2, max_size=6)))
def test_matrix(rows: list[list[str]]) -> None:
    entries = [{"label": label, "cells": cells} for label, *cells in rows[1:]]
    check(drawn({"kind": "matrix", "columns": rows[0], "items": entries}, values()))
