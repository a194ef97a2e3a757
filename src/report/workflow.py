"""`make report`: runs the Snakefile and tells its progress in the house's own words, one line a stage."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from report.errors import Issue, ReportError

JOB = re.compile(r"^Job (?P<id>\d+): (?P<message>.*)$")
DONE = re.compile(r"^Finished jobid: (?P<id>\d+)")
TOTAL = re.compile(r"^total\s+(?P<count>\d+)$")
LOG = re.compile(r"^    log: (?P<path>.*) \(check log file\(s\) for error details\)$")
PATIENCE = 2.0  # seconds after which a stage says that it is still at work
PRODUCTS = ("report.pdf", "report.docx", "report.html")


def run_workflow(seeds: Path, out: Path) -> None:
    """Build every report under templates/reports from `seeds` into `out`, telling progress on standard output.

    Raises ReportError with the failed stage's own lines.
    """
    _check_folder(seeds)
    started = time.monotonic()
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--nocolor"]
    config = ["--config", f"seeds={seeds}", f"out={out}"]
    process = subprocess.Popen(
        command + config, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    with Progress() as progress:
        rest = [line for line in map(str.rstrip, process.stdout) if not progress.take(line)]
    if process.wait():
        raise ReportError.all_of(_issues(rest))
    _tell(progress.begun, out, time.monotonic() - started)


class Progress:
    """Follows Snakemake's log: prints each stage as it starts, and every two seconds what is still running."""

    def __init__(self) -> None:
        self.total = 0
        self.begun = 0
        self.running: dict[str, tuple[str, float]] = {}
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self._wait, daemon=True)

    def __enter__(self) -> Progress:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def take(self, line: str) -> bool:
        """Whether the line was Snakemake's own talk of a job (and is dealt with)."""
        if match := TOTAL.match(line):
            self.total = int(match["count"]) - 1  # the rule `all` is no work
        elif match := JOB.match(line):
            self._begin(match["id"], match["message"])
        elif match := DONE.match(line):
            with self.lock:
                self.running.pop(match["id"], None)
        else:
            return False
        return True

    def _begin(self, job: str, message: str) -> None:
        with self.lock:
            self.begun += 1
            self.running[job] = (message, time.monotonic())
            print(f"[{self.begun}/{self.total}] {message}", flush=True)

    def _wait(self) -> None:
        while not self.stop.wait(PATIENCE):
            with self.lock:
                now = time.monotonic()
                slow = [(text, now - since) for text, since in self.running.values() if now - since >= PATIENCE]
            if slow:
                print("    …… " + "，".join(f"{text}（已 {spent:.0f} 秒）" for text, spent in slow), flush=True)


def _check_folder(seeds: Path) -> None:
    """What the Snakefile could only answer with a traceback: no folder, no file, two files of one stem."""
    if not seeds.is_dir():
        raise ReportError(str(seeds), "没有这个文件夹", "把文献放进 seeds/，或用 SEEDS= 指定")
    names: dict[str, str] = {}
    for path in sorted(seeds.iterdir()):
        if not path.is_file() or path.name.startswith(".") or path.name in ("README.md", "catalogue.yaml"):
            continue
        if other := names.get(path.stem):
            raise ReportError(str(path), f"与 {other} 主名相同", "给其中一个文件改名")
        names[path.stem] = path.name
    if not names:
        raise ReportError(str(seeds), "文件夹里没有文献", "放入 .txt 或 .md 文件")


def _issues(lines: list[str]) -> Iterator[Issue]:
    """The failed stages' own lines, as they left them in their logs; else where Snakemake's log is."""
    told = False
    for match in filter(None, map(LOG.match, lines)):
        log = Path(match["path"])
        for line in log.read_text("utf-8").splitlines() if log.is_file() else ():
            where, _, rest = line.partition(": ")
            problem, _, hint = rest.partition(" — ")
            told = True
            yield Issue(where=where, problem=problem, hint=hint)
    if not told:
        words = next((line for line in reversed(lines) if line and not line.startswith((" ", "Complete"))), "")
        yield Issue(where="Snakefile", problem=f"流程中断：{words}", hint="完整记录在 .snakemake/log/")


def _tell(begun: int, out: Path, seconds: float) -> None:
    if not begun:
        print(f"没有需要更新的内容：{out}/ 里的报告都是最新的（{seconds:.1f} 秒）")
        return
    for pdf in sorted(out.glob("*/report.pdf")):
        files = [pdf.with_name(name) for name in PRODUCTS]
        sizes = "，".join(f"{file.name}（{file.stat().st_size // 1024} KB）" for file in files if file.is_file())
        print(f"完成：{pdf.parent}/ {sizes}")
    print(f"用时 {seconds:.1f} 秒")
