"""Embedded fonts keep text as text: widths, ToUnicode, ActualText, same bytes."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from ruamel.yaml import YAML

from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.writers.pdf.job import Job
from report.writers.pdf.layout import Layout, Page, TextLine
from report.writers.pdf.lines import Measure, Run, break_lines
from report.writers.pdf.piece import Piece
from report.writers.pdf.press import print_here
from report.writers.pdf.structure import ARTIFACT, Structure
from report.writers.pdf.subset import subsets

from .sample import content

THEME = Path(__file__).parents[3] / "templates/themes/shanghai/theme.yaml"
CHINESE = "国家人才政策，《报告》“第一”——约①"
SUPPLEMENTARY = "\U00020087"


@cache
def library() -> FontLibrary:
    return FontLibrary(load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8"))], "theme.yaml"))


def page(key: str, text: str) -> bytes:
    """A page with one line of text in one face."""
    return page_of((Piece(0.0, text, key, 12, "ink", 0.0, 0.0, ARTIFACT),))


def page_of(pieces: tuple[Piece, ...]) -> bytes:
    """A page with one line, which begins at 20 points."""
    line = TextLine(20, 50, 500, 12, "body", "".join(piece.text for piece in pieces), pieces, artifact="Layout")
    layout = Layout(600, 100, (Page(None, "", False, (line,)),), tuple(Structure().elements), ())
    fonts = subsets(layout, library())
    job = Job(layout, content().front, library().theme.palette, tuple(font.data for font in fonts))
    return print_here(job, (font.program() for font in fonts))()


def text_of(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


@pytest.mark.parametrize(
    ("key", "text"),
    [("noto-serif", CHINESE), ("noto-sans-bold", CHINESE), ("stix", "Zürich café, 57% — naïve")],
)
def test_text_comes_out_as_it_went_in(key: str, text: str) -> None:
    pdf = page(key, text)
    assert text_of(pdf).strip() == text
    assert pdf == page(key, text)


@pytest.mark.parametrize(("key", "text"), [("noto-serif", "国·—A1①"), ("noto-sans", "国·—A1"), ("stix", "éàAWi1")])
def test_widths_in_the_pdf_are_those_of_the_font(key: str, text: str) -> None:
    pdf = page(key, text)
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
    assert text_of(page("noto-serif", SUPPLEMENTARY)).strip() == SUPPLEMENTARY


def test_glyph_that_two_characters_share_keeps_both() -> None:
    face = library().face("noto-sans")
    assert face.glyph("·") == face.glyph("•")
    with pikepdf.open(io.BytesIO(page("noto-sans", "甲·乙•丙"))) as document:
        content = document.pages[0].Contents.read_bytes().decode("latin-1")
    assert f"/ActualText <FEFF{'甲·乙•丙'.encode('utf-16-be').hex()}>" in content


def test_pieces_of_a_line_are_drawn_where_they_stand() -> None:
    text = "“国家”，《人才》——约57%。"
    line = break_lines([Run(text, "song", 12, "ink")], Measure(400), library(), library().theme.setting)[0]
    page = pypdfium2.PdfDocument(page_of(line.pieces))[0].get_textpage()
    drawn = {page.get_text_range(index, 1): page.get_charbox(index) for index in range(page.count_chars())}
    serif = library().face("noto-serif")
    end = 20 + line.width - 12 + serif.ink("。")[1] * 12 / 1000
    assert drawn["。"][2] == pytest.approx(end, abs=0.5)
    assert drawn["5"][0] > drawn["约"][2] + 0.2 * 12


def test_character_outside_the_font_is_an_error() -> None:
    with pytest.raises(ReportError, match="缺少字符 U\\+4E2D"):
        page("stix", "中")


def test_subset_holds_little_more_than_what_is_shown() -> None:
    assert len(page("noto-serif", CHINESE)) < 30_000
    assert len(page("noto-sans-bold", CHINESE)) < 30_000
