"""Another theme: other pages, the same words and figures."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Twips

from tests.project import ROOT, Project, copy_project

THEME = "\ntheme: gongwen\n"
LOOKS = ("draw", "write-pdf", "write-docx", "write-html")


def choose(project: Project, report: str) -> None:
    """One line more in report.yaml."""
    with (project.folder / f"templates/reports/{report}/report.yaml").open("a", encoding="utf-8") as file:
        file.write(THEME)


def run(project: Project, *stages: str) -> None:
    for words in project.stages():
        if words[0] in stages:
            result = project.report(*words)
            assert result.exit_code == 0, result.output


def test_a_theme_changes_pages_and_no_words(finished: Project) -> None:
    """Everything that says something is the same to the byte; what shows it is not, and is verified."""
    run(finished, "verify")
    before = finished.files()
    choose(finished, "mini")
    run(finished, *LOOKS, "reconcile", "compose", "verify")
    after = finished.files()
    same = {name for name in before if before[name] == after[name]}
    said = {f"mini/{name}" for name in ("content.json", "dataset.json", "dataset.csv", "dataset.xlsx", "checks.json")}
    assert said <= same
    shown = {f"mini/{name}" for name in ("report.pdf", "report.docx", "report.html", "theme.json", "style-log.txt")}
    assert shown & same == set()
    assert json.loads(after["mini/verification.json"])["ok"]
    assert "templates/themes/gongwen/theme.yaml" in after["mini/style-log.txt"].decode()


def test_the_word_page_has_its_lines(finished: Project) -> None:
    """GB/T 9704: margins; 22 lines by a grid of lines (LibreOffice sets other lines for one of characters); the number
    between dashes, as a field, at the outer edge."""
    choose(finished, "mini")
    run(finished, *LOOKS)
    document = docx.Document(io.BytesIO((finished.out / "mini/report.docx").read_bytes()))
    body = next(section for section in document.sections if section.footer.paragraphs[0].text == "— 1 —")
    margins = (body.top_margin, body.left_margin, body.right_margin)
    assert [round(margin / Mm(1)) for margin in margins if margin] == [37, 28, 26]
    grid = body._sectPr.find(qn("w:docGrid"))
    kept = {key.rpartition("}")[2]: value for key, value in grid.attrib.items()}
    assert kept == {"type": "lines", "linePitch": "579"}
    assert body.page_height and body.top_margin and body.bottom_margin
    room = body.page_height - body.top_margin - body.bottom_margin
    assert room // Twips(579) == 22
    assert body.even_page_footer.paragraphs[0].text == "— 1 —"
    fields = body.footer.paragraphs[0]._p.iter(qn("w:instrText"))
    assert [field.text.strip() for field in fields] == ["PAGE"]


@pytest.mark.long
@pytest.mark.parametrize("report", ["ai-talent", "talent-policies", "us-ai-compliance"])
def test_every_report_can_be_an_official_document(report: str, tmp_path: Path) -> None:
    """Built in one look and then in the other: the same words, and nothing that verification finds."""
    shutil.copytree(ROOT / "templates/reports" / report, tmp_path / "reports" / report)
    project = copy_project(tmp_path / "project", tmp_path / "reports", ROOT / "seeds")
    first = project.build()
    assert first.returncode == 0, first.stdout + first.stderr
    words = (project.out / report / "content.json").read_bytes()
    choose(project, report)
    second = project.build()
    assert second.returncode == 0, second.stdout + second.stderr
    assert (project.out / report / "content.json").read_bytes() == words
    assert "编排内容" not in second.stdout
    assert json.loads((project.out / report / "verification.json").read_bytes())["ok"]
