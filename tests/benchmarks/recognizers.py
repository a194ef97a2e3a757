"""The rival of extraction: recognizers-text over the same lines, run by a Python that has it installed.

Prints the processor seconds of one pass over the files given and how much it found, by every recogniser that finds
what we find; the pass before it, in which models are built, is not timed.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from recognizers_date_time import recognize_datetime  # type: ignore[import-not-found]
from recognizers_number import (  # type: ignore[import-not-found]
    recognize_number,
    recognize_ordinal,
    recognize_percentage,
)
from recognizers_number_with_unit import (  # type: ignore[import-not-found]
    recognize_currency,
    recognize_dimension,
)

RECOGNISERS = (
    recognize_number, recognize_ordinal, recognize_percentage, recognize_currency, recognize_dimension,
    recognize_datetime,
)  # fmt: skip


def recognise(text: str) -> int:
    """How many figures the rival finds, line by line."""
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(len(recognise_in(line, "zh-cn")) for line in lines for recognise_in in RECOGNISERS)


def main() -> None:
    """Warm up with one pass, then time another."""
    texts = [Path(name).read_text("utf-8-sig") for name in sys.argv[1:]]
    sum(map(recognise, texts))
    started = time.process_time()
    found = sum(map(recognise, texts))
    print(time.process_time() - started, found)


if __name__ == "__main__":
    main()
