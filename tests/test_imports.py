"""What a stage must not load: it runs in a process of its own, and pays for all it imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

EXTRACTOR = "report.observations.extract"
ENGINES = ("matplotlib", "numpy", "pandas", "reportlab", "openpyxl", "docx", "pikepdf", "jinja2", "markdown_it")


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
        ("report.writers.pdf.write", {"ruamel.yaml", "reportlab", "pikepdf"}),
    ],
)
def test_importing_costs_no_engine_and_reads_no_table(module: str, wanted: set[str]) -> None:
    found = loaded(module)
    assert {*ENGINES, "ruamel.yaml", EXTRACTOR} & found <= wanted
