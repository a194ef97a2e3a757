"""CSV, workbook and data package: what stands in them, that nothing runs, and that bytes do not change."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from ruamel.yaml import YAML

from report.dataset.models import BoundValue, Dataset, Derivation, Query, ValueSpec
from report.dataset.numberformat import number_format
from report.dataset.schema import tables
from report.dataset.tables import Weighed, csv_pieces, datapackage, dataset_frames, defuse, told_date
from report.dataset.values import bind_values
from report.dataset.witnesses import settle
from report.dataset.workbook import FORMATS
from report.dataset.workbook import xlsx_bytes as bound
from report.observations.event import Event
from report.observations.normalise import normalise

from .make import dataset, observation

NAMES = tables()["observations"].names


def csv_bytes(data: Dataset) -> bytes:
    return b"".join(csv_pieces(dataset_frames(data)["observations"]))


def xlsx_bytes(data: Dataset, values: Mapping[str, BoundValue] | None = None, seeds: str = "") -> bytes:
    return bound(dataset_frames(data, values), seeds)


def package(data: Dataset) -> dict[str, Any]:
    csv = Weighed(csv_pieces(dataset_frames(data)["observations"]))
    assert b"".join(csv) == csv_bytes(data)
    found: dict[str, Any] = json.loads(json.dumps(datapackage(data, csv)))
    return found


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


def test_csv_spells_labels_in_one_script() -> None:
    row = rows(dataset(observation("57%", entity="浦東新區", indicator="產業規模")))[0]
    assert (row["entity"], row["indicator"]) == ("浦东新区", "产业规模")


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


def test_csv_gives_the_days_of_a_period() -> None:
    one, two = rows(dataset(observation("57%", period="2023-Q4"), observation("58%", start=9, period="FY2026")))
    assert (one["period_start"], one["period_end"]) == ("2023-10-01", "2023-12-31")
    assert (two["period_start"], two["period_end"]) == ("", "")


def test_frames_have_the_types_of_their_columns(seeds: Dataset) -> None:
    """pandas is the table: text, numbers, whole numbers and days, each with its own way to say nothing."""
    frame = dataset_frames(seeds)["observations"]
    types = {"string": "string", "number": "Float64", "integer": "Int64", "date": "datetime64[s]"}
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        column.name: types[column.type] for column in tables()["observations"].columns}
    assert frame["value"].isna().any() and not frame["text"].isna().any()


# ---------------------------------------------------------------- workbook


@pytest.fixture(scope="module")
def book(seeds: Dataset) -> openpyxl.Workbook:
    """The workbook of the shipped documents with two values, one computed."""
    find = (Query(doc="003", words=("约 57%",), kind="percent", before="汇聚"),)
    specs = {
        "占比": ValueSpec(label="人才占比", find=find),
        "个数": ValueSpec(label="项数", derive=Derivation(operation="count", of=("占比",)), unit="项"),
    }
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(seeds, bind_values(specs, seeds, {}), "../../seeds")))


def cells(book: openpyxl.Workbook, sheet: str, row: int) -> dict[str, Any]:
    """A row's cells by the names of their columns."""
    return dict(zip(tables()[sheet].names, book[sheet][row], strict=True))


def test_workbook(book: openpyxl.Workbook, seeds: Dataset) -> None:
    assert book.sheetnames == ["values", "observations", "events", "conflicts", "sources"] == list(tables())
    for sheet in book.worksheets:
        columns = tables()[sheet.title].columns
        assert [cell.value for cell in sheet[1]] == [column.title for column in columns]
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
        assert [sheet.column_dimensions[get_column_letter(place)].width for place in range(1, len(columns) + 1)] == [
            column.width for column in columns]
    assert book["observations"].max_row == len(seeds.observations) + 1
    told = {cell.value for cell in book["conflicts"]["A"]}
    assert {check.id for check in seeds.checks if check.verdict != "agrees"} <= told


def test_workbook_speaks_chinese_to_its_reader(book: openpyxl.Workbook) -> None:
    value, computed = cells(book, "values", 2), cells(book, "values", 3)
    assert [value[name].value for name in ("label", "text", "kind", "bound")] == ["人才占比", "约57%", "百分比", "约数"]
    assert (computed["verdict"].value, computed["operation"].value, computed["parents"].value) == (
        "推算", "计项", "占比")
    assert {cell.value for cell in book["conflicts"]["C"][1:]} <= {"不一致", "不可比"}


def test_a_value_leads_to_its_observation_and_that_to_its_source(book: openpyxl.Workbook) -> None:
    link = cells(book, "values", 2)["observations"].hyperlink.location
    row = int(link.removeprefix("observations!A"))
    found = cells(book, "observations", row)
    assert found["id"].value == cells(book, "values", 2)["observations"].value.split()[0]
    source = cells(book, "sources", int(found["doc"].hyperlink.location.removeprefix("sources!A")))
    assert source["id"].value == found["doc"].value
    assert source["file"].hyperlink.target == "../../seeds/003_f87c10e587582682.txt"
    assert cells(book, "values", 3)["parents"].hyperlink.location == "values!A2"


