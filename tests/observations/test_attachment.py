"""What figures describe: small made-up documents in attachments/*.yaml, read by the real structure parser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.observations.extract import extract_observations
from report.sources.document import Block, Document, Metadata

FILES = sorted((Path(__file__).parent / "attachments").glob("*.yaml"))
CASES = [case for path in FILES for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def _document(case: dict[str, Any]) -> Document:
    source, start = case["text"], 0
    blocks: list[Block] = []
    for line in source.splitlines(keepends=True):
        text = line.rstrip("\n")
        if text:
            kind = "paragraph" if blocks else "title"
            span = (start, start + len(text))
            blocks.append(Block.model_validate({"kind": kind, "text": text, "spans": (span,)}))
        start += len(line)
    return Document(
        id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(date=case["date"]),
        source=source, blocks=tuple(blocks),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].split("\n")[0])
def test_period_entity_and_indicator(case: dict[str, Any]) -> None:
    observations = extract_observations(_document(case))
    for wanted in case["figures"]:
        found = next(o for o in observations if o.text == wanted["text"])
        for key, value in wanted.items():
            assert getattr(found, key) == value, (key, found)
