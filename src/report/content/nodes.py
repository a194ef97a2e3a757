"""The content tree: a small closed set of blocks and inlines that says what a report says, never how it looks."""

from __future__ import annotations

from typing import ClassVar, Literal

from report.records import Record

# ---------------------------------------------------------------- inlines


TextStyle = Literal["", "strong", "emphasis", "dots", "superscript", "subscript"]


class Text(Record, tag="text"):
    """A run of words. `strong` is 黑体, `emphasis` 楷体, `dots` 着重号; super- and subscripts are words, not marks."""

    type: ClassVar[Literal["text"]] = "text"
    text: str
    style: TextStyle = ""


class Value(Record, tag="value"):
    """A figure bound to evidence: `name` is a key of Content.evidence. `text` is what is printed."""

    type: ClassVar[Literal["value"]] = "value"
    name: str
    text: str
    style: Literal["", "strong"] = ""


class Direction(Record, tag="direction"):
    """A word that the data chose (高于/低于, 上升/下降), from the values named."""

    type: ClassVar[Literal["direction"]] = "direction"
    text: str
    values: tuple[str, ...]


class Link(Record, tag="link"):
    """A hyperlink; http(s) only."""

    type: ClassVar[Literal["link"]] = "link"
    url: str
    text: str


class Ref(Record, tag="ref"):
    """A cross reference to a figure, table or heading by id; `text` is the words printed (图3, 第二章)."""

    type: ClassVar[Literal["ref"]] = "ref"
    target: str
    text: str


class PageRef(Record, tag="page-ref"):
    """A reference to the page on which a figure, table or heading stands: `before`, the page's number, `after`
    (第12页). `label` is what the target is called (图3): printed instead where there are no pages."""

    type: ClassVar[Literal["page-ref"]] = "page-ref"
    target: str
    before: str = "第"
    after: str = "页"
    label: str = ""

    @property
    def text(self) -> str:
        """The words without the number, which only a writer knows."""
        return self.before + self.after


class NoteMark(Record, tag="note-mark"):
    """Where a footnote hangs; `note` is a key of Content.notes. Writers choose the mark (① anew on each page)."""

    type: ClassVar[Literal["note-mark"]] = "note-mark"
    note: str


Inline = Text | Value | Direction | Link | Ref | PageRef | NoteMark
Inlines = tuple[Inline, ...]

# ---------------------------------------------------------------- blocks


class Heading(Record, tag="heading"):
    """A heading of level 1–3. `number` is what the series prints before it (一、 （一） 1.), "" where unnumbered
    (结语). `id` is unique in the tree."""

    type: ClassVar[Literal["heading"]] = "heading"
    level: int
    id: str
    number: str
    inlines: Inlines


class Paragraph(Record, tag="paragraph", kw_only=True):
    """A paragraph in a role of the theme (`body` as a rule)."""

    type: ClassVar[Literal["paragraph"]] = "paragraph"
    role: str = "body"
    inlines: Inlines


class ListBlock(Record, tag="list"):
    """A list; each item is blocks."""

    type: ClassVar[Literal["list"]] = "list"
    ordered: bool
    items: tuple[tuple[Block, ...], ...]


class Quote(Record, tag="quote"):
    """A quotation set apart."""

    type: ClassVar[Literal["quote"]] = "quote"
    blocks: tuple[Block, ...]


class Box(Record, tag="box"):
    """A box 专栏 with a title."""

    type: ClassVar[Literal["box"]] = "box"
    title: Inlines
    blocks: tuple[Block, ...]


class Figure(Record, tag="figure"):
    """A numbered chart with its caption below. `chart` names the files of the chart stage; `alt` says in words what
    the picture shows."""

    type: ClassVar[Literal["figure"]] = "figure"
    id: str
    number: int
    chart: str
    caption: Inlines
    source: Inlines
    alt: str


class Cell(Record):
    """A table cell; spans count columns and rows."""

    inlines: Inlines
    columns: int = 1
    rows: int = 1


class Column(Record):
    """A column: `align` decimal lines up on the decimal point; `width` is a share of the table, 0 for automatic."""

    align: Literal["left", "center", "right", "decimal"] = "left"
    width: float = 0


