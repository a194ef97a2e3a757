"""Reads a run of Markdown text into pieces: words in their styles, slots, links, references, note marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from report.content.conditions import named
from report.content.nodes import TextStyle
from report.content.prose import Anchor, Cross, Hole, Mark, Piece, Pieces, Words
from report.templates.slots import Slot

FIRST = 0xF0000  # a slot is one private-use character while Markdown is parsed: its | and * mean nothing
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
PAGE = "page:"  # the scheme of a reference to a page, as chart: is that of a chart
NUMBER = "#"  # where the number stands in the words of such a reference
_LEFTOVER = re.compile(r"\*\*|\^?\[\^[^\]]*\]|\^\[|\]\(|!\[|~~|={2,}|:::|\*(?=\S)|`")
_UNWRITTEN = re.compile(r"\^?(\[\^[^\]]+\])")
_WEB = re.compile(r"https?://[^/?#\s]+", re.IGNORECASE)
_BARE_URL = re.compile(r"https?://[!-~]+")  # in ASCII: Chinese goes on after it without a space
STYLES: dict[str, TextStyle] = {"superscript": "superscript", "subscript": "subscript", "dots": "dots"}
REFUSED = {
    "html_block": ("不能写 HTML", "用 Markdown 的写法，见 templates/README.md"),
    "html_inline": ("不能写 HTML", "用 Markdown 的写法，见 templates/README.md"),
    "fence": ("不能有代码块", "段落前不要有 ``` "),
    "code_block": ("行首空了四格以上，被当作代码", "删去行首的空格；首行缩进由主题设置"),
    "code_inline": ("不能有代码（`…`）", "去掉反引号，或用引号“”"),
    "hr": ("不能有分隔线（---）", "另起一节用 ## 标题"),
    "grid": ("表要有表题", "写成 ::: table 表题，表，最后一行 :::"),
    "image": ("图要单独成段", "图的前后各空一行"),
}


def refusal(kind: str) -> tuple[str, str]:
    """What is told of a construct that the press does not set: problem and hint."""
    return REFUSED.get(kind, (f"不能有“{kind}”", "见 templates/README.md"))


@dataclass
class InlineReader:
    """Reads runs of one section. `slots` are those taken out of its lines; `tell(line, problem, hint)` is called for
    every mistake; `marks` are the notes that are referred to."""

    parser: MarkdownIt
    env: dict[str, Any]
    slots: list[Slot]
    tell: Callable[[int, str, str], None]
    marks: dict[str, None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # what variables stand for
    asked: set[str] = field(default_factory=set)  # the values that slots name

    def parse(self, text: str, line: int) -> Pieces:
        """The pieces of a text that is no block: a title, a cell."""
        if not text.strip():
            return ()
        tree = SyntaxTreeNode(self.parser.parseInline(text.strip(), self.env))
        return self.read(tree.children[0], line)

    def read(self, parent: SyntaxTreeNode, line: int) -> Pieces:
        """The pieces of a node whose text begins on that line of the file."""
        pieces: list[Piece] = []
        for node in parent.children:
            if node.type in ("softbreak", "hardbreak"):
                line += 1
                pieces.append(Words(" ", line))
            else:
                pieces += self._inline(node, line, "")
        return tuple(pieces)

    def _inline(self, node: SyntaxTreeNode, line: int, style: TextStyle) -> list[Piece]:
        match node.type:
            case "text" | "text_special":
                return self._text(node.content, line, style)
            case "styled":
                return self._styled(node, line)
            case "strong" | "em":
                inner: TextStyle = "strong" if node.type == "strong" or style == "strong" else "emphasis"
                return [piece for child in node.children for piece in self._inline(child, line, inner)]
            case "softbreak" | "hardbreak":
                return [Words(" ", line, style)]
            case "link":
                return self._link(node, line)
            case "footnote_ref":
                label = str(node.meta["label"])
                self.marks[label] = None
                return [Mark(self.label(label), line)]
            case kind:
                self.tell(line, *refusal(kind))
                return []

    def _styled(self, node: SyntaxTreeNode, line: int) -> list[Piece]:
        if PRIVATE.search(node.content):
            self.tell(line, "上标、下标和着重号里不能有 {{ }}", "把数据移到记号外面")
            return []
        return [Words(node.content, line, STYLES[node.info])]

    def _text(self, text: str, line: int, style: TextStyle) -> list[Piece]:
        for match in _LEFTOVER.finditer(text):
            if found := _UNWRITTEN.fullmatch(match[0]):
                self.tell(line, f"脚注 {found[1]} 没有注文", f"在文末另起一行写 {found[1]}: 注文")
                continue
            self.tell(line, f"记号“{match[0]}”没有起作用", "成对地写，或者前面加反斜线 \\ 当作普通文字")
        if found := _BARE_URL.search(text):
            self.tell(line, f"网址没有写成链接（{found[0][:40]}）", "写成 <https://…> 或 [文字](https://…)")
        pieces: list[Piece] = []
        for part in re.split(f"({PRIVATE.pattern})", text):
            if PRIVATE.fullmatch(part):
                pieces.append(self._hole(ord(part) - FIRST, line, style))
            elif part:
                pieces.append(Words(part, line, style))
        return pieces

    def label(self, label: str) -> str:
        """A note's label, of its own for each name."""
        return "·".join((label, *self.names.values()))

    def _hole(self, index: int, line: int, style: TextStyle) -> Hole | Words:
        """A slot with what the variables in it stand for; a variable alone is that word."""
        slot = self.slots[index]
        if slot.name in self.names and not slot.form:
            return Words(self.names[slot.name], line, style)
        name = slot.name if slot.args else named(slot.name, self.names)
        slot = Slot(name, slot.form, tuple(named(one, self.names) for one in slot.args))
        self.asked.update(slot.values)
        return Hole(slot, line, style, index)

    def _link(self, node: SyntaxTreeNode, line: int) -> list[Piece]:
        url = str(node.attrs.get("href", ""))
        text = "".join(child.content for child in node.walk() if child.type in ("text", "text_special"))
        if PRIVATE.search(text + url):
            self.tell(line, "链接里不能有 {{ }}", "把数据移到链接外面")
        if url.startswith("#"):
            return [Cross(named(url[1:], self.names), text, line)]
        if url.startswith(PAGE):
            return [self._page(url.removeprefix(PAGE), text, line)]
        if not _WEB.match(url):
            hint = "以 http:// 或 https:// 开头；引用章节写 [](#名字)，引用页码写 [](page:名字)"
            self.tell(line, f"链接的网址不对（{url}）", hint)
        return [Anchor(url, text or url, line)]

    def _page(self, target: str, text: str, line: int) -> Cross:
        if text and text.count(NUMBER) != 1:
            self.tell(line, f"页码的引用“{text}”里没有写 # 在哪里", "# 处印页码：[第#页](page:名字)；不写就是“第…页”")
        return Cross(named(target.removeprefix("#"), self.names), text, line, page=True)
