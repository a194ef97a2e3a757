"""Makes a painted file tagged and archival (PDF/UA-1, PDF/A-2a): structure tree, page labels, metadata, packed objects.

ReportLab's objects come first, under its numbers; what it knows nothing of follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape  # xml.sax.saxutils would import urllib, http and ssl
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFPage  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfdoc import format as formatted

from report.content.nodes import Front
from report.writers.pdf.embed import ProgramFile
from report.writers.pdf.job import FontProgram, Job
from report.writers.pdf.layout import Image, Layout, Page, Picture
from report.writers.pdf.marks import Marks
from report.writers.pdf.packing import File, Stream, stream, text
from report.writers.pdf.structure import DOCUMENT, Element

PROFILE = "pdfa/data/sRGB.icc"  # in pikepdf, which is not imported for it: that would take as long as ten pages
XMP = Template((Path(__file__).parent / "metadata.xml").read_text(encoding="utf-8"))
PRODUCER = "policy-press"
IMAGE = "Im"  # how a page names its pictures of points: with a number behind it
KEPT_EMPTY = ("TD", "TH")  # elements that mean something without content


def finish(canvas: Any, marks: Marks, job: Job, programs: Iterable[FontProgram]) -> bytes:
    """The finished file; the programs of its fonts are asked for last. Same input, same bytes; the date is the report's
    own."""
    doc, file, layout, front = canvas._doc, File(), job.layout, job.front
    pages, places = _add_painted(canvas, file, layout)
    tree = _Tree(file, [_number(doc, page) for page in doc.Pages.pages], layout, marks).write()
    catalog = " ".join([
        f"<</Type /Catalog /Pages {pages} 0 R /Lang {text(front.language)} /PageLabels {_labels(layout.pages)}",
        f"/Outlines {_number(doc, doc.Outlines)} 0 R" if doc.Outlines.ready > 0 else "",
        f"/StructTreeRoot {tree} 0 R /MarkInfo <</Marked true>> /ViewerPreferences <</DisplayDocTitle true>>",
        f"/Metadata {_metadata(file, front)} 0 R /OutputIntents [{_intent(file)}]>>",
    ])
    root, information = file.add(catalog), file.add(_information(front))
    for font, program in zip(job.fonts, programs, strict=True):
        number, place = places[font.key]
        file.put(number, place.body(program))
    return file.whole(root, information)


def _add_painted(canvas: Any, file: File, layout: Layout) -> tuple[int, dict[str, tuple[int, ProgramFile]]]:
    """Add what ReportLab has painted, with fonts and bookmarks; the number of its page tree, and for each font that of
    its program, which is left open."""
    doc = canvas._doc
    for font in doc.delayedFonts:
        font.addObjects(doc)
    doc.Outlines.prepare(doc, canvas)
    doc.Reference(doc.Pages)
    order = {page: index for index, page in enumerate(doc.Pages.pages)}
    number, places, pictured = 0, {}, []
    while number < doc.objectcounter:  # which grows while objects are formatted
        number += 1
        thing = doc.idToObject[doc.numberToId[number]]
        if isinstance(thing, ProgramFile):
            places[thing.font.key] = file.add(alone=True), thing
        elif isinstance(thing, PDFPage):
            pictured += [number] if any(isinstance(item, Image) for item in layout.pages[order[thing]].items) else []
            file.add(_page(doc, thing, order[thing]))
        else:
            file.add(formatted(thing, doc, toplevel=1), alone=isinstance(thing, Stream))
    for number in pictured:  # what ReportLab knows nothing of comes behind all that it numbers
        page = doc.idToObject[doc.numberToId[number]]
        file.put(number, _page(doc, page, order[page], _images(file, layout.pages[order[page]])))
    return _number(doc, doc.Pages), places


def _images(file: File, page: Page) -> str:
    """The entry of a page's resources for its pictures of points, which are added to the file; "" for none."""
    images = [item for item in page.items if isinstance(item, Image)]
    named = "".join(f"/{IMAGE}{index} {_image(file, one)} 0 R " for index, one in enumerate(images))
    return f" /XObject <<{named}>>" if named else ""


