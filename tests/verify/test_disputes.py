"""A figure that the documents are at odds over is told of in every format, whether the author cites it or not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from report.content.nodes import Content
from report.verify.files import open_finished

from ..project import Project

SAID = "文献[1]作超过60亿元，文献[2]作58亿元，本报告取超过60亿元。"
NOTE = "[^export]\n\n[^export]: {{ 出处: 出口额 }}\n"


@pytest.mark.parametrize("cited", [True, False])
def test_the_note_stands_in_pdf_word_and_web_page(finished: Project, cited: bool) -> None:
    section = Path("templates/reports/mini/sections/二.md")
    text = section.read_text("utf-8")
    assert NOTE in text
    section.write_text(text if cited else text.replace(NOTE, "\n"), "utf-8")
    for words in finished.stages():
        if words[0] in ("compose", "write-pdf", "write-docx", "write-html", "verify"):
            result = finished.report(*words)
            assert result.exit_code == 0, result.stderr
    folder = finished.out / "mini"
    for kind, reading in open_finished(folder).readings.items():
        texts = ["".join(one.text.split()) for one in reading.passages]
        expected = f"据文献[1]。{SAID}" if cited else f"临港机器人出口额，{SAID}"
        assert sum(expected in one for one in texts) == 1, kind
    content = Content.from_json((folder / "content.json").read_text("utf-8"))
    assert content.evidence["出口额"].verdict == "不一致"
    assert "60亿元" in (folder / "release.md").read_text("utf-8")


def test_the_workbook_lists_it_and_leads_to_the_seeds(built: Project) -> None:
    book = openpyxl.load_workbook(built.out / "mini/dataset.xlsx")
    assert any("60亿元" in str(row[5].value) and "58亿元" in str(row[5].value) for row in book["conflicts"].iter_rows())
    targets = [cell.hyperlink.target for row in book["sources"].iter_rows() for cell in row
               if cell.hyperlink and cell.hyperlink.target]
    assert len(targets) == 2 and all(target.startswith("../../seeds/%E") for target in targets)
