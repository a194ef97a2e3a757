"""Notes with several marks: which of them the PDF prints once, for all its marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from report.content.nodes import Content, NoteMark
from report.content.walk import inlines_of, plain

SOFT_HYPHEN = "\u00ad"


def shared_marks(content: Content, layout: Mapping[str, Any]) -> dict[str, str]:
    """The mark (①) of each note that has several marks and that stands in layout.json once."""
    marked = Counter(inline.note for inline in inlines_of(content) if isinstance(inline, NoteMark))
    several = {name: _bare(plain(content.notes[name].inlines)) for name, count in marked.items()
               if count > 1 and name in content.notes}
    printed: dict[str, list[str]] = {}
    for note in (note for page in layout["pages"] for note in page["notes"] if several):
        if note["mark"]:
            printed.setdefault(_bare(note["text"]), []).append(note["mark"])
    found = {name: _marks(text, printed) for name, text in several.items()}
    return {name: marks[0] for name, marks in found.items() if len(marks) == 1}


def _marks(text: str, printed: Mapping[str, list[str]]) -> list[str]:
    """The marks of the notes of this text; of a note cut at a page's end the page has only the beginning."""
    return [mark for begun, marks in printed.items() if begun and text.startswith(begun) for mark in marks]


def _bare(text: str) -> str:
    return "".join(text.replace(SOFT_HYPHEN, "").split())
