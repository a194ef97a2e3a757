"""A printed report set anew falls into the same pages: its own table of contents is the oracle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report.content.nodes import Block, Heading, Inline, Note, NoteMark, Paragraph, Part, Text
from report.sources.document import Document
from report.sources.document import Note as SourceNote
from report.sources.reader import read_source
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import Layout

from .sample import content

SEED = Path(__file__).parents[3] / "seeds/003_f87c10e587582682.txt"
# page and mark of each footnote in print
NOTES = [
    "1①", "1②", "2①", "2②", "3①", "3②", "7①", "8①", "8②", "9①", "9②", "11①",
    "12①", "12②", "12③", "13①", "13②", "13③", "14①", "15①", "15②", "17①", "17②", "18①",
]


@pytest.fixture(scope="module")
def seed() -> Document:
    """The printed report, as read."""
    return read_source(SEED)


@pytest.fixture(scope="module")
def reprint(seed: Document, theme: Theme) -> Layout:
    """The same, set with the printed report's habits: chapters on odd pages, no control of widows and headings."""
    habits = {"chapters": "odd", "widows": 1, "orphans": 1, "keep_headings": False, "breaking": "greedy"}
    theme = theme.model_copy(update={"setting": theme.setting.model_copy(update=habits)})
    notes = {f"n{index}": Note(inlines=(Text(text=re.sub("[<>]", "", note.text)),))
             for index, note in enumerate(seed.notes)}
    return lay_out(content([Part(role="body", blocks=tuple(_blocks(seed)))], notes), theme, FontLibrary(theme), {})


def _blocks(seed: Document) -> list[Block]:
    """Headings and paragraphs after the printed contents."""
    start = max(index for index, block in enumerate(seed.blocks) if block.kind == "contents")
    out: list[Block] = []
    for index, block in enumerate(seed.blocks[start + 1 :]):
        if block.kind == "heading":
            title = (Text(text=block.text),)
            out.append(Heading(level=block.level, id=f"h{index}", number="", inlines=title))
        elif block.kind == "paragraph":
            out.append(Paragraph(inlines=tuple(_inlines(block.text, block.spans, seed.notes))))
    return out


def _inlines(words: str, spans: tuple[tuple[int, int], ...], notes: tuple[SourceNote, ...]) -> list[Inline]:
    """A paragraph's text with the note marks that stand between its spans."""
    out: list[Inline] = []
    at = 0
    for (start, end), following in zip(spans, [*spans[1:], (spans[-1][1] + 3, 0)], strict=True):
        out.append(Text(text=_closed(words[at : at + end - start])))
        at += end - start
        out += [NoteMark(note=f"n{index}") for index, note in enumerate(notes) if end <= note.mark_start < following[0]]
    return out


def _closed(words: str) -> str:
    """Without the spaces that the transcription puts around Han characters."""
    return re.sub(r"(?<=[\u4e00-\u9fff，。]) +| +(?=[\u4e00-\u9fff])", "", words)


def _plain(title: str) -> str:
    return title.replace(" ", "").replace("(", "（").replace(")", "）")


def test_headings_stand_on_the_pages_that_the_printed_contents_name(seed: Document, reprint: Layout) -> None:
    listed = [block.text.rsplit("\t", 1) for block in seed.blocks if block.kind == "contents"]
    printed = [(_plain(title), page) for title, page in listed]

    assert len(printed) == 19
    assert [(_plain(h.title), page.number) for page in reprint.pages for h in page.headings] == printed


def test_footnotes_stand_on_their_printed_pages(reprint: Layout) -> None:
    found = [f"{page.number}{note.mark}" for page in reprint.pages for note in page.notes]

    assert len(found) == 24
    assert found == NOTES


def test_the_same_pages_are_blank(reprint: Layout) -> None:
    assert [index for index, page in enumerate(reprint.pages, 1) if page.blank] == [6, 10]
