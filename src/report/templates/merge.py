"""Inheritance of templates: maps merge, lists replace, later wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from report.yaml import Key, Placed


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Two layers as one: maps merge key by key, everything else (lists too) is replaced by `over`."""
    merged = dict(under)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def merge_all(layers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """All layers as one, the last wins; {} for none."""
    return reduce(merge, layers, {})


@dataclass(frozen=True)
class Layered:
    """Files of one kind, the base's first; `missing` is the file to name where none of them holds a place."""

    files: tuple[Placed, ...]
    missing: str

    @property
    def data(self) -> dict[str, Any]:
        """The files merged."""
        return merge_all(file.data for file in self.files)

    def where(self, *place: Key) -> str:
        """`file:line` of an entry in the last file that holds it or the most of the way to it."""
        for end in range(len(place), 0, -1):
            for file in reversed(self.files):
                if place[:end] in file.lines:
                    return file.where(*place[:end])
        return f"{self.missing}:1"
