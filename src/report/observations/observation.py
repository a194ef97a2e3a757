"""An observation: one figure that a source states, with the sentence it stands in (DESIGN contract)."""

from __future__ import annotations

from typing import Literal

from report.records import Record

Kind = Literal["percent", "money", "count", "ratio", "ordinal", "year", "date", "duration", "range", "score", "other"]
Bound = Literal["exact", "approx", "more-than", "less-than", "at-least", "at-most"]
RelationKind = Literal["part-of", "changed-from", "change-of", "compared-with"]
Number = float | int | str  # str for dates only (ISO; "--12-03" without a year)


class Relation(Record):
    """How a figure hangs on another one, so that arithmetic can be checked.

    `part-of`: it is a part of the quantity `of` (其中). `changed-from`: it ends a change that began at `of`
    (从25%升至63%). `change-of`: it is the rate or amount by which the level `of` changed (1600亿元，增长21%).
    `compared-with`: it compares with the same thing of another `period` or `entity` (较上年, 是美国的3倍), which `of`
    states where a figure does.
    `of` is the id of an observation of the same document, "" where the text gives no figure for it.
    """

    kind: RelationKind
    of: str = ""  # type: ignore[assignment]  # hides the maker of the base, which a relation has no use for
    period: str = ""
    entity: str = ""


class Observation(Record, kw_only=True):
    """One figure. `text == source[start:end]`, always; offsets are Python string offsets into Document.source.

    `value` is in base units (1.8万亿 → 1.8e12; percent in points); a range is `[low, high]` and carries `base`, the
    kind inside it. `qualifier` is the qualifying word as written ("" for none), `bound` its direction.
    `period` is what the figure describes, `as_of` the date of the statement where that differs; "" where unknown.
    `indicator` and `entity` are in the document's own script (Traditional stays Traditional).
    `citations` are URLs of the notes that support it. `rule` names the grammar tier and attachment rules.
    `correction` is a person's reason, where one set the figure right (corrections.yaml).
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
    relations: tuple[Relation, ...] = ()
    confidence: float = 1.0
    rule: str = ""
    correction: str = ""
