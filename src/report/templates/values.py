"""Reads values.yaml: the values of a report, each a query on what the sources say or a step of arithmetic."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, get_args

from pydantic import StrictInt, field_validator

from report.dataset.derive import DIGITS
from report.dataset.models import Derivation, Operation, Query, ValueSpec
from report.dataset.tally import counted_by
from report.errors import Issue, ReportError
from report.models import Written
from report.names import Made, did_you_mean
from report.templates.slots import COMMANDS, DOCUMENT_COUNT
from report.validate import checked
from report.yaml import Key, Placed

OPERATIONS: tuple[Operation, ...] = get_args(Operation)
_PAIRS = ("difference", "ratio", "growth", "share", "base", "whole")  # these take two values, the others one or more
_FORBIDDEN = re.compile(r"[|｜:：,，、{}\s]")


class Find(Query):
    """A query as typed: one word may stand without brackets, a year may stand without quotes."""

    model_config = Written.model_config

    @field_validator("words", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return [value] if isinstance(value, str | int) else value


class Entry(Written):
    """An entry as typed: `find`, or one of the operations with the names it works on."""

    label: str
    find: tuple[Find, ...] = ()
    difference: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    ratio: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    count: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    digits: StrictInt | None = None
    prefer: tuple[str, ...] = ()
    unit: str = ""
    optional: bool = False

    @field_validator("digits")
    @classmethod
    def _printable(cls, value: int | None) -> int | None:
        if value is not None and not 0 <= value <= DIGITS:
            raise ValueError(f"是小数位数，不能是 {value} — 写 0 到 {DIGITS} 之间的整数")
        return value


def try_values(placed: Placed) -> tuple[Made[ValueSpec], list[Issue]]:
    """The values that can be read, by name in the file's order, and every mistake: unknown keys, no or two ways to
    find a value, a name that is none, arithmetic on a value that does not exist or in a circle."""
    issues: list[Issue] = []
    specs: dict[str, ValueSpec] = {}
    for name, data in placed.data.items():
        try:
            specs[name] = _spec(name, data, partial(placed.where, name))
        except ReportError as error:
            issues += error.issues
    loose = _dangling(specs, placed)
    circles = _circles(specs, placed)
    issues += [*loose.values(), *circles.values()]
    lost = {*(name for name, _ in loose), *(name for circle in circles for name in circle)}
    good = {name: spec for name, spec in specs.items() if name not in lost}
    return Made(good, placed.data.keys() - good.keys()), issues


def _spec(name: str, data: Any, where: Callable[..., str]) -> ValueSpec:
    if _FORBIDDEN.search(name) or name in (*COMMANDS, DOCUMENT_COUNT):
        hint = "值名里不用空格、冒号、竖线、逗号、顿号，也不用指令的名字"
        raise ReportError(where(), f"“{name}”不能作值名", hint)
    if not isinstance(data, dict):
        raise ReportError(where(), f"“{name}”下面应有 label 和 find", "写成 {label: 说明, find: {…}}")
    single = isinstance(data.get("find"), dict)

    def place(*keys: Key) -> str:
        """A lone query stands in the file without the list that the model wants around it."""
        return where(*(keys[:1] + keys[2:] if single and keys[:1] == ("find",) else keys))

    entry = checked(Entry, {**data, "find": [data["find"]]} if single else data, place)
    _check_ways(name, entry, place)
    return ValueSpec(
        label=entry.label,
        find=tuple(Query(**query.model_dump()) for query in entry.find),
        derive=_derivation(entry),
        prefer=entry.prefer,
        unit=entry.unit,
        optional=entry.optional,
    )


def _derivation(entry: Entry) -> Derivation | None:
    given = [(way, getattr(entry, way)) for way in OPERATIONS if getattr(entry, way)]
    return Derivation(operation=given[0][0], of=given[0][1], digits=entry.digits) if given else None


def _check_ways(name: str, entry: Entry, where: Callable[..., str]) -> None:
    ways = [way for way in ("find", *OPERATIONS) if getattr(entry, way)]
    if len(ways) != 1:
        problem = f"“{name}”有 {len(ways)} 种来历（{'、'.join(ways)}）" if ways else f"“{name}”没有来历"
        raise ReportError(where(), problem, "只写一种：find，或 " + "、".join(OPERATIONS) + " 之一")
    if ways[0] in _PAIRS and len(getattr(entry, ways[0])) != 2:
        problem = f"“{name}”的 {ways[0]} 要两个值名"
        raise ReportError(where(ways[0]), problem, f"写成 {ways[0]}: [甲, 乙]")
    for index, query in enumerate(entry.find):
        if query == Find():
            problem = f"“{name}”的 find 没有条件"
            raise ReportError(where("find", index), problem, "至少写 doc、unit、words 中的一项")


def _dangling(specs: dict[str, ValueSpec], placed: Placed) -> dict[tuple[str, str], Issue]:
    """By the names of the value and of its parent, a parent that nobody has defined."""
    return {
        (name, parent): Issue(
            where=placed.where(name, spec.derive.operation),
            problem=f"“{name}”要用的“{parent}”没有定义",
            hint=did_you_mean(parent, placed.data.keys() - {name}),
        )
        for name, spec in specs.items() if spec.derive
        for parent in spec.derive.of if parent not in placed.data and not counted_by(spec.derive)
    }


def _circles(specs: dict[str, ValueSpec], placed: Placed) -> dict[frozenset[str], Issue]:
    """One mistake for each circle, told where its first value stands."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for name in specs:
        if circle := _circle(name, specs):
            found.setdefault(frozenset(circle), circle)
    return {
        names: Issue(where=placed.where(circle[0]), problem=f"“{circle[0]}”要从它自己推算出来：{' ← '.join(circle)}",
                     hint="改掉其中一步")
        for names, circle in found.items()
    }


def _circle(name: str, specs: dict[str, ValueSpec]) -> tuple[str, ...]:
    """The shortest way from a value over its parents back to it; () for none."""
    waiting: deque[tuple[str, ...]] = deque([(name,)])
    seen: set[str] = set()
    while waiting:
        path = waiting.popleft()
        for parent in _parents(specs.get(path[-1])):
            if parent == name:
                return (*path, name)
            if parent not in seen:
                seen.add(parent)
                waiting.append((*path, parent))
    return ()


def _parents(spec: ValueSpec | None) -> Iterable[str]:
    return spec.derive.of if spec and spec.derive else ()
