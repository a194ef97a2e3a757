"""Blocks as HTML, part by part; a chapter's notes stand at its end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import assert_never

from markupsafe import Markup

from report.content.columns import NUMBER, alignments, decimal_tails
from report.content.grid import Place, place_cells, spreads
from report.content.labels import numbered
from report.content.nodes import (
    Block,
    Box,
    Cell,
    Content,
    Contents,
    Figure,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Part,
    Quote,
    Table,
    Text,
)  # fmt: skip
from report.content.seams import bonds, words
from report.content.walk import entries, plain
from report.errors import ReportError
from report.theme.widths import Wish, fit_columns
from report.writers.html.inlines import InlineSetter, circled, ems, is_short, ringed

JOIN = Markup("\n")
NOTE = (
    '<li id=".note-{0}" class="note">'
    '<a class="back" href="#.mark-{0}" role="doc-backlink" aria-label="{1}：{2}">{4}</a> <span>{3}</span></li>'
)
# Where a line of a title may well end: before 与, 及 and 暨 (but not in 参与, 以及 …), after a colon or a dash.
SEAM = re.compile("(?<![参给赋授])(?=与)|(?<![以普涉])(?=及)|(?=暨)|(?<=[：—])(?!—)")
WIDTH = re.compile('<svg [^>]*viewBox="0 0 ([0-9.]+) ')
MEASURE = 43.0  # em of a table's text: how wide the page is where it is not narrow (page.css)
LEAST, SIDES = 4.0, 1.5  # em: what a column keeps; the white beside its text
CAPTION = '<figcaption class="caption-table">{}{}</figcaption>'
UNDER_LOGO = ("cover-logo", "cover-issuer", "cover-author", "cover-date")  # what may be the first line under the logo
# Paragraphs that head a page without being headings of the tree.
TITLES = {"cover-title": ("h1", ""), "front-title": ("p", ' role="heading" aria-level="2"')}


class PageSetter:
    """Sets the parts of one content tree. `pictures` are the charts, `narrow` those for a phone; `used` names every
    value met so far."""

    def __init__(self, content: Content, pictures: Mapping[str, str], narrow: Mapping[str, str]) -> None:
        self.content = content
        self.pictures, self.narrow = pictures, narrow
        self.inlines = InlineSetter()
        self.logo = Markup("")  # what stands on the cover above the first of these lines

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
        self.inlines.notes = {}
        body = self.blocks(tuple(blocks))
        return body + self._notes()

    def _notes(self) -> Markup:
        rows = []
        for number, (note, name) in enumerate(tuple(self.inlines.notes.items()), 1):
            text = self.inlines.set(self.content.notes[note].inlines)
            rows.append(Markup(NOTE).format(name, circled(number), self.content.labels["back"], text, ringed(number)))
        if not rows:
            return Markup("")
        row = '\n<section class="notes" role="doc-endnotes" aria-label="{}"><ol>\n{}\n</ol></section>'
        return Markup(row).format(self.content.labels["notes"], JOIN.join(rows))

    def blocks(self, blocks: tuple[Block, ...]) -> Markup:
        """Blocks as HTML, one a line."""
        return JOIN.join(self._block(block) for block in blocks)

    def _block(self, block: Block) -> Markup:
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block)
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
                return self._entries(block)
            case _:
                assert_never(block)

    def _paragraph(self, block: Paragraph) -> Markup:
        tag, attributes = TITLES.get(block.role, ("p", ""))
        logo, self.logo = (self.logo, Markup("")) if block.role in UNDER_LOGO else (Markup(""), self.logo)
        label, inlines = numbered(block.inlines) if block.role == "reference" else ("", block.inlines)
        text = self.inlines.set(inlines)
        if label:
            text = Markup('<span class="entry">{}</span>').format(label) + text
        if block.role == "cover-title":
            text = Markup("").join(self._title(inline) for inline in block.inlines)
        return logo + Markup(f'<{tag} class="{{}}"{attributes}>{{}}</{tag}>').format(block.role, text)

    def _title(self, inline: Inline) -> Markup:
        return self.title(inline.text) if isinstance(inline, Text) else self.inlines.set((inline,))

    def title(self, text: str) -> Markup:
        """The words of the report's title, which end a line where they should."""
        return phrases(text, bonds(text, self.content))

    def _heading(self, block: Heading) -> Markup:
        level = block.level + 1  # the title of the page is its h1
        number = Markup('<span class="number">{}</span>').format(block.number) if block.number else ""
        row = Markup(f'<h{level} id="{{}}" class="heading-{block.level}">{{}}{{}}</h{level}>')
        return row.format(block.id, number, self.inlines.set(block.inlines))

    def _entries(self, block: Contents) -> Markup:
        """A list of figures or tables; that of headings is the page's sidebar."""
        if block.kind == "headings":
            return Markup("")
        row = Markup('<li><a href="#{}">{}</a></li>')
        lines = (row.format(entry.id, entry.text) for entry in entries(self.content, block))
        return Markup('<ol class="entries captions">\n{}\n</ol>').format(JOIN.join(lines))

    def _list(self, block: ListBlock) -> Markup:
        tag = "ol" if block.ordered else "ul"
        items = JOIN.join(Markup("<li>{}</li>").format(self.blocks(item)) for item in block.items)
        return Markup(f'<{tag} class="list">{{}}</{tag}>').format(items)

    def _box(self, block: Box) -> Markup:
        title = self.inlines.set(block.title)
        row = '<aside class="box" aria-label="{}"><p class="box-title">{}</p>\n{}</aside>'
        return Markup(row).format(plain(block.title), title, self.blocks(block.blocks))

    def _figure(self, block: Figure) -> Markup:
        row = (
            '<figure id="{id}" class="figure">'
            '<div class="chart{phone}" style="--drawn:{drawn}" tabindex="0" role="group" aria-label="{name}">{svg}'
            "</div>{narrow}\n"
            '<figcaption><p class="caption-figure">{name}　{caption}</p><p class="source-note">{source}</p>'
            "</figcaption></figure>"
        )
        if block.chart not in self.pictures:
            raise ReportError(f"图 {block.id}", f"没有图表 {block.chart}", "检查 charts.yaml 里的名字")
        picture, narrow = self.pictures[block.chart], self.narrow.get(block.chart, "")
        return Markup(row).format(
            id=block.id, svg=Markup(picture), drawn=_drawn_width(picture), phone=" wide" if narrow else "",
            narrow=Markup('\n<div class="narrow">{}</div>').format(Markup(narrow)) if narrow else "",
            name=f"{self.content.labels['figure']}{block.number}", caption=self.inlines.set(block.caption),
            source=self.inlines.set(block.source),
        )  # fmt: skip

    def _table(self, block: Table) -> Markup:
        name = f"{self.content.labels['table']}{block.number}" if block.number else ""
        caption = self.inlines.set(block.caption)
        row = (
            '<figure id="{id}" class="table {style}">{caption}\n'
            '<div class="scroll" tabindex="0" role="group" aria-label="{name}">'
            '<table style="--columns:{count}">{columns}\n'
            "<thead>{head}</thead>\n<tbody>{rows}</tbody></table></div>\n{source}</figure>"
        )
        return Markup(row).format(
            id=block.id, style="across" if block.landscape else block.style,
            name=name or plain(block.head[0][0].inlines),
            caption=Markup(CAPTION).format(f"{name}　" if name else "", caption) if name or caption else "",
            columns=_columns(block),
            count=len(block.columns),
            head=self._rows(block, block.head, head=True), rows=self._rows(block, block.rows, head=False),
            source=self._under(block),
        )  # fmt: skip

    def _under(self, block: Table) -> Markup:
        """The notes of a table, then its source."""
        row = Markup('<p class="source-note">{}</p>')
        return JOIN.join(row.format(self.inlines.set(inlines)) for inlines in (*block.notes, block.source) if inlines)

    def _rows(self, block: Table, rows: tuple[tuple[Cell, ...], ...], *, head: bool) -> Markup:
        columns = Columns(block)
        grid = place_cells(rows, len(block.columns), f"表 {block.id}")
        return JOIN.join(
            Markup("<tr>{}</tr>").format(Markup("").join(self._cell(columns, place, head=head) for place in row))
            for row in grid
        )

    def _cell(self, columns: Columns, place: Place, *, head: bool) -> Markup:
        """A cell; outside the head that of the first column names the row."""
        cell = place.cell
        tag = "th" if head or place.column == 0 else "td"
        spans = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (cell.rows > 1)
        row = Markup(f'<{tag}{_scope(place, head=head) if tag == "th" else ""}{spans} class="{{}}">{{}}{{}}</{tag}>')
        look = columns.align(place, head=head) + " short" * is_short(plain(cell.inlines))
        return row.format(look, self.inlines.set(cell.inlines), columns.pad(place, head=head))


