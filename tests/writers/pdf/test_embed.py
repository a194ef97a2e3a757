"""Embedded fonts keep text as text: widths, ToUnicode, ActualText, same bytes."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from reportlab.pdfbase.pdfdoc import PDFError  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.writers.pdf.embed import EmbeddedFont
from report.writers.pdf.lines import Measure, Run, break_lines

THEME = Path(__file__).parents[3] / "templates/series/base/theme.yaml"
CHINESE = "国家人才政策，《报告》“第一”——约①"
SUPPLEMENTARY = "\U00020087"


@cache
def library() -> FontLibrary:
    return FontLibrary(load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8"))], "theme.yaml"))


def page(key: str, text: str, *, frozen: bool) -> bytes:
    """A page with one line of text in one face."""
    font = EmbeddedFont(library().face(key))
    if frozen:
        font.freeze(text)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 100), invariant=1, initialFontName="Helvetica")
    font.show(canvas, 12, 20, 50, text)
    canvas.save()
    return out.getvalue()


def text_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize(
    ("key", "text"),
    [("noto-serif", CHINESE), ("noto-sans-bold", CHINESE), ("stix", "Zürich café, 57% — naïve")],
)
def test_text_comes_out_as_it_went_in(key: str, text: str, frozen: bool) -> None:
    pdf = page(key, text, frozen=frozen)
    assert text_of(pdf).strip() == text
    assert pdf == page(key, text, frozen=frozen)


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize(("key", "text"), [("noto-serif", "国·—A1①"), ("noto-sans", "国·—A1"), ("stix", "éàAWi1")])
def test_widths_in_the_pdf_are_those_of_the_font(key: str, text: str, frozen: bool) -> None:
    pdf = page(key, text, frozen=frozen)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        font = next(f for f in document.pages[0].Resources.Font.values() if f.Subtype == "/Type0")
        array = list(font.DescendantFonts[0].W)
        widths = {int(array[i]): int(array[i + 1][0]) for i in range(0, len(array), 2)}
        shown = re.search(rb"<([0-9A-F]+)> Tj", document.pages[0].Contents.read_bytes())
    assert shown
    codes = [int(shown[1][i:i + 4], 16) for i in range(0, len(shown[1]), 4)]
    face = library().face(key)
    assert [widths.get(code, 1000) for code in codes] == [round(face.advance(char)) for char in text]


def test_supplementary_plane() -> None:
    assert text_of(page("noto-serif", SUPPLEMENTARY, frozen=True)).strip() == SUPPLEMENTARY


def test_glyph_that_two_characters_share_keeps_both() -> None:
    face = library().face("noto-sans")
    assert face.glyph("·") == face.glyph("•")
    with pikepdf.open(io.BytesIO(page("noto-sans", "甲·乙•丙", frozen=True))) as document:
        content = document.pages[0].Contents.read_bytes().decode("latin-1")
    assert f"/ActualText <FEFF{'甲·乙•丙'.encode('utf-16-be').hex()}>" in content


def test_pieces_of_a_line_are_drawn_where_they_stand() -> None:
    text = "“国家”，《人才》——约57%。"
    line = break_lines([Run(text, "song", 12, "ink")], Measure(400), library(), library().theme.setting)[0]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 100), invariant=1)
    fonts = {piece.face: EmbeddedFont(library().face(piece.face)) for piece in line.pieces}
    for piece in line.pieces:
        fonts[piece.face].show_piece(canvas, 20, 50, piece)
    canvas.save()
    page = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage()
    drawn = {page.get_text_range(index, 1): page.get_charbox(index) for index in range(page.count_chars())}
    serif = library().face("noto-serif")
    end = 20 + line.width - 12 + serif.ink("。")[1] * 12 / 1000
    assert drawn["。"][2] == pytest.approx(end, abs=0.5)
    assert drawn["5"][0] > drawn["约"][2] + 0.2 * 12


def test_character_outside_the_frozen_text_is_an_error() -> None:
    font = EmbeddedFont(library().face("noto-serif"))
    font.freeze("国")
    with pytest.raises(PDFError, match="U\\+5BB6"):
        font.code("家")


def test_character_outside_the_font_is_an_error() -> None:
    with pytest.raises(ReportError, match="缺少字符 U\\+4E2D"):
        page("stix", "中", frozen=False)


def test_subset_holds_little_more_than_what_is_shown() -> None:
    assert len(page("noto-serif", CHINESE, frozen=True)) < 30_000
    assert len(page("noto-sans-bold", CHINESE, frozen=True)) < 30_000
