"""Reads a finished Word file: its paragraphs in order, then its footnotes, straight from the package."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from report.verify.passage import Passage

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W[1:-1]}
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


def read_docx(data: bytes) -> list[Passage]:
    """The document's passages in order: every paragraph of the body (cells included), then every footnote.

    Numbers that Word's list engine prints are not in the file's text. Entries of the contents are kind contents.
    """
    with zipfile.ZipFile(BytesIO(data)) as package:
        document = etree.fromstring(package.read("word/document.xml"), _SAFE)
        notes = etree.fromstring(package.read("word/footnotes.xml"), _SAFE)
        styles = _style_names(etree.fromstring(package.read("word/styles.xml"), _SAFE))
    found = [Passage(_kind(paragraph, styles), _text(paragraph)) for paragraph in document.iter(f"{W}p")]
    found += [Passage("note", _text(note)) for note in notes.iter(f"{W}footnote") if not note.get(f"{W}type")]
    return [passage for passage in found if passage.text.strip()]


def pictures_in(data: bytes) -> list[str]:
    """The alternative text of every picture, in order ("" where there is none)."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        document = etree.fromstring(package.read("word/document.xml"), _SAFE)
    return [node.get("descr", "") for node in document.iter("{*}docPr")]


def _style_names(styles: Any) -> dict[str, str]:
    return {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val").lower() for style in styles.iter(f"{W}style")
    }


def _kind(paragraph: Any, styles: dict[str, str]) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = styles.get(style.get(f"{W}val"), "") if style is not None else ""
    if name.startswith("toc "):
        return "contents"
    if name.startswith("heading"):
        return "heading"
    return "cell" if next(paragraph.iterancestors(f"{W}tc"), None) is not None else "paragraph"


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.getparent().tag == f"{W}r":
            yield "-" if node.tag == f"{W}noBreakHyphen" else " "
