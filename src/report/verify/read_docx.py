"""Reads a finished Word file: its paragraphs in order, then its footnotes, straight from the package."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from report.verify.passage import Kind, Passage, Reading
from report.writers.docx.table_styles import FRAME

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTENTS = ("toc 1", "toc 2", "toc 3", "table of figures")  # styles of the contents' lines
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


def read_docx(data: bytes) -> Reading:
    """Every paragraph of the body (cells included), then every footnote; KeyError where a part is missing.

    Numbers that Word's list engine prints are not in the file's text.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        document, notes, styles = (
            etree.fromstring(package.read(f"word/{part}.xml"), _SAFE) for part in ("document", "footnotes", "styles")
        )
    names = _style_names(styles)
    found = [Passage(_kind(paragraph, names), _text(paragraph)) for paragraph in document.iter(f"{W}p")]
    found += [Passage("note", _text(note)) for note in notes.iter(f"{W}footnote") if not note.get(f"{W}type")]
    return Reading(
        passages=tuple(passage for passage in found if passage.text.strip()),
        tables=sum(not _is_frame(table) for table in document.iter(f"{W}tbl")),
        pictures=tuple(node.get("descr", "") for node in document.iter("{*}docPr")),
    )


def _style_names(styles: Any) -> dict[str, str]:
    return {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val").lower() for style in styles.iter(f"{W}style")
    }


def _kind(paragraph: Any, styles: dict[str, str]) -> Kind:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = styles.get(style.get(f"{W}val"), "") if style is not None else ""
    if name in CONTENTS:
        return "contents"
    if name.startswith("heading") or name == "toc heading":
        return "heading"
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    return "paragraph" if table is None or _is_frame(table) else "cell"


def _is_frame(table: Any) -> bool:
    """Whether a table is only the ground of a box, round a table or figure in it."""
    style = table.find(f"{W}tblPr/{W}tblStyle")
    return style is not None and style.get(f"{W}val") == FRAME


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.getparent().tag == f"{W}r":
            yield "-" if node.tag == f"{W}noBreakHyphen" else " "
