"""The passages of a report in reading order, each with the place where it stands and the values it prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from report.content.nodes import (
    Block,
    Content,
    Direction,
    Figure,
    Heading,
    Inline,
    Inlines,
    NoteMark,
    Part,
    PartRole,
    Table,
    Value,
)
from report.content.walk import deep, plain, runs_in

GENERATED: tuple[PartRole, ...] = ("annex", "sources")  # parts that follow from values and sources
ROLES: dict[PartRole, str] = {
    "cover": "封面", "series": "系列页", "abstract": "摘要", "contents": "目录", "body": "正文", "annex": "附录",
    "sources": "参考文献", "closing": "封底",
}  # fmt: skip
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Told(NamedTuple):
    """One passage: its part's role; `where` it stands, chapter, section and row of a table in full (一、规模　（二）
    人员　表2“台数”一行); `near`, the same in short (一（二）　表2); its text without note marks; its values' names."""

    part: PartRole
    where: str
    near: str
    text: str
    values: tuple[str, ...]


def passages_of(content: Content) -> Iterator[Told]:
    """Every passage that says something, a note behind the passage in which its mark stands."""
    for part in content.parts:
        yield from _part(part, content)


@dataclass
class _Place:
    """The headings above a passage, and which notes have been marked under them."""

    part: str
    chapter: Heading | None = None
    section: Heading | None = None
    notes: list[str] = field(default_factory=list)

    def enter(self, heading: Heading) -> None:
        self.notes = []
        if heading.level == 1:
            self.chapter, self.section = heading, None
        elif heading.level == 2:
            self.section = heading

    @property
    def full(self) -> str:
        heads = [heading.number + plain(heading.inlines) for heading in (self.chapter, self.section) if heading]
        return "　".join(heads) or self.part

    @property
    def near(self) -> str:
        if self.chapter is None:
            return self.part
        if not self.chapter.number:
            return plain(self.chapter.inlines)
        return self.chapter.number.rstrip("、") + (self.section.number if self.section else "")


def _part(part: Part, content: Content) -> Iterator[Told]:
    place = _Place(ROLES[part.role])
    for block in deep(part.blocks):
        if isinstance(block, Heading):
            place.enter(block)
        for inlines, inside in _runs(block, content):
            if inlines:
                yield _told(part.role, place, inside, inlines)
            yield from _notes(part.role, place, inlines, content)


def _runs(block: Block, content: Content) -> Iterator[tuple[Inlines, str]]:
    """The block's own runs, each with what it stands in there: 图2, 表1, 表1“台数”一行; "" in plain text."""
    name = ""
    if isinstance(block, Figure | Table) and block.number:
        name = f"{content.labels.get(block.type, '图' if isinstance(block, Figure) else '表')}{block.number}"
    if isinstance(block, Table) and name:
        yield block.caption, name
        yield from ((cell.inlines, name) for row in block.head for cell in row)
        for row in block.rows:
            yield from ((cell.inlines, f"{name}“{plain(row[0].inlines)}”一行") for cell in row)
        yield from ((note, name) for note in block.notes)
        yield block.source, name
    else:
        yield from ((inlines, name) for inlines in runs_in(block))


def _notes(role: PartRole, place: _Place, inlines: Sequence[Inline], content: Content) -> Iterator[Told]:
    for mark in inlines:
        if isinstance(mark, NoteMark) and mark.note in content.notes and mark.note not in place.notes:
            place.notes.append(mark.note)
            count = len(place.notes)
            number = _CIRCLED[count - 1] if count <= len(_CIRCLED) else str(count)
            yield _told(role, place, f"注{number}", content.notes[mark.note].inlines)


def _told(role: PartRole, place: _Place, inside: str, inlines: Inlines) -> Told:
    names = dict.fromkeys(name for inline in inlines for name in _named(inline))
    where, near = ("　".join(filter(None, (head, inside))) for head in (place.full, place.near))
    return Told(role, where, near, plain(inlines), tuple(names))


def _named(inline: Inline) -> tuple[str, ...]:
    """The values that an inline prints or speaks of."""
    match inline:
        case Value():
            return (inline.name,)
        case Direction():
            return inline.values
        case _:
            return ()
