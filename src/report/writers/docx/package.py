"""The base package, made at write time out of the theme, and the saving that gives equal bytes for equal content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import PartFactory
from docx.opc.rel import Relationships
from docx.parts.story import StoryPart

from report.content.nodes import Content
from report.theme.theme import Theme
from report.writers.docx.drawing_theme import theme_xml
from report.writers.docx.numbering import numbering_xml
from report.writers.docx.properties import app_xml, core_xml, custom_xml
from report.writers.docx.settings import fonts_xml, footnotes_xml, settings_xml
from report.writers.docx.styles import styles_xml
from report.writers.docx.xml import DECLARED, Element, serialise, w

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


class FootnotesPart(StoryPart):
    """footnotes.xml as a part of its own, with its own links; python-docx knows none."""


PartFactory.part_type_for[CT.WML_FOOTNOTES] = FootnotesPart


@dataclass(frozen=True)
class _Part:
    name: str
    content_type: str
    relationship: str
    data: bytes


def new_document(theme: Theme, content: Content) -> WordDocument:
    """An empty document that owns every part a report needs: styles, numbering, settings, notes, properties."""
    return Document(io.BytesIO(_zip(_base_files(theme, content))))


def footnotes_part(document: WordDocument) -> StoryPart:
    """The part the notes stand in."""
    part = document.part.part_related_by(RT.FOOTNOTES)
    assert isinstance(part, FootnotesPart)
    return part


def save(document: WordDocument) -> bytes:
    """The document's bytes: entries in a fixed order, without times or the maker's system."""
    package = document.part.package
    assert package is not None
    files: dict[str, bytes] = {"_rels/.rels": _relations(package.rels)}
    types: dict[str, str] = {}
    for part in package.iter_parts():
        name = part.partname.membername
        types[name] = part.content_type
        files[name] = part.blob
        if part.rels:
            files[PackURI(part.partname).rels_uri.membername] = _relations(part.rels)
    return _zip({"[Content_Types].xml": _content_types(types), **files})


def _relations(relations: Relationships) -> bytes:
    """Bytes, whatever python-docx says of their type."""
    data: Any = relations.xml
    return bytes(data)


def _zip(files: Mapping[str, bytes]) -> bytes:
    first = ["[Content_Types].xml", "_rels/.rels"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in [*first, *sorted(set(files) - set(first))]:
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.create_system = 0
            info.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".xlsx")) else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return out.getvalue()


def _base_files(theme: Theme, content: Content) -> dict[str, bytes]:
    word = [
        _Part("styles.xml", CT.WML_STYLES, RT.STYLES, serialise(styles_xml(theme, content.front.language))),
        _Part("numbering.xml", CT.WML_NUMBERING, RT.NUMBERING, serialise(numbering_xml(theme, content))),
        _Part("settings.xml", CT.WML_SETTINGS, RT.SETTINGS, serialise(settings_xml(theme, content.front.language))),
        _Part("footnotes.xml", CT.WML_FOOTNOTES, RT.FOOTNOTES, serialise(footnotes_xml())),
        _Part("fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, serialise(fonts_xml(theme))),
        _Part("theme/theme1.xml", CT.OFC_THEME, RT.THEME, theme_xml(theme)),
    ]
    body: Element = w("document", w("body", w("sectPr")))
    top = [
        _Part("word/document.xml", CT.WML_DOCUMENT_MAIN, RT.OFFICE_DOCUMENT, serialise(body)),
        _Part("docProps/core.xml", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, core_xml(content.front)),
        _Part("docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, app_xml(content.front)),
        _Part("docProps/custom.xml", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, custom_xml(content.front)),
    ]
    files = {part.name: part.data for part in top} | {f"word/{part.name}": part.data for part in word}
    types = {part.name: part.content_type for part in top}
    types |= {f"word/{part.name}": part.content_type for part in word}
    return files | {
        "[Content_Types].xml": _content_types(types),
        "_rels/.rels": _relationships(top),
        "word/_rels/document.xml.rels": _relationships(word),
    }


def _content_types(types: Mapping[str, str]) -> bytes:
    extensions = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}
    extensions |= {name.rpartition(".")[2]: kind for name, kind in types.items() if not name.endswith(".xml")}
    named = {name: kind for name, kind in types.items() if name.endswith(".xml")}
    entries = [f'<Default Extension="{extension}" ContentType="{extensions[extension]}"/>'
               for extension in sorted(extensions)]  # fmt: skip
    entries += [f'<Override PartName="/{name}" ContentType="{named[name]}"/>' for name in sorted(named)]
    return f'{DECLARED}<Types xmlns="{_TYPES}">{"".join(entries)}</Types>'.encode()


def _relationships(parts: list[_Part]) -> bytes:
    entries = "".join(
        f'<Relationship Id="rId{i}" Type="{part.relationship}" Target="{part.name}"/>'
        for i, part in enumerate(parts, 1)
    )
    return f'{DECLARED}<Relationships xmlns="{_RELATIONSHIPS}">{entries}</Relationships>'.encode()
