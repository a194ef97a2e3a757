"""What each kind of chart needs of its spec, before any figure is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.charts.spec import ChartSpec, Item
from report.errors import Issue

_NEEDED: dict[str, tuple[str, ...]] = {
    "unit": ("value",),
    "bars": ("value",),
    "groups": ("value", "group"),
    "change": ("value", "to"),
    "range": ("value",),
    "lines": ("value",),
    "flow": ("value",),
    "matrix": ("cells",),
}
_WORDS = {"value": "值（value）", "to": "第二个值（to）", "group": "组（group）", "cells": "格（cells）"}


def spec_issues(name: str, spec: ChartSpec, where: Mapping[str, str]) -> Iterator[Issue]:
    """What is wrong with a chart's parts, one issue each; nothing where it can be resolved."""
    place = where.get(name, name)
    if not spec.items:
        yield Issue(where=place, problem=f"图 {name} 没有任何项（items）", hint="至少写一项")
    for key in ("title", "subtitle"):
        if not getattr(spec, key).strip():
            yield Issue(where=place, problem=f"图 {name} 的 {key} 是空的", hint="题写结论，副题写对象、时地与单位")
    for index, item in enumerate(spec.items):
        here = where.get(f"{name}.items.{index}", place)
        yield from (Issue(where=here, problem=p, hint=h) for p, h in _item_problems(name, spec, item))
    for group in sorted(set(spec.groups) - {item.group for item in spec.items}):
        yield Issue(where=place, problem=f"图 {name} 的 groups：没有一项属于“{group}”", hint="与各项的 group 逐字相同")
    if spec.kind == "flow":
        if spec.items and not any(item.parent for item in spec.items):
            problem = f"图 {name} 没有一项写 parent，不成流向"
            yield Issue(where=place, problem=problem, hint="写明从哪一项流来，或改用 bars")
        yield from _cycles(name, spec, place)


def _item_problems(name: str, spec: ChartSpec, item: Item) -> Iterator[tuple[str, str]]:
    at = f"图 {name} 的“{item.label}”"
    for key in _NEEDED.get(spec.kind, ()):
        if not getattr(item, key):
            yield f"{at}缺少{_WORDS[key]}", f"{spec.kind} 图的每一项都要有"
    if spec.kind == "timeline" and not (item.at or item.value):
        yield f"{at}没有日期", "用 at 写一个给出日期的值名"
    if spec.kind == "matrix" and len(spec.columns) != 1 + len(item.cells):
        yield f"{at}有 {len(item.cells)} 格，columns 有 {len(spec.columns)} 个", "columns 先写首列的栏名，再逐格写栏名"
    if item.parent and spec.kind == "flow" and item.parent not in [other.label for other in spec.items]:
        yield f"{at}来自“{item.parent}”，但没有这一项", "parent 与某一项的 label 逐字相同"


def _cycles(name: str, spec: ChartSpec, place: str) -> Iterator[Issue]:
    parents = {item.label: item.parent for item in spec.items}
    if len(parents) < len(spec.items):
        yield Issue(where=place, problem=f"图 {name} 有同名的项", hint="flow 图按 label 认上家，不能重名")
        return
    for label in parents:
        seen, at = {label}, parents[label]
        while at and at not in seen:
            seen.add(at)
            at = parents.get(at, "")
        if at == label:
            yield Issue(where=place, problem=f"图 {name} 的“{label}”绕了一圈又流回自己", hint="改 parent")
            return
