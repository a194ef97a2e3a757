"""Topics: the things that many facts are of, found in the names of their indicators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.digest.picking import Datum, tails
from report.observations.naming import names_in

FEWEST = 3  # facts that make a topic
MOST = 8  # topics of a digest
WORD = range(2, 9)  # letters of a topic's word
MOSTLY = 0.8  # of the facts, for a longer title
LONGEST = 12  # letters of a title
DEEP = 24  # letters of a theme that are looked at


@dataclass(frozen=True)
class Topic:
    """A thing that facts are of; `title` names it."""

    title: str
    data: tuple[Datum, ...]


def group(data: Sequence[Datum]) -> tuple[tuple[Topic, ...], tuple[Datum, ...]]:
    """The topics, the widest first, and the facts that belong to none.

    A topic's word ends the name of at least one theme, where a Chinese compound has its head, and stands in all of
    its themes. The word that gathers most comes first; a longer word, and facts of several documents, count for more.
    """
    left = dict(enumerate(data))
    holders = _holders(data)
    topics: list[Topic] = []
    while len(topics) < MOST:
        best = max(holders, key=lambda word: (_score(word, holders[word], data), word), default="")
        if not best or len(holders[best]) < FEWEST:
            break
        members = sorted(holders.pop(best))
        topics.append(Topic(_title(best, [data[at] for at in members]), tuple(data[at] for at in members)))
        for at in members:
            del left[at]
        holders = {word: kept for word, held in holders.items() if (kept := held.difference(members))}
    return tuple(topics), tuple(left.values())


def _holders(data: Sequence[Datum]) -> dict[str, set[int]]:
    """The places of the facts in whose theme each word stands, for the words that end a theme."""
    themes = [datum.theme[:DEEP] for datum in data]
    heads = {head for theme in themes for head in _heads(theme)}
    heads -= {datum.entity for datum in data}
    heads = {head for head in heads if not any(wide.endswith(head) for wide in tails()["wide"])}
    found: dict[str, set[int]] = defaultdict(set)
    for at, theme in enumerate(themes):
        for start in range(len(theme)):
            for size in WORD:
                if (word := theme[start : start + size]) in heads and len(word) == size:
                    found[word].add(at)
    return found


def _heads(theme: str) -> Iterator[str]:
    """The words that end a theme, and neither hold a place's name nor begin inside one: whose it is is no topic."""
    first = max((name.end for name in names_in(theme)), default=0)
    return (theme[-size:] for size in WORD if size <= len(theme) - first)


def _score(word: str, members: set[int], data: Sequence[Datum]) -> float:
    docs = {data[at].found.doc for at in members}
    return len(members) * (1 + 0.15 * (len(word) - 2)) * (1 + 0.25 * (len(docs) - 1))


def _title(word: str, members: Sequence[Datum]) -> str:
    """The word with the letters that most of the indicators have around it: of 经济增长率 and 经济增长预期 经济增长."""
    names = [datum.indicator.partition("（")[0] for datum in members]
    while len(word) < LONGEST:
        longer = Counter(found for name in names for found in _wider(word, name))
        best, number = max(longer.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if number < MOSTLY * len(names):
            break
        word = best
    return word


def _wider(word: str, name: str) -> set[str]:
    """The word with the letter behind it in a name, or with the one before."""
    start = name.find(word)
    if start < 0:
        return set()
    end = start + len(word)
    return {name[start : end + 1]} - {word} or {name[max(start - 1, 0) : end]} - {word}
