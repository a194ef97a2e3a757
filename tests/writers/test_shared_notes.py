"""Two marks of one note: one number on one page, the note again on another, in the PDF, in Word and on the way back."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from report.content.nodes import Content, Note, NoteMark, Part, Text
from report.revision.edited import read_edited
from report.sources.docx.package import open_package
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.theme.theme import Theme
from report.verify.expected import expected_passages
from report.verify.read_docx import read_docx
from report.verify.read_pdf import read_pdf
from report.verify.sameness import check_counts, check_text
from report.writers.docx.lint import lint_docx
from report.writers.docx.write import write_docx
from report.writers.html.blocks import PageSetter
from report.writers.pdf.book import lay_out
from report.writers.pdf.write import write_pdf
from report.yaml import read_yaml

from .pdf.sample import content, heading, paragraph

THEME = Path(__file__).parents[2] / "templates/themes/shanghai/theme.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def theme() -> Theme:
    """The default theme."""
    return load_theme([read_yaml(THEME).data], str(THEME))


def made(between: int) -> Content:
    """A report that marks a note, another, and `between` lines of text further on the first again."""
    mark, other = NoteMark(note="同"), NoteMark(note="另")
    blocks = (paragraph("甲", mark, "乙", other, "。" + "港" * 25 * between + "丙", mark, "。"),)
    notes = {"同": Note(inlines=(Text(text="两处共用的注。"),)), "另": Note(inlines=(Text(text="另一条。"),))}
    return content([Part(role="body", blocks=blocks)], notes)


@pytest.mark.parametrize(("between", "printed"), [(1, [["①", "②"]]), (40, [["①", "②"], ["①"]])])
def test_a_note_is_printed_once_on_each_page_of_its_marks(between: int, printed: list[list[str]], theme: Theme) -> None:
    layout = lay_out(made(between), theme, FontLibrary(theme), {})
    notes = [[note.mark for note in page.notes] for page in layout.pages if page.notes]
    assert notes == printed


@pytest.mark.parametrize("between", [1, 40])
def test_every_file_says_it_and_no_more(between: int, theme: Theme) -> None:
    report = made(between)
    pdf, layout = write_pdf(report, theme, FontLibrary(theme), {})
    word = write_docx(report, theme, layout.to_data(), {})
    readings = {"pdf": read_pdf(pdf), "docx": read_docx(word)}
    promised = expected_passages(report, {})

    assert not lint_docx(word)
    assert check_counts(readings, promised, 0, 0).findings == ()
    assert all(check_text(kind, reading.passages, promised).ok for kind, reading in readings.items())


def document(word: bytes) -> etree._Element:
    """The Word file's own text."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml"))


def test_word_repeats_the_number_by_a_field_on_one_page_and_the_note_on_another(theme: Theme) -> None:
    for between, marks, fields in ((1, 2, 1), (40, 3, 0)):
        report = made(between)
        layout = lay_out(report, theme, FontLibrary(theme), {}).to_data()
        root = document(write_docx(report, theme, layout, {}))
        asked = [node.text.split() for node in root.iter(f"{W}instrText") if "NOTEREF" in node.text]
        names = {node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")}

        assert len(list(root.iter(f"{W}footnoteReference"))) == marks
        assert len(asked) == fields
        assert all(words[1] in names for words in asked)


def test_such_a_mark_comes_back_from_word_as_one_of_its_note(theme: Theme) -> None:
    report = made(1)
    layout = lay_out(report, theme, FontLibrary(theme), {}).to_data()
    came = read_edited(open_package(write_docx(report, theme, layout, {})))
    marks = [atom.name for piece in came.pieces for atom in piece.atoms if atom.kind == "note"]

    assert marks == ["1", "2", "1"]


def test_on_the_web_each_chapter_has_the_note_once_under_an_id_of_its_own() -> None:
    mark = NoteMark(note="同")
    blocks = (heading(1, "甲", "一、", "甲"), paragraph("甲", mark, "乙", mark), heading(1, "乙", "二、", "乙"),
              paragraph("丙", mark))
    labels = {"back": "回到正文", "notes": "注释"}
    report = content([Part(role="body", blocks=blocks)], made(1).notes).changed({"labels": labels})
    page = PageSetter(report, {}, {}).part(report.parts[0])
    ids = re.findall(r' id="([^"]*)"', page)

    assert len(ids) == len(set(ids))
    assert re.findall(r'href="#(.note-[^"]*)"', page) == [".note-同", ".note-同", ".note-同-2"]
    assert page.count("两处共用的注。") == 2 and {".note-同", ".note-同-2"} <= set(ids)
