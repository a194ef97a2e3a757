"""The white in the words of a chart, as in the text of the report: more between Han and Latin, less between marks."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from report.theme.fonts import is_latin

# Latin marks that cling to what stands beside them, and signs of Chinese print that Latin fonts hold
CLOSE = frozenset("([{)]},.;:!?'\"-‐‑–~_/\\|×÷ \u00a0\u00ad")
SIGNS = frozenset("℃℉℠−≥≤≠≈≡")
UNITS = range(0x3380, 0x33E0)  # ㎡ and its like
DASHES = "-–"  # one before a figure, and not between two, is a minus
# Marks whose right or left half is blank. Quotes are not among them: many a reader's font has them narrow
BLANK_AFTER = frozenset("，。、；：！？）》〉」』】〕")
BLANK_BEFORE = frozenset("（《〈「『【〔")
MARKS = BLANK_AFTER | BLANK_BEFORE | frozenset("“”‘’—…")
HALF = 0.5  # em: the blank of a mark
STACKED = frozenset("！？")  # two of them are one mark


def gaps(text: str) -> tuple[int, ...]:
    """The characters that a gap follows: Han before Latin, Latin before Han, no mark between them (CLREQ 3.2.2)."""
    return tuple(
        index for index, (left, right) in enumerate(pairwise(text))
        if _is_han(left) and (_is_spaced(right) or _is_minus(text, index + 1)) or _is_spaced(left) and _is_han(right)
    )


def squeezes(text: str) -> tuple[int, ...]:
    """The marks that lose a blank half of their own or of the next mark (CLREQ 3.1.6)."""
    return tuple(
        index for index, (left, right) in enumerate(pairwise(text))
        if (left in BLANK_AFTER and right in MARKS or left in MARKS and right in BLANK_BEFORE)
        and not (left in STACKED and right in STACKED)
    )


def _is_han(char: str) -> bool:
    return unicodedata.category(char) == "Lo" and not is_latin(char)


def _is_spaced(char: str) -> bool:
    return is_latin(char) and char not in CLOSE or char in SIGNS or ord(char) in UNITS


def _is_minus(text: str, index: int) -> bool:
    return text[index] in DASHES and text[index + 1 : index + 2].isdigit()
