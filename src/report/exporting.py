"""Exports a template to Word: a file that looks like a finished report and shows every style, for people to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from report.content.nodes import Block, Content, Front, Heading, Note, Paragraph, Part, Text
from report.errors import ReportError
from report.files import write_file
from report.opening import SERIES, template_folder
from report.templates.layers import template_chain
from report.templates.load import read_words
from report.templates.word.directly import directly
from report.templates.word.logo import fingerprint, logo
from report.templates.word.opened import WordTemplate, colours, opened, page_traits, table_traits
from report.templates.word.record import NAMESPACE, Exported, ExportedStyle
from report.templates.word.traits import canonical
from report.templates.word.words import said, unsaid
from report.theme.layers import theme_layers
from report.theme.load import load_theme
from report.theme.theme import Theme
from report.theme.word import RULES
from report.writers.docx.drawing_theme import scheme
from report.writers.docx.styles import style_of_role, style_table
from report.writers.docx.template import specimens, template_docx

TITLE = "〔报告标题〕"  # and the other lines that each report has of its own
SERIAL, CODE, DATE = "〔编号〕", "〔分类号〕", "〔日期〕"
HEADINGS = ("一、", "（一）", "1.")


def export_template(template: str, output: Path) -> str:
    """The Word file of a series, a report or a theme (its name or folder), to change and to save as template.docx."""
    chain = template_chain(template_folder(template), SERIES)
    layers = theme_layers(chain, SERIES)
    theme = load_theme((file.data for file in layers.files), layers.where)
    write_file(output, exported(chain, theme))
    return f"{output.as_posix()}：改好样式后存成 {template_folder(template).as_posix()}/template.docx，再生成报告"


def exported(chain: Sequence[Path], theme: Theme) -> bytes:
    """The template of these folders (the base's first) in a theme, with the record of what it was."""
    content = _content(chain)
    found = opened(template_docx(content, theme), "template.docx")
    return template_docx(content, theme, _record(found, theme).compact(), NAMESPACE)


def _record(template: WordTemplate, theme: Theme) -> Exported:
    page = page_traits(template.section)
    return Exported(
        styles=_styles(template),
        direct=directly(template),
        page=page,
        table=table_traits(template.styles, RULES),
        looks={role: msgspec.to_builtins(look) for role, look in theme.roles.items()},
        lengths=msgspec.to_builtins(theme.page),
        scheme=scheme(theme),
        colours=colours(template),
        words=said(template),
        texts=unsaid(template),
        furniture=template.furniture(),
        logo=fingerprint(logo(template)),
    )


def _styles(template: WordTemplate) -> dict[str, ExportedStyle]:
    """Every style of the file that this project names, and Word's own that lie below them."""
    shown = {one["id"]: one["shown"] for group in specimens().values() for one in group}
    table = style_table()
    entries = [*table["paragraph"], *table["chart"], *table["character"]]
    by_id = {entry["id"]: entry for entry in entries}
    found = {"normal": ExportedStyle(shown="正文", traits=template.styles.traits("Normal"))}
    for entry in entries:
        role = by_id[entry["same"]]["role"] if "same" in entry else entry.get("role", "")
        ident = entry["id"]
        main = bool(role) and ident == _main(role)
        found[canonical(entry["name"])] = ExportedStyle(
            shown=shown.get(ident, entry["name"]), role=role, main=main, traits=template.styles.traits(ident)
        )
    return found


def _main(role: str) -> str:
    """The id of the style in which a role is changed."""
    chart = {entry["role"]: entry["id"] for entry in style_table()["chart"]}
    return str(chart[role]) if role in chart else style_of_role(role)


def _content(chain: Sequence[Path]) -> Content:
    """The words of the template's cover, series page and closing page, as their author wrote them."""
    files, issues = read_words(chain)
    if issues:
        raise ReportError.all_of(issues)
    about, strings = files["series.yaml"].data, files["strings.yaml"].data
    page, closing = strings["series_page"], strings["closing"]
    series = [*_lines("front-title", page.get("title")), *_lines("front-body", *page["paragraphs"])]
    signed = (f"{line}：" for line in closing["lines"])
    last = [*_lines("closing-label", closing.get("title")), *_lines("closing-line", *signed),
            *_lines("closing-statement", closing["statement"])]  # fmt: skip
    headings = (
        Heading(level=level, id=f"style-{level}", number=number, inlines=(Text(text="各种样式"),))
        for level, number in enumerate(HEADINGS, 1)
    )
    note = Note(inlines=(Text(text="脚注文本：页下的注。每页从①起编号。"),))
    return Content(
        front=_front(about),
        parts=(
            Part(role="cover", blocks=tuple(_cover(about))),
            Part(role="series", blocks=tuple(series)),
            Part(role="body", title="各种样式", blocks=tuple(headings)),
            Part(role="closing", blocks=tuple(last)),
        ),
        notes={"note": note},
        evidence={},
        sources=(),
        labels=strings.get("labels", {}),
    )


def _front(about: Mapping[str, Any]) -> Front:
    return Front(title=TITLE, serial=SERIAL, code=CODE, series=about["series"], kind=about["kind"], date="",
                 date_text=DATE, issuer=about["issuer"], author=about["author"])  # fmt: skip


def _cover(about: Mapping[str, Any]) -> list[Block]:
    lines = {
        "cover-serial": SERIAL, "cover-code": CODE, "cover-stamp": about.get("stamp"), "cover-series": about["series"],
        "cover-title": TITLE, "cover-subtitle": f"{about['kind']}系列", "cover-logo": about.get("logo"),
        "cover-issuer": about["issuer"], "cover-author": about["author"], "cover-date": DATE,
        "cover-statement": about.get("statement"),
    }  # fmt: skip
    return [block for role, text in lines.items() for block in _lines(role, text)]


def _lines(role: str, *texts: str | None) -> list[Block]:
    return [Paragraph(role=role, inlines=(Text(text=text),)) for text in texts if text]
