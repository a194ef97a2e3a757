"""The tables of a section as their author writes them: rows of cells between bars, cells that are joined, alignment
and widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from report.content.nodes import Column

Align = Literal["left", "center", "right", "decimal"]
ALIGNS: tuple[Align, ...] = get_args(Align)
Tell = Callable[[int, str, str], None]
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_LEFT, _ABOVE = "<", "^"  # a cell that belongs to the one on its left, to the one above it


@dataclass(frozen=True)
class Line:
    """A line of a table: its cells as typed, and its number in the file."""

    cells: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class Typed:
    """A cell as typed, with the columns and rows that are joined in it."""

    text: str
    line: int
    columns: int = 1
    rows: int = 1


Rows = tuple[tuple[Typed, ...], ...]


@dataclass(frozen=True)
class Grid:
    """A table as typed: the rows of its head, those of its body, the alignment that the rule between them asks for
    (`:---`, `---:`, `:---:`)."""

    head: Rows
    body: Rows
    aligns: tuple[Align, ...]


def read_line(text: str, number: int) -> Line:
    """The cells of a line between its bars; `\\|` is no bar."""
    cells = [cell.strip() for cell in _BAR.split(text.strip(" >"))]
    return Line(tuple(cells[cells[0] == "" : len(cells) - (cells[-1] == "")]), number)


def read_grid(lines: Sequence[Line], tell: Tell) -> Grid | None:
    """The table in these lines. None, with every mistake told, where it cannot be read: no rule under the head, no
    row under the rule, rows of unlike length, joined cells that do not make a rectangle."""
    place = next((index for index, line in enumerate(lines) if _is_rule(line)), 0)
    if not place:
        tell(lines[0].number, "表头下面没有“|---|---|”", "表头写在最前，下面一行每列写 ---")
        return None
    count = len(lines[0].cells)
    uneven = [line for line in lines if len(line.cells) != count]
    for line in uneven:
        what = "分隔行" if line is lines[place] else "这一行"
        problem = f"{what}有 {len(line.cells)} 格，表头有 {count} 格"
        tell(line.number, problem, "各行的 | 要一样多；没有内容的格写“—”，并入左格写 <，并入上格写 ^")
    if not lines[place + 1 :]:
        tell(lines[place].number, "表里没有一行数据", "在“|---|”下面写各行")
    if uneven or not lines[place + 1 :]:
        return None
    head, body = _join(lines[:place], tell), _join(lines[place + 1 :], tell)
    return Grid(head, body, tuple(map(_ruled, lines[place].cells)))


def _is_rule(line: Line) -> bool:
    return bool(line.cells) and all(_RULE.fullmatch(cell) for cell in line.cells)


def _ruled(rule: str) -> Align:
    if rule.startswith(":") and rule.endswith(":") and len(rule) > 1:
        return "center"
    return "right" if rule.endswith(":") else "left"


def _join(lines: Sequence[Line], tell: Tell) -> Rows:
    """The cells of each line, `<` and `^` taken into the cells that they join."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    areas: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row, line in enumerate(lines):
        for column, text in enumerate(line.cells):
            beside = {_LEFT: (row, column - 1), _ABOVE: (row - 1, column)}.get(text, (row, column))
            if beside != (row, column) and beside not in owner:
                tell(line.number, f"“{text}”没有可并入的格", "< 并入左边一格，^ 并入上面一格；表头和表身不能并")
            owner[row, column] = owner.get(beside, (row, column))
            areas.setdefault(owner[row, column], []).append((row, column))
    rows: list[list[Typed]] = [[] for _ in lines]
    for (row, column), area in areas.items():
        columns, deep = area[-1][1] - column + 1, area[-1][0] - row + 1
        if len(area) != columns * deep or area[-1] != max(area):
            tell(lines[row].number, "并在一起的格不是长方形", "每行并入的格数要一样")
        rows[row].append(Typed(lines[row].cells[column], lines[row].number, columns, deep))
    return tuple(map(tuple, rows))


@dataclass(frozen=True)
class TableOptions:
    """What a table has: its columns' alignment by the rule under the head; `align` and `widths` as typed ("" for
    none)."""

    ruled: tuple[Align, ...]
    align: str
    widths: str


def read_columns(options: TableOptions, tell: Callable[[str, str], None]) -> tuple[Column, ...]:
    """One Column for each column, left-aligned and of automatic width where nothing is said; widths become
    shares of 1. `tell(problem, hint)` is called for each mistake."""
    count = len(options.ruled)
    aligns = _split(options.align)
    widths = _split(options.widths)
    for name, given in (("align", aligns), ("widths", widths)):
        if given and len(given) != count:
            tell(f"{name} 有 {len(given)} 项，表有 {count} 列", "每列写一项，用逗号隔开")
    for align in aligns:
        if align not in ALIGNS:
            tell(f"没有“{align}”这种对齐", "只能是 " + "、".join(ALIGNS))
    shares = _shares(widths, tell)
    return tuple(
        Column(align=_align(aligns, index) or ruled, width=shares[index] if index < len(shares) else 0)
        for index, ruled in enumerate(options.ruled)
    )


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", ",").split(",")] if text.strip() else []


def _align(aligns: list[str], index: int) -> Align | None:
    return next((align for align in ALIGNS if index < len(aligns) and align == aligns[index]), None)


def _shares(widths: list[str], tell: Callable[[str, str], None]) -> list[float]:
    numbers = [float(width) for width in widths if width.replace(".", "", 1).isdecimal() and float(width) > 0]
    if len(numbers) != len(widths):
        tell("widths 里有不是正数的项", '写成 widths="2,1,1"')
        return []
    return [round(number / sum(numbers), 4) for number in numbers]
