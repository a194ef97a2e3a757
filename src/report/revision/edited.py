"""What came back: the paragraphs and tables of an edited Word file, insertions taken in, deletions left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from report.revision.atoms import Atom, Atoms, words
from report.revision.inlines import NOTE, Comments, RunReader, change_of
from report.revision.pieces import Change, Edited, Piece, Remark
from report.sources.docx.numbers import Numbers, read_numbers
from report.sources.docx.package import THROUGH, Package, child, children, inside, name_of, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
_CONTENTS = re.compile(r"(?:toc|目录) ?\d|table of figures|图表目录|contents \d|table index \d|figure index \d")
_KINDS = {
    "list bullet": "item", "list number": "item", "list continue": "item-more", "list paragraph": "item",
    "quote": "quote", "intense quote": "quote", "引用": "quote", "专栏标题": "box-title", "专栏正文": "box",
    "专栏列表": "item", "图题": "caption", "表题": "caption", "caption": "caption", "题注": "caption",
    "body text": "para",
}  # fmt: skip

_SHOWN = 12  # characters that tell where in a paragraph


def read_edited(package: Package, threads: _Element | None = None) -> Edited:
    """The paragraphs, tables and notes of a Word file, with its tracked changes and comments; `threads` is the part
    that tells which comment answers which ([MS-DOCX] 2.5.1.6), if there is one."""
    styles = [] if package.styles is None else children(package.styles, "style")
    names = {value_of(style, "styleId"): value_of(child(style, "name")).lower() for style in styles}
    runs = RunReader(package.links, names, _comments(package, threads), _marked(package))
    reader = _Reader(package, runs, read_numbers(package.numbering))
    body = child(package.document, "body")
    for element in [] if body is None else body:
        reader.element(element)
    notes = reader.notes()
    reader.aside.remarks += runs.untold()
    return Edited(reader.pieces, notes, reader.contents, runs.boxes, reader.aside)


def _comments(package: Package, threads: _Element | None) -> Comments:
    """Each comment by its id, in the order of the file, answers behind what they answer."""
    found = [] if package.comments is None else list(children(package.comments, "comment"))
    authors = {ident: value_of(comment, "author") for comment in found if (ident := _paragraph_id(comment))}
    parents = {value_of(one, "paraId"): value_of(one, "paraIdParent") for one in ([] if threads is None else threads)}
    order = [_paragraph_id(comment) for comment in found]
    remarks: dict[str, tuple[tuple[int, int], Remark]] = {}
    for place, comment in enumerate(found):
        parent = parents.get(order[place], "")
        root = order.index(parent) if parent in authors else place
        lines = ["".join(text.text or "" for text in line.iter("{*}t")) for line in comment.iter("{*}p")]
        signed = value_of(comment, "author"), value_of(comment, "date")
        remark = Remark("\n".join(lines), *signed, to=authors.get(parent, ""))
        remarks[value_of(comment, "id")] = ((root, place if root != place else -1), remark)
    ordered = sorted(remarks.items(), key=lambda item: item[1][0])
    return {number: replace(remark, place=place) for place, (number, (_, remark)) in enumerate(ordered)}


def _paragraph_id(comment: _Element) -> str:
    """The id of a comment's last paragraph, by which threads name it."""
    ids = [value_of(paragraph, "paraId") for paragraph in comment.iter("{*}p")]
    return ids[-1] if ids else ""


def _marked(package: Package) -> dict[str, str]:
    """The id of the note whose mark each bookmark holds, by the bookmark's name: another mark of it refers to that."""
    found: dict[str, str] = {}
    for start in package.document.iter("{*}bookmarkStart"):
        mark = _mark_in(start)
        if mark is not None:
            found[value_of(start, "name")] = value_of(mark, "id")
    return found


def _mark_in(start: _Element) -> _Element | None:
    """The first note mark between a bookmark's start and its end in the paragraph."""
    for after in start.itersiblings():
        if name_of(after) == "bookmarkEnd" and value_of(after, "id") == value_of(start, "id"):
            return None
        if (mark := next(after.iter("{*}footnoteReference"), None)) is not None:
            return mark
    return None


