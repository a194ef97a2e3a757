"""The dates of a document sentence by sentence: where each stands, its period, and what it does in its sentence."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from report.observations.figure import Figure
from report.observations.fiscal import Fiscal
from report.observations.lexicon import either, read_table
from report.observations.lookback import (
    JOINED,
    STANDING,
    Base,
    apposed,
    dated,
    leans,
    looks_back,
    of_quarter,
    recalls,
    spans_years,
    words_in,
)
from report.observations.numerals import parse_number
from report.observations.passages import Passage
from report.observations.periods import (
    is_date,
    is_day,
    last_such_day,
    month_on,
    next_such_day,
    next_such_month,
    resolve,
    shifted,
)

_TABLE = read_table("periods")
_COMPARED = re.compile(f"(?:{either(_TABLE['compared_after'])}) ?$")
_SOURCE = re.compile(f"(?:{either(_TABLE['source_after'])}) ?$")
_BEGINS = re.compile(f"年?度?(?:{either(_TABLE['begins'])})")
_RECORD = re.compile(f"年?以来的?[^,，。;；0-9]{{0,6}}(?:{either(_TABLE['records'])})")
_PUBLISHED = re.compile(f"[^,，。;；:：0-9\n]{{0,20}}(?:{either(_TABLE['published'])})(?!论文|演讲|讲话)")
_ISSUED = re.compile("[^。;；:：0-9\n]{0,24}(?:发布|公布|公告|通报|披露)")
_FOUNDED_AFTER = re.compile(f"(?:{either(_TABLE['founded_after'])}) ?$")
_FOUNDED = re.compile(f"[^,，。;；:：0-9\n]{{0,12}}(?:{either(_TABLE['founded'])})的(?!约|[0-9])")
_MARK = re.compile(f"年?的?(?:{either(_TABLE['marks'])})")
_MEASURE = re.compile(
    "年?[^,，。;；0-9]{0,8}的 ?[约近超过逾]{0,2} ?[0-9一二两三四五六七八九十百.]{1,8} ?[余多几]?(?:倍|成|%|分之)"
)
_EQUALS = re.compile("(?:是|为|相当于|等于|占|(?:达|恢复|回升|达到|恢复到|回升到|恢复至|回升至)了?) ?$")
_FAR = re.compile("(?<![占对可])(?:较|比)(?![重例率分较如喻之])[\u4e00-\u9fff]{1,4}$")
_FORECAST = re.compile("(?:年|月)?(?:份|初|中|底|末|旬)?时?的?(?:预测|预估|预期|概估|估计|估算|初值)")
_SINCE = re.compile("[^,，。;；\n]{0,20}以来")
_MONTHS_TO = re.compile("(?:(?:[底末]|为止|止){1,2}的?|的)(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2}) ?个月")
_OPENING = re.compile("[内间来里中]{0,2} ?[,，]")
_CLAUSE = re.compile("[,，。;；\n]")
_STOP = re.compile("[。;；\n]")
_WITH = re.compile("年?(?:同期)?(?:相比|比较|相较|对比|比起来)")
_AFTER = re.compile("(?:继|在|于) ?$")
_LATER = re.compile("[^,，。;；\n]{0,30}[之以]?后[,，]")
_PART = re.compile("(?:其中|当中) ?[,，:：]? ?$")
_FIGURE = re.compile("[0-9%百千万亿][^年月日季期,，。]{0,3}$")
_COMING = re.compile("[^,，。;；0-9\n]{0,6}(?:将|拟|料)")
_LIST = re.compile(" ?[、和与及] ?")
_PATH_DATE = re.compile("/(20[0-9]{2})[/-](0[1-9]|1[0-2])(?:[/-]([0-2][0-9]|3[01]))?[/-]")
_HEADING = re.compile("((?:19|20)[0-9]{2}) ?年(?:([0-9]{1,2})月)?")
_BULLETIN = re.compile(f"(?:{either(_TABLE['bulletins'])})(?:[(（][^()（）]{{0,20}}[)）])?(?=$|[:：—-])")
_OF_BULLETIN = frozenset(_TABLE["of_bulletin"])
_REACH = 60  # characters in which a bracket around a date closes


@dataclass(frozen=True)
class Dated:
    """A date in the text, resolved: its place in the source, its period, and what it does in its sentence."""

    start: int
    end: int
    period: str
    compared: bool = False  # the base of a comparison: dates the value beside it only
    aside: bool = False  # dates no figure: a year in the story of a thing, the day of a forecast, 8 times that of 2012
    published: bool = False
    back: bool = False  # looks back from the sentence's own period (上年同期, 五年前): holds for its clause alone
    local: bool = False  # holds for its sentence, is not handed on (目前, 其中5月)
    standing: bool = False  # 目前 and its like date what follows them only
    since: bool = False  # a beginning (自2022年底推出以来), whose year later dates of the sentence do not share
    until: int = 0  # where what it dates ends (its bracket, the clause of 近五年); 0 for the sentence's end

    @property
    def main(self) -> bool:
        """Whether it can be what the sentence is about."""
        return bool(self.period) and not (self.compared or self.aside or self.published or self.back or self.until)


class Timeline:
    """The dates of a document in order of place, resolved one after the other; `today` is its date, else that of its
    addresses, else ""."""

    def __init__(self, placed: Sequence[tuple[Figure, Passage]], date: str, text: str) -> None:
        self.text = text
        self.today = date or _in_addresses(text)
        self.now = self.today or _latest_month(placed)
        self._fiscal = Fiscal(text, self.today)
        self._own: dict[int, str] = {}
        self._by_sentence: dict[int, list[Dated]] = {}
        self.told = ""
        context, block = "", -2
        for figure, passage in placed:
            if not is_date(figure):
                continue
            context = context if passage.block == block >= 0 else period_over(passage) or self._past_year
            block = passage.block
            context = self._resolve(figure, passage, context)
            if passage.kind == "title" and _BULLETIN.search(passage.text):
                self._tell(self._own[figure.start], passage)

    @property
    def _past_year(self) -> str:
        """The year of a bulletin that came out in a later one; "" for any other text."""
        return self.told[:4] if self.told[:4] < self.today[:4] else ""

    def _tell(self, period: str, passage: Passage) -> None:
        """Note what period the title says a bulletin is of, `told`: the year where it names all of it, none of two."""
        if is_day(period) or not period[:4].isdigit() or "《" in passage.text or period > (self.today or period):
            return
        whole = any(word in passage.text for word in JOINED)
        period = period[:4] if whole or self.told else period
        self.told = period if self.told[:4] in ("", period[:4]) else ""

    def _resolve(self, figure: Figure, passage: Passage, context: str) -> str:
        """Note the figure's period; what dates after it count from."""
        before = self._by_sentence.setdefault(passage.sentence.start, [])
        named = [date.period for date in before if not date.since]
        last = named[-1].removeprefix("FY") if named else context
        period = self._near_today(figure) or resolve(figure, self.today, last, self.now)
        joined = before[-1].period if before and before[-1].end >= figure.start - 1 else ""
        written = self.text[figure.start : figure.end]
        period = self._fiscal.of_date(figure, passage.text, written, joined) or period
        stated = self._stated(figure, period, before)
        self._own[figure.start] = period
        before.append(stated)
        return period[:10] if period[:4].isdigit() and not (stated.compared or stated.aside) else context

    def _near_today(self, figure: Figure) -> str:
        """The last 28日 before the document where it published something, the next 28日 or 3月 that 将 come; ""."""
        after, value = self.text[figure.end : figure.end + 40], str(figure.value)
        if figure.qualifier or not self.today:
            return ""
        if value.startswith("----") and _COMING.match(after):
            return next_such_day(value, self.today)
        if value.startswith("----"):
            return last_such_day(value, self.today) if _PUBLISHED.match(after) else ""
        return next_such_month(value, self.today) if value.startswith("--") and _COMING.match(after) else ""

    @property
    def budget(self) -> str:
        """The fiscal year that an article on a budget is about; "" for any other text."""
        return self._fiscal.fallback

    def own(self, figure: Figure) -> str:
        """The period of a date figure."""
        return self._own.get(figure.start, "")

    def dates(self, passage: Passage, before: str = "", named: str = "") -> list[Dated]:
        """The dates of the passage and its words such as 去年, in order; `before` is the period in force before it, and
        `named` the last one named at all, which 当月 and its like may go by."""
        sentence = passage.sentence
        stated = self._by_sentence.get(sentence.start, [])
        found = [self._stretched(self._same_span(date, stated)) for date in stated]
        for word in words_in(passage.text):
            start, end = sentence.span(*word.span())
            if any(start < date.end and date.start < end for date in found) or self._again(word, start, found):
                continue
            date = self._from_word(word, (start, end), found, passage, before or (named if recalls(word) else ""))
            idle = spans_years(word) and not date.period or word["since"] and any(
                other.main and other.end <= start for other in found
            )
            if not idle:
                insort(found, date, key=lambda date: date.start)
        return self._led(found, {date.start for date in stated}, passage.text)

    def _led(self, found: list[Dated], stated: set[int], sentence: str) -> list[Dated]:
        """The dates with words such as 今年 put behind the fiscal year that a sentence on a budget names."""
        led = [date for date in found if date.main and self._fiscal.leads(date.period, sentence)]
        yields = {date.start for date in found if led and date.main and date not in led} - stated
        return [replace(date, aside=True) if date.start in yields else date for date in found]

    def _from_word(
        self, word: re.Match[str], span: tuple[int, int], found: Sequence[Dated], passage: Passage, before: str
    ) -> Dated:
        start, end = span
        named = self._by_sentence.get(passage.sentence.start, []) if of_quarter(word) else found
        own = _own_date(named, start, spans_years(word) or leans(word) and bool(before))
        today = self._past_year if word[0] in _OF_BULLETIN else ""
        base = Base(own.period if own else "", self._apposed(own, start), before, today or self.today, self.now)
        period = self._fiscal.of_word(word, passage.text, base.sentence) or dated(word, base)
        sure = bool(self.today) or leans(word) or spans_years(word)
        guessed = not sure and bool(own.end <= start if own else before)
        apart = looks_back(word) and not self.text.startswith((",", "，"), end)
        standing = word[0] in STANDING
        return Dated(
            start, end, period, self._is_compared(start, end, [date for date in found if date.end <= start]),
            back=not period or guessed or apart, local=standing, standing=standing,
            until=self._clause_end(end) if spans_years(word) else 0,
        )

    def _clause_end(self, end: int) -> int:
        """Where a span of years ends to hold: with its clause (过去十年显著增长，), or with its sentence where a comma
        stands right behind it (近五年来，)."""
        opens = _OPENING.match(self.text, end)
        closes = (_STOP if opens else _CLAUSE).search(self.text, end, end + _REACH)
        return closes.start() if closes else end + _REACH

    def _again(self, word: re.Match[str], start: int, found: Sequence[Dated]) -> bool:
        """2024年全年, 2021年至今: the word says no other time than the date it is joined to; 自2021年至今 is now."""
        joined = [date for date in found if start - 1 <= date.end <= start]
        return word[0] in JOINED and any(not (date.compared and word[0] in STANDING) for date in joined)

    def _apposed(self, own: Dated | None, place: int) -> bool:
        return own is not None and apposed(self.text[own.end : place])

    def _same_span(self, date: Dated, stated: Sequence[Dated]) -> Dated:
        """2024年同期 is that year's part of the span named before it."""
        own = _own_date([other for other in stated if other.end <= date.start], date.start)
        if own is None or not date.period.isdigit() or not self.text.startswith("同期", date.end):
            return date
        return replace(date, period=shifted(own.period, int(date.period) - int(own.period.removeprefix("FY")[:4])))

    def _stretched(self, date: Dated) -> Dated:
        """截至11月底的三个月 is the three months that end with it."""
        months = _MONTHS_TO.match(self.text, date.end)
        count = parse_number(months["count"]) if months else None
        first = month_on(date.period, 1 - int(count)) if count and date.period[5:].isdigit() else ""
        return replace(date, period=f"{first}/{date.period}") if first else date

    def _stated(self, figure: Figure, period: str, before: Sequence[Dated]) -> Dated:
        after = self.text[figure.end : figure.end + 48]
        day = figure.kind == "date" and len(period) == 10
        published = bool(_PUBLISHED.match(after) or day and _ISSUED.match(after))
        lead = self.text[max(0, figure.start - 4) : figure.start]
        aside = bool(_FOUNDED.match(after) or _FOUNDED_AFTER.search(lead))
        aside = aside or bool(_EQUALS.search(lead) and _MEASURE.match(after))
        compared = self._is_compared(figure.start, figure.end, before)
        aside = aside or compared and bool(_FORECAST.match(after))
        return Dated(
            figure.start, figure.end, period, compared, aside, published, local=bool(_PART.search(lead)),
            since=bool(_SINCE.match(after)), until=self._until(figure.start, figure.end),
        )

    def _is_compared(self, start: int, end: int, before: Sequence[Dated]) -> bool:
        """The base of a comparison or of a change, or how far back a record goes; 8月、9月 after 比 both."""
        lead = self.text[max(0, start - 8) : start]
        after = self.text[end : end + 16]
        if _RECORD.match(after) or _MARK.match(after) or _WITH.match(after) or _FAR.search(lead):
            return True
        if _SOURCE.search(lead):
            return not _BEGINS.match(after)
        if before and before[-1].compared and _LIST.fullmatch(self.text[before[-1].end : start]):
            return True
        return bool(_COMPARED.search(lead)) and not (before and _LIST.fullmatch(self.text[before[-1].end : start]))

    def _until(self, start: int, end: int) -> int:
        """Where the bracket closes in which the date stands with more beside it, or 继去年上升9%后 ends; else 0.

        A date alone in its bracket (上月(11月)) says what stands before it again, if that is no figure (18座(2022年)).
        """
        later = _LATER.match(self.text, end)
        if later and _AFTER.search(self.text[max(0, start - 2) : start]):
            return later.end()
        low = max(0, start - _REACH)
        opened = max(self.text.rfind("(", low, start), self.text.rfind("（", low, start))
        if opened < 0 or any(char in ")）。\n" for char in self.text[opened:start]):
            return 0
        closed = re.compile("[)）]").search(self.text, end, end + _REACH)
        if not closed:
            return 0
        alone = not self.text[opened + 1 : start].strip() and not self.text[end : closed.start()].strip()
        return 0 if alone and not _FIGURE.search(self.text[max(0, opened - 6) : opened]) else closed.end()


