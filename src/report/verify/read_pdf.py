"""Reads a finished PDF as a screen reader does: its structure tree, and for each element the text it marks."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from report.verify.passage import Kind, Passage, Reading
from report.writers.pdf.wording import SOFT_HYPHEN

# Elements that hold text of their own; anything else (Span, Link, Reference …) belongs to the element around it.
KINDS: dict[str, Kind] = {
    "P": "paragraph", "H1": "heading", "H2": "heading", "H3": "heading", "TD": "cell", "TH": "cell",
    "Caption": "caption", "LBody": "paragraph", "Note": "note", "TOCI": "contents", "Figure": "figure", "Lbl": "label",
}  # fmt: skip
HOLDERS = {*KINDS, "Table"}  # elements that are never part of the text around them
Marks = Mapping[tuple[int, int], str]  # (page index, marked content id) → text


def read_pdf(data: bytes) -> Reading:
    """The document in reading order; one without a structure tree reads as empty.

    What the tree does not hold (running headers, folios) is not read; every hyphen at a line's end is a soft one.
    """
    marks = _marked_text(data)
    with pikepdf.open(BytesIO(data)) as pdf:
        tree = _Tree({page.obj.objgen: index for index, page in enumerate(pdf.pages)}, marks)
        found = list(tree.read(pdf.Root.get("/StructTreeRoot", {})))
        return Reading(tuple(Passage(kind, text) for kind, text in found), tree.tables, tuple(tree.pictures))


class _Tree:
    """Walks the structure tree, gathering the text of each element that KINDS names, and what tables and pictures
    it meets."""

    def __init__(self, pages: Mapping[tuple[int, int], int], marks: Marks) -> None:
        self.pages = pages
        self.marks = marks
        self.tables = 0
        self.pictures: list[str] = []

    def read(self, root: Any) -> Iterator[tuple[Kind, str]]:
        """Kind and text of every element that has a text, in reading order."""
        for kid in _kids(root):
            yield from self._element(kid)

    def _element(self, element: Any) -> Iterator[tuple[Kind, str]]:
        nested: list[tuple[Kind, str]] = []
        text = self._text(element, element.get("/Pg"), nested)
        kind = KINDS.get(str(element.S)[1:])
        self.tables += pikepdf.Name.Table == element.S
        if kind == "figure":
            self.pictures.append(str(element.get("/Alt", "")))
        if kind and text:
            yield kind, text
        yield from nested

    def _text(self, element: Any, page: Any, nested: list[tuple[Kind, str]]) -> str:
        """The element's own text, inline elements included; elements of KINDS inside it go to `nested`."""
        parts: list[str] = []
        for kid in _kids(element):
            if isinstance(kid, int):
                parts.append(self.marks.get((self.pages[page.objgen], kid), ""))
            elif kid.get("/Type") == pikepdf.Name.MCR:
                parts.append(self.marks.get((self.pages[kid.get("/Pg", page).objgen], int(kid.MCID)), ""))
            elif kid.get("/Type") == pikepdf.Name.OBJR:
                continue
            elif str(kid.S)[1:] in HOLDERS:
                nested += self._element(kid)
            else:
                parts.append(self._text(kid, kid.get("/Pg", page), nested))
        return "".join(parts)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marked_text(data: bytes) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    document = pdfium.PdfDocument(data)
    try:
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            for number in range(raw.FPDFPage_CountObjects(page)):
                item = raw.FPDFPage_GetObject(page, number)
                if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
                    mark = raw.FPDFPageObj_GetMarkedContentID(item)
                    if mark >= 0:
                        found[index, mark].append(_object_text(item, textpage))
            textpage.close()
            page.close()
    finally:
        document.close()
    return {key: "".join(parts) for key, parts in found.items()}


def _object_text(item: Any, textpage: Any) -> str:
    size = raw.FPDFTextObj_GetText(item, textpage, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(item, textpage, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    # pdfium writes U+0002 for a hyphen at a line's end, hard or soft: `hyphens` tells which
    return buffer.raw.decode("utf-16-le").rstrip("\0").replace("\x02", SOFT_HYPHEN)
