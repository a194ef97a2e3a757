"""The content tree: a small closed set of blocks and inlines that says what a report says, never how it looks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.models import Model

# ---------------------------------------------------------------- inlines


class Text(Model):
    """A run of words. `strong` is 黑体, `emphasis` 楷体, `dots` 着重号."""

    type: Literal["text"] = "text"
    text: str
    style: Literal["", "strong", "emphasis", "dots"] = ""


class Value(Model):
    """A figure bound to evidence: `name` is a key of Content.evidence. `text` is what is printed."""

    type: Literal["value"] = "value"
    name: str
    text: str
    style: Literal["", "strong"] = ""


class Direction(Model):
    """A word that the data chose (高于/低于, 上升/下降), from the values named."""

    type: Literal["direction"] = "direction"
    text: str
    values: tuple[str, ...]


class Link(Model):
    """A hyperlink; http(s) only."""

    type: Literal["link"] = "link"
    url: str
    text: str


class Ref(Model):
    """A cross reference to a figure, table or heading by id; `text` is the words printed (图3, 第二章)."""

    type: Literal["ref"] = "ref"
    target: str
    text: str


class NoteMark(Model):
    """Where a footnote hangs; `note` is a key of Content.notes. Writers choose the mark (① anew on each page)."""

    type: Literal["note-mark"] = "note-mark"
    note: str


Inline = Annotated[Text | Value | Direction | Link | Ref | NoteMark, Field(discriminator="type")]
Inlines = tuple[Inline, ...]

# ---------------------------------------------------------------- blocks


class Heading(Model):
    """A heading of level 1–3. `number` is what the series prints before it (一、 （一） 1.), "" where unnumbered
    (结语). `id` is unique in the tree."""

    type: Literal["heading"] = "heading"
    level: int
    id: str
    number: str
    inlines: Inlines


class Paragraph(Model):
    """A paragraph in a role of the theme (`body` as a rule)."""

    type: Literal["paragraph"] = "paragraph"
    role: str = "body"
    inlines: Inlines


class ListBlock(Model):
    """A list; each item is blocks."""

    type: Literal["list"] = "list"
    ordered: bool
    items: tuple[tuple[Block, ...], ...]


class Quote(Model):
    """A quotation set apart."""

    type: Literal["quote"] = "quote"
    blocks: tuple[Block, ...]


class Box(Model):
    """A box 专栏 with a title."""

    type: Literal["box"] = "box"
    title: Inlines
    blocks: tuple[Block, ...]


class Figure(Model):
    """A numbered chart with its caption below. `chart` names the files of the chart stage; `alt` says in words what
    the picture shows."""

    type: Literal["figure"] = "figure"
    id: str
    number: int
    chart: str
    caption: Inlines
    source: Inlines
    alt: str


class Cell(Model):
    """A table cell; spans count columns and rows."""

    inlines: Inlines
    columns: int = 1
    rows: int = 1


class Column(Model):
    """A column: `align` decimal lines up on the decimal point; `width` is a share of the table, 0 for automatic."""

    align: Literal["left", "center", "right", "decimal"] = "left"
    width: float = 0


class Table(Model):
    """A numbered table with its caption above. `number` 0: unnumbered (the annex's). `style` annex is set smaller."""

    type: Literal["table"] = "table"
    id: str
    number: int
    caption: Inlines
    columns: tuple[Column, ...]
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: Inlines = ()
    style: Literal["", "annex"] = ""


class Contents(Model):
    """The place of the table of contents; writers fill it from the headings of numbered parts, `levels` deep."""

    type: Literal["contents"] = "contents"
    levels: int = 2


Block = Annotated[
    Heading | Paragraph | ListBlock | Quote | Box | Figure | Table | Contents, Field(discriminator="type")
]
for _block in (ListBlock, Quote, Box):
    _block.model_rebuild()

# ---------------------------------------------------------------- the tree


class Note(Model):
    """A footnote's text."""

    inlines: Inlines


PartRole = Literal["cover", "series", "abstract", "contents", "body", "annex", "sources", "closing"]


class Part(Model):
    """A part of the book: pages in one role. Parts cover and closing carry paragraphs in their own roles
    (cover-title, …, closing-line); `title` is what the running header shows."""

    role: PartRole
    title: str = ""
    blocks: tuple[Block, ...]


class Witness(Model):
    """One source's word for a value: the sentence, and the clause (at most 60 characters) that holds the figure."""

    observation: str
    doc: str
    source: int  # number in Content.sources
    text: str
    sentence: str
    clause: str
    citations: tuple[str, ...] = ()
    correction: str = ""  # why a person set the figure right; "" where none did


class Evidence(Model):
    """Who says so: a value's witnesses (winner first), or the values it is derived from and how."""

    label: str
    text: str
    verdict: str  # 一致 / 单一来源 / 不一致 / 推算
    reason: str = ""
    witnesses: tuple[Witness, ...] = ()
    parents: tuple[str, ...] = ()
    formula: str = ""


class Reference(Model):
    """An entry of the source list: `number` as printed, `text` after GB/T 7714, the file's sha256."""

    number: int
    doc: str
    text: str
    title: str
    publisher: str
    date: str
    url: str
    sha256: str


class Front(Model):
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


class Content(Model):
    """A report, whole: what every writer sets."""

    front: Front
    parts: tuple[Part, ...]
    notes: dict[str, Note]
    evidence: dict[str, Evidence]
    sources: tuple[Reference, ...]
    labels: dict[str, str] = {}  # 图, 表, 资料来源, 目录 …: words that writers print
