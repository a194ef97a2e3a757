"""OpenType fonts on a ReportLab canvas: Type0 / Identity-H, subset by HarfBuzz, text kept as text."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary

import uharfbuzz as hb  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfdoc import (  # type: ignore[import-untyped]
    PDFArray,
    PDFDictionary,
    PDFError,
    PDFName,
    PDFStream,
    PDFString,
)

from report.theme.fonts import Face
from report.writers.pdf.lines import Piece

# CFF_IDENTITY_CHARSET makes CID = glyph number, so that one class serves CFF, CFF2 and glyf;
# unrolled subroutines are smaller after Flate.
FLAGS = (
    hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
)
# drop_table_tag_set wants integers and silently ignores strings
DROPPED = [
    int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"BASE", b"VORG", b"vhea", b"vmtx")
]
BFCHAR_LIMIT = 100  # entries a block (Adobe Technical Note 5411)
CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo "
    "<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def "
    "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
CMAP_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


class _Codes(dict[str, str]):
    """Character → four hex digits in one document, filled on demand; `used` is what ToUnicode and W need."""

    def __init__(self, font: EmbeddedFont) -> None:
        self.font = font
        self.used: dict[int, str] = {}
        self.clashes: set[str] = set()

    def __missing__(self, char: str) -> str:
        code = self.font.code(char)
        if self.used.setdefault(code, char) != char:
            # one glyph, two characters (· and • in Noto Sans): ToUnicode can name one only
            self.clashes.add(char)
        self[char] = digits = f"{code:04X}"
        return digits


class EmbeddedFont:
    """A face in ReportLab's protocol for fonts that collect what they draw (four methods in its spelling).

    Call `freeze` with all text before drawing for dense codes and a smaller file, then `show`, `show_piece`.
    """

    _multiByte = _dynamicFont = 1
    shapable = False
    substitutionFonts: Sequence[Any] = ()

    def __init__(self, face: Face) -> None:
        self.source = face
        self.fontName = face.key
        # ReportLab merges fonts of one face name silently: Face.name holds the pinned axes
        self.face = SimpleNamespace(name=face.name, ascent=face.ascent, descent=face.descent, builtIn=0)
        self._plan: Any = None
        self._compact: Mapping[int, int] | None = None
        self._known: WeakKeyDictionary[Any, _Codes] = WeakKeyDictionary()

    def freeze(self, text: Iterable[str]) -> None:
        """Fix the characters before drawing; a character that comes later is a PDFError.

        The plan numbers the glyphs: composites (é) pull others in, so that counting by oneself goes wrong.
        """
        glyphs = [self.source.glyph(char) for char in sorted(set(text))]
        self._plan = hb.SubsetPlan(self.source.hb_face, self._request(glyphs))
        self._compact = dict(self._plan.old_to_new_glyph_mapping)

    def code(self, char: str) -> int:
        """The character's two-byte code; ReportError where the face lacks it, PDFError if new since freeze."""
        glyph = self.source.glyph(char)
        if self._compact is None:
            return glyph
        if glyph not in self._compact:
            raise PDFError(f"font {self.fontName}: U+{ord(char):04X} was not in the text given to freeze")
        return self._compact[glyph]

    def show(self, canvas: Any, size: float, x: float, y: float, text: str) -> None:
        """Draw a text with its natural advances at x, y (points)."""
        code = "".join(map(self._codes(canvas._doc).__getitem__, text))
        self._write(canvas, text, f"{size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj")

    def show_piece(self, canvas: Any, x: float, y: float, piece: Piece) -> None:
        """Draw a piece of a line whose measure begins at x, on the baseline y; the colour is the caller's."""
        matrix = f"{piece.scale:g} 0 0 1 {x + piece.x:.2f} {y + piece.rise:.2f} Tm"
        self._write(canvas, piece.text, f"{piece.size:g} Tf {matrix} {self._glyphs(canvas._doc, piece)}")

    def _glyphs(self, doc: Any, piece: Piece) -> str:
        """The piece's codes: what follows every glyph as character spacing, what follows some beyond it between
        them."""
        codes = [*map(self._codes(doc).__getitem__, piece.text)]
        unit = -1000 / (piece.size * piece.scale)
        for index, extra in piece.odd:
            codes[index] += f">{extra * unit:.1f}<"
        shown = f"[<{''.join(codes)}>] TJ" if piece.odd else f"<{''.join(codes)}> Tj"
        return f"{piece.even / piece.scale:.4g} Tc {shown} 0 Tc" if piece.even else shown

    def _write(self, canvas: Any, text: str, operators: str) -> None:
        doc = canvas._doc
        shown = f"BT {self.getSubsetInternalName(0, doc)} {operators} ET"
        clashes = self._codes(doc).clashes
        if clashes and not clashes.isdisjoint(text):
            shown = f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC {shown} EMC"
        canvas._code.append(shown)

    def _codes(self, doc: Any) -> _Codes:
        known = self._known.get(doc)
        if known is None:
            known = self._known[doc] = _Codes(self)
        return known

    # ------------------------------------------------------------ ReportLab's four calls

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Width of a text in points."""
        return sum(map(self.source.advance, text)) * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """A text as codes for canvas.drawString; PDFError where only `show` can keep it as text."""
        known = self._codes(doc)
        code = bytes.fromhex("".join(map(known.__getitem__, text)))
        if not known.clashes.isdisjoint(text):
            raise PDFError(f"{self.fontName}: a glyph of {text!r} stands for another character too; use show()")
        return [(0, code)] if text else []

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """The font's resource name in a document, registered on first use."""
        if self.fontName not in doc.fontMapping:
            doc.fontMapping[self.fontName] = f"/F{len(doc.fontMapping) + 1}"
            doc.delayedFonts.append(self)
        return str(doc.fontMapping[self.fontName])

    def addObjects(self, doc: Any) -> None:
        """Write the font's objects into the document; called once, when it is saved."""
        known = self._known.pop(doc, None) or _Codes(self)
        used = dict(sorted(known.used.items()))
        program = self._program(used)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        writer = _FontObjects(doc, self.source, f"{tag}+{self.source.name}")
        # an indirect reference: poppler mis-lists fonts that stand inline in the resources
        doc.idToObject["BasicFonts"].dict[doc.fontMapping[self.fontName][1:]] = writer.font(program, used)

    # ------------------------------------------------------------ subsetting

    def _request(self, glyphs: Iterable[int]) -> Any:
        face = self.source
        request = hb.SubsetInput()
        request.flags = hb.SubsetFlags(FLAGS | (hb.SubsetFlags.DOWNGRADE_CFF2 if face.axes else 0))
        for axis, value in face.axes.items():
            request.pin_axis_location(face.hb_face, axis, value)
        request.glyph_set.update(glyphs)
        request.drop_table_tag_set.update(DROPPED)
        return request

    def _program(self, used: Mapping[int, str]) -> bytes:
        if self._plan is None:  # the codes written are the font's own glyph numbers
            request = self._request(map(self.source.glyph, used.values()))
            request.flags = hb.SubsetFlags(request.flags | hb.SubsetFlags.RETAIN_GIDS)
            subset = request.subset(self.source.hb_face)
        else:
            subset = self._plan.execute()
        if self.source.postscript_outlines:
            return bytes(subset.reference_table("CFF ").data)
        return bytes(subset.blob.data)


