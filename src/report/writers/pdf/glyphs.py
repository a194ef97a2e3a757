"""Characters as they are set: each a glyph in its box, made once for each font and size."""

from __future__ import annotations

from msgspec import Struct, field

from report.errors import ReportError
from report.theme.fonts import Face, FontLibrary, is_latin
from report.writers.pdf import prohibitions as rules

DASH_OVERLAP = 0.005  # em; two rules that only touch show a hairline
QUOTES, PROPORTIONAL, BESIDE_QUOTE = "“”‘’", 0.6, 0.06  # em: a wider one is full-width; the air of one made narrow
NEAR = 8  # characters of text on each side in an error message


class Glyph(Struct, frozen=True, eq=False):
    """A character as set, in points: `advance` of the glyph (scaled), the `box` it takes, `shift` of its origin in
    the box, `lead` and `trail` the blank in the box that a squeeze may take, `reach` how far it is seen at a line's
    end. Characters that are set alike share one glyph."""

    kind: str
    face: str
    size: float
    advance: float
    box: float
    shift: float
    lead: float
    trail: float
    reach: float
    scale: float
    spaced: bool


class Case(Struct, eq=False):
    """Where glyphs come from: a library, whether marks are squeezed, the paragraph being set, every glyph made."""

    library: FontLibrary
    squeeze: bool
    text: str = ""
    known: dict[tuple[object, ...], Glyph] = field(default_factory=dict)

    def glyph(self, key: tuple[object, ...]) -> Glyph:
        """The one glyph with these fields."""
        glyph = self.known.get(key)
        if glyph is None:
            glyph = self.known[key] = Glyph(*key)  # type: ignore[arg-type]
        return glyph


class Style(dict[str, Glyph]):
    """Character (with its context, if any, after it) → glyph, in one font and size."""

    def __init__(self, case: Case, font: str, size: float, raised: bool, latin: bool) -> None:
        super().__init__()
        self.case = case
        self.font, self.size, self.raised, self.latin = font, size, raised, latin
        self.squeezed = case.squeeze and not raised
        self._han: dict[tuple[str, float], Glyph] = {}

    def __missing__(self, key: str) -> Glyph:
        common = "\u4e00" <= key <= "\u9fff" and key not in rules.KINDS
        glyph = self[key] = self._like_others(key) if common else self._make(key[0], key[1:])
        return glyph

    def _like_others(self, char: str) -> Glyph:
        """The glyph of a Han character: that of any other as wide in its face."""
        face = self._face(char, False)
        key = face.key, face.advance(char)
        glyph = self._han.get(key)
        if glyph is None:
            glyph = self._han[key] = self._make(char, "")
        return glyph

    def _make(self, char: str, context: str) -> Glyph:
        latin = (self.latin or context == "latin") and (is_latin(char) or char in rules.LATIN_KINDS)
        kind = "sign" if context == "sign" else rules.kind_of(char, latin)
        face = self._face(char, latin or kind == "sign")
        em, advance, scale = self.size, face.advance(char) * self.size / 1000, 1.0
        box, lead, trail = 2 * em if context == "dash-long" else _box(kind, advance, em), 0.0, 0.0
        shift = (box - advance) / 2 if box else 0.0
        if latin and char in QUOTES and box > PROPORTIONAL * em:
            box, shift = _narrowed(face.ink(char), em)
        if kind == "combining":
            shift = _over(face.ink(char)) * em
        elif context.startswith("dash"):
            scale, shift = _joined_dash(em, face.ink(char), context)
            advance *= scale
        elif kind in rules.BLANKS and self.squeezed:
            lead, trail = _blanks(kind, face.ink(char), em, shift)
        if context == "stacked":  # the second of ？！, together one em wide (GB/T 15834 5.1.4); 1：100
            box, trail = box - trail, 0.0
        elif context == "point":  # 12．5, as close as 12.5
            (box, shift), trail = _narrowed(face.ink(char), em), 0.0
        spaced = kind in rules.SPACED_FROM_HAN and not "\uff00" <= char <= "\uffef" or context == "address-end"
        seen = advance if kind == "soft-hyphen" else box - trail
        kind = "raised" if self.raised else kind
        return self.case.glyph((kind, face.key, em, advance, box, shift, lead, trail, seen, scale, spaced))

    def _face(self, char: str, latin: bool) -> Face:
        library, text = self.case.library, self.case.text
        try:
            face: Face = (library.latin if latin else library.choose)(self.font, char)
            return face
        except ReportError:
            where = text.find(char)
            library.choose(self.font, char, text[max(0, where - NEAR):where + NEAR])
            raise


