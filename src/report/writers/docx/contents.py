"""The contents list: a real TOC field that is filled in already, with the page numbers of the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from report.content.nodes import Content, Contents, Heading
from report.errors import ReportError
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import plain, text_runs
from report.writers.docx.xml import Element, field, field_head, field_tail, paragraph, text_run, w

LISTED = ("body", "annex", "sources")


def listed_headings(content: Content, levels: int) -> list[Heading]:
    """The headings that the contents list: those of chapters, annex and sources, `levels` deep."""
    blocks = [block for part in content.parts if part.role in LISTED for block in part.blocks]
    return [block for block in blocks if isinstance(block, Heading) and block.level <= levels]


def heading_pages(content: Content, layout: Mapping[str, Any]) -> dict[str, str]:
    """Heading id → page number as printed, for the headings that the report's contents list.

    `layout` is layout.json; headings are matched in order by their words, with or without their number. Raises
    ReportError for a heading that stands on no page of it.
    """
    levels = [block.levels for part in content.parts for block in part.blocks if isinstance(block, Contents)]
    printed = [
        (_squeezed(heading["title"]), page["number"] or "") for page in layout["pages"] for heading in page["headings"]
    ]
    pages: dict[str, str] = {}
    place = 0
    for heading in listed_headings(content, max(levels, default=0)):
        title = _squeezed(plain(heading.inlines))
        wanted = (title, _squeezed(heading.number) + title)
        found = next((i for i in range(place, len(printed)) if printed[i][0] in wanted), None)
        if found is None:
            raise ReportError("layout.json", f"找不到标题“{plain(heading.inlines)}”所在的页", "先重新生成 PDF")
        pages[heading.id] = printed[found][1]
        place = found + 1
    return pages


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def contents_blocks(draft: Draft, levels: int) -> Iterator[Element]:
    """The TOC field in the content control that Word puts round its contents lists.

    Not dirty: explicit entries need no update, and a prompt on opening frightens readers.
    """
    headings = listed_headings(draft.content, levels)
    entries = [_entry(draft, heading) for heading in headings]
    if not entries:
        return
    for i, run in enumerate(field_head(f'TOC \\o "1-{levels}" \\h \\z \\u')):
        entries[0].insert(1 + i, run)
    entries[-1].append(field_tail())
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    yield w("sdt", w("sdtPr", gallery), w("sdtContent", *entries))


def _entry(draft: Draft, heading: Heading) -> Element:
    name = draft.bookmarks.name(heading.id, "Toc")
    page = field(f"PAGEREF {name} \\h", [text_run(draft.pages[heading.id])])
    words = text_runs(heading.number + plain(heading.inlines))
    entry = paragraph(f"TOC{heading.level}")
    entry.append(w("hyperlink", *words, text_run("\t"), *page, anchor=name, history=1))
    return entry
