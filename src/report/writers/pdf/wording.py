"""Runs made ready to be set: blanks that fonts have, accents on their letters, unseen characters that steer breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from report.writers.pdf.prohibitions import SPACE_FOR

if TYPE_CHECKING:
    from pyphen import Pyphen  # type: ignore[import-untyped]

SOFT_HYPHEN = "\u00ad"
_LETTER = "A-Za-z\u00c0-\u024f"
# Zero-width characters, direction marks, variation selectors: default ignorables (Unicode 5.21), never set.
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
OPENS, CLOSES = "\u200b", "\u200d\u2060\ufeff"  # a line may end there; it may not
ACCENTED = re.compile(f"[{_LETTER}\u0370-\u04ff\u1e00-\u1fff][\u0300-\u036f]{{1,4}}")
STRAY_HYPHEN = re.compile(f"(?<![{_LETTER}]){SOFT_HYPHEN}|{SOFT_HYPHEN}(?![{_LETTER}])")
ODD = re.compile(f"[{''.join(SPACE_FOR)}\u00ad\u0300-\u036f]|{UNSEEN.pattern}")
# A word to hyphenate: no name in capitals, no part of an address or of a compound.
HYPHENABLE = re.compile(r"(?<![A-Za-z0-9_/.@=&?-])[A-Za-z]?[a-z]{5,40}(?![A-Za-z0-9_/@:=-]|\.[A-Za-z])")
# A word that may be too long for a line: of letters alone, of a length that words have.
LONG = re.compile(rf"(?<![{_LETTER}0-9_/.@=&?-])[{_LETTER}]{{7,200}}+(?![{_LETTER}0-9_/@:=-]|\.[A-Za-z])")
STUMP = 3  # so many letters of a word stay on either side where it is broken


class Run(Struct, frozen=True):
    """Text in one look. `font` is a key of Theme.fonts, `colour` of the palette; size and rise in points.

    A raised or lowered run (note mark, exponent, index) sticks to what precedes it; an `unbreakable` run
    is not broken inside; `source` is the caller's and comes back on every piece. "\\n" ends a line.
    """

    text: str
    font: str
    size: float
    colour: str
    rise: float = 0.0
    source: object = None
    unbreakable: bool = False


def ready(runs: Sequence[Run], hyphenate: bool) -> tuple[Sequence[Run], dict[int, bool]]:
    """The runs as they are set, and where unseen characters stood: after which character of the text a line may (True)
    or may not (False) end there. Soft hyphens stay: they are seen where a line ends with them."""
    if hyphenate:
        runs = [run if run.unbreakable else _retold(run, _hyphenated(run.text)) for run in runs]
    if not any(not run.text.isascii() and ODD.search(run.text) or "\t" in run.text for run in runs):
        return runs, {}
    steered: dict[int, bool] = {}
    out: list[Run] = []
    length = 0
    for run in runs:
        text = _seen(_plain(run.text), length, steered)
        length += len(text)
        out.append(_retold(run, text))
    return out, steered


def opened(runs: Sequence[Run], room: float, width: Callable[[Run], float]) -> Sequence[Run]:
    """The runs with soft hyphens in the words that no line of `room` points holds; `width` measures a run. At English
    syllables, where those are short enough, else anywhere."""
    def told(run: Run, word: str) -> str:
        if width(_retold(run, word)) <= room:
            return word
        parts = _patterns().inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN)
        if max(width(_retold(run, part + "-")) for part in parts) <= room:
            return SOFT_HYPHEN.join(parts)
        return word[:STUMP] + SOFT_HYPHEN.join(["", *word[STUMP:-STUMP], word[-STUMP:]])

    def all_told(run: Run) -> Run:
        return run if run.unbreakable else _retold(run, LONG.sub(lambda found: told(run, found[0]), run.text))

    return list(map(all_told, runs))


def _retold(run: Run, text: str) -> Run:
    return run if text == run.text else replace(run, text=text)


def _plain(text: str) -> str:
    for char, blank in SPACE_FOR.items():
        text = text.replace(char, blank)
    text = STRAY_HYPHEN.sub("", text)
    return ACCENTED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def _seen(text: str, before: int, steered: dict[int, bool]) -> str:
    """The text without what is not seen; notes in `steered` what that said of line ends."""
    seen: list[str] = []
    last = 0
    for found in UNSEEN.finditer(text):
        seen.append(text[last:found.start()])
        last = found.end()
        if found[0] in OPENS + CLOSES:
            steered[before + sum(map(len, seen)) - 1] = found[0] in OPENS
    return "".join([*seen, text[last:]])


def _hyphenated(text: str) -> str:
    return HYPHENABLE.sub(lambda found: _patterns().inserted(found[0], SOFT_HYPHEN), text)


@cache
def _patterns() -> Pyphen:
    """English patterns: loaded when a word is first to be broken."""
    from pyphen import Pyphen

    return Pyphen(lang="en_US", left=STUMP, right=STUMP)
