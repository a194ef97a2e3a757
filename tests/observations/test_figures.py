"""The law of the span grammar: figures lie in the text in order."""

from __future__ import annotations

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
