"""Makes a painted file tagged and archival (PDF/UA-1, PDF/A-2a) with pikepdf: structure tree, labels, metadata."""

from __future__ import annotations

from html import escape  # xml.sax.saxutils would import urllib, http and ssl
from io import BytesIO
from pathlib import Path
from string import Template

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from report.content.nodes import Front
from report.writers.pdf.layout import Layout, Page, Picture
from report.writers.pdf.marks import Marks
from report.writers.pdf.structure import DOCUMENT, Element

SRGB = Path(pikepdf.__file__).parent / "pdfa/data/sRGB.icc"
XMP = Template((Path(__file__).parent / "metadata.xml").read_text(encoding="utf-8"))
PRODUCER = "policy-press"
KEPT_EMPTY = ("TD", "TH")  # elements that mean something without content


def finish(painted: BytesIO, layout: Layout, marks: Marks, front: Front) -> bytes:
    """The finished file. Same input, same bytes; the date is the report's own."""
    with pikepdf.open(painted) as pdf:
        _Tree(pdf, layout, marks).write()
        _labels(pdf, layout.pages)
        _metadata(pdf, front)
        out = BytesIO()
        # saving anew also mends ReportLab's streams, which lack the line end before `endstream`
        pdf.save(out, deterministic_id=True, compress_streams=True,
                 object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


class _Tree:
    """Writes the structure tree (ISO 32000-1, 14.7): elements, marked content, annotations, parent and ID trees."""

    def __init__(self, pdf: Pdf, layout: Layout, marks: Marks) -> None:
        self.pdf, self.layout, self.marks = pdf, layout, marks
        self.pages = [page.obj for page in pdf.pages]
        self.owners: list[dict[int, Object]] = [{} for _ in self.pages]  # mcid → element
        self.annotated: dict[int, Object] = {}  # elements by annotation key
        self.ids: list[tuple[str, Object]] = []
        self.boxes = _boxes(layout)
        self.kids = self._ordered()

    def write(self) -> None:
        """Write the tree into the file."""
        tree = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._element(DOCUMENT, tree)])
        numbers: list[Object | int] = []
        for index, page in enumerate(self.pages):
            page.StructParents, page.Tabs = index, Name.S
            owners = self.owners[index]
            numbers += [index, self.pdf.make_indirect(Array([owners[mcid] for mcid in sorted(owners)]))]
        for key, element in sorted(self.annotated.items()):
            numbers += [key, element]
        tree.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        tree.ParentTreeNextKey = len(self.pages) + len(self.annotated)
        if self.ids:
            names = sorted(self.ids, key=lambda pair: bytes(String(pair[0])))
            tree.IDTree = Dictionary(Names=Array([x for key, node in names for x in (String(key), node)]))
        self.pdf.Root.StructTreeRoot = tree
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _ordered(self) -> dict[int, list[tuple[int, int, int]]]:
        """For each element its kids in reading order: (order, -1, element) or (order, leaf, -1). What was never
        painted (a second text of a note, a group of such) is left out."""
        kids: dict[int, list[tuple[int, int, int]]] = {}
        for index, leaf in enumerate(self.layout.leaves):
            if index in self.marks.content:
                kids.setdefault(leaf.element, []).append((leaf.order, index, -1))
        for index in range(len(self.layout.elements) - 1, DOCUMENT, -1):  # kids have higher numbers than parents
            element = self.layout.elements[index]
            if index in kids or element.tag in KEPT_EMPTY:
                kids.setdefault(element.parent, []).append((element.order, -1, index))
        return {index: sorted(members) for index, members in kids.items()}

    def _element(self, index: int, parent: Object) -> Object:
        about = self.layout.elements[index]
        node = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + about.tag), P=parent))
        if about.alt:
            node.Alt = String(about.alt)
        if about.id:
            node.ID = String(about.id)
            self.ids.append((about.id, node))
        if attributes := self._attributes(index, about):
            node.A = attributes if len(attributes) > 1 else attributes[0]
        content: list[Object | int] = []
        for _, leaf, element in self.kids.get(index, []):
            if leaf < 0:
                content.append(self._element(element, node))
            else:
                content += self._content(leaf, node)
        node.K = Array(content)
        return node

    def _attributes(self, index: int, about: Element) -> Array:
        out = []
        if about.tag in ("TD", "TH"):
            table = Dictionary(O=Name.Table)
            if about.scope:
                table.Scope = Name("/" + about.scope)
            if about.columns > 1:
                table.ColSpan = about.columns
            if about.rows > 1:
                table.RowSpan = about.rows
            if len(table) > 1:
                out.append(table)
        if about.numbering:
            out.append(Dictionary(O=Name.List, ListNumbering=Name("/" + about.numbering)))
        if index in self.boxes:
            box = Array([round(side, 2) for side in self.boxes[index]])
            out.append(Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box))
        return Array(out)

    def _content(self, leaf: int, node: Object) -> list[Object | int]:
        """A leaf's marked content and annotations. A bare number counts on the element's own page only."""
        out: list[Object | int] = []
        for page, mcid in self.marks.content[leaf]:
            self.owners[page][mcid] = node
            if "/Pg" not in node:
                node.Pg = self.pages[page]
            if node.Pg.objgen == self.pages[page].objgen:
                out.append(mcid)
            else:
                out.append(Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=mcid))
        for page, number, key in self.marks.annotations.get(leaf, []):
            self.annotated[key] = node
            out.append(Dictionary(Type=Name.OBJR, Obj=self.pages[page].Annots[number], Pg=self.pages[page]))
        return out


