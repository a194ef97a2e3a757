"""What a reader gets when copying: the text of the file is the text of the layout, page by page."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pypdfium2  # type: ignore[import-untyped]

from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.layout import Layout, TextLine
from report.writers.pdf.write import write_pdf

from .sample import content, drawings

LINE_END_HYPHEN = "\ufffe"  # what PDFium makes of a hyphen at a line's end


def test_each_page_has_exactly_the_characters_of_its_lines(sample: tuple[bytes, Layout]) -> None:
    document = pypdfium2.PdfDocument(sample[0])
    data = sample[1].to_data()["pages"]
    assert len(document) == len(data)
    for page, laid in zip(document, data, strict=True):
        expected = "".join(line["text"] for line in laid["lines"])
        assert letters(page.get_textpage().get_text_range()) == letters(expected)


def test_pieces_add_up_to_their_lines(sample: tuple[bytes, Layout]) -> None:
    for line in (item for page in sample[1].pages for item in page.items if isinstance(item, TextLine)):
        assert letters("".join(piece.text for piece in line.pieces)) == letters(line.text)


def test_same_input_same_bytes(sample: tuple[bytes, Layout], theme: Theme) -> None:
    again, layout = write_pdf(content(), theme, FontLibrary(theme), drawings())

    assert again == sample[0]
    assert layout.to_data() == sample[1].to_data()


def letters(text: str) -> Counter[str]:
    """Characters but for spaces and line ends, as the reader's normal form has them."""
    text = unicodedata.normalize("NFC", text).replace(LINE_END_HYPHEN, "-")
    return Counter(char for char in text if char.strip())
