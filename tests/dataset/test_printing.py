"""Printed figures: cases in `printing.yaml`, and the law that our own extractor reads back what is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.dataset.models import Dataset
from report.dataset.periods import print_period
from report.dataset.printing import print_observation
from report.observations.figures import figures_in
from report.observations.observation import Observation

from .make import observation

CASES = YAML(typ="safe").load(Path(__file__).with_name("printing.yaml"))
SCORE_NEEDS_CONTEXT = "score"  # 0.51 alone is no figure to the extractor


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_printed(case: dict[str, str]) -> None:
    source = case["source"]
    figure = figures_in(source)[0]
    printed = print_observation(observation(
        source[figure.start : figure.end], sentence=source, kind=figure.kind, base=figure.base, value=figure.value,
        unit=figure.unit, qualifier=figure.qualifier, bound=figure.bound))
    assert {"text": printed.text, "plain": printed.plain, "number": printed.number} == {
        name: case[name] for name in ("text", "plain", "number")}


@pytest.mark.parametrize("period, printed", [
    ("2024", "2024年"), ("2025-09", "2025年9月"), ("2025-12-03", "2025年12月3日"), ("2021/2022", "2021—2022年"),
    ("FY2026", "2026财年"), ("FY2021-22", "2021—22财年"), ("2023-Q4", "2023年第四季度"), ("2023-H2", "2023年下半年"),
    ("2018-01/2018-07", "2018年1月至7月"), ("2024-12/2025-03", "2024年12月至2025年3月"),
    ("2025-12-03/2025-12-06", "2025年12月3日至6日"), ("2023-Q1/2023-Q3", "2023年前三季度"),
    ("--12-03", "12月3日"), ("----08", "8日"), ("", ""),
])
def test_period(period: str, printed: str) -> None:
    assert print_period(period) == printed


def test_unit_of_the_house() -> None:
    assert print_observation(observation("近兩百位"), "人").text == "近200人"
    assert print_observation(observation("第三名"), "位").text == "第三位"


def test_every_seed_figure_reads_back(seeds: Dataset) -> None:
    for found in seeds.observations:
        if found.kind != SCORE_NEEDS_CONTEXT:
            assert_reads_back(found)


def assert_reads_back(found: Observation) -> None:
    printed = print_observation(found)
    for text in (printed.text, printed.plain):
        figures = figures_in(text)
        assert [figure.value for figure in figures] == [found.value], (found.text, text)
        kinds = {figures[0].kind, found.kind}
        bare = kinds == {"money", "count"} and not found.unit  # 1.8万亿: its sentence tells which
        assert len(kinds) == 1 or kinds == {"year", "date"} or bare
    assert figures_in(printed.text)[0].bound == found.bound, (found.text, printed.text)


NUMBERS = st.one_of(
    st.integers(1, 9999).map(str),
    st.decimals("0.1", "999.9", places=1).map(str),
    st.sampled_from(["三", "十二", "两百", "三千五百"]),
)
PREFIXES = st.sampled_from(["", "约", "近", "超过", "不足", "至少", "約", "超過", "接近", "大约"])
UNITS = st.sampled_from(["%", "亿元", "万亿美元", "萬人", "家", "個百分點", "倍", "亿", "万辆"])


@given(PREFIXES, NUMBERS, UNITS, st.sampled_from(["", " "]))
def test_reads_back(prefix: str, number: str, unit: str, space: str) -> None:
    written = f"{prefix}{space}{number}{space}{unit}"
    figures = figures_in(written)
    assume(len(figures) == 1 and (figures[0].start, figures[0].end) == (0, len(written)))
    assert_reads_back(observation(written))
