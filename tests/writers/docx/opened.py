"""A Word file's native charts as a reader of the file finds them: the chart's own numbers and its workbook's."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Any

import openpyxl
from lxml import etree  # type: ignore[import-untyped]

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "cdr": "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_CELLS = re.compile(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")


@dataclass(frozen=True)
class Opened:
    """One chart: its part, the words beside the marks, and the cells of its workbook as shown and as typed."""

    part: Any
    beside: Any
    shown: Any
    typed: Any

    def all(self, path: str, within: Any = None) -> list[Any]:
        """What an XPath with the usual prefixes finds."""
        found: list[Any] = (self.part if within is None else within).xpath(path, namespaces=NAMES)
        return found

    def values(self, path: str, within: Any = None) -> list[str]:
        """The `val` of elements."""
        return [element.get("val") for element in self.all(path, within)]

    def series(self) -> list[Any]:
        """The series in order."""
        return self.all("//c:ser")

    def cache(self, kind: str, series: Any) -> dict[int, str]:
        """What a series holds in its own copy of `c:tx`, `c:cat`, `c:val`, `c:xVal` or `c:yVal`, by place."""
        points = self.all(f"{kind}//c:pt", series)
        return {int(point.get("idx")): self.all("c:v", point)[0].text or "" for point in points}

    def cells(self, kind: str, series: Any) -> dict[int, object]:
        """What stands in the cells that the series names, by place, empty ones left out."""
        reference = self.all(f"{kind}//c:f", series)[0].text
        match = _CELLS.fullmatch(reference)
        assert match, reference
        column, first, _, last = match.groups()
        values = [self.shown[f"{column}{row}"].value for row in range(int(first), int(last or first) + 1)]
        return {place: value for place, value in enumerate(values) if value is not None}

    def words(self) -> list[str]:
        """The lines of words beside the marks."""
        lines = self.beside.xpath("//a:p", namespaces=NAMES)
        told = ["".join(text.text or "" for text in line.xpath(".//a:t", namespaces=NAMES)) for line in lines]
        return [words for words in told if words]


def open_charts(data: bytes) -> list[Opened]:
    """The native charts of a .docx in the order of the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    document, ids = etree.fromstring(files["word/document.xml"]), relations(files, "word/document.xml")
    return [_opened(files, ids[id]) for id in document.xpath("//c:chart/@r:id", namespaces=NAMES)]


def relations(files: dict[str, bytes], part: str) -> dict[str, str]:
    """The parts that a part points to, by relation."""
    folder, name = posixpath.split(part)
    root = etree.fromstring(files[f"{folder}/_rels/{name}.rels"])
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
        for relation in root
        if relation.get("TargetMode") != "External"
    }


def _opened(files: dict[str, bytes], name: str) -> Opened:
    part, ids = etree.fromstring(files[name]), relations(files, name)
    book, beside = (
        ids[part.xpath(f"//c:{tag}/@r:id", namespaces=NAMES)[0]] for tag in ("externalData", "userShapes")
    )  # fmt: skip
    shown = openpyxl.load_workbook(io.BytesIO(files[book]), data_only=True)["Sheet1"]
    typed = openpyxl.load_workbook(io.BytesIO(files[book]))["Sheet1"]
    return Opened(part, etree.fromstring(files[beside]), shown, typed)
