"""What other programs read out of the file: the words of the content, its headings, its notes."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from report.content.nodes import Content, Heading, Paragraph
from report.content.walk import LISTED, blocks_of, plain, runs_in
from report.writers.docx.package import footnotes_part

from ...tools import need
from .test_text import texts


def told(content: Content) -> Iterator[str]:
    """The words of every paragraph, heading, caption, cell."""
    return (squeezed(plain(run)) for block in blocks_of(content) for run in runs_in(block))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def titles(content: Content) -> list[tuple[int, str]]:
    """Level and words of every heading."""
    found = (block for part in content.parts for block in part.blocks if isinstance(block, Heading | Paragraph))
    return [(getattr(block, "level", 1), squeezed(plain(block.inlines))) for block in found
            if isinstance(block, Heading) or block.role == "front-title"]  # fmt: skip


def listed(content: Content) -> list[tuple[int, str]]:
    """Those that the contents list; Pandoc knows headings by their styles."""
    parts = tuple(part for part in content.parts if part.role in LISTED)
    return titles(content.changed({"parts": parts}))


def test_python_docx_reads_the_same(written: bytes, content: Content) -> None:
    document = docx.Document(io.BytesIO(written))
    read = squeezed(texts(document.element.body))
    assert [words for words in told(content) if words not in read] == []
    notes = [note for note in footnotes_part(document).element if note.get(qn("w:type")) is None]
    assert [squeezed(texts(note)) for note in notes] and len(notes) == len(content.notes)
    outlined = {style.name: _level(style) for style in document.styles if _level(style)}
    found = [(outlined[p.style.name], squeezed(p.text)) for p in document.paragraphs
             if p.style is not None and p.style.name in outlined]  # fmt: skip
    assert found == titles(content)


def _level(style: Any) -> int:
    """The level on which a style stands in the outline; 0: none. A style may have it from the one it is based on."""
    while style is not None:
        if (level := style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")) is not None:
            return int(level.get(qn("w:val"))) + 1
        style = getattr(style, "base_style", None)
    return 0


@pytest.mark.long
def test_pandoc_reads_the_same(written: bytes, content: Content, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(written)
    command = [need("pandoc"), "--from", "docx", "--to", "json", str(path)]
    tree = json.loads(subprocess.run(command, check=True, capture_output=True, timeout=120).stdout)
    read = Read(tree["blocks"])
    assert [words for words in told(content) if words not in squeezed(read.text)] == []
    assert read.notes == len(content.notes)
    assert read.headings == listed(content)


class Read:
    """Pandoc's tree as text, with its headings, and its notes counted."""

    def __init__(self, blocks: list[Any]) -> None:
        self.headings: list[tuple[int, str]] = []
        self.notes = 0
        self.text = self._text(blocks)

    def _text(self, node: Any) -> str:
        if isinstance(node, list):
            return "".join(map(self._text, node))
        if not isinstance(node, dict):
            return ""
        inside: Any = node.get("c")
        match node.get("t"):
            case "Str":
                return str(inside)
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Note":
                self.notes += 1
                return ""
            case "Header":
                words = self._text(inside[2])
                self.headings.append((inside[0], squeezed(words)))
                return words
            case _:
                return self._text(inside)
