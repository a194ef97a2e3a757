"""An event: something a document says was done on a date, by whom, and by which instrument."""

from __future__ import annotations

from typing import Literal

from report.records import Record

EventKind = Literal["law", "order", "policy", "release", "founding", "meeting", "deal", "other"]


class Event(Record, kw_only=True):
    """One dated event. `text == source[start:end]` is the date as written; offsets are Python string offsets.

    `date` is ISO, as precise as the text (2025, 2025-09, 2025-09-21); a date without a year is resolved as a figure's
    period is. `actor` did it, `action` is what was done as a short verb phrase in the document's words, `instrument`
    the title between 《》 without the marks; "" where the sentence names none. `rule` names the pattern that found it.
    """

    id: str
    doc: str
    start: int
    end: int
    text: str
    date: str
    kind: EventKind
    actor: str = ""
    action: str = ""
    instrument: str = ""
    sentence: str
    sentence_start: int
    sentence_end: int
    citations: tuple[str, ...] = ()
    confidence: float = 1.0
    rule: str = ""
