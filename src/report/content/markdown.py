"""Reads a section's Markdown into blocks with line numbers; slots are taken out first, filled much later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from report.content.prose import (
    Anchor,
    Boxed,
    Chunk,
    Cross,
    Head,
    Hole,
    Items,
    Mark,
    Para,
    Pictured,
    Piece,
    Pieces,
    Prose,
    Quoted,
    Style,
    Tabled,
    Words,
)
from report.content.tables import TableOptions, read_columns
from report.errors import Issue, ReportError
from report.templates.models import Section
from report.templates.slots import Slot, parse_slot
from report.validate import line_of

_SLOT = re.compile(r"\{\{(.*?)\}\}")
_FIRST = 0xF0000  # a slot is one private-use character while Markdown is parsed: its | and * mean nothing
_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(r'#([\w-]+)|\.([\w-]+)|([\w-]+)="([^"]*)"')
_BAR = re.compile(r"(?<!\\)\|")
_LEFTOVER = re.compile(r"\*\*|\[\^[^\]]*\]|\]\(|!\[|~~|={3,}|:::|\*(?=\S)|`")
_WEB = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_BARE_URL = re.compile(r"https?://[^\s，。；）]+")
_REFUSED = {
    "html_block": ("不能写 HTML", "用 Markdown 的写法，见 templates/README.md"),
    "html_inline": ("不能写 HTML", "用 Markdown 的写法，见 templates/README.md"),
    "fence": ("不能有代码块", "段落前不要有 ``` "),
    "code_block": ("行首空了四格以上，被当作代码", "删去行首的空格；首行缩进由主题设置"),
    "code_inline": ("不能有代码（`…`）", "去掉反引号，或用引号“”"),
    "hr": ("不能有分隔线（---）", "另起一节用 ## 标题"),
    "table": ("表要有表题", "写成 ::: table 表题，表，最后一行 :::"),
    "image": ("图要单独成段", "图的前后各空一行"),
}


_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")


class _Markdown(MarkdownIt):
    """CommonMark with tables, notes and containers; addresses and names stay as typed."""

    def normalizeLink(self, url: str) -> str:
        """The address as typed: ids are Chinese, and the writers escape for themselves."""
        return url

    def validateLink(self, url: str) -> bool:
        """Always, so that a wrong address is told and not printed as text."""
        return True


def _parser() -> _Markdown:
    parser = _Markdown("commonmark").enable("table").disable(["lheading", "reference"])
    parser.use(footnote_plugin)
    parser.use(container_plugin, "any", validate=lambda params, markup: bool(params.strip()))
    parser.inline.ruler.at("emphasis", _emphasis)
    assert isinstance(parser, _Markdown)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Stars open before and close after anything but a space: CommonMark's own rule wants spaces around them,
    which Chinese has not (`**“甲”**和` would not close)."""
    marker = state.src[state.pos]
    if silent or marker != "*":
        return False
    start = state.pos
    count = len(state.src[start:]) - len(state.src[start:].lstrip("*"))
    before, after = state.src[start - 1 : start], state.src[start + count : start + count + 1]
    for _ in range(count):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=count,
                token=len(state.tokens) - 1,
                end=-1,
                open=bool(after.strip()),
                close=bool(before.strip()),
            )
        )
    state.pos += count
    return True


def parse_section(section: Section) -> Prose:
    """The blocks of a section. Raises ReportError with every mistake of the file: a construct the press does
    not set, a mark without effect, a note that is lost, a slot that cannot be read."""
    reader = _Reader(section)
    blocks = reader.blocks(reader.tree.children)
    reader.check_notes()
    if not section.text.strip():
        reader.tell(section.first_line, "这一节是空的", "写入正文，或从 report.yaml 的 sections 里删去")
    if reader.issues:
        raise ReportError.all_of(sorted(reader.issues, key=lambda found: line_of(found.where)))
    return Prose(section.file, section.part, section.title, blocks, reader.notes)


