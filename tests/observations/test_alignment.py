"""分别: each figure of a row belongs to one member of a list, by laws and by sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.observations.alignment import align, singled
from report.observations.normalise import normalise

_FIGURE = re.compile("[0-9.]+(?:%|亿元|万吨|个百分点|个)")


def _members(sentence: str) -> list[list[str]]:
    figures = [match.span() for match in _FIGURE.finditer(sentence)]
    return [[part.text for part in parts] for parts in align(sentence, figures)]


@pytest.mark.parametrize(("sentence", "wanted"), [
    ("甲市、乙市和丙市分别增长5.1%、6.2%和7%", [["甲市"], ["乙市"], ["丙市"]]),
    ("甲省和乙省的进口额和出口额分别为1亿元、2亿元、3亿元和4亿元",
     [["甲省", "进口额"], ["甲省", "出口额"], ["乙省", "进口额"], ["乙省", "出口额"]]),
    ("2021年和2022年的产量分别为5万吨和6万吨", [["2021年"], ["2022年"]]),
    ("增幅比8月份、9月份分别回升2.3个和2.1个百分点", [["8月份"], ["9月份"]]),
    ("第一、二、三产业增加值分别增长3%、4%和5%", [["第一产业"], ["第二产业"], ["第三产业"]]),
    ("煤炭和原油产量分别为5万吨和6万吨,同比分别增长3%和4%", [["煤炭"], ["原油"], ["煤炭"], ["原油"]]),
    ("男性与女性占比分别为51%和49%", [["男性"], ["女性"]]),
    ("主要来源地的金额及占比分别为甲国5亿元、6%;乙国4亿元、3%", [["金额"], ["占比"], ["金额"], ["占比"]]),
    ("产量增长3%,价格下降4%", [[], []]),
    ("甲、乙、丙三市分别增长3%和4%", [[], []]),
])
def test_members_of_a_row(sentence: str, wanted: list[list[str]]) -> None:
    assert _members(sentence) == wanted


def test_a_sentence_with_one_member_alone() -> None:
    sentence = "甲市和乙市的销量分别为5万吨和6万吨"
    figures = [match.span() for match in _FIGURE.finditer(sentence)]
    assert [singled(sentence, parts)[:5] for parts in align(sentence, figures)] == ["甲市的销量", "乙市的销量"]


@given(st.text("甲乙和、分别为5%,的年20;及亿元", max_size=60))
def test_parts_lie_in_their_list_before_the_figure(text: str) -> None:
    sentence = normalise(text)
    figures = [match.span() for match in _FIGURE.finditer(sentence)]
    for (start, _), parts in zip(figures, align(sentence, figures), strict=True):
        for part in parts:
            assert part.list_start <= part.start < part.end <= part.list_end <= part.row <= start
