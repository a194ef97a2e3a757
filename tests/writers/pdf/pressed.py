"""Setting a few blocks, and finding their lines."""

from __future__ import annotations

from collections.abc import Sequence

from report.content.nodes import (
    Block,
    Note,
    Paragraph,
    Part,
)
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import Layout, Page, TextLine

from .sample import (
    content,
    drawing,
    paragraph,
)

Press = tuple[Theme, FontLibrary]


def set_(press: Press, blocks: Sequence[Block], notes: dict[str, Note] | None = None) -> Layout:
    """Blocks as the body of a report."""
    charts = {"low": drawing(120), "high": drawing(400)}
    return lay_out(content([Part(role="body", blocks=tuple(blocks))], notes or {}), *press, charts)


def lines(page: Page, *roles: str) -> list[TextLine]:
    """The page's lines in these roles."""
    return [item for item in page.items if isinstance(item, TextLine) and item.role in roles]


def filler(count: int) -> Paragraph:
    """A paragraph of `count` full lines, or so."""
    return paragraph("港" * (25 * count - 12))
