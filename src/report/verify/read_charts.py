"""Native charts of a Word file, read for what they show: the copies in the chart, its workbook, the words beside."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from report.sources.docx.package import BROKEN
from report.writers.docx.charts_table import EVIDENCE, FIGURES, SHEET

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": _OFFICE,
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_SPAN = re.compile(r".*!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?")
_LITERAL = re.compile('"([^"]*)"')
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_FIGURES = ("c:val", "c:yVal")
LARGEST = 60 << 20  # bytes of one part


@dataclass(frozen=True)
class Shown:
    """A chart of the file: its own copies of cells, what these cells hold, those of them that are computed; the
    numbers that are drawn by cell; the numbers of the evidence in the same workbook; the words it prints besides,
    beside the marks and in the formats of numbers."""

    copies: Mapping[str, str]
    cells: Mapping[str, str]
    computed: frozenset[str]
    numbers: Mapping[str, float]
    evidence: frozenset[float]
    words: tuple[str, ...]


def native_charts(data: bytes) -> Iterator[tuple[str, Shown | None]]:
    """The name and the data of every native chart of a .docx, None where they cannot be read."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        document = "word/document.xml"
        if document not in archive.namelist():
            return
        parts = _related(archive, document)
        for inline in _all(_parsed(archive, document), "//wp:inline[.//c:chart]"):
            name = "".join(_all(inline, "wp:docPr/@name"))
            try:
                yield name, _shown(archive, parts[_all(inline, ".//c:chart/@r:id")[0]])
            except (*BROKEN, KeyError, IndexError, etree.XMLSyntaxError):
                yield name, None


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part points to, by relation."""
    folder, name = posixpath.split(part)
    file = f"{folder}/_rels/{name}.rels"
    relations = _parsed(archive, file) if file in archive.namelist() else ()
    targets = {each.get("Id"): posixpath.join(f"/{folder}", each.get("Target") or "") for each in relations}
    return {id: posixpath.normpath(target).lstrip("/") for id, target in targets.items()}


def _parsed(archive: zipfile.ZipFile, part: str) -> Any:
    """A part as XML that fetches and expands nothing."""
    return etree.fromstring(_read(archive, part), etree.XMLParser(resolve_entities=False, no_network=True))


def _read(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part's bytes; ValueError where it unpacks to more than a chart can need."""
    if archive.getinfo(part).file_size > LARGEST:
        raise ValueError(part)
    return archive.read(part)


def _shown(archive: zipfile.ZipFile, part: str) -> Shown:
    chart = _parsed(archive, part)
    related = _related(archive, part)
    beside = [_parsed(archive, related[id]) for id in _all(chart, "//c:userShapes/@r:id")]
    with zipfile.ZipFile(BytesIO(_read(archive, related[_all(chart, "//c:externalData/@r:id")[0]]))) as book:
        cells, computed = _cells(book, SHEET)
        evidence, _ = _cells(book, EVIDENCE)
    series = [one for one in _all(chart, "//c:ser") if not _bears_words_only(one)]
    figures = [kind for one in series for name in _FIGURES for kind in _all(one, name)]
    numbers = {cell: float(copy) for cell, copy in _copies(figures)}
    words = tuple(_words(chart, beside))
    return Shown(dict(_copies(_all(chart, "//c:ser"))), cells, computed, numbers, frozenset(_told(evidence)), words)


def _words(chart: Any, beside: list[Any]) -> Iterator[str]:
    """The runs of words beside the marks, without the swatches of a key, and the words in the formats of numbers."""
    for part in beside:
        for run in _all(part, "//a:t"):
            if words := (run.text or "").replace("■", "").strip():
                yield words
    for code in _all(chart, "//c:dLbl/c:numFmt/@formatCode"):
        yield from (words for words in _LITERAL.findall(code) if words)


def _bears_words_only(series: Any) -> bool:
    """Whether a series draws nothing: the dates below a scatter plot."""
    return bool(_all(series, "c:marker/c:symbol[@val='none']"))


def _copies(within: list[Any]) -> Iterator[tuple[str, str]]:
    """The chart's own copy of each cell that these parts of it name."""
    for reference in (one for part in within for one in _all(part, ".//c:f")):
        match = _SPAN.fullmatch(reference.text or "")
        for point in _all(reference.getparent(), ".//c:pt") if match else ():
            assert match
            yield f"{match[1]}{int(match[2]) + int(point.get('idx'))}", _all(point, "c:v")[0].text or ""


# ---------------------------------------------------------------- the workbook


def _cells(book: zipfile.ZipFile, name: str) -> tuple[dict[str, str], frozenset[str]]:
    """What the cells of a sheet show, and which of them are computed; nothing for a sheet that is not there."""
    ids = _all(_parsed(book, "xl/workbook.xml"), f"//s:sheet[@name='{name}']/@r:id")
    if not ids:
        return {}, frozenset()
    sheet = _parsed(book, _related(book, "xl/workbook.xml")[ids[0]])
    listed = _all(_parsed(book, "xl/sharedStrings.xml"), "//s:si")
    strings = ["".join(one.itertext()) for one in listed]
    found = _all(sheet, "//s:c[s:v]")
    return {cell.get("r"): _cell(cell, strings) for cell in found}, frozenset(_all(sheet, "//s:c[s:f]/@r"))


def _cell(cell: Any, strings: list[str]) -> str:
    value = _all(cell, "s:v")[0].text or ""
    return strings[int(value)] if cell.get("t") == "s" else value


def _told(evidence: Mapping[str, str]) -> Iterator[float]:
    """The numbers in the columns of figures."""
    placed = [(*match.groups(), held) for place, held in evidence.items() if (match := _PLACE.fullmatch(place))]
    columns = {column for column, row, held in placed if row == "1" and held in FIGURES}
    return (float(held) for column, row, held in placed if row != "1" and column in columns)


def _all(root: Any, path: str) -> list[Any]:
    return list(etree.XPath(path, namespaces=_NAMES)(root))
