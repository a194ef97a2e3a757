"""The dates of a document sentence by sentence, and which of them a figure describes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.passages import Passage
from report.observations.periods import MONTHS, YEARS, is_date, relative, resolve

_TABLE = read_table("periods")
_RELATIVE = re.compile(f"(?:{either([*YEARS, *MONTHS])})(?!同期)")
_COMPARED = re.compile(f"(?:{either(_TABLE['compared_after'])}) ?$")
_SOURCE = re.compile(f"(?:{either(_TABLE['source_after'])}) ?$")
_PUBLISHED = re.compile(f"[^,，。;；:：0-9]{{0,20}}(?:{either(_TABLE['published'])})")
_CHANGE = re.compile(either(_TABLE["changes"]))
_OF_VALUE = re.compile("年?(?:份|度|初|底|末)?的?(?:约|近|超过|逾)?")
_RIGHT = re.compile("(?:[^,，。;；0-9]{0,4}(?:在|于|自))?")
_PATH_DATE = re.compile("/(20[0-9]{2})[/-](0[1-9]|1[0-2])(?:[/-]([0-2][0-9]|3[01]))?[/-]")
_HEADING = re.compile("((?:19|20)[0-9]{2}) ?年(?:([0-9]{1,2})月)?")
_NEAR = 16


@dataclass(frozen=True)
class Dated:
    """A date in the text, resolved: its place in the source, its period, and what it does in its sentence."""

    start: int
    end: int
    period: str
    compared: bool = False
    published: bool = False


class Timeline:
    """The dates of a document in order of place, resolved one after the other; `today` is its date or a guess."""

    def __init__(self, placed: Sequence[tuple[Figure, Passage]], date: str, text: str) -> None:
        self.text = text
        self.today = date or _guess(placed, text)
        self._own: dict[int, str] = {}
        self._by_sentence: dict[int, list[Dated]] = {}
        context, block, sentence = "", -2, -1
        for figure, passage in placed:
            if not is_date(figure):
                continue
            start = passage.sentence.start
            before = self._by_sentence.get(start) if start == sentence else None
            context = context if passage.block == block else ""
            period = resolve(figure, self.today, before[-1].period if before else context)
            block, sentence = passage.block, start
            dated = self._dated(figure, period)
            self._own[figure.start] = period
            self._by_sentence.setdefault(start, []).append(dated)
            if period[:4].isdigit() and not dated.compared:
                context = period[:10]

    def own(self, figure: Figure) -> str:
        """The period of a date figure."""
        return self._own.get(figure.start, "")

    def dates(self, passage: Passage) -> list[Dated]:
        """The dates of the passage and its words such as 去年, in order."""
        sentence = passage.sentence
        found = list(self._by_sentence.get(sentence.start, ()))
        for match in _RELATIVE.finditer(passage.text):
            period = relative(match[0], self.today)
            start, end = sentence.span(match.start(), match.end())
            if period and not any(start < dated.end and dated.start < end for dated in found):
                found.append(Dated(start, end, period, self._is_compared(start, end)))
        return sorted(found, key=lambda dated: dated.start)

    def _dated(self, figure: Figure, period: str) -> Dated:
        published = bool(_PUBLISHED.match(self.text[figure.end : figure.end + 40]))
        return Dated(figure.start, figure.end, period, self._is_compared(figure.start, figure.end), published)

    def _is_compared(self, start: int, end: int) -> bool:
        before = self.text[max(0, start - 4) : start]
        return bool(_COMPARED.search(before)) or bool(_SOURCE.search(before))

    def nearest(self, passage: Passage, figure: Figure) -> tuple[str, str]:
        """The period for a figure out of its sentence's dates, and the rule that chose; ("", "") for none.

        First a date that belongs to the value (较2017年的76.6%, 675名在2019年…), then the last date to its left that is
        neither the base of a comparison nor the date of a publication, then the publication, then a date to its right.
        """
        dates = [dated for dated in self.dates(passage) if dated.period]
        left = [dated for dated in dates if dated.end <= figure.start]
        right = [dated for dated in dates if dated.start >= figure.end and not dated.compared]
        if left and self._belongs(left[-1], figure):
            return left[-1].period, "date-of-value"
        if right and _RIGHT.fullmatch(self.text[figure.end : right[0].start]) and figure.kind == "count":
            return right[0].period, "date-of-value"
        for choice, rule in (
            ([dated for dated in left if not dated.compared and not dated.published], "sentence"),
            ([dated for dated in left if not dated.compared], "publication"),
        ):
            if choice:
                return choice[-1].period, rule
        right = [dated for dated in right if not dated.published]
        return (right[0].period, "sentence-right") if right and not left else ("", "")

    def _belongs(self, dated: Dated, figure: Figure) -> bool:
        """Right before the value, or with nothing but a noun phrase between them (较去年的预算10.4亿元)."""
        between = self.text[dated.end : figure.start]
        if _OF_VALUE.fullmatch(between):
            return True
        phrase = len(between) <= _NEAR and not re.search("[,，。;；:：0-9]", between)
        return dated.compared and phrase and not _CHANGE.search(between) and figure.kind != "percent"


def period_in_heading(heading: str) -> str:
    """The one year or month a normalised heading names outside a title in 《》; "" for none or several."""
    found = [match for match in _HEADING.findall(re.sub("《[^》]*》", "", heading)) if match[0]]
    return "-".join(part.zfill(2) for part in found[0] if part) if len(found) == 1 else ""


def carried(dates: Sequence[Dated]) -> str:
    """What a sentence hands on to the next: its last date that is neither compared nor published, else the year of
    the publication it names; "" for none."""
    main = [dated.period for dated in dates if not dated.compared and not dated.published and dated.period]
    return main[-1] if main else as_published(dates)[:4]


def as_published(dates: Sequence[Dated]) -> str:
    """The date of the publication that the sentence names, "" for none."""
    published = [dated for dated in dates if dated.published and dated.period]
    return published[0].period if published else ""


def _guess(placed: Sequence[tuple[Figure, Passage]], text: str) -> str:
    """The date of a document that does not tell it: the commonest date in its addresses, else the latest month it
    names, else the latest year; "" for none."""
    paths = Counter("-".join(part for part in match.groups() if part) for match in _PATH_DATE.finditer(text))
    if paths:
        return max(paths, key=lambda path: (paths[path], path))
    named = [str(value) for figure, _ in placed if is_date(figure)
             for value in (figure.value if isinstance(figure.value, tuple) else (figure.value,))]
    months = [value[:7] for value in named if re.match("20[0-9]{2}-[01][0-9]", value)]
    years = [value for value in named if re.fullmatch("20[0-9]{2}", value)]
    return max(months, default="") or max(years, default="")
