"""The press in a process of its own prints what is printed here, and tells what is wrong as it would be told here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.press import print_here
from report.writers.pdf.write import set_pdf

from .sample import content, drawings

# In an interpreter of its own, which has no threads yet: a job and its programs are read, printed, and printed again
# without its palette.
PRESS = """
import sys
from report.writers.pdf.press import Press
press = Press()
import msgspec
from pathlib import Path
from report.errors import ReportError
from report.writers.pdf.job import FontProgram, Job
folder = Path(sys.argv[1])
job = msgspec.msgpack.decode((folder / "job").read_bytes(), type=Job)
programs = msgspec.msgpack.decode((folder / "programs").read_bytes(), type=list[FontProgram])
for name in ("first.pdf", "second.pdf"):
    (folder / name).write_bytes(press(job, iter(programs))())
    try:
        press(msgspec.structs.replace(job, palette={}), iter(programs))()
    except ReportError as error:
        (folder / "error").write_text(str(error), "utf-8")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be forked here")
def test_another_process_prints_the_same(theme: Theme, tmp_path: Path) -> None:
    job, made = set_pdf(content(), theme, FontLibrary(theme), drawings())
    programs = list(made)
    (tmp_path / "job").write_bytes(msgspec.msgpack.encode(job))
    (tmp_path / "programs").write_bytes(msgspec.msgpack.encode(programs))
    subprocess.run([sys.executable, "-c", PRESS, tmp_path], check=True)
    here = print_here(job, iter(programs))()
    assert here == (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()
    assert "palette" in (tmp_path / "error").read_text("utf-8")


def test_a_layout_is_the_same_after_its_journey(theme: Theme) -> None:
    job, _ = set_pdf(content(), theme, FontLibrary(theme), drawings())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(job), type=type(job)) == job
