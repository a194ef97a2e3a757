"""Who says what a clause tells: behind the speaker the clause begins anew."""

from __future__ import annotations

import re
from functools import lru_cache

from report.observations.lexicon import either, read_table
from report.observations.naming import is_body
from report.observations.nominal import HEAD, TRAILING, guarded
from report.observations.timewords import without_times

_TABLE = read_table("subjects")
_SAYS = re.compile(f"(?P<who>.*?)(?P<word>{guarded(_TABLE['sayers'])})(?!{HEAD})(?:[,，:：]|，)?")
_GUESSES = frozenset(_TABLE["guesses"])
_SPEAKER = re.compile(f"(?:{either(_TABLE['speakers'])})$")


@lru_cache(maxsize=512)
def spoken(clause: str) -> tuple[str, str]:
    """Who says it, and what is said: (惠誉, 越南经济将) of 惠誉预测越南经济将; ("", clause) where nobody does."""
    found = _SAYS.match(clause)
    if not found:
        return "", clause
    who = found["who"]
    if who and found["word"] in _GUESSES and not _speaks(TRAILING.sub("", without_times(who))):
        return "", clause
    return who, clause[found.end() :]


def _speaks(who: str) -> bool:
    return bool(_SPEAKER.search(who)) or is_body(who)
