"""What a schema validator does not see in a Word file: what Word would show as an error, lose, or ask to repair."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from docx.oxml.ns import qn
from ruamel.yaml import YAML

from report.errors import Issue
from report.writers.docx.lint_package import DOCUMENT, open_package, package_faults, twice
from report.writers.docx.lint_parts import part_faults
from report.writers.docx.xml import Element

_POINTING = ("REF", "PAGEREF", "NOTEREF")
_NEEDED = (DOCUMENT, "word/styles.xml", "word/footnotes.xml", "word/settings.xml")
_STYLES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table", "basedOn": "", "next": "paragraph",
           "link": ""}  # fmt: skip
_NAMED_STYLE = re.compile(r'^\s*STYLEREF\s+(?:"([^"]+)"|(\d))')
_INSIDE = ("w:commentRangeStart", "w:commentRangeEnd")
Parts = Mapping[str, Element]


def lint_docx(data: bytes) -> list[Issue]:
    """The faults of a .docx; [] for a sound file. `where` is the part's name.

    Looks for: entries that stand twice or cannot be read, parts without a type, relationships that are missing or lead
    nowhere, addresses that are none; children in another order than the schema's; fields not closed, REF, PAGEREF and
    links to bookmarks that do not exist, STYLEREF to no style; bookmarks not paired or named twice; list numbers and
    styles that are not defined; ids of drawings, content controls, notes and comments used twice, marks of notes and
    comments without a text; cells that do not end with a paragraph, rows that do not fill their table; and what
    `part_faults` looks for.
    """
    package = open_package(data)
    found = [*package.faults, *package_faults(package), *part_faults(package.parts)]
    parts = {name: part for name, part in package.parts.items() if name.startswith("word/") and name.endswith(".xml")}
    found += [Issue(where=name, problem="没有这个部件") for name in _NEEDED if name not in package.names]
    if DOCUMENT not in parts:
        return found
    found += [*_bookmarks(parts[DOCUMENT]), *_ids(parts), *_notes(parts), *_comments(parts)]
    marks = {mark.get(qn("w:name")) for mark in parts[DOCUMENT].iter(qn("w:bookmarkStart"))} | _set(parts[DOCUMENT])
    numbers = {num.get(qn("w:numId")) for num in _all(parts, "word/numbering.xml", "w:num")} | {"0"}
    styles = _defined_styles(parts)
    for name, part in parts.items():
        faults = (*_fields(part), *_targets(part, marks), *_list_numbers(part, numbers), *_styles(part, styles),
                  *_order(part), *_tables(part))  # fmt: skip
        found += [Issue(where=name, problem=fault) for fault in dict.fromkeys(faults)]
    return found


def _all(parts: Parts, name: str, tag: str) -> list[Element]:
    return list(parts[name].iter(qn(tag))) if name in parts else []


def _bookmarks(document: Element) -> Iterator[Issue]:
    starts = Counter(mark.get(qn("w:id")) for mark in document.iter(qn("w:bookmarkStart")))
    ends = Counter(mark.get(qn("w:id")) for mark in document.iter(qn("w:bookmarkEnd")))
    for number in sorted(map(str, (starts - ends) + (ends - starts))):
        yield Issue(where=DOCUMENT, problem=f"书签 {number} 起止不成对")
    for name in twice(mark.get(qn("w:name")) for mark in document.iter(qn("w:bookmarkStart"))):
        yield Issue(where=DOCUMENT, problem=f"书签名 {name} 重复")


def _ids(parts: Parts) -> Iterator[Issue]:
    """Ids that must be unique in the document."""
    every = list(parts.values())
    for number in twice(drawing.get("id") for part in every for drawing in part.iter(qn("wp:docPr"))):
        yield Issue(where=DOCUMENT, problem=f"图形编号 {number} 重复")
    controls = (control for part in every for control in part.findall(f".//{qn('w:sdtPr')}/{qn('w:id')}"))
    for number in twice(control.get(qn("w:val")) for control in controls):
        yield Issue(where=DOCUMENT, problem=f"内容控件编号 {number} 重复")


def _notes(parts: Parts) -> Iterator[Issue]:
    """Each mark has its note, each note its mark, and the settings name separators that exist."""
    where = "word/footnotes.xml"
    notes = [note.get(qn("w:id")) for note in _all(parts, where, "w:footnote")]
    own = {note.get(qn("w:id")) for note in _all(parts, where, "w:footnote") if note.get(qn("w:type")) is None}
    marks = [mark.get(qn("w:id")) for mark in _all(parts, DOCUMENT, "w:footnoteReference")]
    yield from (Issue(where=where, problem=f"脚注编号 {number} 重复") for number in twice(notes))
    yield from (Issue(where=DOCUMENT, problem=f"脚注 {number} 有两处标记") for number in twice(marks))
    for number in sorted(map(str, set(marks) - set(notes))):
        yield Issue(where=DOCUMENT, problem=f"脚注 {number} 没有正文")
    for number in sorted(map(str, own - set(marks))):
        yield Issue(where=where, problem=f"脚注 {number} 没有标记")
    separators = {note.get(qn("w:id")) for note in _all(parts, "word/settings.xml", "w:footnote")}
    for number in sorted(map(str, separators - set(notes))):
        yield Issue(where="word/settings.xml", problem=f"脚注分隔线 {number} 不存在")


def _comments(parts: Parts) -> Iterator[Issue]:
    where = "word/comments.xml"
    comments = [comment.get(qn("w:id")) for comment in _all(parts, where, "w:comment")]
    yield from (Issue(where=where, problem=f"批注编号 {number} 重复") for number in twice(comments))
    for tag in ("w:commentReference", *_INSIDE):
        used = {mark.get(qn("w:id")) for mark in _all(parts, DOCUMENT, tag)}
        for number in sorted(map(str, used - set(comments))):
            yield Issue(where=DOCUMENT, problem=f"批注 {number} 没有正文")
    starts, ends = ({mark.get(qn("w:id")) for mark in _all(parts, DOCUMENT, tag)} for tag in _INSIDE)
    for number in sorted(map(str, starts ^ ends)):
        yield Issue(where=DOCUMENT, problem=f"批注 {number} 起止不成对")


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
        if words[:1] and words[0] in (*_POINTING, "SEQ") and len(words) == 1:
            yield f"{words[0]} 没有写明名字"
        if len(words) > 1 and words[0] in _POINTING and words[1] not in marks:
            yield f"{words[0]} 的书签 {words[1]} 不存在"


def _set(document: Element) -> set[str]:
    """The names that SET fields give (17.16.5.58): REF finds them as it finds bookmarks."""
    instructions = ((node.text or "").split() for node in document.iter(qn("w:instrText")))
    return {words[1] for words in instructions if words[:1] == ["SET"] and len(words) > 1}


def _list_numbers(part: Element, numbers: set[str | None]) -> Iterator[str]:
    for number in part.iter(qn("w:numId")):
        if number.get(qn("w:val")) not in numbers:
            yield f"编号 {number.get(qn('w:val'))} 不存在"


def _defined_styles(parts: Parts) -> dict[str, set[str]]:
    """Kind → ids; under "" the ids of all, under "name" the names."""
    found: dict[str, set[str]] = {"": set(), "name": set()}
    for style in _all(parts, "word/styles.xml", "w:style"):
        for kind in ("", str(style.get(qn("w:type")))):
            found.setdefault(kind, set()).add(str(style.get(qn("w:styleId"))))
        found["name"].add(str(name.get(qn("w:val"))) if (name := style.find(qn("w:name"))) is not None else "")
    return found


def _styles(part: Element, styles: Mapping[str, set[str]]) -> Iterator[str]:
    for tag, kind in _STYLES.items():
        for element in part.iter(qn(f"w:{tag}")):
            if element.get(qn("w:val")) not in styles.get(kind, ()):
                yield f"样式 {element.get(qn('w:val'))} 没有定义"
    for instruction in part.iter(qn("w:instrText")):
        if found := _NAMED_STYLE.match(instruction.text or ""):
            name = found[1] or f"heading {found[2]}"
            if name not in styles["name"]:
                yield f"STYLEREF 的样式 {name} 没有定义"


@cache
def _ranks() -> dict[str, dict[str, int]]:
    """Element → the rank of each child, after the schema."""
    table = YAML(typ="safe").load((Path(__file__).parent / "lint_order.yaml").read_text(encoding="utf-8"))
    return {qn(f"w:{parent}"): {qn(f"w:{name}"): rank for rank, name in enumerate(names.split())}
            for parent, names in table.items()}  # fmt: skip


def _order(part: Element) -> Iterator[str]:
    ranks = _ranks()
    for element in part.iter(*ranks):
        order = ranks[element.tag]
        last = -1
        for child in element:
            rank = order.get(child.tag, last)
            if rank < last:
                yield f"{_plain(element.tag)} 里的 {_plain(child.tag)} 次序不对"
            last = max(rank, last)


def _plain(tag: str) -> str:
    return f"w:{tag.rpartition('}')[2]}"


def _tables(part: Element) -> Iterator[str]:
    for cell in part.iter(qn("w:tc")):
        if not len(cell) or cell[-1].tag != qn("w:p"):
            yield "单元格不以段落结尾"
    for table in part.iter(qn("w:tbl")):
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        rows = table.findall(qn("w:tr"))
        if not rows:
            yield "表格没有行"
        if any(_span(row) != columns for row in rows):
            yield f"表格的行不满 {columns} 栏"


def _span(row: Element) -> int:
    spans = (cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.findall(qn("w:tc")))
    return sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans)
