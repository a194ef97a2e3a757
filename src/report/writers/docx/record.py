"""The record of what was written: the content and its sections, kept inside the Word file as a custom XML part, so that
an edited copy can be held against the very words that it began with."""

from __future__ import annotations

import hashlib
import json
from xml.sax import saxutils

import msgspec
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from report.content.nodes import Content
from report.writers.docx.relations import new_part
from report.writers.docx.xml import DECLARED

NAMESPACE = "urn:policy-press:record"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_BARRED = {"\ufffe": "\\ufffe", "\uffff": "\\uffff"}  # JSON may hold them, XML may not (XML 1.0, 2.2)


def keep_record(document: WordDocument, content: Content) -> None:
    """Put the record into the document. Evidence and the source list stay out: they are no part of what an editor may
    change. A content without sections (a reprint) has none to keep."""
    if not content.sections:
        return
    text = json.dumps(msgspec.to_builtins(content.changed({"evidence": {}, "sources": ()})), ensure_ascii=False)
    body = saxutils.escape(text, _BARRED)
    data = f'{DECLARED}<record xmlns="{NAMESPACE}">{body}</record>'.encode()
    item = new_part(document, "customXml/item1.xml", CT.XML, data)
    store = new_part(document, "customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, _store(data))
    item.relate_to(store, RT.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RT.CUSTOM_XML)


def _store(data: bytes) -> bytes:
    """What Word asks of such a part: an id, here made of what it holds."""
    digits = hashlib.sha256(data).hexdigest().upper()
    ident = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:32]))
    return (
        f'{DECLARED}<ds:datastoreItem ds:itemID="{{{ident}}}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
