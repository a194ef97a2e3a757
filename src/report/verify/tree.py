"""The PDF's structure tree held against its pages: what no validator sees, because it does not know what is meant.

veraPDF passes a file whose tree names the wrong page, whose figure has no box, whose text is read in another order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Name

from report.verify.expected import Expected
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Passage, squeeze
from report.verify.sameness import FREE

MARK = re.compile(rb"/MCID\s+(\d+)[^>]*>>\s*BDC")
HEADING = re.compile(r"/H([1-6])")
Key = tuple[int, int]  # number and generation of an object


def check_structure(data: bytes) -> CheckResult:
    """Marks on the pages, kids in the tree and the parent tree are the same, each once; so are links; headings never
    skip a level; figures have words and a box; notes have names (ISO 32000-1, 14.7.4; ISO 14289-1, 7.1–7.9)."""
    with pikepdf.open(BytesIO(data)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return result("structure", "没有结构树", [Finding(where="pdf", text="没有结构树")])
        tree = _Tree(pdf)
        faults = list(tree.faults())
    findings = [Finding(where="pdf", text=text) for text in faults]
    return result("structure", f"{len(tree.elements)} 个元素，{len(tree.content)} 处内容", findings)


def check_order(passages: Sequence[Passage], expected: Sequence[Expected]) -> CheckResult:
    """The PDF is read in the order of the content: no passage comes behind one that the content has later. Notes are
    read at their marks, wherever the content keeps them."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(expected):
        for text in {one.text, one.bare} if one.kind != "note" else ():
            places.setdefault(text, []).append(place)
    findings: list[Finding] = []
    last = -1
    read = [squeeze(passage.text) for passage in passages if passage.kind not in (*FREE, "note")]
    for text in (text for text in read if text in places):
        later = next((place for place in places[text] if place > last), None)
        if later is None:
            findings.append(Finding(where=expected[places[text][0]].where, text=f"读得太迟：{text[:60]}"))
        else:
            last = later
    return result("order", f"{len(read)} 段", findings)


class _Tree:
    """The tree of an open file: its elements in reading order and what each of them holds."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.root = pdf.Root.StructTreeRoot
        self.pages = [page.obj for page in pdf.pages]
        self.elements = list(_below(self.root))
        self.content: list[tuple[Key, int]] = []  # page and mark
        self.owners: dict[tuple[Key, int], Key] = {}  # of a mark: its element
        self.links: dict[Key, Key] = {}  # annotation → its element
        for element in self.elements:
            self._hold(element)

    def _hold(self, element: Any) -> None:
        for kid in _kids(element):
            if isinstance(kid, int) or kid.get("/Type") == Name.MCR:
                bare = isinstance(kid, int)
                page = element.Pg if bare else kid.get("/Pg", element.get("/Pg"))
                mark = page.objgen, int(kid if bare else kid.MCID)
                self.content.append(mark)
                self.owners[mark] = element.objgen
            elif kid.get("/Type") == Name.OBJR:
                self.links[kid.Obj.objgen] = element.objgen

    def faults(self) -> Iterator[str]:
        """What is wrong, in words."""
        marks = [(page.objgen, mark) for page in self.pages for mark in _marks(page)]
        yield from _difference(marks, self.content)
        yield from self._parents()
        yield from self._annotations()
        yield from _skipped(self.elements)
        yield from self._named()

    def _parents(self) -> Iterator[str]:
        """Whether the parent tree leads from every mark and link back to its element."""
        numbers = list(_numbers(self.root.get("/ParentTree", pikepdf.Dictionary())))
        self.parents = dict(numbers)
        for number, page in enumerate(self.pages, 1):
            owners = self.parents.get(int(page.get("/StructParents", -1)), [])
            wrong = [mark for mark, owner in enumerate(owners) if self.owners.get((page.objgen, mark)) != owner.objgen]
            known = sum(key == page.objgen for key, _ in self.owners)
            if wrong or len(owners) != known:
                yield f"第{number}面的内容与父树不符"

    def _annotations(self) -> Iterator[str]:
        """Links stand in the tree once, lead back to it and say where they go."""
        for number, page in enumerate(self.pages, 1):
            for annotation in page.get("/Annots", []):
                owner = self.links.get(annotation.objgen)
                parent = self.parents.get(int(annotation.get("/StructParent", -1)))
                if owner is None or parent is None or parent.objgen != owner:
                    yield f"第{number}面有链接不在结构树里"
                if not str(annotation.get("/Contents", "")):
                    yield f"第{number}面有链接没有说明"

    def _named(self) -> Iterator[str]:
        """Figures have an alternative text and a box, notes an ID of their own that the tree knows."""
        for element in self.elements:
            if Name.Figure == element.S and not (str(element.get("/Alt", "")).strip() and _box(element)):
                yield "有图没有替代文字或位置"
        notes = Counter(str(element.get("/ID", "")) for element in self.elements if Name.Note == element.S)
        tree = self.root.get("/IDTree", pikepdf.Dictionary())
        known = {str(name) for name in list(tree.get("/Names", []))[::2]}
        if any(count > 1 or name not in known for name, count in notes.items()):
            yield "有脚注没有自己的编号"


def _difference(marks: Sequence[tuple[Key, int]], content: Sequence[tuple[Key, int]]) -> Iterator[str]:
    if lost := set(marks) - set(content):
        yield f"有{len(lost)}处内容不在结构树里"
    if strange := set(content) - set(marks):
        yield f"结构树里有{len(strange)}处不在所说的面上"
    if len(set(content)) < len(content):
        yield "有内容在结构树里出现两次"


def _skipped(elements: Sequence[Any]) -> Iterator[str]:
    last = 0
    for match in filter(None, (HEADING.fullmatch(str(element.S)) for element in elements)):
        level = int(match[1])
        if level > last + 1:
            yield f"标题由{last or '无'}级跳到{level}级"
        last = level


def _marks(page: Any) -> Iterator[int]:
    contents = page.get("/Contents", [])
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        yield from map(int, MARK.findall(stream.read_bytes()))


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    """A number tree's entries (ISO 32000-1, 7.9.7)."""
    numbers = list(node.get("/Nums", []))
    yield from zip(map(int, numbers[::2]), numbers[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _numbers(kid)


def _box(element: Any) -> bool:
    given = element.get("/A", [])
    sets = list(given) if isinstance(given, pikepdf.Array) else [given]
    return any("/BBox" in one for one in sets)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _below(element: Any) -> Iterator[Any]:
    """All structure elements below one, in reading order."""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)
