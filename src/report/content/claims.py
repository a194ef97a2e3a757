"""Claims: the values of one note, gathered by the documents that really hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from report.dataset.agreement import agrees
from report.dataset.models import BoundValue
from report.observations.observation import Observation

HTTP = ("https://", "http://")


@dataclass(frozen=True)
class Claim:
    """Values that the same documents hold, or that were computed from figures of the same documents. For these
    values `cited` of the documents name a page of their own: a value must not seem to come from another's page."""

    names: tuple[str, ...]
    docs: tuple[str, ...]
    derived: bool
    cited: frozenset[str] = frozenset()


def gather_claims(
    names: Sequence[str], values: Mapping[str, BoundValue], observations: Mapping[str, Observation]
) -> list[Claim]:
    """The values by the set of their documents, in the order of each set's first value; a claim's documents in the
    order in which its first value has them."""
    found: dict[tuple[frozenset[str], bool, frozenset[str]], list[str]] = {}
    for name in dict.fromkeys(names):
        docs, derived = frozenset(holders(name, values, observations)), bool(values[name].parents)
        cited = frozenset() if derived else docs & {doc for doc, _ in pages(name, values, observations)}
        found.setdefault((docs, derived, cited), []).append(name)
    return [Claim(tuple(group), holders(group[0], values, observations), derived, cited)
            for (_, derived, cited), group in found.items()]


def pages(
    name: str, values: Mapping[str, BoundValue], observations: Mapping[str, Observation]
) -> Iterator[tuple[str, str]]:
    """The web pages that the document whose figure a value prints cites for it: document, address."""
    for found in values[name].observations[:1]:
        yield from ((observations[found].doc, url) for url in observations[found].citations if url.startswith(HTTP))


def holders(
    name: str, values: Mapping[str, BoundValue], observations: Mapping[str, Observation]
) -> tuple[str, ...]:
    """The documents that state a value as printed or in words that agree with it, the winner's first; for a derived
    one those that it was computed from."""
    if values[name].parents:
        return tuple(dict.fromkeys(winners(name, values, observations)))
    known = [observations[found] for found in values[name].observations]
    return tuple(dict.fromkeys(found.doc for found in known if found is known[0] or agrees(known[0], found)))


def winners(
    name: str, values: Mapping[str, BoundValue], observations: Mapping[str, Observation]
) -> Iterator[str]:
    """The document whose figure a value prints, and those of its parents."""
    for member in family(name, values):
        value = values[member]
        if value.observations and not value.parents:
            yield observations[value.observations[0]].doc


def family(name: str, values: Mapping[str, BoundValue]) -> Iterator[str]:
    """The value and all it is derived from; nothing for an unknown name."""
    if name in values:
        yield name
        for parent in values[name].parents:
            yield from family(parent, values)
