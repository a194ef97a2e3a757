"""Blocks as paragraphs and tables, each in the style of its role."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from report.content.labels import numbered
from report.content.nodes import (
    Block,
    Box,
    Contents,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    Paragraph,
    PartRole,
    Quote,
    Table,
)
from report.errors import ReportError
from report.writers.docx.contents import contents_blocks
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import plain, set_inlines, text_runs
from report.writers.docx.numbering import BOXED, BOXED_ORDERED, BULLETS, HEADINGS, LEVELS
from report.writers.docx.styles import block_space, style_of_role, text_width
from report.writers.docx.tables import table_block
from report.writers.docx.units import MM, emu, twips
from report.writers.docx.xml import Element, add_ordered, field, paragraph, text_run, w

FRONT: tuple[PartRole, ...] = ("series", "abstract", "contents")


def blocks(draft: Draft, nodes: Iterable[Block], part: PartRole) -> Iterator[Element]:
    """The paragraphs and tables of blocks in a part."""
    for node in nodes:
        match node:
            case Heading():
                yield _heading(draft, node, part)
            case Paragraph():
                yield _paragraph(draft, node)
            case ListBlock():
                yield from _list(draft, node, 0)
            case Quote(blocks=inner):
                yield from _restyled(draft, inner, "Quote", part)
            case Box():
                yield from _box(draft, node, part)
            case Figure():
                yield from _figure(draft, node)
            case Table():
                yield from _table(draft, node)
            case Contents():
                yield from contents_blocks(draft, node)


def styled(draft: Draft, style: str, inlines: Inlines, *properties: Element | None) -> Element:
    """A paragraph of the body in a style."""
    element = paragraph(style, *properties)
    element.extend(set_inlines(draft, inlines, draft.document.part))
    return element


def _paragraph(draft: Draft, node: Paragraph) -> Element:
    """A paragraph in its role; a line to be signed is drawn after its colon."""
    label, inlines = numbered(node.inlines) if node.role == "reference" else ("", node.inlines)
    element = styled(draft, style_of_role(node.role), inlines)
    if label:  # the tab leads to where the style hangs its lines
        at = element.index(element.find(qn("w:pPr"))) + 1
        element[at:at] = [*text_runs(label), text_run("\t")]
    if node.role == "closing-line" and plain(node.inlines).endswith("："):
        element.append(text_run("\t"))
    return element


def _heading(draft: Draft, node: Heading, part: PartRole) -> Element:
    """A heading in its style, bookmarked for the contents and for references."""
    number = draft.heading_number(node)
    if part in FRONT and node.level == 1:
        style = "TOCHeading" if part == "contents" else "FrontTitle"
    else:
        style = f"Heading{node.level}" + ("Plain" if number is None else "")
    anew = number is not None and number != HEADINGS
    element = paragraph(style, _counter(node.level - 1, number) if anew else None)
    words = set_inlines(draft, node.inlines, draft.document.part)
    if number is None:
        words = [*text_runs(node.number), *words]
    element.extend(draft.bookmarks.around(draft.bookmarks.name(node.id, "Toc"), words))
    return element


def _counter(level: int, number: int | None) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _list(draft: Draft, node: ListBlock, level: int) -> Iterator[Element]:
    """An item's first paragraph bears the number; what follows in it is set on without one."""
    number = draft.next_list() if node.ordered else BULLETS
    style = "ListNumber" if node.ordered else "ListBullet"
    for item in node.items:
        numbered = False
        for block in item:
            match block:
                case Paragraph(inlines=inlines):
                    counter = None if numbered else _counter(level, number)
                    yield styled(draft, "ListContinue" if numbered else style, inlines, counter)
                    numbered = True
                case ListBlock():
                    yield from _list(draft, block, min(level + 1, LEVELS - 1))
                case _:
                    yield from blocks(draft, [block], "body")


def _restyled(draft: Draft, nodes: Iterable[Block], style: str, part: PartRole) -> Iterator[Element]:
    """Blocks whose plain paragraphs are set in another style; the rest as it is."""
    for node in nodes:
        if isinstance(node, Paragraph):
            yield styled(draft, style, node.inlines)
        else:
            yield from blocks(draft, [node], part)


