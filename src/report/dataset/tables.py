"""The dataset as tables for other programs: data frames held to their schema, the CSV, and its Frictionless package."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import pandas as pd

from report.dataset.extent import closed_ends
from report.dataset.models import BoundValue, Dataset
from report.dataset.printing import exact, print_observation
from report.dataset.schema import Row, Table, tables
from report.dataset.spans import days_of
from report.dataset.standing import Standings
from report.observations.event import Event
from report.observations.normalise import normalise
from report.observations.observation import Number, Observation

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK = 5_000  # rows that are text at a time
_OPEN = {"----": "XXXX-XX-", "--": "XXXX-"}  # how a date begins that leaves open year and month, or the year
_DTYPES = {"string": "string", "number": "Float64", "integer": "Int64", "date": "datetime64[s]"}


def dataset_frames(dataset: Dataset, values: Mapping[str, BoundValue] | None = None) -> dict[str, pd.DataFrame]:
    """Every table of the dataset (tables.yaml) by name; `values` are those of the report, None for no such table.

    Raises SchemaError where a row is not as its table says: the program is wrong.
    """
    found = {one.id: one for one in dataset.observations}
    standings = Standings(dataset)
    rows: dict[str, Iterable[Row]] = {
        "values": (_value_row(value, found, standings) for value in (values or {}).values()),
        "observations": _observation_rows(dataset),
        "events": map(_event_row, dataset.events),
        "conflicts": _conflict_rows(dataset, found),
        "sources": _source_rows(dataset),
    }
    told = tables()
    return {name: _frame(told[name], rows[name]) for name in told if name != "values" or values is not None}


def csv_pieces(frame: pd.DataFrame) -> Iterator[bytes]:
    """The frame of the observations as CSV (RFC 4180, UTF-8 with BOM, CRLF), some rows at a time.

    Text that a spreadsheet would run is defused with '.
    """
    yield b"\xef\xbb\xbf"
    for start in range(0, len(frame) or 1, CHUNK):
        yield _csv(frame.iloc[start : start + CHUNK].copy(), header=not start)


def _csv(frame: pd.DataFrame, header: bool) -> bytes:
    for column in tables()["observations"].columns:
        if column.type == "string":
            frame[column.name] = frame[column.name].map(defuse)
        elif column.type != "date":
            frame[column.name] = frame[column.name].map(_plain_number).astype("string")
    return frame.to_csv(index=False, header=header, lineterminator="\r\n", date_format="%Y-%m-%d").encode("utf-8")


class Weighed:
    """The pieces of a file, passed on; what they weighed is known when the last has gone by."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.size = 0  # bytes
        self.sha256 = hashlib.sha256()
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.sha256.update(piece)
            yield piece


