"""Work counted, not timed: a law of linear growth must not hang on how busy the machine is."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many functions are called to do the work."""
    count = 0

    def counting(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_with(once: int, twice: int, spare: int = 400) -> bool:
    """Whether twice the text took about twice the work; `spare` calls are what any text costs."""
    return twice < 2.3 * once + spare
