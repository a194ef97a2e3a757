"""The laws of line setting, on made-up paragraphs of Han, marks, Latin, figures and addresses in all widths."""

from __future__ import annotations

import re
import time
from itertools import accumulate, pairwise
from math import inf

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from report.writers.pdf.breaking import Breaker
from report.writers.pdf.lines import Line
from report.writers.pdf.prohibitions import COSTS, MOST_STRETCH

from .lines_set import NOTE, SIZE, breaker_of, glyph_edges, inked, is_han, set_in

# CLREQ, 行首行尾禁则 (严格处理) and 符号分离禁则: full and half width
MAY_NOT_START = set("，、；：。？！．·・‧～〜／…⋯—）》〉」』】〕〗］｝”’々％‰℃°′″㎡＝×÷" + ",.;:?!)]}%")
MAY_NOT_END = set("（《〈「『【〔〖［｛“‘／" + "([{$¥￥£€№§#")
UNPARTED = (
    "−5%", "¥300", "1091亿", "12 倍", "第12页", "5G", "GPT-4", "A股", "1:100", "10–20", "3/4", "≥30%",
    "1,234,567.89", "±0.5%", "-5%", "25℃", "98.5 km²", "120 GWh", "№5", "No. 5", "100多家", "10余万人",
    "500强", "2.3个百分点", "57%", "12．5万吨",
)
WORD = st.one_of(
    st.text("国家人才产业政策研究与发展的在了", min_size=1, max_size=12),
    st.sampled_from([*"，。、；：？！（）《》“”‘’·～／【〔"]),
    st.sampled_from(["——", "……", "》，", "）。”", "：“《", "”（", "？！", "。”——"]),
    st.sampled_from(["AI", "TensorFlow", "state-of-the-art", "约12倍"]),
    st.sampled_from(["1091亿美元", "2019—2022年", "2026年1月", "《人工智能法》"]),
    st.sampled_from(UNPARTED),
    st.sampled_from(["China’s", "(abc)", "$5", "41＋3＝44", "和/或"]),
    st.sampled_from([" ", "\u00a0", "\u3000", NOTE, "e\u0301", "𠮷", "\u200b", "\u2060"]),
    st.sampled_from(["https://www.example.org/a/b?id=12&x=long-name#part-3", "someone@policy-studies.example.org"]),
)
PARAGRAPH = st.lists(WORD, min_size=1, max_size=60).map("".join).filter(
    lambda text: bool(text.strip(" \u3000\u200b\u2060\u0301"))
)
EM = st.floats(16, 40)
NARROW = st.floats(3, 16)
BREAKING = st.sampled_from([{"breaking": "optimal"}, {"breaking": "greedy"}])
LAW = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def told(text: str) -> str:
    """The text as it is to be seen."""
    return re.sub("[\u200b\u2060]", "", text).replace(NOTE, "①").replace("e\u0301", "é")


def widest(breaker: Breaker) -> float:
    """Width (points) of the widest stretch that no line may end in."""
    galley = breaker.galley
    places = [index for index, penalty in enumerate(breaker.penalties) if penalty < 1e5]
    firsts = [0, *(index + 1 for index in places[:-1])]
    return max(galley.ends[last] - galley.pens[first] for first, last in zip(firsts, places, strict=True))


@LAW
@given(PARAGRAPH, st.one_of(EM, NARROW), BREAKING)
def test_text_in_is_text_out(text: str, em: float, setting: dict[str, str]) -> None:
    lines = set_in(text, em, setting=setting, indent=2 * SIZE if em > 6 else 0)
    assert "".join(line.text.removesuffix("\u00ad") for line in lines) == told(text)
    assert all("".join(piece.text for piece in line.pieces) == line.text for line in lines)
    assert [line.ends_paragraph for line in lines] == [False] * (len(lines) - 1) + [True]


@LAW
@given(PARAGRAPH, st.one_of(EM, NARROW), BREAKING)
def test_no_line_starts_or_ends_with_a_prohibited_mark(text: str, em: float, setting: dict[str, str]) -> None:
    if widest(breaker_of(text, em, 0)) > (em - 2) * SIZE:
        return  # something must be broken where it may not
    for before, after in pairwise(set_in(text, em, setting=setting, indent=2 * SIZE)):
        assert after.text[0] not in MAY_NOT_START
        assert not (after.text[0] in "-–" and not after.text[1:2].isdigit())
        assert before.text.rstrip()[-1:] not in MAY_NOT_END or re.search(r"[/=#][^一-鿿]*$", before.text)
        assert after.pieces[0].rise == 0, "a note mark starts a line"


FREED = {"gb": set("—…⋯"), "basic": set("—…⋯／/")}


