"""Sections: parts and chapters, each with its pages, running header, folio and note numbering."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from docx.parts.story import StoryPart

from report.content.nodes import Block, Content, Heading, Part, Table
from report.content.walk import plain
from report.theme.theme import POINTS, Master, Theme
from report.writers.docx.columns import ems
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import text_runs
from report.writers.docx.measures import DESCENT, header_top, text_height, text_width
from report.writers.docx.settings import note_numbers
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, field, paragraph, related, text_run, w

COVER_MARGINS = {"top": 24.0, "bottom": 15.0}  # millimetres: the cover stands higher and lower than text

APART = 2  # em: the least space between the two halves of a running header
_SLACK = 8  # twips over a whole number of lines that a page's text has at least
CUT = "……"  # what ends a title cut short
Page = Literal["default", "even", "first"]


@dataclass(frozen=True)
class Stretch:
    """Pages with one running header and one count: a part, or a chapter of the body, or a table across a page."""

    part: Part
    blocks: tuple[Block, ...]
    chapters: tuple[Heading, ...]
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
            chapters = tuple(block for block in blocks if isinstance(block, Heading) and block.level == 1)
            odd = master.start == "odd" if i == 0 else theme.setting.chapters == "odd"
            restart = master.folio not in ("none", counting)
            counting = counting if master.folio == "none" else master.folio
            first = Stretch(part, blocks, chapters, odd, master.folio, restart)
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
    """The sectPr of a stretch of pages. All but the cover name their own header; the folio is the section's before
    where it counts alike, so that an editor sets it in one place."""
    page = draft.theme.page
    cover = stretch.part.role == "cover"
    margins = {side: twips(getattr(page, side) * POINTS) for side in ("top", "bottom", "left", "right")}
    margins["bottom"] -= _grid_slack(draft.theme)
    width, height = page.width, page.height
    turned = {"orient": "landscape"} if stretch.landscape else {}
    if stretch.landscape:
        width, height = height, width
        margins = dict(zip(("left", "right", "top", "bottom"), margins.values(), strict=True))
    if cover:
        margins |= {side: twips(size * POINTS) for side, size in COVER_MARGINS.items()}
    edges = {"header": twips(header_top(draft.theme)), "footer": twips(page.footer * POINTS - DESCENT)}
    if cover:
        edges = {"header": margins["top"] // 2, "footer": margins["bottom"] // 2}
    return w(
        "sectPr",
        *_furniture(draft, stretch, ["first"] if cover else _sides(draft.theme)),
        note_numbers(),
        w("type", val="oddPage" if stretch.odd else "nextPage"),
        w("pgSz", w=twips(width * POINTS), h=twips(height * POINTS), **turned),
        w("pgMar", **margins, **edges, gutter=0),
        _page_numbers(stretch),
        w("cols", space=425),
        w("titlePg") if cover else None,
        w("docGrid", type="lines", linePitch=twips(draft.theme.roles["body"].leading)),
    )


def _grid_slack(theme: Theme) -> int:
    """Twips that a page of just so many lines needs more: LibreOffice rounds its height, and would lose a line."""
    over = twips(text_height(theme)) % twips(theme.roles["body"].leading)
    return max(0, _SLACK - over)


def _sides(theme: Theme) -> list[Page]:
    """The pages of a section that have headers and folios of their own: `default` are all, or the odd ones."""
    return ["even", "default"] if theme.setting.sides == "two" else ["default"]


def _page_numbers(stretch: Stretch) -> Element | None:
    if stretch.folio == "none":
        return None
    kind = "upperRoman" if stretch.folio == "roman" else "decimal"
    return w("pgNumType", fmt=kind, **({"start": 1} if stretch.restart else {}))


def _furniture(draft: Draft, stretch: Stretch, pages: list[Page]) -> Iterator[Element]:
    """What stands above and below the text, for each kind of page."""
    for page in pages:
        part, relation = draft.document.part.add_header_part()  # type: ignore[no-untyped-call]
        _fill(part, _header(draft, stretch, page))
        yield related("headerReference", relation, type=page)
    if draft.folio == stretch.folio:
        return
    draft.folio = "" if stretch.part.role == "cover" else stretch.folio
    for page in pages:
        part, relation = draft.document.part.add_footer_part()  # type: ignore[no-untyped-call]
        _fill(part, _folio(draft, stretch, page))
        yield related("footerReference", relation, type=page)


def _header(draft: Draft, stretch: Stretch, page: Page) -> Element:
    """The report's title at the left; at the right the chapter, as a STYLEREF field that follows the text. Where there
    is no room for both, the chapter alone; where pages have two sides, each on its own, as in the PDF."""
    if not draft.theme.masters.get(stretch.part.role, Master()).header:
        return paragraph("Break" if page == "first" else "HeaderBlank")
    element = paragraph("Header", _wide_tabs(draft) if stretch.landscape else None)
    wide = text_width(draft.theme, landscape=stretch.landscape) / draft.theme.roles["running-header"].size
    title, chapter = draft.content.front.title, max(_chapters(stretch), key=ems)
    if page == "even":
        element.extend(_title(title, wide))
        return element
    if len({draft.heading_number(heading) is None for heading in stretch.chapters}) > 1:
        element.extend(_title(title, wide))  # no one field finds chapters with numbers and those without
        return element
    if draft.theme.setting.sides == "one" and ems(title) + APART + ems(chapter) <= wide:
        element.extend(_title(title, wide))
    element.append(text_run("\t"))
    element.extend(_chapter(draft, stretch) if ems(chapter) <= wide else text_runs(_cut(chapter, wide)))
    return element


def _title(title: str, wide: float) -> Iterator[Element]:
    """The title as a field: an editor who alters it does so once, in the file's properties. Cut short, it is words."""
    cut = _cut(title, wide)
    yield from field("TITLE", text_runs(title)) if cut == title else text_runs(cut)


