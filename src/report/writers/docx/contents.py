"""The contents lists: real TOC fields that are filled in already, with the page numbers of the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from report.content.nodes import Content, Contents, PageRef
from report.content.walk import Entry, all_entries, entries, inlines_of
from report.errors import ReportError
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import text_runs
from report.writers.docx.numbering import HEADING_LEVELS
from report.writers.docx.xml import Element, field, field_head, field_tail, paragraph, text_run, w

STYLES = {"figures": "TableofFigures", "tables": "TableofFigures"}
LABELS = {"figures": "figure", "tables": "table"}


def target_pages(content: Content, layout: Mapping[str, Any]) -> dict[str, str]:
    """Id → page number as printed, for all that the report's contents list and its references to pages name.

    `layout` is layout.json. Raises ReportError for one that stands on no page of it.
    """
    pages = {name: page["number"] or "" for page in layout["pages"] for name in page["anchors"]}
    wanted = {entry.id: entry.text for entry in all_entries(content)}
    wanted |= {inline.target: inline.label for inline in inlines_of(content) if isinstance(inline, PageRef)}
    for name, words in wanted.items():
        if name not in pages:
            raise ReportError("layout.json", f"找不到“{words or name}”所在的页", "先重新生成 PDF")
    return {name: pages[name] for name in wanted}


def contents_blocks(draft: Draft, contents: Contents) -> Iterator[Element]:
    """The TOC field, that of the headings in the content control that Word puts round its contents list.

    Not dirty: explicit entries need no update, and a prompt on opening frightens readers.
    """
    lines = [_line(draft, entry, contents) for entry in entries(draft.content, contents)]
    if not lines:
        return
    for i, run in enumerate(field_head(_instruction(draft, contents))):
        lines[0].insert(1 + i, run)
    lines[-1].append(field_tail())
    if contents.kind != "headings":
        yield from lines
        return
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    yield w("sdt", w("sdtPr", gallery), w("sdtContent", *lines))


def _instruction(draft: Draft, contents: Contents) -> str:
    """What makes Word gather the list anew: captions by their SEQ, headings by their style; 摘要 and 目录, which have
    an outline level too, stay out."""
    if contents.kind == "headings":
        plain = ",".join(f"标题 {level} 无编号,{level}" for level in range(1, min(contents.levels, HEADING_LEVELS) + 1))
        return f'TOC \\o "1-{contents.levels}" \\h \\z \\t "{plain}"'
    return f'TOC \\h \\z \\c "{draft.content.labels[LABELS[contents.kind]]}"'


def _line(draft: Draft, entry: Entry, contents: Contents) -> Element:
    name = draft.bookmarks.name(entry.id, "Toc")
    page = field(f"PAGEREF {name} \\h", [text_run(draft.pages[entry.id])])
    element = paragraph(STYLES.get(contents.kind, f"TOC{entry.level}"))
    element.append(w("hyperlink", *text_runs(entry.text), text_run("\t"), *page, anchor=name, history=1))
    return element
