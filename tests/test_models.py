"""What is saved: canonical JSON that comes back as it went, whatever the text; unknown keys are refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from report.errors import Issue, ReportError
from report.models import Model
from report.records import Record, canonical_json, from_jsonl, listed, to_jsonl

# any character that UTF-8 can hold, line separators and nulls among them
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53).map(float)


class Inner(Model):
    """A record in a record."""

    where: str = ""


class Full(Model):
    """A record of every kind of field that the rooms use."""

    name: str
    figure: float | None = None
    parts: tuple[str, ...] = ()
    inner: Inner | None = None


class Light(Record, tag="light"):
    """The same, of the kind that writers read."""

    name: str
    figure: float | None = None
    parts: tuple[str, ...] = ()
    inner: Issue | None = None


ISSUES = st.builds(Issue, where=TEXT, problem=TEXT, hint=TEXT)
FIELDS: dict[str, Any] = {
    "name": TEXT, "figure": st.none() | NUMBERS, "parts": st.lists(TEXT, max_size=4).map(tuple),
}  # fmt: skip
FULL = st.builds(Full, inner=st.none() | st.builds(Inner, where=TEXT), **FIELDS)
LIGHT = st.builds(Light, inner=st.none() | ISSUES, **FIELDS)
RECORDS = FULL | LIGHT


@given(RECORDS)
def test_a_record_comes_back_equal_and_with_the_same_bytes(record: Full | Light) -> None:
    text = record.to_json()
    again = type(record).from_json(text)
    assert again == record
    assert again.to_json() == text
    assert text.endswith("}\n")
    text.encode("utf-8")


@given(st.lists(LIGHT, max_size=5))
def test_lines_come_back_equal_one_record_a_line(records: list[Light]) -> None:
    text = to_jsonl(records)
    assert from_jsonl(Light, text) == records
    assert text.count(b"\n") == len(records)


@given(st.lists(LIGHT, max_size=3), st.sampled_from(["", " ", "   "]))
def test_a_list_written_in_pieces_is_the_list_written_whole(records: list[Light], indent: str) -> None:
    whole = canonical_json(records).rstrip("\n").replace("\n", f"\n{indent}")
    assert "".join(listed(records, indent)) == whole


def test_keys_stand_in_the_order_of_the_fields_and_chinese_as_it_is() -> None:
    for kind, first in ((Full, []), (Light, ["type"])):
        text = kind(parts=("乙",), name="甲").to_json()
        assert list(json.loads(text)) == [*first, "name", "figure", "parts", "inner"]
        assert '"name": "甲"' in text


@pytest.mark.parametrize("wrong", ['"nmae": "乙"', '"figure": "甲"', '"parts": ["乙", 3]'])
def test_what_is_no_record_is_refused(wrong: str) -> None:
    with pytest.raises(ValidationError):
        Full.from_json(f'{{"name": "甲", {wrong}}}')
    with pytest.raises(msgspec.ValidationError):
        Light.from_json(f'{{"type": "light", "name": "甲", {wrong}}}')


def test_a_record_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Full(name="甲").name = "乙"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Light(name="甲").name = "乙"


@given(RECORDS, TEXT)
def test_a_changed_record_differs_in_what_was_changed(record: Full | Light, name: str) -> None:
    assert json.loads(record.changed({"name": name}).to_json()) == json.loads(record.to_json()) | {"name": name}


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_a_number_that_json_lacks_is_refused(figure: float) -> None:
    with pytest.raises(ValueError):
        canonical_json({"figure": figure})


@given(ISSUES)
def test_an_issue_is_told_in_one_line(issue: Issue) -> None:
    assert len(f"{issue}|".splitlines()) == 1
    assert ("—" in str(issue)) >= bool(issue.hint)


def test_an_error_carries_every_issue_and_tells_each_in_a_line() -> None:
    issues = [Issue(where="a:1", problem="b", hint="c"), Issue(where="d:2", problem="e")]
    error = ReportError.all_of(issues)
    assert error.issues == tuple(issues)
    assert str(error) == "a:1: b — c\nd:2: e"
