"""Dates, years and spans of time as the grammar's first tiers, most specific first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from report.observations.figure import Figure
from report.observations.numerals import CHINESE_CHAR
from report.observations.page import Page
from report.observations.years import (
    DURATION_BEFORE,
    JOIN,
    Y4,
    YEAR,
    YEAR_RULES,
    Rule,
    calendar_year,
    dated,
    number,
    spanned,
)

_MONTH = "(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])"
_ONES = "[一二三四五六七八九]"
_DAY = f"(?:[12][0-9]|3[01]|0?[1-9](?![0-9])|[二三]?十{_ONES}?|廿{_ONES}?|{_ONES})"
_QUARTER = "(?:第 ?(?=. ?季)|(?=. ?季度))(?P<q>[一二三四1-4]) ?季度?|(?P<first>首)季度?|Q(?P<qq>[1-4])(?![0-9])"
_IN_YEAR = f"(?:(?P<y>{YEAR}) ?年 ?)?"
_MONTHS = "月(?:份(?!额))?"

_ISO = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>[12][0-9]|3[01]|0?[1-9])(?![0-9])"
    r"(?: \x00{4,8})?"
)
_DAY_FIRST = re.compile(
    r"(?P<d>[12][0-9]|3[01]|0?[1-9])/(?P<m>1[0-2]|0?[1-9])/(?P<y>(?:19|20)[0-9]{2})(?![0-9])(?: \x00{4,8})?"
)
# 昨(10)日: the day told in brackets after the word for it
_TODAY = re.compile(f"(?P<word>[今昨明前当])[(](?P<d>{_DAY})[)] ?日")
_ISO_MONTH = re.compile(r"(?P<y>(?:19|20)[0-9]{2})[-/](?P<m>0[1-9]|1[0-2])(?![0-9/-]| ?年)")
_DATE = re.compile(f"(?:(?P<y>{YEAR}) ?年(?:度)? ?)?(?P<m>{_MONTH}) ?{_MONTHS}(?: ?(?P<d>{_DAY}) ?[日号](?!线|楼))?")
_DATE_QUARTER = re.compile(f"(?:(?P<y>{YEAR}) ?年?(?:度)? ?)?(?:{_QUARTER})")
_DATE_HALF = re.compile(
    f"(?:(?P<y>{YEAR}) ?年 ?(?:的 ?)?|(?P<full>{Y4}) ?)?(?P<h>[上下])半年|"
    "(?P<yy>(?:20)?[0-9]{2}) ?年? ?H(?P<hh>[12])(?![0-9])"
)
# 3Q24, 1H2025
_DATE_PART = re.compile("(?:(?P<qq>[1-4])Q|(?P<hh>[12])H) ?(?P<y>(?:20)?[0-9]{2})(?![0-9])")
_DAY_ONLY = re.compile(f"(?P<d>{_DAY}) ?日(?!内|后|均|元|本|报|常|子|游|前|以|之|圆|耳|期|夜|益)")
_DAY_RANGE = re.compile(
    f"(?:(?:(?P<y>{YEAR}) ?年(?:度)? ?)?(?P<m>{_MONTH}) ?{_MONTHS} ?)?(?P<d>{_DAY}){JOIN}(?P<d2>{_DAY}) ?[日号]"
    "(?!内|以内|之内|后|左右|均|元|圆|本|币)"
)
_DAY_AFTER = re.compile(f"(?P<d>{_DAY}) ?[日号](?!内|均|元|圆|本|币)")
_MONTH_RANGE = re.compile(
    f"{_IN_YEAR}(?P<m>{_MONTH})(?: ?{_MONTHS})?{JOIN}(?P<m2>{_MONTH}) ?{_MONTHS}(?! ?[0-9]{{1,2}} ?[日号])"
)
_QUARTER_RANGE = re.compile(
    f"{_IN_YEAR}(?:第 ?)?(?P<q>[一二三1-3])(?:{JOIN}|(?P<list> ?[、和与及] ?))(?:第 ?)?(?P<q2>[二三四2-4]) ?(?:季度|季)"
)
_FISCAL_QUARTER = re.compile("第 ?(?P<q>[一二三四1-4]) ?(?:财季|财[务政]季度?)")
_FIRST = re.compile(
    f"(?:(?P<y>{YEAR}) ?年(?:度)? ?(?:的 ?)?)?(?<![先此之以目提日空])[前首头] ?"
    f"(?P<n>1[01]|[1-9]|[二两三四五六七八九]|十一?) ?(?:个 ?)?(?P<what>{_MONTHS}|季度?)"
)
_ROLLING = re.compile(
    f"(?:截至|截止|[至到])[^。;；\n]{{0,12}}{_MONTH} ?{_MONTHS}[底末止为]{{0,3}}的? ?"
    "(?P<n>1[01]|[1-9]|[二两三四五六七八九]) ?个月"
)
_NEAR = 120  # characters in which 前三个月 goes by the three months that the sentences before it speak of
_MONTH_LIST = re.compile(f"{_IN_YEAR}(?P<list>{_MONTH}(?:[、和与]{_MONTH}){{1,4}}) ?{_MONTHS}")
_RELATIVE = re.compile(
    "(?:[今去前明后同当翌次来]年|本年度?|上一?年度?|[本上]财年|[本当次同]月|[上下]个?月)的? ?\\Z"
)

_TO = re.compile(f"{JOIN}(?:(?:(?P<next>[次翌])|[同当])年 ?)?")

_COUNTED_DAYS = re.compile("(?:[第每近前后共达约满逾超连续这数足]|过去|未来|历时|为期|最近|长达|仅仅) ?\\Z")
_DAY_GOES_ON = re.compile(
    " ?(?:[上下]午|消息|[早晚凌清傍电讯引表宣公发报指刊致访抵在于举开召出签启说称透向与和对起至(,，、将已再又也就])"
)

# How a date goes on after its first number: told at once, before any rule is tried.
_OPENS = re.compile(
    f"[首半QF]|[0-9]{{4}}[/.]|[0-9]{{1,2}}/|(?:[0-9]{{1,4}}|{CHINESE_CHAR}{{1,5}})E? ?"
    "(?:[年月日号季届个财上下HQE)、与和及至到-]|半年)"
)


def _iso(year: int, month: int = 0, day: int = 0, part: str = "") -> str:
    """2025-12-03, 2025-12, 2023-Q4; --12-03, --Q4 without a year; ----17 without a month."""
    head = str(year) if year else "-"
    if part:
        return f"{head}-{part}"
    if not month:
        return f"{head if year else '--'}--{day:02d}" if day else head
    return f"{head}-{month:02d}" + (f"-{day:02d}" if day else "")


def _part(found: re.Match[str]) -> str:
    groups = found.groupdict()
    quarter = groups.get("q") or groups.get("qq") or ("1" if groups.get("first") else "")
    if quarter:
        return f"Q{number(quarter)}"
    half = groups.get("h") or groups.get("hh")
    return {"上": "H1", "下": "H2", "1": "H1", "2": "H2"}[half] if half else ""


def _date_value(found: re.Match[str], page: Page) -> str | None:
    """The ISO value of a matched date; None where its year or month is none (114年 outside Taiwan)."""
    groups = found.groupdict()
    written = groups.get("y") or groups.get("yy") or groups.get("full")
    year = calendar_year(written, page)
    if written and not year:
        return None
    month = number(groups.get("m"))
    return _iso(year, month, number(groups.get("d")), _part(found))


def _iso_date(page: Page, place: int) -> list[Figure] | None:
    found = _ISO.match(page.text, place) or _ISO_MONTH.match(page.text, place) or _DAY_FIRST.match(page.text, place)
    return [dated(found, _date_value(found, page) or "", "date-iso")] if found else None


def _month_range(page: Page, place: int) -> list[Figure] | None:
    found = _MONTH_RANGE.match(page.text, place)
    if not found:
        return None
    year, first, second = calendar_year(found["y"], page), number(found["m"]), number(found["m2"])
    return [spanned(found, (_iso(year, first), _iso(year, second)), "month-range")] if first < second else None


def _quarter_range(page: Page, place: int) -> list[Figure] | None:
    """二至四季度, 第1、2季: a span; quarters in a list that do not follow each other are dates of their own."""
    found = _QUARTER_RANGE.match(page.text, _opening(page, place, "第"))
    if not found:
        return None
    year, first, second = calendar_year(found["y"], page), number(found["q"]), number(found["q2"])
    ends = (_iso(year, part=f"Q{first}"), _iso(year, part=f"Q{second}"))
    if not found["list"] or second == first + 1:
        return [spanned(found, ends, "quarter-range")] if first < second else None
    spans = (found.start(), found.end("q")), (found.end("list"), found.end())
    return [Figure(s, e, s, e, "date", value, rule="quarter-list") for (s, e), value in zip(spans, ends, strict=True)]


def _fiscal_quarter(page: Page, place: int) -> list[Figure] | None:
    """第三财季: of a company's own year, which need not be the calendar's."""
    found = _FISCAL_QUARTER.match(page.text, _opening(page, place, "第"))
    return [dated(found, _iso(0, part=_part(found)), "fiscal-quarter", "财季")] if found else None


def _opening(page: Page, place: int, marks: str) -> int:
    """Where one of the marks stands right before `place`, a space between allowed; `place` where none does."""
    before = page.text[max(0, place - 2) : place]
    if before[-1:] == " " and before[:1] and before[0] in marks:
        return place - 2
    return place - 1 if before and before[-1] in marks else place


def _is_rolling(page: Page, found: re.Match[str]) -> bool:
    """Whether 前三个月 are the months before those that end with a month (截至11月底的三个月，…较前三个月)."""
    if found["y"] or _RELATIVE.search(page.text[max(0, found.start() - 4) : found.start()]):
        return False
    written = [months["n"] for months in _ROLLING.finditer(page.text, max(0, found.start() - _NEAR), found.start())]
    return found["what"] == "月" and bool(written) and number(written[-1]) == number(found["n"])


def _first_months(page: Page, place: int) -> list[Figure] | None:
    """前11个月, 前三季度, with or without a year: from the first to the last month or quarter named."""
    found = _FIRST.match(page.text, _opening(page, place, "前首头"))
    if not found:
        return None
    if _is_rolling(page, found):
        start, end = found.start("n"), found.end()
        return [Figure(start, end, start, end, "duration", number(found["n"]), "个月", rule="months-before")]
    year, last = calendar_year(found["y"], page), number(found["n"])
    if found["what"].startswith("季"):
        ends = (_iso(year, part="Q1"), _iso(year, part=f"Q{last}"))
    else:
        ends = (_iso(year, 1), _iso(year, last))
    return [spanned(found, ends, "first-months")]


def _month_list(page: Page, place: int) -> list[Figure] | None:
    """11、12月份: consecutive months are a span, others are dates of their own."""
    found = _MONTH_LIST.match(page.text, place)
    if not found:
        return None
    year = calendar_year(found["y"], page)
    items = list(re.finditer("[^、和与]+", found["list"]))
    months = [number(item[0]) for item in items]
    if all(later == earlier + 1 for earlier, later in zip(months, months[1:], strict=False)):
        return [spanned(found, (_iso(year, months[0]), _iso(year, months[-1])), "month-list")]
    start = found.start("list")
    ends = [start + item.end() for item in items[:-1]] + [found.end()]
    starts = [found.start(), *(start + item.start() for item in items[1:])]
    return [Figure(s, e, s, e, "date", _iso(year, month), rule="month-list")
            for s, e, month in zip(starts, ends, months, strict=True)]


def _date(page: Page, place: int) -> list[Figure] | None:
    for start in sorted({_opening(page, place, "上下第"), place}):
        for pattern in (_DATE_PART, _DATE, _DATE_QUARTER, _DATE_HALF):
            found = pattern.match(page.text, start)
            if found and found.end() > place and (value := _date_value(found, page)):
                return [_with_end(page, dated(found, value, "date"))]
    return None


def _is_day(page: Page, found: re.Match[str]) -> bool:
    """Whether a day in Chinese numerals is a date (本月三日, 路透廿三日引述) and not so many days."""
    before = page.text[max(0, found.start() - 4) : found.start()]
    if _RELATIVE.search(before):
        return True
    return len(found["d"]) > 1 and not _COUNTED_DAYS.search(before) and bool(_DAY_GOES_ON.match(page.text, found.end()))


def _day_range(page: Page, place: int) -> list[Figure] | None:
    """11月20—22日; 20—22日 of the month that the text tells elsewhere."""
    found = _DAY_RANGE.match(page.text, place)
    if not found or not found["m"] and DURATION_BEFORE.search(page.text[max(0, place - 3) : place]):
        return None
    year, month = calendar_year(found["y"], page), number(found["m"])
    first, second = number(found["d"]), number(found["d2"])
    ends = (_iso(year, month, first), _iso(year, month, second))
    return [spanned(found, ends, "day-range")] if first < second else None


def _with_end(page: Page, first: Figure) -> Figure:
    """The date, or the span of dates where a second one is joined to it (3月5日至11日, 2024年11月至2025年2月)."""
    joined = _TO.match(page.text, first.end)
    if not joined:
        return first
    second = _ISO.match(page.text, joined.end()) or _DATE.match(page.text, joined.end())
    second = second or _DAY_AFTER.match(page.text, joined.end())
    value = _date_value(second, page) if second else None
    if not second or not value:
        return first
    begin = str(first.value)
    if value.startswith("----") and re.search("-[0-9]{2}-[0-9]{2}$", begin):
        value = begin[:-2] + value[-2:]
    elif value.startswith("--") and begin[0] != "-":
        value = f"{int(begin[:4]) + bool(joined['next'])}{value[1:]}"
    end = second.end()
    return replace(first, end=end, core_end=end, kind="range", base="date", value=(begin, value), rule="date-range")


def _today(page: Page, place: int) -> list[Figure] | None:
    """昨(10)日 is the 10th; the word is its qualifier."""
    found = _TODAY.match(page.text, max(0, place - 2))
    if not found:
        return None
    figure = dated(found, _iso(0, 0, number(found["d"])), "day")
    return [replace(figure, core_start=found.end("word"), qualifier=found["word"])]


def _day_only(page: Page, place: int) -> list[Figure] | None:
    found = _DAY_ONLY.match(page.text, place)
    if not found or DURATION_BEFORE.search(page.text[max(0, place - 3) : place]):
        return None
    if page.text[place] not in "0123456789" and not _is_day(page, found):
        return None
    return [_with_end(page, dated(found, _iso(0, 0, number(found["d"])), "day"))]


_RULES: tuple[Rule, ...] = (
    _iso_date, _today, _first_months, _month_range, _fiscal_quarter, _quarter_range, _month_list, _day_range, _date,
    *YEAR_RULES, _day_only,
)


def dates_at(page: Page, place: int) -> list[Figure] | None:
    """The dates that begin at `place` (or just before it: 前三季度, 上半年, 民國114年); None where none does."""
    if not _OPENS.match(page.text, place):
        return None
    era = next((era for era in ("民国", "民国 ") if page.text.endswith(era, 0, place)), "")
    place -= len(era)
    for rule in _RULES:
        figures = rule(page, place)
        if figures:
            return list(_with_relative(page, figures))
    return None


def _with_relative(page: Page, figures: list[Figure]) -> Iterator[Figure]:
    """今年, 本月 and the like before the first of them are its qualifier."""
    first, *rest = figures
    start = max(0, first.start - 6)
    found = _RELATIVE.search(page.text[start : first.start])
    if found and str(first.value if not isinstance(first.value, tuple) else first.value[0]).startswith("-"):
        first = replace(first, start=start + found.start(), qualifier=found[0].strip())
    yield first
    yield from rest