def _own_date(found: Sequence[Dated], place: int, behind_it: bool = False) -> Dated | None:
    """The date of the sentence that a word at `place` counts from: the last before it, else the first behind, unless
    the word is known to count from what went before the sentence (`behind_it`)."""
    main = [date for date in found if date.period and not (date.compared or date.aside or date.published or date.back)]
    left = [date for date in main if date.end <= place]
    return left[-1] if left else main[0] if main and not behind_it else None


def quoted(date: Dated, text: str, start: int) -> bool:
    """Whether the date stands in a title 《》; `text` begins at source offset `start`."""
    place = date.start - start
    return text.rfind("《", 0, place) > text.rfind("》", 0, place)


def period_in_heading(heading: str) -> str:
    """The one year or month a normalised heading names outside a title in 《》; "" for none or several."""
    found = [match for match in _HEADING.findall(re.sub("《[^》]*》", "", heading)) if match[0]]
    return "-".join(part.zfill(2) for part in found[0] if part) if len(found) == 1 else ""


def period_over(passage: Passage) -> str:
    """The period that the headings over the passage name, the nearest first; "" for none."""
    return next((dated for heading in reversed(passage.headings) if (dated := period_in_heading(heading))), "")


def carried(dates: Sequence[Dated]) -> str:
    """What a sentence hands on to the next: its last date that is neither compared nor published, else the year of
    the publication it names; "" for none."""
    main = [date.period for date in dates if date.main and not date.local]
    return main[-1] if main else as_published(dates, 0)[:4]


def as_published(dates: Sequence[Dated], place: int) -> str:
    """The date of the publication that the sentence names last before `place`, else first; "" for none."""
    published = [date for date in dates if date.published and date.period]
    before = [date for date in published if date.end <= place]
    return before[-1].period if before else published[0].period if published else ""


def _in_addresses(text: str) -> str:
    """The date of a document that does not tell it: the commonest date in its addresses; "" for none."""
    paths = Counter("-".join(part for part in match.groups() if part) for match in _PATH_DATE.finditer(text))
    return max(paths, key=lambda path: (paths[path], path)) if paths else ""


def _latest_month(placed: Sequence[tuple[Figure, Passage]]) -> str:
    """The latest month or day the text names with its year, else the year of its latest quarter; "" for none."""
    named = [str(value) for figure, _ in placed if is_date(figure)
             for value in (figure.value if isinstance(figure.value, tuple) else (figure.value,))]
    months = [value[:7] for value in named if re.match("20[0-9]{2}-[01][0-9]", value)]
    return max(months or [value[:4] for value in named if re.match("20[0-9]{2}-[QH]", value)], default="")
