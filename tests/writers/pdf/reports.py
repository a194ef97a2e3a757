"""Made-up reports for property tests: chapters of random blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from report.content.nodes import Block, Box, Column, Content, Figure, ListBlock, Note, NoteMark, Part, Table

from .sample import content, decimal_table, heading, paragraph, prose, row, text


@dataclass(frozen=True)
class Made:
    """A made-up report."""

    content: Content


@st.composite
def reports(draw: st.DrawFn) -> Made:
    """Chapters of random blocks; each note has one mark; a heading is always followed by text."""
    notes: dict[str, Note] = {}
    blocks: list[Block] = []
    for index in range(draw(st.integers(1, 3))):
        blocks.append(heading(1, f"c{index}", f"{'一二三'[index]}、", "港口"))
        for number in range(draw(st.integers(1, 9))):
            blocks += _some(draw, f"{index}-{number}", notes)
    return Made(content([Part(role="body", blocks=tuple(blocks))], notes))


def _some(draw: st.DrawFn, key: str, notes: dict[str, Note]) -> list[Block]:
    kind = draw(st.sampled_from(["text", "text", "text", "heading", "figure", "table", "box", "list", "long"]))
    if kind == "list":
        return [ListBlock(ordered=True, items=tuple((paragraph(prose(i, 2)),) for i in range(draw(st.integers(1, 6)))))]
    if kind == "long":
        return [_long_table(draw, key)]
    words = paragraph(*_words(draw, key, notes))
    if kind == "heading":
        level = draw(st.integers(2, 3))
        return [heading(level, f"h{key}", "（一）" if level == 2 else "1.", "泊位"), words]
    if kind == "figure":
        chart = draw(st.sampled_from(["low", "middle", "tall"]))
        return [words, Figure(id=f"f{key}", number=1, chart=chart, caption=text("图题"), source=text("来源"), alt="图")]
    if kind == "table":
        return [words, decimal_table(f"t{key}", 1, _note(draw, f"{key}t", notes))]
    if kind == "box":
        return [Box(title=text("提示"), blocks=(words, paragraph(prose(3, draw(st.integers(1, 12))))))]
    return [words]


def _words(draw: st.DrawFn, key: str, notes: dict[str, Note]) -> Iterator[str | NoteMark]:
    for part in range(draw(st.integers(1, 4))):
        yield prose(draw(st.integers(0, 15)), draw(st.integers(1, 3)))
        if draw(st.booleans()):
            yield NoteMark(note=_note(draw, f"{key}n{part}", notes))


def _note(draw: st.DrawFn, key: str, notes: dict[str, Note]) -> str:
    notes[key] = Note(inlines=text(prose(draw(st.integers(0, 15)), draw(st.sampled_from([1, 1, 1, 2, 9, 40])))))
    return key


def _long_table(draw: st.DrawFn, key: str) -> Table:
    rows = draw(st.integers(2, 70))
    return Table(
        id=f"l{key}", number=2, caption=text("长表"), columns=(Column(width=1), Column(width=2)),
        head=(row("项", "说明"),), rows=tuple(row(f"第{i}项", prose(i, 1 + i % 3)) for i in range(rows)),
        source=text("来源"), style=draw(st.sampled_from(["", "annex"])),
    )
