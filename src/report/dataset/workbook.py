"""The dataset as an Excel workbook for editors: Chinese heads, figures with their units, links from value to source."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any
from urllib.parse import quote

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from report.dataset.models import BoundValue, Dataset
from report.dataset.numberformat import number_format
from report.dataset.schema import Column, Table, tables
from report.dataset.tables import FORMULA, dataset_frames, is_address

STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip member can bear
CELL = 32767  # characters that a cell of a workbook holds
LINKS = 65530  # links that Excel reads in one sheet
FORMATS = 150  # number formats of our own; Excel reads about 200 in all
LINE = 15  # points; the height of a row of one line
_MOST_LINES = 8
_AMOUNTS = ("value", "value_high", "interval_low", "interval_high")
# Which sheet a cell leads to, by column: the first id in it is looked up there.
_LEADS = {"observations": "observations", "docs": "sources", "doc": "sources", "parents": "values"}
_HEAD = Font(name="Calibri", size=11, scheme="minor", bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", fgColor="1F3864")
_LINK = Font(name="Calibri", size=11, scheme="minor", color="0563C1", underline="single")
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)


def xlsx_bytes(dataset: Dataset, values: Mapping[str, BoundValue] | None = None, seeds: str = "") -> bytes:
    """A workbook with a sheet for each table: values (where given), observations, events, conflicts and sources.

    Heads in Chinese, frozen, with filters; figures as numbers with their units; text as text, never a formula. A value
    leads to the observation that it is read from, that to its source, and the source to its address or to its file in
    the folder `seeds`, a path from the workbook ("": no link to files). The same dataset gives the same bytes.
    """
    frames = dataset_frames(dataset, values)
    book = Workbook()
    book.remove(book.worksheets[0])
    binder = _Binder(book, frames, seeds)
    for name in frames:
        binder.add(tables()[name])
    return _packed(book)


@dataclass
class _Binder:
    """Writes the sheets of a workbook; knows in which row of which sheet an id stands."""

    book: Workbook
    frames: Mapping[str, pd.DataFrame]
    seeds: str
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    formats: set[str] = field(default_factory=set)
    links: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for name, frame in self.frames.items():
            self.rows[name] = {id: row for row, id in enumerate(frame.iloc[:, 0], start=2)}

    def add(self, table: Table) -> None:
        """One sheet."""
        sheet: Worksheet = self.book.create_sheet(table.name)
        sheet.append([column.title for column in table.columns])
        for row, cells in enumerate(self.frames[table.name].itertuples(index=False), start=2):
            told = dict(zip(table.names, cells, strict=True))
            for place, column in enumerate(table.columns, start=1):
                cell = sheet.cell(row, place)
                assert isinstance(cell, Cell)  # none is merged
                self._write(cell, column, told)
            sheet.row_dimensions[row].height = LINE * _lines(table, told)
        _dress(sheet, table)

    def _write(self, cell: Cell, column: Column, told: Mapping[str, Any]) -> None:
        """Numbers as numbers; text as text, whatever it begins with, without the controls a workbook cannot hold."""
        value = told[column.name]
        if pd.isna(value) or value == "":
            return
        cell.alignment = _WRAPPED if column.wrap else _TOP
        if column.type == "string":
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", column.enum.get(value, value))[:CELL]
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA)
            self._link(cell, column.name, value)
        elif column.type == "date":
            cell.value, cell.number_format = value.to_pydatetime(), "yyyy-mm-dd"
        else:
            cell.value = number = int(value) if float(value).is_integer() else float(value)
            if column.name in _AMOUNTS:
                self._shape(cell, number, told)

    def _shape(self, cell: Cell, number: float, told: Mapping[str, Any]) -> None:
        """The number's format, while Excel can still read one more."""
        shape = number_format(number, told["kind"], told["base"], told["unit"])
        if shape in self.formats or len(self.formats) < FORMATS:
            self.formats.add(shape)
            cell.number_format = shape

    def _link(self, cell: Cell, name: str, value: str) -> None:
        sheet = cell.parent
        assert isinstance(sheet, Worksheet)
        if self.links[sheet.title] >= LINKS:
            return
        first = value.split()[0] if value.split() else ""
        target = _LEADS.get(name, "")
        row = self.rows.get(target, {}).get(first)
        if row:
            location = f"{target}!A{row}"
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=value[:255])
        elif sheet.title == "sources" and name == "file" and self.seeds:
            cell.hyperlink = quote(f"{self.seeds}/{value}")
        elif name in ("url", "citations") and is_address(first):
            cell.hyperlink = first
        if cell.hyperlink:
            self.links[sheet.title] += 1
            cell.font = _LINK


def _lines(table: Table, told: Mapping[str, Any]) -> int:
    """How many lines the longest text of a row takes; a Han character is as wide as two others."""
    texts = [(told[column.name], column.width) for column in table.columns if column.wrap]
    widths = [sum(1 + (char > "\u2e7f") for char in text) / (width * 0.85) for text, width in texts]
    return min(max(map(ceil, widths), default=1), _MOST_LINES) or 1


def _dress(sheet: Worksheet, table: Table) -> None:
    """Heads, widths, filters, and how it prints: across the page, heads on every one."""
    for place, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, place)
        head.font, head.fill, head.alignment = _HEAD, _HEAD_FILL, Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.row_dimensions[1].height = LINE + 5
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _packed(book: Workbook) -> bytes:
    """The workbook's bytes with every time stamp fixed, its parts in order of name."""
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime(*STAMP)
    raw = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(raw, "w")).save()  # book.save would set the time of day
    packed = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, STAMP)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(member, old.read(name))
    return packed.getvalue()
