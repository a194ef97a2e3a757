"""The laws of line setting on made-up paragraphs, and cases by hand (lines/*.yaml)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.theme.theme import Setting
from report.writers.pdf.lines import Line, Measure, Piece, Run, break_lines
from report.writers.pdf.prohibitions import MOST_STRETCH

CASES = Path(__file__).parent / "lines"
THEME = Path(__file__).parents[3] / "templates/series/base/theme.yaml"
SIZE = 16.0
RAGGED = MOST_STRETCH  # em a share
MAY_NOT_START = set("＋－×÷＝，。、；：？！）》〉」』】〕”’…—～·々%‰℃°,.;:!?)]}-/")
MAY_NOT_END = set("（《〈「『【〔“‘([{$¥￥")


def read(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def library() -> FontLibrary:
    return FontLibrary(load_theme([read(THEME)], "theme.yaml"))


def runs_of(text: str) -> list[Run]:
    """Plain text as runs; [①] stands for a raised note mark."""
    runs = []
    for part in re.split(r"(\[①\])", text):
        if part == "[①]":
            runs.append(Run("①", "song", SIZE * 0.62, "ink", rise=5.8, source="note"))
        else:
            runs.append(Run(part, "song", SIZE, "ink", source="text"))
    return runs


def set_in(text: str, em: float, *, breaking: str = "optimal", **measure: Any) -> list[Line]:
    setting = Setting.model_validate({"breaking": breaking, "gap": 0.25})
    return break_lines(runs_of(text), Measure(em * SIZE, **measure), library(), setting)


def glyph_edges(line: Line) -> list[tuple[float, float, str]]:
    """Left and right edge of each glyph's advance on a line, in points."""
    edges = []
    for piece in line.pieces:
        face, x = library().face(piece.face), piece.x
        for char, extra in zip(piece.text, piece.spacing or (0.0,) * len(piece.text), strict=True):
            advance = face.advance(char) * piece.size * piece.scale / 1000
            edges.append((x, x + advance, char))
            x += advance + extra
    return edges


# ------------------------------------------------------------ cases


BREAKS = [
    pytest.param(case, breaking, id=f"{case['name']}-{breaking}")
    for case in read(CASES / "breaks.yaml")
    for breaking in ("optimal", "greedy")
    if case.get("breaking", breaking) == breaking
]


@pytest.mark.parametrize(("case", "breaking"), BREAKS)
def test_lines_end_where_the_rules_say(case: dict[str, Any], breaking: str) -> None:
    lines = set_in(case["text"], case["em"], breaking=breaking, indent=case.get("indent", 0) * SIZE)
    assert [line.text for line in lines] == case["lines"]


@pytest.mark.parametrize("case", read(CASES / "widths.yaml"), ids=lambda case: case["text"])
def test_natural_width(case: dict[str, Any]) -> None:
    setting = Setting(squeeze=case.get("squeeze", True), gap=0.25)
    lines = break_lines(runs_of(case["text"]), Measure(100 * SIZE), library(), setting)
    assert len(lines) == 1
    assert lines[0].width / SIZE == pytest.approx(case["width"], abs=0.001)


# ------------------------------------------------------------ laws

