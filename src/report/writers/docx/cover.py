"""Cover and closing page: lines placed down the page by the space above them."""

from __future__ import annotations

import math
from base64 import b64decode
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Emu

from report.content.nodes import Block, Inlines, Paragraph, Text
from report.content.walk import plain
from report.errors import ReportError
from report.theme.theme import POINTS, Logo, Look
from report.writers.docx.blocks import blocks as block_elements
from report.writers.docx.blocks import styled
from report.writers.docx.columns import ems
from report.writers.docx.draft import Draft
from report.writers.docx.measures import RULE_LINE, text_height, text_width
from report.writers.docx.sections import COVER_MARGINS
from report.writers.docx.styles import style_of_role
from report.writers.docx.units import emu, twips
from report.writers.docx.xml import Element, add_ordered, paragraph, printable, w

# Where the blocks stand, as shares of the page's height from its top; the foot group ends at its share.
_TOPS = {"cover-series": 0.235, "cover-title": 0.335, "cover-logo": 0.70, "cover-issuer": 0.70}
_FOOT = ("cover-date", "cover-statement")
_FOOT_END = 0.925
_UNDER_LOGO = ("cover-logo", "cover-issuer", "cover-author", "cover-date")  # what may be the first line under the logo
_BELOW_LOGO = 6.0  # points below its picture
_SPARE = 24.0  # points kept free, so that a wider font does not push the last line off the page


def cover_lines(layout: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """How the PDF breaks the cover's lines, by role: the title is broken at the same words in Word."""
    lines: dict[str, tuple[str, ...]] = {}
    for line in layout["pages"][0]["lines"] if layout["pages"] else ():
        lines[line["role"]] = (*lines.get(line["role"], ()), line["text"].strip())
    return lines


def cover_blocks(draft: Draft, blocks: tuple[Block, ...]) -> Iterator[Element]:
    """The cover's paragraphs. Space is set on the paragraph: it depends on how many lines the title takes."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    tops = _TOPS | _foot_top(draft, lines)
    y, logo = COVER_MARGINS["top"] * POINTS, draft.theme.logo
    for line in lines:
        look = _look(draft, line)
        if line.role == "cover-stamp":
            yield styled(draft, style_of_role(line.role), line.inlines, _frame(look))
            continue
        if logo.png and line.role in _UNDER_LOGO:
            white = max(0.0, _TOPS["cover-logo"] * draft.theme.page.height * POINTS - y)
            yield _picture(draft, logo, white)
            y, logo = y + white + logo.height + _BELOW_LOGO, Logo()
        white = max(0.0, tops.pop(line.role, 0.0) * draft.theme.page.height * POINTS - y)
        spacing = w("spacing", before=twips(look.before + white)) if white else None
        yield styled(draft, style_of_role(line.role), _broken(draft, line), spacing)
        y += white + _height(draft, line)
        if line.role == "cover-series":
            yield paragraph("CoverRule")
            y += RULE_LINE


def closing_blocks(draft: Draft, blocks: tuple[Block, ...]) -> Iterator[Element]:
    """The closing page's paragraphs, at its foot; the space stands on the first of them."""
    height = sum(_height(draft, block) for block in blocks if isinstance(block, Paragraph))
    white = max(0.0, text_height(draft.theme) - height - _SPARE)
    for i, element in enumerate(block_elements(draft, blocks, "closing")):
        if i == 0 and white:
            add_ordered(element.find(qn("w:pPr")), w("spacing", before=twips(white)))
        yield element


def _picture(draft: Draft, logo: Logo, white: float) -> Element:
    """The logo's picture as a line of its own, as high as it is."""
    relation, _ = draft.related.picture(draft.document.part, b64decode(logo.png), "封面标志")
    number = draft.next_drawing()
    inline = CT_Inline.new_pic_inline(number, relation, "logo.png", Emu(emu(logo.width)), Emu(emu(logo.height)))
    inline.docPr.set("name", "标志")
    inline.docPr.set("descr", printable(logo.alt))
    spacing = w("spacing", before=twips(white), after=twips(_BELOW_LOGO), line=240, lineRule="auto")
    line = paragraph(style_of_role("cover-logo"), spacing)
    line.append(w("r", w("drawing", inline)))
    return line


def _look(draft: Draft, line: Paragraph) -> Look:
    if look := next((look for role, look in draft.theme.roles.items() if role == line.role), None):
        return look
    raise ReportError("封面", f"封面上不能有 {line.role}", "只用 cover-serial、cover-title 等封面角色的段落")


def _foot_top(draft: Draft, lines: list[Paragraph]) -> dict[str, float]:
    """The first role of the foot group, with the place that lets the group end where it should."""
    foot = [line for line in lines if line.role in _FOOT]
    if not foot:
        return {}
    height = sum(_height(draft, line) for line in foot)
    return {foot[0].role: _FOOT_END - height / (draft.theme.page.height * POINTS)}


def _height(draft: Draft, line: Paragraph) -> float:
    look = _look(draft, line)
    return look.before + look.after + look.leading * _line_count(draft, line, look)


def _frame(look: Look) -> Element:
    """The stamp's place at the top right, beside the serial number."""
    return w("framePr", w=twips(look.size * 4.6), hRule="auto", wrap="around", vAnchor="margin", hAnchor="margin",
             xAlign="right", y=twips(2))  # fmt: skip


def _line_count(draft: Draft, line: Paragraph, look: Look) -> int:
    text = plain(_broken(draft, line))
    measure = text_width(draft.theme)
    return sum(
        max(1, math.ceil((ems(piece) + look.tracking * len(piece)) * look.size / measure)) for piece in text.split("\n")
    )


def _broken(draft: Draft, line: Paragraph) -> Inlines:
    """The words of a cover line, broken where the PDF breaks them."""
    pieces = draft.cover_lines.get(line.role, ())
    if len(pieces) > 1 and "".join(pieces) == plain(line.inlines):
        return (Text(text="\n".join(pieces)),)
    return line.inlines
