"""What figures describe: small made-up documents in attachments/*.yaml, read by the real structure parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.observations.extract import extract_observations
from report.sources.document import Block, Document, Metadata
from report.sources.metadata import script_of

FILES = sorted((Path(__file__).parent / "attachments").glob("*.yaml"))
CASES = [case for path in FILES for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def _block(text: str, start: int, kind: str) -> Block:
    """A block of one line; `# ` before it makes a heading of the first level."""
    words = text.removeprefix("# ")
    end = start + len(text)
    block = {"kind": kind, "text": words, "spans": ((end - len(words), end),)}
    return Block.model_validate(block if words == text else block | {"kind": "heading", "level": 1})


def _document(case: dict[str, Any]) -> Document:
    source, start = case["text"], 0
    blocks: list[Block] = []
    for line in source.splitlines(keepends=True):
        text = line.rstrip("\n")
        if text:
            blocks.append(_block(text, start, "paragraph" if blocks else "title"))
        start += len(line)
    metadata = Metadata(date=case["date"], script=script_of(source))
    return Document(
        id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", metadata=metadata,
        source=source, blocks=tuple(blocks),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].split("\n")[0])
def test_period_entity_and_indicator(case: dict[str, Any]) -> None:
    observations = extract_observations(_document(case))
    for wanted in case["figures"]:
        found = next(o for o in observations if o.text == wanted["text"])
        for key, value in wanted.items():
            said = getattr(found, key)
            assert said == value or key == "rule" and value in said, (key, found)
