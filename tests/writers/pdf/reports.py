"""Made-up reports for property tests: chapters of random blocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from report.content.nodes import (
    Block,
    Box,
    Column,
    Content,
    Contents,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Note,
    NoteMark,
    PageRef,
    Part,
    Quote,
    Table,
)

from .sample import content, decimal_table, heading, paragraph, prose, row, text

KINDS = ("text", "text", "text", "section", "section", "figure", "table", "box", "list", "long", "across", "quote")


@dataclass(frozen=True)
class Made:
    """A made-up report."""

    content: Content

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks of its body."""
        return self.content.parts[-1].blocks


class _Maker:
    """Draws blocks; `notes` gathers their footnotes, `anchors` what a reference may lead to."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.notes: dict[str, Note] = {}
        self.anchors: list[str] = []
        self.figures = self.tables = 0

    # ------------------------------------------------------------ words

    def words(self) -> Iterator[Inline | str]:
        """A paragraph's words, with notes and references to pages here and there."""
        for _ in range(self.draw(st.integers(1, 4))):
            yield prose(self.draw(st.integers(0, 15)), self.draw(st.integers(1, 3)))
            match self.draw(st.integers(0, 3)):
                case 0 | 1:
                    yield NoteMark(note=self.note())
                case 2 if self.anchors:
                    yield PageRef(target=self.draw(st.sampled_from(self.anchors)))

    def note(self) -> str:
        """A new note, short as a rule."""
        key = f"n{len(self.notes)}"
        length = self.draw(st.sampled_from([1, 1, 1, 1, 2, 9, 40]))
        self.notes[key] = Note(inlines=text(prose(self.draw(st.integers(0, 15)), length)))
        return key

    def maybe_noted(self, words: str) -> tuple[Inline, ...]:
        """Words, one time in four with a note."""
        return (*text(words), NoteMark(note=self.note())) if self.draw(st.integers(0, 3)) == 0 else text(words)

    # ------------------------------------------------------------ blocks

    def chapter(self, index: int) -> Iterator[Block]:
        """A chapter."""
        self.anchors.append(f"c{index}")
        yield heading(1, f"c{index}", f"{'一二三'[index]}、", "港口")
        for number in range(self.draw(st.integers(1, 9))):
            kind = self.draw(st.sampled_from(KINDS))
            if kind == "section":
                yield from self.section(f"{index}-{number}")
            else:
                yield from self.some(kind)

    def section(self, key: str) -> Iterator[Block]:
        """One or two headings and what they stand above."""
        levels = self.draw(st.sampled_from([(2,), (3,), (2, 3)]))
        for level in levels:
            self.anchors.append(f"h{key}-{level}")
            words = self.maybe_noted(self.draw(st.sampled_from(["泊位", "泊位与仓储、道路与冷链的时间表和价格" * 2])))
            yield Heading(level=level, id=f"h{key}-{level}", number="（一）" if level == 2 else "1.", inlines=words)
        if self.draw(st.booleans()):
            yield from self.some(self.draw(st.sampled_from(["figure", "table", "long", "across", "box", "list"])))
        yield paragraph(*self.words())

    def some(self, kind: str) -> Iterator[Block]:
        """A block of a kind, sometimes after a paragraph."""
        if kind in ("text", "figure", "table", "across") and self.draw(st.booleans()) or kind == "text":
            yield paragraph(*self.words())
        match kind:
            case "figure":
                yield self.figure()
            case "table":
                self.tables += 1
                self.anchors.append(f"t{self.tables}")
                yield decimal_table(f"t{self.tables}", self.tables, self.note())
            case "long" | "across":
                yield self.table(landscape=kind == "across")
            case "box":
                yield Box(title=self.maybe_noted("提示"), blocks=tuple(self.inner()))
            case "quote":
                yield Quote(blocks=(paragraph(*self.words()),))
            case "list":
                items = tuple((paragraph(*self.words()),) for _ in range(self.draw(st.integers(1, 5))))
                yield ListBlock(ordered=True, items=items)

    def inner(self) -> Iterator[Block]:
        """What stands in a box."""
        yield paragraph(*self.words())
        if self.draw(st.integers(0, 3)) == 0:
            yield self.figure()
        yield paragraph(prose(3, self.draw(st.integers(1, 12))))

    def figure(self) -> Figure:
        """A figure of any height."""
        self.figures += 1
        self.anchors.append(f"f{self.figures}")
        return Figure(id=f"f{self.figures}", number=self.figures, alt="图",
                      chart=self.draw(st.sampled_from(["low", "middle", "tall", "endless"])),
                      caption=self.maybe_noted("图题"), source=text("来源"))

    def table(self, landscape: bool) -> Table:
        """A table of many rows, some of them higher than a page."""
        self.tables += 1
        self.anchors.append(f"t{self.tables}")
        count = self.draw(st.integers(2, 60))
        endless = self.draw(st.sampled_from([-1, -1, -1, 0, count - 1]))
        rows = tuple(row(f"第{i}项", prose(i, 70 if i == endless else 1 + i % 3)) for i in range(count))
        return Table(
            id=f"t{self.tables}", number=self.tables, caption=self.maybe_noted("长表"), landscape=landscape,
            columns=(Column(width=1), Column(width=2)), head=(row("项", "说明"),), rows=rows,
            notes=(text("注：口径见正文。"),) if self.draw(st.booleans()) else (), source=text("来源"),
            style="" if landscape else self.draw(st.sampled_from(["", "annex"])),
        )


@st.composite
def reports(draw: st.DrawFn) -> Made:
    """Contents and chapters of random blocks; each note has one mark."""
    maker = _Maker(draw)
    blocks = [block for index in range(draw(st.integers(1, 3))) for block in maker.chapter(index)]
    lists: list[Block] = [heading(1, "toc", "", "目录"), Contents(levels=3)]
    lists += [Contents(kind="figures")] if maker.figures else []
    lists += [Contents(kind="tables")] if maker.tables else []
    parts = [Part(role="contents", blocks=tuple(lists)), Part(role="body", blocks=tuple(blocks))]
    return Made(content(parts, maker.notes))
