"""The specimen of hard cases: what must hold of every line of it, and of the file."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]
import pytest

from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.layout import Layout, TextLine
from report.writers.pdf.write import write_pdf

from .specimen import specimen
from .test_lines_laws import MAY_NOT_END, MAY_NOT_START

PARAGRAPHS = ("body", "list", "quote", "box-body", "note")


@pytest.fixture(scope="module")
def made(theme: Theme) -> tuple[bytes, Layout]:
    """The specimen as PDF, and its layout."""
    return write_pdf(specimen(), theme, FontLibrary(theme), {})


def text_lines(layout: Layout, *roles: str) -> list[TextLine]:
    """All lines in these roles, in painting order."""
    return [item for page in layout.pages for item in page.items if isinstance(item, TextLine) and item.role in roles]


def test_no_line_of_it_starts_or_ends_with_a_prohibited_mark(made: tuple[bytes, Layout]) -> None:
    lines = text_lines(made[1], *PARAGRAPHS)
    assert len(lines) > 50
    for line in lines:
        assert line.text[0] not in MAY_NOT_START and line.text.rstrip()[-1] not in MAY_NOT_END, line.text


def goes_on(line: TextLine) -> bool:
    """Whether the line is not the first of its paragraph (indented) or note (numbered)."""
    return line.text[0] not in "①②③④⑤⑥" if line.role == "note" else line.pieces[0].x < line.size


@pytest.mark.parametrize("role", ["body", "note"])
def test_every_line_but_the_last_of_a_paragraph_is_flush(made: tuple[bytes, Layout], theme: Theme, role: str) -> None:
    measure = (theme.page.width - theme.page.left - theme.page.right) * 72 / 25.4
    full = [before for before, after in pairwise(text_lines(made[1], role)) if goes_on(after)]

    assert len(full) > (15 if role == "body" else 3)
    assert {round(line.end - line.x, 2) for line in full} == {round(measure, 2)}


def test_a_latin_title_is_in_true_italics_wherever_it_stands(made: tuple[bytes, Layout]) -> None:
    pieces = [piece for line in text_lines(made[1], *PARAGRAPHS, "caption-table") for piece in line.pieces]
    for title in ("Lloyd’s List", "Nature", "World Trade Body", "Latin title"):
        found = [piece for piece in pieces if title.startswith(piece.text.strip()) and len(piece.text.strip()) > 3]
        assert found and {piece.face for piece in found} == {"stix-italic"}, title


def test_characters_beyond_the_basic_plane_can_be_copied(made: tuple[bytes, Layout]) -> None:
    document = pypdfium2.PdfDocument(made[0])
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "𠮷" in text and "𡃁" in text