def _box(draft: Draft, node: Box, part: PartRole) -> Iterator[Element]:
    """A box's paragraphs, with white before the first and after the last."""
    elements = [styled(draft, "BoxTitle", node.title)] if node.title else []
    for block in node.blocks:
        if isinstance(block, ListBlock):
            elements += _boxed_list(draft, block, part, 0)
        else:
            elements += _restyled(draft, [block], "BoxBody", part)
    gap = twips(1.5 * block_space(draft.theme))
    _space(elements[0], before=gap)
    _space(elements[-1], after=gap)
    yield from elements


def _space(element: Element, **sides: int) -> None:
    """Space set on one paragraph (a table that ends a box brings its own)."""
    if element.tag != qn("w:p"):
        return
    properties = element.find(qn("w:pPr"))
    spacing = properties.find(qn("w:spacing"))
    if spacing is None:
        spacing = w("spacing")
        add_ordered(properties, spacing)
    for side, size in sides.items():
        spacing.set(qn(f"w:{side}"), str(size))


def _boxed_list(draft: Draft, node: ListBlock, part: PartRole, level: int) -> Iterator[Element]:
    """A list in a box keeps the box's indents, or the box would fall into pieces; ordered ones count from 1."""
    number = draft.next_list(BOXED_ORDERED) if node.ordered else BOXED
    for item in node.items:
        numbered = False
        for block in item:
            match block:
                case Paragraph() if not numbered:
                    yield styled(draft, "BoxList", block.inlines, _counter(level, number))
                    numbered = True
                case ListBlock():
                    yield from _boxed_list(draft, block, part, min(level + 1, LEVELS - 1))
                case _:
                    yield from _restyled(draft, [block], "BoxBody", part)


# ---------------------------------------------------------------- figures and tables


def caption(draft: Draft, node: Figure | Table, style: str, label: str) -> Element:
    """图1　题名 with a SEQ field; the bookmark holds label and number, which is what REF repeats."""
    element = paragraph(style)
    if node.number:
        sequence = field(f"SEQ {label} \\* ARABIC", [text_run(str(node.number))])
        name = draft.bookmarks.name(node.id, "Ref")
        element.extend(draft.bookmarks.around(name, [*text_runs(label), *sequence]))
        element.extend(text_runs("\u3000"))
    element.extend(set_inlines(draft, node.caption, draft.document.part))
    return element


def _figure(draft: Draft, node: Figure) -> Iterator[Element]:
    picture = paragraph("Figure")
    picture.append(w("r", w("drawing", _picture(draft, node))))
    yield picture
    yield caption(draft, node, "FigureCaption", draft.content.labels.get("figure", "图"))
    if node.source:
        yield styled(draft, "SourceNote", node.source)


def _picture(draft: Draft, node: Figure) -> Element:
    """The chart's picture, as wide as the text and no higher than four fifths of the page's text."""
    if node.chart not in draft.pictures:
        raise ReportError(node.chart, "没有这张图的图片", "先运行 draw_charts")
    relation, image = draft.document.part.get_or_add_image(io.BytesIO(draft.pictures[node.chart]))
    page = draft.theme.page
    width = text_width(draft.theme)
    highest = (page.height - page.top - page.bottom) * MM * 0.8
    width = min(width, highest * image.px_width / image.px_height)
    height = width * image.px_height / image.px_width
    number = draft.next_drawing()
    inline = CT_Inline.new_pic_inline(number, relation, f"{node.chart}.png", Emu(emu(width)), Emu(emu(height)))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", f"图{node.number}")
    inline.docPr.set("descr", node.alt)
    for properties in inline.iter(qn("pic:cNvPr")):
        properties.set("id", str(number))
    return inline


def _table(draft: Draft, node: Table) -> Iterator[Element]:
    captioned = node.number or node.caption
    label = draft.content.labels.get("table", "表")
    yield caption(draft, node, "TableCaption", label) if captioned else paragraph("Break")
    yield table_block(draft, node, plain(node.caption))
    under = [styled(draft, "TableSource", inlines) for inlines in (*node.notes, node.source) if inlines]
    for element in under[:-1]:
        _space(element, after=0)
        add_ordered(element.find(qn("w:pPr")), w("keepNext"))
    yield from under or [paragraph("Break")]