def _cut(text: str, wide: float) -> str:
    """The text, or as much of it as there is room for."""
    if ems(text) <= wide:
        return text
    while ems(text) + len(CUT) > wide:
        text = text[:-1]
    return text + CUT


def _chapters(stretch: Stretch) -> list[str]:
    """What the header names on one page or another."""
    return [heading.number + plain(heading.inlines) for heading in stretch.chapters] or [stretch.part.title]


def _wide_tabs(draft: Draft) -> Element:
    """The right end of the header of a page that lies across."""
    clear = w("tab", val="clear", pos=twips(text_width(draft.theme)))
    return w("tabs", clear, w("tab", val="right", pos=twips(text_width(draft.theme, landscape=True))))


def _chapter(draft: Draft, stretch: Stretch) -> Iterator[Element]:
    """`STYLEREF 1` is heading 1 in every language of Word; \\n brings its number. Where chapters follow on, the fields
    are empty until Word fills them page by page: LibreOffice would show what they hold on all pages."""
    if not stretch.chapters:
        yield from text_runs(stretch.part.title)
        return
    heading, several = stretch.chapters[0], len(stretch.chapters) > 1
    number, words = ("", "") if several else (heading.number, plain(heading.inlines))
    if draft.heading_number(heading) is not None:
        yield from field("STYLEREF 1 \\n", text_runs(number))
        yield from field("STYLEREF 1", text_runs(words))
    else:
        yield from field('STYLEREF "标题 1 无编号"', text_runs(number + words))


def _folio(draft: Draft, stretch: Stretch, page: Page) -> Element:
    """The page's number: where the theme sets it, or at the outer edge where pages have two sides."""
    sides = {"even": "left", "default": "right"} if draft.theme.setting.sides == "two" else {}
    if page == "first":
        return paragraph("Break")
    folio = paragraph("Footer", w("jc", val=sides[page]) if page in sides else None)
    if stretch.folio != "none":
        folio.extend(field("PAGE", [text_run("I" if stretch.folio == "roman" else "1")]))
    return folio


def _fill(part: StoryPart, content: Element) -> None:
    for child in list(part.element):
        part.element.remove(child)
    part.element.append(content)