class Table(Record, tag="table"):
    """A numbered table with its caption above. `number` 0: unnumbered (the annex's). `style` annex is set smaller.
    `notes` (注：…) stand under it, each a paragraph, before the source; `landscape` asks for pages of its own on which
    it lies across."""

    type: ClassVar[Literal["table"]] = "table"
    id: str
    number: int
    caption: Inlines
    columns: tuple[Column, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Inlines, ...] = ()
    source: Inlines = ()
    style: Literal["", "annex"] = ""
    landscape: bool = False


class Contents(Record, tag="contents"):
    """The place of the table of contents; writers fill it from the headings of numbered parts, `levels` deep, or with
    the captions of the numbered figures or tables."""

    type: ClassVar[Literal["contents"]] = "contents"
    kind: Literal["headings", "figures", "tables"] = "headings"
    levels: int = 2


Block = Heading | Paragraph | ListBlock | Quote | Box | Figure | Table | Contents

# ---------------------------------------------------------------- the tree


class Note(Record):
    """A footnote's text."""

    inlines: Inlines


PartRole = Literal["cover", "series", "abstract", "contents", "body", "annex", "sources", "closing"]


class Part(Record, kw_only=True):
    """A part of the book: pages in one role. Parts cover and closing carry paragraphs in their own roles
    (cover-title, …, closing-line); `title` is what the running header shows."""

    role: PartRole
    title: str = ""
    blocks: tuple[Block, ...]


class Witness(Record):
    """One source's word for a value: the sentence, and the clause (at most 60 characters) that holds the figure."""

    observation: str
    doc: str
    source: int  # number in Content.sources
    text: str
    sentence: str
    clause: str
    citations: tuple[str, ...] = ()
    correction: str = ""  # why a person set the figure right; "" where none did


class Evidence(Record):
    """Who says so: a value's witnesses (winner first), or the values it is derived from and how.

    Where documents are at odds, `taken` says what the report takes; `touches` are the values that a finding concerns.
    """

    label: str
    text: str
    verdict: str  # 一致 / 单一来源 / 不一致 / 推算
    reason: str = ""
    witnesses: tuple[Witness, ...] = ()
    parents: tuple[str, ...] = ()
    formula: str = ""
    taken: str = ""
    touches: tuple[str, ...] = ()


class Reference(Record):
    """An entry of the source list: `number` as printed, `text` after GB/T 7714, the file's sha256."""

    number: int
    doc: str
    text: str
    title: str
    publisher: str
    date: str
    url: str
    sha256: str


class Front(Record, kw_only=True):
    """What the report says of itself: cover lines and document metadata. Empty slots hold 〔…〕."""

    title: str
    subtitle: str = ""
    serial: str
    code: str
    series: str
    kind: str  # 行业报告
    date: str  # ISO
    date_text: str  # 2026年11月
    logo: str = ""
    issuer: str
    author: str
    stamp: str = ""  # 样稿
    statement: str = ""  # set from the documents in seeds/
    language: str = "zh-CN"
    keywords: tuple[str, ...] = ()


class Origin(Record):
    """A section as its author wrote it: its Markdown without the front matter (`text`, which begins on `first_line` of
    the file), and what each `{{ … }}` of it printed, in their order, with the note that the press hung on it. `varies`:
    the data decide which of its blocks stand in the report; `answers`: what they said of each condition, in the order
    in which a reader of the text asks."""

    file: str  # its name under sections/
    part: Literal["series", "abstract", "body", "annex"]
    title: str
    text: str
    first_line: int
    printed: tuple[Inlines, ...]
    varies: bool = False
    answers: tuple[bool, ...] = ()


class Content(Record):
    """A report, whole: what every writer sets, and what it was composed from (`report` is its template's name)."""

    front: Front
    parts: tuple[Part, ...]
    notes: dict[str, Note]
    evidence: dict[str, Evidence]
    sources: tuple[Reference, ...]
    labels: dict[str, str] = {}  # 图, 表, 资料来源, 目录 …: words that writers print
    report: str = ""
    sections: tuple[Origin, ...] = ()
