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

from tests.project import ROOT

RUNS = 5
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
RIVAL = ("recognizers-text-suite==1.0.2a2", "emoji<2")  # later emoji break its import
DOCUMENTS = (1, 10, 100, 500, 1000, 2000)
MEGABYTES = (0.625, 1.25, 2.5, 5)
SIZES = (25_000, 50_000, 100_000)
HARD = {
    "digits": "1", "brackets": "（", "closing brackets": "）", "title marks": "《", "Chinese digits": "一",
    "about": "约", "commas": "1,", "years": "年", "percents": "%", "ranges": "1至", "addresses": "http://a/",
    "dates": "2024年", "spaces": " ", "ordinals": "第", "names": "的中国", "shares": "占全球", "changes": "增长",
}  # fmt: skip


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
    print(f"recognizers-text / ours = {ratio:.0f}\n", flush=True)


def run(inputs: Iterable[Path], output: Path) -> tuple[float, float]:
    """Seconds and peak memory in MiB of `report extract` on these files."""
    command = [sys.executable, "-m", "report", "extract", *map(str, inputs), "--output", str(output)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command[:6]
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def row(name: str, measure: Sequence[tuple[float, float]], size: float, unit: str) -> None:
    """A line of the table: the median of the runs."""
    seconds = statistics.median(one for one, _ in measure)
    memory = max(two for _, two in measure)
    print(f"{name:<34}{seconds:8.2f} s {memory:8.0f} MiB   {seconds / size * 1000:10.2f} ms/{unit}", flush=True)


def many(folder: Path) -> None:
    """From 1 to 2,000 documents, in one process."""
    texts = [path.read_bytes() for path in SEEDS]
    paths = [folder / f"{index:04}.txt" for index in range(max(DOCUMENTS))]
    for index, path in enumerate(paths):
        path.write_bytes(texts[index % len(texts)])
    for count in DOCUMENTS:
        runs = 1 if count > 100 else RUNS
        measure = [run(paths[:count], folder / "out.jsonl") for _ in range(runs)]
        row(f"{count} documents", measure, count, "document")


def large(folder: Path) -> None:
    """One document of up to 5 MB, first of paragraphs, then of a single line."""
    text = "\n\n".join(path.read_text("utf-8-sig") for path in SEEDS)
    for name, source in (("paragraphs", text), ("one line", " ".join(text.split()))):
        for size in MEGABYTES:
            path = folder / "large.txt"
            whole = source * (int(size * 1e6) // len(source.encode()) + 1)
            path.write_bytes(whole.encode()[: int(size * 1e6)].decode(errors="ignore").encode())
            row(f"{size} MB of {name}", [run([path], folder / "out.jsonl")], size, "MB")


def hard(folder: Path) -> None:
    """Inputs that make careless patterns explode: twice the size must take about twice the time."""
    for name, unit in HARD.items():
        for size in SIZES:
            path = folder / "hard.txt"
            path.write_text(unit * (size // len(unit)), encoding="utf-8")
            row(f"{size:,} characters of {name}", [run([path], folder / "out.jsonl")], size / 1000, "1,000")


def main() -> None:
    """The race, then growth."""
    with tempfile.TemporaryDirectory() as name:
        for measure in (race, many, large, hard):
            folder = Path(name) / measure.__name__
            folder.mkdir()
            measure(folder)


if __name__ == "__main__":
    main()
