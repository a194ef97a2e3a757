"""Our side of the race: one pass of reading, extraction, attachment and events over the files given, modules loaded."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from report.observations.events import find_events

from report.observations.extract import extract_observations
from report.sources.reader import read_source


def extract(path: Path) -> int:
    """How many figures and events we find in one file."""
    document = read_source(path)
    observations = extract_observations(document)
    return len(observations) + len(find_events(document, observations))


def main() -> None:
    """Warm up on the first file, then time one pass."""
    paths = [Path(name) for name in sys.argv[1:]]
    extract(paths[0])
    started = time.perf_counter()
    found = sum(map(extract, paths))
    print(time.perf_counter() - started, found)


if __name__ == "__main__":
    main()
