"""Fiscal years: which one 本年度 and 2020年度 mean in a budget, by whose years the text counts in."""

from __future__ import annotations

import re
from collections import Counter

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table

_TABLE = read_table("periods")
FISCAL_WORDS: dict[str, int] = _TABLE["fiscal"]
_YEARS: dict[str, int] = _TABLE["years"]
_PLACES = _TABLE["fiscal_years"]
_OWNER = {name: place for place, row in _PLACES.items() for name in row["names"]}
_NAME = re.compile(either(_OWNER))
_BUDGET = re.compile(either(_TABLE["budgets"]))
_OUTLAY = re.compile(either(_TABLE["outlays"]))
_OF_BUDGET = re.compile("的?[^,，。;；修0-9]{0,10}预算案")
_STATE = re.compile(either(_TABLE["of_state"]))
_COMPANY = re.compile(either(_TABLE["of_company"]))
_CLAUSE = re.compile("[,，;；。:：]")
_LEAD = 400  # characters in which a text says what it is about
_ENOUGH = 3  # times a text about a budget says so
_NEAR = 14  # characters between 去年 and the budget it belongs to


class Fiscal:
    """Whose fiscal years a normalised text counts in, and whether it is about a budget; `today` is its date or ""."""

    def __init__(self, text: str, today: str) -> None:
        counted = Counter(_OWNER[name] for name in _NAME.findall(text))
        self._place = max(counted, key=lambda place: (counted[place], place), default="")
        self._today = today
        first = _BUDGET.search(text, 0, _LEAD)
        self._budget = first is not None and len(_OUTLAY.findall(text)) >= _ENOUGH and bool(self._row().get("budget"))
        self._named = ""

    def _row(self) -> dict[str, object]:
        row: dict[str, object] = _PLACES.get(self._place, {})
        return row

    @property
    def fallback(self) -> str:
        """The fiscal year that an article on a budget is about, the first it names, "" for any other text."""
        if not self._budget:
            return ""
        return self._named or (self._written(int(self._today[:4])) if self._today[:4].isdigit() else "")

    def leads(self, period: str, sentence: str) -> bool:
        """Whether in an article on a budget the fiscal year goes before the other dates of a sentence on outlays."""
        return self._budget and period.startswith("FY") and _OUTLAY.search(sentence) is not None

    def of_date(self, figure: Figure, sentence: str, written: str, joined: str) -> str:
        """2020年度 in a sentence on a budget as that fiscal year, and the quarter that is `joined` to a fiscal year
        (2025财年第一季度) as a quarter of the calendar; "" for any other date."""
        if joined.startswith("FY") and str(figure.value).startswith("--Q"):
            return self._quarter(joined, int(str(figure.value)[3:])) if _is_of_state(sentence) else joined
        if figure.unit != "年" or not written.endswith("度") or not isinstance(figure.value, int):
            return ""
        year = self._written(figure.value) if self._row().get("budget") and _BUDGET.search(sentence) else ""
        if _OF_BUDGET.match(sentence, sentence.find(written) + len(written)):
            self._named = self._named or year
        return year

    def _quarter(self, year: str, quarter: int) -> str:
        """The calendar quarter; the fiscal year itself where nothing tells when it begins."""
        row = self._row()
        first, begins = row.get("first"), int(year[2:6]) - (row.get("written") == "end" and len(year) == 6)
        if not isinstance(first, int) or first == 1 or first % 3 != 1:
            return year
        quarters = begins * 4 + first // 3 + quarter - 1
        return f"{quarters // 4}-Q{quarters % 4 + 1}"

    def of_word(self, word: re.Match[str], sentence: str, own: str) -> str:
        """The fiscal year that 本财政年度, or in a budget 本年度, 去年(修订预算), names; "" for none.

        `own` is the date of the sentence that the word may go by: 上一财年 goes by a fiscal year there.
        """
        written = word[0]
        if not self._today[:4].isdigit():
            return ""
        if written in FISCAL_WORDS:
            known = _is_of_state(sentence) and not (own.startswith("FY") and FISCAL_WORDS[written])
            return self._counted(FISCAL_WORDS[written]) if known else ""
        if written not in _YEARS or not self._row().get("budget"):
            return ""
        near = (_OUTLAY if self._budget else _BUDGET).search(_CLAUSE.split(sentence[word.end() :][:_NEAR])[0])
        if not (near or written.endswith("度") and self._budget):
            return ""
        return self._written(int(self._today[:4]) + _YEARS[written] - self._to_begin(written))

    def _to_begin(self, word: str) -> bool:
        """Whether 下年度 is the fiscal year about to begin in the calendar year of the document."""
        first, month = self._row().get("first"), self._today[5:7]
        return _YEARS[word] > 0 and isinstance(first, int) and month.isdigit() and int(month) < first

    def _counted(self, years: int) -> str:
        """The fiscal year so many after the one that the document's day lies in."""
        first = self._row().get("first")
        if not isinstance(first, int) or not self._today[5:7].isdigit():
            return ""
        return self._written(int(self._today[:4]) - (int(self._today[5:7]) < first) + years)

    def _written(self, begins: int) -> str:
        """The fiscal year that begins in the given year, as its place writes it."""
        match self._row().get("written"):
            case "span":
                return f"FY{begins}-{(begins + 1) % 100:02d}"
            case "end":
                return f"FY{begins + 1}"
            case "begin":
                return f"FY{begins}"
            case _:
                return ""


def _is_of_state(sentence: str) -> bool:
    """Whether a fiscal year in the sentence is a state's; companies begin theirs when they like."""
    return _STATE.search(sentence) is not None and _COMPANY.search(sentence) is None
