"""Marked content while a page is painted: which leaf each sequence on each page belongs to, and the links on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from report.writers.pdf.structure import Element, Leaf


@dataclass(slots=True)
class Marks:
    """What has been painted: for each leaf its content (page, mcid) and its annotations (page, index on the page)."""

    content: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    annotations: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


class Tagger:
    """Switches marked content on a canvas: at most one sequence is open, and the lines of one leaf share one."""

    def __init__(self, canvas: Any, elements: tuple[Element, ...], leaves: tuple[Leaf, ...]) -> None:
        self.canvas, self.elements, self.leaves = canvas, elements, leaves
        self.marks = Marks()
        self._page, self._mcid, self._annotation = 0, 0, 0
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

    def link(self, leaf: int, target: str, box: tuple[float, float, float, float]) -> None:
        """A link annotation of the leaf over the box (left, bottom, right, top; from the page's bottom left), to the
        named destination or, where `target` is "", to the leaf's URL."""
        if target:
            self.canvas.linkAbsolute("", target, box)
        else:
            self.canvas.linkURL(self.leaves[leaf].hook.url, box)
        self.marks.annotations.setdefault(leaf, []).append((self._page, self._annotation))
        self._annotation += 1

    def end_page(self) -> None:
        """Close what is open; a leaf that goes on is simply switched to again."""
        self.close()
        self.canvas.showPage()
        self._page, self._mcid, self._annotation = self._page + 1, 0, 0
