"""The paper of a page and the text block on it, upright or lying across, in points."""

from __future__ import annotations

from msgspec import Struct

from report.theme.theme import POINTS, Page


class Paper(Struct, frozen=True):
    """A sheet and its text block: `left` and `top` edges, `measure` (width) and `depth` (height); baselines of the
    running header and the folio from the top; `inset`: how far the block of an even page stands from `left` where
    margins are mirrored."""

    width: float
    height: float
    left: float
    top: float
    measure: float
    depth: float
    header: float
    folio: float
    inset: float = 0
    turned: bool = False

    @classmethod
    def upright(cls, page: Page) -> Paper:
        """The paper as the theme has it; its left margin is the inner one where pages have two sides."""
        width, height = page.width * POINTS, page.height * POINTS
        left, right, top, bottom = (side * POINTS for side in (page.left, page.right, page.top, page.bottom))
        return cls(width, height, left, top, width - left - right, height - top - bottom,
                   page.header * POINTS, height - page.footer * POINTS, right - left)

    @classmethod
    def across(cls, page: Page) -> Paper:
        """The same paper and text block turned by a quarter, header and folio at the long edges."""
        up = cls.upright(page)
        top = max(page.right, min(page.header + HEADER_ROOM, page.top)) * POINTS
        bottom = max(page.left, min(page.footer + FOLIO_ROOM, page.bottom)) * POINTS
        return cls(up.height, up.width, up.top, top, up.depth, up.width - top - bottom,
                   up.header, up.width - page.footer * POINTS, turned=True)


HEADER_ROOM, FOLIO_ROOM = 8.0, 8.0  # millimetres between the text block and the header's or the folio's baseline
