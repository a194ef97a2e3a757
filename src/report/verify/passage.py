"""What a finished file holds, as read back from it: passages of text, tables, and the words that stand for pictures."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from report.writers.pdf.wording import SOFT_HYPHEN, UNSEEN

Kind = Literal["paragraph", "heading", "cell", "caption", "note", "contents", "figure", "label"]
_SILENT = re.compile(rf"(?:[\s\u3000{SOFT_HYPHEN}①-⑳㉑-㉟㊱-㊿]|{UNSEEN.pattern})+")


def squeeze(text: str) -> str:
    """The text without white space, note marks and characters that are never seen, its letters composed with their
    accents: what must be equal in every format."""
    return unicodedata.normalize("NFC", _SILENT.sub("", text))


@dataclass(frozen=True)
class Passage:
    """A run of text with one function, as far as the file tells which. `figure` is the words inside a picture,
    `label` the mark of a list item or note, `contents` an entry of the table of contents."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Reading:
    """A file as read: its passages in reading order, how many tables it has, each picture's alternative text."""

    passages: tuple[Passage, ...]
    tables: int
    pictures: tuple[str, ...]
