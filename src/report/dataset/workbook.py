"""The dataset as an Excel workbook for editors: Chinese heads, figures with their units, links from value to source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from math import ceil
from typing import Any
from urllib.parse import quote

import pandas as pd

from report.dataset.numberformat import number_format
from report.dataset.schema import Column, Row, Table, tables
from report.dataset.spreadsheet import Book, Cell, Look
from report.dataset.tables import FORMULA, is_address

FORMATS = 150  # number formats of our own; Excel reads about 200 in all
CHUNK = 5_000  # rows of a frame that are plain data at a time
LONGEST = 10**15  # a number of more digits is told as printed: a workbook would round it (IEEE 754)
_MOST_LINES = 8
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_AMOUNTS = ("value", "value_high", "interval_low", "interval_high")
# Which sheet a cell leads to, by column: the first id in it is looked up there.
_LEADS = {"observations": "observations", "docs": "sources", "doc": "sources", "parents": "values"}
_BEFORE_DAYS = datetime(1899, 12, 30)  # day 0 of a workbook, from March 1900 on (ECMA-376 Part 1, §18.17.4.1)
_FIRST_DAY = datetime(1900, 3, 1)


def xlsx_bytes(frames: Mapping[str, pd.DataFrame], seeds: str = "") -> bytes:
    """A workbook with a sheet for each table of the dataset (tables.dataset_frames).

    Heads in Chinese, frozen, with filters; figures as numbers with their units; text as text, never a formula. A value
    leads to the observation that it is read from, that to its source, and the source to its address or to its file in
    the folder `seeds`, a path from the workbook ("": no link to files). The same dataset gives the same bytes.
    """
    book = Book()
    binder = _Binder(frames, seeds)
    for name in frames:
        table = tables()[name]
        book.add(name, {column.title: column.width for column in table.columns}, binder.rows(table))
    return book.data()


@dataclass
class _Binder:
    """Turns rows into cells; knows in which row of which sheet an id stands."""

    frames: Mapping[str, pd.DataFrame]
    seeds: str
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    formats: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name in {*_LEADS.values()} & self.frames.keys():
            self.places[name] = {id: row for row, id in enumerate(self.frames[name].iloc[:, 0], start=2)}

    def rows(self, table: Table) -> Iterator[tuple[int, list[Cell | None]]]:
        """The rows of a sheet, each with its height in lines."""
        wrapped = [column for column in table.columns if column.wrap]
        for told in plain_rows(self.frames[table.name]):
            lines = max((_lines(told[column.name], column.width) for column in wrapped), default=1)
            yield lines, [self._cell(table, column, told) for column in table.columns]

    def _cell(self, table: Table, column: Column, told: Row) -> Cell | None:
        """Numbers as numbers; text as text, whatever it begins with."""
        value = told[column.name]
        if value is None or value == "":
            return None
        if column.type == "string":
            look = Look(wrap=column.wrap, quoted=value.startswith(FORMULA))
            return Cell(column.enum.get(value, value), look, self._link(table, column, value))
        if column.type == "date":
            return _day(value)
        if column.name == "value" and abs(value) >= LONGEST:
            return Cell(told.get("printed") or told["text"])
        number = int(value) if float(value).is_integer() else value
        return Cell(number, Look(format=self._shape(number, told) if column.name in _AMOUNTS else ""))

    def _shape(self, number: float, told: Mapping[str, Any]) -> str:
        """The number's format, while Excel can still read one more."""
        shape = number_format(number, told["kind"], told["base"], told["unit"])
        if shape not in self.formats and len(self.formats) == FORMATS:
            return ""
        self.formats.add(shape)
        return shape

    def _link(self, table: Table, column: Column, value: str) -> str:
        """Where a cell leads, "" for nowhere."""
        if column.name in _LEADS:
            sheet = _LEADS[column.name]
            places = self.places.get(sheet, {})
            row = places.get(value) or places.get(value.partition(" ")[0])
            return f"#{sheet}!A{row}" if row else ""
        if table.name == "sources" and column.name == "file" and self.seeds:
            return quote(f"{self.seeds}/{value}")
        first = value.partition(" ")[0] if column.name in ("url", "citations") else ""
        return first if is_address(first) else ""


def plain_rows(frame: pd.DataFrame) -> Iterator[Row]:
    """The rows of a frame as plain data, None for what is not told; only some are held at a time."""
    names: Sequence[str] = list(frame.columns)
    for start in range(0, len(frame), CHUNK):
        part = frame.iloc[start : start + CHUNK].astype(object)
        for cells in zip(*(part[name].where(part[name].notna(), None) for name in names), strict=True):
            yield dict(zip(names, cells, strict=True))


def _day(value: datetime) -> Cell:
    """A day as the workbook counts them; one before it can, in words."""
    if value < _FIRST_DAY:
        return Cell(f"{value:%Y-%m-%d}")
    return Cell((value - _BEFORE_DAYS).days, Look(format="yyyy-mm-dd"))


@lru_cache(256)  # neighbours have their sentence in common
def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, one at least; a Han character is as wide as two others."""
    if len(text) * 2 <= width * 0.85:
        return 1
    wide = len(text) - len(_WIDE.sub("", text))
    return min(max(ceil((len(text) + wide) / (width * 0.85)), 1), _MOST_LINES)