@LAW
@given(PARAGRAPH, EM, BREAKING, st.sampled_from(sorted(FREED)))
def test_a_looser_level_frees_what_it_names_and_no_more(
    text: str, em: float, setting: dict[str, str], level: str
) -> None:
    for before, after in pairwise(set_in(text, em, setting={**setting, "prohibition": level}, indent=2 * SIZE)):
        assert after.text[0] not in MAY_NOT_START - FREED[level]
        assert before.text.rstrip()[-1:] not in MAY_NOT_END - FREED[level] or re.search(r"[/=#][^一-鿿]*$", before.text)
        assert (before.text[-1], after.text[0]) not in {("—", "—"), ("…", "…")}, "a dash or an ellipsis is parted"


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_one_mark_and_nothing_else_hangs_into_the_margin(text: str, em: float, setting: dict[str, str]) -> None:
    for line in set_in(text, em, setting={**setting, "hang": True}, indent=2 * SIZE):
        if line.width <= em * SIZE + 0.01:
            continue
        edges = [edge for edge in glyph_edges(line) if not edge[2].isspace()]
        assert edges[-1][2] in "。，、．"
        assert edges[-2][2] not in MAY_NOT_END | set("，、；：。？！．）》】〕”’"), "marks hang in a row"
        assert edges[-2][1] <= em * SIZE + 0.01 and line.width <= (em + 0.5) * SIZE + 0.01
        assert line.ends_paragraph or edges[-2][1] > (em - 1.5) * SIZE, "it hangs where it had room"


@LAW
@given(PARAGRAPH, st.one_of(EM, NARROW), BREAKING)
def test_no_line_is_overfull(text: str, em: float, setting: dict[str, str]) -> None:
    for line in set_in(text, em, setting=setting, indent=2 * SIZE if em > 6 else 0):
        assert line.width <= em * SIZE + 0.01
        assert max((right for _, right, _ in inked(line)), default=0) <= em * SIZE + 0.1 * SIZE


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_both_edges_are_flush(text: str, em: float, setting: dict[str, str]) -> None:
    lines = set_in(text, em, setting=setting, indent=2 * SIZE)
    for number, line in enumerate(lines):
        head = line.pieces[0]
        if head.text[0].isalnum():
            assert head.x == pytest.approx(0 if number else 2 * SIZE, abs=0.01)
        if number == len(lines) - 1:
            assert line.width <= em * SIZE + 0.01
        elif line.width < em * SIZE - 0.01:  # it would be torn apart: what it lacks is too much for its Han alone
            most = MOST_STRETCH["address" if "://" in text or "@" in text else "text"]
            assert em * SIZE - line.width > most * SIZE * han_joints(line)
        else:
            assert line.width == pytest.approx(em * SIZE, abs=0.01)
            assert max(piece.x + piece.width for piece in line.pieces) == pytest.approx(em * SIZE, abs=0.01)


def han_joints(line: Line) -> int:
    return sum(is_han(one) and is_han(two) for one, two in pairwise(line.text))


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_no_gap_stands_at_a_line_edge(text: str, em: float, setting: dict[str, str]) -> None:
    for line in set_in(text, em, setting=setting)[:-1]:
        edges = [(left, right, char) for left, right, char in glyph_edges(line) if not char.isspace()]
        if not edges or line.text[0].isspace() or line.width < em * SIZE - 0.01:
            continue
        if edges[0][2].isalnum():
            assert edges[0][0] == pytest.approx(0, abs=0.01)
        if edges[-1][2].isalnum() and edges[-1][2] != "①":
            assert edges[-1][1] == pytest.approx(em * SIZE, abs=0.01)


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_no_line_is_torn_apart_and_no_mark_loses_all_its_blank(text: str, em: float, setting: dict[str, str]) -> None:
    for line in set_in(text, em, setting=setting, indent=2 * SIZE):
        most = MOST_STRETCH["address" if "://" in line.text or "@" in line.text else "text"] * SIZE
        for (start, right, one), (left, _, two) in pairwise(glyph_edges(line)):
            if is_han(one) and is_han(two):
                assert left - right <= most + 0.01, line.text
            if one in "，。、；：" and is_han(two):
                assert left - start >= 0.75 * SIZE - 0.01, line.text


@LAW
@given(PARAGRAPH, EM)
def test_ink_never_overlaps(text: str, em: float) -> None:
    for line in set_in(text, em):
        seen = [edge for edge in inked(line) if edge[2] != "—"]
        for (_, right, one), (left, _, two) in pairwise(seen):
            assert left > right - 0.1 * SIZE, (one, two, line.text)


