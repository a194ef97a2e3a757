"""A Word file → its text: headings by their styles, numbers that Word sets, tables, text boxes, notes in place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.sources.docx.numbers import Numbers, read_numbers
from report.sources.docx.package import Package, child, children, inside, name_of, number_of, open_package, value_of
from report.sources.docx.runs import Runs
from report.sources.draft import Draft, LineKind, Written, fit_record, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

LAYOUT_CELL = 120  # characters; a table with a longer cell sets the page and holds no data
DEEPEST_STYLE = 12  # styles based on styles
BLOCKS = ("p", "tbl")
NO_LEVEL = 9  # ECMA-376-1 §17.3.1.20: body text
_heading = re.compile(r"heading ([1-9])", re.IGNORECASE)
_contents = re.compile(r"toc [1-9]", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """What a paragraph style says of its paragraphs: level of a heading (0–8, 9 for none), its name, its list."""

    name: str = ""
    level: int = NO_LEVEL
    list_id: str = ""
    depth: int = 0


@dataclass
class _Reading:
    """A Word file in reading: what its styles and lists say, what is written, and which notes were marked."""

    package: Package
    styles: dict[str, Style]
    numbers: Numbers
    draft: Draft = field(default_factory=Draft)
    notes: list[str] = field(default_factory=list)
    kept: str = ""


def read_word(data: bytes) -> Written:
    """The text of a .docx file's bytes, its notes last. Raises WordError (see `open_package`)."""
    package = open_package(data)
    reading = _Reading(package, _styles(package.styles), read_numbers(package.numbering))
    body = child(package.document, "body")
    for element in [] if body is None else inside(body, *BLOCKS):
        _write(reading, element)
    if reading.kept:
        reading.draft.add(reading.kept)
    _write_notes(reading)
    return reading.draft.written("docx", _record(package.core))


def _record(core: _Element | None) -> dict[str, str]:
    texts = {name_of(one): one.text or "" for one in ([] if core is None else core)}
    return fit_record(texts.get("title", ""), texts.get("creator", ""))


def _styles(part: _Element | None) -> dict[str, Style]:
    found = {} if part is None else {value_of(style, "styleId"): style for style in children(part, "style")}
    return {name: _style(found, name, DEEPEST_STYLE) for name in found}


def _style(found: dict[str, _Element], name: str, deep: int) -> Style:
    """A style with what it takes over from the one that it is based on."""
    if name not in found or not deep:
        return Style()
    style = found[name]
    base = _style(found, value_of(child(style, "basedOn")), deep - 1)
    own = value_of(child(style, "name"))
    match = _heading.fullmatch(own)
    level = int(match[1]) - 1 if match else _level(child(style, "pPr"), base.level)
    list_id = value_of(child(style, "pPr", "numPr", "numId")) or base.list_id
    return Style(own, level, list_id, number_of(child(style, "pPr", "numPr", "ilvl"), base.depth))


def _level(look: _Element | None, otherwise: int) -> int:
    level = value_of(child(look, "outlineLvl"))
    return int(level) if level in tuple("0123456789") else otherwise


def _write(reading: _Reading, element: _Element) -> None:
    if name_of(element) == "tbl":
        _write_table(reading, element)
    else:
        _write_paragraph(reading, element)


def _write_paragraph(reading: _Reading, paragraph: _Element) -> None:
    """A paragraph; where its end was deleted it goes on in the next one. Its text boxes come after it."""
    look = child(paragraph, "pPr")
    runs = Runs(_links(reading.package, "document.xml"), parts=[reading.kept] * bool(reading.kept)).read(paragraph)
    reading.notes += runs.notes
    reading.kept = runs.text if child(look, "rPr", "del") is not None else ""
    if not reading.kept:
        _write_text(reading, look, runs.text)
    for box in runs.boxes:
        for block in inside(box, *BLOCKS):
            _write(reading, block)


def _write_text(reading: _Reading, look: _Element | None, text: str) -> None:
    style = reading.styles.get(value_of(child(look, "pStyle")), Style())
    if not text.strip():
        return
    number = _number(reading, look, style)
    kind: LineKind = "title" if style.name.lower() == "title" else ""
    kind = "contents" if _contents.fullmatch(style.name) else kind
    level = _level(look, style.level)
    if kind or level < NO_LEVEL:
        sign = "" if kind else "#" * min(level + 1, 6) + " "
        reading.draft.add(sign + number + text.replace("\n", " " if kind == "contents" else ""), kind)
        return
    for index, line in enumerate(text.split("\n")):
        reading.draft.add(line if index else number + line)


def _number(reading: _Reading, look: _Element | None, style: Style) -> str:
    """The number that Word sets before the paragraph, with a space behind it where a letter or a digit ends it."""
    own = child(look, "numPr")
    list_id = value_of(child(own, "numId")) or style.list_id
    number = reading.numbers.next(list_id, number_of(child(own, "ilvl"), style.depth))
    return f"{number} " if number[-1:].isalnum() or number.endswith(".") else number


def _write_table(reading: _Reading, table: _Element) -> None:
    """A table's rows; of one that only sets the page the paragraphs."""
    rows = [row for row in inside(table, "tr") if child(row, "trPr", "del") is None]
    cells = [list(inside(row, "tc")) for row in rows]
    if all(len(row) < 2 for row in cells) or any(_length(cell) > LAYOUT_CELL for row in cells for cell in row):
        for block in (block for row in cells for cell in row for block in inside(cell, *BLOCKS)):
            _write(reading, block)
        return
    for row in cells:
        reading.draft.add_row([_cell_text(reading, cell) for cell in row])


def _length(cell: _Element) -> int:
    return sum(len(text.text or "") for text in cell.iter("{*}t"))


def _cell_text(reading: _Reading, cell: _Element) -> str:
    texts = []
    for paragraph in cell.iter("{*}p"):
        runs = Runs(_links(reading.package, "document.xml")).read(paragraph)
        reading.notes += runs.notes
        texts.append(runs.text)
    return " ".join(texts)


def _links(package: Package, part: str) -> dict[str, str]:
    return {key.partition("#")[2]: url for key, url in package.links.items() if key.startswith(f"{part}#")}


def _write_notes(reading: _Reading) -> None:
    """The notes that were marked, each on its line with its label, in the order of their first marks."""
    texts = _notes(reading.package, reading.package.footnotes, "") | _notes(
        reading.package, reading.package.endnotes, "e"
    )
    for label in dict.fromkeys(reading.notes):
        text = texts.get(label, "")
        if text:
            reading.draft.add(f"[^{label}]: {text}")


def _notes(package: Package, part: _Element | None, sign: str) -> dict[str, str]:
    """Label → text of the notes of a part, web addresses that a link hides written out."""
    links = _links(package, "endnotes.xml" if sign else "footnotes.xml")
    found = {}
    for note in [] if part is None else part:
        paragraphs = [Runs(links, addresses=True).read(one).text for one in note.iter("{*}p")]
        found[sign + value_of(note, "id")] = one_line(" ".join(paragraphs))
    return found
