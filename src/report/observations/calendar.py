"""Dates, years and spans of time as the grammar's first tiers, most specific first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from report.observations.figure import Figure
from report.observations.numerals import parse_number
from report.observations.page import Page

_Y4 = "(?:(?:1[6-9]|20)[0-9]{2}|[一二][九零〇○][零〇○一二三四五六七八九]{2})"
_YEAR = f"(?:{_Y4}|[0-9]{{2}}|1[0-9]{{2}})"
_MONTH = "(?:1[0-2]|0?[1-9](?![0-9])|十[一二]?|[一二三四五六七八九])"
_ONES = "[一二三四五六七八九]"
_DAY = f"(?:[12][0-9]|3[01]|0?[1-9](?![0-9])|[二三]?十{_ONES}?|廿{_ONES}?|{_ONES})"
_QUARTER = "(?:第 ?(?=. ?季)|(?=. ?季度))(?P<q>[一二三四1-4]) ?季度?|Q(?P<qq>[1-4])(?![0-9])"
_IN_YEAR = f"(?:(?P<y>{_YEAR}) ?年 ?)?"
_JOIN = " ?(?:-{1,2}|至|到) ?"
_MONTHS = "月(?:份(?!额))?"

_ISO = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=sep)(?P<d>[12][0-9]|3[01]|0?[1-9])(?![0-9])"
    r"(?: \x00{4,8})?"
)
_ISO_MONTH = re.compile(r"(?P<y>(?:19|20)[0-9]{2})[-/](?P<m>0[1-9]|1[0-2])(?![0-9/-]| ?年)")
_DATE = re.compile(f"(?:(?P<y>{_YEAR}) ?年(?:度)? ?)?(?P<m>{_MONTH}) ?{_MONTHS}(?: ?(?P<d>{_DAY}) ?[日号](?!线|楼))?")
_DATE_QUARTER = re.compile(f"(?:(?P<y>{_YEAR}) ?年?(?:度)? ?)?(?:{_QUARTER})")
_DATE_HALF = re.compile(
    f"(?:(?P<y>{_YEAR}) ?年 ?(?:的 ?)?)?(?P<h>[上下])半年|(?P<yy>20[0-9]{{2}}) ?H(?P<hh>[12])(?![0-9])"
)
_DAY_ONLY = re.compile(f"(?P<d>{_DAY}) ?日(?!内|后|均|元|本|报|常|子|游|前|以|之|圆|耳|期|夜|益)")
_DAY_AFTER = re.compile(f"(?P<d>{_DAY}) ?[日号](?!内|均)")
_YEARS = re.compile(f"(?P<y>{_Y4})(?: ?年(?:度)?)?{_JOIN}(?P<y2>{_Y4})(?: ?(?P<f>财年|财政年度)| ?年度?间?|(?![0-9-]))")
_SEASON = re.compile(
    f"(?P<y>{_Y4})[/至-](?P<y2>[0-9]{{2}}(?:[0-9]{{2}})?) ?(?:财年|(?:财政|课税)?年度|学年|赛季|雪季|年)"
)
_MONTH_RANGE = re.compile(
    f"{_IN_YEAR}(?P<m>{_MONTH})(?: ?{_MONTHS})?{_JOIN}(?P<m2>{_MONTH}) ?{_MONTHS}(?! ?[0-9]{{1,2}} ?[日号])"
)
_QUARTER_RANGE = re.compile(f"{_IN_YEAR}(?P<q>[一二三1-3])(?:{_JOIN}|[、和与]第?)(?P<q2>[二三四2-4]) ?季度")
_FIRST = re.compile(
    f"(?:(?P<y>{_YEAR}) ?年(?:度)? ?(?:的 ?)?)?[前首] ?"
    f"(?P<n>1[01]|[1-9]|[二两三四五六七八九]|十一?) ?(?:个 ?)?(?P<what>{_MONTHS}|季度?)"
)
_MONTH_LIST = re.compile(f"{_IN_YEAR}(?P<list>{_MONTH}(?:[、和与]{_MONTH}){{1,4}}) ?{_MONTHS}")
_YEAR_LIST = re.compile(f"{_Y4}(?: ?[、和与及] ?{_Y4}){{1,8}} ?年")
_YEAR_ONLY = re.compile(f"(?P<y>{_Y4}) ?(?:(?P<f>财年|财政年度)|年(?P<dec>代)?(?:度(?!假))?)")
_FISCAL = re.compile("(?:FY ?|财年 ?)(?P<y>(?:20)?[0-9]{2})(?![0-9])")
_SHORT = re.compile("(?P<y>[0-9]{2}|1[01][0-9]) ?年(?P<dec>代)?度?")
_REPUBLIC = re.compile("民国 ?(?P<y>[0-9]{1,3}|[一二三四五六七八九十百]{1,4}) ?年度?")
_RELATIVE = re.compile(
    "(?:[今去前明后同当翌次来]年|本年度?|上一?年度?|[本上]财年|[本当次同]月|[上下]个?月)的? ?$"
)
_DURATION_BEFORE = re.compile(
    "(?:近|过去|未来|历时|为期|长达|超过|逾|满|约|用了?|经过|历经|这|前|后|最近|此后|达|共|每) ?$"
)
_DURATION_AFTER = re.compile(" ?(?:以上|以来|之久|来|间|内|期|后|前|左右|多|的时间|时间)")

# A date shows one of these signs not far from its first character; FY2026 and 2024H1 show a letter.
_MARKS = re.compile("[年月日号季半/.-]|[FHQ]")
_REACH = 24

Rule = Callable[[Page, int], "list[Figure] | None"]


def _number(text: str | None) -> int:
    if not text:
        return 0
    value = parse_number(text)
    return int(value) if value is not None else 0


def _year(text: str | None, page: Page) -> int:
    """The calendar year of a written year, 0 for none: four digits as they are, 114 of the Republic, 18 in short."""
    year = _number(text)
    if 100 <= year < 200:
        return year + 1911 if page.republic else 0
    if 0 < year < 100:
        return year + (2000 if year < 60 else 1900)
    return year


def _iso(year: int, month: int = 0, day: int = 0, part: str = "") -> str:
    """2025-12-03, 2025-12, 2023-Q4; --12-03, --Q4 without a year; ----17 without a month."""
    head = str(year) if year else "-"
    if part:
        return f"{head}-{part}"
    if not month:
        return f"{head if year else '--'}--{day:02d}" if day else head
    return f"{head}-{month:02d}" + (f"-{day:02d}" if day else "")


def _figure(found: re.Match[str], value: int | str, rule: str, unit: str = "") -> Figure:
    kind = "year" if isinstance(value, int) else "date"
    start, end = found.span()
    return Figure(start, end, start, end, "year" if kind == "year" else "date", value, unit, rule=rule)


def _span(found: re.Match[str], values: tuple[int, int] | tuple[str, str], rule: str, unit: str = "") -> Figure:
    start, end = found.span()
    base = "year" if isinstance(values[0], int) else "date"
    return Figure(start, end, start, end, "range", values, unit, "year" if base == "year" else "date", rule=rule)


def _part(found: re.Match[str]) -> str:
    groups = found.groupdict()
    quarter = groups.get("q") or groups.get("qq")
    if quarter:
        return f"Q{_number(quarter)}"
    half = groups.get("h") or groups.get("hh")
    return {"上": "H1", "下": "H2", "1": "H1", "2": "H2"}[half] if half else ""


def _date_value(found: re.Match[str], page: Page) -> str | None:
    """The ISO value of a matched date; None where its year or month is none (114年 outside Taiwan)."""
    groups = found.groupdict()
    written = groups.get("y") or groups.get("yy")
    year = _year(written, page)
    if written and not year:
        return None
    month = _number(groups.get("m"))
    return _iso(year, month, _number(groups.get("d")), _part(found))


def _iso_date(page: Page, place: int) -> list[Figure] | None:
    found = _ISO.match(page.text, place) or _ISO_MONTH.match(page.text, place)
    return [_figure(found, _date_value(found, page) or "", "date-iso")] if found else None


def _republic_year(page: Page, place: int) -> list[Figure] | None:
    """民國114年1月 and the like: the date after the era name, read with the Republic's years."""
    if page.text[place - 2 : place] != "民国" and page.text[place - 3 : place] != "民国 ":
        return None
    start = page.text.rfind("民国", 0, place)
    found = _REPUBLIC.match(page.text, start)
    if not found:
        return None
    year = _number(found["y"]) + 1911
    rest = _DATE.match(page.text, found.end()) or _DATE_HALF.match(page.text, found.end())
    if rest and not rest["y"]:
        month, day = (_number(rest.groupdict().get(name)) for name in "md")
        figure = _figure(rest, _iso(year, month, day, _part(rest)), "date-republic")
        return [replace(figure, start=start, core_start=start)]
    return [_figure(found, year, "year-republic", "年")]


