"""Takes what is right out of what an author wrote, so that one mistake does not hide the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from report.errors import Issue
from report.templates.merge import Layered, merge_all
from report.validate import mistakes
from report.yaml import Key

M = TypeVar("M", bound=BaseModel)
Loose = Callable[[dict[str, Any]], Iterable[tuple[Sequence[Key], Issue]]]


def mended(
    model: type[M], layered: Layered, stand_in: Mapping[str, Any] | None = None, loose: Loose | None = None
) -> tuple[M | None, dict[str, Any], list[Issue]]:
    """The record that the layers describe, the data that it was made of, and every mistake.

    What is wrong counts as not written: the layer below holds, last of all `stand_in`. None where even that does not
    make a record. `loose` finds mistakes that the model does not, in data that it takes, each with its place.
    """
    layers: list[dict[str, Any]] = [dict(stand_in or {}), *(deepcopy(file.data) for file in layered.files)]
    issues = _mistakes(model, layered)
    while True:
        data = merge_all(layers)
        try:
            made = model.model_validate(data)
        except ValidationError as error:
            places = [_keys(item["loc"]) for item in error.errors(include_url=False)]
        else:
            found = list(loose(data)) if loose else []
            issues += [issue for _, issue in found if issue not in issues]
            if not found:
                return made, data, issues
            places = [_keys(place) for place, _ in found]
        if not _take_out(layers, places):
            return None, data, issues


def _mistakes(model: type[BaseModel], layered: Layered) -> list[Issue]:
    """What is wrong of that which is written: nothing is missing that a stand-in gives."""
    try:
        model.model_validate(layered.data)
    except ValidationError as error:
        return mistakes(error, model, layered.where)
    return []


def _keys(place: Sequence[Key]) -> list[str]:
    """The names that lead to a mistake, as far as no list is on the way."""
    keys: list[str] = []
    for part in place:
        if isinstance(part, int) or part == "[key]":
            break
        keys.append(part)
    return keys


def _take_out(layers: Sequence[dict[str, Any]], places: Iterable[Sequence[str]]) -> bool:
    """Take each entry, or where it is missing the one that should hold it, out of the last layer that has it; whether
    there was any."""
    gone: list[Sequence[str]] = []
    for place in places:
        if not any(list(place[: len(one)]) == list(one) for one in gone):
            gone += filter(None, [_taken_out(layers, place)])
    return bool(gone)


def _taken_out(layers: Sequence[dict[str, Any]], place: Sequence[str]) -> Sequence[str]:
    """The place of what was taken out for the entry at this one; () for nothing."""
    for end in range(len(place), 0, -1):
        for layer in reversed(layers):
            holder = _holder(layer, place[: end - 1])
            if place[end - 1] in holder:
                del holder[place[end - 1]]
                return place[:end]
    return ()


def _holder(layer: dict[str, Any], place: Sequence[str]) -> dict[str, Any]:
    """What holds the entries at a place; {} where there is no such place."""
    found: Any = layer
    for key in place:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
