"""`make report`: runs the Snakefile and tells its progress in the house's own words, one line a stage."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from report.choosing import DIGEST, REPORTS, reports_for
from report.errors import Issue, ReportError
from report.names import RESERVED
from report.sources.seeds import BESIDE, HIDDEN, seeds_in

JOB = re.compile(r"^Job (?P<id>\d+): (?P<message>.*)$")
DONE = re.compile(r"^Finished jobid: (?P<id>\d+)")
TOTAL = re.compile(r"^total\s+(?P<count>\d+)$")
LOG = re.compile(r"^    log: (?P<path>.*) \(check log file\(s\) for error details\)$")
FAILED = re.compile(r"^    jobid: (?P<id>\d+)$")
PATIENCE = 2.0  # seconds after which a stage says that it is still at work
PRODUCTS = ("report.pdf", "report.docx", "report.html")
CONFIG = Path(".snakemake/report.json")  # where the sources are, and where to build
RECORD = Path(".snakemake/report.log")  # what Snakemake and the stages said, kept where a run fails
ENDS = (".jsonl", ".events.jsonl", ".log")  # of what extraction leaves of a document
DATA = ("dataset.json", "dataset.csv", "dataset.xlsx", "datapackage.json", "checks.json")
SET = (*DATA, "charts", "content.json", "layout.json", *PRODUCTS, "verification.json", "release.md", "style-log.txt")
OURS = ("seeds", "src", "templates", "tests", ".git", ".venv", ".snakemake")  # in these nothing is built
KEPT = ".kept"  # where the sets that were whole when a run began are held while it lasts


def run_workflow(seeds: Path, out: Path) -> None:
    """Build every report under templates/reports from `seeds` into `out`, telling progress on standard output.

    Raises ReportError with the failed stage's own lines. A report of which a whole set was there then has that set
    again; what the stopped run made of it is in the folder `stopped`.
    """
    check_reports(REPORTS)
    documents = check_seeds(seeds)
    reports = _chosen(seeds)
    check_braces([seeds, out])
    check_out(out, seeds)
    _pass_over(seeds)
    forget(out, documents)
    started = time.monotonic()
    keep(out, reports)
    try:
        with Progress() as progress:
            code, rest = _snakemake({"seeds": str(seeds), "out": str(out)}, progress)
        issues = list(_failures(rest, progress.messages)) if code else []  # read of logs that are then put away
    finally:
        restore(out, reports)
    if code:
        RECORD.write_text("".join(f"{line}\n" for line in rest), "utf-8")
        raise ReportError.all_of(issues)
    _tell(progress.begun, [out / name for name in reports], time.monotonic() - started)


def _snakemake(config: Mapping[str, str], progress: Progress) -> tuple[int, list[str]]:
    """Run it: its exit code, and the lines that were not talk of a job.

    In a session of its own, so that Ctrl-C reaches it once (from here) and it can put away its lock.
    """
    CONFIG.parent.mkdir(exist_ok=True)
    CONFIG.write_text(json.dumps(config), "utf-8")  # given with --config, a folder `12` would become a number
    options = ["--cores", "all", "--nocolor", "--rerun-incomplete", "--configfile", str(CONFIG)]
    process = subprocess.Popen(
        [sys.executable, "-m", "snakemake", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"PYTHONUTF8": "1"},
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        rest = [line for line in map(str.rstrip, process.stdout) if not progress.take(line)]
        return process.wait(), rest
    except KeyboardInterrupt:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate()
        raise ReportError("make report", "已中断", "再运行一次，会从停下的地方接着做") from None


class Progress:
    """Follows Snakemake's log: prints each stage as it starts, and every two seconds what is still running."""

    def __init__(self) -> None:
        self.total = 0
        self.begun = 0
        self.messages: dict[str, str] = {}
        self.running: dict[str, float] = {}
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
            self.messages[job] = message
            self.running[job] = time.monotonic()
            print(f"[{self.begun}/{self.total}] {message}", flush=True)

    def _wait(self) -> None:
        while not self.stop.wait(PATIENCE):
            with self.lock:
                now = time.monotonic()
                spent = {self.messages[job]: now - since for job, since in self.running.items()}
            slow = [f"{text}（已 {seconds:.0f} 秒）" for text, seconds in spent.items() if seconds >= PATIENCE]
            if slow:
                print("    …… " + "，".join(slow), flush=True)


# ------------------------------------------------- the last whole set outlives a run that stops


