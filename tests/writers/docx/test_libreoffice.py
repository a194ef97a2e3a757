"""LibreOffice opens the file, sets its headings on the pages that the contents name, give or take one, and saves it
again with all that it holds."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Literal

import pytest
from docx import Document as open_docx
from docx.document import Document
from docx.oxml.ns import qn

from report.content.nodes import Content, Contents, Heading, Part
from report.content.walk import LISTED
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.docx.package import footnotes_part
from report.writers.docx.sections import chapter_name
from report.writers.docx.write import write_docx
from report.writers.docx.xml import Element
from report.writers.pdf.book import lay_out

from .office import converted, heading_pages, misplaced, page_heads
from .sample import h, make_content, make_layout, make_picture, without_figures
from .test_text import texts

pytestmark = pytest.mark.long


def test_headings_stand_on_the_pages_of_the_contents(theme: Theme, tmp_path: Path, layout: Any) -> None:
    """The PDF's pages, which the contents name, are LibreOffice's, give or take one."""
    content = without_figures()
    pdf = converted(write_docx(content, theme, layout, {}), tmp_path, "pdf")
    assert misplaced(content, layout, pdf) == []


@pytest.fixture
def layout(theme: Theme) -> Any:
    """The sample as the PDF sets it."""
    return json.loads(lay_out(without_figures(), theme, FontLibrary(theme), {}).to_json())


@pytest.mark.parametrize("chapters", ["any", "continuous"])
def test_each_page_bears_the_chapter_in_force(theme: Theme, tmp_path: Path, chapters: str) -> None:
    """Which is the one that goes on at the page's head, or begins there, as in the PDF."""
    theme = theme.changed({"setting": theme.setting.changed({"chapters": chapters})})
    content = without_figures()
    layout = json.loads(lay_out(content, theme, FontLibrary(theme), {}).to_json())
    pdf = converted(write_docx(content, theme, layout, {}), tmp_path, "pdf")
    names = ["".join(chapter_name(block).split()) for part in content.parts if part.role in LISTED
             for block in part.blocks if isinstance(block, Heading) and block.level == 1]  # fmt: skip
    begun = [(name, page) for name, page in heading_pages(pdf) if name in names]
    title = "".join(content.front.title.split())
    shown = [(page, words.removeprefix(title)) for page, words in enumerate(page_heads(pdf)) if title in words]
    assert [page for page, _ in shown] == list(range(begun[0][1], shown[-1][0] + 1)) and len(shown) >= 8
    for page, words in shown:
        before = [name for name, at in begun if at < page][-1:]
        opening = [name for name, at in begun if at == page][:1]
        assert [words] in ([opening] if chapters == "any" and opening else [before, opening]), (page, words)
    assert {words for _, words in shown} == set(names) if chapters == "any" else len({words for _, words in shown}) > 3


HEADERS = ("STYLEREF", "TITLE")  # LibreOffice has a header for each page style, not for each section


def with_lists() -> Content:
    """The sample with a list of figures and a list of tables."""
    content = make_content()
    kinds: tuple[Literal["figures", "tables"], ...] = ("figures", "tables")
    lists = (Part(role="contents", blocks=(h(1, "", kind, kind), Contents(kind=kind))) for kind in kinds)
    return content.changed({"parts": (*content.parts[:4], *lists, *content.parts[4:])})


def test_saved_again_it_holds_the_same(theme: Theme, tmp_path: Path) -> None:
    written = write_docx(with_lists(), theme, make_layout(), {"throughput": make_picture()})
    before = open_docx(io.BytesIO(written))
    after = open_docx(io.BytesIO(converted(written, tmp_path, "docx").read_bytes()))
    assert headings(after) == headings(before) and len(headings(before)) > 5
    assert notes(after) == notes(before) and len(notes(before)) > 5
    assert {kind: count for kind, count in fields(after).items() if kind not in HEADERS} == {
        kind: count for kind, count in fields(before).items() if kind not in HEADERS}  # fmt: skip
    assert [cells(table) for table in tables(after)] == [cells(table) for table in tables(before)]


def headings(document: Document) -> list[tuple[str, str]]:
    """Name and words; LibreOffice writes the names with a capital."""
    return [(p.style.name.lower(), p.text) for p in document.paragraphs
            if p.style is not None and re.match("heading|标题", p.style.name.lower())]  # fmt: skip


def notes(document: Document) -> list[str]:
    return [texts(note).strip() for note in footnotes_part(document).element if note.get(qn("w:type")) is None]


def fields(document: Document) -> Counter[str]:
    """How many fields there are of each kind, in the body."""
    instructions = (node.text or "" for node in document.element.body.iter(qn("w:instrText")))
    return Counter(words.split()[0] for words in instructions if words.split())


def tables(document: Document) -> list[Element]:
    return list(document.element.body.iter(qn("w:tbl")))


def cells(table: Element) -> list[str]:
    return [texts(cell) for cell in table.iter(qn("w:tc"))]
