"""Stretches of years and dates: 过去七年 against 自2018年以来, 六年后 against 2025年, a day against its month."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from report.dataset.agreement import agrees
from report.dataset.mention import Mention, between, make_check, tidy, word_pairs
from report.dataset.models import Check

PAST = re.compile(r"(?:过去|近|最近|此前|这)的?$")
SINCE = re.compile(r"(?:自|从)$")
SPANNED = re.compile(r"[的这之间期，,共历时]{0,4}")
SHARED = 4  # pairs of letters round two dates of one event, at least
AROUND = 30  # letters round a date that say what happened
CROWD = 40  # dates of one month that are compared
COMMON_ACTS = re.compile("[年月日，,。；;：:]+")


def check_stretches(mentions: Sequence[Mention], dates: Mapping[str, str]) -> list[Check]:
    """Findings on durations against the years that bound them, and agreements of dates told twice in two documents.

    `dates`: the date of each document, "" where unknown.
    """
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_doc[mention.found.doc].append(mention)
    checks: list[Check] = []
    for doc, own in by_doc.items():
        years = [one for one in own if one.found.kind == "year" and isinstance(one.found.value, int)]
        for span in own:
            if span.found.kind == "duration" and span.found.unit == "年" and span.single:
                checks += [*_since(span, years, dates.get(doc, "")), *_after(span, years)]
        checks += _between(own)
    return checks + list(_one_date(mentions))


def _since(span: Mention, years: Sequence[Mention], date: str) -> Iterator[Check]:
    """过去七年, where the document elsewhere says 自2018年以来 and is itself of 2025."""
    if not PAST.search(span.head) or not date[:4].isdecimal():
        return
    start = int(date[:4]) - span.value
    for year in years:
        if year.found.value == start and SINCE.search(year.head) and re.match("以来|起|开始", year.tail):
            text = f"{span.name}：“{span.plain}”自{year.plain}算到文献所署的{date[:4]}年，相符。"
            yield make_check("difference", "agrees", (span, year), (text, "年数与起讫年份相符"),
                             (tidy(span.value), tidy(span.value)))
            return


def _after(span: Mention, years: Sequence[Mention]) -> Iterator[Check]:
    """六年后 in a sentence of 2019, where the document tells the same of 2025."""
    if not span.tail.startswith(("后", "之后", "以后")):
        return
    bases = [year for year in years if year.sentence == span.sentence and year.found.start < span.found.start]
    own = word_pairs(span.tail)
    for base, year in product(bases, years):
        assert isinstance(base.found.value, int)
        same = len(own & word_pairs(year.after[:AROUND])) >= SHARED - 1
        if year.found.value == base.found.value + span.value and year.sentence != span.sentence and same:
            text = f"{span.name}：{base.plain}的“{span.plain}后”即{year.plain}，与另处所述相符。"
            yield make_check("difference", "agrees", (span, base, year), (text, "年数与起讫年份相符"),
                             (tidy(span.value), tidy(span.value)))
            return


def _between(mentions: Sequence[Mention]) -> Iterator[Check]:
    """2018年至2023年的五年间: as many years as lie between, the first counted or not."""
    for years, span in zip(mentions, mentions[1:], strict=False):
        ends = years.found.value
        whole = span.found.kind == "duration" and span.found.unit == "年" and span.single
        if not whole or years.sentence != span.sentence or years.found.kind != "range":
            continue
        if years.found.base != "year" or not isinstance(ends, tuple) or not SPANNED.fullmatch(between(years, span)):
            continue
        if not re.match("间|里|来|内|期间|中|时间|，|。|,", span.tail or "。"):
            continue
        apart = int(ends[1]) - int(ends[0])
        holds = span.found.bound != "exact" or apart <= span.value <= apart + 1
        text = f"{span.name}：{years.plain}相隔{apart}年，文中称{span.text}，" + ("相符。" if holds else "不符。")
        yield make_check(
            "difference", "agrees" if holds else "conflicts", (years, span),
            (text, "年数与起讫年份" + ("相符" if holds else "不符")), (tidy(span.value), apart))


def _one_date(mentions: Sequence[Mention]) -> Iterator[Check]:
    """A day in one document and its month (or the same day) in another, of what is told in like words."""
    months: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.found.kind == "date" and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", _day(mention)):
            months[_day(mention)[:7]].append(mention)
    taken: set[tuple[str, str]] = set()
    for _, told in sorted(months.items()):
        for first, second in product(told[:CROWD], told[:CROWD]):
            docs = first.found.doc, second.found.doc
            keys = {(first.found.id, docs[1]), (second.found.id, docs[0])}
            if docs[0] < docs[1] and not keys & taken and _one_event(first, second):
                taken |= keys
                finer = max(first, second, key=lambda one: len(_day(one)))
                text = (f"{first.name}作{first.text}，{second.name}作{second.text}，所指相同，"
                        f"以较精确的{finer.text}为准。")
                yield make_check("same-figure", "agrees", (first, second), (text, "日期一致，精确程度不同"))


def _day(mention: Mention) -> str:
    """The date with its year, where the period tells it."""
    value = str(mention.found.value)
    return value if not value.startswith("--") else mention.found.period


def _one_event(first: Mention, second: Mention) -> bool:
    shared = _around(first) & _around(second)
    one, two = _day(first), _day(second)
    nested = one.startswith(two) or two.startswith(one)
    return nested and len(shared) >= SHARED and agrees(first.found, second.found)


def _around(mention: Mention) -> set[str]:
    return word_pairs(COMMON_ACTS.sub(" ", mention.before[-AROUND:] + " " + mention.after[:AROUND]))
