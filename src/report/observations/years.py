"""Years and spans of years: 2025年, 民國114年, 2024—2025年, 2024/25财年, 七八十年代, 18年 where the text writes so."""

from __future__ import annotations

import re
from collections.abc import Callable

from report.observations.figure import Figure
from report.observations.normalise import normalise
from report.observations.numerals import parse_number
from report.observations.page import Page

Rule = Callable[[Page, int], "list[Figure] | None"]

Y4 = "(?:(?:1[6-9]|20)[0-9]{2}|[一二][九零〇○][零〇○一二三四五六七八九]{2})"
_REPUBLIC = "民国 ?(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,5})"
_SPOKEN_REPUBLIC = "一[一零〇○][零〇○一二三四五六七八九]"
YEAR = f"(?:{Y4}|{_REPUBLIC}|{_SPOKEN_REPUBLIC}|[0-9]{{2}}|1[0-9]{{2}})"
JOIN = " ?(?:-{1,2}|至|到) ?"
_YEARS = re.compile(
    f"(?P<y>{Y4}|{_REPUBLIC}|1[01][0-9](?= ?年))(?: ?年(?:度)?)?{JOIN}(?P<y2>{Y4}E?|(?:1[01][0-9]|[0-9]{{2}})(?= ?年))"
    "(?: ?(?P<f>财年|财政年度)| ?年度?间?|(?![0-9.%-]))"
)
_SEASON = re.compile(
    f"(?:FY ?)?(?P<y>{Y4})[/至-](?P<y2>[0-9]{{2}}(?:[0-9]{{2}})?|[零〇○一二三四五六七八九]{{2,4}}) ?"
    "(?:财年|(?:财政|课税)?年度|学年|赛季|雪季|年)"
)
# 2023-24至2032-33年度: fiscal years, from the first half of the first to the second half of the last.
_SEASONS = re.compile(
    f"(?P<y>{Y4})[-/](?P<a>[0-9]{{2}}) ?(?:-|至|到) ?(?P<y2>{Y4})[-/](?P<b>[0-9]{{2}})(?![0-9-]) ?"
    "(?:财年|(?:财政|课税)?年度|学年|年)?"
)
_YEAR_LIST = re.compile(f"{Y4}(?: ?[、和与及] ?{Y4}){{1,8}} ?年")
_YEAR_ONLY = re.compile(
    f"(?P<y>{Y4}|{_REPUBLIC}) ?(?:(?P<f>财年|财政年度)|年(?P<dec>代)?(?:度(?!假))?|届|E(?![A-Za-z0-9]))"
)
_FISCAL = re.compile("(?:FY ?|财年 ?)(?P<y>(?:20)?[0-9]{2})(?![0-9])")
_SHORT = re.compile(f"(?P<y>[0-9]{{2}}|1[01][0-9]|{_SPOKEN_REPUBLIC}) ?年(?!代)度?")
# 90年代, 60至80年代, 七八十年代, after the century where it is named.
_TEN = "(?:[1-9]0|(?:二|三|四|五|六|七|八|九)?十)"
_DECADES = re.compile(
    f"(?:(?P<low>{_TEN})(?:{JOIN}|、)|(?P<spoken>[二三四五六七八九])(?=[三四五六七八九]十))?(?P<y>{_TEN}) ?年代"
)
_CENTURY = re.compile("(?:(?P<number>[0-9]{2}|[一二十]{1,3})|(?P<last>上)|(?P<this>本)个?)世纪(?:的|中叶的)?\\Z")
DURATION_BEFORE = re.compile(
    "(?:近|过去|未来|历时|为期|长达|超过|逾|满|约|用了?|经过|历经|这|前|后|最近|此后|达|共|每) ?\\Z"
)
_DURATION_AFTER = re.compile(" ?(?:以上|以来|之久|来|间|内|期|后|前|左右|多|的?时间|的?历史|之)")


def number(text: str | None) -> int:
    if not text:
        return 0
    value = parse_number(text)
    return int(value) if value is not None else 0


def calendar_year(text: str | None, page: Page) -> int:
    """The calendar year of a written year, 0 for none: four digits as they are, 114 of the Republic, 18 in short."""
    if text and text.startswith("民国"):
        return number(text.removeprefix("民国").strip()) + 1911
    year = number((text or "").removesuffix("E"))
    if 100 <= year < 200:
        return year + 1911 if page.republic else 0
    if 0 < year < 100:
        return year + (2000 if year < 60 else 1900)
    return year


