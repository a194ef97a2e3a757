"""The period of each figure: from its sentence, else its paragraph, its heading, what went before, its document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.dating import Dating
from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.normalise import normalise
from report.observations.passages import Passage
from report.observations.periods import is_date, is_day, within
from report.observations.restating import restated
from report.observations.timeline import Dated, Timeline, as_published, carried, period_over, quoted
from report.sources.document import Document

_TABLE = read_table("periods")
_GOES_ON = tuple(_TABLE["goes_on"])
_DIVIDES = tuple(_TABLE["divides"])
_GOES_BEYOND = tuple(_TABLE["goes_beyond"])
_FUTURE = re.compile(either(_TABLE["future"]))
_FORETELLS = re.compile(either(_TABLE["foretells"]))
_REPORTED = re.compile(
    f"(?:{either(_TABLE['reports'])})(?:的?数据|作者)?[^,，。;；:：0-9]{{0,6}}(?:{either(_TABLE['reported'])})"
)
_ANNOUNCED = re.compile(f"[^,，。;；]{{0,20}}(?:{either(_TABLE['announced'])})")
_EARLY = 4  # up to this month of a year what is told of the year before is news

# How far each rule can be trusted.
CONFIDENCE = {
    "own-date": 0.95, "duration": 0.9, "date-of-value": 1.0, "date-list": 0.95, "sentence": 0.95, "look-back": 0.9,
    "paragraph": 0.8, "heading": 0.75, "publication": 0.75, "sentence-right": 0.75, "title": 0.65, "report": 0.65,
    "restated": 0.65, "document": 0.6, "budget": 0.6, "in-force": 0.55, "last-dated": 0.4, "none": 0.5,
}
_GUESSES = ("title", "document", "in-force", "last-dated")


@dataclass(frozen=True)
class When:
    """The period a figure describes, the date of the statement where that is another, "" for unknown; the rule."""

    period: str = ""
    as_of: str = ""
    rule: str = "none"

    @property
    def confidence(self) -> float:
        """How far the rule can be trusted, 0 to 1."""
        return CONFIDENCE[self.rule]


def date_figures(document: Document, placed: Sequence[tuple[Figure, Passage]]) -> list[When]:
    """When each figure of a document is of, in the same order.

    A date is of the period it names, and a length of time of none but the date that owns it. Any other figure is of
    a date in its sentence (`date-of-value`, `date-list`, `sentence`, `look-back`, `sentence-right`, `publication`),
    else of what its `paragraph` or `heading` named before. Where nothing near dates it: the period in the `title`, the
    year of the report it is said to be from (`report`), a budget's year (`budget`), the period in force in the
    paragraph before where the document's date agrees with that (`in-force`), the year of that date (`document`). A
    document without a date gives the last period that dated a figure (`last-dated`), a guess that weighs accordingly.
    A figure so guessed that stands elsewhere in the document with its date takes that (`restated`).
    """
    cascade = _Cascade(document, placed)
    found = [cascade.take(figure, passage) for figure, passage in placed]
    known = restated(placed, [("" if when.rule in _GUESSES else when.period) for when in found])
    for number, period in known.items():
        if found[number].rule in _GUESSES:
            found[number] = When(period, cascade.stated(period, found[number]), "restated")
    return found


class _Cascade:
    """Walks through the figures of a document and hands on what a sentence, paragraph or heading has named."""

    def __init__(self, document: Document, placed: Sequence[tuple[Figure, Passage]]) -> None:
        text = normalise(document.source)
        self._timeline = Timeline(placed, document.metadata.date, text)
        self._dating = Dating(placed, text, self._timeline.today)
        self._date = document.metadata.date
        self._block = self._sentence = -2
        self._period = self._named = self._in_force = self._report = self._title = ""
        self._dates: list[Dated] = []
        self._over: tuple[str, ...] = ()
        self._divides = self._foretelling = self._handed = False
        self._foretold = ""
        self._headings: dict[str, str] = {}

    def take(self, figure: Figure, passage: Passage) -> When:
        """When the next figure is of."""
        self._enter(passage)
        if is_date(figure):
            self._hand_on()
            if _ANNOUNCED.match(passage.text, passage.index(figure.end - 1) + 1):
                self._in_force = self._period
            return When(self._timeline.own(figure), rule="own-date")
        if "duration" in (figure.kind, figure.base):
            return When(self._dating.of_duration(self._dates, figure), rule="duration")
        period, rule = self._of(figure, passage)
        published = as_published(self._dates, figure.start)
        stated = published if published not in ("", period) else self._date
        return When(period, stated if stated != period else "", rule)

    def stated(self, period: str, when: When) -> str:
        """The date of the statement of a figure that turned out to be of another period."""
        stated = when.as_of or self._date
        return stated if stated != period else ""

    def _enter(self, passage: Passage) -> None:
        if passage.sentence.start == self._sentence:
            return
        self._sentence, self._handed = passage.sentence.start, False
        if passage.headings != self._over:
            self._over, self._in_force = passage.headings, _year_of(self._in_force)
        if passage.block != self._block or passage.block < 0:
            goes_on = passage.block == self._block + 1 > 0 and passage.text.startswith(_GOES_ON)
            self._block, self._period = passage.block, self._period if goes_on else ""
        before = self._period or self._of_headings(passage)
        self._dates = self._timeline.dates(passage, before or self._title, self._named)
        self._report = max(self._report, as_published(self._dates, passage.sentence.start)[:4])
        self._divides = passage.text.startswith(_DIVIDES)
        self._foretelling = _FORETELLS.search(passage.text) is not None
        if passage.kind in ("title", "heading") and passage.text not in self._headings:
            named = _only([date for date in self._dates if not quoted(date, passage.text, passage.sentence.start)])
            self._headings[passage.text] = named
            if passage.kind == "title":
                self._title = self._timeline.told or ("" if is_day(named) else named) or self._title

    def _hand_on(self) -> None:
        """Take over what the sentence is about, unless it only divides up what the paragraph is about (分季度看)."""
        if self._handed:
            return
        self._handed = True
        inside = [date for date in self._dates if date.main and within(date.period, self._period)]
        if not (self._period and (self._divides or len({date.period for date in inside}) > 1)):
            self._period = carried(self._dates) or self._period
        self._named = self._period or self._named
        self._foretold = self._period if self._foretelling else self._foretold

    def _of(self, figure: Figure, passage: Passage) -> tuple[str, str]:
        period, rule = self._dating.nearest(self._dates, figure)
        if rule:
            self._hand_on()
            told = self._period if self._timeline.today or self._period != self._foretold else ""
            self._in_force = told or self._in_force
            return period, rule
        if self._period and self._still(self._period, passage) and not passage.text.startswith(_GOES_BEYOND):
            return self._period, "paragraph"
        if dated := self._of_headings(passage):
            return dated, "heading"
        return self._of_document(passage)

    def _of_document(self, passage: Passage) -> tuple[str, str]:
        today = self._timeline.today
        if any(not date.period for date in self._dates):
            return "", "none"
        if self._title and self._still(self._title, passage):
            return self._title, "title"
        if self._report and _REPORTED.search(passage.text):
            return self._report, "report"
        if budget := self._timeline.budget:
            return budget, "budget"
        if not today:
            return (self._in_force, "last-dated") if self._in_force else ("", "none")
        if self._agrees(self._in_force, today) and self._still(self._in_force, passage):
            return self._in_force, "in-force"
        return today[:4], "document"

    def _of_headings(self, passage: Passage) -> str:
        """The period that the headings over the passage name, the nearest first."""
        named = (self._headings.get(heading) for heading in reversed(passage.headings))
        return next((period for period in named if period), "") or period_over(passage)

    def _still(self, period: str, passage: Passage) -> bool:
        """A year to come holds on only where the sentence speaks of what is to come."""
        today = self._timeline.today
        ahead = period.removeprefix("FY")[:4] > today[:4] if today else period == self._foretold
        return not ahead or _FUTURE.search(passage.text) is not None

    def _agrees(self, period: str, today: str) -> bool:
        """Whether a document of that day may go on with the period: one of its year, early in a year of the last."""
        last = period.removeprefix("FY").rpartition("/")[2][:4]
        if not last.isdigit() or is_day(period):
            return False
        early = today[5:7].isdigit() and int(today[5:7]) <= _EARLY
        return int(last) >= int(today[:4]) - early


def _year_of(period: str) -> str:
    """The year of a period in it; a span of years as it is."""
    first, _, last = period.partition("/")
    return period if period.startswith("FY") or last and last[:4] != first[:4] else first[:4]


def _only(dates: Sequence[Dated]) -> str:
    """The one period that a heading names; "" for none or several."""
    named = {date.period for date in dates if date.main and not date.local}
    return named.pop() if len(named) == 1 else ""