def _boxes(layout: Layout) -> dict[int, tuple[float, float, float, float]]:
    """The box of each figure's picture: left, bottom, right, top."""
    boxes = {}
    pictures = ((page, item) for page in layout.pages for item in page.items if isinstance(item, Picture))
    for page, picture in pictures:
        top, right = (page.height or layout.height) - picture.y, picture.x + picture.width
        boxes[layout.leaves[picture.leaf].element] = (picture.x, top - picture.height, right, top)
    return boxes


def _labels(pdf: Pdf, pages: tuple[Page, ...]) -> None:
    """Page labels (ISO 32000-1, 12.4.2): one entry a page, so that no run of numbers has to be guessed."""
    numbers: list[int | Dictionary] = []
    for index, page in enumerate(pages):
        label = Dictionary()
        if page.label.isascii() and page.label.isdigit():
            label = Dictionary(S=Name.D, St=int(page.label))
        elif page.label:
            label = Dictionary(P=String(page.label))
        numbers += [index, label]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))


def _metadata(pdf: Pdf, front: Front) -> None:
    for key in list(pdf.docinfo.keys()):  # every Info entry must agree with the XMP
        del pdf.docinfo[key]
    info = pdf.docinfo
    info.Title, info.Author, info.Producer = String(front.title), String(front.author), String(PRODUCER)
    info.Subject, info.Keywords = String(front.subtitle), String("，".join(front.keywords))
    whole = len(front.date) == len("2026-11-30")  # a date may be as vague as 2026-11, or unknown
    if front.date:
        info.CreationDate = info.ModDate = String(f"D:{front.date.replace('-', '')}" + "000000Z" * whole)
    stamp = front.date + "T00:00:00Z" * whole
    xmp = XMP.substitute(
        title=escape(front.title), author=escape(front.author), subject=escape(front.subtitle),
        keywords=escape("，".join(front.keywords)), language=escape(front.language), producer=PRODUCER,
        dates="\n".join(f"   <xmp:{name}>{stamp}</xmp:{name}>" for name in ("CreateDate", "ModifyDate") if stamp),
    )
    stream = pdf.make_stream(xmp.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata, pdf.Root.Lang = stream, String(front.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(SRGB.read_bytes(), N=3)
    pdf.Root.OutputIntents = Array([
        Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"),
                   DestOutputProfile=profile)
    ])