@dataclass
class _Reader:
    package: Package
    runs: RunReader
    numbers: Numbers
    pieces: list[Piece] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    kept: Piece | None = None  # a paragraph whose end was deleted: it goes on in the next
    marks: list[str] = field(default_factory=list)  # bookmarks between paragraphs
    aside: Piece = field(default_factory=Piece)

    def element(self, element: _Element) -> None:
        """One element of the body. A table of one cell is the frame that holds the blocks of a box."""
        match name_of(element):
            case "p":
                self._paragraph(element, self.pieces)
            case "tbl":
                cells = [cell for row in inside(element, "tr") for cell in inside(row, "tc")]
                if len(cells) == 1:
                    for inner in cells[0]:
                        self.element(inner)
                else:
                    self.pieces.append(self._table(element))
            case "bookmarkStart":
                self.marks.append(value_of(element, "name"))
            case "commentRangeStart" | "commentRangeEnd":
                self.runs.remark(element, self.pieces[-1] if self.pieces else Piece())
            case name if name in THROUGH:
                for inner in element:
                    self.element(inner)
            case _:
                return

    def _paragraph(self, element: _Element, into: list[Piece]) -> None:
        look = child(element, "pPr")
        piece, before = self._piece(look), self.kept
        piece.marks += self.marks
        if before is not None:  # Word gives what was joined the look of its last paragraph
            piece.take(before)
            piece.marks += before.marks
        self.kept, self.marks = None, []
        listed = self.runs.is_in("TOC")
        own = tuple(self.runs.read(element, piece))
        piece.atoms += own
        self._tracked(look, piece, own)
        if child(look, "rPr", "del") is not None or child(look, "rPr", "moveFrom") is not None:
            self.kept = piece
        elif listed or self.runs.is_in("TOC") or _CONTENTS.fullmatch(self._name(look)):
            self.contents.append(words(piece.atoms))
            self.aside.take(replace(piece, atoms=()))
        else:
            if piece.pictured and not words(piece.atoms).strip():
                piece.kind = "picture"
            if piece.atoms or piece.pictured or piece.remarks or piece.changes:
                into.append(piece)

    def _tracked(self, look: _Element | None, piece: Piece, own: Atoms) -> None:
        """The tracked changes of a paragraph's end and of its look. Where all its words went with the end, they tell
        it."""
        gone, made = child(look, "rPr", "del"), child(look, "rPr", "ins")
        formed = child(look, "pPrChange")
        if gone is not None and own:
            piece.changes.append(change_of(gone, "删除段落标记", f"……{words(own)[-_SHOWN:]}"))
        elif gone is not None or child(look, "rPr", "moveFrom") is not None:
            piece.changes = _whole(piece.changes)
        if made is not None and not any(change.text == words(own) for change in piece.changes):
            piece.changes.append(change_of(made, "插入段落标记", f"……{words(own)[-_SHOWN:]}"))
        if formed is not None and own:
            piece.changes.append(change_of(formed, "改段落格式", words(own)[:_SHOWN]))

    def _name(self, look: _Element | None) -> str:
        return self.runs.names.get(value_of(child(look, "pStyle")), "")

    def _piece(self, look: _Element | None) -> Piece:
        """An empty piece of the kind that a paragraph's style and list tell."""
        name = self._name(look)
        heading = _HEADING.match(name)
        if heading:
            plain = "无编号" in name or value_of(child(look, "numPr", "numId")) == "0"
            return Piece(f"heading-{heading[1]}", unnumbered=plain)
        kind, ordered = _KINDS.get(name, ""), name == "list number"
        number, level = value_of(child(look, "numPr", "numId")), number_of(child(look, "numPr", "ilvl"), 0)
        if number not in ("", "0") and kind in ("", "item", "para"):
            found = self.numbers.levels.get(number, {}).get(level)
            kind, ordered = "item", found.form not in ("bullet", "none") if found else ordered
        return Piece(kind, level=level, ordered=ordered)

    def _table(self, element: _Element) -> Piece:
        table = Piece("table")
        for row in inside(element, "tr"):
            gone, made = child(row, "trPr", "del"), child(row, "trPr", "ins")
            if gone is None:
                table.rows.append([self._cell(cell) for cell in inside(row, "tc") if not _goes_on(cell)])
            for tracked, what in ((gone, "删除表的一行"), (made, "插入表的一行")):
                if tracked is not None:
                    table.changes.append(change_of(tracked, what, _row_words(row)))
        return table

    def _cell(self, cell: _Element) -> Piece:
        """The words of a cell, its paragraphs in one run."""
        found: list[Piece] = []
        for paragraph in inside(cell, "p"):
            self._paragraph(paragraph, found)
        whole = Piece("cell")
        for piece in found:
            whole.atoms += (Atom("char", " "),) if whole.atoms else ()
            whole.take(piece)
        whole.parted = [words(piece.atoms) for piece in found if piece.atoms] if len(found) > 1 else []
        return whole

    def notes(self) -> dict[str, Piece]:
        """The notes by their ids; an endnote's begins with e."""
        found: dict[str, Piece] = {}
        for part, sign in ((self.package.footnotes, ""), (self.package.endnotes, "e")):
            self.runs.part = "endnotes.xml" if sign else "footnotes.xml"
            for note in [] if part is None else children(part, "footnote", "endnote"):
                self.runs.fields, self.kept = [], None
                pieces: list[Piece] = []
                for paragraph in inside(note, "p"):
                    self._paragraph(paragraph, pieces)
                whole = found[sign + value_of(note, "id")] = Piece("note")
                for piece in pieces:
                    whole.take(piece)
        return found


def _whole(changes: Sequence[Change]) -> list[Change]:
    """The changes that took a whole paragraph away, those of one hand as one."""
    found: list[Change] = []
    for change in changes:
        if found and replace(found[-1], text="") == replace(change, text="", whole=True):
            text = "" if change.text == NOTE else change.text
            found[-1] = replace(found[-1], text=found[-1].text.removesuffix(NOTE) + text)
        else:
            found.append(replace(change, whole=True))
    return found


def _row_words(row: _Element) -> str:
    """The words of a row, deleted ones too."""
    cells = ("".join(text.text or "" for text in cell.iter("{*}t", "{*}delText")) for cell in inside(row, "tc"))
    return "、".join(cells)


def _goes_on(cell: _Element) -> bool:
    """Whether a cell only continues the one above it (17.4.84)."""
    merged = child(cell, "tcPr", "vMerge")
    return merged is not None and value_of(merged) != "restart"
