"""What is saved: canonical JSON that comes back as it went, whatever the text; unknown keys are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from report.errors import Issue, ReportError
from report.models import Model, canonical_json, from_jsonl, to_jsonl

# any character that UTF-8 can hold, line separators and nulls among them
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53).map(float)


class Record(Model):
    """A record of every kind of field that the rooms use."""

    name: str
    figure: float | None = None
    parts: tuple[str, ...] = ()
    inner: Issue | None = None


ISSUES = st.builds(Issue, where=TEXT, problem=TEXT, hint=TEXT)
RECORDS = st.builds(
    Record,
    name=TEXT,
    figure=st.none() | NUMBERS,
    parts=st.lists(TEXT, max_size=4).map(tuple),
    inner=st.none() | ISSUES,
)


@given(RECORDS)
def test_a_record_comes_back_equal_and_with_the_same_bytes(record: Record) -> None:
    text = record.to_json()
    again = Record.from_json(text)
    assert again == record
    assert again.to_json() == text
    assert text.endswith("}\n")
    text.encode("utf-8")


@given(st.lists(RECORDS, max_size=5))
def test_lines_come_back_equal_one_record_a_line(records: list[Record]) -> None:
    text = to_jsonl(records)
    assert from_jsonl(Record, text) == records
    assert text.count("\n") == len(records)


def test_keys_stand_in_the_order_of_the_fields_and_chinese_as_it_is() -> None:
    text = Record(parts=("乙",), name="甲").to_json()
    assert list(json.loads(text)) == ["name", "figure", "parts", "inner"]
    assert '"name": "甲"' in text


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError):
        Record.from_json('{"name": "甲", "nmae": "乙"}')


def test_a_record_cannot_be_changed() -> None:
    record = Record(name="甲")
    with pytest.raises(ValidationError):
        record.name = "乙"  # type: ignore[misc]


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
