"""The cover: lines placed down the page by the space above them, the date and what follows at its foot."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from report.content.nodes import Block, Inlines, Paragraph, Text
from report.theme.theme import Look
from report.writers.docx.blocks import styled
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import plain
from report.writers.docx.sections import COVER_MARGINS
from report.writers.docx.styles import style_of_role, text_width
from report.writers.docx.tables import ems
from report.writers.docx.units import MM, twips
from report.writers.docx.xml import Element, paragraph, w

_DOWN = {"cover-series": 42.0, "cover-title": 21.0}  # millimetres of white above
_FOOT = ("cover-issuer", "cover-author", "cover-date", "cover-statement")
_RULE_HEIGHT = 16.0  # points: the line of style 封面横线
_SPARE = 24.0  # points kept free at the foot, so that another font does not push the last line off the page


def cover_lines(layout: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """How the PDF breaks the cover's lines, by role: the title is broken at the same words in Word."""
    lines: dict[str, tuple[str, ...]] = {}
    for line in layout["pages"][0]["lines"] if layout["pages"] else ():
        lines[line["role"]] = (*lines.get(line["role"], ()), line["text"])
    return lines


def cover_blocks(draft: Draft, blocks: tuple[Block, ...]) -> Iterator[Element]:
    """The cover's paragraphs. Space is set on the paragraph: it depends on how many lines the title takes."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    slack = _slack(draft, lines)
    foot = next((line for line in lines if line.role in _FOOT), None)
    for line in lines:
        look = draft.theme.roles[line.role]  # type: ignore[index]
        before = slack if line is foot else _DOWN.get(line.role, 0) * MM
        spacing = w("spacing", before=twips(look.before + before)) if before else None
        frame = _frame(look) if line.role == "cover-stamp" else None
        yield styled(draft, style_of_role(line.role), _broken(draft, line), spacing, frame)
        if line.role == "cover-series":
            yield paragraph("CoverRule")


def _frame(look: Look) -> Element:
    """The stamp's place at the top right, beside the serial number."""
    return w("framePr", w=twips(look.size * 4.6), hRule="auto", wrap="around", vAnchor="margin", hAnchor="margin",
             xAlign="right", y=twips(2))  # fmt: skip


def _slack(draft: Draft, lines: list[Paragraph]) -> float:
    """Points between the lines under the title and those at the foot."""
    used = _SPARE
    for line in lines:
        look = draft.theme.roles[line.role]  # type: ignore[index]
        if line.role != "cover-stamp":
            used += look.before + look.after + look.leading * _line_count(draft, line, look)
            used += _DOWN.get(line.role, 0) * MM + (_RULE_HEIGHT if line.role == "cover-series" else 0)
    height = (draft.theme.page.height - COVER_MARGINS["top"] - COVER_MARGINS["bottom"]) * MM
    return max(0.0, height - used)


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
