"""Lengths that styles, sections and blocks agree on, in points."""

from __future__ import annotations

from report.theme.theme import Theme
from report.writers.docx.units import MM

DESCENT = 3.2  # from a header's or folio's baseline to the foot of its line
RULE_LINE = 10.0  # the empty line whose border is the accent on the cover


def text_width(theme: Theme, *, landscape: bool = False) -> float:
    """The measure; on a page that lies across, the height of the text."""
    page = theme.page
    if landscape:
        return (page.height - page.top - page.bottom) * MM
    return (page.width - page.left - page.right) * MM


def text_height(theme: Theme) -> float:
    """The height of a page's text."""
    return text_width(theme, landscape=True)


def block_space(theme: Theme) -> float:
    """White above and below figures, tables, quotations, as the PDF has it: a quarter of a line."""
    return theme.roles["body"].leading / 4


def header_top(theme: Theme) -> float:
    """From the paper's edge to the top of the running header's line, whose baseline the theme gives."""
    return theme.page.header * MM - theme.roles["running-header"].leading + DESCENT
