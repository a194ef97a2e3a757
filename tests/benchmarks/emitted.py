"""A content tree as the rivals' own source: Typst markup, HTML with CSS, and Pandoc's Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from report.content.nodes import Block, Cell, Content, Contents, Figure, Heading, Inline, Paragraph, Table

Escape = Callable[[str], str]
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
CIRCLED = " ".join(f'"{chr(0x2460 + index)}"' for index in range(20))

TYPST_HEAD = """
#set document(title: "TITLE", date: datetime(year: 2026, month: 1, day: 1))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, x: 33mm), numbering: "1",
  header: { counter(footnote).update(0) })
#set text(lang: "zh", region: "cn", font: ("STIXGeneral", "Noto Serif SC"), size: 16pt,
  top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.95em, spacing: 0.95em)
#show heading: set text(font: "Noto Sans SC")
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 2): set text(size: 17pt)
#set footnote(numbering: "①")
#show footnote.entry: set text(size: 10.5pt)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: set text(size: 10.5pt, font: "Noto Sans SC")
#show table: set text(size: 10.5pt)
#show table: set par(first-line-indent: 0em, justify: false)
"""
CSS = """
@counter-style circled {system: fixed; symbols: CIRCLED; suffix: ""}
@page {size: A4; margin: 37mm 33mm 35mm 33mm; counter-reset: footnote; @bottom-center {content: counter(page)}
  @footnote {border-top: .5pt solid #000; padding-top: 4pt}}
html {font-family: STIXGeneral, "Noto Serif SC"; font-size: 16pt; line-height: 1.95}
body {margin: 0} p {margin: 0; text-indent: 2em; text-align: justify; orphans: 2; widows: 2}
h1 {font: 700 19pt/1.6 "Noto Sans SC"; break-after: avoid} h2 {font: 500 17pt/1.6 "Noto Sans SC"; break-after: avoid}
.note {float: footnote; font-size: 10.5pt; line-height: 1.5; text-indent: 0; overflow-wrap: anywhere}
.note::footnote-call {content: counter(footnote, circled); vertical-align: super; font-size: 10pt}
.note::footnote-marker {content: counter(footnote, circled) " "}
ul {list-style: none; padding: 0} ul a {color: #000; text-decoration: none}
ul a::after {content: leader(".") target-counter(attr(href), page)}
figure {margin: .5em 0; break-inside: avoid} figure img {width: 100%} figcaption, caption {font: 10.5pt "Noto Sans SC"}
table {border-collapse: collapse; width: 100%; font-size: 10.5pt; line-height: 1.6} td, th {border: .5pt solid #000}
"""


def words(inlines: Iterable[Inline], escape: Escape, note: Escape) -> str:
    """The inlines in a rival's markup; `note` writes what hangs on a mark."""
    return "".join(note(inline.note) if inline.type == "note-mark" else escape(inline.text) for inline in inlines)


def rows(table: Table) -> list[list[Cell]]:
    """Head and body."""
    return [list(row) for row in (*table.head, *table.rows)]


def body(content: Content) -> list[Block]:
    """The blocks of the body."""
    return [block for part in content.parts if part.role == "body" for block in part.blocks]


# ------------------------------------------------------------ Typst


def typst(content: Content, charts: Path) -> str:
    """Typst markup; `charts` holds the pictures, below the compiler's root."""

    def escape(text: str) -> str:
        return re.sub(r"([\\#\[\]$*_`<>@~\"=/'+-])", r"\\\1", text)

    def note(name: str) -> str:
        return f"#footnote[{words(content.notes[name].inlines, escape, str)}]"

    def block(one: Block) -> str:
        if isinstance(one, Heading):
            return "=" * one.level + " " + words(one.inlines, escape, note)
        if isinstance(one, Paragraph):
            return words(one.inlines, escape, note)
        if isinstance(one, Figure):
            picture = f'image("{charts / one.chart}.svg", width: 100%, alt: {_quoted(one.alt)})'
            return f"#figure({picture}, alt: {_quoted(one.alt)}, caption: [{words(one.caption, escape, note)}])"
        assert isinstance(one, Table)
        head, *rest = ([f"[{words(cell.inlines, escape, note)}]" for cell in row] for row in rows(one))
        cells = ", ".join(cell for row in rest for cell in row)
        return (f"#figure(table(columns: {len(one.columns)}, table.header({', '.join(head)}), {cells}), "
                f"caption: [{words(one.caption, escape, note)}])")

    head = TYPST_HEAD.replace("TITLE", content.front.title)
    cover = f"#align(center)[{escape(content.front.title)}]\n#pagebreak()\n#outline()\n#pagebreak()"
    return "\n\n".join([head, cover, *(block(one) for one in body(content))])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# ------------------------------------------------------------ HTML


def page(content: Content, charts: Path) -> str:
    """HTML with print CSS."""

    def note(name: str) -> str:
        return f'<span class="note">{words(content.notes[name].inlines, html.escape, str)}</span>'

    def block(one: Block) -> str:
        if isinstance(one, Heading):
            return f'<h{one.level} id="{one.id}">{words(one.inlines, html.escape, note)}</h{one.level}>'
        if isinstance(one, Paragraph):
            return f"<p>{words(one.inlines, html.escape, note)}</p>"
        caption = words(one.caption, html.escape, note) if isinstance(one, Figure | Table) else ""
        if isinstance(one, Figure):
            picture = f'<img src="{charts / one.chart}.svg" alt="{html.escape(one.alt)}">'
            return f"<figure>{picture}<figcaption>{caption}</figcaption></figure>"
        assert isinstance(one, Table)
        head, *rest = (
            "<tr>" + "".join(f"<td>{words(cell.inlines, html.escape, note)}</td>" for cell in row) + "</tr>"
            for row in rows(one)
        )
        return f"<table><caption>{caption}</caption><thead>{head}</thead><tbody>{''.join(rest)}</tbody></table>"

    entries = "".join(
        f'<li><a href="#{one.id}">{words(one.inlines, html.escape, lambda name: "")}</a></li>'
        for one in body(content) if isinstance(one, Heading)
    )
    title = html.escape(content.front.title)
    return (f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
            f"<style>{CSS.replace('CIRCLED', CIRCLED)}</style></head><body><h1>{title}</h1><ul>{entries}</ul>"
            + "\n".join(block(one) for one in body(content)) + "</body></html>")


# ------------------------------------------------------------ Markdown


def markdown(content: Content, charts: Path) -> str:
    """Pandoc's Markdown."""

    def escape(text: str) -> str:
        return re.sub(r"([\\`*_{}\[\]<>#$|^~@])", r"\\\1", text)

    def note(name: str) -> str:
        return f"[^{name}]"

    def block(one: Block) -> str:
        if isinstance(one, Heading):
            return "#" * one.level + " " + words(one.inlines, escape, note)
        if isinstance(one, Paragraph):
            return words(one.inlines, escape, note)
        if isinstance(one, Figure):
            return f"![{words(one.caption, escape, note)}]({charts / one.chart}.png){{width=100%}}"
        assert isinstance(one, Table)
        head, *rest = ("| " + " | ".join(words(c.inlines, escape, note) for c in row) + " |" for row in rows(one))
        rule = "|" + "---|" * len(one.columns)
        return "\n".join([head, rule, *rest, "", ": " + words(one.caption, escape, note)])

    head = f'---\ntitle: "{content.front.title}"\nlang: zh-CN\n---'
    notes = [f"[^{name}]: {words(one.inlines, escape, str)}" for name, one in content.notes.items()]
    return "\n\n".join([head, *(block(one) for one in body(content) if not isinstance(one, Contents)), *notes])
