"""A finished build, and what its documents are called to a reader: by their numbers in the source list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from report.content.nodes import Content
from report.dataset.mention import short_names
from report.dataset.models import Dataset


class Build(NamedTuple):
    """What one build left: its content and its dataset."""

    content: Content
    dataset: Dataset


def names_of(*builds: Build) -> Mapping[str, str]:
    """What the documents are called: by number, as the first of the builds that lists them has it; else by title."""
    titles = {source.id: source.title or source.file for one in builds for source in one.dataset.sources}
    numbers = {one.doc: one.number for build in reversed(builds) for one in build.content.sources}
    return {doc: f"文献[{numbers[doc]}]" if doc in numbers else f"《{title}》" for doc, title in titles.items()}


def renamed(text: str, dataset: Dataset, names: Mapping[str, str]) -> str:
    """A sentence of the dataset, where documents go by their ids, with these names instead."""
    short = short_names(sorted(source.id for source in dataset.sources))
    for doc in sorted(short, key=lambda one: -len(short[one])):
        text = text.replace(short[doc], names[doc]).replace(doc, names[doc])
    return text
