"""`report reprint`: a folder with the report set anew, or one line that says why not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from report.writers.docx.lint import lint_docx

from .project import ROOT, Project

REPORTS = sorted(path for path in (ROOT / "tests/fixtures/reprint").iterdir() if path.suffix != ".yaml")
BAD = {
    "空.txt": ("", "文件是空的"),
    "散文.txt": ("今天下了雨，气温降到十度以下。\n\n明天是晴天。\n", "没有章节标题"),
    "乱.doc": ("一、概况\n", "不能读取 .doc 文件"),
}


@pytest.mark.parametrize("source", REPORTS, ids=lambda path: path.stem)
def test_it_makes_a_pdf_a_word_file_and_the_layout(source: Path, project: Project) -> None:
    done = project.report("reprint", str(source), "--output", "output/reprint")
    assert done.exit_code == 0, done.stderr
    assert {path.name for path in Path("output/reprint").iterdir()} == {"layout.json", "report.docx", "report.pdf"}

    layout = json.loads(Path("output/reprint/layout.json").read_text("utf-8"))
    marks = [note["mark"] for page in layout["pages"] for note in page["notes"][:1]]
    assert marks and set(marks) == {"①"}, "marks begin anew on each page"
    assert lint_docx(Path("output/reprint/report.docx").read_bytes()) == []


def test_the_word_file_says_that_it_is_a_test(project: Project) -> None:
    project.report("reprint", str(REPORTS[0]), "--output", "a")
    with zipfile.ZipFile("a/report.docx") as package:
        assert "重排测试稿" in package.read("docProps/custom.xml").decode()
        assert "重排测试稿" not in package.read("word/document.xml").decode()


def test_the_same_source_gives_the_same_bytes(project: Project) -> None:
    for folder in ("a", "b"):
        project.report("reprint", str(REPORTS[0]), "--output", folder)
    for name in ("layout.json", "report.docx", "report.pdf"):
        assert Path("a", name).read_bytes() == Path("b", name).read_bytes(), name


def test_what_is_left_out_and_what_is_wrong_is_told(project: Project) -> None:
    Path("甲.txt").write_text("某国产业报告\n\n一、概况\n\n产值为 30 亿元。^①\n\n- 1 -\n\n二、结语\n\n完。\n", "utf-8")
    lines = project.report("reprint", "甲.txt", "--output", "a").stdout.splitlines()
    assert lines[1:] == [
        "未印页码、横线、网页栏目等页面文字：1 行",
        "甲.txt:5: 脚注标记 ^① 没有注文 — 补上注文；重排稿印作〔原文缺注文〕",
    ]


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_report_is_refused_in_one_line(name: str, project: Project) -> None:
    text, problem = BAD[name]
    Path(name).write_text(text, "utf-8")
    refused = project.report("reprint", name, "--output", "a")
    assert refused.exit_code == 1 and len(refused.stderr.splitlines()) == 1
    assert refused.stderr.startswith(name) and problem in refused.stderr and " — " in refused.stderr
    assert not Path("a").exists()