def _season(page: Page, place: int) -> list[Figure] | None:
    found = _SEASON.match(page.text, place)
    if not found:
        return None
    first = _number(found["y"])
    second = _number(found["y2"]) if len(found["y2"]) == 4 else first - first % 100 + _number(found["y2"])
    rule = "fiscal-years" if re.search("财年|年度", found[0]) else "season"
    return [_span(found, (first, second), rule, "年")] if second == first + 1 else None


def _year_range(page: Page, place: int) -> list[Figure] | None:
    found = _YEARS.match(page.text, place)
    if not found:
        return None
    first, second = _number(found["y"]), _number(found["y2"])
    return [_span(found, (first, second), "year-range", found["f"] or "年")] if first < second else None


def _month_range(page: Page, place: int) -> list[Figure] | None:
    found = _MONTH_RANGE.match(page.text, place)
    if not found:
        return None
    year, first, second = _year(found["y"], page), _number(found["m"]), _number(found["m2"])
    return [_span(found, (_iso(year, first), _iso(year, second)), "month-range")] if first < second else None


def _quarter_range(page: Page, place: int) -> list[Figure] | None:
    found = _QUARTER_RANGE.match(page.text, place)
    if not found:
        return None
    year, first, second = _year(found["y"], page), _number(found["q"]), _number(found["q2"])
    ends = (_iso(year, part=f"Q{first}"), _iso(year, part=f"Q{second}"))
    return [_span(found, ends, "quarter-range")] if first < second else None


