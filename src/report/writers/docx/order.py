"""The order in which the PDF shows blocks: figures and tables that it moved on stand at the same place in Word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from report.content.nodes import Block, Box, Content, Figure, Heading, ListBlock, Paragraph, Part, Quote, Table
from report.content.walk import plain

Line = tuple[str, str]  # role and words
_MARKS = re.compile(r"[\s①-⑳㉑-㊿]+")
_ASIDE = ("contents-", "running-", "note", "folio")  # roles of lines that are not the text's own
_ENOUGH = 8  # characters that tell the beginning of a block
_LABEL = 4  # characters that a list's label may put before them


def as_shown(content: Content, layout: Mapping[str, Any]) -> Content:
    """The content with its numbered figures and tables after the block that they follow in the PDF.

    Word cannot let a captioned picture move to the next page while the text goes on before it; a picture that does
    not fit would leave a hole. A part whose blocks are not all found in the layout stays as it is.
    """
    lines = [
        (line["role"], _MARKS.sub("", line["text"]))
        for page in layout["pages"]
        for line in sorted(page["lines"], key=lambda line: float(line["y"]))
        if not line["role"].startswith(_ASIDE)
    ]
    parts = tuple(_with(part, _ordered(part.blocks, lines, content.labels)) for part in content.parts)
    return content.changed({"parts": parts})


def _with(part: Part, blocks: tuple[Block, ...]) -> Part:
    return part.changed({"blocks": blocks}) if part.role == "body" else part


def _ordered(blocks: Sequence[Block], lines: Sequence[Line], labels: Mapping[str, str]) -> tuple[Block, ...]:
    places = _places(blocks, lines, labels)
    if places is None:
        return tuple(blocks)
    order = sorted(range(len(blocks)), key=lambda i: (places[i], i))
    return tuple(blocks[i] for i in order)


def _places(blocks: Sequence[Block], lines: Sequence[Line], labels: Mapping[str, str]) -> list[float] | None:
    """Where each block begins among the lines; None where one is not found or figures would change places."""
    places: list[float] = []
    fixed = -1
    movable: list[int] = []
    captions = [(i, *line) for i, line in enumerate(lines) if line[0].startswith("caption-")]
    for block in blocks:
        if isinstance(block, Figure | Table) and block.number:
            found = _caption(block, captions, labels)
            movable.append(-1 if found is None else found)
        else:
            words = _MARKS.sub("", _opening(block))[:_ENOUGH]
            found = _find(words, _role(block), lines, fixed + 1)
            fixed = -1 if found is None else found
        if found is None:
            return None
        places.append(found)
    return places if movable == sorted(movable) else None


def _find(words: str, role: str, lines: Sequence[Line], start: int) -> int | None:
    """The first line from `start` on that begins with the words, in the role ("" for any)."""
    reach = len(words) + _LABEL
    return next(
        (i for i in range(start, len(lines)) if role in ("", lines[i][0]) and words in lines[i][1][:reach]), None
    )


def _role(block: Block) -> str:
    match block:
        case Heading(level=level):
            return f"heading-{level}"
        case Paragraph(role=role):
            return role
        case _:
            return ""


def _caption(block: Figure | Table, captions: Sequence[tuple[int, str, str]], labels: Mapping[str, str]) -> int | None:
    """The line of a caption: 图1 and its first words."""
    label = labels.get(block.type, {"figure": "图", "table": "表"}[block.type])
    words = f"{label}{block.number}{_MARKS.sub('', plain(block.caption))}"[: _ENOUGH + 2]
    role = f"caption-{block.type}"
    return next((i for i, where, text in captions if where == role and text.startswith(words[: len(text)])), None)


def _opening(block: Block) -> str:
    """The words a block begins with."""
    match block:
        case Heading(number=number, inlines=inlines):
            return number + plain(inlines)
        case Paragraph(inlines=inlines):
            return plain(inlines)
        case Box(title=title):
            return plain(title)
        case Quote(blocks=inner) | ListBlock(items=(inner, *_)):
            return _opening(inner[0]) if inner else ""
        case Table(head=head, rows=rows):
            return plain([*head, *rows][0][0].inlines)
        case _:
            return ""