def test_a_source_with_an_address_leads_there() -> None:
    data = dataset(observation("57%"))
    card = data.sources[0].changed({"url": "https://example.org/a"})
    for url, target in (("https://example.org/a", "https://example.org/a"), ("javascript:alert(1)", None)):
        told = data.changed({"sources": (card.changed({"url": url}),)})
        sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(told)))
        link = cells(sheet, "sources", 2)["url"].hyperlink
        assert (link and link.target) == target


@pytest.mark.parametrize("text, shape, value", [
    ("57%", '#,##0"%"', 57),
    ("5.36%", '#,##0.00"%"', 5.36),
    ("3个百分点", '#,##0"个百分点"', 3),
    ("9.4万人", '#,##0"人"', 94000),
    ("49.15亿元", r'0\.00,,"亿元"', 4_915_000_000),
    ("1.8万亿美元", r'0\.00,,"亿美元"', 1_800_000_000_000),
    ("2025年", '0"年"', 2025),
    ("三分之一", "#,##0.0000", 1 / 3),
    ("12345元", '#,##0"元"', 12345),
])
def test_figures_are_numbers_that_show_their_unit(text: str, shape: str, value: float) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dataset(observation(text)))))
    cell = cells(sheet, "observations", 2)["value"]
    assert (cell.number_format, cell.value) == (shape, pytest.approx(value))


def test_an_amount_in_yi_hides_no_digit() -> None:
    assert number_format(123_456_789, "money", "", "元") == '#,##0"元"'


def test_a_unit_cannot_break_a_format() -> None:
    assert number_format(5, "count", "", '台"人;[Red]' + "长" * 300) == '#,##0"台人;[Red]长长长长"'


def test_formats_end_where_excel_stops_reading() -> None:
    """About two hundred formats are read; a number beyond them is shown plainly, its unit stands in its own column."""
    found = [observation("5人", start=9 * place, unit=f"种{place}") for place in range(200)]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dataset(*found))))["observations"]
    column = NAMES.index("value")
    shapes = [row[column].number_format for row in sheet.iter_rows(min_row=2)]
    assert shapes[0] == '#,##0"种0"' and shapes[-1] == "General" and len(set(shapes)) == FORMATS + 1


def test_days_are_days(seeds: Dataset, book: openpyxl.Workbook) -> None:
    row = next(row for row, one in enumerate(seeds.observations, 2) if one.period == "2024")
    cell = cells(book, "observations", row)["period_end"]
    assert (cell.value, cell.number_format) == (datetime(2024, 12, 31), "yyyy-mm-dd")


def test_days_before_a_workbook_can_count_them_are_told_in_words() -> None:
    found = [observation("57%", period="1872"), observation("58%", start=9, period="1900-03")]
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dataset(*found))))
    first, last = cells(sheet, "observations", 2)["period_start"], cells(sheet, "observations", 3)["period_start"]
    assert (first.value, last.value) == ("1872-01-01", datetime(1900, 3, 1))


@pytest.mark.parametrize("date, told", [
    ("--12-03", "XXXX-12-03"), ("--12", "XXXX-12"), ("----08", "XXXX-XX-08"), ("--Q4", "XXXX-Q4"),
    ("--12-03/--12-05", "XXXX-12-03/XXXX-12-05"), ("2025-12-03", "2025-12-03"), ("", ""),
])
def test_what_a_date_leaves_open_is_no_formula(date: str, told: str) -> None:
    assert told_date(date) == told == defuse(told)
    [row] = rows(dataset(observation("12月3日", value=date or "2025", period=date)))
    assert (row["date"], row["period"]) == (told or "2025", told)


def test_a_document_whose_name_has_a_space_is_led_to() -> None:
    data = dataset(observation("57%", doc="来源 一"))
    cell = cells(openpyxl.load_workbook(io.BytesIO(xlsx_bytes(data))), "observations", 2)["doc"]
    assert cell.hyperlink.location == "sources!A2"


def test_links_end_where_excel_stops_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("report.dataset.spreadsheet.LINKS", 2)
    data = dataset(*(observation("57%", start=9 * place) for place in range(4)))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(data)))
    places = [cells(sheet, "observations", row)["doc"] for row in range(2, 6)]
    assert [bool(cell.hyperlink) for cell in places] == [cell.font.u == "single" for cell in places] == [
        True, True, False, False]


@given(st.text(max_size=40))
def test_any_text_is_held_but_for_what_xml_cannot(text: str) -> None:
    """A carriage return is the only sign beyond those that comes back as another (XML 1.0, §2.11)."""
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dataset(observation("57%", indicator=text)))))
    kept = "".join(char for char in normalise(text) if char in "\t\n\r" or char.isprintable() or ord(char) > 0x1f)
    told = cells(sheet, "observations", 2)["indicator"].value or ""
    assert told == _xml(kept)


