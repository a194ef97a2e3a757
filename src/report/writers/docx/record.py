"""The record of what was written: the content and its sections, kept inside the Word file as a custom XML part, so that
an edited copy can be held against the very words that it began with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from xml.sax import saxutils

import msgspec
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from report.content.nodes import Content
from report.writers.docx.relations import new_part
from report.writers.docx.xml import DECLARED, Element

NAMESPACE = "urn:policy-press:record"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_BARRED = {"\ufffe": "\\ufffe", "\uffff": "\\uffff"}  # JSON may hold them, XML may not (XML 1.0, 2.2)


def keep_record(document: WordDocument, content: Content) -> None:
    """Put the record into the document, when all else stands in it. Evidence and the source list stay out: they are no
    part of what an editor may change. A content without sections (a reprint) has none to keep."""
    if not content.sections:
        return
    text = json.dumps(msgspec.to_builtins(content.changed({"evidence": {}, "sources": ()})), ensure_ascii=False)
    keep_item(document, NAMESPACE, text, {"furniture": sorted(set(_furniture(document)))})


def keep_item(document: WordDocument, namespace: str, text: str, beside: Mapping[str, object] | None = None) -> None:
    """Put a text (JSON) into the document as its custom XML part, with what stands `beside` it (JSON) as attributes."""
    body = saxutils.escape(text, _BARRED)
    said = "".join(
        f" {name}={saxutils.quoteattr(json.dumps(value, ensure_ascii=False), _BARRED)}"
        for name, value in (beside or {}).items()
    )
    data = f'{DECLARED}<record xmlns="{namespace}"{said}>{body}</record>'.encode()
    item = new_part(document, "customXml/item1.xml", CT.XML, data)
    store = new_part(document, "customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, _store(data, namespace))
    item.relate_to(store, RT.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RT.CUSTOM_XML)


def _furniture(document: WordDocument) -> Iterator[tuple[str, str]]:
    """The lines of all headers and footers."""
    for relation in document.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER):
            yield from lines_of(relation.target_part.element)


def lines_of(root: Element) -> list[tuple[str, str]]:
    """The paragraphs of a header or footer: without what Word's fields show, and with it; spaces left out."""
    return [_line(paragraph) for paragraph in root.iter("{*}p")]


def _line(paragraph: Element) -> tuple[str, str]:
    own, whole = "", ""
    within = 0  # fields that are open
    for node in paragraph.iter("{*}fldChar", "{*}t"):
        kind = next((value for name, value in node.attrib.items() if name.endswith("fldCharType")), "")
        within += {"begin": 1, "end": -1}.get(kind, 0)
        text = "".join((node.text or "").split()) if node.tag.endswith("}t") else ""
        simple = next(node.iterancestors("{*}fldSimple"), None) is not None
        own, whole = own if within or simple else own + text, whole + text
    return own, whole


def _store(data: bytes, namespace: str) -> bytes:
    """What Word asks of such a part: an id, here made of what it holds."""
    digits = hashlib.sha256(data).hexdigest().upper()
    ident = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
    return (
        f'{DECLARED}<ds:datastoreItem ds:itemID="{{{ident}}}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{namespace}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
