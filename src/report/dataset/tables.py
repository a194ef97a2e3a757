"""The dataset as files for other programs: CSV, an Excel workbook, and the Frictionless description of the CSV."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from report.dataset.models import BoundValue, Check, Dataset, Fact, Source
from report.dataset.printing import exact, print_observation
from report.observations.observation import Number, Observation

Row = dict[str, Any]

# Column, Frictionless type, what it holds. The order is part of the contract.
COLUMNS = (
    ("id", "string", "编号"),
    ("doc", "string", "文献编号"),
    ("title", "string", "文献题名"),
    ("indicator", "string", "指标"),
    ("entity", "string", "对象"),
    ("period", "string", "时期"),
    ("as_of", "string", "陈述日期"),
    ("kind", "string", "类别"),
    ("base", "string", "区间内的类别"),
    ("value", "number", "数值（基本单位；区间为下限；日期为空）"),
    ("value_high", "number", "区间上限"),
    ("date", "string", "日期（ISO 8601；区间以斜线分隔）"),
    ("unit", "string", "单位"),
    ("qualifier", "string", "限定词"),
    ("bound", "string", "限定方向"),
    ("printed", "string", "规范写法"),
    ("text", "string", "原文"),
    ("sentence", "string", "原句"),
    ("start", "integer", "起始字符"),
    ("end", "integer", "结束字符"),
    ("citations", "string", "原文引注（以空格分隔）"),
    ("fact", "string", "所属事实"),
    ("verdict", "string", "核对结论"),
    ("reason", "string", "结论说明"),
    ("confidence", "number", "置信度"),
)
NAMES = tuple(name for name, _, _ in COLUMNS)
STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip member can bear
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDTHS = {"sentence": 60, "text": 24, "title": 30, "reason": 40, "entity": 20, "indicator": 24, "file": 30}
CELL = 32767  # characters that a cell of a workbook holds


def dataset_frame(dataset: Dataset) -> pd.DataFrame:
    """One row for each observation, in the dataset's order, with the columns of `COLUMNS`."""
    titles = {source.id: source.title for source in dataset.sources}
    facts = {id: fact for fact in dataset.facts for id in fact.observations}
    rows = [_row(found, titles.get(found.doc, ""), facts.get(found.id)) for found in dataset.observations]
    return pd.DataFrame(rows, columns=list(NAMES))


def csv_bytes(dataset: Dataset) -> bytes:
    """The observations as CSV (RFC 4180, UTF-8 with BOM, CRLF); text that a spreadsheet would run is defused with '."""
    frame = dataset_frame(dataset)
    for name, kind, _ in COLUMNS:
        if kind == "string":
            frame[name] = [defuse(cell) for cell in frame[name]]
        else:
            frame[name] = [_plain_number(cell) for cell in frame[name]]
    text = frame.to_csv(index=False, lineterminator="\r\n")
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def datapackage(dataset: Dataset) -> Row:
    """The Frictionless data package of `dataset.csv` as plain data: table schema, size in bytes, sha256."""
    csv = csv_bytes(dataset)
    fields = [{"name": name, "type": kind, "description": words} for name, kind, words in COLUMNS]
    resource = {
        "name": "dataset", "path": "dataset.csv", "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(csv),
        "hash": f"sha256:{hashlib.sha256(csv).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
    }
    return {"profile": "tabular-data-package", "name": "dataset", "resources": [resource]}


