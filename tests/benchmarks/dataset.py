"""`python -m tests.benchmarks.dataset`: how reconciling grows, on documents made by varying the seeds, to 200,000
observations."""

from __future__ import annotations

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from report.dataset.models import Dataset
from report.dataset.reconcile import reconcile
from report.files import write_files
from report.models import from_jsonl, to_jsonl
from report.observations.extract import extract_observations
from report.observations.observation import Observation
from report.sources.document import Document
from report.sources.reader import read_source
from tests.project import ROOT

SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
RARE = 6  # times that a character may stand in the seeds, to be exchanged for another such
YEARS = re.compile(r"(?:19|20)\d\d")
MEGABYTE = 1 << 20


def varied(text: str, names: str, copy: int) -> str:
    """The text with its rare characters exchanged and the digits of its figures too, years left as they are."""
    chance = random.Random(copy)
    exchanged = str.maketrans(dict(zip(names, chance.sample(names, len(names)), strict=True)))
    shift = dict(zip("123456789", chance.sample("123456789", 9), strict=True))
    parts = re.split(f"({YEARS.pattern})", text.translate(exchanged))
    return "".join(part if YEARS.fullmatch(part) else "".join(shift.get(char, char) for char in part) for part in parts)


def make_documents(folder: Path, most: int) -> list[int]:
    """Documents and observations in files, as the stages leave them, until there are `most`; how many after each."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8-sig") for path in seeds]
    counted = Counter(char for text in texts for char in text if "\u4e00" <= char <= "\u9fff")
    names = "".join(sorted(char for char, number in counted.items() if number <= RARE))
    total: list[int] = []
    while not total or total[-1] < most:
        copy, place = divmod(len(total), len(texts))
        path = folder / f"{len(total):05d}_{seeds[place].stem[4:]}.txt"
        path.write_text(varied(texts[place], names, copy) if copy else texts[place], encoding="utf-8")
        document = read_source(path)
        path.with_suffix(".json").write_text(document.to_json(), encoding="utf-8")
        found = extract_observations(document)
        path.with_suffix(".jsonl").write_text(to_jsonl(found), encoding="utf-8")
        total.append((total[-1] if total else 0) + len(found))
    return total


def measure(folder: Path, count: int) -> None:
    """Reconcile the first documents, as the stage does, in this process; print what it took as a line of JSON.

    `peak` is that of reading, reconciling and writing; loading the dataset again comes after.
    """
    stems = sorted(folder.glob("*.jsonl"))[:count]
    started = time.process_time()
    observations = [one for path in stems for one in from_jsonl(Observation, path.read_text(encoding="utf-8"))]
    loaded = time.process_time()
    documents = (Document.from_json(path.with_suffix(".json").read_text(encoding="utf-8")) for path in stems)
    dataset = reconcile(documents, observations)
    done = time.process_time()
    write_files({folder / "dataset.json": dataset.pieces()})
    written = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    checks = Counter(check.verdict for check in dataset.checks)
    number = len(observations)
    del observations, dataset
    again = Dataset.model_validate_json((folder / "dataset.json").read_bytes())
    print(json.dumps({
        "observations": number, "documents": len(again.sources), "checks": checks, "read": loaded - started,
        "reconcile": done - loaded, "write": written - done, "load": time.process_time() - written,
        "peak": peak}))


def main(most: int) -> None:
    """One line for each size; `ratio` is the growth of the time against the growth of the observations."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        totals = make_documents(folder, most)
        print("observations  documents  checks      read  reconcile     write      load   us each  ratio  peak MiB")
        before: dict[str, float] = {}
        for size in (size for size in SIZES if size <= most):
            documents = next(place for place, total in enumerate(totals, 1) if total >= size)
            words = [sys.executable, "-m", "tests.benchmarks.dataset", "--measure", name, str(documents)]
            told = json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
            each = told["reconcile"] / told["observations"] * 1e6
            ratio = each / before["each"] if before else 1.0
            print(f"{told['observations']:>12}{told['documents']:>11}{sum(told['checks'].values()):>8}"
                  f"{told['read']:>10.2f}{told['reconcile']:>11.2f}{told['write']:>10.2f}{told['load']:>10.2f}"
                  f"{each:>10.0f}{ratio:>7.2f}{told['peak']:>10.0f}", flush=True)
            before = {"each": each}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else SIZES[-1])