def _xml(text: str) -> str:
    left = "".join(char for char in text if not 0xD800 <= ord(char) < 0xE000 and char not in "\ufffe\uffff")
    return left.replace("\r\n", "\n").replace("\r", "\n")


def test_events_are_spelt_in_one_script() -> None:
    event = Event(id="evt-1", doc="a", start=0, end=5, text="12月6日", date="2025-12-06", kind="meeting",
                  actor="浦東新區", action="舉行", instrument="產業\n報告", sentence="12月6日，浦東新區舉行。",
                  sentence_start=0, sentence_end=12)
    data = dataset(observation("57%")).changed({"events": (event,)})
    told = {name: cell.value for name, cell in cells(
        openpyxl.load_workbook(io.BytesIO(xlsx_bytes(data))), "events", 2).items()}
    assert (told["kind"], told["actor"], told["action"], told["sentence"]) == (
        "会议", "浦东新区", "举行", "12月6日，浦東新區舉行。")


def test_facts_at_odds_stand_among_the_conflicts() -> None:
    """Though no rule tells of them; and the rows of both bear the verdict."""
    labels: dict[str, Any] = {"indicator": "产值", "entity": "船厂", "period": "2024"}
    one, two = observation("60亿元", **labels), observation("58亿元", doc="b", **labels)
    facts, checks = settle((one, two))
    frames = dataset_frames(dataset(one, two).changed({"facts": facts, "checks": checks}))
    [row] = frames["conflicts"].to_dict("records")
    assert (row["rule"], row["verdict"], row["figures"], row["docs"]) == (
        "same-figure", "conflicts", "60亿元；58亿元", "a b")
    assert list(frames["observations"]["verdict"]) == ["conflicts"] * 2


def test_no_figure_of_a_finding_stands_alone(seeds: Dataset) -> None:
    """Every row bears the gravest verdict of the findings about it (that it rises as told is none on its size)."""
    rows = dataset_frames(seeds)["observations"].set_index("id")
    for check in seeds.checks:
        for name in check.about or check.observations:
            assert check.rule in ("direction", "range-order") or rows.loc[name, "verdict"] != "single"
            assert check.verdict != "conflicts" or rows.loc[name, "verdict"] == "conflicts"


def test_a_long_number_keeps_its_digits() -> None:
    long = observation("12345678901234567元")
    frames = dataset_frames(dataset(long))
    assert list(frames["observations"]["printed"]) == ["12345678901234567元"]
    told = cells(openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dataset(long)))), "observations", 2)
    assert told["value"].value == "12345678901234567元"  # a workbook holds fifteen digits of a number


def test_workbook_holds_text_as_text() -> None:
    data = dataset(observation("57%", entity="=HYPERLINK(1)", indicator="a\x07b"))
    told = cells(openpyxl.load_workbook(io.BytesIO(xlsx_bytes(data))), "observations", 2)
    assert (told["entity"].data_type, told["entity"].value) == ("s", "=HYPERLINK(1)")
    assert told["indicator"].value == "ab"


def test_workbook_bytes_do_not_change(seeds: Dataset) -> None:
    first = xlsx_bytes(seeds)
    assert xlsx_bytes(seeds) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert {member.date_time for member in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_dataset_still_has_its_columns() -> None:
    assert csv_bytes(dataset()).decode("utf-8-sig").strip() == ",".join(NAMES)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(dataset(), {})))
    assert [sheet.max_row for sheet in book.worksheets] == [1] * 5


# ---------------------------------------------------------------- data package


def test_datapackage_is_valid(seeds: Dataset) -> None:
    """By the rules of Frictionless Data Package v1 that concern a package of one table (frictionless.yaml)."""
    rules = YAML(typ="safe").load(Path(__file__).with_name("frictionless.yaml"))
    for data in (seeds, dataset()):
        jsonschema.Draft202012Validator(rules).validate(package(data))


def test_datapackage_describes_the_csv(seeds: Dataset) -> None:
    """Size, digest and every cell: types, and constraints."""
    raw = csv_bytes(seeds)
    [resource] = package(seeds)["resources"]
    assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
    table = rows(seeds)
    assert [field["name"] for field in resource["schema"]["fields"]] == list(table[0])
    for field in resource["schema"]["fields"]:
        rules, column = field.get("constraints", {}), [row[field["name"]] for row in table]
        told = [CASTS[field["type"]](cell) for cell in column if cell]
        assert len(told) == len(column) or not rules.get("required")
        assert len(set(column)) == len(column) or not rules.get("unique")
        assert all(cell in rules.get("enum", [cell]) for cell in column if cell)
        assert all(rules.get("minimum", cell) <= cell <= rules.get("maximum", cell) for cell in told)
    assert [source["title"] for source in package(seeds)["sources"]] == [
        source.title or source.file for source in seeds.sources]


CASTS: dict[str, Callable[[str], Any]] = {
    "string": str, "number": float, "integer": int, "date": date.fromisoformat}
