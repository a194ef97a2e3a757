"""CSV, workbook and data package: what stands in them, that nothing runs, and that bytes do not change."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile

import openpyxl
import pytest

from report.dataset.models import Dataset, Query, ValueSpec
from report.dataset.tables import NAMES, csv_bytes, datapackage, defuse, xlsx_bytes
from report.dataset.values import bind_values

from .make import dataset, observation


def rows(data: Dataset) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes(data).decode("utf-8-sig"), newline="")))


def test_csv_is_utf8_with_bom_and_stable_columns(seeds: Dataset) -> None:
    raw = csv_bytes(seeds)
    assert raw.startswith(b"\xef\xbb\xbfid,doc,title,") and raw.endswith(b"\r\n")
    assert tuple(rows(seeds)[0]) == NAMES


def test_csv_rows_are_the_observations(seeds: Dataset) -> None:
    table = rows(seeds)
    assert [row["id"] for row in table] == [found.id for found in seeds.observations]
    for row, found in zip(table, seeds.observations, strict=True):
        if isinstance(found.value, tuple) and not isinstance(found.value[0], str):
            assert (float(row["value"]), float(row["value_high"])) == pytest.approx(found.value)
        elif isinstance(found.value, float | int):
            assert float(row["value"]) == pytest.approx(found.value) and row["value_high"] == ""
        else:
            assert row["value"] == "" and row["date"]


def test_csv_writes_numbers_plainly() -> None:
    data = dataset(observation("1.8万亿"), observation("三分之一", start=9), observation("57%", start=20))
    assert [row["value"] for row in rows(data)] == ["1800000000000", "0.333333333333", "57"]


def test_csv_gives_the_fact(seeds: Dataset) -> None:
    careful = next(row for row in rows(seeds) if row["text"] == "约 57%")
    assert careful["verdict"] == "agrees" and careful["printed"] == "约57%" and careful["fact"].startswith("fact-")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_defused(cell: str) -> None:
    assert defuse(cell) == "'" + cell
    found = observation("57%", entity=cell, sentence="@数值为57%。", start=5)
    [row] = rows(dataset(found))
    assert row["entity"] == "'" + cell and row["sentence"].startswith("'@")


def test_quotes_and_lines_survive_csv() -> None:
    [row] = rows(dataset(observation("57%", entity='甲"乙",丙', indicator="a\nb")))
    assert (row["entity"], row["indicator"]) == ('甲"乙",丙', "a\nb")


def test_workbook(seeds: Dataset) -> None:
    find = (Query(doc="003", words=("约 57%",), kind="percent", before="汇聚"),)
    specs = {"占比": ValueSpec(label="人才占比", find=find)}
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(seeds, bind_values(specs, seeds, {}))))
    assert book.sheetnames == ["values", "observations", "facts", "checks", "conflicts", "sources"]
    assert all(sheet.freeze_panes == "A2" and sheet.auto_filter.ref for sheet in book.worksheets)
    assert [cell.value for cell in book["values"][2]][:4] == ["占比", "人才占比", "约57%", 57]
    assert book["observations"].max_row == len(seeds.observations) + 1
    assert book["conflicts"].max_row == sum(check.verdict != "agrees" for check in seeds.checks) + 1


def test_workbook_holds_text_as_text() -> None:
    data = dataset(observation("57%", entity="=HYPERLINK(1)", indicator="a\x07b"))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(data)))["observations"]
    cells = dict(zip(NAMES, sheet[2], strict=True))
    assert (cells["entity"].data_type, cells["entity"].value) == ("s", "=HYPERLINK(1)")
    assert cells["indicator"].value == "ab"


def test_workbook_bytes_do_not_change(seeds: Dataset) -> None:
    first = xlsx_bytes(seeds)
    assert xlsx_bytes(seeds) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_datapackage_describes_the_csv(seeds: Dataset) -> None:
    [resource] = datapackage(seeds)["resources"]
    raw = csv_bytes(seeds)
    assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
    fields = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    assert tuple(fields) == NAMES
    for row in rows(seeds):
        for name, kind in fields.items():
            if kind != "string" and row[name]:
                float(row[name])


def test_an_empty_dataset_still_has_its_columns() -> None:
    assert csv_bytes(dataset()).decode("utf-8-sig").strip() == ",".join(NAMES)