def contexts(text: str) -> list[tuple[int, str]]:
    """Characters that are set otherwise than they would be alone."""
    contexts: list[tuple[int, str]] = []
    if "’" in text:
        contexts += ((found.start(), "latin") for found in rules.APOSTROPHE.finditer(text))
    if "-" in text or "–" in text:
        contexts += ((found.start(), "sign") for found in rules.SIGN.finditer(text))
    if "！" in text or "？" in text:
        contexts += ((found.end() - 1, "stacked") for found in rules.STACKED.finditer(text))
    if "．" in text or "：" in text:
        marks = rules.DECIMAL.finditer(text)
        contexts += ((mark.start(), "point" if mark[0] == "．" else "stacked") for mark in marks)
    if "://" in text:
        contexts += ((found.end() - 1, "address-end") for found in rules.URL.finditer(text))
    if "⸺" in text:
        contexts += ((index, "dash-long") for index, char in enumerate(text) if char == "⸺")
    for found in rules.DASHES.finditer(text):
        first, last = found.start(), found.end() - 1
        contexts += ((index, "dash-inner") for index in range(first + 1, last))
        contexts += [(first, "dash-first"), (last, "dash-last")]
    return contexts


def _box(kind: str, advance: float, em: float) -> float:
    if kind in rules.FULL_WIDTH:
        return max(em, advance)
    if kind == "soft-hyphen":
        return 0.0
    return em / 2 if kind in rules.HALF_WIDTH else advance


def _narrowed(ink: tuple[float, float], em: float) -> tuple[float, float]:
    """Box and shift of a mark that a face has at full width only: no Latin word or number has such a hole."""
    left, right = (edge * em / 1000 for edge in ink)
    return right - left + 2 * BESIDE_QUOTE * em, BESIDE_QUOTE * em - left


def _over(ink: tuple[float, float]) -> float:
    """Shift (em) of an accent so that it stands over the letter before; most fonts draw it there by themselves."""
    return 0.0 if ink[1] <= 0 else -(ink[0] + ink[1]) / 2000 - 0.25


def _blanks(kind: str, ink: tuple[float, float], em: float, shift: float) -> tuple[float, float]:
    """The blank of a full-width mark that a squeeze may take: what the rules say, and never more than the font leaves
    white."""
    lead, trail = (blank * em for blank in rules.BLANKS[kind])
    white_left, white_right = shift + ink[0] * em / 1000, em - shift - ink[1] * em / 1000
    return max(0.0, min(lead, white_left)), max(0.0, min(trail, white_right))


def _joined_dash(em: float, ink: tuple[float, float], context: str) -> tuple[float, float]:
    """Scale and shift of a dash that meets its neighbour, —— is one rule of two em (GB/T 15834 5.1), or is as long
    alone."""
    left = rules.DASH_MARGIN if context in ("dash-first", "dash-long") else -DASH_OVERLAP
    right = 1 - rules.DASH_MARGIN if context == "dash-last" else 1 + DASH_OVERLAP
    right = 2 - rules.DASH_MARGIN if context == "dash-long" else right
    scale = round((right - left) * 1000 / (ink[1] - ink[0]), 4)
    return scale, (left - ink[0] * scale / 1000) * em
