"""Hyphens at line ends, as a PDF's text has them: soft where they were put in to break a word, hard where written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from report.verify.expected import Expected
from report.verify.passage import Passage, Reading, squeeze
from report.writers.pdf.wording import SOFT_HYPHEN


def hyphened(reading: Reading, expected: Sequence[Expected]) -> Reading:
    """The reading with its soft hyphens as they were meant: gone where a passage promised has none there, else hard.

    The reader of the PDF cannot tell one from the other; the passage promised can.
    """
    if not any(SOFT_HYPHEN in passage.text for passage in reading.passages):
        return reading
    promised = {_without(text): text for one in expected for text in (one.text, one.bare)}
    return replace(reading, passages=tuple(_meant(passage, promised) for passage in reading.passages))


def _meant(passage: Passage, promised: Mapping[str, str]) -> Passage:
    if SOFT_HYPHEN not in passage.text:
        return passage
    hard = passage.text.replace(SOFT_HYPHEN, "-")
    wanted = promised.get(_without(squeeze(hard)), "")
    unsure = "-?".join(re.escape(squeeze(part)) for part in passage.text.split(SOFT_HYPHEN))
    return replace(passage, text=wanted if re.fullmatch(unsure, wanted) else hard)


def _without(text: str) -> str:
    return text.replace("-", "")
