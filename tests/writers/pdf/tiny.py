"""Tiny pages out of short YAML cases: a page of fourteen lines of eighteen characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path as File
from typing import Any

from report.charts.drawing import Drawing, Path, Words
from report.content.nodes import (
    Block,
    Box,
    Cell,
    Column,
    Content,
    Contents,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Note,
    NoteMark,
    PageRef,
    Part,
    Table,
    Text,
)
from report.theme.theme import Look, Page, Theme
from report.yaml import read_yaml

from .sample import content, heading, paragraph, text

CASES = File(__file__).parent / "pages"
PER_LINE = 18
SMALL = 16 / 31.2  # of the base theme's lengths: the leading of a tiny page is 16 points
PAGE = Page(width=88, height=102, top=12, bottom=11, left=12, right=8, header=7, footer=5)
MARKUP = re.compile(r"(\[\^\w+\]|\[p:\w+\])")
LEVELS = {"h1": (1, "一、"), "h2": (2, "（一）"), "h3": (3, "1.")}


def tiny(theme: Theme, setting: Mapping[str, Any]) -> Theme:
    """The theme for tiny pages."""
    roles = {role: _small(look) for role, look in theme.roles.items()}
    switches = theme.setting.changed({"note_rule": 60.0, **setting})
    return theme.changed({"page": PAGE, "roles": roles, "setting": switches})


def _small(look: Look) -> Look:
    lengths = {name: round(getattr(look, name) * SMALL, 3) for name in ("leading", "before", "after")}
    return look.changed({"size": round(look.size * 0.64, 3), **lengths})


def case(name: str) -> tuple[Content, dict[str, Any]]:
    """A case: its content and its theme's switches. A `front: true` case has its contents before it."""
    data = read_yaml(CASES / f"{name}.yaml").data
    body = Part(role="body", blocks=tuple(_Maker().blocks(data["blocks"])))
    notes = {key: Note(inlines=text(_words(value))) for key, value in data.get("notes", {}).items()}
    lists = [_list(kind) for kind in data.get("lists", [])]
    return content([*lists, body], notes), data.get("setting", {})


def _list(kind: str) -> Part:
    title = {"headings": "目录", "figures": "图目录", "tables": "表目录"}[kind]
    wanted = Contents(kind=kind, levels=3)  # type: ignore[arg-type]
    return Part(role="contents", blocks=(heading(1, f"list-{kind}", "", title), wanted))


def _words(value: object) -> str:
    """Words, or as many lines of them."""
    return "港" * (PER_LINE * value - 4) + "。" if isinstance(value, int) else str(value)


def _inlines(value: object) -> tuple[Inline, ...]:
    """Words with note marks `[^n]` and references to pages `[p:id]`."""
    parts = (part for part in MARKUP.split(_words(value)) if part)
    return tuple(_inline(part) for part in parts)


def _inline(part: str) -> Inline:
    if part.startswith("[^"):
        return NoteMark(note=part[2:-1])
    return PageRef(target=part[3:-1]) if part.startswith("[p:") else Text(text=part)


class _Maker:
    """Makes blocks; figures, tables and headings are numbered f1, t1, h1 … as they come."""

    def __init__(self) -> None:
        self.numbers = {"f": 0, "t": 0, "h": 0}

    def blocks(self, data: Iterable[Mapping[str, Any]]) -> list[Block]:
        """The blocks of a case: each a kind and what it holds."""
        return [self._block(kind, value) for entry in data for kind, value in entry.items()]

    def _next(self, kind: str) -> tuple[str, int]:
        self.numbers[kind] += 1
        return f"{kind}{self.numbers[kind]}", self.numbers[kind]

    def _block(self, kind: str, value: Any) -> Block:
        if kind in LEVELS:
            level, label = LEVELS[kind]
            return Heading(level=level, id=self._next("h")[0], number=label, inlines=_inlines(value))
        if kind == "figure":
            id_, number = self._next("f")
            return Figure(id=id_, number=number, chart=str(value["height"]), source=text("资料来源：文献[1]。"),
                          caption=_inlines(value.get("caption", "题名")), alt="图")
        if kind == "table":
            return self._table(value)
        if kind == "list":
            return ListBlock(ordered=True, items=tuple((paragraph(*_inlines(item)),) for item in value))
        if kind == "box":
            return Box(title=_inlines(value["title"]), blocks=tuple(self.blocks(value["blocks"])))
        return paragraph(*_inlines(value))

    def _table(self, value: Mapping[str, Any]) -> Table:
        id_, number = self._next("t")
        rows = value["rows"] if isinstance(value["rows"], list) else ["短"] * value["rows"]
        cells = [(_cell(f"第{index}项"), _cell(words)) for index, words in enumerate(rows, 1)]
        return Table(
            id=id_, number=number, caption=_inlines(value.get("caption", "题名")),
            landscape=value.get("landscape", False),
            columns=(Column(width=1), Column(width=2)), head=((_cell("项"), _cell("说明")),), rows=tuple(cells),
            notes=tuple(text(note) for note in value.get("notes", [])), source=text("资料来源：文献[1]。"),
        )


def _cell(words: object) -> Cell:
    return Cell(inlines=_inlines(words))


def _bar(height: float) -> Drawing:
    """A bar as high as the picture, with a word."""
    bar = (("M", 60.0, 4.0), ("L", 180.0, 4.0), ("L", 180.0, height - 4), ("L", 60.0, height - 4), ("Z",))
    name = Words(x=0.0, y=height / 2, text="空箱", font="hei", size=8.0, colour="#1b1f24", role="chart-label")
    return Drawing(width=190.0, height=height, items=(name, Path(segments=bar, fill="#9cc0de")), alt="条形图")


CHARTS = {str(height): _bar(float(height)) for height in (60, 90, 120, 400)}
