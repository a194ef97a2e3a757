"""Attachment: to each figure of a document the period, entity and indicator that the words around it name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.observations.alignment import Part, members
from report.observations.cascade import When, date_figures
from report.observations.entities import TRUST, Subjects
from report.observations.figure import Figure
from report.observations.indicators import WEIGHTS, Indicators
from report.observations.normalise import normalise
from report.observations.passages import Passage, Passages
from report.observations.periods import is_date
from report.observations.phrases import without_owner
from report.observations.script import Script
from report.sources.document import Document


@dataclass(frozen=True)
class Attachment:
    """What a figure describes; "" where no rule tells. `rules` name the rules; `confidence`, 0 to 1, is the product
    of how far each of the three can be trusted."""

    indicator: str = ""
    entity: str = ""
    period: str = ""
    as_of: str = ""
    confidence: float = 0.5
    rules: tuple[str, ...] = ()


def attach(document: Document, placed: Sequence[tuple[Figure, Passage]], passages: Passages) -> list[Attachment]:
    """One attachment for each figure with its passage, in the same order; `passages` are all of the document."""
    subjects = Subjects(passages.all, normalise(document.metadata.title))
    carrier = _Carrier(subjects, Indicators(placed), members(placed), Script(document))
    dated = zip(placed, date_figures(document, placed), strict=True)
    return [carrier.take(figure, passage, when) for (figure, passage), when in dated]


class _Carrier:
    """Walks through the figures and carries what a paragraph has named to the sentences that name nothing."""

    def __init__(
        self, subjects: Subjects, indicators: Indicators, parts: Mapping[int, tuple[Part, ...]], script: Script
    ) -> None:
        self._subjects = subjects
        self._indicators = indicators
        self._parts = parts
        self._script = script

    def take(self, figure: Figure, passage: Passage, when: When) -> Attachment:
        """The attachment of the next figure, whose period is known."""
        if is_date(figure) or "duration" in (figure.kind, figure.base):
            return Attachment(period=when.period, confidence=when.confidence, rules=(when.rule,))
        parts = self._parts.get(figure.start, ())
        reading = self._indicators.take(figure, passage, parts)
        subject = self._subjects.take(figure, passage, parts)
        weight = when.confidence * TRUST[subject.rule] * WEIGHTS.get(reading.rule, 1.0)
        indicator = without_owner(reading.indicator, subject.name)
        return Attachment(
            self._script.render(indicator), self._script.render(subject.name), when.period, when.as_of,
            round(weight, 2),
            (f"period:{when.rule}", f"entity:{subject.rule}", f"indicator:{reading.rule}"),
        )
