"""Read a theme out of its layers: base, then series, then report — maps merge, lists replace, later wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from report.errors import Issue, ReportError
from report.theme.theme import ROLES, Theme


def load_theme(layers: Iterable[Mapping[str, Any]], where: str) -> Theme:
    """The theme that the layers, merged in order, describe.

    Raises ReportError with every mistake at once (`where` names the file of the last layer): an unknown key or role,
    a role left out, a font or colour that is named but not defined.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        merged = merge(merged, layer)
    try:
        theme = Theme.model_validate(merged)
    except ValidationError as error:
        raise ReportError.all_of(_issue(where, item) for item in error.errors()) from error
    if issues := list(_dangling(theme, where)):
        raise ReportError.all_of(issues)
    return theme


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two layers as one: maps merge key by key, everything else (lists too) is replaced by `over`."""
    merged = dict(under)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _issue(where: str, item: Mapping[str, Any]) -> Issue:
    path = ".".join(str(part) for part in item["loc"] if part != "[key]")
    return Issue(where=where, problem=f"{path}：{item['msg']}", hint="可用的名字见 templates/README.md 与 schema/theme.json")


def _dangling(theme: Theme, where: str) -> Iterable[Issue]:
    for role in ROLES:
        if role not in theme.roles:
            yield Issue(where=where, problem=f"缺少角色 {role}", hint="在 roles 下补上，或 extends 基础系列")
    for role, look in theme.roles.items():
        if look.font not in theme.fonts:
            yield Issue(where=where, problem=f"roles.{role}.font：没有字体 {look.font}", hint=_known(theme.fonts))
        if look.colour not in theme.palette:
            yield Issue(where=where, problem=f"roles.{role}.colour：没有颜色 {look.colour}", hint=_known(theme.palette))
    for name, font in theme.fonts.items():
        for file in (font.han, font.latin, *font.fallback):
            if file not in theme.files:
                yield Issue(where=where, problem=f"fonts.{name}：没有字体文件 {file}", hint=_known(theme.files))
    for name, colour in theme.entities.items():
        if colour not in theme.palette:
            yield Issue(where=where, problem=f"entities.{name}：没有颜色 {colour}", hint=_known(theme.palette))


def _known(names: Iterable[str]) -> str:
    return "已有：" + "、".join(sorted(names))
