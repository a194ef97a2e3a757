"""Which of the dates of a sentence a figure describes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.passages import Passage
from report.observations.periods import is_date, is_day, months_between
from report.observations.timeline import Dated

_TABLE = read_table("periods")
_CHANGE = re.compile(either(_TABLE["changes"]))
_MOVED = re.compile(either(_TABLE["moved"]))
_CLAUSE = re.compile("[,，;；]")
_OF_VALUE = re.compile("年?(?:份|度|初|底|末)?(?:全年|整年|高峰|高点|峰值|低点)?的?(?:约|近|超过|逾)?")
_OF_YEAR = re.compile("年?度?的(?:约|近|超过|逾)?")
_RIGHT = re.compile("(?:[^,，。;；0-9]{0,4}(?:在|于|自))?")
_IN_BRACKET = re.compile(" ?[(（] ?")
_TO = re.compile("[,，]? ?(?:至|到) ?")
_BRACKET = re.compile("[(（][^()（）。]{0,30}[)）]")
_BRACKET_OPEN = re.compile("[(（][^()（）。;；]{0,30}$")
_ROW = re.compile(" ?(?:以及|[、,，和与及]) ?")
_LIST = re.compile(" ?[、和与及] ?")
_RESPECTIVELY = re.compile(either(_TABLE["respectively"]))
_BOTH = re.compile(f"年?[^,，。;；0-9]{{0,12}}(?:{either(_TABLE['both'])})[^,，。;；0-9]{{0,12}}")
_FORECAST = re.compile(f"[^,，。;；0-9]{{0,16}}(?:{either(_TABLE['forecast'])})")
_REVISED = re.compile(either(_TABLE["revised"]))
_SINCE = re.compile("年?以来")
_AVERAGED = re.compile(either(_TABLE["averaged"]))
_SUMMED = re.compile(either(_TABLE["summed"]))
_NEAR = 16
_MOST = 24  # dates on either side that a figure is weighed against
_LONGEST = 200  # characters of a sentence in which a forecast is told to be revised


@dataclass(frozen=True)
class Row:
    """Figures with nothing but a comma or 和 between them: where the first begins, how many, and the figure's place."""

    start: int
    size: int
    place: int