def xlsx_bytes(dataset: Dataset, values: Mapping[str, BoundValue] | None = None) -> bytes:
    """A workbook with the sheets values (where given), observations, facts, checks, conflicts and sources.

    Header row frozen, filters set; every cell of text is stored as text, never as a formula. The same dataset gives
    the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    conflicts = [check for check in dataset.checks if check.verdict != "agrees"]
    if values is not None:
        found = {one.id: one for one in dataset.observations}
        _sheet(book, "values", [_value_row(value, found) for value in values.values()], VALUE_COLUMNS)
    observations = [dict(zip(NAMES, row, strict=True)) for row in dataset_frame(dataset).itertuples(index=False)]
    _sheet(book, "observations", observations, NAMES)
    _sheet(book, "facts", [_joined(fact.model_dump()) for fact in dataset.facts], tuple(Fact.model_fields))
    _sheet(book, "checks", map(_check_row, dataset.checks), CHECK_COLUMNS)
    _sheet(book, "conflicts", map(_check_row, conflicts), CHECK_COLUMNS)
    _sheet(book, "sources", [source.model_dump() for source in dataset.sources], tuple(Source.model_fields))
    return _packed(book)


def defuse(cell: str) -> str:
    """The cell with a ' before it where a spreadsheet would take it for a formula (OWASP: CSV injection)."""
    return "'" + cell if cell.startswith(FORMULA) else cell


VALUE_COLUMNS = ("name", "label", "text", "value", "value_high", "date", "unit", "qualifier", "bound", "period",
                 "verdict", "reason", "operation", "parents", "docs", "sentence", "observations")
CHECK_COLUMNS = tuple(Check.model_fields)


def _row(found: Observation, title: str, fact: Fact | None) -> Row:
    low, high, date = _numbers(found.value)
    return {
        **found.model_dump(include=set(NAMES)), "title": title, "base": found.base or "", "value": low,
        "value_high": high, "date": date, "printed": print_observation(found).text,
        "sentence": " ".join(found.sentence.split()), "citations": " ".join(found.citations),
        "fact": fact.id if fact else "", "verdict": fact.verdict if fact else "", "reason": fact.reason if fact else "",
    }


def _numbers(value: Number | tuple[Number, Number]) -> tuple[float | int | None, float | int | None, str]:
    """Low end (or the one number), high end of a range, date."""
    ends = value if isinstance(value, tuple) else (value,)
    if any(isinstance(end, str) for end in ends):
        return None, None, "/".join(map(str, ends))
    numbers = [end for end in ends if not isinstance(end, str)]
    return numbers[0], numbers[1] if len(numbers) > 1 else None, ""


def _plain_number(cell: Any) -> str:
    """A number without exponent or a needless .0; "" for none."""
    if cell is None or pd.isna(cell):
        return ""
    return str(int(cell)) if float(cell).is_integer() else format(exact(cell), "f")


def _value_row(value: BoundValue, found: Mapping[str, Observation]) -> Row:
    evidence = [found[id] for id in value.observations if id in found]
    low, high, date = _numbers(value.value)
    return {
        **_joined(value.model_dump()), "value": low, "value_high": high, "date": date,
        "docs": " ".join(dict.fromkeys(one.doc for one in evidence)),
        "sentence": " ".join(evidence[0].sentence.split()) if evidence else "",
    }


def _check_row(check: Check) -> Row:
    return _joined(check.model_dump())


def _joined(row: Row) -> Row:
    """Lists in one cell, separated by spaces."""
    return {name: " ".join(map(_cell_text, cell)) if isinstance(cell, tuple | list) else cell
            for name, cell in row.items()}


def _cell_text(item: Any) -> str:
    return "~".join(map(str, item)) if isinstance(item, tuple | list) else str(item)


def _sheet(book: Workbook, title: str, rows: Iterable[Row], columns: Sequence[str]) -> None:
    sheet: Worksheet = book.create_sheet(title)
    sheet.append(list(columns))
    for number, row in enumerate(rows, start=2):
        for column, name in enumerate(columns, start=1):
            _write(sheet, number, column, row.get(name))
    for column, name in enumerate(columns, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 14)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Numbers as numbers; text as text, whatever it begins with, without the controls a workbook cannot hold."""
    if value is None or value == "" or (isinstance(value, float) and pd.isna(value)):
        return
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA)
    else:
        cell.value = value
    if isinstance(value, str) and len(value) > 40:
        cell.alignment = Alignment(wrap_text=True, vertical="top")


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
