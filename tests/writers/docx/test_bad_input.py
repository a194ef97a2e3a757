"""What a careless or hostile source may hold: the right file, or one clear line; never a file that Word must repair."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from report.content.nodes import Block, Box, Cell, Column, Contents, Link, Note, NoteMark, Part, Quote, Table
from report.errors import ReportError
from report.theme.theme import Theme
from report.writers.docx.lint import lint_docx
from report.writers.docx.write import write_docx

from .sample import h, make_content, make_layout, make_picture, p, row, t
from .test_nodes import nested
from .test_text import texts

NASTY = "甲\x00\x01\x08\x0b\x0c\x1f\x7f\x9f\ud800\udfff\ufffe\uffff<w:p>&amp;\"'{}%s]]>乙\u202e丙\u200b丁"
CLEAN = "甲<w:p>&amp;\"'{}%s]]>乙\u202e丙\u200b丁"


def write(theme: Theme, *blocks: Block, pictures: dict[str, Any] | None = None, title: str = "题") -> bytes:
    """The sample with these blocks as a chapter of its own, on page 8."""
    content = make_content()
    layout = make_layout()
    layout["pages"].append({"number": "8", "blank": False, "lines": [], "notes": [], "headings": [],
                            "anchors": ["bad", "table"]})  # fmt: skip
    front = content.front.changed({"title": title, "keywords": (title,), "code": title})
    notes = {"bad": Note(inlines=(t(NASTY), Link(url=f"https://example.org/{NASTY}", text=NASTY)))}
    part = Part(role="body", title=title, blocks=(h(1, "", title, "bad"), *blocks))
    made = content.changed({"front": front, "parts": (*content.parts, part), "notes": {**content.notes, **notes}})
    return write_docx(made, theme, layout, pictures or {"throughput": make_picture()})


def sound(data: bytes, folder: Path) -> bool:
    path = folder / "report.docx"
    path.write_bytes(data)
    return not OpenXmlValidator().validate(path).errors and lint_docx(data) == []


def table(count: int, **more: Any) -> Table:
    fields: dict[str, Any] = {
        "id": "table", "number": 2, "caption": (t("表"),), "columns": (Column(), Column(align="decimal")),
        "head": (row("项", "数"),), "rows": tuple(row(f"第{i}项", f"{i}.5") for i in range(count)),
    }  # fmt: skip
    return Table(**(fields | more))


def test_characters_that_xml_cannot_hold_are_left_out_everywhere(theme: Theme, tmp_path: Path) -> None:
    cell = Cell(inlines=(t(NASTY, "strong"), NoteMark(note="bad")))
    blocks = (
        p(t(NASTY), Link(url='https://example.org/a"b<c>', text=NASTY)), Quote(blocks=(p(NASTY),)),
        Box(title=(t(NASTY),), blocks=(p(NASTY),)), nested(ordered=True, words=NASTY[:3]),
        table(1, caption=(t(NASTY),), rows=((cell, cell.changed({"inlines": (t("1.5"),)})),), source=(t(NASTY),)),
    )  # fmt: skip
    data = write(theme, *blocks, title=NASTY)
    document = open_docx(io.BytesIO(data))
    assert sound(data, tmp_path)
    assert document.core_properties.title == CLEAN
    assert texts(document.element.body).count(CLEAN) >= 6


def test_a_picture_in_an_unknown_format_is_told(theme: Theme) -> None:
    for picture in (b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", make_picture()[:20], b"RIFF\x00\x00\x00\x00WEBP"):
        with pytest.raises(ReportError, match="throughput.*格式 Word 不认识"):
            write(theme, pictures={"throughput": picture})


def test_a_picture_of_no_size_is_told(theme: Theme) -> None:
    with pytest.raises(ReportError, match="throughput.*0 像素"):
        write(theme, pictures={"throughput": b"GIF89a" + bytes(7)})


def test_a_table_of_five_thousand_rows(theme: Theme, tmp_path: Path) -> None:
    data = write(theme, table(5000))
    document = open_docx(io.BytesIO(data))
    rows = [len(list(found.iter(qn("w:tr")))) for found in document.element.body.iter(qn("w:tbl"))]
    assert 5001 in rows and lint_docx(data) == []


def test_lists_deeper_than_word_counts_stay_sound(theme: Theme, tmp_path: Path) -> None:
    words = "一二三四五六七八九十"
    data = write(theme, nested(ordered=True, words=words), nested(ordered=False, words=words))
    assert sound(data, tmp_path)


def test_an_empty_table_or_contents_list_stays_sound(theme: Theme, tmp_path: Path) -> None:
    one_row = table(0, number=0, caption=(), head=(), rows=(row("", ""),))
    assert sound(write(theme, one_row, Contents(kind="tables"), Quote(blocks=()), p()), tmp_path)


def test_a_joined_cell_that_runs_out_of_its_table_is_told(theme: Theme) -> None:
    loose = table(2, rows=((Cell(inlines=(t("甲"),), rows=9, columns=9),), ()))
    with pytest.raises(ReportError, match="单元格数与 2 栏不符"):
        write(theme, loose)
