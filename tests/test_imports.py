"""What a stage must not load: it runs in a process of its own, and pays for all it imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from .project import Project

EXTRACTOR = "report.observations.extract"
ENGINES = ("matplotlib", "numpy", "pandas", "reportlab", "openpyxl", "docx", "pikepdf", "jinja2", "markdown_it")
SLOW = {"click", "pydantic", "ruamel", "pikepdf", "lxml", "matplotlib", "numpy", "pandas", "jinja2"}


def loaded(module: str) -> set[str]:
    """All modules in a fresh process that imports this one."""
    code = f"import {module}, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    ("module", "wanted"),
    [
        ("report.__main__", set()),
        ("report.observations.figures", set()),
        ("report.dataset.values", set()),
        ("report.content.evidence", set()),
        ("report.dataset.reconcile", set()),
        ("report.theme.load", {"ruamel.yaml"}),
        ("report.content.compose", {"ruamel.yaml", "markdown_it"}),
        ("report.writers.docx.write", {"ruamel.yaml", "docx"}),
        ("report.writers.html.write", {"jinja2"}),
        ("report.writers.pdf.write", {"reportlab"}),
    ],
)
def test_importing_costs_no_engine_and_reads_no_table(module: str, wanted: set[str]) -> None:
    found = loaded(module)
    assert {*ENGINES, "ruamel.yaml", EXTRACTOR} & found <= wanted


def test_setting_a_pdf_imports_only_what_sets_it(built: Project, tmp_path: Path) -> None:
    words = next(words for words in built.stages() if words[0] == "write-pdf")
    ends = {"--output": tmp_path / "a.pdf", "--layout": tmp_path / "a.json"}
    words = tuple(str(ends.get(before, word)) for before, word in zip(("", *words), words, strict=False))
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "report", *words],
        cwd=built.folder, capture_output=True, check=True, text=True,
    )  # fmt: skip
    packages = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines()}
    assert (tmp_path / "a.pdf").is_file()
    assert "reportlab" in packages
    assert not SLOW & packages
