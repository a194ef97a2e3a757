"""The dataset as tables for other programs: data frames held to their schema, the CSV, and its Frictionless package."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from report.dataset.models import BoundValue, Check, Dataset, Fact
from report.dataset.printing import exact, print_observation
from report.dataset.schema import Row, Table, tables
from report.dataset.spans import days_of
from report.observations.event import Event
from report.observations.normalise import normalise
from report.observations.observation import Number, Observation

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_DTYPES = {"string": "string", "number": "Float64", "integer": "Int64", "date": "datetime64[s]"}


def dataset_frames(dataset: Dataset, values: Mapping[str, BoundValue] | None = None) -> dict[str, pd.DataFrame]:
    """Every table of the dataset (tables.yaml) by name; `values` are those of the report, None for no such table.

    Raises SchemaError where a row is not as its table says: the program is wrong.
    """
    found = {one.id: one for one in dataset.observations}
    rows: dict[str, Iterable[Row]] = {
        "values": (_value_row(value, found) for value in (values or {}).values()),
        "observations": _observation_rows(dataset),
        "events": map(_event_row, dataset.events),
        "conflicts": _conflict_rows(dataset, found),
        "sources": _source_rows(dataset),
    }
    told = tables()
    return {name: _frame(told[name], rows[name]) for name in told if name != "values" or values is not None}


def csv_bytes(dataset: Dataset) -> bytes:
    """The observations as CSV (RFC 4180, UTF-8 with BOM, CRLF); text that a spreadsheet would run is defused with '."""
    table = tables()["observations"]
    frame = _frame(table, _observation_rows(dataset))
    for column in table.columns:
        if column.type == "string":
            frame[column.name] = frame[column.name].map(defuse)
        elif column.type != "date":
            frame[column.name] = frame[column.name].map(_plain_number).astype("string")
    text = frame.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def datapackage(dataset: Dataset, csv: bytes) -> Row:
    """The data package of `dataset.csv`, whose bytes are given, as plain data (Frictionless Data Package v1).

    One tabular resource with its schema, size and sha256; the documents are its sources.
    """
    table = tables()["observations"]
    resource = {
        "name": "dataset", "title": table.title, "path": "dataset.csv", "profile": "tabular-data-resource",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(csv),
        "hash": f"sha256:{hashlib.sha256(csv).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": table.described(),
    }
    package: Row = {"profile": "tabular-data-package", "name": "dataset", "resources": [resource]}
    sources = [
        {"title": source.title or source.file, **({"path": source.url} if is_address(source.url) else {})}
        for source in dataset.sources
    ]
    return {**package, "sources": sources} if sources else package


def defuse(cell: str) -> str:
    """The cell with a ' before it where a spreadsheet would take it for a formula (OWASP: CSV injection)."""
    return "'" + cell if cell.startswith(FORMULA) else cell


def is_address(url: str) -> bool:
    """Whether a link may lead there: http(s) only."""
    return url.startswith(("https://", "http://"))


def _frame(table: Table, rows: Iterable[Row]) -> pd.DataFrame:
    """The rows under guard, each column with the type that its table says."""
    held = list(rows)
    table.guard(held)
    columns = {
        column.name: pd.Series([row[column.name] for row in held], dtype=_DTYPES[column.type])
        for column in table.columns
    }
    return pd.DataFrame(columns, columns=list(table.names))


def _observation_rows(dataset: Dataset) -> Iterator[Row]:
    titles = {source.id: source.title for source in dataset.sources}
    facts = {id: fact for fact in dataset.facts for id in fact.observations}
    for found in dataset.observations:
        yield _observation_row(found, titles.get(found.doc, ""), facts.get(found.id))


def _observation_row(found: Observation, title: str, fact: Fact | None) -> Row:
    days = days_of(found.period)
    told = found.model_dump(include=set(tables()["observations"].names))
    return {
        **told, **_numbers(found.value), **_plain(found.sentence, found.citations), "title": title,
        # one spelling to filter by, whichever script the source writes
        "indicator": normalise(found.indicator), "entity": normalise(found.entity),
        "period_start": days[0] if days else None, "period_end": days[1] if days else None,
        "base": found.base or "", "printed": print_observation(found).text,
        "fact": fact.id if fact else "", "verdict": fact.verdict if fact else "", "reason": fact.reason if fact else "",
    }  # fmt: skip


def _event_row(event: Event) -> Row:
    told = event.model_dump(include=set(tables()["events"].names))
    labels = {name: normalise(told[name]) for name in ("actor", "action", "instrument")}
    return {**told, **labels, **_plain(event.sentence, event.citations)}


def _plain(sentence: str, citations: Sequence[str]) -> Row:
    """A sentence in one line, addresses in one cell."""
    return {"sentence": " ".join(sentence.split()), "citations": " ".join(citations)}


def _numbers(value: Number | tuple[Number, Number]) -> Row:
    """Low end (or the one number), high end of a range, date."""
    ends = value if isinstance(value, tuple) else (value,)
    if any(isinstance(end, str) for end in ends):
        return {"value": None, "value_high": None, "date": "/".join(map(str, ends))}
    return {"value": ends[0], "value_high": ends[1] if len(ends) > 1 else None, "date": ""}


def _plain_number(cell: Any) -> str:
    """A number without exponent or a needless .0; "" for none."""
    if pd.isna(cell):
        return ""
    return str(int(cell)) if float(cell).is_integer() else format(exact(cell), "f")


def _value_row(value: BoundValue, found: Mapping[str, Observation]) -> Row:
    """A value with its winner's sentence."""
    evidence = [found[id] for id in value.observations if id in found]
    low, high = value.interval or (None, None)
    return {
        **value.model_dump(include=set(tables()["values"].names)), **_numbers(value.value),
        "verdict": "derived" if value.operation else value.verdict, "operation": value.operation or "",
        "base": value.base or "", "interval_low": low, "interval_high": high,
        "parents": " ".join(value.parents), "observations": " ".join(value.observations),
        "docs": " ".join(dict.fromkeys(one.doc for one in evidence)),
        "sentence": " ".join(evidence[0].sentence.split()) if evidence and not value.operation else "",
    }  # fmt: skip


def _conflict_rows(dataset: Dataset, found: Mapping[str, Observation]) -> Iterator[Row]:
    """The findings that are no agreement, and the facts at odds of which no finding tells."""
    told: Counter[str] = Counter()
    for check in dataset.checks:
        if check.verdict != "agrees":
            told.update(check.observations)
            yield _conflict_row(check, check.rule, check.text, found)
    for fact in dataset.facts:
        if fact.verdict not in ("single", "agrees") and sum(told[id] > 0 for id in fact.observations) < 2:
            yield _conflict_row(fact, "same-figure", fact.reason, found)


def _conflict_row(one: Check | Fact, rule: str, text: str, found: Mapping[str, Observation]) -> Row:
    known = [found[id] for id in one.observations if id in found]
    return {
        "id": one.id, "rule": rule, "verdict": one.verdict, "text": text, "reason": one.reason,
        "figures": "；".join(print_observation(figure).text for figure in known),
        "docs": " ".join(dict.fromkeys(figure.doc for figure in known)), "observations": " ".join(one.observations),
    }  # fmt: skip


def _source_rows(dataset: Dataset) -> Iterator[Row]:
    figures = Counter(found.doc for found in dataset.observations)
    for source in dataset.sources:
        told = {**source.model_dump(), "figures": figures[source.id]}
        yield told if source.date else {**told, "date_kind": ""}