def keep(out: Path, reports: Iterable[str]) -> None:
    """Hold the set of every report that is whole, by links: stages never write into a file, they replace it.

    A set that a killed run left behind is held on where the report is not whole.
    """
    for name in reports:
        if _is_whole(out / name):
            shutil.rmtree(out / KEPT / name, ignore_errors=True)
            shutil.copytree(out / name, out / KEPT / name, copy_function=os.link)


def restore(out: Path, reports: Iterable[str]) -> None:
    """Put back the sets held of reports that are no longer whole, and what the run made of them into `stopped`."""
    for name in reports:
        kept, folder, stopped = out / KEPT / name, out / name, out / "stopped" / name
        if not kept.is_dir() or _is_whole(folder):
            continue
        shutil.rmtree(stopped, ignore_errors=True)
        stopped.parent.mkdir(exist_ok=True)
        if folder.is_dir():
            folder.replace(stopped)
        kept.replace(folder)
        for told in stopped.glob("failed-verification.json"):  # the messages name it there
            shutil.copy(told, folder / told.name)
        _forget_made([folder / data for data in DATA])
        print(f"{folder}/ 仍是上一次的全套文件；这一次做到一半的在 {stopped}/", flush=True)
    shutil.rmtree(out / KEPT, ignore_errors=True)


def _is_whole(folder: Path) -> bool:
    return all((folder / name).exists() for name in SET)


