"""`make bench`: medians of cold processes, ours and the rival's in turn, on the report that is shipped."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from tests.project import ROOT, Project, copy_project

RUNS = 5
REPORT = "ai-talent"


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def told(name: str, times: list[float], note: str = "") -> float:
    """Print a line of the table; the median."""
    median = statistics.median(times)
    print(f"{name:<34}{median:8.2f} s   ({min(times):.2f} to {max(times):.2f})  {note}", flush=True)
    return median


def process(project: Project, *words: str) -> None:
    """A Python process of its own, which must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *words], cwd=project.folder, env=environment, check=True, capture_output=True)


def pages(path: Path) -> str:
    """The number of pages of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return f"{len(document)} pages"


def measure_pipeline(project: Project) -> None:
    """From clean, and again with nothing to do."""

    def clean() -> None:
        shutil.rmtree(project.out, ignore_errors=True)
        shutil.rmtree(project.folder / ".snakemake", ignore_errors=True)
        assert project.build().returncode == 0

    told("the whole press, from clean", [seconds(clean) for _ in range(RUNS)], f"{os.cpu_count()} cores")
    told("the whole press, nothing to do", [seconds(project.build) for _ in range(RUNS)])


def measure_pdf(project: Project) -> None:
    """Our PDF writer beside the rival, in turn."""
    folder = project.out / REPORT
    content, ours, rival = str(folder / "content.json"), project.folder / "ours.pdf", project.folder / "rival.pdf"
    options = ("--theme", str(folder / "theme.json"), "--charts", str(folder / "charts"),
               "--output", str(ours), "--layout", str(project.folder / "l.json"))
    times: list[tuple[float, float]] = []
    for _ in range(RUNS):
        first = seconds(lambda: process(project, "-m", "report", "write-pdf", content, *options))
        second = seconds(lambda: process(project, "-m", "tests.benchmarks.rival", content, str(rival)))
        times.append((first, second))
    mine = told("our PDF, cold process", [one for one, _ in times], pages(ours))
    theirs = told("plain ReportLab paragraphs, cold", [two for _, two in times], pages(rival))
    print(f"ours / plain = {mine / theirs:.2f}")


def main() -> None:
    """Measure in a copy of the project."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder) / "project", ROOT / "templates/reports", ROOT / "seeds")
        measure_pipeline(project)
        measure_pdf(project)


if __name__ == "__main__":
    main()
