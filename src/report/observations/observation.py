"""An observation: one figure that a source states, with the sentence it stands in (DESIGN contract)."""

from __future__ import annotations

from typing import Literal

from report.models import Model

Kind = Literal["percent", "money", "count", "ratio", "ordinal", "year", "date", "duration", "range", "score", "other"]
Bound = Literal["exact", "approx", "more-than", "less-than", "at-least", "at-most"]
Number = float | int | str  # str for dates only (ISO; "--12-03" without a year)


class Observation(Model):
    """One figure. `text == source[start:end]`, always; offsets are Python string offsets into Document.source.

    `value` is in base units (1.8万亿 → 1.8e12; percent in points); a range is `[low, high]` and carries `base`, the
    kind inside it. `qualifier` is the qualifying word as written ("" for none), `bound` its direction.
    `period` is what the figure describes, `as_of` the date of the statement where that differs; "" where unknown.
    `citations` are URLs of the notes that mark the sentence. `rule` names the grammar tier and attachment rules.
    """

    id: str
    doc: str
    start: int
    end: int
    text: str
    kind: Kind
    base: Kind | None = None
    value: Number | tuple[Number, Number]
    unit: str = ""
    qualifier: str = ""
    bound: Bound = "exact"
    indicator: str = ""
    entity: str = ""
    period: str = ""
    as_of: str = ""
    sentence: str
    sentence_start: int
    sentence_end: int
    citations: tuple[str, ...] = ()
    confidence: float = 1.0
    rule: str = ""
