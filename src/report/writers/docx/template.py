"""A template to change in Word: a report's cover, series page and closing page, and every style showing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from docx.oxml.ns import qn
from ruamel.yaml import YAML

from report.content.nodes import Content, NoteMark
from report.theme.theme import Theme
from report.writers.docx.blocks import blocks
from report.writers.docx.cover import closing_blocks, cover_blocks
from report.writers.docx.draft import Draft, new_draft
from report.writers.docx.inlines import set_inlines, text_runs
from report.writers.docx.measures import text_width
from report.writers.docx.package import save
from report.writers.docx.record import keep_item
from report.writers.docx.sections import Stretch
from report.writers.docx.styles import chart_styles, style_of_role
from report.writers.docx.units import twips
from report.writers.docx.write import write_sections
from report.writers.docx.xml import Element, paragraph, text_run, w

Shown = dict[str, str]  # a style's id, its name in Word's menus, what it is for
STAMP = 4.6  # em: the width of the stamp
STAMP_BORDER = 6.0  # points that its border takes, above and below
TABLES = {"Table": ("table",), "Annex": ("annex", "follow", "characters")}  # whose styles → the groups it shows
BESIDE = {"Table": (1, 2) * 2, "Annex": (8, 9) * 3}  # parts of the width: name, what for, and again
HEAD = ("样式", "用在哪里")


@cache
def specimens() -> dict[str, list[Shown]]:
    """The table that stands beside this module: group → styles in the order in which the template shows them."""
    text = (Path(__file__).parent / "specimens.yaml").read_text(encoding="utf-8")
    table: dict[str, list[Shown]] = YAML(typ="safe").load(text)
    return table


def template_docx(content: Content, theme: Theme, record: str = "", namespace: str = "") -> bytes:
    """The template as .docx: equal input, equal bytes.

    `content` has the cover, the series page and the closing page; in the place of the body every style shows its name
    in Chinese and what it is for. `record` is kept in the file (see templates/word/record), where there is one.
    """
    draft = new_draft(content, theme, {}, {}, {})
    draft.document.styles.element.extend(chart_styles(theme))
    _let_grow(draft.document.styles.element)
    write_sections(draft, lambda stretch: _elements(draft, stretch))
    if record:
        keep_item(draft.document, namespace, record)
    return save(draft.document)


def _elements(draft: Draft, stretch: Stretch) -> Iterator[Element]:
    match stretch.part.role:
        case "cover":
            yield from _unframed(draft, cover_blocks(draft, stretch.blocks))
        case "closing":
            yield from closing_blocks(draft, stretch.blocks)
        case "body":
            yield from _styles(draft)
        case role:
            yield from blocks(draft, stretch.blocks, role)


def _unframed(draft: Draft, elements: Iterator[Element]) -> Iterator[Element]:
    """The stamp stands in a frame on a cover; LibreOffice would make a floating box of it: here it is a line, and the
    white below it so much less."""
    look, taken = draft.theme.roles["cover-stamp"], 0
    for element in elements:
        properties = element.find(qn("w:pPr"))
        if (frame := properties.find(qn("w:framePr"))) is not None:
            properties.replace(frame, w("ind", left=twips(text_width(draft.theme) - STAMP * look.size)))
            taken = twips(look.before + look.leading + look.after + STAMP_BORDER)
        elif taken and (white := properties.find(qn("w:spacing"))) is not None:
            white.set(qn("w:before"), str(max(0, int(white.get(qn("w:before"))) - taken)))
            taken = 0
        yield element


def _let_grow(styles: Element) -> None:
    """Let the logo's line grow with a picture: a line of exact height would cut it off."""
    for spacing in styles.xpath(f"w:style[@w:styleId='{style_of_role('cover-logo')}']/w:pPr/w:spacing"):
        spacing.set(qn("w:lineRule"), "atLeast")


def _styles(draft: Draft) -> Iterator[Element]:
    """Every style: those that a paragraph can show in a paragraph of their own, the others in tables."""
    for shown in specimens()["pages"]:
        yield _specimen(draft, shown)
    for kind, groups in TABLES.items():
        yield paragraph("Break")
        told = [(one["shown"], one["what"]) for group in groups for one in specimens()[group]]
        yield _table(draft, told, kind)
    yield paragraph("Break")


def _specimen(draft: Draft, shown: Shown) -> Element:
    element = paragraph(shown["id"])
    element.extend(text_runs(f"{shown['shown']}：{shown['what']}"))
    if shown["id"] == "BodyText":
        element.extend(set_inlines(draft, (NoteMark(note="note"),), draft.document.part))
    if shown["id"].startswith("TOC"):
        element.append(text_run("\t1"))
    return element


def _table(draft: Draft, told: Sequence[tuple[str, str]], kind: str) -> Element:
    """A table with three rules: names of styles, and what they are for; read down, then beside."""
    beside = len(BESIDE[kind]) // len(HEAD)
    high = -(-len(told) // beside)
    columns = (told[start : start + high] for start in range(0, len(told), high))
    entries = [(HEAD,) * beside, *zip_longest(*columns, fillvalue=("", ""))]
    widths = [twips(part / sum(BESIDE[kind]) * text_width(draft.theme)) for part in BESIDE[kind]]
    rows = (tuple(text for entry in row for text in entry) for row in entries)
    return w(
        "tbl",
        w("tblPr", w("tblStyle", val="ThreeRules"), w("tblW", w=sum(widths), type="dxa"),
          w("tblLayout", type="fixed"), w("tblLook", val="0420", firstRow=1, noVBand=1)),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *(_row(row, widths, f"{kind}Cell" if number else f"{kind}Head", head=not number)
          for number, row in enumerate(rows)),
    )  # fmt: skip


def _row(texts: Sequence[str], widths: Sequence[int], style: str, *, head: bool) -> Element:
    cells = []
    for text, width in zip(texts, widths, strict=True):
        words = paragraph(style)
        words.extend(text_runs(text))
        cells.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), words))
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if head else None), *cells)
