"""The dates of a document sentence by sentence, and which of them a figure describes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.lookback import Base, apposed, dated, leans, words_in
from report.observations.passages import Passage
from report.observations.periods import is_date, resolve, shifted

_TABLE = read_table("periods")
_COMPARED = re.compile(f"(?:{either(_TABLE['compared_after'])}) ?$")
_SOURCE = re.compile(f"(?:{either(_TABLE['source_after'])}) ?$")
_PUBLISHED = re.compile(f"[^,，。;；:：0-9]{{0,20}}(?:{either(_TABLE['published'])})")
_CHANGE = re.compile(either(_TABLE["changes"]))
_MOVED = re.compile(either(_TABLE["moved"]))
_CLAUSE = re.compile("[,，;；]")
_OF_VALUE = re.compile("年?(?:份|度|初|底|末)?的?(?:约|近|超过|逾)?")
_RIGHT = re.compile("(?:[^,，。;；0-9]{0,4}(?:在|于|自))?")
_PATH_DATE = re.compile("/(20[0-9]{2})[/-](0[1-9]|1[0-2])(?:[/-]([0-2][0-9]|3[01]))?[/-]")
_HEADING = re.compile("((?:19|20)[0-9]{2}) ?年(?:([0-9]{1,2})月)?")
_OF_YEAR = re.compile("年?度?的(?:约|近|超过|逾)?")
_NEAR = 16


@dataclass(frozen=True)
class Dated:
    """A date in the text, resolved: its place in the source, its period, and what it does in its sentence."""

    start: int
    end: int
    period: str
    compared: bool = False
    published: bool = False
    back: bool = False  # looks back from the sentence's own period (上年同期, 五年前): holds for its clause alone


class Timeline:
    """The dates of a document in order of place, resolved one after the other; `today` is its date, else that of its
    addresses, else ""."""

    def __init__(self, placed: Sequence[tuple[Figure, Passage]], date: str, text: str) -> None:
        self.text = text
        self.today = date or _in_addresses(text)
        self._now = self.today or _latest_month(placed)
        self._own: dict[int, str] = {}
        self._by_sentence: dict[int, list[Dated]] = {}
        context, block, sentence = "", -2, -1
        for figure, passage in placed:
            if not is_date(figure):
                continue
            start = passage.sentence.start
            before = self._by_sentence.get(start) if start == sentence else None
            context = context if passage.block == block >= 0 else ""
            period = resolve(figure, self.today, before[-1].period if before else context, self._now)
            block, sentence = passage.block, start
            stated = self._stated(figure, period)
            self._own[figure.start] = period
            self._by_sentence.setdefault(start, []).append(stated)
            if period[:4].isdigit() and not stated.compared:
                context = period[:10]

    def own(self, figure: Figure) -> str:
        """The period of a date figure."""
        return self._own.get(figure.start, "")

    def dates(self, passage: Passage, before: str = "") -> list[Dated]:
        """The dates of the passage and its words such as 去年, in order; `before` is the period in force before it."""
        sentence = passage.sentence
        stated = self._by_sentence.get(sentence.start, [])
        found = [self._same_span(date, stated) for date in stated]
        for word in words_in(passage.text):
            start, end = sentence.span(*word.span())
            if any(start < date.end and date.start < end for date in found):
                continue
            own = self._own_date(stated, start)
            near = bool(own) and apposed(self.text[own.end : start]) if own else False
            period = dated(word, Base(own.period if own else "", near, before, self.today, self._now))
            counted_on = not self.today and bool(own.end <= start if own else before)
            back = not period or counted_on or leans(word) and not self.text.startswith((",", "，"), end)
            found.append(Dated(start, end, period, self._is_compared(start, end), back=back))
        return sorted(found, key=lambda date: date.start)

    def _own_date(self, stated: Sequence[Dated], place: int) -> Dated | None:
        """The date of the sentence that a word at `place` counts from: the last before it, else the first behind."""
        main = [date for date in stated if not date.compared and not date.published and date.period]
        left = [date for date in main if date.end <= place]
        return left[-1] if left else main[0] if main else None

    def _same_span(self, date: Dated, stated: Sequence[Dated]) -> Dated:
        """2024年同期 is that year's part of the span named before it."""
        own = self._own_date([other for other in stated if other.end <= date.start], date.start)
        if own is None or not date.period.isdigit() or not self.text.startswith("同期", date.end):
            return date
        return replace(date, period=shifted(own.period, int(date.period) - int(own.period.removeprefix("FY")[:4])))

    def _stated(self, figure: Figure, period: str) -> Dated:
        published = bool(_PUBLISHED.match(self.text[figure.end : figure.end + 40]))
        return Dated(figure.start, figure.end, period, self._is_compared(figure.start, figure.end), published)

    def _is_compared(self, start: int, end: int) -> bool:
        before = self.text[max(0, start - 4) : start]
        return bool(_COMPARED.search(before)) or bool(_SOURCE.search(before))

    def nearest(self, dates: Sequence[Dated], figure: Figure) -> tuple[str, str]:
        """The period for a figure out of its sentence's dates, and the rule that chose; ("", "") for none.

        First a date that belongs to the value (较2017年的76.6%, 675名在2019年…), then the last date to its left that is
        neither the base of a comparison nor the date of a publication, then the publication, then a date to its right.
        A year looked back to (上年同期, 五年前) holds in its clause; behind that, nothing is known but of changes.
        """
        left = [date for date in dates if date.end <= figure.start]
        right = [date for date in dates if date.start >= figure.end and not date.compared and not date.back]
        if left and self._belongs(left[-1], figure):
            return left[-1].period, "date-of-value"
        right = [date for date in right if date.period]
        if right and _RIGHT.fullmatch(self.text[figure.end : right[0].start]) and figure.kind == "count":
            return right[0].period, "date-of-value"
        held = [date for date in left if not date.compared]
        if held and held[-1].back:
            if self._holds(held[-1], figure):
                return held[-1].period, "look-back"
            if not held[-1].period or not self._moved(figure):
                return "", "look-back"
        held = [date for date in held if not date.back and date.period]
        for choice, rule in (([date for date in held if not date.published], "sentence"), (held, "publication")):
            if choice:
                return choice[-1].period, rule
        right = [date for date in right if not date.published]
        return (right[0].period, "sentence-right") if right and not left else ("", "")

    def _holds(self, date: Dated, figure: Figure) -> bool:
        """In the clause of the date, and not inside what another thing is called (五年前成立的公司)."""
        between = self.text[date.end : figure.start]
        return not _CLAUSE.search(between) and "的" not in between.removeprefix("的")

    def _moved(self, figure: Figure) -> bool:
        """Whether the clause of the figure tells a change up to it (…, 增长20%)."""
        before = self.text[max(0, figure.start - _NEAR) : figure.start]
        return bool(_MOVED.search(_CLAUSE.split(before)[-1]))

    def of_duration(self, dates: Sequence[Dated], figure: Figure) -> str:
        """The period of a length of time: of a date that owns it (由2024年的9.5小时缩短到…), else ""."""
        owners = [date for date in dates if _OF_YEAR.fullmatch(self.text[date.end : figure.start])]
        return owners[-1].period if owners else ""

    def _belongs(self, date: Dated, figure: Figure) -> bool:
        """Right before the value, or with nothing but a noun phrase between them (较去年的预算10.4亿元)."""
        between = self.text[date.end : figure.start]
        if _OF_VALUE.fullmatch(between):
            return True
        phrase = len(between) <= _NEAR and not re.search("[,，。;；:：0-9]", between)
        return date.compared and phrase and not _CHANGE.search(between) and figure.kind != "percent"


