"""Content blocks as a sequence of units for the page builder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from report.charts.drawing import Drawing
from report.content.labels import bullet, list_label, numbered
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
from report.content.walk import plain
from report.errors import ReportError
from report.theme.theme import Role
from report.writers.pdf.column import Column, line_units, text_units
from report.writers.pdf.contents import FRONT, aired, title_of
from report.writers.pdf.exhibits import Exhibits
from report.writers.pdf.layout import PageHeading, Rule, TextLine
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.runs import Typesetter
from report.writers.pdf.structure import ARTIFACT
from report.writers.pdf.units import Unit, kept, moved, sealed, spaced

BULLET_SIZE, BULLET_RISE = 0.4, 0.22  # in em of the text: ● and ○ are as large as a Han character, • a mere dot
LABEL_GAP = 0.25  # em: least space between the label of a list item and its text


class Flow:
    """Turns the blocks of one part into units."""

    def __init__(self, typesetter: Typesetter, drawings: Mapping[str, Drawing], part: PartRole) -> None:
        self.type, self.part = typesetter, part
        self.theme, self.structure = typesetter.theme, typesetter.structure
        self.exhibits = Exhibits(typesetter, drawings)
        self.space = self.theme.roles["body"].leading / 4  # above and below boxes and quotations
        self._boxes = 0

    def units(self, blocks: Iterable[Block], column: Column) -> list[Unit]:
        """The blocks in order; the first unit of each block is marked. At least two lines of text stay with a
        heading, also where a theme has no orphans."""
        out: list[Unit] = []
        led = 0  # level of the heading above, which wants another line below it
        above, share = 0.0, self.theme.setting.share_space  # the space below that heading, which another one shares
        for block, following in pairwise([*blocks, None]):
            assert block is not None
            units = self._block(block, column)
            ends = len(units) == 1 and isinstance(following, Heading) and following.level <= led
            holds = led and not units[0].group and not ends
            shared = min(above, units[0].before) if isinstance(block, Heading) and share else 0.0
            keep, before = units[0].keep or bool(holds), units[0].before - shared
            out.append(replace(units[0], first=True, keep=keep, before=before))
            out += units[1:]
            above = units[-1].after if isinstance(block, Heading) else 0.0
            led = block.level if isinstance(block, Heading) and units[-1].keep else 0
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
                return self.exhibits.figure(block, column)
            case Table():
                return self.exhibits.table(block, column)
            case Contents():
                raise ReportError("目录", "目录只能放在目录部分", "把它移到 part: contents")

    # ------------------------------------------------------------ text

    def _heading(self, block: Heading, column: Column) -> list[Unit]:
        if block.level not in HEADINGS:
            raise ReportError(f"标题 {block.id}", f"没有第 {block.level} 级标题", "标题只有三级")
        front = self.part in FRONT
        role: Role = "front-title" if front and block.level == 1 else HEADINGS[block.level]
        element = self.structure.heading(block.level, column.element)
        label = self.type.label(aired(block.number), role, self.structure.plain(element)) if block.number else []
        runs = [*label, *self.type.runs(block.inlines, role, element)]
        units = line_units(self.type, runs, role, column, hang=self.type.natural(label) if label else 0.0)
        keep = self.theme.roles[role].keep_next and self.theme.setting.keep_headings
        chapter = block.level == 1 and not front
        start = {"odd": "odd", "any": "page", "continuous": ""}[self.theme.setting.chapters] if chapter else ""
        units = kept(units, keep)
        units[0] = replace(
            units[0],
            heading=PageHeading(block.level, title_of(block), block.id, not front),
            anchor=block.id, start=start, flush=block.level == 1,
        )
        return units

    def _paragraph(self, block: Paragraph, column: Column) -> list[Unit]:
        role = self._role(block.role, column)
        element = self.structure.element("P", column.element)
        if role == "reference":
            return self._reference(block, element, column)
        units = line_units(self.type, self.type.runs(block.inlines, role, element), role, column)
        asks = role == "closing-line" and plain(block.inlines).endswith(("：", ":"))
        return [_fill_in(units[0], column), *units[1:]] if asks else units

    def _reference(self, block: Paragraph, element: int, column: Column) -> list[Unit]:
        """An entry of the source list; its lines hang clear of the widest number of the list."""
        label, inlines = numbered(block.inlines)
        runs = self.type.label(label, "reference", self.structure.plain(element)) if label else []
        text = self.type.runs(inlines, "reference", element)
        if not label:
            return line_units(self.type, text, "reference", column)
        look = self.theme.roles["reference"]
        widest = max(label, f"[{len(self.type.content.sources)}]", key=len)
        indent = self.type.natural(self.type.label(widest, "reference")) + 2 * LABEL_GAP * look.size
        first = self.type.set(runs, "reference", Measure(column.width, align="left"), x=column.x).lines[0]
        measure = Measure(column.width, left=indent, align=look.align, tracking=look.tracking)
        units = text_units(self.type, self.type.set(text, "reference", measure, x=column.x))
        return [_labelled(units[0], first), *units[1:]]

    def _role(self, name: str, column: Column) -> Role:
        for role in self.theme.roles:
            if role == name:
                plain = role == "body" or role == "quote" and column.role == "box-body"
                return column.role if plain else role
        raise ReportError(f"段落角色 {name}", "主题里没有这个角色", "可用的角色见 templates/README.md")

    # ------------------------------------------------------------ lists, quotes, boxes

    def _list(self, block: ListBlock, column: Column) -> list[Unit]:
        element = self.structure.element("L", column.element, numbering="Decimal" if block.ordered else "Disc")
        level, count = column.lists, len(block.items)
        labels = [list_label(number, level) if block.ordered else bullet(level) for number in range(1, count + 1)]
        indent = self._item_indent(labels[-1], column)
        units: list[Unit] = []
        for label, item in zip(labels, block.items, strict=True):
            units += self._item(label, item, replace(column, element=element), indent)
        return units

    def _item_indent(self, label: str, column: Column) -> float:
        """Where the text of a list's items begins: as the theme has it, or clear of the widest label."""
        role, list_ = _list_role(column), self.theme.roles["list"]
        em = self.theme.roles[role].size
        width = self.type.natural(self._label_runs(label, role, ARTIFACT))
        return max(list_.left * em, (list_.left + list_.indent + LABEL_GAP) * em + width)

    def _label_runs(self, label: str, role: Role, leaf: int) -> list[Run]:
        em = self.theme.roles[role].size
        round_ = label in ("●", "○")
        return [replace(run, size=BULLET_SIZE * em, rise=BULLET_RISE * em) if round_ else run
                for run in self.type.label(label, role, leaf)]

    def _item(self, label: str, blocks: Sequence[Block], column: Column, indent: float) -> list[Unit]:
        """A list item with its label; its text begins at `indent`."""
        role, list_ = _list_role(column), self.theme.roles["list"]
        item = self.structure.element("LI", column.element)
        mark = self.structure.element("Lbl", item)
        runs = self._label_runs(label, role, self.structure.plain(mark))
        at = Measure(column.width, left=(list_.left + list_.indent) * self.theme.roles[role].size, align="left")
        first = self.type.set(runs, role, at, x=column.x).lines[0]
        body = self.structure.element("LBody", item)
        inner = replace(column.inset(indent, 0, body, role), item=True, lists=column.lists + 1)
        units = [replace(unit, first=False) for unit in self.units(blocks, inner)]  # it is the list that is a block
        if not units:
            raise ReportError(f"列表项 {label}", "没有内容", "补上文字，或删去这一项")
        return self._whole([_labelled(units[0], first), *units[1:]])

    def _whole(self, units: list[Unit]) -> list[Unit]:
        """The units as one group where a figure or table stands among them, which does not leave its place alone;
        uncut like a table of the same height."""
        if not any(unit.group for unit in units):
            return units
        units = self.exhibits.grouped(units)
        return sealed(units) if self.exhibits.low(units, self.type.paper.depth) else units

    def _quote(self, block: Quote, column: Column) -> list[Unit]:
        """In its own role among body text; in a box, whose text may be smaller than that, in the box's."""
        element = self.structure.element("BlockQuote", column.element)
        if column.role != "box-body":
            units = self._parted(block.blocks, replace(column, element=element, role="quote"))
            return self._whole(spaced(units, self.space, self.space))
        look, em = self.theme.roles["quote"], self.theme.roles[column.role].size
        inner = column.inset(look.left * em, look.right * em, element, column.role)
        return self._whole(self._parted(block.blocks, inner))

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
        units = line_units(self.type, self.type.runs(block.title, "box-title", title), "box-title", inner)
        units += self._parted(block.blocks, inner)
        self._boxes += 1
        units = [replace(unit, box=self._boxes, first=False) for unit in units]
        units[0] = _padded(units[0], look.padding, 0)
        units[-1] = _padded(units[-1], 0, look.padding)
        return self._whole(spaced(units, 1.5 * self.space, 1.5 * self.space))


HEADINGS: dict[int, Role] = {1: "heading-1", 2: "heading-2", 3: "heading-3"}
FILL_IN = 0.55  # of the measure: where the rules of the closing page end


def _list_role(column: Column) -> Role:
    return "list" if column.role == "body" else column.role


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
