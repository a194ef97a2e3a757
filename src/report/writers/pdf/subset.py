"""Fonts cut down by HarfBuzz to the characters that a document shows."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb  # type: ignore[import-untyped]

from report.theme.fonts import Face, FontLibrary
from report.writers.pdf.job import FontData, FontProgram
from report.writers.pdf.layout import Layout, Picture, TextLine

# CFF_IDENTITY_CHARSET makes CID = glyph number, so that one class serves CFF, CFF2 and glyf;
# unrolled subroutines are smaller after Flate.
FLAGS = (
    hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_BIDI_CLOSURE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
)
DROPPED = frozenset(["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"])
OUTLINES = frozenset(["CFF ", "CFF2", "head", "maxp", "fvar", "avar"])  # of such a font only the outlines are embedded
LEVEL = 1  # of Flate: outlines hardly yield; 6 takes half as long again and saves one hundredth


class Subset:
    """A face with the characters it must show; `data` is known at once, `program` takes its time."""

    def __init__(self, face: Face, text: Iterable[str]) -> None:
        self.face = face
        glyphs = {char: face.glyph(char) for char in sorted(set(text))}
        self._plan = hb.SubsetPlan(face.hb_face, self._request(glyphs))
        # only the plan knows the new numbers: a glyph may pull in others (é the accent)
        codes = self._plan.old_to_new_glyph_mapping
        self.data = FontData(
            face.key, face.name, _tag(face, glyphs), face.ascent, face.descent, face.cap_height, face.bbox,
            face.postscript_outlines, {char: (codes[glyph], face.advance(char)) for char, glyph in glyphs.items()},
        )

    def program(self) -> FontProgram:
        """The font program, cut out of the file."""
        subset = self._plan.execute()
        data = bytes((subset.reference_table("CFF ") if self.face.postscript_outlines else subset.blob).data)
        return FontProgram(zlib.compress(data, LEVEL), len(data))

    def _request(self, chars: Iterable[str]) -> Any:
        face = self.face
        request = hb.SubsetInput()
        request.flags = hb.SubsetFlags(FLAGS | (hb.SubsetFlags.DOWNGRADE_CFF2 if face.axes else 0))
        for axis, value in face.axes.items():
            request.pin_axis_location(face.hb_face, axis, value)
        request.unicode_set.update(map(ord, chars))  # by glyphs it would read the font's whole cmap first
        unused = face.tables - OUTLINES if face.postscript_outlines else face.tables & DROPPED
        # integers: it silently ignores strings
        request.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in unused)
        return request


def subsets(layout: Layout, library: FontLibrary) -> list[Subset]:
    """Every face that the layout uses, by its key, with the characters it must show."""
    shown: dict[str, list[str]] = {}
    for item in (item for page in layout.pages for item in page.items):
        lines = (item,) if isinstance(item, TextLine) else item.lines if isinstance(item, Picture) else ()
        for piece in (piece for line in lines for piece in line.pieces):
            shown.setdefault(piece.face, []).append(piece.text)
    return [Subset(library.face(key), "".join(texts)) for key, texts in sorted(shown.items())]


def _tag(face: Face, chars: Iterable[str]) -> str:
    """The six letters before the name of a subset (ISO 32000-1, 9.6.4): other characters, other letters."""
    digest = hashlib.sha256("".join([face.file.sha256, face.name, *chars]).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])
