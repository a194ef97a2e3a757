"""Blocks as paragraphs and tables, each in the style of its role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from report.content.labels import counted, numbered
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
from report.content.walk import plain
from report.errors import ReportError
from report.writers.docx.charts import Shown, inline_chart
from report.writers.docx.contents import contents_blocks
from report.writers.docx.draft import Draft
from report.writers.docx.headers import chapter_variable
from report.writers.docx.inlines import run_properties, set_inlines, text_runs
from report.writers.docx.measures import figure_height, text_width
from report.writers.docx.numbering import BOXED, BOXED_ORDERED, BULLETS, FRONT, HEADINGS, LEVELS, list_indents
from report.writers.docx.styles import style_of_role
from report.writers.docx.table_styles import FRAME
from report.writers.docx.tables import table_block
from report.writers.docx.units import emu, twips
from report.writers.docx.xml import Element, field, paragraph, printable, text_run, w

LABELS = {"figure": "图", "table": "表"}


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
        element.append(text_run(" \t", run_properties("SignatureRule")))
    return element


def _heading(draft: Draft, node: Heading, part: PartRole) -> Element:
    """A heading in its style, bookmarked for the contents and for references."""
    number = draft.heading_number(node)
    if part in FRONT and node.level == 1:
        style = "TOCHeading" if part == "contents" else "FrontTitle"
    else:
        style = f"Heading{node.level}" + ("Plain" if number is None else "")
    anew = number is not None and number != HEADINGS
    element = paragraph(style, _counter(node.level, number) if anew else None)
    words = set_inlines(draft, node.inlines, draft.document.part)
    if number is None:
        words = [*text_runs(node.number), *words]
    if node.level == 1 and part not in FRONT:
        element.append(chapter_variable(node))
    words = list(draft.bookmarks.around(draft.bookmarks.name(node.id, "Toc"), words))
    if node.id in draft.referred:
        words = list(draft.bookmarks.around(draft.bookmarks.name(node.id, "Ref"), words))
    element.extend(words)
    return element


def _counter(level: int, number: int | None) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _list(draft: Draft, node: ListBlock, level: int) -> Iterator[Element]:
    """An item's first paragraph bears the number; what follows in it is set on without one. Word counts nine levels:
    a deeper one is set in by hand."""
    number = draft.next_list() if node.ordered else BULLETS
    style = "ListNumber" if node.ordered else "ListBullet"
    left, hang = map(twips, list_indents(draft.theme, "ordered" if node.ordered else "bullet")[level])
    counted_level = min(level, LEVELS - 1)
    for item in node.items:
        numbered = False
        for block in item:
            match block:
                case Paragraph(inlines=inlines) if numbered:
                    deeper = w("ind", left=left) if level else None  # the style has the first level's
                    yield styled(draft, "ListContinue", inlines, deeper)
                case Paragraph(inlines=inlines):
                    deepest = w("ind", left=left, hanging=hang) if level > counted_level else None
                    yield styled(draft, style, inlines, _counter(counted_level, number), deepest)
                    numbered = True
                case ListBlock():
                    yield from _list(draft, block, min(level + 1, LEVELS))
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
    """A box's paragraphs in styles that join to one box; the last has white below it."""
    elements = [styled(draft, "BoxTitle", node.title)] if node.title else []
    for block in node.blocks:
        elements += _boxed(draft, block, part)
    last = elements[-1].find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if last is not None and last.get(qn("w:val")) in ("BoxBody", "BoxList"):
        last.set(qn("w:val"), "BoxEnd")
    else:
        elements.append(paragraph("Break"))
    yield from elements


def _boxed(draft: Draft, block: Block, part: PartRole) -> Iterator[Element]:
    """A block of a box: words in the box's styles, a table or figure in a frame that goes on with ground and bar."""
    match block:
        case Paragraph(inlines=inlines):
            yield styled(draft, "BoxBody", inlines)
        case ListBlock():
            yield from _boxed_list(draft, block, part, 0)
        case Quote(blocks=inner):
            for node in inner:
                if isinstance(node, Paragraph):
                    yield styled(draft, "BoxQuote", node.inlines)
                else:
                    yield from _boxed(draft, node, part)
        case _:
            yield _framed(draft, block, part)