def datapackage(dataset: Dataset, csv: Weighed) -> Row:
    """The data package of `dataset.csv`, which has been weighed, as plain data (Frictionless Data Package v1).

    One tabular resource with its schema, size and sha256; the documents are its sources.
    """
    table = tables()["observations"]
    resource = {
        "name": "dataset", "title": table.title, "path": "dataset.csv", "profile": "tabular-data-resource",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": csv.size,
        "hash": f"sha256:{csv.sha256.hexdigest()}",
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
    cells = table.gather(rows)
    columns = {column.name: pd.Series(cells.pop(column.name), dtype=_DTYPES[column.type]) for column in table.columns}
    return pd.DataFrame(columns, columns=list(table.names))


def _observation_rows(dataset: Dataset) -> Iterator[Row]:
    titles = {source.id: source.title for source in dataset.sources}
    standings = Standings(dataset)
    own = [name for name in tables()["observations"].names if name in Observation.__struct_fields__]
    for found in dataset.observations:
        yield {name: getattr(found, name) for name in own} | _observation_row(
            found, titles.get(found.doc, ""), standings)


def _observation_row(found: Observation, title: str, standings: Standings) -> Row:
    """What a row tells otherwise than the observation does, or besides."""
    days = days_of(found.period)
    fact = standings.facts.get(found.id)
    verdict, reason = standings.of_one(found.id) if fact else ("", "")
    return {
        **_numbers(found.value), **_plain(found.sentence, found.citations), "title": title,
        # one spelling to filter by, whichever script the source writes
        "indicator": normalise(found.indicator), "entity": normalise(found.entity),
        "period": told_date(found.period), "as_of": told_date(found.as_of),
        "period_start": days[0] if days else None, "period_end": days[1] if days else None,
        "base": found.base or "", "printed": print_observation(found).text,
        "fact": fact.id if fact else "", "verdict": verdict, "reason": reason,
    }  # fmt: skip


def _event_row(event: Event) -> Row:
    told = {name: getattr(event, name) for name in tables()["events"].names}
    labels = {name: normalise(told[name]) for name in ("actor", "action", "instrument")}
    return {**told, **labels, "date": told_date(event.date), **_plain(event.sentence, event.citations)}


def _plain(sentence: str, citations: Sequence[str]) -> Row:
    """A sentence in one line, addresses in one cell."""
    return {"sentence": _line(sentence), "citations": " ".join(citations)}


@lru_cache(256)  # figures of one sentence follow one another
def _line(text: str) -> str:
    return " ".join(text.split())


def told_date(date: str) -> str:
    """A date or period as the tables tell it: what it leaves open is X (--12-03: XXXX-12-03, as in ISO 8601-2:2019).

    Two dashes before a number are a sum to a spreadsheet.
    """
    return "/".join(_open_date(end) for end in date.split("/")) if "--" in date else date


def _open_date(date: str) -> str:
    dashes = next((dashes for dashes in _OPEN if date.startswith(dashes)), "")
    return _OPEN[dashes] + date.removeprefix(dashes) if dashes else date


def _numbers(value: Number | tuple[Number, Number]) -> Row:
    """Low end (or the one number), high end of a range, date."""
    ends = value if isinstance(value, tuple) else (value,)
    if any(isinstance(end, str) for end in ends):
        return {"value": None, "value_high": None, "date": told_date("/".join(map(str, ends)))}
    return {"value": ends[0], "value_high": ends[1] if len(ends) > 1 else None, "date": ""}


def _plain_number(cell: Any) -> str:
    """A number without exponent or a needless .0; "" for none."""
    if pd.isna(cell):
        return ""
    return str(int(cell)) if float(cell).is_integer() else format(exact(cell), "f")


def _value_row(value: BoundValue, found: Mapping[str, Observation], standings: Standings) -> Row:
    """A value with its winner's sentence, as all findings about it have it stand."""
    standing = standings.of(value.observations)
    evidence = [found[id] for id in value.observations if id in found]
    low, high = closed_ends(value)
    return {
        **value.model_dump(include=set(tables()["values"].names)), **_numbers(value.value),
        "verdict": "derived" if value.operation else standing.verdict, "operation": value.operation or "",
        "reason": value.reason if value.operation else standing.reason,
        "base": value.base or "", "interval_low": low, "interval_high": high,
        "parents": " ".join(value.parents), "observations": " ".join(value.observations),
        "docs": " ".join(dict.fromkeys(one.doc for one in evidence)),
        "sentence": " ".join(evidence[0].sentence.split()) if evidence and not value.operation else "",
    }  # fmt: skip


def _conflict_rows(dataset: Dataset, found: Mapping[str, Observation]) -> Iterator[Row]:
    """The findings that are no agreement."""
    for check in dataset.checks:
        if check.verdict != "agrees":
            known = [found[id] for id in check.observations if id in found]
            yield {
                **{name: getattr(check, name) for name in ("id", "rule", "verdict", "text", "reason")},
                "figures": "；".join(print_observation(figure).text for figure in known),
                "docs": " ".join(dict.fromkeys(figure.doc for figure in known)),
                "observations": " ".join(check.observations),
            }


def _source_rows(dataset: Dataset) -> Iterator[Row]:
    figures = Counter(found.doc for found in dataset.observations)
    for source in dataset.sources:
        told = {**msgspec.structs.asdict(source), "figures": figures[source.id]}
        yield told if source.date else {**told, "date_kind": ""}
