"""Laws of the span grammar: figures lie in the text in order, and hostile text does not slow it down."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.observations.figures import figures_in

_PIECES = st.sampled_from([
    "2025年", "12月3日", "约", "超过", "57%", "１０", "亿", "美元", "、", "和", "至", "—", "三",
    "分之", "一", "家", "，", "。", "\n", "第", "前", "个", "月", "半", "翻", "百", "万", "余", "多",
    "（一）", "GPT-4", "《", "》", "-", ".", "/", "产值", " ", "倍", "成", "季度",
    "的", "年", "日", "号", "0",
])


@given(st.lists(_PIECES, max_size=40).map("".join))
@settings(max_examples=400)
def test_figures_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for figure in figures_in(text):
        assert figure.start <= figure.core_start < figure.core_end <= figure.end <= len(text)
        assert figure.core_start >= end
        end = figure.core_end
        assert (figure.base is not None) == (figure.kind == "range") == isinstance(figure.value, tuple)


@pytest.mark.parametrize("piece", [
    "1", "一", "1,", "1.", "1、", "一、", "十", "万", "1亿", "2025年", "2025-", "1-", "a", "a-", "a.", "A1",
    "约", "第", "前1", "三分之", "半", "http://", " ", "\n", "(", "《", "1至", "1月",
    "百分之", "1 000 ", "。", "1%、",
    "翻", "翻一", "@", "的", "中国", "1家", "0-", "-1", ".", "…", "年",
])
def test_long_repetitions_take_linear_time(piece: str) -> None:
    """A quadratic rule takes some 5 s here, a linear one well under 1 s."""
    text = piece * (12_000 // len(piece))
    start = time.process_time()
    figures_in(text)
    assert time.process_time() - start < 2.0


def test_speed_on_ordinary_text() -> None:
    sentence = "据统计，2024年全省产业规模达1.2万亿元，同比增长8.6%，其中约三成来自600余家企业，位居全国第一。"
    text = (sentence + "这一趋势表明，产业基础仍在夯实。") * 500
    start = time.process_time()
    figures_in(text)
    assert len(text) / (time.process_time() - start) > 20_000
