"""What the tables of the dataset may hold (tables.yaml): the guard of every row, and its Frictionless description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

Row = dict[str, Any]
Type = Literal["string", "number", "integer", "date"]
_TYPES: Mapping[Type, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "integer": (int,), "date": (date,),
}  # fmt: skip


class SchemaError(Exception):
    """A row that its table does not allow: the program is wrong, not the user."""


@dataclass(frozen=True)
class Column:
    """One column of a table. `enum` are the words that may stand in it, each with its Chinese; {} where any may.

    An empty cell is "" in a column of text, None in any other.
    """

    name: str
    type: Type
    title: str
    description: str = ""
    required: bool = False
    unique: bool = False
    enum: Mapping[str, str] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    width: int = 12
    wrap: bool = False

    def guard(self, cells: Sequence[Any], table: str) -> None:
        """Raises SchemaError, with the table's name and the row, for the first cell that may not stand here."""
        for _, cell in dict.fromkeys(zip(map(type, cells), cells, strict=True)):  # many are alike: each is judged once
            if trouble := self.problem(cell):
                number = next(number for number, one in enumerate(cells, 1) if one is cell)
                raise SchemaError(f"{table}, row {number}: {self.name} {trouble}")
        if self.unique and len(set(cells)) < len(cells):
            first = {cell: number for number, cell in reversed(list(enumerate(cells, 1)))}
            number, cell = next((number, cell) for number, cell in enumerate(cells, 1) if first[cell] < number)
            raise SchemaError(f"{table}, row {number}: {self.name} is {cell!r} a second time")

    def problem(self, cell: Any) -> str:
        """What is wrong with a cell, "" for nothing."""
        if cell is None or cell == "":
            empty = "" if self.type == "string" else None
            return "is missing" if self.required else "" if cell == empty else f"is {cell!r}, not {empty!r}, for none"
        if isinstance(cell, bool) or not isinstance(cell, _TYPES[self.type]):
            return f"is {cell!r}, no {self.type}"
        if self.enum and cell not in self.enum:
            return f"is {cell!r}, none of {', '.join(self.enum)}"
        low, high = self.minimum, self.maximum
        if isinstance(cell, int | float) and (low is not None and cell < low or high is not None and cell > high):
            return f"is {cell!r}, outside [{low}, {high}]"
        return ""

    def described(self) -> Row:
        """The column as a field of a Table Schema (Frictionless Data Package v1)."""
        told = {"minimum": self.minimum, "maximum": self.maximum, "enum": list(self.enum)}
        constraints: Row = {name: True for name in ("required", "unique") if getattr(self, name)}
        constraints |= {name: value for name, value in told.items() if value not in (None, [])}
        words = {"title": self.title, "description": self.description}
        return {
            "name": self.name, "type": self.type, **{name: text for name, text in words.items() if text},
            **({"constraints": constraints} if constraints else {}),
        }  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table: its name, its name in Chinese, its columns in order."""

    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def gather(self, rows: Iterable[Row]) -> dict[str, list[Any]]:
        """The cells of the rows by column. Raises SchemaError, with row and column, where a row is not as the table
        says."""
        columns: dict[str, list[Any]] = {name: [] for name in self.names}
        for number, row in enumerate(rows, 1):
            if row.keys() != columns.keys():
                odd = sorted(row.keys() ^ columns.keys())
                raise SchemaError(f"{self.name}, row {number}: columns missing or unknown: {', '.join(odd)}")
            for name, cell in row.items():
                columns[name].append(cell)
        for column in self.columns:
            column.guard(columns[column.name], self.name)
        return columns

    def described(self) -> Row:
        """The table as a Table Schema (Frictionless Data Package v1); the column that is unique is its key."""
        key = next(column.name for column in self.columns if column.unique)
        return {"fields": [column.described() for column in self.columns], "primaryKey": key, "missingValues": [""]}


@cache
def tables() -> Mapping[str, Table]:
    """The tables by name, in the order of the workbook's sheets."""
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    told = YAML(typ="safe").load(Path(__file__).with_name("tables.yaml"))["tables"]
    return {
        name: Table(name, table["title"], tuple(Column(**column) for column in table["columns"]))
        for name, table in told.items()
    }
