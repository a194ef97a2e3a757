"""What the file says of itself: core, extended and custom document properties, dated by the report."""

from __future__ import annotations

from xml.sax import saxutils

from report.content.nodes import Front
from report.writers.docx.xml import DECLARED, printable

_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of user-defined properties (ECMA-376 22.3)


def core_xml(front: Front) -> bytes:
    """docProps/core.xml: created and modified are the report's date, not the clock's; neither where it has none."""
    fields = {
        "dc:title": front.title,
        "dc:subject": front.subtitle,
        "dc:creator": front.author or front.issuer,
        "cp:keywords": "；".join(front.keywords),
        "dc:description": front.statement,
        "cp:lastModifiedBy": front.author or front.issuer,
        "dc:language": front.language,
        "cp:category": front.kind,
    }
    body = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in fields.items() if text)
    time = front.date + "T00:00:00Z" * (len(front.date) == len("2026-11-30"))  # it may be as vague as 2026-11
    body += "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{time}</dcterms:{name}>'
        for name in ("created", "modified") if time
    )
    return f"{DECLARED}<cp:coreProperties {_CORE}>{body}</cp:coreProperties>".encode()


def app_xml(front: Front) -> bytes:
    """docProps/app.xml: the maker, and the issuer as company."""
    fields = f"<Application>policy-press</Application><Company>{escape(front.issuer)}</Company>"
    return f'{DECLARED}<Properties xmlns="{_OFFICE}/extended-properties">{fields}</Properties>'.encode()


def custom_xml(front: Front) -> bytes:
    """docProps/custom.xml: serial, classification, series, as Word's 自定义属性 shows them."""
    fields = {"编号": front.serial, "分类号": front.code, "系列": front.series, "稿别": front.stamp}
    present = [(name, text) for name, text in fields.items() if text]
    body = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{pid}" name="{name}"><vt:lpwstr>{escape(text)}</vt:lpwstr></property>'
        for pid, (name, text) in enumerate(present, 2)
    )
    names = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"{DECLARED}<Properties {names}>{body}</Properties>".encode()


def escape(text: str) -> str:
    """Text for XML, without what XML cannot hold."""
    return saxutils.escape(printable(text))
