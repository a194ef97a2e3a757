"""Lines of names, and lines that only look like them."""

from __future__ import annotations

import pytest

from report.sources.persons import persons_in

CASES = {
    "李文澜 周一川": ["李文澜", "周一川"],
    "顾行远1，林　汐2": ["顾行远", "林汐"],
    "紀若嵐＊、方以恆＊＊": ["紀若嵐", "方以恆"],
    "方知行": ["方知行"],
    "张三1,2、李四2": ["张三", "李四"],
    "年度报告": [],
    "核心观点": [],
    "某市研究院": [],
    "第14号": [],
}


@pytest.mark.parametrize("text", CASES)
def test_names_are_told_from_other_short_lines(text: str) -> None:
    assert persons_in(text) == CASES[text]
