"""A passage: a run of text with one function, as a finished file holds it or as the content tree promises it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "paragraph", "heading", "cell", "caption", "source-note", "note", "contents", "figure", "label", "reference"
]
_SILENT = re.compile(r"[\s\u3000\u200b\u2060\ufeff\u00ad①-⑳㉑-㉟㊱-㊿]+")


def squeeze(text: str) -> str:
    """The text without white space and without note marks: what must be equal in every format."""
    return _SILENT.sub("", text)


@dataclass(frozen=True)
class Passage:
    """Text as read from a file. `kind` as far as the file tells."""

    kind: str
    text: str
