"""Our side of the race: reading, extraction, attachment, relations and events, all files given in one pass.

Prints the processor seconds of a pass, the mean of so many that the rival's single one is no longer, and how much it
found; the first pass, in which tables are read and patterns compiled, is not timed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from report.observations.events import find_events
from report.observations.extract import extract_observations
from report.observations.passages import Passages
from report.sources.reader import read_source

PASSES = 20


def extract(path: Path) -> int:
    """How many figures and events we find in one file."""
    document = read_source(path)
    passages = Passages(document)
    observations = extract_observations(document, passages)
    return len(observations) + len(find_events(document, observations, passages))


def main() -> None:
    """Warm up with one pass, then time the others."""
    paths = [Path(name) for name in sys.argv[1:]]
    found = sum(map(extract, paths))
    started = time.process_time()
    for _ in range(PASSES):
        sum(map(extract, paths))
    print((time.process_time() - started) / PASSES, found)


if __name__ == "__main__":
    main()
