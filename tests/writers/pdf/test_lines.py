"""Cases of line setting by hand (lines/*.yaml), and single facts."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from report.errors import ReportError
from report.theme.theme import Setting
from report.writers.pdf.lines import Line, Measure, Piece, Run, break_lines
from report.writers.pdf.prohibitions import KINDS, LEVELS, NO_END, NO_START, kind_of

from .lines_set import CASES, SIZE, glyph_edges, inked, library, read, set_in

# ------------------------------------------------------------ cases


BREAKS = [
    pytest.param(case, breaking, id=f"{case['name']}-{breaking}")
    for case in read(CASES / "breaks.yaml")
    for breaking in ("optimal", "greedy")
    if case.get("breaking", breaking) == breaking
]


@pytest.mark.parametrize(("case", "breaking"), BREAKS)
def test_lines_end_where_the_rules_say(case: dict[str, Any], breaking: str) -> None:
    setting = {"breaking": breaking, **case.get("setting", {})}
    lines = set_in(case["text"], case["em"], setting=setting, indent=case.get("indent", 0) * SIZE)
    assert [line.text for line in lines] == case["lines"]


@pytest.mark.parametrize("case", read(CASES / "widths.yaml"), ids=lambda case: case["text"])
def test_natural_width(case: dict[str, Any]) -> None:
    lines = set_in(case["text"], 100, setting=case.get("setting"))
    assert len(lines) == 1
    assert lines[0].width / SIZE == pytest.approx(case["width"], abs=0.001)


def covered(char: str) -> bool:
    font = library().theme.fonts["song"]
    return any(library().face(key).covers(char) for key in (font.han, font.latin, *font.fallback))


def marks(barred: frozenset[str]) -> list[str]:
    """The seen marks of these kinds that the default fonts have; the rest cannot be set at all."""
    return [char for char, kind in KINDS.items() if kind in barred and char.strip(" \u00ad") and covered(char)]


@pytest.mark.parametrize("char", marks(NO_START))
def test_no_mark_of_the_table_starts_a_line(char: str) -> None:
    for before in range(1, 14):
        lines = set_in("国" * before + char + "国" * 12, 8)
        assert all(not line.text.startswith(char) for line in lines[1:])


@pytest.mark.parametrize("char", marks(NO_END))
def test_no_mark_of_the_table_ends_a_line(char: str) -> None:
    for before in range(1, 14):
        lines = set_in("国" * before + char + "国" * 12, 8)
        assert all(not line.text.endswith(char) for line in lines[:-1])


# What CLREQ, 行首行尾禁则, and GB/T 15834, 5.1 name, full and half width; then prefixes and suffixes of figures, the
# iteration marks and small kana of Japanese names
AT_NO_START = (
    "，、；：。？！．" ",;:.?!" "）》〉」』】〕〗］｝”’" ")]}" "·・‧•" "～〜—–-" "／/" "—…⋯⸺─" "‼⁇⁈⁉"
    "%‰‱°℃℉′″％￠¢㎡㎥㎞㎏" "＋－×÷＝＜＞∶" "々〻ーゝゞヽヾ゛゜ゃっョヶ" "™®" "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞﹪" "｡､｣･"
)
AT_NO_END = "（《〈「『【〔〖［｛“‘" "([{" "／/" "$¥￥£￡€₩￦№§#@＄＃＠" "±≥≤≈−" "﹙﹛﹝﹩" "｢"


def test_the_table_holds_every_mark_of_the_standards() -> None:
    assert "".join(char for char in AT_NO_START if kind_of(char) not in NO_START) == ""
    assert "".join(char for char in AT_NO_END if kind_of(char) not in NO_END) == ""


@pytest.mark.parametrize(("level", "starts", "ends"), [
    ("strict", "", ""), ("gb", "—…⋯⸺─―", ""), ("basic", "—…⋯⸺─―", "／/\\|"),
])
def test_a_level_frees_only_what_clreq_says(level: str, starts: str, ends: str) -> None:
    no_start, no_end = LEVELS[level]
    assert {char for char, kind in KINDS.items() if kind in NO_START - no_start} == set(starts)
    assert {char for char, kind in KINDS.items() if kind in NO_END - no_end} == set(ends)


# ------------------------------------------------------------ single facts


def pieces_of(text: str) -> tuple[Piece, ...]:
    return set_in(text, 30, align="left")[0].pieces


def test_two_dashes_are_one_rule() -> None:
    dashes = [piece for piece in pieces_of("甲——乙") if "—" in piece.text]
    (start, middle, _), (again, end, _) = inked(Line(tuple(dashes), 0, True, "——", ()))
    assert again <= middle, "the rule has a hole"
    assert [start, end] == pytest.approx([1.05 * SIZE, 2.95 * SIZE], abs=0.01)


def test_the_long_dash_is_as_long_as_two() -> None:
    dash = next(edge for edge in inked(set_in("甲⸺乙", 30, align="left")[0]) if edge[2] == "⸺")
    assert dash[:2] == pytest.approx((1.05 * SIZE, 2.95 * SIZE), abs=0.01)


def test_an_apostrophe_is_narrow_in_a_face_that_has_it_wide_only() -> None:
    line = break_lines([Run("港China’s策", "hei-bold", SIZE, "ink")], Measure(30 * SIZE), library(), Setting())[0]
    (_, before, _), (left, right, _), (after, _, _) = inked(line)[5:8]
    assert before < left < right < after
    assert after - before < 0.5 * SIZE


def test_emphasis_sets_latin_in_italics_and_han_in_its_own_face() -> None:
    run = Run("《Lloyd’s List》是刊名", "kai/italic", SIZE, "ink")
    line = break_lines([run], Measure(30 * SIZE), library(), Setting())[0]
    assert [(piece.text, piece.face) for piece in line.pieces] == [
        ("《", "noto-sans-normal"), ("Lloyd’s List", "stix-italic"), ("》是刊名", "noto-sans-normal")]


@pytest.mark.parametrize("text", ["汉字", "Latin", "“引号", "2026年"])
def test_one_gap_after_the_number_of_a_note(text: str) -> None:
    runs = [Run(part, "song", SIZE, "ink", unbreakable=part == "①") for part in ("①", "\u00a0", text)]
    line = break_lines(runs, Measure(30 * SIZE), library(), Setting())[0]
    mark, _, first = glyph_edges(line)[:3]
    shift = SIZE / 2 if text[0] == "“" else 0.0  # the blank of the mark lies left of its ink
    assert mark[2] == "①" and mark[1] - mark[0] == pytest.approx(SIZE)
    assert first[0] + shift - mark[1] == pytest.approx(SIZE / 4, abs=0.01)


def test_the_ratio_sign_is_half_wide() -> None:
    assert set_in("1∶100", 30)[0].width == pytest.approx((0.5 * 5) * SIZE, abs=0.01)


def test_a_gap_follows_an_address_whatever_it_ends_with() -> None:
    for end in ("x", "x/", "x_"):
        edges = glyph_edges(set_in(f"https://example.org/{end}的网页", 40)[0])
        (_, right, _), (left, _, _) = next((one, two) for one, two in pairwise(edges) if two[2] == "的")
        assert left - right == pytest.approx(SIZE / 4, abs=0.01), end


def test_a_mark_hangs_wholly_outside() -> None:
    lines = set_in("甲乙丙丁戊己庚辛壬癸，子丑寅卯", 10, setting={"hang": True})
    *_, (_, edge, _), (start, _, mark) = glyph_edges(lines[0])
    assert mark == "，" and edge == start == pytest.approx(10 * SIZE)


def test_marks_of_chinese_take_the_han_face_and_latin_text_its_own() -> None:
    assert {piece.face for piece in pieces_of("他说“不”……")} == {"noto-serif"}
    assert {piece.face for piece in pieces_of("They said “no” — China’s…")} == {"stix"}
    assert [piece.text for piece in pieces_of("看China’s计划")] == ["看", "China’s", "计划"]


def test_opening_mark_is_half_wide_at_the_start_of_a_line_but_not_of_a_paragraph() -> None:
    lines = set_in("“甲乙丙丁戊己庚辛壬“癸子丑寅卯”", 10)
    assert lines[0].pieces[0].x == 0
    assert lines[1].text[0] == "“"
    assert lines[1].pieces[0].x == pytest.approx(-SIZE / 2)


def test_opening_mark_is_half_wide_at_the_start_of_a_cell() -> None:
    assert set_in("“甲乙”", 10, align="left", half_first=True)[0].pieces[0].x == pytest.approx(-SIZE / 2)
    kept = set_in("“甲乙”", 10, setting={"line_start_half": False}, align="left", half_first=True)
    assert kept[0].pieces[0].x == 0
    assert len(set_in("“甲乙丙丁戊己庚辛壬癸”", 11, half_first=True)) == 1


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


def test_raised_and_lowered_words_stay_with_what_they_hang_on() -> None:
    def indexed(*parts: tuple[str, float]) -> list[Line]:
        runs = [Run(text, "song", SIZE * (0.62 if rise else 1), "ink", rise=rise) for text, rise in parts]
        return break_lines(runs, Measure(10 * SIZE), library(), Setting())

    lines = indexed(("甲乙丙丁戊己庚辛壬CO", 0), ("2", -2), ("排放", 0))
    assert [line.text for line in lines] == ["甲乙丙丁戊己庚辛壬", "CO2排放"]
    lines = indexed(("甲乙丙丁戊己庚辛壬癸", 0), ("[3]", 5), ("，子丑寅卯", 0))
    assert [line.text for line in lines] == ["甲乙丙丁戊己庚辛壬", "癸[3]，子丑寅卯"]
    index = indexed(("甲", 0), ("[3]", 5), ("乙", 0))[0].pieces
    assert index[1].x == pytest.approx(SIZE), "no gap before an index"
    unit = indexed(("5km", 0), ("2", 5), ("乙", 0))[0].pieces
    assert unit[2].x - (unit[1].x + unit[1].width) == pytest.approx(SIZE / 4), "a gap after one of Latin"


def test_hyphens_are_seen_at_line_ends_only() -> None:
    lines = set_in("甲乙丙丁internationalization子丑", 10, setting={"hyphenate": True})
    assert [("\u00ad" in piece.text) for line in lines for piece in line.pieces] == [False, True, False, False]
    assert lines[0].width == pytest.approx(10 * SIZE)
    for text in ("TensorFlow与PyTorch等NVIDIA产品，", "https://www.example.org/internationalization/of-frameworks"):
        assert not any("\u00ad" in line.text for line in set_in(text, 6, setting={"hyphenate": True}))


def test_an_accent_stands_over_its_letter() -> None:
    accented = inked(set_in("q\u0301", 10)[0])
    (left, right, _), (start, end, _) = accented
    assert left < (start + end) / 2 < right


def test_marks_in_small_and_large_type_are_squeezed_by_the_larger() -> None:
    runs = [Run("甲》", "song", SIZE, "ink"), Run("《乙", "song", SIZE / 2, "ink")]
    line = break_lines(runs, Measure(10 * SIZE), library(), Setting())[0]
    assert line.width == pytest.approx((1.5 + 0.5 + 0.25 + 0.5) * SIZE)


def test_no_line_is_set_from_nothing_seen() -> None:
    assert [line.text for line in set_in("\u200b", 10)] == [""]
    assert [line.text for line in set_in("甲\u2060\n\ufeff乙", 10)] == ["甲\n", "乙"]


def test_only_lines_beside_an_address_are_left_short() -> None:
    text = "甲乙（丙丁）戊己，庚辛壬癸100%子丑寅卯，" * 3 + "见https://www.example.org/internationalization。"
    lines = set_in(text, 13.3)
    beside = next(number for number, line in enumerate(lines) if "https" in line.text) - 1

    assert beside > 2
    assert {round(line.width, 2) for line in lines[:beside]} == {13.3 * SIZE}
