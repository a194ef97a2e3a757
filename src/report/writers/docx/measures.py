"""Lengths that styles, sections and blocks agree on, in points."""

from __future__ import annotations

from report.theme.theme import POINTS, Theme

DESCENT = 3.2  # from a header's or folio's baseline to the foot of its line
_HIGHEST = 0.8  # of a page's text: a figure
RULE_LINE = 10.0  # the empty line whose border is the accent on the cover


def text_width(theme: Theme, *, landscape: bool = False) -> float:
    """The measure; on a page that lies across, the height of the text."""
    page = theme.page
    return text_height(theme) if landscape else (page.width - page.left - page.right) * POINTS


def text_height(theme: Theme) -> float:
    """The height of a page's text."""
    return (theme.page.height - theme.page.top - theme.page.bottom) * POINTS


def figure_height(theme: Theme) -> float:
    """The most that a figure takes of a page."""
    return _HIGHEST * text_height(theme)


def block_space(theme: Theme) -> float:
    """White above and below figures, tables, quotations, as the PDF has it: a quarter of a line."""
    return theme.roles["body"].leading / 4


def box_indent(theme: Theme) -> float:
    """How far a box's text stands within the measure: what its bar and padding take."""
    return theme.box.padding + theme.box.bar


def header_top(theme: Theme) -> float:
    """From the paper's edge to the top of the running header's line, whose baseline the theme gives."""
    return theme.page.header * POINTS - theme.roles["running-header"].leading + DESCENT