def _first_months(page: Page, place: int) -> list[Figure] | None:
    """前11个月, 前三季度, with or without a year: from the first to the last month or quarter named."""
    start = next((s for s in (place - 1, place - 2) if s >= 0 and page.text[s] in "前首"), place)
    found = _FIRST.match(page.text, start)
    if not found:
        return None
    year, last = _year(found["y"], page), _number(found["n"])
    if found["what"].startswith("季"):
        ends = (_iso(year, part="Q1"), _iso(year, part=f"Q{last}"))
    else:
        ends = (_iso(year, 1), _iso(year, last))
    return [_span(found, ends, "first-months")]


def _month_list(page: Page, place: int) -> list[Figure] | None:
    """11、12月份: consecutive months are a span, others are dates of their own."""
    found = _MONTH_LIST.match(page.text, place)
    if not found:
        return None
    year = _year(found["y"], page)
    items = list(re.finditer("[^、和与]+", found["list"]))
    months = [_number(item[0]) for item in items]
    if all(later == earlier + 1 for earlier, later in zip(months, months[1:], strict=False)):
        return [_span(found, (_iso(year, months[0]), _iso(year, months[-1])), "month-list")]
    start = found.start("list")
    ends = [start + item.end() for item in items[:-1]] + [found.end()]
    starts = [found.start(), *(start + item.start() for item in items[1:])]
    return [Figure(s, e, s, e, "date", _iso(year, month), rule="month-list")
            for s, e, month in zip(starts, ends, months, strict=True)]


