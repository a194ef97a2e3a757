"""White between Han and Latin and between marks: one rule in charts and in the text of the report."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.charts.gaps import HALF, gaps, squeezes
from report.writers.pdf import prohibitions as rules
from report.writers.pdf.galley import compositor
from report.writers.pdf.lines import Run

from .made import charts, library, theme, words_of
from .test_drawing import drawing

HAN = "中国智能约近年"
CHARS = HAN + "AIx019%‰℃㎡$¥±≥，。：；！？、（）()“”《》…—-–·/×÷＋&#@.,:;'\" "


@pytest.mark.parametrize(("text", "after"), [
    ("2019年", [3]), ("占57%左右", [0, 3]), ("NeurIPS论文", [6]), ("H-1B签证", [3]), ("（AI）", []), ("AI，中国", []),
    ("为-5%", [0]), ("2019—2022年", [8]), ("用 AI 者", []), ("超过1000张", [1, 5]),
])  # fmt: skip
def test_a_gap_stands_between_han_and_latin(text: str, after: list[int]) -> None:
    assert list(gaps(text)) == after


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from(CHARS), min_size=2, max_size=12).filter(lambda text: set(text) & set(HAN)))
def test_charts_and_text_are_spaced_alike(text: str) -> None:
    run = Run(text, "hei", 10.0, "ink", 0)
    galley = compositor(library(), theme().setting, 0.0).galley([run])
    assert galley is not None and galley.text == text
    spaced = [index for index, joint in enumerate(galley.joints) if joint.stretch == rules.STRETCH["gap"] * 10
              and "space" not in (galley.glyphs[index].kind, galley.glyphs[index + 1].kind)]
    assert list(gaps(text)) == spaced


@pytest.mark.parametrize(("text", "after"), [
    ("（%）；", [2]), ("《甲》（乙）", [2]), ("甲）。", [1]), ("甲，乙", []), ("（（甲", [0]), ("甲？！", []),
    ("《甲》，“乙”", [2, 3]), ("“甲”，乙", []),
    ("——《甲", [1]),
])  # fmt: skip
def test_of_two_marks_one_loses_its_blank(text: str, after: list[int]) -> None:
    assert list(squeezes(text)) == after


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from("甲乙，。；：（）《》、1A"), min_size=2, max_size=12))
def test_charts_and_text_squeeze_alike(text: str) -> None:
    run = Run(f"甲{text}", "hei", 10.0, "ink", 0)
    galley = compositor(library(), theme().setting, 0.0).galley([run])
    assert galley is not None
    closer = [index - 1 for index, joint in enumerate(galley.joints) if joint.step < galley.glyphs[index].box - 1]
    assert list(squeezes(text)) == closer


def test_a_drawing_tells_its_gaps_and_counts_them() -> None:
    gap = theme().setting.gap
    for name in charts():
        for words in words_of(drawing(name)):
            whites = dict.fromkeys(gaps(words.text), gap) | dict.fromkeys(squeezes(words.text), -HALF)
            assert dict(words.gaps) == pytest.approx({i: em * words.size for i, em in whites.items()}, abs=0.01)