def _image(file: File, image: Image) -> int:
    """The number of an image (ISO 32000-1, 8.9.5): its rows stay packed as PNG packs them."""
    rows = f"/Filter /FlateDecode /DecodeParms <</Predictor 15 /Colors 3 /Columns {image.columns}>>"
    size = f"/Width {image.columns} /Height {image.rows} /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return file.add(stream(image.samples, f"/Type /XObject /Subtype /Image {size} {rows}", pack=False), alone=True)


def _page(doc: Any, page: Any, index: int, images: str = "") -> str:
    """A page's dictionary (ISO 32000-1, 7.7.3.3): ReportLab's says more, and takes three times as long."""
    numbers, box = doc.idToObjectNumberAndVersion, f"[0 0 {page.pagewidth:.7g} {page.pageheight:.7g}]"
    links = " ".join(f"{numbers[link.name][0]} 0 R" for link in page.Annots or ())
    return " ".join([
        f"<</Type /Page /Parent {_number(doc, doc.Pages)} 0 R /MediaBox {box} /StructParents {index} /Tabs /S",
        f"/Resources <</Font {numbers[BasicFonts][0]} 0 R{images}>> /Contents {_number(doc, page.Contents)} 0 R",
        f"/Annots [{links}]>>" if links else ">>",
    ])


def _number(doc: Any, thing: Any) -> int:
    """The number that ReportLab has given an object."""
    number: int = doc.idToObjectNumberAndVersion[doc.Reference(thing).name][0]
    return number


class _Tree:
    """Writes the structure tree (ISO 32000-1, 14.7): elements, marked content, annotations, parent and ID trees."""

    def __init__(self, file: File, pages: list[int], layout: Layout, marks: Marks) -> None:
        self.file, self.pages, self.layout, self.marks = file, pages, layout, marks
        self.owners: list[dict[int, int]] = [{} for _ in pages]  # mcid → number of its element
        self.annotated: dict[int, int] = {}  # numbers of elements by annotation key
        self.ids: list[tuple[str, int]] = []
        self.boxes = _boxes(layout)
        self.kids = self._ordered()

    def write(self) -> int:
        """Write the tree into the file; the number of its root."""
        root = self.file.add()
        document = self._element(DOCUMENT, root)
        parents: list[str] = []
        for index, owners in enumerate(self.owners):
            row = " ".join(f"{owners[mcid]} 0 R" for mcid in sorted(owners))
            parents.append(f"{index} {self.file.add(f'[{row}]')} 0 R")
        parents += (f"{key} {element} 0 R" for key, element in sorted(self.annotated.items()))
        tree = self.file.add(f"<</Nums [{' '.join(parents)}]>>")
        names = " ".join(f"{text(name)} {element} 0 R" for name, element in sorted(self.ids, key=_by_bytes))
        self.file.put(root, (
            f"<</Type /StructTreeRoot /K [{document} 0 R] /ParentTree {tree} 0 R "
            f"/ParentTreeNextKey {len(parents)} {f'/IDTree <</Names [{names}]>>' if names else ''}>>"
        ))
        return root

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

    def _element(self, index: int, parent: int) -> int:
        """Write an element with all below it; its number."""
        about, number = self.layout.elements[index], self.file.add()
        home = next((self.marks.content[leaf][0][0] for _, leaf, _ in self.kids.get(index, []) if leaf >= 0), -1)
        content: list[str] = []
        for _, leaf, element in self.kids.get(index, []):
            if leaf < 0:
                content.append(f"{self._element(element, number)} 0 R")
            else:
                content += self._content(leaf, number, home)
        if about.id:
            self.ids.append((about.id, number))
        self.file.put(number, "".join([
            f"<</Type /StructElem /S /{about.tag} /P {parent} 0 R",
            f" /Alt {text(about.alt)}" if about.alt else "",
            f" /ID {text(about.id)}" if about.id else "",
            self._attributes(index, about),
            f" /Pg {self.pages[home]} 0 R" if home >= 0 else "",
            f" /K [{' '.join(content)}]>>",
        ]))
        return number

    def _attributes(self, index: int, about: Element) -> str:
        out: list[str] = []
        if about.scope or about.columns > 1 or about.rows > 1:
            scope = f" /Scope /{about.scope}" if about.scope else ""
            columns = f" /ColSpan {about.columns}" if about.columns > 1 else ""
            rows = f" /RowSpan {about.rows}" if about.rows > 1 else ""
            out.append(f"<</O /Table{scope}{columns}{rows}>>")
        if about.numbering:
            out.append(f"<</O /List /ListNumbering /{about.numbering}>>")
        if index in self.boxes:
            box = " ".join(f"{side:.2f}" for side in self.boxes[index])
            out.append(f"<</O /Layout /Placement /Block /BBox [{box}]>>")
        return " /A [{}]".format(" ".join(out)) if len(out) > 1 else f" /A {out[0]}" if out else ""

    def _content(self, leaf: int, number: int, home: int) -> list[str]:
        """A leaf's marked content and annotations. A bare number counts on the element's own page only."""
        out: list[str] = []
        for page, mcid in self.marks.content[leaf]:
            self.owners[page][mcid] = number
            out.append(str(mcid) if page == home else
                       f"<</Type /MCR /Pg {self.pages[page]} 0 R /MCID {mcid}>>")
        for page, annotation, key in self.marks.annotations.get(leaf, []):
            self.annotated[key] = number
            out.append(f"<</Type /OBJR /Obj {annotation} 0 R /Pg {self.pages[page]} 0 R>>")
        return out


