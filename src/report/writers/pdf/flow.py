"""Content blocks as a sequence of units for the page builder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from report.charts.drawing import Drawing
from report.content.nodes import (
    Block,
    Box,
    Contents,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    PartRole,
    Quote,
    Table,
)
from report.errors import ReportError
from report.theme.theme import Role
from report.writers.pdf.layout import PageHeading, Rule, TextLine
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.pictures import placed
from report.writers.pdf.runs import SetText, Typesetter
from report.writers.pdf.tables import TableSetter
from report.writers.pdf.units import Unit, kept, moved, spaced

FRONT: tuple[PartRole, ...] = ("series", "abstract", "contents")  # their headings are front titles, not listed
BULLET, BULLET_SIZE, BULLET_RISE = "●", 0.4, 0.22  # • is a mere dot in Noto; size and rise in em of the text
LABELS = {"figure": "图", "table": "表"}  # where the content brings no words of its own


@dataclass(frozen=True, slots=True)
class Column:
    """Where blocks are set: left edge and width in points, the element they belong to, the role that plain
    paragraphs take there. `item`: in a list item, whose indent the column itself has."""

    x: float
    width: float
    element: int
    role: Role = "body"
    item: bool = False

    def inset(self, left: float, right: float, element: int, role: Role) -> Column:
        """A narrower column inside this one."""
        return Column(self.x + left, self.width - left - right, element, role)


class Flow:
    """Turns the blocks of one part into units."""

    def __init__(self, typesetter: Typesetter, drawings: Mapping[str, Drawing], part: PartRole) -> None:
        self.type, self.drawings, self.part = typesetter, drawings, part
        self.theme, self.structure = typesetter.theme, typesetter.structure
        self.space = self.theme.roles["body"].leading / 4  # above and below figures, tables, boxes and lists
        self._boxes = 0

    def units(self, blocks: Iterable[Block], column: Column) -> list[Unit]:
        """The blocks in order; the first unit of each block is marked."""
        out: list[Unit] = []
        for block in blocks:
            units = self._block(block, column)
            out += [replace(unit, first=index == 0) for index, unit in enumerate(units)]
        return out

    def _block(self, block: Block, column: Column) -> list[Unit]:
        match block:
            case Heading():
                return self._heading(block, column)
            case Paragraph():
                return self._paragraph(block, column)
            case ListBlock():
                return self._list(block, column)
            case Quote():
                return self._quote(block, column)
            case Box():
                return self._box(block, column)
            case Figure():
                return self._figure(block, column)
            case Table():
                return self._table(block, column)
            case Contents():
                raise ReportError("目录", "目录只能放在目录部分", "把它移到 part: contents")

    # ------------------------------------------------------------ text

    def _heading(self, block: Heading, column: Column) -> list[Unit]:
        if block.level not in HEADINGS:
            raise ReportError(f"标题 {block.id}", f"没有第 {block.level} 级标题", "标题只有三级")
        front = self.part in FRONT
        role: Role = "front-title" if front and block.level == 1 else HEADINGS[block.level]
        element = self.structure.heading(block.level, column.element)
        runs = self.type.label(block.number, role, self.structure.plain(element)) if block.number else []
        runs += self.type.runs(block.inlines, role, element)
        units = self._lines(runs, role, column)
        title = "".join(run.text for run in runs if not run.rise)
        keep = self.theme.roles[role].keep_next and self.theme.setting.keep_headings
        chapter = block.level == 1 and not front
        start = {"odd": "odd", "any": "page", "continuous": ""}[self.theme.setting.chapters] if chapter else ""
        units = kept(units, keep)
        units[0] = replace(
            units[0],
            heading=PageHeading(block.level, title, block.id, not front),
            anchor=block.id, start=start, flush=block.level == 1,
        )
        return units

    def _paragraph(self, block: Paragraph, column: Column) -> list[Unit]:
        role = self._role(block.role, column)
        element = self.structure.element("P", column.element)
        units = self._lines(self.type.runs(block.inlines, role, element), role, column)
        return [_fill_in(units[0], column), *units[1:]] if role == "closing-line" else units

    def _role(self, name: str, column: Column) -> Role:
        for role in self.theme.roles:
            if role == name:
                return column.role if role == "body" else role
        raise ReportError(f"段落角色 {name}", "主题里没有这个角色", "可用的角色见 templates/README.md")

    def _lines(self, runs: Sequence[Run], role: Role, column: Column) -> list[Unit]:
        look = self.theme.roles[role]
        measure = Measure.of(look, column.width)
        if column.item and role == column.role:
            measure = Measure(column.width, align=look.align, tracking=look.tracking)
        return self._text(self.type.set(runs, role, measure, x=column.x))

    def _text(self, text: SetText) -> list[Unit]:
        """One unit a line; the first and the last lines of a paragraph stay together (widows, orphans)."""
        look, last = text.look, len(text.lines) - 1
        setting = self.theme.setting
        grid = look.leading == self.theme.roles["body"].leading and not look.keep_next
        units = [
            Unit(
                look.leading, (line,), grid=grid, notes=notes, slack=(look.leading - look.size) / 2,
                keep=index < last and (index < setting.orphans - 1 or index > last - setting.widows),
            )
            for index, (line, notes) in enumerate(zip(text.lines, text.notes, strict=True))
        ]
        units[-1] = replace(units[-1], keep=look.keep_next)
        return spaced(units, look.before, look.after)

    # ------------------------------------------------------------ lists, quotes, boxes

    def _list(self, block: ListBlock, column: Column) -> list[Unit]:
        element = self.structure.element("L", column.element, numbering="Decimal" if block.ordered else "Disc")
        units: list[Unit] = []
        for number, item in enumerate(block.items, 1):
            units += self._item(f"{number}." if block.ordered else "", item, replace(column, element=element))
        return units

    def _item(self, label: str, blocks: Sequence[Block], column: Column) -> list[Unit]:
        """A list item with its label; a bullet where that is ""."""
        role: Role = "list" if column.role == "body" else column.role
        look = self.theme.roles[role]
        em, list_ = look.size, self.theme.roles["list"]
        item = self.structure.element("LI", column.element)
        mark = self.structure.element("Lbl", item)
        [run] = self.type.label(label or BULLET, role, self.structure.plain(mark))
        runs = [run if label else replace(run, size=BULLET_SIZE * em, rise=BULLET_RISE * em)]
        at = Measure(column.width, left=(list_.left + list_.indent) * em, align="left")
        first = self.type.set(runs, role, at, x=column.x).lines[0]
        body = self.structure.element("LBody", item)
        inner = replace(column.inset(list_.left * em, 0, body, role), item=True)
        units = self.units(blocks, inner)
        if not units:
            raise ReportError(f"列表项 {label or BULLET}", "没有内容", "补上文字，或删去这一项")
        return [_labelled(units[0], first), *units[1:]]

    def _quote(self, block: Quote, column: Column) -> list[Unit]:
        element = self.structure.element("BlockQuote", column.element)
        units = self._parted(block.blocks, replace(column, element=element, role="quote"))
        return spaced(units, self.space, self.space)

    def _parted(self, blocks: Sequence[Block], column: Column) -> list[Unit]:
        """Blocks with a little space between them, where their role has no indent to tell paragraphs apart."""
        units = self.units(blocks, column)
        if self.theme.roles[column.role].indent:
            return units
        return [replace(unit, before=unit.before + self.space / 2) if unit.first and index else unit
                for index, unit in enumerate(units)]

    def _box(self, block: Box, column: Column) -> list[Unit]:
        look = self.theme.box
        element = self.structure.element("Sect", column.element)
        inner = column.inset(look.bar + look.padding, look.padding, element, "box-body")
        title = self.structure.element("P", element)
        units = self._lines(self.type.runs(block.title, "box-title", title), "box-title", inner)
        units += self._parted(block.blocks, inner)
        self._boxes += 1
        units = [replace(unit, box=self._boxes, movable=False, first=False) for unit in units]
        units[0] = _padded(units[0], look.padding, 0)
        units[-1] = _padded(units[-1], 0, look.padding)
        return spaced(units, 1.5 * self.space, 1.5 * self.space)

    # ------------------------------------------------------------ figures and tables

    def _figure(self, block: Figure, column: Column) -> list[Unit]:
        if block.chart not in self.drawings:
            raise ReportError(f"图 {block.id}", f"没有图表 {block.chart}", "检查 charts.yaml 里的名字")
        drawing = self.drawings[block.chart]
        element = self.structure.element("Figure", column.element, alt=block.alt or drawing.alt)
        leaf = self.structure.plain(element)
        picture = placed(drawing, (column.x, 0), column.width, leaf, self.type.library)
        units = [Unit(picture.height, (picture,), anchor=block.id)]
        caption = self.structure.element("Caption", element)
        units += self.caption(block, column, caption)
        if block.source:
            units += self.source(block, column)
        units = kept(spaced(units, self.space, self.space))
        units[0] = replace(units[0], movable=True)
        return units

    def _table(self, block: Table, column: Column) -> list[Unit]:
        element = self.structure.element("Table", column.element)
        caption: list[Unit] = []
        if block.caption or block.number:
            node = self.structure.element("Caption", element)
            caption = self.caption(block, column, node)
        again = self._again(block, column)
        setter = TableSetter(self.type, block, element, column.x, column.width)
        rows = setter.units(again)
        source = spaced(self.source(block, column), self.space / 2, 0) if block.source else []
        return self._joined(caption, rows, source, block, column)

    def _again(self, block: Table, column: Column) -> list[Unit]:
        """The caption of a table that goes on overleaf, as an artifact: 续表1　题名."""
        title = "".join(inline.text for inline in block.caption if inline.type != "note-mark")
        if not title:
            return []
        label = f"续{self._label('table')}{block.number or ''}　{title}"
        measure = Measure.of(self.theme.roles["caption-table"], column.width)
        text = self.type.set(self.type.label(label, "caption-table"), "caption-table", measure,
                             x=column.x, artifact="Layout")
        return self._text(text)

    def _joined(
        self, caption: list[Unit], rows: list[list[Unit]], source: list[Unit], block: Table, column: Column
    ) -> list[Unit]:
        """Head, first two rows and caption stay together, so do the last two rows and the source note; a table of
        less than half a page is not cut at all and may move as a figure does."""
        head, *groups = rows
        body = [unit for group in groups for unit in group]
        height = sum(unit.height for unit in [*caption, *head, *body, *source])
        whole = block.style == "" and column.role == "body" and height < HALF * self._page_height()
        if whole:
            units = kept([*caption, *head, *body, *source])
            units[0] = replace(units[0], movable=True)
        else:
            start, end = len(groups[0]) if groups else 0, len(body) - 2
            units = kept([*caption, *head], keep_last=bool(body))
            units += [
                replace(unit, keep=unit.keep or index < start or (end <= index < len(body) - 1))
                for index, unit in enumerate(body[:-1])
            ]
            units += [replace(unit, keep=bool(source)) for unit in body[-1:]] + kept(source)
        units = spaced(units, self.space, self.space)
        units[0] = replace(units[0], anchor=block.id)
        return units

    def _page_height(self) -> float:
        page = self.theme.page
        return (page.height - page.top - page.bottom) * 72 / 25.4

    def caption(self, block: Figure | Table, column: Column, element: int) -> list[Unit]:
        """A caption: kind and number, an em, the title; no number where it is 0."""
        role: Role = "caption-figure" if isinstance(block, Figure) else "caption-table"
        label = f"{self._label(block.type)}{block.number}　" if block.number else ""
        runs = self.type.label(label, role, self.structure.plain(element)) if label else []
        return self._lines([*runs, *self.type.runs(block.caption, role, element)], role, column)

    def _label(self, kind: Literal["figure", "table"]) -> str:
        return self.type.content.labels.get(kind, LABELS[kind])

    def source(self, block: Figure | Table, column: Column) -> list[Unit]:
        """The source note: under a table always from the left, under a figure as the theme has it where it is one
        line."""
        role: Role = "source-note"
        element = self.structure.element("P", column.element)
        runs = self.type.runs(block.source, role, element)
        measure = Measure.of(self.theme.roles[role], column.width)
        long = self.type.natural(runs) > column.width
        if measure.align == "center" and (long or isinstance(block, Table)):
            measure = replace(measure, align="justify")
        return self._text(self.type.set(runs, role, measure, x=column.x))


HEADINGS: dict[int, Role] = {1: "heading-1", 2: "heading-2", 3: "heading-3"}
FILL_IN = 0.55  # of the measure: where the rules of the closing page end
HALF = 0.55  # of the page: the highest table that is never cut


def _labelled(unit: Unit, label: TextLine) -> Unit:
    """The first line of a list item with the item's label before it."""
    line = unit.items[0]
    if not isinstance(line, TextLine):
        return replace(unit, items=(label, *unit.items))
    shift = line.x - label.x
    pieces = tuple(replace(piece, x=piece.x + shift) for piece in line.pieces)
    joined = replace(line, x=label.x, width=line.width + shift, text=label.text + line.text,
                     pieces=label.pieces + pieces)
    return replace(unit, items=(joined, *unit.items[1:]))


def _fill_in(unit: Unit, column: Column) -> Unit:
    """A line of the closing page with a rule to write on after its words."""
    line = unit.items[0]
    assert isinstance(line, TextLine)
    y = line.y + 0.25 * line.size
    rule = Rule(line.end + 0.3 * line.size, y, column.x + FILL_IN * column.width, y, 0.5, "slate")
    return replace(unit, items=(*unit.items, rule))


def _padded(unit: Unit, above: float, below: float) -> Unit:
    items = tuple(moved(item, 0, above) for item in unit.items)
    return replace(unit, height=unit.height + above + below, items=items, slack=0 if below else unit.slack)
