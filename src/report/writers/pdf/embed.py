"""OpenType fonts on a ReportLab canvas: Type0 / Identity-H, subset, text kept as text."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase.pdfdoc import (  # type: ignore[import-untyped]
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFString,
)

from report.writers.pdf.job import FontData, FontProgram
from report.writers.pdf.packing import Stream, stream
from report.writers.pdf.piece import Piece

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

    def __init__(self, font: FontData) -> None:
        self.font = font
        self.used: dict[int, str] = {}
        self.clashes: set[str] = set()

    def __missing__(self, char: str) -> str:
        code, _ = self.font.glyphs[char]
        if self.used.setdefault(code, char) != char:
            # one glyph, two characters (· and • in Noto Sans): ToUnicode can name one only
            self.clashes.add(char)
        self[char] = digits = f"{code:04X}"
        return digits


class ProgramFile(PDFObject):  # type: ignore[misc]
    """The place of a font program, which comes when everything else is painted."""

    __RefOnly__ = 1  # stands alone, others refer to it

    def __init__(self, font: FontData) -> None:
        self.font = font

    def body(self, program: FontProgram) -> bytes:
        """The object's bytes."""
        kind = "/Subtype /CIDFontType0C" if self.font.cff else f"/Length1 {program.length}"
        return stream(program.packed, f"{kind} /Filter /FlateDecode", pack=False)


class EmbeddedFont:
    """A face in one document, in ReportLab's protocol for fonts that collect what they draw (two methods in its
    spelling)."""

    _multiByte = _dynamicFont = 1

    def __init__(self, data: FontData) -> None:
        self.data, self.fontName = data, data.key
        # ReportLab merges fonts of one face name silently: this one holds the pinned axes
        self.face = SimpleNamespace(name=data.name, ascent=data.ascent, descent=data.descent, builtIn=0)
        self._codes = _Codes(data)
        self._name = ""  # in the document's resources

    def show_piece(self, canvas: Any, x: float, y: float, piece: Piece) -> None:
        """Draw a piece of a line whose measure begins at x, on the baseline y; the colour is the caller's. What follows
        every glyph is character spacing, what follows some beyond it stands between them. A character that is not among
        the font's glyphs is a KeyError."""
        digits, scale = "".join(map(self._codes.__getitem__, piece.text)), piece.scale
        shown = f"[<{_parted(digits, piece)}>] TJ" if piece.odd else f"<{digits}> Tj"
        if piece.even:
            shown = f"{piece.even / scale:.4g} Tc {shown} 0 Tc"
        name, clashes = self._name or self.getSubsetInternalName(0, canvas._doc), self._codes.clashes
        shown = f"BT {name} {piece.size:g} Tf {scale:g} 0 0 1 {x + piece.x:.2f} {y + piece.rise:.2f} Tm {shown} ET"
        if clashes and not clashes.isdisjoint(piece.text):
            shown = f"/Span <</ActualText <FEFF{piece.text.encode('utf-16-be').hex()}>>> BDC {shown} EMC"
        canvas._code.append(shown)

    # ------------------------------------------------------------ ReportLab's two calls

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
        # an indirect reference: poppler mis-lists fonts that stand inline in the resources
        font = _FontObjects(doc, self.data).font(used)
        doc.idToObject["BasicFonts"].dict[doc.fontMapping[self.fontName][1:]] = font


def _parted(digits: str, piece: Piece) -> str:
    """The codes with what moves some of the piece's glyphs between them, in thousandths of an em, to the left."""
    unit, start = -1000 / (piece.size * piece.scale), 0
    out: list[str] = []
    for index, extra in piece.odd:
        stop = DIGITS * (index + 1)
        out.append(f"{digits[start:stop]}>{extra * unit:.1f}<")
        start = stop
    return "".join([*out, digits[start:]])


class _FontObjects:
    """The dictionaries of one Type0 font (ISO 32000-1, 9.7)."""

    def __init__(self, doc: Any, data: FontData) -> None:
        self.doc, self.data = doc, data
        self.base = f"{data.tag}+{data.name}"

    def font(self, used: Mapping[int, str]) -> Any:
        """Reference to the font dictionary; `used` maps each code to its character."""
        name = f"{self.base}-Identity-H" if self.data.cff else self.base
        font = {
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "Encoding": PDFName("Identity-H"),
            "BaseFont": PDFName(name), "ToUnicode": self._ref(_tounicode(used), "tounicode"),
            "DescendantFonts": PDFArray([self._ref(self._descendant(used), "descendant")]),
        }
        return self._ref(PDFDictionary(font), "font")

    def _descendant(self, used: Mapping[int, str]) -> Any:
        system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
        descendant = {
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType0" if self.data.cff else "CIDFontType2"),
            "BaseFont": PDFName(self.base), "DW": 1000, "W": f"[{self._widths(used)}]",
            "CIDSystemInfo": PDFDictionary(system), "FontDescriptor": self._ref(self._descriptor(), "descriptor"),
        }
        if not self.data.cff:
            descendant["CIDToGIDMap"] = PDFName("Identity")
        return PDFDictionary(descendant)

    def _descriptor(self) -> Any:
        data = self.data
        return PDFDictionary({
            "Type": PDFName("FontDescriptor"), "FontName": PDFName(self.base), "Flags": 4,
            "FontBBox": PDFArray(list(data.bbox)), "ItalicAngle": 0, "Ascent": data.ascent,
            "Descent": data.descent, "CapHeight": data.cap_height, "StemV": 80,
            "FontFile3" if data.cff else "FontFile2": self._ref(ProgramFile(data), "file"),
        })

    def _widths(self, used: Mapping[int, str]) -> str:
        widths = ((code, round(self.data.glyphs[char][1])) for code, char in used.items())
        return " ".join(f"{code} [{width}]" for code, width in widths if width != 1000)

    def _ref(self, thing: Any, kind: str) -> Any:
        return self.doc.Reference(thing, f"{kind}:{self.base}")


def _tounicode(used: Mapping[int, str]) -> Any:
    rows = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in used.items()]
    blocks = (rows[start:start + BFCHAR_LIMIT] for start in range(0, len(rows), BFCHAR_LIMIT))
    body = [f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks]
    return Stream("\n".join([CMAP_HEAD, *body, CMAP_TAIL]).encode())