def period_in_heading(heading: str) -> str:
    """The one year or month a normalised heading names outside a title in 《》; "" for none or several."""
    found = [match for match in _HEADING.findall(re.sub("《[^》]*》", "", heading)) if match[0]]
    return "-".join(part.zfill(2) for part in found[0] if part) if len(found) == 1 else ""


def carried(dates: Sequence[Dated]) -> str:
    """What a sentence hands on to the next: its last date that is neither compared nor published, else the year of
    the publication it names; "" for none."""
    main = [date.period for date in dates if not (date.compared or date.published or date.back) and date.period]
    return main[-1] if main else as_published(dates)[:4]


def as_published(dates: Sequence[Dated]) -> str:
    """The date of the publication that the sentence names, "" for none."""
    published = [date for date in dates if date.published and date.period]
    return published[0].period if published else ""


def _in_addresses(text: str) -> str:
    """The date of a document that does not tell it: the commonest date in its addresses; "" for none."""
    paths = Counter("-".join(part for part in match.groups() if part) for match in _PATH_DATE.finditer(text))
    return max(paths, key=lambda path: (paths[path], path)) if paths else ""


def _latest_month(placed: Sequence[tuple[Figure, Passage]]) -> str:
    """The latest month or day the text names with its year; "" for none."""
    named = [str(value) for figure, _ in placed if is_date(figure)
             for value in (figure.value if isinstance(figure.value, tuple) else (figure.value,))]
    return max((value[:7] for value in named if re.match("20[0-9]{2}-[01][0-9]", value)), default="")
