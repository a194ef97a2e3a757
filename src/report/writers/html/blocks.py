"""Blocks as HTML, part by part; a chapter's notes stand at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import assert_never

from markupsafe import Markup

from report.content.nodes import (
    Block,
    Box,
    Cell,
    Content,
    Contents,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Part,
    Quote,
    Table,
)  # fmt: skip
from report.writers.html.inlines import InlineSetter, circled

JOIN = Markup("\n")


class PageSetter:
    """Sets the parts of one content tree. `used` names every value met so far."""

    def __init__(self, content: Content, pictures: Mapping[str, str]) -> None:
        self.content = content
        self.pictures = pictures
        self.inlines = InlineSetter()

    @property
    def used(self) -> tuple[str, ...]:
        return tuple(self.inlines.used)

    def part(self, part: Part) -> Markup:
        """The blocks of a part, each chapter (a heading of level 1) with its notes after it."""
        chapters: list[list[Block]] = [[]]
        for block in part.blocks:
            if isinstance(block, Heading) and block.level == 1:
                chapters.append([])
            chapters[-1].append(block)
        return JOIN.join(self._chapter(blocks) for blocks in chapters if blocks)

    def _chapter(self, blocks: list[Block]) -> Markup:
        self.inlines.notes = []
        body = self.blocks(tuple(blocks))
        return body + self._notes()

    def _notes(self) -> Markup:
        rows = []
        for number, name in enumerate(tuple(self.inlines.notes), 1):
            text = self.inlines.set(self.content.notes[name].inlines)
            row = '<li id="note-{0}"><a class="back" href="#mark-{0}" role="doc-backlink">{1}</a> <span>{2}</span></li>'
            rows.append(Markup(row).format(name, circled(number), text))
        if not rows:
            return Markup("")
        return Markup('\n<ol class="notes" role="doc-endnotes">\n{}\n</ol>').format(JOIN.join(rows))

    def blocks(self, blocks: tuple[Block, ...]) -> Markup:
        """Blocks as HTML, one a line."""
        return JOIN.join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return Markup('<p class="{}">{}</p>').format(block.role, self.inlines.set(block.inlines))
            case ListBlock():
                return self._list(block)
            case Quote():
                return Markup('<blockquote class="quote">{}</blockquote>').format(self.blocks(block.blocks))
            case Box():
                return self._box(block)
            case Figure():
                return self._figure(block)
            case Table():
                return self._table(block)
            case Contents():
                return Markup("")  # the sidebar is the page's contents
            case _:
                assert_never(block)

    def _heading(self, block: Heading) -> Markup:
        level = block.level + 1  # the title of the page is its h1
        number = Markup('<span class="number">{}</span>').format(block.number) if block.number else ""
        row = Markup(f'<h{level} id="{{}}" class="heading-{block.level}">{{}}{{}}</h{level}>')
        return row.format(block.id, number, self.inlines.set(block.inlines))

    def _list(self, block: ListBlock) -> Markup:
        tag = "ol" if block.ordered else "ul"
        items = JOIN.join(Markup("<li>{}</li>").format(self.blocks(item)) for item in block.items)
        return Markup(f'<{tag} class="list">{{}}</{tag}>').format(items)

    def _box(self, block: Box) -> Markup:
        title = self.inlines.set(block.title)
        row = '<aside class="box"><p class="box-title">{}</p>{}</aside>'
        return Markup(row).format(title, self.blocks(block.blocks))

    def _figure(self, block: Figure) -> Markup:
        row = (
            '<figure id="{id}" class="figure"><div class="chart">{svg}</div>\n<figcaption>'
            '<p class="caption-figure">{label}{number}　{caption}</p><p class="source-note">{source}</p>'
            "</figcaption></figure>"
        )
        return Markup(row).format(
            id=block.id, svg=Markup(_inline_svg(self.pictures[block.chart])), label=self.content.labels["figure"],
            number=block.number, caption=self.inlines.set(block.caption), source=self.inlines.set(block.source),
        )  # fmt: skip

    def _table(self, block: Table) -> Markup:
        label = f"{self.content.labels['table']}{block.number}　" if block.number else ""
        head = self._rows(block, block.head, "th")
        rows = self._rows(block, block.rows, "td")
        row = (
            '<figure id="{id}" class="table {style}"><figcaption class="caption-table">{label}{caption}</figcaption>\n'
            '<div class="scroll" tabindex="0"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>\n'
            '<p class="source-note">{source}</p></figure>'
        )
        return Markup(row).format(
            id=block.id, style=block.style, label=label, caption=self.inlines.set(block.caption),
            head=head, rows=rows, source=self.inlines.set(block.source),
        )  # fmt: skip

    def _rows(self, block: Table, rows: tuple[tuple[Cell, ...], ...], tag: str) -> Markup:
        return JOIN.join(Markup("<tr>{}</tr>").format(Markup("").join(self._cells(block, row, tag))) for row in rows)

    def _cells(self, block: Table, row: tuple[Cell, ...], tag: str) -> Iterator[Markup]:
        scope = ' scope="col"' if tag == "th" else ""
        column = 0
        for cell in row:
            spans = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
            align = block.columns[min(column, len(block.columns) - 1)].align
            column += cell.columns
            yield Markup(f'<{tag}{scope}{spans} class="{align}">{{}}</{tag}>').format(self.inlines.set(cell.inlines))


def _inline_svg(document: str) -> str:
    """An SVG document as an element of the page: without the XML declaration and doctype."""
    return re.sub(r"^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE[^>]*>\s*)?", "", document)
