"""Extraction end to end on the shipped seeds: places, ids, citations, and what the figures describe."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from ruamel.yaml import YAML

from report.observations.extract import extract_observations
from report.observations.observation import Observation
from report.records import to_jsonl
from report.sources.document import Block, Document, Metadata
from report.sources.reader import read_source

from .counting import calls, grows_with

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
FACTS = YAML(typ="safe").load((Path(__file__).parent / "seeds" / "facts.yaml").read_text(encoding="utf-8"))


@cache
def _document(path: Path) -> Document:
    return read_source(path)


@cache
def _observations(path: Path) -> tuple[Observation, ...]:
    return tuple(extract_observations(_document(path)))


def _seed(start: str) -> Path:
    return next(path for path in SEEDS if path.name.startswith(start))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_observation_stands_where_it_says(path: Path) -> None:
    document = _document(path)
    end = 0
    for found in _observations(path):
        assert found.text == document.source[found.start : found.end] != ""
        assert found.sentence_start <= found.start and found.end <= found.sentence_end
        assert "".join(found.text.split()) in "".join(found.sentence.split())
        assert found.start >= end
        end = found.end
        assert 0 < found.confidence <= 1 and found.rule


def test_ids_are_unique() -> None:
    ids = [found.id for path in SEEDS for found in _observations(path)]
    assert len(set(ids)) == len(ids) > 150


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['doc']}-{fact['text']}")
def test_facts_of_the_seeds(fact: dict[str, Any]) -> None:
    observations = _observations(_seed(fact["doc"]))
    found = [o for o in observations if o.text == fact["text"] and fact["words"] in o.sentence]
    assert len(found) == 1
    seen = msgspec.structs.asdict(found[0]) | {"citations": len(found[0].citations)}
    for key in set(fact) - {"doc", "words"}:
        wanted = tuple(fact[key]) if isinstance(fact[key], list) else fact[key]
        assert seen[key] == wanted, (key, seen)


def test_no_figure_comes_from_contents_notes_or_page_furniture() -> None:
    texts = {path.name[:3]: [found.text for found in _observations(path)] for path in SEEDS}
    assert not any("4008" in text or "33165460" in text for found in texts.values() for text in found)
    document = _document(_seed("003"))
    notes = [span for note in document.notes for span in note.spans]
    contents = [span for block in document.blocks if block.kind == "contents" for span in block.spans]
    for found in _observations(_seed("003")):
        assert not any(start <= found.start < end for start, end in [*notes, *contents])


def _with_line(document: Document, line: str) -> Document:
    """The document with a paragraph put before everything else."""
    size = len(line)
    first = {"kind": "paragraph", "text": line, "spans": [(0, size)]}
    data = document.model_dump()
    for block in data["blocks"]:
        block["spans"] = [(start + size, end + size) for start, end in block["spans"]]
    for note in data["notes"]:
        note["spans"] = [(start + size, end + size) for start, end in note["spans"]]
        note["mark_start"] += size
    data |= {"source": line + document.source, "blocks": [first, *data["blocks"]]}
    return Document.model_validate(data)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_ids_outlive_a_line_inserted_elsewhere(path: Path) -> None:
    before = {found.id: found.text for found in _observations(path)}
    longer = _with_line(_document(path), "另有12家企业加入。\n")
    after = {found.id: found.text for found in extract_observations(longer)}
    assert set(after.values()) - set(before.values()) <= {"12家"}
    assert len(after) == len(before) + 1 and before.items() <= after.items()


def test_same_document_same_bytes() -> None:
    path = _seed("004")
    again = extract_observations(_document(path))
    assert to_jsonl(again) == to_jsonl(_observations(path))


def _of_one_line(line: str) -> Document:
    return Document(id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(),
                    source=line, blocks=(Block(kind="paragraph", text=line, spans=((0, len(line)),)),))


@pytest.mark.parametrize("end", ["。", "，"])
def test_one_endless_line_takes_linear_work(end: str) -> None:
    """Twice the line, twice the work; a sentence is cut, so that no observation carries the whole line."""
    sentence = f"2024年全省产业规模达1.2万亿元，同比增长8.6%，其中约三成来自600余家企业{end}"
    once, twice = (calls(partial(_read_line, sentence, times)) for times in (100, 200))
    assert grows_with(once, twice), (once, twice)


def _read_line(sentence: str, times: int) -> None:
    observations = extract_observations(_of_one_line(sentence * times))
    assert len(observations) == 5 * times
    assert max(len(one.sentence) for one in observations) <= 800
