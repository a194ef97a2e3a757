"""Where a line of a title may end: between words, as far as the report's own words show where those are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from report.content.nodes import Content
from report.content.walk import deep, plain, runs_in

OPENERS = "与和及对在向从以为暨"  # a line may well begin with one of these, and hardly end with it
UNKNOWN = 0.3  # of a joint of which the report says nothing
LOOSE = 0.25  # below it two characters belong to different words


def bonds(title: str, content: Content) -> tuple[float, ...]:
    """How firmly each two neighbouring characters of a title hold together: 0 (of two words) to 1 (of one).

    Inside a keyword of the report they do, and what opens a line holds to what follows; else it is the share of the
    places of the rarer one, in the report's text, at which they stand side by side: 工 and 智 almost always do in a
    report on 人工智能, 能 and 人 seldom.
    """
    text = "\n".join(_texts(content))
    single, double = Counter(text), Counter(pairwise(text))
    inside = {joint for word in content.front.keywords for joint in _joints(title, word)}

    def bond(place: int, pair: tuple[str, str]) -> float:
        fewest = min(single[pair[0]], single[pair[1]])
        told = double[pair] / fewest if fewest else UNKNOWN * (pair[1] not in OPENERS)
        return 1.0 if place in inside or pair[0] in OPENERS else told

    return tuple(bond(place, pair) for place, pair in enumerate(pairwise(title)))


def words(title: str, held: tuple[float, ...]) -> list[str]:
    """The title cut where `held`, its bonds, are loose."""
    cuts = [place + 1 for place, bond in enumerate(held) if bond < LOOSE]
    return [title[start:end] for start, end in pairwise([0, *cuts, len(title)])]


def _texts(content: Content) -> Iterator[str]:
    """What the report says; not its cover, which bears the title itself."""
    for part in content.parts:
        if part.role != "cover":
            yield from (plain(run) for block in deep(part.blocks) for run in runs_in(block))


def _joints(title: str, word: str) -> Iterator[int]:
    """The joints of a title that lie inside a word, wherever it stands there."""
    start = title.find(word)
    while word and start >= 0:
        yield from range(start, start + len(word) - 1)
        start = title.find(word, start + 1)