def _forget_made(files: Sequence[Path]) -> None:
    """Let Snakemake make these anew: it remembers by their inputs' sums what was put away again."""
    command = [sys.executable, "-m", "snakemake", "--cleanup-metadata", *map(str, files)]
    subprocess.run([*command, "--configfile", str(CONFIG)], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    os.utime(files[0], (0, 0))  # older than any input


# ------------------------------------------------- what the Snakefile could only answer with a traceback


def check_seeds(seeds: Path) -> set[str]:
    """The stems of the documents. ReportError where there is no folder, no document in it, for every one that is
    misnamed, of no readable kind, or like another one in stem or in content, and for every mistake in the catalogue:
    a document that it does not name would not be read again to tell."""
    from report.dataset.precedence import unknown_level  # here: the command line must not pay for it at import
    from report.opening import open_catalogue
    from report.sources.reader import READERS

    if not seeds.is_dir():
        raise ReportError(str(seeds), "没有这个文件夹", "把文献放进 seeds/，或用 SEEDS= 指定")
    files = seeds_in(seeds)
    if issues := list(_misnamed(files)) or list(_doubled(files)):
        raise ReportError.all_of(issues)
    if not files:
        raise ReportError(str(seeds), "文件夹里没有文献", f"放入 {'、'.join(READERS)} 文件")
    check_braces([*files, *(seeds / name for name in BESIDE)])
    open_catalogue(seeds, unknown_level)
    return {path.stem for path in files}


def _misnamed(files: Sequence[Path]) -> Iterator[Issue]:
    from report.sources.reader import check_name

    names: dict[str, str] = {}
    for path in files:
        meant = next((name for name in BESIDE if Path(name).stem == path.stem.lower()), "")
        if meant and path.suffix.lower() in (".yaml", ".yml"):
            yield Issue(where=str(path), problem=f"这不是文献，也不叫 {meant}", hint=f"改名为 {meant}")
            continue
        try:
            check_name(path)
        except ReportError as error:
            yield from error.issues
        if other := names.get(path.stem):
            yield Issue(where=str(path), problem=f"与 {other} 主名相同", hint="给其中一个文件改名")
        names[path.stem] = path.name


def _doubled(files: Sequence[Path]) -> Iterator[Issue]:
    """Files of the same bytes: one source would be counted as two that agree. Empty ones are told as they are read."""
    names: dict[tuple[int, str], str] = {}
    sizes = Counter(path.stat().st_size for path in files)
    for path in files:
        size = path.stat().st_size
        if not size or sizes[size] < 2:
            continue
        with path.open("rb") as opened:
            key = size, hashlib.file_digest(opened, "sha256").hexdigest()
        other = names.setdefault(key, path.name)
        if other != path.name:
            yield Issue(where=str(path), problem=f"与 {other} 内容完全相同", hint="同一份文献不能当两个来源，移走一份")


def _pass_over(seeds: Path) -> None:
    """Tell of folders inside the folder of sources: what is in them is not read."""
    for folder in sorted(path for path in seeds.iterdir() if path.is_dir() and not path.name.startswith(HIDDEN)):
        print(f"{folder}: 子文件夹里的文献不读 — 要用的移到 {seeds}/ 下", flush=True)


def forget(out: Path, documents: Collection[str]) -> None:
    """Remove what was made of documents that are no longer there.

    What the press makes has a record in both folders: a file that somebody else put into one of them stays.
    """
    made = {path.stem for path in (out / "documents").glob("*.json")}
    made &= {path.stem for path in (out / "observations").glob("*.jsonl")}
    for stem in sorted(made - set(documents)):
        for name in ("documents/{}.json", "documents/{}.log", *(f"observations/{{}}{end}" for end in ENDS)):
            (out / name.format(stem)).unlink(missing_ok=True)


def check_reports(folder: Path) -> None:
    """ReportError for a report that has a name that output/ needs, or that no path can hold."""
    names = sorted(path.parent.name for path in folder.glob("*/report.yaml"))
    for name in names:
        if name in RESERVED:
            raise ReportError(str(folder / name), "报告不能叫这个名字", "保留名：" + "、".join(RESERVED))
    check_braces([folder / name for name in names])


def _chosen(seeds: Path) -> list[str]:
    """The reports to build, of which is told where they are not all. ReportError for none of `seeds/`."""
    reports = reports_for(seeds)
    if not reports:
        raise ReportError(str(REPORTS), "没有报告模板", "每个报告一个文件夹，内有 report.yaml")
    if reports == [DIGEST]:
        print(f"{seeds}: 没有依据这些文献的报告，编一份摘编（{DIGEST}）", flush=True)
    return reports


def check_braces(paths: Iterable[Path]) -> None:
    """ReportError for { }, < > or a line break in a path: Snakemake would read them as patterns or as two lines."""
    for path in paths:
        if set("{}<>\n\r") & set(str(path)):
            raise ReportError(repr(str(path)), "名称里有花括号、尖括号或换行", "给它改名")


def check_out(out: Path, seeds: Path) -> None:
    """ReportError for a folder to build into that holds, or is held by, what people wrote."""
    place = out.resolve()
    for kept in (seeds, *map(Path, OURS)):
        if place == Path.cwd() or place == kept.resolve() or kept.resolve() in place.parents:
            raise ReportError(str(out), f"不能生成在这里：{kept} 里的文件不是生成的", "换一个文件夹，如 output")


# ------------------------------------------------- what is told at the end


def _failures(lines: list[str], messages: Mapping[str, str]) -> Iterator[Issue]:
    """The failed stages' own lines, each once, as they left them in their logs; else what broke off the run."""
    logs = [Path(match["path"]) for match in map(LOG.match, lines) if match]
    told = [line for log in logs if log.is_file() for line in log.read_text("utf-8").splitlines()]
    for line in dict.fromkeys(told):
        where, _, rest = line.partition(": ")
        problem, _, hint = rest.partition(" — ")
        yield Issue(where=where, problem=problem, hint=hint)
    if not told:
        yield _breakdown(lines, messages)


def _breakdown(lines: list[str], messages: Mapping[str, str]) -> Issue:
    """A run that ended with no word of a stage: another one has the lock, or something is wrong with the press."""
    if any("Directory cannot be locked" in line for line in lines):
        hint = "等它结束；若它早已中断，运行 .venv/bin/snakemake --unlock"
        return Issue(where=".snakemake/locks", problem="另一次 make report 正在这里运行", hint=hint)
    where = next((messages[match["id"]] for match in map(FAILED.match, lines) if match), "Snakefile")
    return Issue(where=where, problem=f"内部错误：{_last_words(lines)}", hint=f"完整记录在 {RECORD}")


def _last_words(lines: list[str]) -> str:
    """The exception that ends the first traceback; else the first thing said that is not indented."""
    start = next((at for at, line in enumerate(lines) if line.startswith("Traceback (")), -1)
    return next((line for line in lines[start + 1 :] if line and not line.startswith(" ")), "没有说明")


def _tell(begun: int, folders: list[Path], seconds: float) -> None:
    if not begun:
        names = "、".join(f"{folder}/" for folder in folders)
        print(f"没有需要更新的内容：{names} 都是最新的（{seconds:.1f} 秒）")
        return
    for folder in folders:
        files = [folder / name for name in PRODUCTS]
        sizes = "，".join(f"{file.name}（{file.stat().st_size // 1024} KB）" for file in files)
        print(f"完成：{folder}/ {sizes}")
    print(f"用时 {seconds:.1f} 秒")
