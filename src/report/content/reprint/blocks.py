"""The blocks of a document as nodes: headings with their numbers, lists, quotations, captions, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from report.content.nodes import Block as Node
from report.content.nodes import Heading, Inline, Inlines, ListBlock, Paragraph, Quote, Text
from report.content.reprint.outline import bare
from report.content.reprint.tables import cells, grid_rows, make_table
from report.content.reprint.words import Words
from report.sources.chapters import CLOSE, TIGHT, WHOLE
from report.sources.classify import cells_apart, is_row
from report.sources.document import Block, Document
from report.sources.genre import GENRE

WIDE = str.maketrans("()．", "（）.")
SPACED = re.compile(r"(?:[章节節编編篇.\d]|部分)$|^附")  # a number that ends so is parted from its title: 第一章　总论
BULLET = re.compile(r"[-+•]\s*$|\*\s+$")
APPENDIX = re.compile(r"附[录錄件表][ \u3000]?[一二三四五六七八九十\dA-Z]{1,2}(?=[ \u3000：:])")
ITEM = re.compile(r"(\d{1,2})[.．、]\s?(?!\d)")
LONGEST_ITEM = 100  # characters: longer ones are paragraphs that bear a number
NO_PICTURE, NO_TABLE = "〔原图未收〕", "〔原表未收〕"
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
        groups = _grouped([(self._kind(block), block) for block in blocks])
        nodes: list[Node] = []
        for index, (kind, group) in enumerate(groups):
            above, below = _kind_at(groups, index - 1), _kind_at(groups, index + 1)
            if kind == "row":
                caption = groups[index - 1][1][-1] if above == "caption" else None
                source = groups[index + 1][1] if below == "source" else []
                nodes.append(self._table(group, caption, source))
            elif kind == "caption" and below == "row":
                nodes += self._made(kind, group[:-1], role)
            else:
                nodes += [] if kind == "source" and above == "row" else self._made(kind, group, role)
        return tuple(_listed(nodes))

    def _kind(self, block: Block) -> str:
        """What a block is made into; neighbours of one kind go together."""
        if block.kind == "caption":
            return "source" if SOURCE.match(block.text) else "caption"
        if block.kind != "paragraph":
            return block.kind
        if is_row(block.text):
            return "row"
        if len(cells_apart(block.text)) > 1:
            return "apart"
        start = block.spans[0][0]
        sign = self.source[self.source.rfind("\n", 0, start) + 1 : start].lstrip()
        if sign[:6].lower() == "<table":
            return "row"
        return "quote" if sign.startswith(">") else "item" if BULLET.match(sign) else "paragraph"

    def _made(self, kind: str, group: list[Block], role: str) -> list[Node]:
        match kind:
            case "item":
                return [self._list(group)]
            case "quote":
                return [Quote(blocks=tuple(self._paragraph(one, "body") for one in group))]
            case "heading":
                return [self.heading(one) for one in group]
            case "caption":
                return [node for one in group for node in self._without_exhibit(one)]
            case "source":
                return [self._paragraph(one, "source-note") for one in group]
            case _:
                return [self._paragraph(one, role) for one in group]

    def _list(self, group: list[Block]) -> ListBlock:
        """Items as a list; those that stand further in than the first, as lists in the item above them."""
        least, items = self._inset(group[0]), list[list[Block]]()
        for block in group:
            if items and self._inset(block) > least:
                items[-1].append(block)
            else:
                items.append([block])
        return ListBlock(ordered=False, items=tuple(
            (self._paragraph(first, "body"), *([self._list(below)] if below else [])) for first, *below in items
        ))

    def _inset(self, block: Block) -> int:
        """How far in its line begins, in spaces."""
        start = self.source.rfind("\n", 0, block.spans[0][0]) + 1
        line = self.source[start : block.spans[0][0]].expandtabs(4)
        return len(line) - len(line.lstrip())

    def heading(self, block: Block) -> Heading:
        """A heading with the number that it bears in the source, its brackets in full width."""
        self._headings += 1
        number, start = split_number(block.text)
        inlines = self.words.inlines(block, start)
        if bare(block.text[start:]) in GENRE.words("headings"):
            inlines = tuple(_closed(inline) for inline in inlines)
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

    def _without_exhibit(self, block: Block) -> Iterator[Node]:
        """A caption with a line in the place of its picture or table, which the source has lost."""
        caption = Paragraph(role="caption-figure", inlines=self._caption(block))
        if not NUMBERED.match(block.text):
            yield caption
        elif block.text.startswith("表"):
            yield from (caption, Paragraph(role="caption-figure", inlines=(Text(text=NO_TABLE),)))
        else:
            yield from (Paragraph(role="caption-figure", inlines=(Text(text=NO_PICTURE),)), caption)

    def _lines(self, row: Block) -> Iterator[list[tuple[int, int]]]:
        """The rows of cells in a block that is one, or a whole table in HTML."""
        first, end = row.spans[0][0], self.source.find("</table>", row.spans[-1][1])
        start = self.source.rfind("\n", 0, first) + 1
        if self.source[start : start + 6].lower() != "<table":
            yield cells(row.text)
            return
        for line in grid_rows(self.source, start, end):
            yield [(row.index(one), row.index(other)) for one, other in line]

    def _table(self, rows: list[Block], caption: Block | None, source: Sequence[Block]) -> Node:
        self._tables += 1
        return make_table(
            f"table-{self._tables}",
            [[self.words.inlines(row, *cell) for cell in line] for row in rows for line in self._lines(row)],
            self._caption(caption) if caption else (),
            tuple(inline for place, line in enumerate(source) for inline in (
                *([Text(text="\u3000")] if place else []), *self.words.inlines(line)
            )),
        )


def _closed(inline: Inline) -> Inline:
    """Words of a heading typed with space between them: 结　语."""
    return inline.changed({"text": "".join(inline.text.split())}) if isinstance(inline, Text) else inline


def _grouped(kinds: Sequence[tuple[str, Block]]) -> list[Group]:
    """Neighbours of one kind. Lines with wide space in them are a table's rows under a caption, else paragraphs; 注：
    under a table is of its source."""
    found: list[Group] = []
    for kind, block in kinds:
        above = found[-1][0] if found else ""
        if kind == "apart":
            caption = above == "caption" and bool(NUMBERED.match(found[-1][1][-1].text))
            kind = "row" if caption or above == "row" else "paragraph"
        if kind == "paragraph" and above in ("row", "source") and SOURCE.match(block.text):
            kind = "source"
        if kind != above:
            found.append((kind, []))
        found[-1][1].append(block)
    return found


def _listed(nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes with each run of short paragraphs 1. 2. 3. as a list, bullets between them within its items."""
    at = 0
    while at < len(nodes):
        items: list[tuple[Node, ...]] = []
        end = at
        while end < len(nodes) and (item := _item(nodes[end], len(items) + 1)):
            bullets = _bullets(nodes, end + 1, len(items) + 1)
            items.append((item, *bullets))
            end += 1 + len(bullets)
        if len(items) > 1:
            yield ListBlock(ordered=True, items=tuple(items))
        else:
            end = at + 1
            yield nodes[at]
        at = end


