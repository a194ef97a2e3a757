"""Relations: how the figures of a document hang on one another, so that arithmetic can be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from report.observations.comparing import relate_in
from report.observations.observation import Observation, Relation
from report.observations.partitive import parts_in
from report.observations.passages import Passage
from report.observations.spots import Found, Line, line_of


def relate(placed: Sequence[tuple[Observation, Passage]]) -> list[Observation]:
    """The observations of one document, each with its relations to others of the same document, in the same order.

    `placed` is every observation with its sentence, in order of place. A relation is kept only where the words leave no
    doubt of it; `of` is the id of another observation, "" where the text gives the base by its period or name alone.
    """
    lines = [line_of(list(group)) for _, group in groupby(placed, key=lambda one: one[1].sentence.start)]
    relations: dict[str, list[Relation]] = defaultdict(list)
    for spot, relation in _all(lines):
        known = relations[spot.found.id]
        if relation.of != spot.found.id and relation not in known:
            known.append(relation)
    return [found.changed({"relations": tuple(relations[found.id])}) if relations.get(found.id) else found
            for found, _ in placed]


def _all(lines: Sequence[Line]) -> Iterable[Found]:
    for line in lines:
        yield from relate_in(line)
    yield from parts_in(lines)
