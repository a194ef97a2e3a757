"""OpenType fonts on a ReportLab canvas: Type0 / Identity-H, subset by HarfBuzz, text kept as text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from threading import Thread
from types import SimpleNamespace
from typing import Any

import uharfbuzz as hb  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfdoc import (  # type: ignore[import-untyped]
    PDFArray,
    PDFDictionary,
    PDFError,
    PDFName,
    PDFString,
)

from report.theme.fonts import Face
from report.writers.pdf.lines import Piece
from report.writers.pdf.packing import Stream

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
DIGITS = 4  # of a code
BFCHAR_LIMIT = 100  # entries a block (Adobe Technical Note 5411)
CMAP_HEAD = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo "
    "<< /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def "
    "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange"
)
CMAP_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"


class _Codes(dict[str, str]):
    """Character → four hex digits, filled on demand; `used` is what ToUnicode and W need."""

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
    """A face in one document, in ReportLab's protocol for fonts that collect what they draw (four methods in its
    spelling).

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
        self._compact: Mapping[int, int] | None = None
        self._codes = _Codes(self)
        self._subset: _Subset | None = None
        self._name = ""  # in the document's resources

    def freeze(self, text: Iterable[str]) -> None:
        """Fix the characters before drawing; a character that comes later is a PDFError.

        The plan numbers the glyphs: composites (é) pull others in, so that counting by oneself goes wrong.
        """
        glyphs = [self.source.glyph(char) for char in sorted(set(text))]
        plan = hb.SubsetPlan(self.source.hb_face, self._request(glyphs))
        self._compact = dict(plan.old_to_new_glyph_mapping)
        self._subset = _Subset(plan)

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
        code = "".join(map(self._codes.__getitem__, text))
        self._write(canvas, text, f"{size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{code}> Tj")

    def show_piece(self, canvas: Any, x: float, y: float, piece: Piece) -> None:
        """Draw a piece of a line whose measure begins at x, on the baseline y; the colour is the caller's. What follows
        every glyph is character spacing, what follows some beyond it stands between them."""
        digits, scale = "".join(map(self._codes.__getitem__, piece.text)), piece.scale
        shown = f"[<{_parted(digits, piece)}>] TJ" if piece.odd else f"<{digits}> Tj"
        if piece.even:
            shown = f"{piece.even / scale:.4g} Tc {shown} 0 Tc"
        place = f"{x + piece.x:.2f} {y + piece.rise:.2f}"
        self._write(canvas, piece.text, f"{piece.size:g} Tf {scale:g} 0 0 1 {place} Tm {shown}")

    def _write(self, canvas: Any, text: str, operators: str) -> None:
        name, clashes = self._name or self.getSubsetInternalName(0, canvas._doc), self._codes.clashes
        shown = f"BT {name} {operators} ET"
        if clashes and not clashes.isdisjoint(text):
            shown = f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex()}>>> BDC {shown} EMC"
        canvas._code.append(shown)

    # ------------------------------------------------------------ ReportLab's four calls

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        """Width of a text in points."""
        return sum(map(self.source.advance, text)) * size / 1000

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """A text as codes for canvas.drawString; PDFError where only `show` can keep it as text."""
        known = self._codes
        code = bytes.fromhex("".join(map(known.__getitem__, text)))
        if not known.clashes.isdisjoint(text):
            raise PDFError(f"{self.fontName}: a glyph of {text!r} stands for another character too; use show()")
        return [(0, code)] if text else []

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """The font's resource name in a document, registered on first use."""
        if self.fontName not in doc.fontMapping:
            doc.fontMapping[self.fontName] = f"/F{len(doc.fontMapping) + 1}"
            doc.delayedFonts.append(self)
        self._name = str(doc.fontMapping[self.fontName])
        return self._name

    def addObjects(self, doc: Any) -> None:
        """Write the font's objects into the document; called once, when it is saved."""
        used = dict(sorted(self._codes.used.items()))
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
        if self._subset is None:  # the codes written are the font's own glyph numbers
            request = self._request(map(self.source.glyph, used.values()))
            request.flags = hb.SubsetFlags(request.flags | hb.SubsetFlags.RETAIN_GIDS)
            subset = request.subset(self.source.hb_face)
        else:
            subset = self._subset.result()
        if self.source.postscript_outlines:
            return bytes(subset.reference_table("CFF ").data)
        return bytes(subset.blob.data)


def _parted(digits: str, piece: Piece) -> str:
    """The codes with what moves some of the piece's glyphs between them, in thousandths of an em, to the left."""
    unit, start = -1000 / (piece.size * piece.scale), 0
    out: list[str] = []
    for index, extra in piece.odd:
        stop = DIGITS * (index + 1)
        out.append(f"{digits[start:stop]}>{extra * unit:.1f}<")
        start = stop
    return "".join([*out, digits[start:]])


class _Subset(Thread):
    """Makes a subset on another core while pages are painted: HarfBuzz does not need the interpreter for it."""

    def __init__(self, plan: Any) -> None:
        super().__init__(daemon=True)
        self.plan, self.made = plan, None
        self.start()

    def run(self) -> None:
        """Make it."""
        self.made = self.plan.execute()

    def result(self) -> Any:
        """The subset, once it is made."""
        self.join()
        return self.made


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
        kind = "/Subtype /CIDFontType0C" if self.cff else f"/Length1 {len(program)}"
        return PDFDictionary({
            "Type": PDFName("FontDescriptor"), "FontName": PDFName(self.base), "Flags": 4,
            "FontBBox": PDFArray(list(face.bbox)), "ItalicAngle": 0, "Ascent": face.ascent,
            "Descent": face.descent, "CapHeight": face.cap_height, "StemV": 80,
            "FontFile3" if self.cff else "FontFile2": self._ref(Stream(program, kind), "file"),
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


def _tounicode(used: Mapping[int, str]) -> Any:
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in used.items()]
    blocks = (rows[start:start + BFCHAR_LIMIT] for start in range(0, len(rows), BFCHAR_LIMIT))
    body = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return Stream("\n".join([CMAP_HEAD, *body, CMAP_TAIL]).encode())