def _by_bytes(named: tuple[str, int]) -> bytes:
    """The order of names in a tree: that of their bytes in the file (ISO 32000-1, 7.9.6)."""
    name = named[0]
    return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


def _boxes(layout: Layout) -> dict[int, tuple[float, float, float, float]]:
    """The box of each figure's picture: left, bottom, right, top."""
    boxes = {}
    pictures = ((page, item) for page in layout.pages for item in page.items if isinstance(item, Picture | Image))
    for page, picture in pictures:
        top, right = (page.height or layout.height) - picture.y, picture.x + picture.width
        boxes[layout.leaves[picture.leaf].element] = (picture.x, top - picture.height, right, top)
    return boxes


def _labels(pages: tuple[Page, ...]) -> str:
    """Page labels (ISO 32000-1, 12.4.2): one entry a page, so that no run of numbers has to be guessed."""
    labels: list[str] = []
    for index, page in enumerate(pages):
        number = page.label.isascii() and page.label.isdigit()
        label = f"/S /D /St {page.label}" if number else f"/P {text(page.label)}" if page.label else ""
        labels.append(f"{index} <<{label}>>")
    return f"<</Nums [{' '.join(labels)}]>>"


def _information(front: Front) -> str:
    """The information dictionary: every entry must agree with the metadata."""
    date = f"D:{front.date.replace('-', '')}" + "000000Z" * _whole(front.date)
    return " ".join([
        f"<</Title {text(front.title)} /Author {text(front.author)} /Subject {text(front.subtitle)}",
        f"/Keywords {text('，'.join(front.keywords))} /Producer {text(PRODUCER)}",
        f"/CreationDate ({date}) /ModDate ({date})>>" if front.date else ">>",
    ])


def _metadata(file: File, front: Front) -> int:
    """The number of the metadata stream, which is not compressed so that any program finds it (ISO 19005-2, 6.6.2)."""
    stamp = front.date + "T00:00:00Z" * _whole(front.date)
    xmp = XMP.substitute(
        title=escape(front.title), author=escape(front.author), subject=escape(front.subtitle),
        keywords=escape("，".join(front.keywords)), language=escape(front.language), producer=PRODUCER,
        dates="\n".join(f"   <xmp:{name}>{stamp}</xmp:{name}>" for name in ("CreateDate", "ModifyDate") if stamp),
    )
    return file.add(stream(xmp.encode(), "/Type /Metadata /Subtype /XML", pack=False), alone=True)


def _whole(date: str) -> bool:
    """Whether the date names a day: it may be as vague as 2026-11, or unknown."""
    return len(date) == len("2026-11-30")


def _intent(file: File) -> str:
    """The output intent: sRGB."""
    found = find_spec("pikepdf")
    assert found and found.origin
    profile = file.add(stream((Path(found.origin).parent / PROFILE).read_bytes(), "/N 3"), alone=True)
    return ("<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
            f"/DestOutputProfile {profile} 0 R>>")
