"""The blocks of a document as nodes: headings with their numbers, lists, quotations, captions, tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from report.content.nodes import Block as Node
from report.content.nodes import Heading, Inlines, ListBlock, Paragraph, Quote, Text
from report.content.reprint.tables import cells, make_table
from report.content.reprint.words import Words
from report.sources.chapters import WHOLE
from report.sources.classify import is_row
from report.sources.document import Block, Document
from report.sources.genre import GENRE

WIDE = str.maketrans("()．", "（）.")
SPACED = re.compile(r"[章节節编編篇.\d]$")  # a number that ends so is parted from its title: 第一章　总论
BULLET = re.compile(r"[-*+•]\s*$")
NUMBERED = re.compile(r"([图圖表]+[ \u3000]*[\d一二三四五六七八九十]+(?:[-.－]\d+)?)[ \u3000:：.、]*")
SOURCE = re.compile(r"(?:数据来源|數據來源|资料来源|資料來源|图片来源|圖片來源|来源|來源|注|图源|圖源)[：: ]")

Group = tuple[str, list[Block]]


class Builder:
    """Makes nodes of a document's blocks; the ids of headings and tables count through the book."""

    def __init__(self, document: Document, words: Words, starts: Mapping[int, int]) -> None:
        """`words` knows the document's notes; `starts`: of the block that begins there, the first character to set."""
        self.source, self.words, self.starts = document.source, words, starts
        self._headings = self._tables = 0

    def build(self, blocks: Sequence[Block], role: str = "body") -> tuple[Node, ...]:
        """The nodes of the blocks, plain paragraphs in the role."""
        groups: list[Group] = [(kind, list(group)) for kind, group in groupby(blocks, key=self._kind)]
        nodes: list[Node] = []
        for index, (kind, group) in enumerate(groups):
            above, below = _kind_at(groups, index - 1), _kind_at(groups, index + 1)
            if kind == "row":
                caption = groups[index - 1][1][-1] if above == "caption" else None
                source = groups[index + 1][1][0] if below == "source" else None
                nodes.append(self._table(group, caption, source))
            elif kind == "caption" and below == "row":
                nodes += self._made(kind, group[:-1], role)
            else:
                nodes += self._made(kind, group[1:] if kind == "source" and above == "row" else group, role)
        return tuple(nodes)

    def _kind(self, block: Block) -> str:
        """What a block is made into; neighbours of one kind go together."""
        if block.kind == "caption":
            return "source" if SOURCE.match(block.text) else "caption"
        if block.kind != "paragraph":
            return block.kind
        if is_row(block.text):
            return "row"
        start = block.spans[0][0]
        sign = self.source[self.source.rfind("\n", 0, start) + 1 : start].strip()
        return "quote" if sign.startswith(">") else "item" if BULLET.match(sign) else "paragraph"

    def _made(self, kind: str, group: list[Block], role: str) -> list[Node]:
        match kind:
            case "item":
                return [ListBlock(ordered=False, items=tuple((self._paragraph(one, "body"),) for one in group))]
            case "quote":
                return [Quote(blocks=tuple(self._paragraph(one, "body") for one in group))]
            case "heading":
                return [self.heading(one) for one in group]
            case "caption":
                return [Paragraph(role="caption-figure", inlines=self._caption(one)) for one in group]
            case "source":
                return [self._paragraph(one, "source-note") for one in group]
            case _:
                return [self._paragraph(one, role) for one in group]

    def heading(self, block: Block) -> Heading:
        """A heading with the number that it bears in the source, its brackets in full width."""
        self._headings += 1
        number, start = split_number(block.text)
        inlines = self.words.inlines(block, start)
        return Heading(level=block.level, id=f"section-{self._headings}", number=number, inlines=inlines)

    def _paragraph(self, block: Block, role: str) -> Paragraph:
        return Paragraph(role=role, inlines=self.words.inlines(block, self.starts.get(block.spans[0][0], 0)))

    def _caption(self, block: Block) -> Inlines:
        """A caption as printed: its number, an em, its title."""
        match = NUMBERED.match(block.text)
        if not match or match.end() == len(block.text):
            return self.words.inlines(block)
        label = "".join(match[1].split()) + "\u3000"
        return (Text(text=label), *self.words.inlines(block, match.end()))

    def _table(self, rows: list[Block], caption: Block | None, source: Block | None) -> Node:
        self._tables += 1
        return make_table(
            f"table-{self._tables}",
            [[self.words.inlines(row, start, end) for start, end in cells(row.text)] for row in rows],
            self._caption(caption) if caption else (),
            self.words.inlines(source) if source else (),
        )


def _kind_at(groups: Sequence[Group], index: int) -> str:
    return groups[index][0] if 0 <= index < len(groups) else ""


def split_number(text: str) -> tuple[str, int]:
    """A heading's number as the press prints it, and where its title begins: (一) 概况 gives （一） and 4."""
    forms = (*(form for _, form in GENRE.forms), WHOLE)
    match = next(filter(None, (form.match(text) for form in forms)), None)
    if not match or not match[0].strip("、 ") or not text[match.end() :].strip():
        return "", 0
    number = match[0].strip().translate(WIDE)
    rest = text[match.end() :]
    space = "\u3000" if SPACED.search(number) and not number.endswith(".") else " " if number.endswith(".") else ""
    return number + space, len(text) - len(rest.lstrip())
