"""Datasets made from written-out sentences, by the real readers and the real grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from report.dataset.models import Dataset
from report.dataset.reconcile import reconcile, source_of
from report.observations.events import find_events
from report.observations.extract import extract_observations
from report.sources.reader import read_source

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def dataset_of(tmp_path: Path) -> Callable[[Mapping[str, str]], Dataset]:
    """The dataset of documents given as text, by name."""

    def build(texts: Mapping[str, str]) -> Dataset:
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        return dataset_in(tmp_path)

    return build


@pytest.fixture(scope="session")
def seeds() -> Dataset:
    """The dataset of the five shipped documents."""
    return dataset_in(SEEDS)


def dataset_in(folder: Path) -> Dataset:
    documents = [read_source(path) for path in sorted(folder.glob("*.txt"))]
    told = [(document, extract_observations(document)) for document in documents]
    return reconcile(map(source_of, documents), [found for _, own in told for found in own],
                     events=[event for document, own in told for event in find_events(document, own)])