def _year_list(page: Page, place: int) -> list[Figure] | None:
    found = _YEAR_LIST.match(page.text, place)
    if not found:
        return None
    years = list(re.finditer(_Y4, found[0]))
    ends = [place + item.end() for item in years[:-1]] + [found.end()]
    starts = [place + item.start() for item in years]
    return [Figure(start, end, start, end, "year", _number(item[0]), "年", rule="year-list")
            for start, end, item in zip(starts, ends, years, strict=True)]


def _date(page: Page, place: int) -> list[Figure] | None:
    before = page.text[place - 1 : place] if place else ""
    for start in (place - 1, place) if before and before in "上下第" else (place,):
        for pattern in (_DATE, _DATE_QUARTER, _DATE_HALF):
            found = pattern.match(page.text, start)
            if found and found.end() > place and (value := _date_value(found, page)):
                return [_with_end(page, _figure(found, value, "date"))]
    return None


def _with_end(page: Page, first: Figure) -> Figure:
    """The date, or the span of dates where a second one is joined to it (3月5日至11日, 2024年11月至2025年2月)."""
    joined = re.compile(_JOIN).match(page.text, first.end)
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
        value = begin[:4] + value[1:]
    end = second.end()
    return replace(first, end=end, core_end=end, kind="range", base="date", value=(begin, value), rule="date-range")


def _year_only(page: Page, place: int) -> list[Figure] | None:
    found = _YEAR_ONLY.match(page.text, place)
    if found:
        return [_figure(found, _number(found["y"]), "year", found["f"] or ("年代" if found["dec"] else "年"))]
    found = _FISCAL.match(page.text, place)
    if found:
        return [_figure(found, _year(found["y"], page), "year-fiscal", "财年")]
    return None


def _short_year(page: Page, place: int) -> list[Figure] | None:
    """17年 where the text writes 18年7月 too, 114年 in a text of Taiwan, 90年代; not after 近, nor before 以上."""
    found = _SHORT.match(page.text, place)
    if not found:
        return None
    number = int(found["y"])
    if found["dec"]:
        decade = 10 <= number < 100 and number % 10 == 0
        return [_figure(found, _year(found["y"], page), "decade", "年代")] if decade else None
    known = page.republic if number >= 100 else any(abs(number - short) <= 5 for short in page.short_years)
    before = page.text[max(0, place - 3) : place]
    if not known or _DURATION_BEFORE.search(before) or _DURATION_AFTER.match(page.text, found.end()):
        return None
    return [_figure(found, _year(found["y"], page), "year-short", "年")]


def _day_only(page: Page, place: int) -> list[Figure] | None:
    found = _DAY_ONLY.match(page.text, place)
    if not found or _DURATION_BEFORE.search(page.text[max(0, place - 3) : place]):
        return None
    if page.text[place] not in "0123456789" and not _RELATIVE.search(page.text[max(0, place - 4) : place]):
        return None
    return [_with_end(page, _figure(found, _iso(0, 0, _number(found["d"])), "day"))]


_RULES: tuple[Rule, ...] = (
    _iso_date, _republic_year, _first_months, _month_range, _quarter_range, _month_list, _date,
    _season, _year_list, _year_range, _year_only, _short_year, _day_only,
)


def dates_at(page: Page, place: int) -> list[Figure] | None:
    """The dates that begin at `place` (or just before it: 前三季度, 上半年, 民國114年); None where none does."""
    if not _MARKS.search(page.text, place, place + _REACH):
        return None
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
