"""Inlines as runs: text in character styles, real footnotes, links, and cross references that Word can update."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import assert_never
from urllib.parse import quote

from docx.opc.part import Part

from report.content.nodes import Direction, Inline, Inlines, Link, NoteMark, PageRef, Ref, Text, Value
from report.content.walk import plain
from report.errors import ReportError
from report.writers.docx.draft import Draft
from report.writers.docx.relations import NOT_IN_ADDRESS
from report.writers.docx.xml import Element, field, paragraph, printable, related, text_run, w

CHARACTER_STYLE = {
    "strong": "Strong", "emphasis": "Emphasis", "dots": "Dots", "superscript": "Superscript", "subscript": "Subscript",
}  # fmt: skip
# Characters that Han and Latin share: Word takes them from the Latin font unless the run says eastAsia (17.3.2.26).
_SHARED = re.compile(r"[‘’“”…—·×°±÷–•§¶→←≈]+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])[‘’](?=[A-Za-z])")


def set_inlines(draft: Draft, inlines: Inlines, story: Part) -> list[Element]:
    """The runs of inlines, for a paragraph of `story` (body or notes: each part owns its links).

    Raises ReportError for a reference to nothing and a mark without its note.
    """
    han = bool(_HAN.search(plain(inlines)))
    runs: list[Element] = []
    for style, group in groupby(inlines, key=_text_style):
        if style is not None:
            runs += text_runs("".join(inline.text for inline in group if not isinstance(inline, NoteMark)), style, han)
        else:
            for inline in group:
                runs += _special(draft, inline, story, han)
    return runs


def _text_style(inline: Inline) -> str | None:
    """The character style of words ("" for none), or None for what is more than words."""
    match inline:
        case Text(style=style):
            return CHARACTER_STYLE.get(style, "")
        case Direction():
            return ""
        case Value() | Link() | Ref() | PageRef() | NoteMark():
            return None
        case _:
            assert_never(inline)


def text_runs(text: str, style: str = "", han: bool = True) -> list[Element]:
    """Text in a character style as runs; the shared punctuation of a Chinese text is marked as Chinese."""
    return [text_run(piece, run_properties(style, hint)) for piece, hint in _pieces(text, han)]


def run_properties(style: str, hint: bool = False) -> Element | None:
    """A run's properties, or None where it needs none."""
    children = [w("rStyle", val=style) if style else None, w("rFonts", hint="eastAsia") if hint else None]
    return w("rPr", *children) if style or hint else None


def _pieces(text: str, han: bool) -> Iterator[tuple[str, bool]]:
    """A text whole, with or without the hint, save that an apostrophe inside a Latin word stays Latin."""
    if not (han and _SHARED.search(text)):
        yield from [(text, False)] if text else []
        return
    start = 0
    for apostrophe in _APOSTROPHE.finditer(text):
        yield text[start : apostrophe.start()], True
        yield apostrophe[0], False
        start = apostrophe.end()
    yield text[start:], True


def _special(draft: Draft, inline: Inline, story: Part, han: bool) -> list[Element]:
    """What is more than words."""
    match inline:
        case Value(name=name, text=text, style=style):
            control = draft.controls.around(name, text_runs(text, CHARACTER_STYLE.get(style, ""), han))
            return draft.remarked(inline, [control], in_note=story is draft.notes)
        case Link(url=url, text=text):
            return [hyperlink(draft, story, url, text, han)]
        case Ref(target=target, text=text):
            return _reference(draft, target, text)
        case PageRef():
            return _page_reference(draft, inline)
        case NoteMark(note=note):
            return draft.remarked(None, _note(draft, note))
        case Text() | Direction():
            return text_runs(inline.text, _text_style(inline) or "", han)
        case _:
            assert_never(inline)


def hyperlink(draft: Draft, story: Part, url: str, text: str, han: bool) -> Element:
    """A link out of the document, kept in the relationships of the part it stands in; http(s) only. What no address
    may hold is written as %XX: Word calls a file broken that has it."""
    if not url.startswith(("http://", "https://")):
        raise ReportError(url, "不是 http(s) 链接", "改成网址，或去掉链接")
    address = NOT_IN_ADDRESS.sub(lambda found: quote(found[0]), printable(url))
    link = related("hyperlink", draft.related.address(story, address), history=1)
    link.extend(text_runs(text, "Hyperlink", han))
    return link


def _reference(draft: Draft, target: str, text: str) -> list[Element]:
    """图3 as a REF field on the caption's bookmark; 第二章 as a link to the heading.

    A heading's reference is no field: REF would bring its whole text, and `REF \\r` is read wrongly by WPS.
    """
    name = _bookmark(draft, target)
    if draft.anchors[target] == "heading":
        return [w("hyperlink", *text_runs(text), anchor=name, history=1)]
    return list(field(f"REF {name} \\h", text_runs(text)))


def _page_reference(draft: Draft, inline: PageRef) -> list[Element]:
    """第12页 as a PAGEREF field on the target's bookmark, filled with the page of the PDF."""
    name = _bookmark(draft, inline.target)
    page = field(f"PAGEREF {name} \\h", [text_run(draft.pages[inline.target])])
    return [*text_runs(inline.before), *page, *text_runs(inline.after)]


def _bookmark(draft: Draft, target: str) -> str:
    """The bookmark of what is referred to. ReportError where there is no such thing."""
    if target not in draft.anchors:
        raise ReportError(target, "交叉引用没有目标", "检查标题、图、表的 {#id}")
    return draft.bookmarks.name(target, "Ref")


def _note(draft: Draft, key: str) -> list[Element]:
    """The mark in the text; the note itself goes to the notes part.

    Another mark of a note that the PDF prints once is a field that repeats its number (NOTEREF, 17.16.5.42), for no
    note may have two marks; where the PDF prints it on each mark's page, so does this file.
    """
    if key not in draft.content.notes:
        raise ReportError(key, "脚注没有正文", f"补上 [^{key}]: …")
    if key not in draft.shared:
        return [_new_note(draft, key)]
    name = draft.bookmarks.name(f"note:{key}", "Ref")
    if key in draft.marked:
        mark = text_run(draft.shared[key], run_properties("FootnoteReference"))
        return list(field(f"NOTEREF {name} \\f \\h", [mark]))
    draft.marked.add(key)
    return list(draft.bookmarks.around(name, [_new_note(draft, key)]))


def _new_note(draft: Draft, key: str) -> Element:
    """The mark of a note that gets its text here."""
    number = draft.next_note()
    inlines = draft.content.notes[key].inlines
    mark = w("r", run_properties("FootnoteMark"), w("footnoteRef"))
    note = paragraph("FootnoteLink" if any(isinstance(inline, Link) for inline in inlines) else "FootnoteText")
    note.extend([mark, text_run(" "), *set_inlines(draft, inlines, draft.notes)])
    draft.notes.element.append(w("footnote", note, id=number))
    return w("r", run_properties("FootnoteReference"), w("footnoteReference", id=number))