class Dating:
    """Chooses for each figure among the dates of its sentence; `text` is the normalised source."""

    def __init__(self, placed: Sequence[tuple[Figure, Passage]], text: str, today: str) -> None:
        self._text = text
        self._today = today
        self._rows = _rows(placed, text)

    def nearest(self, dates: Sequence[Dated], figure: Figure) -> tuple[str, str]:
        """The period for a figure out of its sentence's dates, and the rule that chose; ("", "") for none.

        First a date that belongs to the value (较2017年的76.6%, 12亿元(2023年), the second year of 2022年和2023年分别),
        then the last date to its left that is neither the base of a comparison nor the date of a publication, then the
        publication, then a date to its right. A year looked back to (上年同期, 五年前) holds in its clause; behind
        that, nothing is known but of changes.
        """
        behind = bisect_right(dates, figure.start, key=lambda date: date.end)
        ahead = bisect_left(dates, figure.end, key=lambda date: date.start)
        left = dates[max(0, behind - _MOST) : behind]
        right = [date for date in dates[ahead : ahead + _MOST] if date.period and not date.standing]
        return self._own(left, right, figure) or self._held(left, right, figure)

    def _own(self, left: Sequence[Dated], right: Sequence[Dated], figure: Figure) -> tuple[str, str] | None:
        if right and self._bracketed(right[0], figure):
            return right[0].period, "date-of-value"
        if period := self._forecast(left, figure):
            return period, "sentence"
        if period := self._listed(left, figure):
            return period, "date-list"
        if left and left[-1].period and not left[-1].aside and self._belongs(left[-1], figure):
            return left[-1].period, "date-of-value"
        right = [date for date in right if not (date.compared or date.aside or date.back)]
        if not right:
            return None
        between = self._text[figure.end : right[0].start]
        if _RIGHT.fullmatch(between) and figure.kind == "count" or _TO.fullmatch(between) and self._moved(figure):
            return right[0].period, "date-of-value"
        return None

    def _held(self, left: Sequence[Dated], right: Sequence[Dated], figure: Figure) -> tuple[str, str]:
        held = [date for date in left if not (date.compared or date.aside or 0 < date.until <= figure.start)]
        if held and held[-1].back:
            if self._holds(held[-1], figure):
                return held[-1].period, "look-back"
            if not held[-1].period or not self._moved(figure):
                return "", "look-back"
        held = [date for date in held if not date.back and date.period]
        told = [date for date in held if not date.published]
        if told:
            return self._since(left, told[-1], figure), "sentence"
        undated = [date for date in held if not is_day(date.period)]
        if undated:
            return undated[-1].period[:4], "publication"
        ahead = [date for date in right if date.main]
        if ahead and not left and not _CLAUSE.search(self._text, figure.end, ahead[0].start):
            return ahead[0].period, "sentence-right"
        return "", ""

    def _forecast(self, left: Sequence[Dated], figure: Figure) -> str:
        """The year whose forecast the sentence says was revised up to the figure; "" for none."""
        told = [date for date in left if date.main and figure.start - date.end < _LONGEST]
        for date in reversed(told):
            between = self._text[date.end : figure.start]
            if _CLAUSE.search(between):
                break
            if _FORECAST.match(between) and _REVISED.search(between):
                return date.period
        return ""

    def _since(self, left: Sequence[Dated], date: Dated, figure: Figure) -> str:
        """The date's period; all the time since it before a sum (2018年以来累计), and the years of a change from one to
        the other before their average (从1978年的860人增至1985年的4888人，年均增长)."""
        period, today = date.period, self._today[:4]
        if _SINCE.match(self._text, date.end) and _SUMMED.search(self._text, date.end, figure.start):
            return f"{period}/{today}" if len(period) == 4 and period < today else period
        if not _AVERAGED.search(_CLAUSE.split(self._text[max(date.end, figure.start - _NEAR) : figure.start])[-1]):
            return period
        began = [other.period for other in left if other.compared and len(other.period) == 4]
        return f"{began[-1]}/{period}" if began and len(period) == 4 and began[-1] < period else period

    def _bracketed(self, date: Dated, figure: Figure) -> bool:
        """12亿元(2023年): the date alone in a bracket right behind the figure."""
        between = self._text[figure.end : date.start]
        closing = self._text[date.end : date.end + 3].lstrip("底末度全年数据")
        return bool(_IN_BRACKET.fullmatch(between)) and closing[:1] in (")", "）")

    def _listed(self, left: Sequence[Dated], figure: Figure) -> str:
        """Of 2022年和2023年分别为5亿和6亿 the year with the same place in its list; both where both are meant; ""."""
        row = self._rows[figure.start]
        before = [date for date in left if date.end <= row.start]
        if not before or before[-1].compared:
            return ""
        first = len(before) - 1
        while first and _LIST.fullmatch(self._text[before[first - 1].end : before[first].start]):
            first -= 1
        periods = [date.period for date in before[first:]]
        between = self._text[before[-1].end : row.start]
        if row.size > 1 and _RESPECTIVELY.search(between):
            periods = months_between(*periods[0].split("/")) if len(periods) == 1 and "/" in periods[0] else periods
            return periods[row.place] if len(periods) == row.size else ""
        pair = len(periods) == 2 and all(len(period) == 4 for period in periods)
        return "/".join(periods) if pair and row.size == 1 and _BOTH.fullmatch(between) else ""

    def _holds(self, date: Dated, figure: Figure) -> bool:
        """In the clause of the date, and not inside what another thing is called (五年前成立的公司)."""
        between = self._text[date.end : figure.start]
        return not _CLAUSE.search(between) and "的" not in between.removeprefix("的")

    def _moved(self, figure: Figure) -> bool:
        """Whether the clause of the figure tells a change up to it (…, 增长20%)."""
        before = self._text[max(0, figure.start - _NEAR) : figure.start]
        return bool(_MOVED.search(_CLAUSE.split(before)[-1]))

    def _belongs(self, date: Dated, figure: Figure) -> bool:
        """Right before the value, or with nothing but a noun phrase between them (较去年的预算10.4亿元)."""
        between = self._text[date.end : figure.start]
        if _OF_VALUE.fullmatch(between):
            return True
        phrase = len(between) <= _NEAR and not re.search("[,，。;；:：0-9]", between)
        return date.compared and phrase and not _CHANGE.search(between) and figure.kind != "percent"

    def of_duration(self, dates: Sequence[Dated], figure: Figure) -> str:
        """The period of a length of time: of a date that owns it (由2024年的9.5小时缩短到…), else ""."""
        owners = [date for date in dates if _OF_YEAR.fullmatch(self._text[date.end : figure.start])]
        return owners[-1].period if owners else ""


def _rows(placed: Sequence[tuple[Figure, Passage]], text: str) -> dict[int, Row]:
    """The row of each figure that is no date, by its place; one in a bracket has the place of that before it."""
    rows: list[list[Figure]] = []
    noted: dict[int, int] = {}
    for figure, passage in placed:
        if is_date(figure):
            continue
        last = rows[-1][-1] if rows else None
        between = text[last.end : figure.start][:_LONGEST] if last and last.start >= passage.sentence.start else "。"
        if last and _BRACKET_OPEN.search(between):
            noted[figure.start] = last.start
        elif _ROW.fullmatch(_BRACKET.sub("", between)):
            rows[-1].append(figure)
        else:
            rows.append([figure])
    found = {figure.start: Row(row[0].start, len(row), place) for row in rows for place, figure in enumerate(row)}
    return found | {start: found[other] for start, other in noted.items()}