def _bullets(nodes: Sequence[Node], index: int, number: int) -> Sequence[Node]:
    """The bulleted list at an index if it belongs to the item of that number before it: the next item follows, or it
    is not the first."""
    if index >= len(nodes) or not isinstance(nodes[index], ListBlock):
        return ()
    follows = index + 1 < len(nodes) and _item(nodes[index + 1], number + 1) is not None
    return nodes[index : index + 1] if follows or number > 1 else ()


def _item(node: Node, number: int) -> Paragraph | None:
    """The paragraph without its number where it is that item of a list, and short; else None."""
    first = node.inlines[0] if isinstance(node, Paragraph) and node.role == "body" and node.inlines else None
    match = ITEM.match(first.text) if isinstance(first, Text) else None
    if not isinstance(node, Paragraph) or not isinstance(first, Text) or not match or int(match[1]) != number:
        return None
    if sum(len(getattr(inline, "text", "")) for inline in node.inlines) > LONGEST_ITEM:
        return None
    rest = first.text[match.end() :]
    return Paragraph(role="body", inlines=(*([first.changed({"text": rest})] if rest else []), *node.inlines[1:]))


def _kind_at(groups: Sequence[Group], index: int) -> str:
    return groups[index][0] if 0 <= index < len(groups) else ""


def split_number(text: str) -> tuple[str, int]:
    """A heading's number as the press prints it, and where its title begins: (一) 概况 gives （一） and 4."""
    forms = (*(form for _, form in GENRE.forms), WHOLE, TIGHT, CLOSE, APPENDIX)
    match = next(filter(None, (form.match(text) for form in forms)), None)
    if not match or not match[0].strip("、 ") or not text[match.end() :].strip():
        return "", 0
    number = match[0].strip().translate(WIDE)
    rest = text[match.end() :]
    space = "\u3000" if SPACED.search(number) and not number.endswith(".") else " " if number.endswith(".") else ""
    return number + space, len(text) - len(rest.lstrip())
