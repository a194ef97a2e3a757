"""What a report may count of the dataset itself: documents, figures read, events, findings."""

from __future__ import annotations

from collections.abc import Mapping

from report.dataset.facts import UNRECONCILED
from report.dataset.models import Dataset, Derivation
from report.observations.observation import Observation

SURE = 0.25  # a figure read with less confidence is told nowhere by itself
OF = ":"  # figures:甲 are those of the documents whose ids begin with 甲; no value's name holds it
COUNTED: Mapping[str, str] = {"sources": "份", "figures": "个", "calendar": "个", "unsure": "个", "events": "件"}


def counted_by(derive: Derivation) -> str:
    """What of the dataset itself a derivation counts (`count: [sources]`); "" where it works on values."""
    name = derive.of[0] if derive.operation == "count" and len(derive.of) == 1 else ""
    return name if name.partition(OF)[0] in COUNTED else ""


def unit_of(name: str) -> str:
    """The unit in which it is counted."""
    return COUNTED[name.partition(OF)[0]]


def tells(found: Observation) -> bool:
    """Whether a figure says by itself how much of what it is: a measure with its indicator and its subject, read with
    confidence."""
    measured = (found.base or found.kind) not in UNRECONCILED
    return measured and bool(found.indicator and found.entity) and found.confidence >= SURE


def tally(dataset: Dataset, name: str) -> int:
    """How many there are of what is named."""
    what, _, doc = name.partition(OF)
    figures = [found for found in dataset.observations if found.doc.startswith(doc)]
    if what in ("sources", "events"):
        return len(dataset.sources if what == "sources" else dataset.events)
    if what == "figures":
        return len(figures)
    dates = [found for found in figures if (found.base or found.kind) in UNRECONCILED]
    return len(dates) if what == "calendar" else len(figures) - len(dates) - sum(map(tells, figures))
