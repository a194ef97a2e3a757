"""Reading the structure tree of a tagged PDF, and checking it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name


def elements(node: Any) -> Iterator[Any]:
    """All structure elements below a node, in reading order."""
    for kid in node.K:
        if not isinstance(kid, int) and kid.get("/Type") == Name.StructElem:
            yield kid
            yield from elements(kid)


def check_tree(pdf: pikepdf.Pdf) -> int:
    """What veraPDF does not see: each reference to content names the page that has the mark, every mark is in the tree
    once, and the parent tree leads back. The number of marks."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    parents = {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}
    found = []
    for element in elements(pdf.Root.StructTreeRoot):
        for kid in element.K:
            if isinstance(kid, int) or kid.get("/Type") == Name.MCR:
                page, mcid = (element.Pg, kid) if isinstance(kid, int) else (kid.Pg, int(kid.MCID))
                assert parents[int(page.StructParents)][mcid].objgen == element.objgen
                found.append((page.objgen, mcid))
            elif kid.get("/Type") == Name.OBJR:
                assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
    assert sorted(found) == sorted(marks(pdf))
    return len(found)


def marks(pdf: pikepdf.Pdf) -> Iterator[tuple[tuple[int, int], int]]:
    """Every marked content sequence: its page and number."""
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page, "BDC"):
            properties = instruction.operands[1]
            if isinstance(properties, Dictionary) and "/MCID" in properties:
                yield page.obj.objgen, int(properties.MCID)
