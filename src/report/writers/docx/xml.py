"""The small OOXML layer: elements by name, children in schema order, fields of five runs, bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from docx.opc.oxml import serialize_part_xml
from docx.oxml.ns import nsdecls, nsmap, nspfxmap, qn
from docx.oxml.parser import OxmlElement, oxml_parser, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# ECMA-376 part 1, 17.3.1.26 (pPr), 17.3.2.28 (rPr), 17.6.17 (sectPr): the order the schema asks for.
_ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN snapToGrid spacing ind "
    "contextualSpacing jc textAlignment outlineLvl rPr sectPr",
    "w:rPr": "rStyle rFonts b bCs i iCs vanish color spacing kern position sz szCs u shd vertAlign em lang",
    "w:sectPr": "headerReference footerReference footnotePr type pgSz pgMar pgNumType cols vAlign titlePg docGrid",
}
_RANK = {parent: {qn(f"w:{name}"): i for i, name in enumerate(names.split())} for parent, names in _ORDER.items()}

_ALTERNATIVES = (
    f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
    '<mc:AlternateContent><mc:Choice Requires="w15"/><mc:Fallback/></mc:AlternateContent></w:r>'
)
_BREAKS = re.compile(r"([\t\n])")
_SPACE = qn("xml:space")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """An element of the w: namespace (or `pfx:tag`); attributes are w: too; children that are None are left out.

    Children of pPr, rPr and sectPr are put in the order of the schema.
    """
    name, spaces, rank = _known(tag)
    given = {_attribute(key): printable(str(value)) for key, value in attributes.items()}
    element: Element = oxml_parser.makeelement(name, given, spaces)
    present = [child for child in children if child is not None]
    if rank:
        present.sort(key=lambda child: rank[child.tag])
    element.extend(present)
    return element


@cache
def _known(tag: str) -> tuple[str, dict[str, str], Mapping[str, int]]:
    """An element's full name, its namespace, and the ranks of its children where the schema orders them."""
    name = tag if ":" in tag else f"w:{tag}"
    prefix = name.partition(":")[0]
    return qn(name), {prefix: nsmap[prefix]}, _RANK.get(name, {})


@cache
def _attribute(name: str) -> str:
    return qn(f"w:{name}")


def related(tag: str, relation: str, **attributes: object) -> Element:
    """An element of the w: namespace that points to another part by a relation (r:id).

    Its prefix is declared here: lxml would choose one by what other libraries of the process have registered.
    """
    element: Element = OxmlElement(f"w:{tag}", nsdecls=nspfxmap("w", "r"))
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    element.set(qn("r:id"), relation)
    return element


def add_ordered(parent: Element, child: Element) -> None:
    """Put a child where the schema wants it."""
    rank = _RANK[f"w:{parent.tag.rpartition('}')[2]}"]
    after = next((i for i, other in enumerate(parent) if rank[other.tag] > rank[child.tag]), len(parent))
    parent.insert(after, child)


def serialise(root: Element) -> bytes:
    """A part's bytes: UTF-8 with an XML declaration."""
    return bytes(serialize_part_xml(root))


def printable(text: str) -> str:
    """Text without the control characters and half surrogates that XML 1.0 cannot hold; they have no shape."""
    return _UNPRINTABLE.sub("", text)


def text_run(text: str, properties: Element | None = None, tag: str = "t") -> Element:
    """A run of text, white space kept; tabs and line ends in it become elements."""
    run = w("r", properties)
    for piece in _BREAKS.split(printable(text)):
        if piece in ("\t", "\n"):
            run.append(w("tab" if piece == "\t" else "br"))
        elif piece:
            node = w(tag)
            node.text = piece
            node.set(_SPACE, "preserve")
            run.append(node)
    return run


def field(instruction: str, cached: Iterable[Element]) -> Iterator[Element]:
    """A complex field: begin, instruction, separate, the runs shown until someone updates it, end (17.16.18).

    All five are written because WPS shows nothing for a field that has no separator.
    """
    yield from field_head(instruction)
    yield from cached
    yield field_tail()


def field_head(instruction: str) -> Iterator[Element]:
    """The first three runs of a field, for one whose result spans paragraphs."""
    yield w("r", w("fldChar", fldCharType="begin"))
    yield text_run(f" {instruction} ", tag="instrText")
    yield w("r", w("fldChar", fldCharType="separate"))


def field_tail() -> Element:
    """The run that ends a field."""
    return w("r", w("fldChar", fldCharType="end"))


def in_word(chosen: Iterable[Element], otherwise: Iterable[Element], properties: Element | None = None) -> Element:
    """One run that holds what is in some runs for Word (since 2013), what is in others for all other programs."""
    run: Element = parse_xml(_ALTERNATIVES)
    for branch, runs in zip(run[0], (chosen, otherwise), strict=True):
        branch.extend(child for one in runs for child in one if child.tag != qn("w:rPr"))
    if properties is not None:
        run.insert(0, properties)
    return run


class Bookmarks:
    """Bookmarks of one document: target id → hidden bookmark name, with running numbers."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._next = 0

    def name(self, target: str, kind: str) -> str:
        """The name for a target, as Word itself names them: `_Toc…` for what a contents list leads to, `_Ref…` for
        what the text refers to (LibreOffice takes every link to a `_Toc…` for a contents list's)."""
        return self._names.setdefault((target, kind), f"_{kind}{900000001 + len(self._names)}")

    def around(self, name: str, content: Iterable[Element]) -> Iterator[Element]:
        """The content between the bookmark's start and end."""
        number = self._next
        self._next += 1
        yield w("bookmarkStart", id=number, name=name)
        yield from content
        yield w("bookmarkEnd", id=number)


def paragraph(style: str, *properties: Element | None) -> Element:
    """An empty paragraph in a style, with whatever the style cannot say."""
    return w("p", w("pPr", w("pStyle", val=style), *properties))
