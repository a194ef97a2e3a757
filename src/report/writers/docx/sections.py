"""Sections: parts and chapters, each with its pages, running header, folio and note numbering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from docx.parts.story import StoryPart

from report.content.nodes import Block, Content, Heading, Part, Table
from report.theme.theme import Master, Theme
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import plain, text_runs
from report.writers.docx.settings import note_numbers
from report.writers.docx.styles import DESCENT, header_top, text_width
from report.writers.docx.tables import ems
from report.writers.docx.units import MM, twips
from report.writers.docx.xml import Element, field, paragraph, related, text_run, w

COVER_MARGINS = {"top": 24.0, "bottom": 15.0}  # millimetres: the cover stands higher and lower than text

APART = 2  # em: the least space between the two halves of a running header


@dataclass(frozen=True)
class Stretch:
    """Pages with one running header and one count: a part, or a chapter of the body, or a table across a page."""

    part: Part
    blocks: tuple[Block, ...]
    heading: Heading | None
    odd: bool
    folio: str
    restart: bool
    landscape: bool = False


def stretches(content: Content, theme: Theme) -> Iterator[Stretch]:
    """The report in sections. Each chapter is one, so that its header is right in every program, unless the theme
    lets chapters follow on."""
    counting = "none"
    for part in content.parts:
        master = theme.masters.get(part.role, Master())
        for i, blocks in enumerate(_split(part, theme)):
            heading = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
            odd = master.start == "odd" if i == 0 else theme.setting.chapters == "odd"
            restart = master.folio not in ("none", counting)
            counting = counting if master.folio == "none" else master.folio
            first = Stretch(part, blocks, heading, odd, master.folio, restart)
            yield from _turned(first)


def _turned(stretch: Stretch) -> Iterator[Stretch]:
    """The stretch in pieces, each table that lies across the page one of its own."""
    pieces = [(across, tuple(blocks)) for across, blocks in groupby(stretch.blocks, key=_lies_across)]
    yield replace(stretch, blocks=pieces[0][1] if pieces else (), landscape=bool(pieces) and pieces[0][0])
    for across, blocks in pieces[1:]:
        yield replace(stretch, blocks=blocks, landscape=across, odd=False, restart=False)


def _lies_across(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _split(part: Part, theme: Theme) -> list[tuple[Block, ...]]:
    if part.role != "body" or theme.setting.chapters == "continuous":
        return [part.blocks]
    chapters: list[list[Block]] = [[]]
    for block in part.blocks:
        if isinstance(block, Heading) and block.level == 1 and chapters[-1]:
            chapters.append([])
        chapters[-1].append(block)
    return [tuple(blocks) for blocks in chapters]


def section_properties(draft: Draft, stretch: Stretch) -> Element:
    """The sectPr of a stretch of pages; all but the cover name their header and footer, so that none
    is inherited."""
    page = draft.theme.page
    cover = stretch.part.role == "cover"
    margins = {side: twips(getattr(page, side) * MM) for side in ("top", "bottom", "left", "right")}
    width, height = page.width, page.height
    if stretch.landscape:
        width, height = height, width
        margins = dict(zip(("left", "right", "top", "bottom"), margins.values(), strict=True))
    if cover:
        margins |= {side: twips(size * MM) for side, size in COVER_MARGINS.items()}
    edges = {"header": twips(header_top(draft.theme)), "footer": twips(page.footer * MM - DESCENT)}
    return w(
        "sectPr",
        None if cover else related("headerReference", _header(draft, stretch), type="default"),
        None if cover else related("footerReference", _footer(draft, stretch), type="default"),
        note_numbers(),
        w("type", val="oddPage" if stretch.odd else "nextPage"),
        w("pgSz", w=twips(width * MM), h=twips(height * MM), **({"orient": "landscape"} if stretch.landscape else {})),
        w("pgMar", **margins, **edges, gutter=0),
        _page_numbers(stretch),
        w("cols", space=425),
        w("docGrid", type="lines", linePitch=twips(draft.theme.roles["body"].leading)),
    )


def _page_numbers(stretch: Stretch) -> Element | None:
    if stretch.folio == "none":
        return None
    kind = "upperRoman" if stretch.folio == "roman" else "decimal"
    return w("pgNumType", fmt=kind, **({"start": 1} if stretch.restart else {}))


def _header(draft: Draft, stretch: Stretch) -> str:
    part, relation = draft.document.part.add_header_part()  # type: ignore[no-untyped-call]
    shown = draft.theme.masters.get(stretch.part.role, Master()).header
    _fill(part, _running_header(draft, stretch) if shown else paragraph("HeaderBlank"))
    return str(relation)


def _running_header(draft: Draft, stretch: Stretch) -> Element:
    """The report's title at the left; at the right the chapter, as a STYLEREF field that follows the text. Where there
    is no room for both, the chapter alone."""
    element = paragraph("Header", _wide_tabs(draft) if stretch.landscape else None)
    title = draft.content.front.title
    if _fits(draft, stretch, title):
        element.extend(text_runs(title))
    element.append(text_run("\t"))
    element.extend(_chapter(draft, stretch))
    return element


def _fits(draft: Draft, stretch: Stretch, title: str) -> bool:
    """Whether the title and the chapter have room beside each other."""
    heading = stretch.heading
    chapter = heading.number + plain(heading.inlines) if heading else stretch.part.title
    wide = text_width(draft.theme, landscape=stretch.landscape) / draft.theme.roles["running-header"].size
    return ems(title) + APART + ems(chapter) <= wide


def _wide_tabs(draft: Draft) -> Element:
    """The right end of the header of a page that lies across."""
    clear = w("tab", val="clear", pos=twips(text_width(draft.theme)))
    return w("tabs", clear, w("tab", val="right", pos=twips(text_width(draft.theme, landscape=True))))


def _chapter(draft: Draft, stretch: Stretch) -> Iterator[Element]:
    """`STYLEREF 1` is heading 1 in every language of Word; \\n brings its number."""
    heading = stretch.heading
    if heading is None:
        yield from text_runs(stretch.part.title)
    elif draft.heading_number(heading) is not None:
        yield from field("STYLEREF 1 \\n", text_runs(heading.number))
        yield from field("STYLEREF 1", text_runs(plain(heading.inlines)))
    else:
        yield from field('STYLEREF "标题 1 无编号"', text_runs(heading.number + plain(heading.inlines)))


def _footer(draft: Draft, stretch: Stretch) -> str:
    part, relation = draft.document.part.add_footer_part()  # type: ignore[no-untyped-call]
    folio = paragraph("Footer")
    if stretch.folio != "none":
        folio.extend(field("PAGE", [text_run("I" if stretch.folio == "roman" else "1")]))
    _fill(part, folio)
    return str(relation)


def _fill(part: StoryPart, content: Element) -> None:
    for child in list(part.element):
        part.element.remove(child)
    part.element.append(content)
