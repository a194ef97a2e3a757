"""Reads a section's Markdown into blocks with line numbers; slots are taken out first, filled much later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from report.content.conditions import named
from report.content.inlines import FIRST, InlineReader, refusal
from report.content.mistyped import mistyped
from report.content.prose import (
    Boxed,
    Celled,
    Chunk,
    Head,
    Items,
    Mark,
    Para,
    Pictured,
    Pieces,
    Prose,
    Quoted,
    Tabled,
    Words,
)
from report.content.syntax import MOST_AROUND, make_parser, nest
from report.content.tables import Rows, TableOptions, Typed, read_columns, read_grid, read_line
from report.content.varying import Varying
from report.dataset.models import BoundValue
from report.errors import Issue, ReportError
from report.templates.models import Section
from report.templates.slots import SLOT, Slot, parse_slot
from report.validate import in_order

# Characters that no page can show: private use and noncharacters, controls but the tab (Unicode, 23), among them those
# that turn the direction of text about, and what decoders put for what they cannot read.
_STRANGE = (
    (re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]"), "有私用区的字符", "删去，换成通用的字符"),
    (re.compile("\ufffd"), "有乱码", "原来的字已经丢失，照原文重新录入"),
    (re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\uffff\U000e0001-\U000e007f]"),
     "有印不出的控制字符", "删去；要分行就按回车键"),
)
_ATTRIBUTES = re.compile(r"\s{0,99}\{([^{}]*)\}\s{0,99}$")
_ATTRIBUTE = re.compile(r'#([\w-]{1,99})|\.([\w-]{1,99})|([\w-]{1,99})="([^"]*)"')
_COUNT = "[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(f"{_COUNT}、|（{_COUNT}）|第{_COUNT}[章节]")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
UNREAD = "\ufffc"  # stands for a slot that cannot be read
DEEPEST = 3  # levels of a list, of a quotation
VARYING = ("when", "for-each")  # these stand or not as the data decide
# blocks between ::: and what each may have in { }
CONTAINERS: dict[str, tuple[str, ...]] = {
    "box": (), "table": ("id", "align", "widths", "sources", "landscape", *VARYING),
}  # fmt: skip
NAMES = {"list": "列表", "quote": "引文", "box": "专栏", "table": "表"}


def parse_section(section: Section) -> Prose:
    """The blocks of a section, all that are written. Raises ReportError with every mistake of the file (see
    `try_section`)."""
    prose, issues = try_section(section)
    if issues:
        raise ReportError.all_of(issues)
    return prose


def try_section(section: Section, values: Mapping[str, BoundValue] | None = None) -> tuple[Prose, list[Issue]]:
    """What can be read of a section, and every mistake of the file: a construct the press does not set, a mark without
    effect, a note that is lost, a slot that cannot be read.

    `values` decide which blocks stand in the report, and for which names; None: all that are written stand, once.
    """
    return _read(_Reader(section, values))


def as_printed(section: Section, answers: Iterable[bool]) -> Prose:
    """The blocks of a section that stood in a report, as the conditions came to then (`Prose.answers`). Raises
    ReportError with every mistake of the file."""
    prose, issues = _read(_Reader(section, None, iter((*answers,))))
    if issues:
        raise ReportError.all_of(issues)
    return prose


def _read(reader: _Reader) -> tuple[Prose, list[Issue]]:
    section = reader.section
    blocks = reader.blocks(reader.tree.children)
    reader.check_notes()
    if not section.text.strip():
        reader.tell(section.first_line, "这一节是空的", "写入正文，或从 report.yaml 的 sections 里删去")
    for label in reader.inlines.marks if reader.issues else ():  # a note may stand in what could not be read
        reader.notes.setdefault(label, ())
    varying = reader.varying
    asked = frozenset(reader.inlines.asked) if varying.varies else None
    notes = varying.standing(reader.notes, blocks)
    prose = Prose(section.file, section.part, section.title, blocks, notes, asked, *varying.told())
    return prose, in_order(reader.issues)


@dataclass
class _Reader:
    """Walks the parser's tree; `notes` by label."""

    section: Section
    values: Mapping[str, BoundValue] | None = None
    given: Iterator[bool] | None = None
    issues: list[Issue] = field(default_factory=list)
    notes: dict[str, Pieces] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = re.split("\r\n|\r|\n", self.section.text)
        self.lines = [self._take_slots(line, index) for index, line in enumerate(lines)]
        self.env: dict[str, dict[str, dict[str, int]]] = {}
        parser = make_parser()
        self.inlines = InlineReader(parser, self.env, self.slots, self.tell)
        self.varying = Varying(self.inlines, self.values, self.given)
        nested, deep = nest(self.lines)
        if deep is not None:
            hint = f"至多 {MOST_AROUND + 1} 层；看前面的是不是没有收尾"
            self.tell(deep + self.section.first_line, "“:::”套得太深", hint)
        self.tree = SyntaxTreeNode(parser.parse("\n".join(nested) + "\n", self.env))
        self.within: list[str] = []  # kinds of the blocks around the one that is read

    # ------------------------------------------------------------ places and mistakes

    def tell(self, line: int, problem: str, hint: str = "") -> None:
        issue = Issue(where=f"{self.section.file}:{line}", problem=problem, hint=hint)
        if issue not in self.issues:
            self.issues.append(issue)

    def line(self, node: SyntaxTreeNode) -> int:
        """The line of the file on which a block begins; the innermost block around it for what has no line."""
        while not node.is_root and node.map is None and node.parent:
            node = node.parent
        return (0 if node.is_root or not node.map else node.map[0]) + self.section.first_line

    def _lines(self, node: SyntaxTreeNode) -> tuple[int, int]:
        """The first and the last line of what stands between two :::."""
        line = self.line(node)
        return line, node.map[1] + self.section.first_line if node.map else line

    def _take_slots(self, line: str, index: int) -> str:
        number = index + self.section.first_line
        for strange, problem, hint in _STRANGE:
            if found := dict.fromkeys(strange.findall(line)):
                codes = "、".join(f"U+{ord(char):04X}" for char in found)
                self.tell(number, f"{problem} {codes}", hint)
                line = strange.sub("", line)

        def take(match: re.Match[str]) -> str:
            try:
                self.slots.append(parse_slot(match[1], f"{self.section.file}:{number}"))
            except ReportError as error:
                self.issues += error.issues
                return UNREAD
            return chr(FIRST + len(self.slots) - 1)

        line = SLOT.sub(take, line)
        if "{{" in line or "}}" in line:
            self.tell(number, "“{{”和“}}”没有配对", "在同一行里写完：{{ 值名 }}")
        if "｛｛" in line or "｝｝" in line:
            self.tell(number, "“｛｛”是全角的", "写成半角的：{{ 值名 }}")
        return line

    def check_notes(self) -> None:
        """Every note written once and referred to, and every mark with a note."""
        written: dict[str, int] = {}
        for number, text in enumerate(self.lines, self.section.first_line):
            if match := _NOTE.match(text):
                if first := written.get(match[1]):
                    self.tell(number, f"脚注 [^{match[1]}] 写了两次（第 {first} 行已有）", "给其中一条换个名字")
                written.setdefault(match[1], number)
        for label in self.env.get("footnotes", {}).get("refs", {}):
            name = label.removeprefix(":")
            if name not in self.inlines.marks:
                line = self._line_of(f"[^{name}]:")
                self.tell(line, f"脚注 [^{name}] 没有被引用", f"在正文里写 [^{name}]，或删去这条脚注")

    def _line_of(self, text: str) -> int:
        found = (index for index, line in enumerate(self.lines) if text in line)
        return next(found, 0) + self.section.first_line

    # ------------------------------------------------------------ blocks

    def blocks(self, nodes: list[SyntaxTreeNode], within: str = "") -> tuple[Chunk, ...]:
        """The blocks of the nodes; `within` is the kind of the block that holds them."""
        outer = self.within
        self.within = [*outer, within] if within else outer
        found = tuple(block for node in nodes for block in self._block(node))
        self.within = outer
        return found

    def _block(self, node: SyntaxTreeNode) -> list[Chunk]:
        match node.type:
            case "paragraph":
                return [self._paragraph(node)]
            case "heading":
                return [self._heading(node)]
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "blockquote" if node.children and self.within.count("quote") < DEEPEST:
                return [Quoted(held, self.line(node))] if (held := self.blocks(node.children, "quote")) else []
            case "blockquote":
                self.tell(self.line(node), f"引文是空的，或套了 {DEEPEST} 层还多", "> 后面写文字")
            case "container_any":
                return self._container(node)
            case "footnote_reference":
                self._note(node)
            case kind:
                self.tell(self.line(node), *refusal(kind))
        return []

    def _list(self, node: SyntaxTreeNode) -> list[Chunk]:
        line = self.line(node)
        if self.within.count("list") == DEEPEST:
            self.tell(line, f"列表套了 {DEEPEST} 层还多", "并成三层，或另起一段")
            return []
        if node.attrs.get("start", 1) != 1:
            hint = "从 1. 写起；列表中间的段落缩进三格，就还在列表里"
            self.tell(line, f"有序列表从 {node.attrs['start']} 写起，印出来仍从 1 起", hint)
        for item in (item for item in node.children if not item.children):
            self.tell(self.line(item), "列表有一项是空的", "补上文字，或删去这一项")
        items = tuple(filter(None, (self.blocks(item.children, "list") for item in node.children)))
        return [Items(node.type == "ordered_list", items, line)] if items else []

    def _paragraph(self, node: SyntaxTreeNode) -> Chunk:
        inline = node.children[0]
        if len(inline.children) == 1 and (image := inline.children[0]).type == "image":
            scheme, _, chart = str(image.attrs.get("src", "")).partition(":")
            caption = self.inlines.read(image, self.line(node))
            if scheme != "chart" or not chart:
                self.tell(self.line(node), "只能插入图表，不能插入图片文件", "写成 ![图题](chart:图名)")
                return Para(caption, self.line(node))
            if not caption:
                self.tell(self.line(node), "图没有图题", "写成 ![图题](chart:图名)")
            return Pictured(named(chart, self.inlines.names), caption, self.line(node), self.varying.of())
        for offset, problem, hint in mistyped(inline.content):
            self.tell(self.line(node) + offset, problem, hint)
        return Para(self.pieces(inline), self.line(node))

    def _heading(self, node: SyntaxTreeNode) -> Head:
        line = self.line(node)
        level = int(node.tag[1:])
        if level > 3:
            self.tell(line, "标题最多三级", "用 #、##、###")
        if self.within:
            self.tell(line, f"标题不能写在{NAMES[self.within[-1]]}里", "改为黑体字（**…**），或移到外面")
        pieces = self.pieces(node.children[0]) if node.children else ()
        if pieces and isinstance(first := pieces[0], Words) and (match := _NUMBERED.match(first.text)):
            self.tell(line, f"标题里手写了编号“{match[0]}”", "删去，编号由程序编")
        options: dict[str, str] = {}
        if pieces and isinstance(last := pieces[-1], Words) and (match := _ATTRIBUTES.search(last.text)):
            options = self._attributes(match[1], ("id", "unnumbered"), line)
            rest = last.text[: match.start()]
            pieces = (*pieces[:-1], *([Words(rest, last.line, last.style)] if rest else []))
        if not pieces:
            self.tell(line, "标题是空的", "在 # 后面写标题")
        return Head(
            min(level, 3), options.get("id", ""), "unnumbered" not in options, pieces, line, self.varying.of()
        )

    def _container(self, node: SyntaxTreeNode) -> list[Chunk]:
        end = node.map[1] if node.map else 0
        if end < len(self.lines) and self.lines[end].lstrip(" >").startswith(":::"):
            return self._contained(node)
        name = node.info.strip().partition(" ")[0]
        self.tell(self.line(node), f"“::: {name}”没有收尾", "在结束处单独写一行 :::")
        told = len(self.issues)
        chunks = self._contained(node)
        del self.issues[told:]  # it has swallowed the rest of the section: what is wrong there cannot be known
        return chunks

    def _contained(self, node: SyntaxTreeNode) -> list[Chunk]:
        line = self.line(node)
        name, _, rest = node.info.strip().partition(" ")
        if name in VARYING:
            return self._varying(name, rest, node)
        if name not in CONTAINERS:
            self.tell(line, f"没有“::: {name}”这种块", "只有 ::: " + "、::: ".join((*CONTAINERS, *VARYING)))
            return []
        match = _ATTRIBUTES.search(rest)
        options = self._attributes(match[1], CONTAINERS[name], line) if match else {}
        title = self.inlines.parse(rest[: match.start()] if match else rest, line)
        return self._box(node, title) if name == "box" else self._table(node, title, options)

    def _box(self, node: SyntaxTreeNode, title: Pieces) -> list[Chunk]:
        line = self.line(node)
        if not title or not node.children:
            self.tell(line, "专栏要有题名和文字", "写成 ::: box 题名，下面是文字，最后一行 :::")
        if self.within:
            self.tell(line, f"专栏不能放在{NAMES[self.within[-1]]}里", "把它移到外面")
        blocks = self.blocks(node.children, "box")
        return [Boxed(title, blocks, line)] if blocks or not self.varying.varies else []

    def _varying(self, name: str, rest: str, node: SyntaxTreeNode) -> list[Chunk]:
        """The blocks inside `::: when` where its condition holds, those inside `::: for-each` for every name."""
        line = self.line(node)
        self.varying.spans.append(self._lines(node))
        if not node.children:
            self.tell(line, f"“::: {name}”里面是空的", "写上要印的段落，或删去")

        def read() -> list[Chunk]:
            return list(self.blocks(node.children))

        with self._telling():
            where = f"{self.section.file}:{line}"
            if name == "for-each":
                return self.varying.repeated(rest, where, read)
            inside = read()  # in any case: its mistakes are mistakes
            if self.varying.stands(rest, where):
                return inside
            self.issues += self.varying.unknown(inside, self.section.file)
        return []

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Keeps the mistakes that are raised."""
        try:
            yield
        except ReportError as error:
            self.issues += [issue for issue in error.issues if issue not in self.issues]

    def _attributes(self, text: str, known: tuple[str, ...], line: int) -> dict[str, str]:
        """`{#id .class key="value"}` as a dict; a class has the value "yes"."""
        options: dict[str, str] = {}
        for ident, flag, key, value in _ATTRIBUTE.findall(text):
            options |= {"id": named(ident, self.inlines.names)} if ident else {flag: "yes"} if flag else {key: value}
        if _ATTRIBUTE.sub("", text).strip() or not set(options) <= set(known):
            names = "、".join(known) or "（没有）"
            self.tell(line, f"看不懂“{{{text}}}”", f"这里可以写：{names}；写法如 {{#名字 .unnumbered}}")
        return options

    def _table(self, node: SyntaxTreeNode, title: Pieces, options: dict[str, str]) -> list[Chunk]:
        line = self.line(node)
        self.varying.spans += [self._lines(node)] if set(VARYING) & set(options) else []
        grids = [child for child in node.children if child.type == "grid"]
        notes = [child for child in node.children if child.type == "paragraph"]
        if len(grids) != 1 or node.children[0].type != "grid" or len(notes) + 1 != len(node.children) or not title:
            problem = "“::: table”要有一个表题、一张表，表后只能有写成段的注"
            self.tell(line, problem, "表的每一行以半角的 | 开头，中间不空行；表和注之间空一行")
            return []
        start, stop = grids[0].map or (0, 0)
        rows = [read_line(self.lines[at], at + self.section.first_line) for at in range(start, stop)]
        grid = read_grid(rows, self.tell)
        if grid is None:
            return []
        settings = TableOptions(grid.aligns, options.get("align", ""), options.get("widths", ""))
        columns = read_columns(settings, lambda problem, hint: self.tell(line, problem, hint))
        under = tuple(self.pieces(note.children[0]) for note in notes)
        head, landscape = self._cells(grid.head), "landscape" in options
        body = self._rows(grid.body, options, line)
        if not body and self.varying.varies:
            return []
        if landscape and self.within:
            self.tell(line, "横排的表不能放在专栏、列表和引文里", "把它移到外面，或去掉 .landscape")
        sources = tuple(filter(None, re.split("[,，、 ]+", options.get("sources", ""))))
        of = self.varying.of()
        return [Tabled(options.get("id", ""), title, columns, head, tuple(body), under, line, landscape, sources, of)]

    def _rows(self, rows: Rows, options: Mapping[str, str], line: int) -> list[tuple[Celled, ...]]:
        """The rows of a table's body: with `for-each` once for every name, with `when` those of which it holds."""
        where = f"{self.section.file}:{line}"

        def read() -> list[tuple[Celled, ...]]:
            made = list(self._cells(rows))
            return made if "when" not in options or self.varying.stands(options["when"], where) else []

        with self._telling():
            return self.varying.repeated(options["for-each"], where, read) if "for-each" in options else read()
        return []

    def _cells(self, rows: Rows) -> tuple[tuple[Celled, ...], ...]:
        return tuple(tuple(map(self._cell, row)) for row in rows)

    def _cell(self, cell: Typed) -> Celled:
        pieces = self.varying.gap(self.inlines.parse(cell.text, cell.line))
        return Celled(pieces, cell.line, cell.columns, cell.rows)

    def _note(self, node: SyntaxTreeNode) -> None:
        label = self.inlines.label(str(node.meta["label"]))
        paragraphs = [child for child in node.children if child.type == "paragraph"]
        self.notes[label] = ()
        if len(paragraphs) != 1 or len(node.children) != 1:
            self.tell(self.line(node.children[0]), f"脚注 [^{node.meta['label']}] 应是一段文字", "把它并成一段")
            return
        pieces = self.pieces(paragraphs[0].children[0])
        self.notes[label] = tuple(piece for piece in pieces if not isinstance(piece, Mark))
        for piece in pieces:
            if isinstance(piece, Mark):
                self.tell(piece.line, "脚注里不能再有脚注", "写进这条脚注，或另写一条")

    def pieces(self, inline: SyntaxTreeNode) -> Pieces:
        """The pieces of a run of text."""
        return self.inlines.read(inline, self.line(inline))
