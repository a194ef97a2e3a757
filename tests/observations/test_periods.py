"""Periods: their arithmetic, and what must hold of those that any text is given."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from report.observations.cascade import CONFIDENCE, When, date_figures
from report.observations.figures import figures_on
from report.observations.page import Page
from report.observations.passages import Passages
from report.observations.periods import (
    is_date,
    last_such_day,
    month_on,
    months_between,
    next_such_month,
    shifted,
    within,
)
from report.sources.document import Block, Document, Metadata

_ONE = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?|-Q[1-4]|-H[12])?"
NOTATION = re.compile(f"(?:{_ONE}(?:/{_ONE})?|FY[0-9]{{4}}(?:-[0-9]{{2}})?)?")
MONTHS = st.builds("{:04d}-{:02d}".format, st.integers(1990, 2050), st.integers(1, 12))
FRAGMENTS = """
2024年 2025年上半年 前三季度 11月份 9日 1—10月 第三季 截至6月底 去年 去年同期 上年 今年 明年 次年 同年 当月 同期
本季 上月 目前 五年前 近五年 过去十年 “十四五”时期 本财政年度 上一财年 2026财年 2022/23年度 2020年度 本年度
民國114年 2023年和2024年 2021至2022年 自2018年以来 较2019年的 由 从2019年的 至 （2023年） （ ） ( ) 预算 香港
財政預算案 美国 预计 下调 预期 分别为 分别 都 其中 ， 。 、 ； 报告显示 12亿元 增长5% 3倍 480人 6个月
"""
WORDS = st.sampled_from([*FRAGMENTS.split(), "\n"])


def dated(text: str, date: str) -> list[tuple[str, When]]:
    """Each figure of a text, one paragraph a line, with when it is of."""
    start = 0
    blocks: list[Block] = []
    for line in text.splitlines(keepends=True):
        if words := line.strip():
            first = start + line.index(words)
            span = (first, first + len(words))
            blocks.append(Block(kind="paragraph" if blocks else "title", text=words, spans=(span,)))
        start += len(line)
    document = Document(id="x", file="x.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(date=date),
                        source=text, blocks=tuple(blocks))
    passages = Passages(document)
    placed = [(figure, passages.at(figure.start, figure.end)) for figure in figures_on(Page.of(text))]
    kinds = ["date" if is_date(figure) else figure.kind for figure, _ in placed]
    return list(zip(kinds, date_figures(document, placed), strict=True))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30), st.sampled_from(["", "2025", "2025-03", "2025-12-09", "2024-02-29"]))
def test_every_period_is_in_the_notation_and_has_its_rule(words: list[str], date: str) -> None:
    for kind, when in dated("".join(words), date):
        assert NOTATION.fullmatch(when.period), (when, words)
        assert NOTATION.fullmatch(when.as_of) and (not when.as_of or when.as_of != when.period)
        assert when.confidence == CONFIDENCE[when.rule]
        assert (when.rule == "own-date") == (kind == "date")
        assert when.period or when.rule in ("none", "look-back", "duration", "own-date")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["", "2025-12-09"]))
def test_any_text_is_read(text: str, date: str) -> None:
    assert dated(text, date) == dated(text, date)


def test_a_guess_weighs_less_than_what_a_sentence_says() -> None:
    near = [CONFIDENCE[rule] for rule in ("date-of-value", "date-list", "sentence", "look-back", "paragraph")]
    guesses = [CONFIDENCE[rule] for rule in ("title", "report", "restated", "budget", "document", "in-force")]
    assert min(near) > max(guesses) > CONFIDENCE["last-dated"] < CONFIDENCE["none"]


@given(MONTHS, st.integers(-400, 400))
def test_months_are_counted_there_and_back(month: str, count: int) -> None:
    assert month_on(month_on(month, count), -count) == month


@given(MONTHS, st.integers(0, 11))
def test_months_between_lie_within_their_year(month: str, count: int) -> None:
    last = month_on(month, count)
    months = months_between(month, last)
    assert months == ([month_on(month, n) for n in range(count + 1)] if last[:4] == month[:4] else [])
    assert all(within(one, f"{month}/{last}") for one in months if len(months) > 1)


@given(st.integers(1990, 2040), st.sampled_from(["", "-03", "-Q2", "-H1", "-01/{}-09", "-06-30"]), st.integers(-20, 20))
def test_a_span_is_shifted_there_and_back(year: int, part: str, years: int) -> None:
    period = f"{year}{part.format(year)}"
    assert shifted(shifted(period, years), -years) == period
    assert shifted(f"FY{year}-{(year + 1) % 100:02d}", 1) == f"FY{year + 1}-{(year + 2) % 100:02d}"


@given(st.dates().map(str), st.integers(1, 28))
def test_the_last_such_day_is_not_ahead_and_within_a_month(today: str, day: int) -> None:
    if today < "1990":
        return
    found = last_such_day(f"----{day:02d}", today)
    assert found <= today and found[8:] == f"{day:02d}" and month_on(found, 1) >= today[:7]


@given(MONTHS, st.integers(1, 12))
def test_the_next_such_month_is_not_behind(today: str, month: int) -> None:
    found = next_such_month(f"--{month:02d}", today)
    assert today <= found < month_on(today, 12) and found[5:] == f"{month:02d}"
