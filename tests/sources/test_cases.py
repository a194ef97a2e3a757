"""Made-up documents, one rule of the genre each (cases/*.yaml): blocks, notes and metadata as they must be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.sources.document import Document, Metadata

from .laws import check_laws, parse

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    document = parse(case["source"])
    check_laws(document)
    assert told_blocks(document) == case["blocks"]
    assert told_notes(document) == case.get("notes", [])
    assert document.metadata == Metadata(**case.get("metadata", {}))


def told_blocks(document: Document) -> list[dict[str, str]]:
    """Each block's text under its kind, a heading's with its level."""
    return [{f"{one.kind} {one.level}" if one.level else one.kind: one.text} for one in document.blocks]


def told_notes(document: Document) -> list[dict[str, Any]]:
    """Each note with the four characters before its mark ("" for a note without a mark)."""
    return [
        {
            "mark": note.mark,
            "after": document.source[max(note.mark_start - 4, 0) : note.mark_start] if note.mark_start >= 0 else "",
            "text": note.text,
            "urls": list(note.urls),
        }
        for note in document.notes
    ]
