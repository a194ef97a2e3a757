"""A glyph run as it stands on a line, as pure data."""

from __future__ import annotations

from msgspec import Struct


class Piece(Struct, array_like=True):
    """A glyph run placed on a line; lengths in points, `face` a key of Theme.files. Never changed once made (not
    frozen: a report has a hundred thousand).

    `x` is from the measure's left edge (a mark squeezed at a line's start may begin left of it: only its
    blank does); `width` leaves out a space that the line's end swallows. `even` is what follows each glyph
    beyond its own advance, `odd` what follows some beyond that (index, points); `scale` a horizontal scaling of
    the glyphs.
    """

    x: float
    text: str
    face: str
    size: float
    colour: str
    rise: float
    width: float
    source: object
    even: float = 0.0
    odd: tuple[tuple[int, float], ...] = ()
    scale: float = 1.0

    @property
    def spacing(self) -> tuple[float, ...]:
        """What follows each glyph beyond its own advance."""
        spacing = [self.even] * len(self.text)
        for index, extra in self.odd:
            spacing[index] += extra
        return tuple(spacing)
