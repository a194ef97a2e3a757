"""What a person may write into an observation (corrections.yaml): each value in its notation, all of them at one."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec
from pydantic import BaseModel, ValidationError

from report.errors import Issue, ReportError
from report.models import Written
from report.observations.lexicon import read_table
from report.observations.observation import Observation
from report.validate import Where, line_of, mistakes, model_of

_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_SPAN = rf"(?:{_DAY}|\d{{4}}-(?:Q[1-4]|H[12]))"
_PERIOD = re.compile(rf"(?:{_SPAN}(?:/{_SPAN})?|FY\d{{4}}(?:-\d{{2}})?(?:/FY\d{{4}}(?:-\d{{2}})?)?)?")
_DATE = re.compile(_DAY)
_DATE_FIGURE = re.compile(
    rf"{_DAY}|--(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|----(?:0[1-9]|[12]\d|3[01])|(?:\d{{4}}|-)-(?:Q[1-4]|H[12])"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_PERIOD_HINT = "写成 2025、2025-09、2023-Q4、2018-01/2018-07 或 FY2026"
_PERCENT = frozenset({"%", "百分点"})
_MONEY = frozenset(read_table("currencies")["after"])
_MEASURE = ("kind", "base", "value", "unit")  # fields that must fit one another
# What stands for a value of the wrong type while the others are looked at.
_PLAIN: Mapping[str, Any] = {
    "kind": "count", "base": None, "value": 0, "unit": "", "qualifier": "", "bound": "exact", "indicator": "",
    "entity": "", "period": "", "as_of": "", "citations": (), "relations": (), "confidence": 1.0,
}  # fmt: skip

Told = tuple[str, str, str]  # field, problem, hint


def set_right(data: Mapping[str, Any], fields: Mapping[str, Any], known: Collection[str], where: Where) -> Observation:
    """The observation `data` describes, in which a person wrote `fields`; `known`: ids that a relation may name.

    Raises ReportError with every mistake, at the line that `where(field)` gives: a value of another type or in another
    notation, kind, value and unit that do not go together, a relation to nothing.
    """
    model = model_of(Observation, Written)
    bad, issues = _ill_typed(model, data, fields, where)
    sound = model.model_validate({**data, **{field: _PLAIN[field] for field in bad}})
    made = msgspec.convert(sound.model_dump(), Observation)
    for field, problem, hint in _mistakes(made, known):
        place = _blamed(field, fields)
        if place and place not in bad and not (field in _MEASURE and bad & set(_MEASURE)):
            issues.append(Issue(where=where(place), problem=problem, hint=hint))
    if issues:
        raise ReportError.all_of(sorted(issues, key=lambda issue: line_of(issue.where)))
    return made


def _ill_typed(
    model: type[BaseModel], data: Mapping[str, Any], fields: Mapping[str, Any], where: Where
) -> tuple[set[str], list[Issue]]:
    """The fields whose values are of no type that they may have, and the mistakes told."""
    raw = list(_untyped(fields))
    bad = {"value"} if raw else set()
    issues = [Issue(where=where("value"), problem=told, hint=hint) for told, hint in raw]
    try:
        model.model_validate({**data, **{field: _PLAIN[field] for field in bad}})
    except ValidationError as error:
        bad |= {str(item["loc"][0]) for item in error.errors(include_url=False)}
        issues += mistakes(error, model, where)
    return bad, issues


def _blamed(field: str, fields: Mapping[str, Any]) -> str:
    """Which of the written fields a mistake is laid to; "" where it is none of the person's."""
    fitting = (one for one in _MEASURE if one in fields)
    return field if field in fields else next(fitting, "") if field in _MEASURE else ""


def _untyped(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the model would take for a number, and is none."""
    value = fields.get("value", 0)
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, bool) or isinstance(one, float) and not math.isfinite(one):
            yield f"“value”应是数字，现在是 {str(one).lower()}", "只写数字，如 10.5；不带单位"


def _mistakes(one: Observation, known: Collection[str]) -> Iterator[Told]:
    yield from list(_value(one)) or _unit(one)
    if not _is_period(one.period):
        yield "period", f"“period”不是时期，现在是 {one.period}", _PERIOD_HINT
    if one.as_of and not _is_day(_DATE, one.as_of):
        yield "as_of", f"“as_of”不是日期，现在是 {one.as_of}", "写成 2025、2025-12 或 2025-12-06"
    if not 0 < one.confidence <= 1:
        yield "confidence", "confidence 写大于 0、不大于 1 的数", ""
    for url in one.citations:
        if not _ADDRESS.fullmatch(url):
            yield "citations", f"“citations”里的“{url}”不是网址", "写成 https:// 开头的网址"
    for relation in one.relations:
        if relation.of and (relation.of not in known or relation.of == one.id):
            hint = '写同一份文献里另一个数据的编号（report trace 报告名 数字），没有就写 of: ""'
            yield "relations", f"“relations”里的“{relation.of}”不是这份文献里另一个数据", hint
        if not _is_period(relation.period):
            yield "relations", f"“relations”里的 period 不是时期，现在是 {relation.period}", _PERIOD_HINT


def _value(one: Observation) -> Iterator[Told]:
    """One number for most kinds, two for a range, a date for a date."""
    kind = one.base or one.kind
    if (one.kind == "range") != isinstance(one.value, tuple) or (one.kind == "range") != bool(one.base):
        yield "value", "range 的 value 写成 [低, 高]，并写 base；其他类别只有一个数，没有 base", ""
        return
    if one.base == "range":
        yield "value", "base 是范围里的数的类别，不能又是 range", "如 base: money"
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    dates = [value for value in values if isinstance(value, str)]
    if kind == "date" and (len(dates) < len(values) or not all(_is_day(_DATE_FIGURE, value) for value in dates)):
        yield "value", "date 的 value 写成 2025-03-05、2025-03、2023-Q4，没有年份写 --03-05", "加引号"
    elif kind != "date" and dates:
        yield "value", f"“value”应是数字，现在是 {dates[0]}", "只写数字，如 10.5；不带单位，万、亿乘进去"
    elif kind != "date" and len(values) == 2 and values[0] > values[1]:  # type: ignore[operator]  # numbers, both
        yield "value", "range 的 value 先写低的，再写高的", "写成 [低, 高]"


def _unit(one: Observation) -> Iterator[Told]:
    kind = one.base or one.kind
    problem = f"kind 是 {kind}，单位是“{one.unit}”，对不上"
    if (kind == "percent") != (one.unit in _PERCENT):
        yield "unit", problem, "percent 的单位是 % 或 百分点，别的类别不用它们"
    elif (kind == "money") != (one.unit in _MONEY):
        yield "unit", problem, "money 的单位是货币（元、美元、港元……），别的类别不用它们"


def _is_period(text: str) -> bool:
    return bool(_PERIOD.fullmatch(text)) and all(_exists(part) for part in text.split("/"))


def _is_day(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.fullmatch(text)) and _exists(text)


def _exists(text: str) -> bool:
    """Whether a full day is one of the calendar; anything less is taken as it is."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return not text.startswith("0000")
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