class Columns:
    """The columns of one table: how their cells are aligned, and what each figure lacks behind its point."""

    def __init__(self, table: Table) -> None:
        self.aligns = alignments(table)
        self.tails = decimal_tails(table)

    def align(self, place: Place, *, head: bool) -> str:
        """The class of a cell; one that spans columns stands in their middle."""
        align = self.aligns[place.column]
        return "center" if spreads(place.cell, place.column, head=head) else align

    def pad(self, place: Place, *, head: bool) -> Markup:
        """Room for the digits that a figure lacks, so that the points of a column stand below each other: a copy of
        the longest tail's rest, which CSS sets unseen."""
        longest = self.tails[place.column]
        found = NUMBER.search(plain(place.cell.inlines))
        if head or place.cell.columns > 1 or found is None or self.aligns[place.column] != "decimal":
            return Markup("")
        rest = longest[len(found.group(1) or "") :]
        return Markup('<span class="pad" data-rest="{}"></span>').format(rest) if rest else Markup("")


def _scope(place: Place, *, head: bool) -> str:
    """What a head cell names: its column, or its row, or several of them."""
    if head:
        return ' scope="colgroup"' if place.cell.columns > 1 else ' scope="col"'
    return ' scope="rowgroup"' if place.cell.rows > 1 else ' scope="row"'