WORD = st.one_of(
    st.text("国家人才产业政策研究与发展的在了", min_size=1, max_size=12),
    st.sampled_from(list("，。、；：？！") + ["——", "……", "·", "”", "）", "》，", "）。”", "“", "（", "《", "：“《"]),
    st.sampled_from(["AI", "TensorFlow", "GPT-4", "state-of-the-art", "57%", "约12倍", "1091亿美元", "2019—2022年"]),
    st.sampled_from([" ", "China’s", "(abc)", "$5", "3.5", "41＋3＝44", "[①]", "https://www.example.org/a/b?id=12&x=long-name"]),
)
PARAGRAPH = st.lists(WORD, min_size=1, max_size=60).map("".join).filter(lambda text: bool(text.strip()))
EM = st.floats(16, 40)
BREAKING = st.sampled_from(["optimal", "greedy"])
LAW = settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_nothing_is_lost(text: str, em: float, breaking: str) -> None:
    lines = set_in(text, em, breaking=breaking, indent=2 * SIZE)
    assert "".join(line.text for line in lines) == text.replace("[①]", "①")
    assert all("".join(piece.text for piece in line.pieces) == line.text for line in lines)
    assert [line.ends_paragraph for line in lines] == [False] * (len(lines) - 1) + [True]


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_no_line_starts_or_ends_with_a_prohibited_mark(text: str, em: float, breaking: str) -> None:
    lines = set_in(text, em, breaking=breaking, indent=2 * SIZE)
    for before, after in pairwise(lines):
        # a mark group longer than the line has to be broken somewhere (CLREQ leaves it open)
        if re.search(r"[^\w\s]{12}", before.text + after.text):
            continue
        assert after.text[0] not in MAY_NOT_START
        assert before.text.rstrip()[-1:] not in MAY_NOT_END
        assert after.pieces[0].rise == 0, "a note mark starts a line"


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_justified_lines_are_flush(text: str, em: float, breaking: str) -> None:
    lines = set_in(text, em, breaking=breaking, indent=2 * SIZE)
    for line in lines[:-1]:
        if line.width < em * SIZE - 0.01:  # it would be torn apart: what it lacks is too much for its Han alone
            assert em * SIZE - line.width > RAGGED["address" if "://" in text else "text"] * SIZE * han_joints(line)
            continue
        assert line.width == pytest.approx(em * SIZE, abs=0.01)
        assert max(piece.x + piece.width for piece in line.pieces) == pytest.approx(em * SIZE, abs=0.01)
    assert lines[-1].width <= em * SIZE + 0.01


def han_joints(line: Line) -> int:
    return sum(min(one, two) >= "\u4e00" and max(one, two) <= "\u9fff" for one, two in pairwise(line.text))


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_no_line_is_torn_apart(text: str, em: float, breaking: str) -> None:
    most = RAGGED["address" if "://" in text else "text"] * SIZE
    for line in set_in(text, em, breaking=breaking, indent=2 * SIZE):
        for (_, right, one), (left, _, two) in pairwise(glyph_edges(line)):
            if min(one, two) >= "\u4e00" and max(one, two) <= "\u9fff":
                assert left - right <= most + 0.01, line.text


@LAW
@given(PARAGRAPH, EM, BREAKING)
def test_marks_inside_a_line_keep_half_their_blank(text: str, em: float, breaking: str) -> None:
    for line in set_in(text, em, breaking=breaking):
        for (start, _, one), (left, _, two) in pairwise(glyph_edges(line)):
            if one in "，。、；：" and "\u4e00" <= two <= "\u9fff":
                assert left - start >= 0.75 * SIZE - 0.01, line.text


@LAW
@given(PARAGRAPH, st.floats(2, 16), BREAKING)
def test_even_a_narrow_column_holds_its_lines(text: str, em: float, breaking: str) -> None:
    lines = set_in(text, em, breaking=breaking)
    assert "".join(line.text for line in lines) == text.replace("[①]", "①")
    assert all(line.width <= em * SIZE + 0.01 for line in lines)


@LAW
@given(PARAGRAPH, EM)
def test_glyphs_stand_in_order_and_never_overlap_in_ink(text: str, em: float) -> None:
    for line in set_in(text, em):
        pieces = line.pieces
        inked = []
        for piece in pieces:
            face, x = library().face(piece.face), piece.x
            for char, extra in zip(piece.text, piece.spacing or (0.0,) * len(piece.text), strict=True):
                left, right = (edge * piece.size * piece.scale / 1000 for edge in face.ink(char))
                if right > left and char != "—":
                    inked.append((x + left, x + right, char))
                x += face.advance(char) * piece.size * piece.scale / 1000 + extra
        for (_, right, one), (left, _, two) in pairwise(inked):
            assert left > right - 0.1 * SIZE, (one, two, line.text)


@LAW
@given(st.lists(st.sampled_from(["国家", "AI", "57%", "，", "“", "”", " "]), min_size=1, max_size=40), EM)
def test_gap_only_between_han_and_latin(words: list[str], em: float) -> None:
    text = "".join(words)
    for line in set_in(text, em, align="left"):
        for (_, right, one), (left, _, two) in pairwise(glyph_edges(line)):
            han_latin = (one >= "\u4e00") != (two >= "\u4e00") and not {one, two} & set("，“” ")
            if not han_latin and not {one, two} & set("，“” "):
                assert left - right == pytest.approx(0, abs=0.01)
            elif han_latin:
                assert 0.12 * SIZE <= left - right <= 0.25 * SIZE + 0.01


