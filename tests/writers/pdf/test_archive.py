"""PDF/UA-1 and PDF/A-2a, judged by veraPDF: a report with everything a page can hold, and the hard cases of tagging."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.content.nodes import Block, Column, Contents, Inline, Link, ListBlock, Note, NoteMark, Part, Table, Text
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.verify.archive import Trial
from report.verify.tree import check_structure
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf

from ...tools import need
from .sample import content, heading, paragraph, row, text

ADDRESS = "https://www.example.org/a/long/way/to/a/document/that/goes/on/over/two/lines/index.html?first=1&second=2"


@pytest.mark.long
def test_verapdf_finds_nothing(sample: tuple[bytes, Layout], tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(sample[0])
    check_archival(tmp_path / "report.pdf")


@pytest.mark.long
def test_the_hard_cases_of_tagging(theme: Theme, library: FontLibrary, tmp_path: Path) -> None:
    listed = Contents(kind="tables")
    parts = [Part(role="contents", title="表目录", blocks=(heading(1, "tables", "", "表目录"), listed)),
             Part(role="body", title="", blocks=hard())]
    made = content(parts, {"a": Note(inlines=text("表里的注。"))})
    data, _ = write_pdf(made, theme, library, {})
    assert check_structure(data).ok
    (tmp_path / "report.pdf").write_bytes(data)
    check_archival(tmp_path / "report.pdf")


def hard() -> tuple[Block, ...]:
    """Dots, indices, a character beyond the basic plane, shared glyphs, a link over two lines, nested lists, a table
    across the page with a note in a cell and notes below."""
    inner = ListBlock(ordered=True, items=((paragraph("丙"),), (paragraph("丁"),)))
    middle = ListBlock(ordered=False, items=((paragraph("乙"), inner),))
    words: list[Inline | str] = [Text(text="着重", style="dots"), "，", Text(text="x"),
             Text(text="2", style="superscript"),
             Text(text="n", style="subscript"), "，\U00020087字，甲·乙•丙，见",
             Link(url=ADDRESS, text=ADDRESS), "为止。"]
    cells = row("一", "二"), (row("三")[0], row("")[0].changed({"inlines": (Text(text="四"), NoteMark(note="a"))}))
    return (
        heading(1, "hard", "一、", "难处"), paragraph(*words),
        ListBlock(ordered=True, items=((paragraph("甲"), middle), (paragraph("戊"),))),
        Table(id="across", number=1, caption=text("横表"), columns=(Column(), Column()), head=(row("甲", "乙"),),
              rows=cells, notes=(text("注甲。"), text("注乙。")), landscape=True),
    )


def check_archival(pdf: Path) -> None:
    """Both profiles were tried and nothing failed."""
    need("javac")
    outcome = Trial(pdf).result()
    assert outcome.figure.startswith("PDF/UA-1 ") and "PDF/A-2a" in outcome.figure, outcome.figure
    assert outcome.ok, outcome.findings
