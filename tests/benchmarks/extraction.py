"""`python -m tests.benchmarks.extraction`: extraction beside recognizers-text, then its growth in time and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.extracting import extract
from tests.project import ROOT

RUNS = 5
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
RIVAL = ("recognizers-text-suite==1.0.2a2", "emoji<2")  # later emoji break its import
DOCUMENTS = (10, 100, 500, 2000)
MEGABYTES = (1, 2.5, 5)
SIZES = (50_000, 200_000)
HARD = {
    "digits": "1", "Chinese digits": "一", "grouped digits": "1,", "years": "2024年", "percents": "1%", "ranges": "1至",
    "opening brackets": "（", "closing brackets": "）", "square brackets": "[", "title marks": "《",
    "quotation marks": "“", "straight quotes": '"', "marks of notes": "①", "numbered marks": "[1]",
    "addresses": "http://a/", "dots": "a.", "spaces": " ", "line breaks": "\n", "short lines": "中国\n",
    "headings": "# 一\n", "commas": "，", "stops": "。", "names": "中国", "particles": "的", "qualifiers": "约",
    "ordinals": "第一", "shares": "占全球", "changes": "增长", "lists": "1和2分别", "multiples": "是美国的3倍",
    "statistics": "2020年增长5%，", "events": "2024年发布《甲》。",
}  # fmt: skip
FASTER, MEMORY = 30, 300  # times, MiB
STEEPEST = 1.5  # how much longer a unit may take where there are many times as many


def rival_python(folder: Path) -> str:
    """A Python of its own that has the rival installed."""
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *RIVAL], check=True, stderr=subprocess.DEVNULL)
    return python


def one_pass(python: str, script: str) -> tuple[float, int]:
    """Seconds of a pass over the seeds in a process of its own, and how much it found."""
    command = [python, str(ROOT / "tests/benchmarks" / script), *map(str, SEEDS)]
    seconds, found = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-2:]
    return float(seconds), int(found)


def race(folder: Path) -> None:
    """Ours and the rival's in turn, on the seeds."""
    python = rival_python(folder / "rival")
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(one_pass(sys.executable, "extracting.py"))
        theirs.append(one_pass(python, "recognizers.py"))
    characters = sum(len(path.read_text("utf-8-sig")) for path in SEEDS)
    for name, passes in (("ours", ours), ("recognizers-text", theirs)):
        median = statistics.median(seconds for seconds, _ in passes)
        print(f"{name:<34}{median:8.3f} s   {characters / median:10,.0f} characters/s   {passes[0][1]} found")
    ratio = statistics.median(other / own for (own, _), (other, _) in zip(ours, theirs, strict=True))
    verdict("recognizers-text / ours", f"{ratio:.0f}", ratio >= FASTER)


def run(inputs: Iterable[Path], folder: Path) -> tuple[float, float]:
    """Processor seconds and peak memory in MiB of `report extract` on these files, events included."""
    files = ["--output", str(folder / "out.jsonl"), "--events", str(folder / "out.events.jsonl")]
    process = subprocess.Popen(
        [sys.executable, "-m", "report", "extract", *map(str, inputs), *files], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, process.args
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def series(name: str, unit: str, folder: Path, inputs: Iterable[tuple[float, Sequence[Path]]]) -> None:
    """Time and memory at each size with its files, and whether time stays linear and memory within bounds.

    What it takes to start, by the time of a file of one word, is no part of the time.
    """
    start, _ = run([repeated(folder / "start.txt", "甲", 0)], folder)
    each, peaks = [], []
    for size, paths in inputs:
        seconds, peak = run(paths, folder)
        each.append(max(seconds - start, 0.05) / size)
        peaks.append(peak)
        print(f"{size:>10,g} {name:<32}{seconds:8.2f} s {peak:6.0f} MiB {each[-1] * 1000:10.3f} ms/{unit}", flush=True)
    growth = each[-1] / max(each[:-1])
    verdict(name, f"time per {unit} × {growth:.2f}, {max(peaks):.0f} MiB", growth <= STEEPEST and max(peaks) <= MEMORY)


def verdict(name: str, told: str, kept: bool) -> None:
    """A line that says whether the bound is kept."""
    print(f"{name}: {told} — {'good' if kept else 'TOO MUCH'}\n", flush=True)


def many(folder: Path) -> None:
    """From 10 to 2,000 documents, in one process."""
    texts = [path.read_bytes() for path in SEEDS]
    paths = [folder / f"{index:04}.txt" for index in range(max(DOCUMENTS))]
    for index, path in enumerate(paths):
        path.write_bytes(texts[index % len(texts)])
    series("documents", "document", folder, ((count, paths[:count]) for count in DOCUMENTS))


def large(folder: Path) -> None:
    """One document of up to 5 MB, first of paragraphs, then of a single line."""
    text = "\n\n".join(path.read_text("utf-8-sig") for path in SEEDS)
    for name, source in (("MB of paragraphs", text), ("MB on one line", " ".join(text.split()))):
        path = folder / "large.txt"
        series(name, "MB", folder, ((size, [filled(path, source, int(size * 1e6))]) for size in MEGABYTES))


def hard(folder: Path) -> None:
    """Inputs that make careless patterns explode, timed in this process: what it takes to start would drown them."""
    path = folder / "hard.txt"
    extract(SEEDS[0])
    for name, unit in HARD.items():
        each = [spent(repeated(path, unit, size)) / size * 1000 for size in SIZES]
        growth = each[-1] / each[0]
        told = ", ".join(f"{size:,} characters {one:.4f} ms each" for size, one in zip(SIZES, each, strict=True))
        verdict(f"{name}: {told}", f"time per character × {growth:.2f}", growth <= STEEPEST)


def spent(path: Path) -> float:
    """Processor seconds of reading and extracting a file, the better of two runs."""
    times = []
    for _ in range(2):
        started = time.process_time()
        extract(path)
        times.append(time.process_time() - started)
    return min(times)


def filled(path: Path, text: str, size: int) -> Path:
    """The file with so many bytes of the text, again and again."""
    data = text.encode()
    path.write_bytes((data * (size // len(data) + 1))[:size].decode(errors="ignore").encode())
    return path


def repeated(path: Path, unit: str, size: int) -> Path:
    """The file with so many characters, the same unit over and over, behind a word, for a file without one is empty."""
    path.write_text("甲" + unit * (size // len(unit)), encoding="utf-8")
    return path


def main() -> None:
    """The race, then growth."""
    with tempfile.TemporaryDirectory() as name:
        for measure in (race, many, large, hard):
            folder = Path(name) / measure.__name__
            folder.mkdir()
            measure(folder)


if __name__ == "__main__":
    main()
