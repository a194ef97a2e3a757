"""What cannot be set is told with the file and line where its author wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.content.nodes import Cell, Column, Content, Origin, Paragraph, Part, Table, Text
from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.write import set_pdf

from .sample import content

TEXT = "# 港口\n\n生僻字**强🜁调**在此。\n\n又有𐤀。\n\n::: table 很宽的表 {#wide}\n:::\n"


def written(block: Paragraph | Table) -> Content:
    """A report of one block, with the section that it comes from."""
    origin = Origin(file="二.md", part="body", title="", text=TEXT, first_line=3, printed=())
    return content([Part(role="body", blocks=(block,))]).changed({"sections": (origin,)})


def told(block: Paragraph | Table, press: tuple[Theme, FontLibrary]) -> list[str]:
    """The lines of the error."""
    with pytest.raises(ReportError) as raised:
        set_pdf(written(block), *press, {})
    return [str(issue) for issue in raised.value.issues]


def test_all_characters_without_a_font_are_told_at_once(press: tuple[Theme, FontLibrary]) -> None:
    words = Paragraph(inlines=(Text(text="生僻字"), Text(text="强🜁调", style="strong"), Text(text="在此。又有𐤀。")))
    lines = told(words, press)

    assert [line.strip()[:10] for line in lines] == ["二.md:5: “强", "二.md:7: “在"]
    assert "U+1F701" in lines[0] and "U+10900" in lines[1]


def test_signs_of_one_emoji_and_letters_of_one_word_are_told_together(press: tuple[Theme, FontLibrary]) -> None:
    lines = told(Paragraph(inlines=(Text(text="一家👨\u200d👩\u200d👧都在，又有𐤀𐤁𐤂三字。"),)), press)

    assert len(lines) == 2
    assert "没有字体收有字符 U+1F468 👨、U+1F469 👩、U+1F467 👧 — " in lines[0]
    assert "没有字体收有字符 U+10900 𐤀、U+10901 𐤁、U+10902 𐤂 — " in lines[1]


def test_unseen_characters_want_no_font(press: tuple[Theme, FontLibrary]) -> None:
    lines = told(Paragraph(inlines=(Text(text="又有\ufe0f𐤀\ufe0f。"),)), press)

    assert len(lines) == 1 and "U+10900" in lines[0]


def test_a_bad_font_is_told_once(press: tuple[Theme, FontLibrary], tmp_path: Path) -> None:
    theme, _ = press
    path = tmp_path / "bad.ttf"
    path.write_bytes(b"no font")
    files = {key: file.changed({"package": "", "file": str(path)}) for key, file in theme.files.items()}
    bad = theme.changed({"files": {**theme.files, "stix": files["stix"]}})
    lines = told(Paragraph(inlines=(Text(text="文字 words and 文字 more words"),)), (bad, FontLibrary(bad)))

    assert len(lines) == 1 and "bad.ttf" in lines[0]


def test_a_table_too_wide_is_told_where_it_stands(press: tuple[Theme, FontLibrary]) -> None:
    row = tuple(Cell(inlines=(Text(text="一二三"),)) for _ in range(60))
    title = (Text(text="很宽的表"),)
    table = Table(id="wide", number=1, caption=title, columns=(Column(),) * 60, head=(row,), rows=(row,))
    [line] = told(table, press)

    assert line.startswith("二.md:9: 表1　很宽的表: 60 栏排不下") and "拆成几张表" in line