def dated(found: re.Match[str], value: int | str, rule: str, unit: str = "") -> Figure:
    kind = "year" if isinstance(value, int) else "date"
    start, end = found.span()
    return Figure(start, end, start, end, "year" if kind == "year" else "date", value, unit, rule=rule)


def spanned(found: re.Match[str], values: tuple[int, int] | tuple[str, str], rule: str, unit: str = "") -> Figure:
    start, end = found.span()
    base = "year" if isinstance(values[0], int) else "date"
    return Figure(start, end, start, end, "range", values, unit, "year" if base == "year" else "date", rule=rule)


def _season(page: Page, place: int) -> list[Figure] | None:
    if seasons := _seasons(page, place):
        return seasons
    found = _SEASON.match(page.text, place)
    if not found:
        return None
    first = number(found["y"])
    second = number(found["y2"]) if len(found["y2"]) == 4 else first - first % 100 + number(found["y2"])
    rule = "fiscal-years" if re.search("财年|年度", found[0]) else "season"
    return [spanned(found, (first, second), rule, "年")] if second == first + 1 else None


def _seasons(page: Page, place: int) -> list[Figure] | None:
    found = _SEASONS.match(page.text, place)
    if not found:
        return None
    first, last = number(found["y"]), number(found["y2"]) + 1
    halves = (first + 1) % 100 == int(found["a"]) and last % 100 == int(found["b"])
    return [spanned(found, (first, last), "fiscal-years", "年")] if halves and first < last else None


def _year_range(page: Page, place: int) -> list[Figure] | None:
    found = _YEARS.match(page.text, place)
    if not found:
        return None
    first, second = calendar_year(found["y"], page), calendar_year(found["y2"], page)
    if len(found["y2"]) == 2 and len(found["y"]) == 4:
        second = first - first % 100 + number(found["y2"])
    return [spanned(found, (first, second), "year-range", found["f"] or "年")] if 0 < first < second else None


def _year_list(page: Page, place: int) -> list[Figure] | None:
    found = _YEAR_LIST.match(page.text, place)
    if not found:
        return None
    years = list(re.finditer(Y4, found[0]))
    ends = [place + item.end() for item in years[:-1]] + [found.end()]
    starts = [place + item.start() for item in years]
    return [Figure(start, end, start, end, "year", number(item[0]), "年", rule="year-list")
            for start, end, item in zip(starts, ends, years, strict=True)]


def _decades(page: Page, place: int) -> list[Figure] | None:
    """90年代, 七八十年代: of the century named before them (19世纪60年代), else of the last one that fits."""
    found = _DECADES.match(page.text, place)
    if not found:
        return None
    century = _CENTURY.search(normalise(page.original[max(0, place - 8) : place]))
    last = _decade(found["y"], century)
    if not found["low"] and not found["spoken"]:
        return [dated(found, last, "decade", "年代")]
    first = _decade(found["low"] or found["spoken"] + "十", century)
    return [spanned(found, (first, last), "decades", "年代")] if first < last else None


def _decade(written: str, century: re.Match[str] | None) -> int:
    tens = number(written)
    if century is None:
        return tens + (2000 if tens <= 10 else 1900)
    hundreds = number(century["number"]) - 1 if century["number"] else 20 if century["this"] else 19
    return hundreds * 100 + tens


def _year_only(page: Page, place: int) -> list[Figure] | None:
    found = _YEAR_ONLY.match(page.text, place)
    if found:
        return [dated(found, calendar_year(found["y"], page), "year", found["f"] or ("年代" if found["dec"] else "年"))]
    found = _FISCAL.match(page.text, place)
    if found:
        return [dated(found, calendar_year(found["y"], page), "year-fiscal", "财年")]
    return None


def _short_year(page: Page, place: int) -> list[Figure] | None:
    """17年 where the text writes 18年7月 too, 114年 in a text of Taiwan; not after 近, nor before 以上."""
    found = _SHORT.match(page.text, place)
    if not found:
        return None
    year = number(found["y"])
    known = page.republic if year >= 100 else any(abs(year - short) <= 5 for short in page.short_years)
    before = page.text[max(0, place - 3) : place]
    after = _DURATION_AFTER.match(page.text, found.end())
    if not known or DURATION_BEFORE.search(before) or after and not (year >= 100 and after[0].strip() == "以来"):
        return None
    return [dated(found, calendar_year(found["y"], page), "year-short", "年")]


YEAR_RULES: tuple[Rule, ...] = (_season, _year_list, _year_range, _decades, _year_only, _short_year)
