"""What is wrong in a report's text: no title, marks without notes, notes without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.content.reprint.outline import Outline, bare
from report.content.reprint.words import LOST
from report.errors import Issue
from report.sources.document import Block, Document
from report.sources.genre import GENRE
from report.sources.marks import CIRCLED

_mark = rf"(?:[{CIRCLED}]|[\[〔]\d{{1,3}}[\]〕])"
LIKE_MARK = re.compile(f"(?<=[。！？”」）]){_mark}|{_mark}(?=[。，；])")
NOTE = re.compile(rf"[{CIRCLED}]|[\[〔(（]\d{{1,3}}[\]〕)）]|\d{{1,3}}[.．、]|(?:注|註)\d{{1,3}}")
MOST = 5  # marks told by name


def warnings(document: Document, found: Outline) -> Iterator[Issue]:
    """What is wrong in the text of a document, each with its line."""
    if not document.metadata.title:
        yield _told(document, 0, "没有题名", "在第一行写上题名；重排稿没有封面，以文件名为题")
    for note in document.notes:
        if not note.text:
            yield _told(document, note.mark_start, f"脚注标记 {note.mark} 没有注文", f"补上注文；重排稿印作{LOST}")
        elif note.mark_start < 0:
            hint = "在正文里补上标记；重排稿挂在它前面的一段末尾"
            yield _told(document, note.spans[0][0], f"注文“{note.mark}”在正文里没有标记", hint)
    yield from _like_marks(document, found)
    yield from _like_notes(document, found)


def _like_marks(document: Document, found: Outline) -> Iterator[Issue]:
    """Signs in the prose that look like marks, and that no note answers."""
    prose = (block for block in (*found.abstract, *found.body) if block.kind == "paragraph")
    signs = [(block, match) for block in prose for match in LIKE_MARK.finditer(block.text)]
    if signs:
        block, match = signs[0]
        names = "、".join(match[0] for _, match in signs[:MOST]) + ("等" if len(signs) > MOST else "")
        place = block.offset(match.start())
        yield _told(document, place, f"{names} 像是脚注标记，没有注文", "补上注文；不是标记就不用管，照印在文中")


def _like_notes(document: Document, found: Outline) -> Iterator[Issue]:
    """Notes under a heading 注释 that nothing in the text marks."""
    under: Block | None = None
    for block in found.body:
        if block.kind == "heading":
            under = block if bare(block.text) in GENRE.words("note_headings") else None
        elif under and NOTE.match(block.text):
            hint = "在正文里补上标记，注文才能排在页下；重排稿照印在这里"
            yield _told(document, block.spans[0][0], f"“{bare(under.text)}”下的注文在正文里没有标记", hint)
            under = None


def _told(document: Document, place: int, problem: str, hint: str) -> Issue:
    line = document.source.count("\n", 0, place) + 1
    return Issue(where=f"{document.file}:{line}", problem=problem, hint=hint)
