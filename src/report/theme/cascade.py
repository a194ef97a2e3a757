"""Which rule of which layer gave each thing its look, and which rules it overruled: what a template's author asks
where a page looks otherwise than expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from report.templates.merge import Layered
from report.theme.theme import CHART_ROLES
from report.yaml import Key

FIGURE = "caption-figure"  # where that stands on a page, a chart does
NOTE = "note"
HEAD = (
    "每页上每种文字的样子由哪个文件的哪一行定。“盖过”后面是没有用上的写法；没有列出的项，各层都没有写，用程序的默认值。",
    "改法：在自己的 theme.yaml 里写同名的项，后面的层盖过前面的层。",
)


def style_log(layers: Layered, pages: Sequence[Mapping[str, Any]], stand_ins: Mapping[str, str]) -> str:
    """In lines: every page with its roles, each with the rules that hold for it and those that lost; then the rules of
    the whole book. `layers` are the theme files, the lowest first; `pages` those of layout.json; `stand_ins` the font
    files that are not here, each with the one that serves instead."""
    lines = [*HEAD, "", "各层，从下到上：" + "、".join(file.file for file in layers.files), ""]
    for number, page in enumerate(pages, 1):
        folio = f"，页码 {page['number']}" if page["number"] else ""
        lines.append(f"第 {number} 张{folio}" + ("（空白页）" if page["blank"] else ""))
        for role, count in _roles(page).items():
            lines.append(f"  {role}" + (f"（{count} 行）" if count else "（图内）"))
            lines += (f"    {line}" for line in _told(layers, ("roles", role)))
        lines.append("")
    lines.append("全书")
    data = layers.data
    for key in sorted(data.keys() - {"roles", "name"}):
        lines += [f"  {key}", *(f"    {line}" for line in _told(layers, (key,)))]
    lines += ["", "字体"] if stand_ins else []
    lines += [f"  系统里没有 {file}，用 {other} 代替" for file, other in stand_ins.items()]
    return "\n".join(lines) + "\n"


def _roles(page: Mapping[str, Any]) -> dict[str, int]:
    """The roles on a page in the order of reading, with the number of their lines; 0 for those inside charts."""
    found: dict[str, int] = dict(Counter(line["role"] for line in page["lines"]))
    if page["notes"]:
        found.setdefault(NOTE, len(page["notes"]))
    return found | (dict.fromkeys(CHART_ROLES, 0) if FIGURE in found else {})


def _told(layers: Layered, place: tuple[Key, ...]) -> Iterator[str]:
    """The rules that hold below a place, those of one line of a file together."""
    rules: dict[tuple[str, str], list[str]] = {}
    for leaf in _leaves(_at(layers.data, place), place):
        *lost, (value, where) = _written(layers, leaf)
        over = "、".join(f"{_short(old)}（{there}）" for old, there in reversed(lost))
        name = ".".join(map(str, leaf[len(place) :]))
        rules.setdefault((where, over), []).append(f"{name} {_short(value)}".strip())
    for (where, over), told in rules.items():
        yield f"{'，'.join(told)} ← {where}" + (f"，盖过 {over}" if over else "")


def _leaves(data: Any, place: tuple[Key, ...]) -> Iterator[tuple[Key, ...]]:
    """The places of what is no map of further entries: lists replace one another whole."""
    if not isinstance(data, Mapping):
        yield place
        return
    for key, value in data.items():
        yield from _leaves(value, (*place, key))


def _written(layers: Layered, place: tuple[Key, ...]) -> list[tuple[Any, str]]:
    """What each layer that says something writes at a place, and where, the base's first."""
    return [(_at(file.data, place), file.where(*place)) for file in layers.files if _at(file.data, place) is not None]


def _at(data: Any, place: tuple[Key, ...]) -> Any:
    for key in place:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _short(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_short, value)) + "]"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:40] + "……"