def test_optimal_is_never_worse_than_greedy_in_its_loosest_line() -> None:
    text = "人才政策的国际比较需要TensorFlow等框架的支持，也需要PyTorch与2019—2022年的数据，以及其他来源。" * 6

    def loosest(breaking: str) -> tuple[float, float]:
        """What the most ragged line lacks, and the widest space between two Han."""
        lines = set_in(text, 18, breaking=breaking)[:-1]
        return max(round(18 * SIZE - line.width, 3) for line in lines), max(
            left - right
            for line in lines
            for (_, right, one), (left, _, two) in pairwise(glyph_edges(line))
            if min(one, two) >= "\u4e00" and max(one, two) <= "\u9fff"
        )

    assert loosest("optimal") <= loosest("greedy")


# ------------------------------------------------------------ single facts


def pieces_of(text: str) -> tuple[Piece, ...]:
    return set_in(text, 30, align="left")[0].pieces


def test_two_dashes_are_one_rule() -> None:
    dashes = [piece for piece in pieces_of("甲——乙") if "—" in piece.text]
    inked = []
    for piece in dashes:
        face, x = library().face(piece.face), piece.x
        for char, extra in zip(piece.text, piece.spacing or (0.0,) * len(piece.text), strict=True):
            left, right = (edge * SIZE * piece.scale / 1000 for edge in face.ink(char))
            inked.append((x + left, x + right))
            x += face.advance(char) * SIZE * piece.scale / 1000 + extra
    (start, middle), (again, end) = inked
    assert again <= middle, "the rule has a hole"
    assert [start, end] == pytest.approx([1.05 * SIZE, 2.95 * SIZE], abs=0.01)


def test_marks_of_chinese_take_the_han_face_and_latin_text_its_own() -> None:
    assert {piece.face for piece in pieces_of("他说“不”……")} == {"noto-serif"}
    assert {piece.face for piece in pieces_of("They said “no” — China’s…")} == {"stix"}
    assert [piece.text for piece in pieces_of("看China’s计划")] == ["看", "China’s", "计划"]


def test_opening_mark_is_half_wide_at_the_start_of_a_line_but_not_of_a_paragraph() -> None:
    lines = set_in("“甲乙丙丁戊己庚辛壬“癸子丑寅卯”", 10)
    assert lines[0].pieces[0].x == 0
    assert lines[1].text[0] == "“"
    assert lines[1].pieces[0].x == pytest.approx(-SIZE / 2)


def test_note_mark_is_told_on_the_line_that_shows_it() -> None:
    lines = set_in("甲乙丙丁戊己庚辛壬癸[①]。子丑寅卯辰巳午未[①]申酉戌", 10)
    assert [("note" in line.sources, "①" in line.text) for line in lines].count((True, False)) == 0
    assert sum(line.sources.count("note") for line in lines) == 2


def test_a_ragged_line_never_parts_a_number_from_its_unit() -> None:
    assert [line.text for line in set_in("超过10亿美元", 5, align="left")] == ["超过", "10亿美元"]
    assert [line.text for line in set_in("10亿美元", 3.5, align="left")] == ["10亿", "美元"]  # nowhere else


def test_alignment_tracking_and_insets() -> None:
    assert set_in("甲乙", 10, align="center")[0].pieces[0].x == pytest.approx(4 * SIZE)
    assert set_in("甲乙", 10, align="right")[0].width == pytest.approx(10 * SIZE)
    assert set_in("甲乙丙", 10, align="left", tracking=0.5)[0].width == pytest.approx(4 * SIZE)
    lines = set_in("国" * 20, 10, left=2 * SIZE, right=SIZE, indent=-SIZE)
    assert [line.pieces[0].x / SIZE for line in lines] == pytest.approx([1, 2, 2])
    assert lines[0].width == pytest.approx(9 * SIZE)


def test_character_that_no_font_covers_stops_the_report() -> None:
    with pytest.raises(ReportError, match=r"“人才\U0001f9ff政策”.*U\+1F9FF"):
        set_in("人才\U0001f9ff政策", 10)
