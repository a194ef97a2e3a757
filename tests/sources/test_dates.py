"""Dates by which documents date themselves."""

from __future__ import annotations

import pytest

from report.sources.dates import dateline, find_date
from report.sources.head import is_dateline


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026年6月30日", "2026-06-30"),
        ("2026 年 6 月 30 日", "2026-06-30"),
        ("2026年6月", "2026-06"),
        ("译者按· 2026.01.19", "2026-01-19"),
        ("2025-12-14 12:56:32", "2025-12-14"),
        ("2025/1/5", "2025-01-05"),
        ("二〇二六年六月三十日", "2026-06-30"),
        ("二零二五年十二月", "2025-12"),
        ("二〇二五年十月二十一日", "2025-10-21"),
        ("2025-13-14", ""),
        ("2025年2月30日", ""),
        ("12月6日", ""),
        ("2025", ""),
        ("12025-12-14", ""),
    ],
)
def test_find_date(text: str, iso: str) -> None:
    assert find_date(text)[0] == iso


@pytest.mark.parametrize(
    ("opening", "iso"),
    [
        (["12月6日,“2025某某论坛”在某地举行。"], "2025-12-06"),
        (["某机构2025年9月发布报告。"], ""),
        (["12月6日，某机构发布报告。"], ""),
        (["随着2月30日的2025"], ""),
        (["2025年10月8日，某市举行产业大会。2024年的大会在邻市举行。"], "2025-10-08"),
        (["1998年3月2日，这家工厂投产。到2024年，它有员工三千人。"], ""),
        (["1月20日，某公司发布新品。正如某部长在2017年所说，2030年前后会有结果。"], ""),
        (["1月20日，某公司发布新品，2017年就有人预言。", "2025年1月20日，发布会现场。"], "2025-01-20"),
        (["各地竞相布局。", "12月6日，2025年度大会举行。"], "2025-12-06"),
        ([], ""),
    ],
)
def test_dateline_of_a_news_report(opening: list[str], iso: str) -> None:
    assert dateline(opening) == iso


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("2026年6月30日", True),
        ("译者按· 2026.01.19", True),
        ("2025-10-20 09:30:12 来源：某某日报客户端 作者：记者 王五 编辑：赵六", True),
        ("2026年6月经济数据", False),
        ("截至2025年6月30日。", False),
        ("2025-12-14_121232.jpg", False),
        ("没有日期", False),
    ],
)
def test_a_line_that_only_dates_the_text(text: str, alone: bool) -> None:
    assert is_dateline(text) == alone
