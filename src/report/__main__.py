"""The console script. `report.commands` has all its commands."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

PDF_PATHS = {"--theme", "--charts", "--output", "--layout"}


def main() -> None:
    """Run the command line. A mistake of usage exits with 2 (click), a mistake of input with 1."""
    if not set_pdf(sys.argv[1:]):
        from report.commands import cli

        cli(prog_name="report")


def set_pdf(words: Sequence[str]) -> bool:
    """Run `write-pdf` where it is asked for in full, as the workflow does, and end the process; False where it is not.

    It goes without click, which takes as long to import as five pages to set. Whatever else is asked, or asked
    otherwise, `report.commands` judges.
    """
    paths = dict(zip(words[2::2], map(Path, words[3::2]), strict=False))
    log = paths.pop("--log", None)
    if words[:1] != ["write-pdf"] or len(words) % 2 or paths.keys() != PDF_PATHS:
        return False
    content, theme, charts = Path(words[1]), paths["--theme"], paths["--charts"]
    if not (content.is_file() and theme.is_file() and charts.is_dir()):
        return False
    gc.disable()  # the process ends before there is enough to collect
    from report.writers.pdf.press import Press

    press = Press() if hasattr(os, "fork") else None  # before anything else is imported
    from report.running import run_stage
    from report.stages import write_pdf

    made = paths["--output"], paths["--layout"]
    run_stage(lambda: write_pdf(content, theme, charts, made, press), log, verbose=False)
    sys.stdout.flush()
    os._exit(0)  # all files are closed: taking a hundred thousand objects apart would only take time


if __name__ == "__main__":
    main()
