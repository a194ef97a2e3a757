"""The tables' schema: it holds the words of the models, and no row passes that breaks it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as some

from report.dataset.models import Check, Operation, Rule, Source, Verdict
from report.dataset.schema import Column, SchemaError, Table, tables
from report.dataset.spans import days_of
from report.observations.event import EventKind
from report.observations.observation import Bound, Kind

TABLE = Table("things", "事物", (
    Column("id", "string", "编号", required=True, unique=True),
    Column("kind", "string", "类别", enum={"a": "甲", "b": "乙"}),
    Column("share", "number", "占比", minimum=0, maximum=1),
    Column("count", "integer", "个数"),
    Column("day", "date", "日期"),
))  # fmt: skip
ROW: dict[str, Any] = {"id": "1", "kind": "a", "share": 0.5, "count": 3, "day": date(2025, 1, 2)}


@pytest.mark.parametrize("table, column, words", [
    ("values", "kind", Kind), ("values", "bound", Bound), ("values", "operation", Operation),
    ("observations", "kind", Kind), ("observations", "base", Kind), ("observations", "bound", Bound),
    ("observations", "verdict", Verdict), ("events", "kind", EventKind), ("conflicts", "rule", Rule),
    ("conflicts", "verdict", Verdict),
])
def test_every_word_of_the_models_may_stand_in_its_column(table: str, column: str, words: Any) -> None:
    """And no other: the schema and the models cannot part."""
    [found] = [one for one in tables()[table].columns if one.name == column]
    assert set(found.enum) == set(get_args(words)) and all(found.enum.values())


def test_a_source_loses_no_field() -> None:
    assert set(tables()["sources"].names) == {*Source.__struct_fields__, "figures"}
    both = set(tables()["conflicts"].names) & set(Check.__struct_fields__)
    assert {"id", "rule", "verdict", "text", "reason"} <= both


def test_heads_are_told_apart() -> None:
    for table in tables().values():
        heads = [column.title for column in table.columns]
        assert len(set(heads)) == len(heads) == len(set(table.names))


def test_a_sound_row_passes() -> None:
    assert TABLE.gather([ROW, {"id": "2", "kind": "", "share": None, "count": None, "day": None}]) == {
        "id": ["1", "2"], "kind": ["a", ""], "share": [0.5, None], "count": [3, None], "day": [date(2025, 1, 2), None]}


@pytest.mark.parametrize("change, trouble", [
    ({"id": ""}, "row 2: id is missing"),
    ({"id": "1"}, "row 2: id is '1' a second time"),
    ({"kind": "c"}, "row 2: kind is 'c', none of a, b"),
    ({"kind": None}, "row 2: kind is None, not '', for none"),
    ({"share": 1.5}, r"row 2: share is 1.5, outside \[0, 1\]"),
    ({"share": "0.5"}, "row 2: share is '0.5', no number"),
    ({"count": 2.5}, "row 2: count is 2.5, no integer"),
    ({"count": True}, "row 2: count is True, no integer"),
    ({"day": "2025-01-02"}, "row 2: day is '2025-01-02', no date"),
    ({"more": 1}, "row 2: columns missing or unknown: more"),
])
def test_a_broken_row_is_told_with_its_place(change: dict[str, Any], trouble: str) -> None:
    with pytest.raises(SchemaError, match=f"^things, {trouble}$"):
        TABLE.gather([ROW, {**ROW, "id": "2", **change}])


@pytest.mark.parametrize("period, days", [
    ("2024", ("2024-01-01", "2024-12-31")), ("2024-02", ("2024-02-01", "2024-02-29")),
    ("2023-Q4", ("2023-10-01", "2023-12-31")), ("2025-H1", ("2025-01-01", "2025-06-30")),
    ("2018-01/2018-07", ("2018-01-01", "2018-07-31")), ("2021/2022", ("2021-01-01", "2022-12-31")),
    ("2025-12-03", ("2025-12-03", "2025-12-03")), ("1872", ("1872-01-01", "1872-12-31")),
    ("", None), ("FY2026", None), ("FY2020-21", None), ("--12-03", None), ("2025-04-31", None), ("2025-13", None),
    ("2022/2021", None), ("今年", None),
])
def test_days_of_a_period(period: str, days: tuple[str, str] | None) -> None:
    found = days_of(period)
    assert (found and tuple(map(str, found))) == days


@given(some.text(alphabet="0123456789-/QHFY", max_size=12))
def test_days_never_run_backwards(period: str) -> None:
    found = days_of(period)
    assert found is None or found[0] <= found[1]
