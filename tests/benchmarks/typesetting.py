"""`python -m tests.benchmarks.typesetting`: our PDF beside Typst's, WeasyPrint's and Pandoc's with LibreOffice.

One manuscript (words and notes of a printed report, six charts, three tables; some 20 pages, and ten times that) in
each one's own source. Whole processes in turn, medians. Ours is PDF/UA-1 and PDF/A-2a, the rivals' PDF/UA-1 where they
can. The rivals are installed into an environment of their own; Pandoc and LibreOffice run where they are installed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from report.content.nodes import Content
from report.sources.reader import read_source
from tests.benchmarks import emitted
from tests.benchmarks.manuscript import manuscript, numbered
from tests.project import ROOT, Project, copy_project

RUNS = 5
SEED = ROOT / "seeds/003_f87c10e587582682.txt"
REPORT = "ai-talent"
RIVALS = ("typst==0.15.2", "weasyprint==70.0")
LENGTHS = {"20 pages": 1, "200 pages": 10}
BATCH = 20  # reports in one process
TYPST = """
import sys, typst
output, root, count, *paths = sys.argv[1:]
sources, fonts = paths[:int(count)], paths[int(count):]
for source in sources:
    typst.compile(source, output=output, root=root, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1"])
"""
WEASYPRINT = """
import sys, weasyprint
weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
OURS = """
import sys
from pathlib import Path
from report.writers.pdf.press import Press
press = Press()
from report.stages import write_pdf
theme, charts, output, layout, *contents = map(Path, sys.argv[1:])
for content in contents:
    write_pdf(content, theme, charts, (output, layout), press)
"""
PARTS = """
import gc, sys, time
laps, began = [], time.perf_counter()
gc.disable()
def lap(name):
    laps.append(f"{name} {(time.perf_counter() - began) * 1000 - sum(float(l.split()[-1]) for l in laps):.0f}")
from pathlib import Path
from report.stages import _fonts, open_content, open_drawings
from report.writers.pdf import subset, write
lap("imports to set")
from report.writers.pdf.finish import finish
from report.writers.pdf.paint import Painter
lap("imports to print")
theme, charts, content = map(Path, sys.argv[1:])
look, library = _fonts(theme.read_bytes())
content, drawings = open_content(content), open_drawings(charts)
lap("reading")
layout = write.lay_out(content, look, library, drawings)
lap("layout")
fonts = subset.subsets(layout, library)
programs = [font.program() for font in fonts]
lap("fonts")
job = write.Job(layout, content.front, look.palette, tuple(font.data for font in fonts))
canvas, marks = Painter(job).paint()
lap("painting")
finish(canvas, marks, job, iter(programs))
lap("packing")
layout.to_json()
lap("layout.json")
print("  one after the other, in ms:", ", ".join(laps), flush=True)
"""
Command = Sequence[str]


def begun(command: Command) -> subprocess.Popen[bytes]:
    """A process; bytecode is kept, as it is for whoever runs the press."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def run(command: Command) -> float:
    """Seconds that a process takes, which must succeed."""
    started = time.perf_counter()
    assert begun(command).wait() == 0, command
    return time.perf_counter() - started


def held(command: Command) -> float:
    """MiB that a process and those it starts hold together at most: what they share counts once, what they share with
    strangers in part (Linux: PSS)."""
    process, most = begun(command), 0.0
    while process.poll() is None:
        most = max(most, sum(map(_pss, _family(process.pid))))
        time.sleep(0.002)
    return most / 1024


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _pss(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


def race(title: str, commands: dict[str, Command], made: Callable[[str], str], rival: str = "Typst") -> None:
    """All in turn, some times; a line each with its ratio to a rival. `made` tells what came out."""
    figures: dict[str, list[float]] = {name: [] for name in commands}
    # not timed: bytecode, and files from the disk
    memory = {name: held(command) for name, command in commands.items()}
    for _ in range(RUNS):
        for name, command in commands.items():
            figures[name].append(run(command))
    print(f"{title}, {RUNS} runs each, in turn")
    reference = statistics.median(figures[rival])
    for name, taken in figures.items():
        seconds, spread = statistics.median(taken), f"{min(taken):.2f} to {max(taken):.2f}"
        told = f"{memory[name]:6.0f} MiB  x {seconds / reference:5.2f}  {made(name)}"
        print(f"  {name:<22}{seconds:8.2f} s  ({spread})  {told}", flush=True)


def pages(path: Path) -> str:
    """The number of pages and the size of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return f"{len(document)} pages, {path.stat().st_size // 1024} KB"


class Track:
    """A folder with the manuscript of one length in everybody's source, and the commands that set it."""

    def __init__(self, folder: Path, built: Path, rivals: str, times: int) -> None:
        self.folder, self.built, self.rivals = folder, built, rivals
        model = Content.from_json((built / "content.json").read_bytes())
        content = manuscript(read_source(SEED), model, times)
        folder.mkdir()
        shutil.copytree(built / "charts", folder / "charts")
        (folder / "content.json").write_text(content.to_json(), "utf-8")
        (folder / "source.typ").write_text(emitted.typst(content, Path("/charts")), "utf-8")
        for number in range(BATCH):  # no two alike: Typst remembers every paragraph that it has set
            other = numbered(content, number)
            (folder / f"{number}.json").write_text(other.to_json(), "utf-8")
            (folder / f"{number}.typ").write_text(emitted.typst(other, Path("/charts")), "utf-8")
        (folder / "source.html").write_text(emitted.page(content, folder / "charts"), "utf-8")
        (folder / "source.md").write_text(emitted.markdown(content, folder / "charts"), "utf-8")

    def made(self, name: str) -> str:
        """What a competitor made."""
        return pages(self.folder / (name.split(",")[0] + ".pdf"))

    def ours(self) -> Command:
        """The stage, as the workflow runs it."""
        at = self.folder
        return (sys.executable, "-m", "report", "write-pdf", str(at / "content.json"),
                "--theme", str(self.built / "theme.json"), "--charts", str(at / "charts"),
                "--output", str(at / "Ours.pdf"), "--layout", str(at / "layout.json"))

    def typst(self, names: Sequence[str] = ("source",)) -> Command:
        """The compiler with our font files."""
        fonts = [str(path) for path in Path(sys.prefix).glob("lib/*/site-packages/pylopdf_fonts_zh_cn")]
        fonts += [str(path) for path in Path(sys.prefix).glob("lib/*/site-packages/matplotlib/mpl-data/fonts/ttf")]
        at, count = self.folder, str(len(names))
        sources = [str(at / f"{name}.typ") for name in names]
        return (self.rivals, "-c", TYPST, str(at / "Typst.pdf"), str(at), count, *sources, *fonts)

    def batch(self, names: Sequence[str]) -> Command:
        """Ours, many in one process."""
        at = self.folder
        contents = [str(at / f"{name}.json") for name in names]
        return (sys.executable, "-c", OURS, str(self.built / "theme.json"), str(at / "charts"),
                str(at / "Ours.pdf"), str(at / "layout.json"), *contents)

    def parts(self) -> Command:
        """Ours in one process, which tells where the time goes."""
        return sys.executable, "-c", PARTS, str(self.built / "theme.json"), *map(str, (
            self.folder / "charts", self.folder / "content.json",
        ))

    def slow(self) -> dict[str, Command]:
        """Those that take many times as long."""
        at = self.folder
        page, made = str(at / "source.html"), str(at / "WeasyPrint.pdf")
        found: dict[str, Command] = {"WeasyPrint": (self.rivals, "-c", WEASYPRINT, page, made)}
        if shutil.which("pandoc") and shutil.which("soffice"):
            word, profile = at / "Pandoc.docx", (at / "profile").as_uri()
            convert = f"soffice -env:UserInstallation={profile} --headless --convert-to pdf --outdir {at} {word}"
            found["Pandoc, LibreOffice"] = ("sh", "-c", f"pandoc {at / 'source.md'} -o {word} && {convert}")
        else:
            print("Pandoc or LibreOffice is not installed: left out")
        return found


def built_report(folder: Path) -> Path:
    """The shipped report, built in a copy of the project: its charts and tables go into the manuscript."""
    project: Project = copy_project(folder, ROOT / "templates/reports", ROOT / "seeds")
    assert project.build().returncode == 0
    return project.out / REPORT


def main() -> None:
    """Race."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "rivals", with_pip=True)
        rivals = str(folder / "rivals/bin/python")
        subprocess.run([rivals, "-m", "pip", "install", "--quiet", *RIVALS], check=True, stderr=subprocess.DEVNULL)
        built = built_report(folder / "project")
        for title, times in LENGTHS.items():
            track = Track(folder / title.replace(" ", "-"), built, rivals, times)
            subprocess.run(track.parts(), check=True)
            race(title, {"Ours": track.ours(), "Typst": track.typst()}, track.made)
            if times == 1:
                names = [str(number) for number in range(BATCH)]
                many: dict[str, Command] = {"Ours": track.batch(names), "Typst": track.typst(names)}
                race(f"{BATCH} reports in one process", many, track.made)
                race("the slow ones", {"Ours": track.ours(), "Typst": track.typst(), **track.slow()}, track.made)


if __name__ == "__main__":
    main()
