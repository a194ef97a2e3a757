"""The structure tree of a tagged PDF as data: elements and the stretches of content (leaves) they own.

Reading order is the order of creation: what is made later is read later among the kids of one parent, wherever on the
pages it is painted (a footnote is read after its mark, though it stands at the foot).
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ARTIFACT = -1  # the leaf of what is no content: running headers, folios, rules, repeated table heads
DOCUMENT = 0  # the root element


class Element(Struct, frozen=True, array_like=True):
    """A structure element (ISO 32000-1, 14.8.4). `id` is for Note; `scope` for TH; spans for TH and TD."""

    tag: str
    parent: int
    order: int
    alt: str = ""
    id: str = ""
    scope: Literal["", "Column", "Row"] = ""
    columns: int = 1
    rows: int = 1
    numbering: Literal["", "Decimal", "Disc"] = ""


class Hook(Struct, frozen=True, array_like=True):
    """What hangs on a stretch of content. `to` (a destination) and `url` make it a link (`spoken` says where to),
    `anchor` names it as a destination, `mark` makes it the mark of the footnote occurrence so named, `page` the number
    of the page where that destination stands, `dots` puts 着重号 below it."""

    to: str = ""
    url: str = ""
    spoken: str = ""
    anchor: str = ""
    mark: str = ""
    page: str = ""
    dots: bool = False


PLAIN = Hook()  # nothing hangs on most


class Leaf(Struct, frozen=True, array_like=True):
    """A stretch of one element's content."""

    element: int
    order: int
    hook: Hook


class Structure:
    """Elements and leaves, growing while the content is set."""

    def __init__(self) -> None:
        self.elements = [Element("Document", -1, 0)]
        self.leaves: list[Leaf] = []
        self._order = 0
        self._heading = 0

    def element(
        self,
        tag: str,
        parent: int,
        *,
        alt: str = "",
        id: str = "",
        numbering: Literal["", "Decimal", "Disc"] = "",
    ) -> int:
        """A new element, read after everything its parent holds so far; its index."""
        self.elements.append(Element(tag, parent, self._next(), alt, id, numbering=numbering))
        return len(self.elements) - 1

    def cell(self, parent: int, scope: Literal["", "Column", "Row"], columns: int, rows: int) -> int:
        """A table cell: TH where it has a scope, else TD."""
        tag = "TH" if scope else "TD"
        self.elements.append(Element(tag, parent, self._next(), scope=scope, columns=columns, rows=rows))
        return len(self.elements) - 1

    def heading(self, level: int, parent: int) -> int:
        """An H1–H3 element. A level is never skipped on the way down (ISO 14289-1, 7.4.2)."""
        self._heading = min(level, self._heading + 1)
        return self.element(f"H{self._heading}", parent)

    def leaf(self, element: int, hook: Hook) -> int:
        """A new stretch of content of the element; its index is the `source` of the pieces that show it."""
        self.leaves.append(Leaf(element, self._next(), hook))
        return len(self.leaves) - 1

    def plain(self, element: int, dots: bool = False) -> int:
        """A leaf for plain text: the one before it goes on where nothing was made in between."""
        hook = Hook(dots=True) if dots else PLAIN
        last = self.leaves[-1] if self.leaves else None
        if last and last.order == self._order and last.element == element and last.hook == hook:
            return len(self.leaves) - 1
        return self.leaf(element, hook)

    def _next(self) -> int:
        self._order += 1
        return self._order
