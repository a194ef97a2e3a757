"""What a schema validator does not see in a Word file: broken fields, bookmarks, list numbers, drawing ids."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from report.errors import Issue
from report.writers.docx.xml import Element

_DOCUMENT = "word/document.xml"
_POINTING = ("REF", "PAGEREF", "NOTEREF")


def lint_docx(data: bytes) -> list[Issue]:
    """The faults of a .docx that Word would show as errors, lose, or repair; [] for a sound file.

    `where` is the part's name. Looks for: entries that stand twice in the archive, fields not closed, REF and PAGEREF
    and links to bookmarks that do not exist, bookmarks not paired or named twice, list numbers without a list,
    drawing ids used twice, note marks without a note.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts: dict[str, Element] = {
            name: parse_xml(archive.read(name))
            for name in dict.fromkeys(names)
            if name.startswith("word/") and name.endswith(".xml")
        }
    found = [*_doubled_entries(names), *_bookmarks(parts[_DOCUMENT]), *_drawings(parts), *_notes(parts)]
    marks = {mark.get(qn("w:name")) for mark in parts[_DOCUMENT].iter(qn("w:bookmarkStart"))}
    numbers = {num.get(qn("w:numId")) for num in _all(parts, "word/numbering.xml", "w:num")} | {"0"}
    for name, part in parts.items():
        faults = [*_fields(part), *_targets(part, marks), *_list_numbers(part, numbers)]
        found += [Issue(where=name, problem=fault) for fault in faults]
    return found


def _all(parts: Mapping[str, Element], name: str, tag: str) -> list[Element]:
    return list(parts[name].iter(qn(tag))) if name in parts else []


def _doubled_entries(names: list[str]) -> Iterator[Issue]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Issue(where=name, problem=f"包内出现 {count} 次")


def _bookmarks(document: Element) -> Iterator[Issue]:
    starts = Counter(mark.get(qn("w:id")) for mark in document.iter(qn("w:bookmarkStart")))
    ends = Counter(mark.get(qn("w:id")) for mark in document.iter(qn("w:bookmarkEnd")))
    for number in sorted((starts - ends) + (ends - starts)):
        yield Issue(where=_DOCUMENT, problem=f"书签 {number} 起止不成对")
    names = Counter(mark.get(qn("w:name")) for mark in document.iter(qn("w:bookmarkStart")))
    for name, count in names.items():
        if count > 1:
            yield Issue(where=_DOCUMENT, problem=f"书签名 {name} 重复")


def _drawings(parts: Mapping[str, Element]) -> Iterator[Issue]:
    ids = Counter(drawing.get("id") for part in parts.values() for drawing in part.iter(qn("wp:docPr")))
    for number, count in ids.items():
        if count > 1:
            yield Issue(where=_DOCUMENT, problem=f"图形编号 {number} 重复")


def _notes(parts: Mapping[str, Element]) -> Iterator[Issue]:
    notes = {note.get(qn("w:id")) for note in _all(parts, "word/footnotes.xml", "w:footnote")}
    for mark in _all(parts, _DOCUMENT, "w:footnoteReference"):
        if mark.get(qn("w:id")) not in notes:
            yield Issue(where=_DOCUMENT, problem=f"脚注 {mark.get(qn('w:id'))} 没有正文")


def _fields(part: Element) -> Iterator[str]:
    """Each field must go through begin, separate, end, well nested."""
    open_fields: list[str] = []
    for char in part.iter(qn("w:fldChar")):
        kind = char.get(qn("w:fldCharType"))
        if kind == "begin":
            open_fields.append(kind)
        elif not open_fields:
            yield f"域的 {kind} 没有开头"
        elif kind == "separate":
            open_fields[-1] = kind
        elif open_fields.pop() != "separate":
            yield "域没有分隔符，WPS 不显示它的结果"
    if open_fields:
        yield f"{len(open_fields)} 个域没有结尾"


def _targets(part: Element, marks: set[str | None]) -> Iterator[str]:
    for link in part.iter(qn("w:hyperlink")):
        anchor = link.get(qn("w:anchor"))
        if anchor and anchor not in marks:
            yield f"链接的书签 {anchor} 不存在"
    for instruction in part.iter(qn("w:instrText")):
        words = (instruction.text or "").split()
        if len(words) > 1 and words[0] in _POINTING and words[1] not in marks:
            yield f"{words[0]} 的书签 {words[1]} 不存在"


def _list_numbers(part: Element, numbers: set[str | None]) -> Iterator[str]:
    for number in part.iter(qn("w:numId")):
        if number.get(qn("w:val")) not in numbers:
            yield f"编号 {number.get(qn('w:val'))} 不存在"
