"""The passages of a report in reading order, each with the heading it stands under and the values it prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from report.content.nodes import Content, Direction, Heading, Inline, Inlines, NoteMark, Part, Value
from report.verify.walk import deep, runs_in


class Told(NamedTuple):
    """One passage: the part's role, the heading over it, its text without note marks, the names of its values."""

    part: str
    where: str
    text: str
    values: tuple[str, ...]


def passages_of(content: Content) -> Iterator[Told]:
    """Every passage that says something, parts first, then the notes."""
    for part in content.parts:
        yield from _part(part)
    for name, note in content.notes.items():
        yield _told("note", f"脚注 {name}", note.inlines)


def _part(part: Part) -> Iterator[Told]:
    where = part.title or part.role
    for block in deep(part.blocks):
        if isinstance(block, Heading):
            where = block.number + "".join(inline.text for inline in block.inlines if not isinstance(inline, NoteMark))
        for inlines in runs_in(block):
            if inlines:
                yield _told(part.role, where, inlines)


def _told(part: str, where: str, inlines: Inlines) -> Told:
    text = "".join(inline.text for inline in inlines if not isinstance(inline, NoteMark))
    names = dict.fromkeys(name for inline in inlines for name in _named(inline))
    return Told(part, where, text, tuple(names))


def _named(inline: Inline) -> tuple[str, ...]:
    """The values that an inline prints or speaks of."""
    match inline:
        case Value():
            return (inline.name,)
        case Direction():
            return inline.values
        case _:
            return ()