class _FontObjects:
    """The dictionaries of one Type0 font (ISO 32000-1, 9.7)."""

    def __init__(self, doc: Any, face: Face, base: str) -> None:
        self.doc, self.face, self.base = doc, face, base
        self.cff = face.postscript_outlines

    def font(self, program: bytes, used: Mapping[int, str]) -> Any:
        """Reference to the font dictionary; `used` maps each code to its character."""
        name = f"{self.base}-Identity-H" if self.cff else self.base
        font = {
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "Encoding": PDFName("Identity-H"),
            "BaseFont": PDFName(name), "ToUnicode": self._ref(_tounicode(used), "tounicode"),
            "DescendantFonts": PDFArray([self._ref(self._descendant(program, used), "descendant")]),
        }
        return self._ref(PDFDictionary(font), "font")

    def _descendant(self, program: bytes, used: Mapping[int, str]) -> Any:
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        descendant = {
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType0" if self.cff else "CIDFontType2"),
            "BaseFont": PDFName(self.base), "DW": 1000, "W": PDFArray(self._widths(used)),
            "CIDSystemInfo": PDFDictionary(system),
            "FontDescriptor": self._ref(self._descriptor(program), "descriptor"),
        }
        if not self.cff:
            descendant["CIDToGIDMap"] = PDFName("Identity")
        return PDFDictionary(descendant)

    def _descriptor(self, program: bytes) -> Any:
        face = self.face
        kind = {"Subtype": PDFName("CIDFontType0C")} if self.cff else {"Length1": len(program)}
        return PDFDictionary({
            "Type": PDFName("FontDescriptor"), "FontName": PDFName(self.base), "Flags": 4,
            "FontBBox": PDFArray(list(face.bbox)), "ItalicAngle": 0, "Ascent": face.ascent,
            "Descent": face.descent, "CapHeight": face.cap_height, "StemV": 80,
            "FontFile3" if self.cff else "FontFile2": self._ref(_stream(program, **kind), "file"),
        })

    def _widths(self, used: Mapping[int, str]) -> list[Any]:
        widths: list[Any] = []
        for code, char in used.items():
            width = round(self.face.advance(char))
            if width != 1000:
                widths += [code, PDFArray([width])]
        return widths

    def _ref(self, thing: Any, kind: str) -> Any:
        return self.doc.Reference(thing, f"{kind}:{self.base}")


def _stream(data: bytes, **entries: Any) -> Any:
    stream = PDFStream(content=zlib.compress(data, 6), filters=None)
    stream.dictionary = PDFDictionary({"Filter": PDFName("FlateDecode"), **entries})
    return stream


def _tounicode(used: Mapping[int, str]) -> Any:
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in used.items()]
    blocks = (rows[start:start + BFCHAR_LIMIT] for start in range(0, len(rows), BFCHAR_LIMIT))
    body = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return _stream("\n".join([CMAP_HEAD, *body, CMAP_TAIL]).encode())
