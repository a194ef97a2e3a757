"""Sections: pages with one running header, one folio and one count; as few as Word needs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from report.content.nodes import Block, Content, Heading, Part, PartRole, Table
from report.content.walk import plain
from report.theme.theme import POINTS, Master, Theme
from report.writers.docx.columns import ems
from report.writers.docx.measures import DESCENT, header_top, text_height, text_width
from report.writers.docx.numbering import FRONT
from report.writers.docx.settings import note_numbers
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, w

COVER_MARGINS = {"top": 24.0, "bottom": 15.0}  # millimetres: the cover stands higher and lower than text
_SLACK = 8  # twips over a whole number of lines that a page's text has at least


@dataclass(frozen=True)
class Stretch:
    """What of one part stands in a section."""

    part: Part
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """Pages with one running header and one count: a part, or chapters of the body and what follows them alike, or a
    table across a page. `chapters` are those that the header may name."""

    stretches: tuple[Stretch, ...]
    chapters: tuple[Heading, ...]
    odd: bool
    header: bool
    folio: str
    restart: bool
    landscape: bool = False

    @property
    def role(self) -> PartRole:
        """The role of the part that the section begins with."""
        return self.stretches[0].part.role

    @property
    def title(self) -> str:
        """What the header shows of a part without chapters."""
        return self.stretches[0].part.title


def sections(content: Content, theme: Theme, counted: Container[str]) -> list[Section]:
    """The report in sections; `counted`: the ids of the headings that Word counts.

    A chapter's style begins its page, where the theme lets chapters begin one; on an odd page only a section's break
    can. Chapters with numbers and without are parted: no one field finds both.
    """
    made: list[Section] = []
    for section in _parted(content, theme, counted):
        pieces = list(_turned(section))
        if made and _goes_on(made[-1], pieces[0], theme, counted):
            one, other = made.pop(), pieces.pop(0)
            made.append(replace(one, stretches=one.stretches + other.stretches, chapters=one.chapters + other.chapters))
        made += pieces
    return made


def _parted(content: Content, theme: Theme, counted: Container[str]) -> Iterator[Section]:
    counting = "none"
    for part in content.parts:
        master = theme.masters.get(part.role, Master())
        for i, blocks in enumerate(_split(part, theme, counted)):
            odd = master.start == "odd" if i == 0 else theme.setting.chapters == "odd"
            restart = master.folio not in ("none", counting)
            counting = counting if master.folio == "none" else master.folio
            yield Section((Stretch(part, blocks),), _chapters(blocks), odd, master.header, master.folio, restart)


def _chapters(blocks: Iterable[Block]) -> tuple[Heading, ...]:
    return tuple(block for block in blocks if isinstance(block, Heading) and block.level == 1)


def _split(part: Part, theme: Theme, counted: Container[str]) -> list[tuple[Block, ...]]:
    """A part's blocks by section: the body's chapters one by one where each begins an odd page, else those together
    that one header can name."""
    if part.role != "body" or theme.setting.chapters == "continuous":
        return [part.blocks]
    pieces: list[list[Block]] = [[]]
    before: tuple[bool, bool] | None = None
    for block in part.blocks:
        if isinstance(block, Heading) and block.level == 1:
            like = (block.id in counted, ems(chapter_name(block)) <= header_width(theme))
            if pieces[-1] and (theme.setting.chapters == "odd" or like != before or not like[1]):
                pieces.append([])
            before = like
        pieces[-1].append(block)
    return [tuple(blocks) for blocks in pieces]


def _turned(section: Section) -> Iterator[Section]:
    """The section in pieces, each table that lies across the page one of its own."""
    [stretch] = section.stretches
    pieces = [(across, tuple(blocks)) for across, blocks in groupby(stretch.blocks, key=_lies_across)]
    for i, (across, blocks) in enumerate(pieces or [(False, ())]):
        piece = replace(section, stretches=(replace(stretch, blocks=blocks),), landscape=across)
        yield piece if i == 0 else replace(piece, odd=False, restart=False)


def _lies_across(block: Block) -> bool:
    return isinstance(block, Table) and block.landscape


def _goes_on(before: Section, section: Section, theme: Theme, counted: Container[str]) -> bool:
    """Whether what stands in a section can stand in the one before it: its pages are alike, and its first heading's
    style begins one."""
    opening = next(iter(section.stretches[0].blocks), None)
    alike = (before.header, before.folio, before.landscape) == (section.header, section.folio, False)
    if not (alike and theme.setting.chapters == "any" and not section.odd and before.chapters and section.header):
        return False
    headings = (*before.chapters, *section.chapters)
    fit = all(ems(chapter_name(heading)) <= header_width(theme) for heading in headings)
    return opening in section.chapters and section.role not in FRONT and fit and not any(
        heading.id in counted for heading in headings)  # fmt: skip


def chapter_name(heading: Heading) -> str:
    """A chapter as the running header names it."""
    return heading.number + plain(heading.inlines)


def header_width(theme: Theme, *, landscape: bool = False) -> float:
    """The room of the running header, in em."""
    return text_width(theme, landscape=landscape) / theme.roles["running-header"].size


def section_properties(theme: Theme, section: Section, furniture: Iterable[Element]) -> Element:
    """The sectPr of a section; `furniture`: the references to its headers and footers."""
    page = theme.page
    cover = section.role == "cover"
    margins = {side: twips(getattr(page, side) * POINTS) for side in ("top", "bottom", "left", "right")}
    margins["bottom"] -= _grid_slack(theme)
    width, height = page.width, page.height
    turned = {"orient": "landscape"} if section.landscape else {}
    if section.landscape:
        width, height = height, width
        margins = dict(zip(("left", "right", "top", "bottom"), margins.values(), strict=True))
    if cover:
        margins |= {side: twips(size * POINTS) for side, size in COVER_MARGINS.items()}
    edges = {"header": twips(header_top(theme)), "footer": twips(page.footer * POINTS - DESCENT)}
    if cover:
        edges = {"header": margins["top"] // 2, "footer": margins["bottom"] // 2}
    return w(
        "sectPr",
        *furniture,
        note_numbers(),
        w("type", val="oddPage" if section.odd else "nextPage"),
        w("pgSz", w=twips(width * POINTS), h=twips(height * POINTS), **turned),
        w("pgMar", **margins, **edges, gutter=0),
        _page_numbers(section),
        w("cols", space=425),
        w("titlePg") if cover else None,
        w("docGrid", type="lines", linePitch=twips(theme.roles["body"].leading)),
    )


def _grid_slack(theme: Theme) -> int:
    """Twips that a page of just so many lines needs more: LibreOffice rounds its height, and would lose a line."""
    over = twips(text_height(theme)) % twips(theme.roles["body"].leading)
    return max(0, _SLACK - over)


def _page_numbers(section: Section) -> Element | None:
    if section.folio == "none":
        return None
    kind = "upperRoman" if section.folio == "roman" else "decimal"
    return w("pgNumType", fmt=kind, **({"start": 1} if section.restart else {}))
