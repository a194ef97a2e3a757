"""Marked content while a page is painted: which leaf each sequence on each page belongs to, and the links on it."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field
from reportlab.pdfbase.pdfdoc import Destination, PDFObject  # type: ignore[import-untyped]

from report.writers.pdf.packing import Stream
from report.writers.pdf.structure import Element, Leaf

Box = tuple[float, float, float, float]  # left, bottom, right, top; points from the page's bottom left
ESCAPED = re.compile(rb"[()\\]")  # in a literal string (ISO 32000-1, 7.3.4.2)
PRINT = 4  # annotation flag (ISO 32000-1, 12.5.3); PDF/A wants it set


class Marks(Struct):
    """What has been painted: for each leaf its content (page, mcid) and its annotations (page, number of the object,
    key in the parent tree)."""

    content: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    annotations: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)


class _Link(PDFObject):  # type: ignore[misc]
    """A link annotation, written in one go: of some thousands, ReportLab's dictionaries take longer than the text."""

    def __init__(self, box: Box, spoken: str, key: int, to: Destination | str) -> None:
        self.box, self.spoken, self.key, self.to = box, spoken, key, to

    def format(self, document: Any) -> bytes:
        """The annotation's dictionary."""
        if isinstance(self.to, str):
            target = b"/A <</S /URI /URI (%s)>>" % ESCAPED.sub(rb"\\\g<0>", self.to.encode())
        else:
            page, _ = document.idToObjectNumberAndVersion[self.to.page.name]
            target = b"/Dest [%d 0 R /XYZ 0 %.2f 0]" % (page, self.to.fmt.top)
        sides, spoken = " ".join(f"{side:.2f}" for side in self.box), self.spoken.encode("utf-16-be").hex()
        head = f"/Type /Annot /Subtype /Link /Border [0 0 0] /Rect [{sides}] /F {PRINT} /StructParent {self.key}"
        return b"<<%s /Contents <FEFF%s> %s>>" % (head.encode(), spoken.encode(), target)


class Tagger:
    """Switches marked content on a canvas: at most one sequence is open, and the lines of one leaf share one."""

    def __init__(self, canvas: Any, elements: tuple[Element, ...], leaves: tuple[Leaf, ...], pages: int) -> None:
        self.canvas, self.elements, self.leaves = canvas, elements, leaves
        self.marks = Marks()
        self._page, self._mcid = 0, 0
        self._key = pages  # the parent tree numbers the pages first
        self._open: object = None

    def content(self, leaf: int) -> None:
        """What is painted from now on belongs to the leaf."""
        if self._open == leaf:
            return
        self.close()
        tag = self.elements[self.leaves[leaf].element].tag
        self.canvas._code.append(f"/{tag} <</MCID {self._mcid}>> BDC")
        self.marks.content.setdefault(leaf, []).append((self._page, self._mcid))
        self._mcid += 1
        self._open = leaf

    def artifact(self, kind: str) -> None:
        """What is painted from now on is no content: Header, Footer (pagination artifacts) or Layout."""
        if self._open == kind:
            return
        self.close()
        what = "/Layout" if kind == "Layout" else f"/Pagination /Subtype /{kind}"
        self.canvas._code.append(f"/Artifact <</Type {what}>> BDC")
        self._open = kind

    def close(self) -> None:
        """End the open sequence, if there is one."""
        if self._open is not None:
            self.canvas._code.append("EMC")
        self._open = None

    def link(self, leaf: int, target: str, box: Box) -> None:
        """A link annotation of the leaf over the box, to the named destination or, where `target` is "", to the leaf's
        URL."""
        hook = self.leaves[leaf].hook
        to = self.canvas._bookmarkReference(target) if target else hook.url
        self.canvas._addAnnotation(_Link(box, hook.spoken, self._key, to))
        self.marks.annotations.setdefault(leaf, []).append((self._page, self.canvas._doc.objectcounter, self._key))
        self._key += 1

    def end_page(self) -> None:
        """Close what is open; a leaf that goes on is simply switched to again."""
        self.close()
        self.canvas.showPage()
        page = self.canvas._doc.Pages.pages[-1]
        page.Contents = Stream(page.stream.encode("ascii"))
        self._page, self._mcid = self._page + 1, 0
