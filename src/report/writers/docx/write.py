"""Content and theme to a Word file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from docx.oxml.ns import qn

from report.charts.native.plot import Plot
from report.content.nodes import Content
from report.content.passages import GENERATED
from report.theme.theme import Theme
from report.writers.docx.blocks import blocks
from report.writers.docx.contents import target_pages
from report.writers.docx.cover import closing_blocks, cover_blocks, cover_lines
from report.writers.docx.draft import Draft, new_draft
from report.writers.docx.headers import Furniture
from report.writers.docx.inlines import run_properties
from report.writers.docx.order import as_shown
from report.writers.docx.package import save
from report.writers.docx.record import keep_record
from report.writers.docx.remarks import Remarks
from report.writers.docx.sections import Stretch, section_properties, sections
from report.writers.docx.shared import shared_marks
from report.writers.docx.xml import Element, add_ordered, in_word, paragraph, w


def write_docx(content: Content, theme: Theme, layout: Mapping[str, Any], charts: Mapping[str, bytes | Plot],
               *, evidence: bool = False) -> bytes:  # fmt: skip
    """The report as .docx: equal input, equal bytes. With `evidence` every number bears its sources as a comment, save
    in the annex, which tells them itself.

    `layout` is the data of layout.json, out of which contents and references take their page numbers; `charts` are, by
    chart id, PNG or what Word is to draw itself. Raises ReportError for a block that the layout lacks, a chart that is
    missing, a reference to nothing, a note mark without its note.
    """
    content = as_shown(content, layout)
    draft = new_draft(content, theme, target_pages(content, layout), charts, cover_lines(layout))
    draft.shared = shared_marks(content, layout)
    remarks = Remarks(content)

    def elements(stretch: Stretch) -> Iterable[Element]:
        draft.remarks = remarks if evidence and stretch.part.role not in GENERATED else None
        return _elements(draft, stretch)

    write_sections(draft, elements)
    remarks.keep(draft.document)
    keep_record(draft.document, content)
    return save(draft.document)


def _elements(draft: Draft, stretch: Stretch) -> list[Element]:
    if stretch.part.role == "cover":
        return list(cover_blocks(draft, stretch.blocks))
    if stretch.part.role == "closing":
        return list(closing_blocks(draft, stretch.blocks))
    return list(blocks(draft, stretch.blocks, stretch.part.role))


def write_sections(draft: Draft, elements: Callable[[Stretch], Iterable[Element]]) -> None:
    """The document's body: its sections, each with the elements of what stands in it, its page, headers and folios."""
    body = draft.document.element.body
    body.clear()
    plan = sections(draft.content, draft.theme, draft.heading_lists)
    furniture = Furniture(draft, plan)
    for section in plan:
        made = [element for stretch in section.stretches for element in elements(stretch)]
        _rule_over_notes(made)
        body.extend(made)
        properties = section_properties(draft.theme, section, furniture.references(section))
        if section is plan[-1]:
            body.append(properties)
        else:
            _end_section(body, properties)


def _rule_over_notes(elements: list[Element]) -> None:
    """A separator beside a section's first note mark, for LibreOffice alone.

    LibreOffice looks for it in the section itself and, where it finds none, draws no rule over the notes of any
    section after the first that has some. Word, since 2013, takes the choice, which is nothing; others hide it.
    """
    marks = (mark for element in elements for mark in element.iter(qn("w:footnoteReference")))
    if (mark := next(marks, None)) is not None:
        mark.getparent().addnext(in_word((), [w("r", w("separator"))], run_properties("Hidden")))


def _end_section(body: Element, properties: Element) -> None:
    """A section ends in its last paragraph; a table or contents list needs one after it."""
    if not len(body) or body[-1].tag != qn("w:p") or body[-1].find(f".//{qn('w:sectPr')}") is not None:
        body.append(paragraph("Break"))
    add_ordered(body[-1].find(qn("w:pPr")), properties)