def phrases(title: str, held: tuple[float, ...]) -> Markup:
    """A title in pieces that are kept whole while a line can hold them, and those in words; `held`: its bonds."""
    cuts = [0, *(found.start() for found in SEAM.finditer(title)), len(title)]
    pieces = [(title[start:end], held[start : end - 1]) for start, end in pairwise(cuts) if start < end]
    return Markup("").join(Markup('<span class="phrase">{}</span>').format(_in_words(*piece)) for piece in pieces)


def _in_words(piece: str, held: tuple[float, ...]) -> Markup | str:
    parts = words(piece, held)
    return Markup("").join(Markup("<span>{}</span>").format(part) for part in parts) if len(parts) > 1 else piece


def _drawn_width(picture: str) -> str:
    """How wide a chart was drawn, in its own units: "0" for a picture that does not say."""
    found = WIDTH.search(picture)
    return found[1] if found else "0"


def _columns(block: Table) -> Markup:
    """The widths that the table asks for, as far as they break no line that need not be; nothing where it leaves all
    to the browser."""
    if not any(column.width for column in block.columns):
        return Markup("")
    widest = [LEAST] * len(block.columns)
    for place in (place for rows in (block.head, block.rows) for row in place_cells(rows, len(widest), block.id)
                  for place in row if place.cell.columns == 1):
        widest[place.column] = max(widest[place.column], ems(plain(place.cell.inlines)))
    wishes = [
        Wish(natural + SIDES, min(natural, LEAST) + SIDES, natural, SIDES, column.width)
        for natural, column in zip(widest, block.columns, strict=True)
    ]
    fit = fit_columns(lambda _: wishes, lambda _: 0.0, MEASURE, 1.0)
    shares = fit.widths if fit else [column.width for column in block.columns]
    widths = (f'<col style="width:{100 * share / sum(shares):.4g}%">' for share in shares)
    return Markup("<colgroup>" + "".join(widths) + "</colgroup>")
