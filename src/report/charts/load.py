"""Read charts.yaml: every mistake at once, each with its place and the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import ValidationError

from report.charts.check import spec_issues
from report.charts.spec import ChartKind, ChartSpec, Item
from report.errors import Issue, ReportError

KINDS: tuple[str, ...] = get_args(ChartKind)
_MISTAKES = {
    "string_type": "应为文字（数字请加引号）",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "float_parsing": "应为数字（磅）",
    "float_type": "应为数字（磅）",
    "tuple_type": "应为列表",
    "dict_type": "应为“名：文”的映射",
    "model_type": "应为映射",
    "model_attributes_type": "应为映射",
}


def load_charts(data: Mapping[str, Any], where: Mapping[str, str]) -> dict[str, ChartSpec]:
    """The charts of a report, by id, in order.

    `where[id]` is the place of a chart's entry (`charts.yaml:12`), `where["id.items.0"]` that of a part, if known.
    Raises ReportError with every mistake of the file: unknown kinds and keys, missing ones, parts that the kind needs.
    """
    specs: dict[str, ChartSpec] = {}
    issues: list[Issue] = []
    for name, entry in data.items():
        try:
            specs[name] = spec = ChartSpec.model_validate(entry)
        except ValidationError as error:
            issues += (_mistake(name, item, where) for item in error.errors())
        else:
            issues += spec_issues(name, spec, where)
    if issues:
        raise ReportError.all_of(issues)
    return specs


def _mistake(name: str, error: Mapping[str, Any], where: Mapping[str, str]) -> Issue:
    place, path = _place(name, error["loc"], where)
    key, at = str(error["loc"][-1]) if error["loc"] else "", f"图 {name} 的 {path}" if path else f"图 {name}"
    match error["type"]:
        case "extra_forbidden":
            return Issue(where=place, problem=f"{at}：没有这个键", hint=_nearest(key, _keys(error["loc"])))
        case "missing":
            return Issue(where=place, problem=f"{at}：没有写", hint="补上这一项")
        case "literal_error" if key == "kind":
            problem = f"图 {name}：没有“{error['input']}”这种图"
            return Issue(where=place, problem=problem, hint=_nearest(str(error["input"]), KINDS))
        case kind:
            return Issue(where=place, problem=f"{at}：{_MISTAKES.get(kind, error['msg'])}", hint="见 charts.json")


def _place(name: str, loc: Sequence[str | int], where: Mapping[str, str]) -> tuple[str, str]:
    """The deepest place known for a key path, and the path as a person would say it."""
    for depth in range(len(loc), -1, -1):
        if place := where.get(".".join([name, *map(str, loc[:depth])])):
            break
    else:
        place = name
    return place, ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)


def _keys(loc: Sequence[str | int]) -> Iterator[str]:
    yield from Item.model_fields if len(loc) > 1 and loc[0] == "items" else ChartSpec.model_fields


def _nearest(word: str, known: Sequence[str] | Iterator[str]) -> str:
    names = list(known)
    close = get_close_matches(word, names, 1, 0.5)
    return (f"是不是 {close[0]}？" if close else "") + "可用：" + "、".join(names)
