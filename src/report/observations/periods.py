"""What time a figure describes: its own date, the nearest date of its sentence, else of what stands over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.figure import Figure
from report.observations.passages import Passage

_RELATIVE_YEAR = {"今年": 0, "本年": 0, "本年度": 0, "去年": -1, "上年": -1, "上一年": -1, "上年度": -1, "上一年度": -1,
                  "前年": -2, "明年": 1, "来年": 1, "后年": 2}
_RELATIVE = re.compile(
    "本年度|上一?年度|上年(?!同期)|今年|去年|前年(?!度)|明年|截至目前|目前|本月|上月|上个月"
)
_COMPARED = re.compile(r"(?:较|比|相比于?|高于|低于|优于|不及|超过|对比|与|和|自|继|恢复至|回到|同) ?$")
_OF_VALUE = re.compile("年?(?:份|度)?的?(?:约|近|超过|逾)?$")
_PUBLISHED = re.compile("[^,，。;；0-9]{0,12}(?:发布|公布|发表|印发|出台|推出|通过|刊发|披露|的(?:报告|数据|调查|研究|关键研究))")
_DATES = ("year", "date")


@dataclass(frozen=True)
class Dated:
    """A date in the text, resolved: its place, its period, and what it does in its sentence."""

    start: int
    end: int
    period: str
    compared: bool = False
    published: bool = False


def is_date(figure: Figure) -> bool:
    """Whether the figure is a year, a date or a span of them."""
    return (figure.base or figure.kind) in _DATES


def resolve(figure: Figure, document_date: str, context: str) -> str:
    """The period of a date figure; a missing year comes from its qualifier (去年), the context's year or the document's.

    "" where nothing tells the year.
    """
    year = _base_year(figure.qualifier, document_date, context)
    month = document_date[5:7] if figure.qualifier in ("本月", "当月") or not context[5:7] else context[5:7]
    values = figure.value if isinstance(figure.value, tuple) else (figure.value,)
    full = [_full(str(value), year, month) for value in values]
    if "" in full:
        return ""
    if figure.unit in ("财年", "财政年度"):
        return "FY" + "-".join(full)
    if len(full) == 2:
        if figure.rule == "season":
            return f"FY{full[0]}-{full[1][2:]}"
        return f"{_first_month(full[0])}/{_last_month(full[1])}"
    return full[0]


def _base_year(qualifier: str, document_date: str, context: str) -> str:
    word = qualifier.rstrip("的")
    if word in _RELATIVE_YEAR and document_date[:4]:
        return str(int(document_date[:4]) + _RELATIVE_YEAR[word])
    return context[:4] or document_date[:4]


def _full(value: str, year: str, month: str) -> str:
    """The value with its missing year and month filled in; "" where they are unknown."""
    if value.startswith("----"):
        return f"{year}-{month}-{value[4:]}" if year and month else ""
    if value.startswith("--"):
        return f"{year}-{value[2:]}" if year else ""
    return value


_QUARTERS = {"Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12")}


def _first_month(value: str) -> str:
    return f"{value[:5]}{_QUARTERS[value[5:]][0]}" if value[5:] in _QUARTERS else value


def _last_month(value: str) -> str:
    return f"{value[:5]}{_QUARTERS[value[5:]][1]}" if value[5:] in _QUARTERS else value


class Timeline:
    """The dates of a document in order of place, resolved one after the other."""

    def __init__(self, placed: Sequence[tuple[Figure, Passage]], document_date: str, text: str) -> None:
        self._date = document_date
        self._own: dict[int, str] = {}
        self._by_sentence: dict[int, list[Dated]] = {}
        context, block = "", -2
        for figure, passage in placed:
            if not is_date(figure):
                continue
            if passage.block != block:
                context, block = "", passage.block
            period = resolve(figure, document_date, context)
            self._own[figure.start] = period
            dated = _dated(figure, period, text)
            self._by_sentence.setdefault(passage.sentence.start, []).append(dated)
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
            period = self._relative(match[0])
            start, end = sentence.span(match.start(), match.end())
            if period and not any(start < dated.end and dated.start < end for dated in found):
                compared = bool(_COMPARED.search(passage.text[: match.start()]))
                found.append(Dated(start, end, period, compared))
        return sorted(found, key=lambda dated: dated.start)

    def _relative(self, word: str) -> str:
        year = self._date[:4]
        if not year:
            return ""
        if word in _RELATIVE_YEAR:
            return str(int(year) + _RELATIVE_YEAR[word])
        if word in ("目前", "截至目前"):
            return year
        month = int(self._date[5:7] or 0) - (word != "本月")
        return f"{year}-{month:02d}" if month > 0 else ""


def _dated(figure: Figure, period: str, text: str) -> Dated:
    before, after = text[max(0, figure.start - 4) : figure.start], text[figure.end : figure.end + 30]
    return Dated(
        figure.start, figure.end, period, bool(_COMPARED.search(before)), bool(_PUBLISHED.match(after))
    )


def nearest(dates: Sequence[Dated], start: int, text: str) -> tuple[str, str]:
    """The period for a figure at `start` out of its sentence's dates, and the rule that chose; ("", "") for none.

    First the date that stands right before it (较2017年的76.6%), then the last date to its left that is neither the base
    of a comparison nor the date of a publication, then the date of the publication, then one to its right.
    """
    left = [dated for dated in dates if dated.end <= start and dated.period]
    if left and start - left[-1].end <= 8 and _OF_VALUE.fullmatch(text[left[-1].end : start]):
        return left[-1].period, "date-of-value"
    for choice, rule in (
        ([dated for dated in left if not dated.compared and not dated.published], "sentence"),
        ([dated for dated in left if not dated.compared], "publication"),
    ):
        if choice:
            return choice[-1].period, rule
    right = [dated for dated in dates if dated.start > start and not dated.compared and not dated.published]
    return (right[0].period, "sentence-right") if right and not left else ("", "")


def carried(dates: Sequence[Dated]) -> str:
    """The period a sentence hands on to the next: its last date that is neither compared nor published."""
    main = [dated for dated in dates if not dated.compared and not dated.published and dated.period]
    return main[-1].period if main else ""


def as_published(dates: Sequence[Dated]) -> str:
    """The date of the publication that the sentence names, "" for none."""
    published = [dated for dated in dates if dated.published and dated.period]
    return published[0].period if published else ""


