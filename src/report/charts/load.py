"""Read charts.yaml: every mistake at once, each with its place and the name that was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, get_args

from pydantic import ValidationError

from report.charts.check import spec_issues
from report.charts.spec import ChartKind, ChartSpec
from report.errors import Issue, ReportError
from report.names import Made, nearest
from report.validate import mistakes

KINDS: tuple[str, ...] = get_args(ChartKind)


def load_charts(data: Mapping[str, Any], where: Mapping[str, str]) -> dict[str, ChartSpec]:
    """The charts of a report, by id, in order.

    `where[id]` is the place of a chart's entry (`charts.yaml:12`), `where["id.items.0"]` that of a part, if known.
    Raises ReportError with every mistake of the file: unknown kinds and keys, missing ones, parts that the kind needs.
    """
    specs, issues = try_load(data, where)
    if issues:
        raise ReportError.all_of(issues)
    return specs


def try_load(data: Mapping[str, Any], where: Mapping[str, str]) -> tuple[Made[ChartSpec], list[Issue]]:
    """The charts that can be read, and every mistake of the file (see `load_charts`)."""
    specs: dict[str, ChartSpec] = {}
    issues: list[Issue] = []
    for name, entry in data.items():
        place = partial(_place, where, name)
        found = list(_unknown_kind(entry, place))
        try:
            spec = ChartSpec.model_validate({**entry, "kind": KINDS[0]} if found else entry)
        except ValidationError as error:
            found += mistakes(error, ChartSpec, place)
        else:
            found = found or list(spec_issues(name, spec, where))
        issues += found
        if not found:
            specs[name] = spec
    return Made(specs, data.keys() - specs.keys()), issues


def _unknown_kind(entry: Any, place: Callable[..., str]) -> Iterator[Issue]:
    kind = entry.get("kind", KINDS[0]) if isinstance(entry, Mapping) else KINDS[0]
    if kind not in KINDS:
        close = nearest(str(kind), KINDS, 1)
        hint = (f"是不是 {close[0]}？" if close else "") + "可用：" + "、".join(KINDS)
        yield Issue(where=place("kind"), problem=f"没有“{kind}”这种图", hint=hint)


def _place(where: Mapping[str, str], name: str, *path: str | int) -> str:
    """The deepest place known for a key path of a chart."""
    paths = (".".join([name, *map(str, path[:depth])]) for depth in range(len(path), -1, -1))
    return next((where[path] for path in paths if path in where), f"图 {name}")
