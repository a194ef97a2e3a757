"""`python -m tests.benchmarks.dataset [MOST]`: how the stage `report reconcile` grows, on documents made by varying the
seeds, up to MOST observations (200,000).

Each size is one process: documents and observations read, figures reconciled, values bound, and dataset.json, .csv,
.xlsx, datapackage.json and checks.json written. `cpu` is all of its CPU time, start and imports included, `peak` its
largest resident memory; `ratio` says how the time for one observation grew since the last size (1 is linear; n log n
is 1.06 a doubling here). On one core of a shared machine: 25,000 in 26 s and 213 MiB, 50,000 in 51 s and 319 MiB,
100,000 in 96 s and 501 MiB, 200,000 in 200 s and 856 MiB.

The rest of the stages is told beside it: `load` is what opening dataset.json again takes, as draw and compose do.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from report import opening, stages
from report.files import write_file
from tests.project import ROOT

SIZES = (25_000, 50_000, 100_000, 200_000)
RARE = 6  # times that a character may stand in the seeds, to be exchanged for another such
YEARS = re.compile(r"(?:19|20)\d\d")
ROOMS = {"seeds": ".txt", "documents": ".json", "observations": ".jsonl"}
REPORT = {
    "report.yaml": "extends: base\ntitle: 规模\ndate: 2025-11-30\nsections: [一.md]\n",
    "values.yaml": "占比: {label: 占比, find: {doc: '00003', kind: percent, words: [约 57%], before: 汇聚}}\n",
    "sections/一.md": "# 一\n\n占比为{{ 占比 }}。\n",
}


def varied(text: str, names: str, copy: int) -> str:
    """The text with its rare characters exchanged and the digits of its figures too, years left as they are."""
    chance = random.Random(copy)
    exchanged = str.maketrans(dict(zip(names, chance.sample(names, len(names)), strict=True)))
    shift = dict(zip("123456789", chance.sample("123456789", 9), strict=True))
    parts = re.split(f"({YEARS.pattern})", text.translate(exchanged))
    return "".join(part if YEARS.fullmatch(part) else "".join(shift.get(char, char) for char in part) for part in parts)


def make_documents(folder: Path, most: int) -> list[tuple[str, int]]:
    """Sources, documents and observations, made by the stages, until there are `most`; how many there are up to each
    stem."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8-sig") for path in seeds]
    counted = Counter(char for text in texts for char in text if "\u4e00" <= char <= "\u9fff")
    names = "".join(sorted(char for char, number in counted.items() if number <= RARE))
    total: list[tuple[str, int]] = []
    while not total or total[-1][1] < most:
        copy, place = divmod(len(total), len(texts))
        stem = f"{len(total):05d}_{seeds[place].stem[4:]}"
        made = {room: folder / room / f"{stem}{end}" for room, end in ROOMS.items()}
        write_file(made["seeds"], varied(texts[place], names, copy) if copy else texts[place])
        stages.read(made["seeds"], made["documents"])
        stages.extract([made["documents"]], made["observations"], made["observations"].with_suffix(stages.EVENTS))
        lines = made["observations"].read_bytes().count(b"\n")
        total.append((stem, (total[-1][1] if total else 0) + lines))
    return total


def measure(folder: Path) -> None:
    """Reconcile what is in the folder, in this process; print what it took as a line of JSON."""
    output = folder / "output/dataset.json"
    seeds, documents, observations = (folder / room for room in ROOMS)
    told = stages.reconcile(str(folder / "report"), seeds, documents, observations, output)
    spent, peak = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    opening.open_dataset(output)
    print(json.dumps({"told": told, "cpu": spent, "peak": peak, "load": time.process_time() - spent}))


def main(most: int) -> None:
    """One line for each size."""
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name, "whole")
        totals = make_documents(whole, most)
        print("observations  documents    cpu s  us each  ratio  peak MiB   load s")
        before = 0.0
        for size in (size for size in SIZES if size <= most):
            stems = [stem for stem, _ in totals[: next(n for n, (_, total) in enumerate(totals, 1) if total >= size)]]
            number = totals[len(stems) - 1][1]
            told = _measured(_part(whole, Path(name, str(size)), stems))
            each = told["cpu"] / number * 1e6
            print(f"{number:>12}{len(stems):>11}{told['cpu']:>9.1f}{each:>9.0f}{each / (before or each):>7.2f}"
                  f"{told['peak']:>10.0f}{told['load']:>9.1f}   {told['told']}", flush=True)
            before = each


def _part(whole: Path, folder: Path, stems: list[str]) -> Path:
    """A folder with links to the files of these stems, and a small report."""
    ends = [*ROOMS.items(), ("observations", stages.EVENTS)]
    for room, end in ends:
        (folder / room).mkdir(parents=True, exist_ok=True)
        for stem in stems:
            os.link(whole / room / f"{stem}{end}", folder / room / f"{stem}{end}")
    for name, text in REPORT.items():
        write_file(folder / "report" / name, text)
    return folder


def _measured(folder: Path) -> dict[str, float]:
    words = [sys.executable, "-m", "tests.benchmarks.dataset", "--measure", str(folder)]
    said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    told: dict[str, float] = json.loads(said)
    return told


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else SIZES[-1])
