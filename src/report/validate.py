"""Checks a template's data against a model and tells every mistake in Chinese, with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec
from pydantic import BaseModel, Field, Strict, ValidationError, create_model

from report.errors import Issue, ReportError
from report.models import Model
from report.names import did_you_mean
from report.records import Record
from report.yaml import Key, Place

M = TypeVar("M", bound=BaseModel)
Where = Callable[..., str]  # the keys that lead to an entry → file:line

_PLACE = re.compile(r"(?P<file>.*?):(?P<line>\d{1,9})(?::|$)")
_WANTED = {
    "string": "应是文字", "int": "应是整数", "float": "应是数字", "bool": "应是 true 或 false",
    "tuple": "应是列表", "list": "应是列表",
    "dict": "应是“名字: 内容”的形式", "model": "应是“名字: 内容”的形式",
}
_BOUNDS = {
    "greater_than": ("要大于", "gt"), "greater_than_equal": ("至少", "ge"), "less_than_equal": ("至多", "le"),
}  # fmt: skip
_HINTS = {
    "应是列表": "写成 [甲, 乙]，或每项一行、前面加“- ”",
    "应是“名字: 内容”的形式": "每项一行，名字后面加冒号和空格",
    "应是文字": "必要时加引号；颜色以 # 开头，一定要加",
    "应是整数": "只写数字，如 2；不带单位、引号",
    "应是数字": "只写数字，如 10.5；不带单位、引号",
    "应是 true 或 false": "写 true 或 false，不加引号",
}
_NUMBER = "该写值名的，写 values.yaml 里的名字；真是文字，加引号"  # where words were wanted


def checked(model: type[M], data: Mapping[str, Any], where: Where) -> M:
    """The record that `data` describes. Raises ReportError with all mistakes: unknown keys (with the nearest
    names), keys left out, wrong types; `where(*place)` gives their lines."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ReportError.all_of(mistakes(error, model, where)) from error


@cache
def model_of(kind: type[Record], base: type[Model] = Model) -> type[BaseModel]:
    """A model that finds every mistake in what a person wrote for a record: reading the record finds but the first."""
    fields: dict[str, Any] = {
        field.name: (_checked_type(field.type), ... if field.required else field.default)
        for field in msgspec.structs.fields(kind)
    }
    return create_model(kind.__name__, __base__=base, **fields)


def _checked_type(annotation: Any) -> Any:
    """The type as pydantic takes it: models for records, its own constraints for msgspec's."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return model_of(annotation)
    if annotation in (bool, int, float):
        return Annotated[annotation, Strict()]  # as strict as reading the record: "2" and yes are text
    origin, inner = get_origin(annotation), tuple(map(_checked_type, get_args(annotation)))
    if origin is Annotated:
        meta = annotation.__metadata__[0]
        return Annotated[inner[0], Field(pattern=meta.pattern, gt=meta.gt, ge=meta.ge, le=meta.le)]
    if origin is UnionType:
        return reduce(or_, inner)
    return origin[inner] if origin in (dict, tuple) else annotation


def mistakes(error: ValidationError, model: type[BaseModel], where: Where) -> list[Issue]:
    """What pydantic found, one issue each, in the words and at the lines of the author's file."""
    items = error.errors(include_url=False)
    unknown = [item["loc"][:-1] for item in items if item["loc"][-1:] == ("[key]",)]
    found = (_issue(item, model, where) for item in items if not _is_inside(item["loc"], unknown))
    return in_order(found)


def _is_inside(place: Place, unknown: list[Place]) -> bool:
    """Whether the place is inside an entry of a name that does not exist: what that lacks is no news."""
    return place[-1:] != ("[key]",) and any(place[: len(one)] == one for one in unknown)


def in_order(issues: Iterable[Issue]) -> list[Issue]:
    """Each issue once, by file and line."""
    return sorted(dict.fromkeys(issues), key=lambda issue: line_of(issue.where))


def line_of(where: str) -> tuple[str, int]:
    """A place as file and line, to sort by; line 0 where it has none. Words may stand behind the line."""
    found = _PLACE.match(where)
    return (found["file"], int(found["line"])) if found else (where, 0)


def _issue(item: Any, model: type[BaseModel], where: Where) -> Issue:
    place: Place = tuple(part for part in item["loc"] if part != "[key]")
    problem, hint = _told(item, model, place)
    return Issue(where=where(*place), problem=problem, hint=hint)


def _told(item: Any, model: type[BaseModel], place: Place) -> tuple[str, str]:
    kind, name = str(item["type"]), spoken(place)
    if kind == "extra_forbidden":
        return f"没有“{name}”这一项", did_you_mean(str(place[-1]), _fields(model, place[:-1]))
    if kind == "string_pattern_mismatch" and "#" not in item["ctx"]["pattern"]:
        return f"“{name}”的写法不对，现在是 {_short(item['input'])}", "照 templates/README.md 里的例子写"
    if kind == "string_pattern_mismatch":
        return f"“{name}”不是颜色，现在是 {_short(item['input'])}", '写成 "#17375e" 这样，加引号'
    if kind in _BOUNDS:
        word, limit = _BOUNDS[kind]
        return f"“{name}”太大或太小，现在是 {_short(item['input'])}", f"{word} {item['ctx'][limit]:g}"
    if kind == "missing":
        return f"缺少“{name}”", "补上这一项"
    if kind == "literal_error":
        expected = str(item["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        if "[key]" in item["loc"]:
            return f"没有“{name}”这一项", did_you_mean(str(place[-1]), expected)
        return f"“{name}”不能是 {_short(item['input'])}", "只能是 " + "、".join(expected)
    if kind == "value_error":
        problem, _, hint = str(item["ctx"]["error"]).partition(" — ")
        return f"“{name}”{problem}" if name else problem, hint
    name = name or "这一项"
    wanted = _WANTED.get(kind.split("_")[0], f"不对（{item['msg']}）")
    hint = _NUMBER if kind == "string_type" and isinstance(item["input"], int | float) else _HINTS.get(wanted, "")
    return f"“{name}”{wanted}，现在是 {_short(item['input'])}", hint


def spoken(place: Place) -> str:
    """A place as an author reads it: `items.第3项.label`."""
    return ".".join(f"第{part + 1}项" if isinstance(part, int) else part for part in place)


def _short(value: object) -> str:
    text = "空的" if value is None else str(value)
    return text if len(text) <= 20 else text[:20] + "……"


def _fields(model: type[BaseModel], place: tuple[Key, ...]) -> list[str]:
    """The names that may stand at `place`; [] where anything may."""
    known: list[type[BaseModel]] = [model]
    for part in place:
        fields = [found.model_fields.get(str(part)) for found in known]
        inner = [one for field in fields if field for one in _models(field.annotation)]
        known = inner or known  # an index, or a name of the author's: still the same model
    return [name for found in known for name in found.model_fields]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