def _framed(draft: Draft, block: Block, part: PartRole) -> Element:
    """A block in a table of one cell; a cell ends with a paragraph."""
    box = draft.theme.box
    wide = twips(text_width(draft.theme) - box.bar / 2)
    draft.inset = 2 * box.padding + box.bar
    inner = list(blocks(draft, [block], part))
    draft.inset = 0.0
    if inner[-1].tag != qn("w:p"):
        inner.append(paragraph("Break"))
    return w(
        "tbl",
        w("tblPr", w("tblStyle", val=FRAME), w("tblW", w=wide, type="dxa"), w("tblLayout", type="fixed"),
          w("tblLook", val="0000")),
        w("tblGrid", w("gridCol", w=wide)),
        w("tr", w("tc", w("tcPr", w("tcW", w=wide, type="dxa")), *inner)),
    )  # fmt: skip


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
                    yield from _boxed(draft, block, part)


# ---------------------------------------------------------------- figures and tables


def caption(draft: Draft, node: Figure | Table, style: str) -> Element:
    """图1　题名 with a SEQ field; the one bookmark holds label and number, which is what REF repeats, another all that
    a list of figures or tables repeats."""
    element = paragraph(style)
    label, number, title = _counted(draft, node)
    words = set_inlines(draft, title, draft.document.part)
    if number:
        sequence = field(f"SEQ {label} \\* ARABIC", [text_run(str(number))])
        name = draft.bookmarks.name(node.id, "Ref")
        words = [*draft.bookmarks.around(name, [*text_runs(label), *sequence]), *text_runs("\u3000"), *words]
    if node.number and f"{node.type}s" in draft.listed:
        words = list(draft.bookmarks.around(draft.bookmarks.name(node.id, "Toc"), words))
    element.extend(words)
    return element


def _counted(draft: Draft, node: Figure | Table) -> tuple[str, int, Inlines]:
    """Label, number and title of a caption. A number that the title brings itself (附表1) is a field too where Word
    would count the same."""
    label, number, title = draft.content.labels.get(node.type, LABELS[node.type]), node.number, node.caption
    if not number:
        label, number, title = counted(node.caption)
        if number != draft.sequences[label] + 1:
            return "", 0, node.caption
    draft.sequences[label] = number
    return label, number, title


def _figure(draft: Draft, node: Figure) -> Iterator[Element]:
    picture = paragraph("Figure")
    picture.append(w("r", w("drawing", _chart(draft, node))))
    yield picture
    yield caption(draft, node, "FigureCaption")
    if node.source:
        yield styled(draft, "SourceNote", node.source)


def _chart(draft: Draft, node: Figure) -> Element:
    """The chart as Word draws it, or its picture."""
    if node.chart not in draft.charts:
        raise ReportError(node.chart, "没有这张图的图片", "先运行 draw_charts")
    chart = draft.charts[node.chart]
    if isinstance(chart, bytes):
        return _picture(draft, node, chart)
    shown = Shown(draft.next_drawing(), f"图{node.number}", node.alt, text_width(draft.theme) - draft.inset)
    return inline_chart(draft.document, chart, draft.theme, shown)


def _picture(draft: Draft, node: Figure, picture: bytes) -> Element:
    """The chart's picture, as wide as the text and no higher than four fifths of the page's text."""
    relation, image = draft.related.picture(draft.document.part, picture, node.chart)
    width = text_width(draft.theme) - draft.inset
    width = min(width, figure_height(draft.theme) * image.px_width / image.px_height)
    height = width * image.px_height / image.px_width
    number = draft.next_drawing()
    inline = CT_Inline.new_pic_inline(number, relation, f"{node.chart}.png", Emu(emu(width)), Emu(emu(height)))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    inline.docPr.set("name", f"图{node.number}")
    inline.docPr.set("descr", printable(node.alt))
    for properties in inline.iter(qn("pic:cNvPr")):
        properties.set("id", str(number))
    return inline


def _table(draft: Draft, node: Table) -> Iterator[Element]:
    captioned = node.number or node.caption
    yield caption(draft, node, "TableCaption") if captioned else paragraph("Break")
    yield table_block(draft, node, plain(node.caption))
    under = [inlines for inlines in (*node.notes, node.source) if inlines]
    yield from (styled(draft, "TableNote", inlines) for inlines in under[:-1])
    yield styled(draft, "TableSource", under[-1]) if under else paragraph("Break")