@LAW
@given(st.lists(st.sampled_from(["国家", "AI", "57%", "，", "“", "”", " "]), min_size=1, max_size=40), EM)
def test_gap_only_between_han_and_latin(words: list[str], em: float) -> None:
    for line in set_in("".join(words), em, align="left"):
        for (_, right, one), (left, _, two) in pairwise(glyph_edges(line)):
            if {one, two} & set("，“” "):
                continue
            if is_han(one) != is_han(two):
                assert 0.12 * SIZE <= left - right <= 0.25 * SIZE + 0.01
            else:
                assert left - right == pytest.approx(0, abs=0.01)


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_a_squeezed_gap_is_an_eighth_at_least_and_a_word_space_a_quarter(
    text: str, em: float, setting: dict[str, str]
) -> None:
    for line in set_in(text, em, setting=setting, indent=2 * SIZE):
        for (start, right, one), (left, _, two) in pairwise(glyph_edges(line)):
            if one == " " and two.isalnum():
                assert left - start >= SIZE / 4 - 0.01, line.text
            if is_han(one) and two.isascii() and two.isalnum() or is_han(two) and one.isascii() and one.isalnum():
                assert left - right >= SIZE / 8 - 0.01, line.text


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_a_stretched_gap_is_half_an_em_at_most_where_others_can_take_the_rest(
    text: str, em: float, setting: dict[str, str]
) -> None:
    for line in set_in(text, em, setting=setting, indent=2 * SIZE):
        if han_joints(line) < 12:
            continue
        for (_, right, one), (left, _, two) in pairwise(glyph_edges(line)):
            if is_han(one) and two.isascii() and two.isalnum() or is_han(two) and one.isascii() and one.isalnum():
                assert left - right <= SIZE / 2 + 0.01, line.text


@LAW
@given(st.integers(0, 30), st.sampled_from(UNPARTED), st.integers(0, 30), st.floats(10, 30), BREAKING)
def test_a_figure_is_never_parted_from_its_sign_or_unit(
    before: int, token: str, after: int, em: float, setting: dict[str, str]
) -> None:
    han = "滨海市港口集疏运体系与冷链仓储布局的比较研究表明这一做法确有成效"
    text = han[:before] + token + han[:after]
    ends = set(accumulate(len(line.text) for line in set_in(text, em, setting=setting)[:-1]))
    assert not ends & set(range(before + 1, before + len(token)))


PROSE = st.lists(
    st.one_of(
        st.text("国家人才产业政策研究与发展的在了", min_size=1, max_size=12),
        st.sampled_from([*"，。、；：", "。”", "）。"]),
    ),
    min_size=4, max_size=60,
).map("".join)


@LAW
@given(PROSE, EM, BREAKING)
def test_no_last_line_holds_a_single_character(text: str, em: float, setting: dict[str, str]) -> None:
    lines = set_in(text, em, setting=setting, indent=2 * SIZE)
    if len(lines) > 1 and not re.search("[，。、；：”）]{6}", text):
        assert sum(map(is_han, lines[-1].text)) >= 2


# ------------------------------------------------------------ all lines together


@LAW
@given(PARAGRAPH, EM)
def test_optimal_is_never_worse_than_greedy(text: str, em: float) -> None:
    breaker = breaker_of(told(text), em)
    chosen = breaker.first_fit()
    assert breaker.total(breaker.least_badness(chosen)) <= breaker.total(chosen) + 1e-9


@settings(LAW, max_examples=60)
@given(st.lists(WORD, min_size=1, max_size=25).map("".join).map(told).filter(str.strip), EM)
def test_optimal_is_the_best_there_is(text: str, em: float) -> None:
    breaker = breaker_of(text, em)
    chosen = breaker.first_fit()
    best = least(breaker)
    assume(best < COSTS["loose"])  # where a line has nothing to stretch, not every shorter one is tried
    assert breaker.total(breaker.least_badness(chosen)) == pytest.approx(best, abs=1e-6)


def least(breaker: Breaker) -> float:
    """The least total badness, found by trying every line."""
    count = breaker.last + 1
    best = [0.0] + [inf] * count
    for last in range(count):
        if breaker.penalties[last] < 1e5:
            best[last + 1] = min(best[first] + breaker.badness(first, last) for first in range(last + 1))
    return best[count]


def test_time_is_linear_in_the_length_of_a_paragraph() -> None:
    text = "人才政策的国际比较需要TensorFlow等框架，也需要“PyTorch”与2019—2022年的数据——以及其他来源（共12项）。" * 160

    def seconds(length: int) -> float:
        times = []
        for _ in range(3):
            start = time.process_time()
            set_in(text[:length], 25)
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(9600) < 8 * seconds(2400)
    unbroken = "x" * 20_000
    start = time.process_time()
    assert len(set_in(unbroken, 20)) > 400
    assert time.process_time() - start < 5
