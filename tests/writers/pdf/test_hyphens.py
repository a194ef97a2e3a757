"""A hyphen at a line's end is soft where the content has none there, and hard where it has one."""

from __future__ import annotations

import pytest

from report.content.nodes import Content, Part
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.verify.expected import expected_passages
from report.verify.hyphens import hyphened
from report.verify.read_pdf import read_pdf
from report.verify.sameness import check_text
from report.writers.pdf.write import write_pdf

from .sample import content, paragraph

WORDS = {
    "hyphens that the theme asks for": ("internationalization organisation of reconstruction and development " * 12,
                                        True),
    "a word longer than a line": ("港口Donaudampfschifffahrtsgesellschaft" + "kapitaen" * 15 + "。", False),
    "hard hyphens": ("state-of-the-art well-known COVID-related follow-up cross-border " * 15, False),
    "both": ("self-organisation of cross-border reconstruction and long-term internationalization " * 15, True),
}


def made(text: str) -> Content:
    """A report of one paragraph."""
    return content([Part(role="body", blocks=(paragraph(text.strip()),))], {})


@pytest.mark.parametrize("case", WORDS)
def test_words_cut_at_a_line_s_end_are_those_of_the_content(case: str, theme: Theme, library: FontLibrary) -> None:
    words, hyphenate = WORDS[case]
    report = made(words)
    look = theme.changed({"setting": theme.setting.changed({"hyphenate": hyphenate})})
    data, _ = write_pdf(report, look, library, {})
    promised = expected_passages(report, {})

    found = read_pdf(data)
    assert any("\u00ad" in passage.text for passage in found.passages)
    assert check_text("pdf", hyphened(found, promised).passages, promised).ok


def test_a_word_with_another_hyphen_is_another_word(theme: Theme, library: FontLibrary) -> None:
    data, _ = write_pdf(made(WORDS["both"][0]), theme, library, {})
    promised = expected_passages(made(WORDS["both"][0].replace("cross-border", "crossborder")), {})

    assert not check_text("pdf", hyphened(read_pdf(data), promised).passages, promised).ok


@pytest.mark.parametrize("odd", [
    "e\u0301a\u0308", "\u200d", "\u200c", "\u200e", "\u202e\u202c", "\u2067\u2069", "\ufe00", "葛\U000e0100", "\u200b",
    "\u2060", "\ufeff",
])
def test_unseen_characters_and_composed_letters_read_back(odd: str, theme: Theme, library: FontLibrary) -> None:
    report = made(f"文字{odd}之后。")
    data, _ = write_pdf(report, theme, library, {})
    promised = expected_passages(report, {})

    assert check_text("pdf", read_pdf(data).passages, promised).ok