@dataclass
class _Reader:
    """Walks the parser's tree; `notes` by label, `marks` how often each is referred to."""

    section: Section
    issues: list[Issue] = field(default_factory=list)
    notes: dict[str, Pieces] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    def __post_init__(self) -> None:
        lines = re.split("\r\n|\r|\n", self.section.text)
        self.lines = [self._take_slots(line, index) for index, line in enumerate(lines)]
        self.env: dict[str, dict[str, dict[str, int]]] = {}
        self.parser = _parser()
        self.tree = SyntaxTreeNode(self.parser.parse("\n".join(self.lines) + "\n", self.env))

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

    def _take_slots(self, line: str, index: int) -> str:
        number = index + self.section.first_line
        if _PRIVATE.search(line):
            self.tell(number, "有私用区的字符", "删去，换成通用的字符")
            line = _PRIVATE.sub("", line)

        def take(match: re.Match[str]) -> str:
            try:
                self.slots.append(parse_slot(match[1], f"{self.section.file}:{number}"))
            except ReportError as error:
                self.issues += error.issues
                return ""
            return chr(_FIRST + len(self.slots) - 1)

        line = _SLOT.sub(take, line)
        if "{{" in line or "}}" in line:
            self.tell(number, "“{{”和“}}”没有配对", "在同一行里写完：{{ 值名 }}")
        return line

    def check_notes(self) -> None:
        """Every note written once and referred to exactly once, and every mark with a note."""
        written: dict[str, int] = {}
        for number, text in enumerate(self.lines, self.section.first_line):
            if match := _NOTE.match(text):
                if first := written.get(match[1]):
                    self.tell(number, f"脚注 [^{match[1]}] 写了两次（第 {first} 行已有）", "给其中一条换个名字")
                written.setdefault(match[1], number)
        for label in self.env.get("footnotes", {}).get("refs", {}):
            name = label.removeprefix(":")
            if name not in self.marks:
                line = self._line_of(f"[^{name}]:")
                self.tell(line, f"脚注 [^{name}] 没有被引用", f"在正文里写 [^{name}]，或删去这条脚注")
            elif self.marks[name] > 1:
                problem = f"脚注 [^{name}] 被引用了两次"
                self.tell(self._line_of(f"[^{name}]"), problem, "一条脚注只挂一处，另写一条")

    def _line_of(self, text: str) -> int:
        found = (index for index, line in enumerate(self.lines) if text in line)
        return next(found, 0) + self.section.first_line

    # ------------------------------------------------------------ blocks

    def blocks(self, nodes: list[SyntaxTreeNode]) -> tuple[Chunk, ...]:
        return tuple(block for node in nodes for block in self._block(node))

    def _block(self, node: SyntaxTreeNode) -> list[Chunk]:
        line = self.line(node)
        match node.type:
            case "paragraph":
                return [self._paragraph(node)]
            case "heading":
                return [self._heading(node)]
            case "bullet_list" | "ordered_list":
                items = tuple(self.blocks(item.children) for item in node.children)
                return [Items(node.type == "ordered_list", items, line)]
            case "blockquote":
                return [Quoted(self.blocks(node.children), line)]
            case "container_any":
                return self._container(node)
            case "footnote_block":
                for note in node.children:
                    self._note(note)
                return []
            case kind:
                problem, hint = _REFUSED.get(kind, (f"不能有“{kind}”", "见 templates/README.md"))
                self.tell(line, problem, hint)
                return []

    def _paragraph(self, node: SyntaxTreeNode) -> Chunk:
        inline = node.children[0]
        if len(inline.children) == 1 and inline.children[0].type == "image":
            image = inline.children[0]
            scheme, _, chart = str(image.attrs.get("src", "")).partition(":")
            if scheme != "chart" or not chart:
                self.tell(self.line(node), "只能插入图表，不能插入图片文件", "写成 ![图题](chart:图名)")
            caption = self._inlines(image, self.line(node))
            if not caption:
                self.tell(self.line(node), "图没有图题", "写成 ![图题](chart:图名)")
            return Pictured(chart, caption, self.line(node))
        return Para(self.pieces(inline), self.line(node))

    def _heading(self, node: SyntaxTreeNode) -> Head:
        line = self.line(node)
        level = int(node.tag[1:])
        if level > 3:
            self.tell(line, "标题最多三级", "用 #、##、###")
        pieces = self.pieces(node.children[0]) if node.children else ()
        options: dict[str, str] = {}
        if pieces and isinstance(last := pieces[-1], Words) and (match := _ATTRIBUTES.search(last.text)):
            options = self._attributes(match[1], ("id", "unnumbered"), line)
            rest = last.text[: match.start()]
            pieces = (*pieces[:-1], *([Words(rest, last.line, last.style)] if rest else []))
        if not pieces:
            self.tell(line, "标题是空的", "在 # 后面写标题")
        return Head(min(level, 3), options.get("id", ""), "unnumbered" not in options, pieces, line)

    def _container(self, node: SyntaxTreeNode) -> list[Chunk]:
        line = self.line(node)
        name, _, rest = node.info.strip().partition(" ")
        end = node.map[1] if node.map else 0
        if not (end < len(self.lines) and self.lines[end].lstrip().startswith(":::")):
            self.tell(line, f"“::: {name}”没有收尾", "在结束处单独写一行 :::")
        match = _ATTRIBUTES.search(rest)
        known = ("id", "align", "widths") if name == "table" else ()
        options = self._attributes(match[1], known, line) if match else {}
        title = self._plain_inlines(rest[: match.start()] if match else rest, line)
        if name == "box":
            return [Boxed(title, self.blocks(node.children), line)]
        if name == "table":
            return self._table(node, title, options)
        self.tell(line, f"没有“::: {name}”这种块", "只有 ::: box 和 ::: table")
        return []

    def _attributes(self, text: str, known: tuple[str, ...], line: int) -> dict[str, str]:
        """`{#id .class key="value"}` as a dict; a class has the value "yes"."""
        options: dict[str, str] = {}
        for ident, flag, key, value in _ATTRIBUTE.findall(text):
            options |= {"id": ident} if ident else {flag: "yes"} if flag else {key: value}
        if _ATTRIBUTE.sub("", text).strip() or not set(options) <= set(known):
            names = "、".join(known) or "（没有）"
            self.tell(line, f"看不懂“{{{text}}}”", f"这里可以写：{names}；写法如 {{#名字 .unnumbered}}")
        return options

    def _table(self, node: SyntaxTreeNode, title: Pieces, options: dict[str, str]) -> list[Chunk]:
        line = self.line(node)
        tables = [child for child in node.children if child.type == "table"]
        notes = [child for child in node.children if child.type == "paragraph"]
        if len(tables) != 1 or len(notes) > 1 or len(tables) + len(notes) != len(node.children) or not title:
            problem = "“::: table”要有一个表题、一张表，表后至多一段注"
            self.tell(line, problem, "表的每一行以 | 开头；表和注之间空一行")
            return []
        sections = {child.type: child.children for child in tables[0].children}
        head = tuple(self.pieces(cell.children[0]) for cell in sections["thead"][0].children)
        typed = sections.get("tbody", [])
        rows = tuple(tuple(self.pieces(cell.children[0]) for cell in row.children) for row in typed)
        for row in typed:
            self._check_row(row, len(head))
        settings = TableOptions(len(head), options.get("align", ""), options.get("widths", ""))
        columns = read_columns(settings, lambda problem, hint: self.tell(line, problem, hint))
        note = self.pieces(notes[0].children[0]) if notes else ()
        return [Tabled(options.get("id", ""), title, columns, head, rows, note, line)]

    def _check_row(self, row: SyntaxTreeNode, count: int) -> None:
        """The parser fills up a row that is short and cuts off one that is long."""
        line = self.line(row)
        cells = _BAR.split(self.lines[line - self.section.first_line].strip(" >"))
        found = len(cells) - (cells[0] == "") - (cells[-1] == "")
        if found != count:
            self.tell(line, f"这一行有 {found} 格，表头有 {count} 格", "各行的 | 要一样多；没有内容的格写“—”")

    def _note(self, node: SyntaxTreeNode) -> None:
        label = str(node.meta.get("label") or f"#{node.meta['id']}")
        paragraphs = [child for child in node.children if child.type == "paragraph"]
        if len(paragraphs) != 1 or len(node.children) != 1:
            self.tell(self.line(node.children[0]), f"脚注 [^{label}] 应是一段文字", "把它并成一段")
            return
        inline = paragraphs[0].children[0]
        self.notes[label] = self.pieces(inline)
        for piece in self.notes[label]:
            if isinstance(piece, Mark):
                self.tell(piece.line, "脚注里不能再有脚注", "写进这条脚注，或另写一条")

    # ------------------------------------------------------------ inlines

    def pieces(self, inline: SyntaxTreeNode) -> Pieces:
        """The pieces of a run of text, spaces at both ends removed."""
        return self._inlines(inline, self.line(inline))

    def _plain_inlines(self, text: str, line: int) -> Pieces:
        tree = SyntaxTreeNode(self.parser.parseInline(text.strip(), self.env))
        return self._inlines(tree.children[0], line) if text.strip() else ()

    def _inlines(self, parent: SyntaxTreeNode, line: int) -> Pieces:
        pieces: list[Piece] = []
        for node in parent.children:
            if node.type in ("softbreak", "hardbreak"):
                line += 1
                pieces.append(Words(" ", line))
            else:
                pieces += self._inline(node, line, "")
        return tuple(pieces)

    def _inline(self, node: SyntaxTreeNode, line: int, style: Style) -> list[Piece]:
        match node.type:
            case "text" | "text_special":
                return self._text(node.content, line, style)
            case "strong" | "em":
                inner: Style = "strong" if node.type == "strong" or style == "strong" else "emphasis"
                return [piece for child in node.children for piece in self._inline(child, line, inner)]
            case "softbreak" | "hardbreak":
                return [Words(" ", line, style)]
            case "link":
                return self._link(node, line)
            case "footnote_ref":
                label = str(node.meta.get("label") or f"#{node.meta['id']}")
                self.marks[label] = self.marks.get(label, 0) + 1
                return [Mark(label, line)]
            case "footnote_anchor":
                return []
            case kind:
                problem, hint = _REFUSED.get(kind, (f"不能有“{kind}”", "见 templates/README.md"))
                self.tell(line, problem, hint)
                return []

    def _text(self, text: str, line: int, style: Style) -> list[Piece]:
        for match in _LEFTOVER.finditer(text):
            self.tell(line, f"记号“{match[0]}”没有起作用", "成对地写，或者前面加反斜线 \\ 当作普通文字")
        if found := _BARE_URL.search(text):
            self.tell(line, f"网址没有写成链接（{found[0][:40]}）", "写成 <https://…> 或 [文字](https://…)")
        pieces: list[Piece] = []
        for part in re.split(f"({_PRIVATE.pattern})", text):
            if _PRIVATE.fullmatch(part):
                pieces.append(Hole(self.slots[ord(part) - _FIRST], line, style))
            elif part:
                pieces.append(Words(part, line, style))
        return pieces

    def _link(self, node: SyntaxTreeNode, line: int) -> list[Piece]:
        url = str(node.attrs.get("href", ""))
        text = "".join(child.content for child in node.walk() if child.type in ("text", "text_special"))
        if _PRIVATE.search(text + url):
            self.tell(line, "链接里不能有 {{ }}", "把数据移到链接外面")
        if url.startswith("#"):
            return [Cross(url[1:], text, line)]
        if not _WEB.match(url):
            self.tell(line, f"链接的网址不对（{url}）", "以 http:// 或 https:// 开头；引用章节写 [](#名字)")
        return [Anchor(url, text or url, line)]
