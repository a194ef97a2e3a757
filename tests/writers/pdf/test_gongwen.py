"""The page of official documents: GB/T 9704—2012, 5.2, 6 and 7.5, measured on pages set with packages' fonts alone."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from report.content.nodes import Paragraph, Text
from report.theme.fonts import FontLibrary, check_fonts
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.theme.theme import POINTS
from report.writers.pdf.layout import Layout, Page

from .pressed import Press, lines, set_
from .sample import heading

TEMPLATES = Path(__file__).parents[3] / "templates"
LINES, CHARACTERS = 22, 28
HAN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"


@cache
def gongwen() -> Press:
    """The theme, on a machine that has no fonts but those of the packages."""
    layers = load_theme_layers(TEMPLATES / "themes/gongwen", TEMPLATES / "series")
    theme = load_theme((file.data for file in layers.files), layers.where)
    return theme, FontLibrary(theme, system=())


def han(count: int) -> Paragraph:
    """A paragraph of so many Han characters."""
    return Paragraph(inlines=(Text(text=(HAN * (count // len(HAN) + 1))[:count]),))


@cache
def full() -> Layout:
    """Three pages and a half of text, headings of three levels among it."""
    heads = [heading(1, "a", "一、", "总则"), heading(2, "b", "（一）", "范围"), heading(3, "c", "1.", "对象")]
    return set_(gongwen(), [han(CHARACTERS * LINES - 2), *heads, *[han(CHARACTERS * 30)] * 2])


def baselines(page: Page) -> list[float]:
    return [line.y for line in lines(page, "body", "heading-1", "heading-2", "heading-3")]


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    """5.2.2: 一般每面排22行，每行排28个字，并撑满版心."""
    page, theme = full().pages[0], gongwen()[0]
    first, *others = lines(page, "body")
    assert [len(line.text) for line in (first, *others)] == [CHARACTERS - 2, *[CHARACTERS] * (LINES - 1)]
    edges = (theme.page.left * POINTS, (theme.page.width - theme.page.right) * POINTS)
    assert all((line.start, line.end) == pytest.approx(edges, abs=1.3) for line in others)  # a last line: 441 points
    assert edges[1] - edges[0] == pytest.approx(156 * POINTS)


def test_headings_stand_on_the_same_lines() -> None:
    """7.3: 一级标题黑体，二级楷体，三级仿宋; each is a line of the page like any other, two characters in."""
    for page in full().pages[:3]:
        tops = baselines(page)
        assert len(tops) == LINES
        pitch = gongwen()[0].roles["body"].leading
        assert [(y - tops[0]) / pitch for y in tops] == pytest.approx(range(LINES), abs=0.01)
    second = full().pages[1]
    starts = {line.role: line.start for line in lines(second, "heading-1", "heading-2", "heading-3")}
    inner = lines(second, "body")[1].start
    assert all(start - inner == pytest.approx(32, abs=1) for start in starts.values())
    assert {role: gongwen()[0].fonts[gongwen()[0].roles[role].font].word_han for role in starts} == {
        "heading-1": "黑体", "heading-2": "楷体", "heading-3": "仿宋"}  # fmt: skip


def test_the_block_lies_where_the_standard_puts_it() -> None:
    """5.2.1: 天头37 mm，订口28 mm，版心156 mm×225 mm; the binding edge is at the right of a left-hand page."""
    page = gongwen()[0].page
    assert (page.width, page.height, page.top, page.left) == (210, 297, 37, 28)
    assert (page.width - page.left - page.right, page.height - page.top - page.bottom) == (156, 225)
    right, left = full().pages[:2]
    assert lines(right, "body")[1].start == pytest.approx(28 * POINTS, abs=0.1)
    assert lines(left, "body")[1].start == pytest.approx(26 * POINTS, abs=0.1)
    last = baselines(right)[-1]
    assert last < (297 - 35) * POINTS < last + gongwen()[0].roles["body"].leading


def test_the_number_stands_between_dashes_at_the_outer_edge() -> None:
    """7.5: 4号半角宋体，数字左右各放一条一字线，一字线上距版心下边缘7 mm；单页码居右空一字，双页码居左空一字."""
    (right,), (left,) = (lines(page, "folio") for page in full().pages[:2])
    assert (right.text, left.text) == ("— 1 —", "— 2 —")
    assert right.size == 14
    assert right.end == pytest.approx((210 - 26) * POINTS - 14, abs=0.5)
    assert left.start == pytest.approx(26 * POINTS + 14, abs=0.5)
    dash = right.y - 14 * 0.35  # an em dash stands about a third of the size above the baseline
    assert (dash / POINTS - (297 - 35)) == pytest.approx(7, abs=1)
    assert [page.number for page in full().pages[:2]] == ["1", "2"]  # what readers of the layout are told


def test_no_font_need_be_installed() -> None:
    theme, library = gongwen()
    check_fonts(library)
    uses = library.report("中文Latin“”——……·①％")
    assert {use.instead for use in uses if use.role == "fang" and use.part == "han"} == {"FandolFang-Regular.otf"}
    assert not [use for use in uses if use.part in ("han", "latin") and use.lacks]
    assert {theme.files[library.face(key).key].package for key in theme.files} == {
        "pylopdf_fonts_zh_cn", "manimgx_fonts_cjk", "matplotlib"}  # fmt: skip
