"""Half-width marks beside Chinese characters are set in full width; in numbers, words and entries they stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.content.reprint.marks import widened

CASES = {
    "岗位由现场转向后台,总量减少三成;工资上升": "岗位由现场转向后台，总量减少三成；工资上升",
    "由2,140个减少到1,305个,净减465个": "由2,140个减少到1,305个，净减465个",
    "营业到18:00,票价2.5元": "营业到18:00，票价2.5元",
    "某法(1988年),第4条": "某法（1988年），第4条",
    "分为:(1)禁止类;(2)限制类": "分为：（1）禁止类；（2）限制类",
    "编号(2023-017)的成果": "编号（2023-017）的成果",
    "他说:\"床位不少\"": "他说：“床位不少”",
    "见 https://law.example.org/a,b.pdf, 访问于 2025 年": "见 https://law.example.org/a,b.pdf， 访问于 2025 年",
    "Lee, M., Water Policy (2022), pp. 8-10.": "Lee, M., Water Policy (2022), pp. 8-10.",
    "王某. 资源论[M]. 东岭: 东岭大学出版社, 2018: 22.": "王某. 资源论[M]. 东岭: 东岭大学出版社, 2018: 22.",
    "如何解释?": "如何解释？",
}


@pytest.mark.parametrize("text", CASES)
def test_marks_beside_chinese_are_widened(text: str) -> None:
    assert widened(text) == CASES[text]


@given(st.text(alphabet="甲乙，。（）a1 .,:;?!()[]\"M/https", max_size=40))
def test_only_marks_change_and_none_is_lost(text: str) -> None:
    wide = widened(text)
    assert len(wide) == len(text)
    assert [char for char in wide if char.isalnum() or char == " "] == [c for c in text if c.isalnum() or c == " "]
