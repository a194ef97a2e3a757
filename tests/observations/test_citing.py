"""Citations: which notes reach which figures, rule by rule and over the whole of the seed that has footnotes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.observations.citing import Citations
from report.observations.extract import extract_observations
from report.sources.reader import read_source

from .counting import calls, grows_with

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = YAML(typ="safe").load((HERE / "citations.yaml").read_text("utf-8"))
NOTES: list[dict[str, Any]] = YAML(typ="safe").load((HERE / "seeds/notes.yaml").read_text("utf-8"))
URLS = {mark: f"https://example.org/{name}" for mark, name in zip("①②③", "abc", strict=True)}


def written(folder: Path, text: str, newline: str = "\n") -> Path:
    """A source file of paragraphs with marks ① to ③, their notes set below."""
    notes = "\n\n".join(f"^{mark} 数据来源：<{url}>。" for mark, url in URLS.items() if f"^{mark}" in text)
    path = folder / "a.txt"
    path.write_bytes(f"港口简报\n\n{text}\n\n{notes}\n".replace("\n", newline).encode())
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_note_supports_the_words_it_marks(case: dict[str, Any], newline: str, tmp_path: Path) -> None:
    path = written(tmp_path, case["text"], newline)
    found = {one.text: one.citations for one in extract_observations(read_source(path))}
    expected = {text: tuple(URLS[mark] for mark in marks) for text, marks in case["figures"].items()}
    assert found == expected


def test_every_note_of_the_seed_reaches_what_it_supports() -> None:
    [path] = (HERE.parents[1] / "seeds").glob("003*.txt")
    document = read_source(path)
    wanted: dict[int, set[str]] = {}
    texts: dict[int, str] = {}
    for note, expected in zip(document.notes, NOTES, strict=True):
        assert (note.urls, note.mark_start) == ((expected["cites"],), expected["mark"])
        for place, text in expected["figures"].items():
            wanted.setdefault(place, set()).update(note.urls)
            texts[place] = text
    found = {one.start: one for one in extract_observations(document) if one.citations}
    assert {place: one.text for place, one in found.items()} == texts
    assert {place: set(one.citations) for place, one in found.items()} == wanted


def test_many_marks_in_one_paragraph_take_linear_work(tmp_path: Path) -> None:
    """No look at every mark for every figure: a figure leans on the nearest."""
    once, twice = (calls(partial(_cite_many, tmp_path, times)) for times in (200, 400))
    assert grows_with(once, twice), (once, twice)


def _cite_many(folder: Path, times: int) -> None:
    text = "《报告》^①和" * times + "占5%，" + "出口增长8%，^①" * times
    document = read_source(written(folder, text))
    number = next(number for number, block in enumerate(document.blocks) if block.kind == "paragraph")
    citations = Citations(document)
    assert all(citations.at(number, offset) for offset in range(document.source.index("占5%"), len(text), 8))
