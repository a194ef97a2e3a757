"""A sentence with its titles, quotations and brackets closed, so that no word inside them is taken for its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]  # indices into the sentence, end exclusive

CLOSED = "\ue000"  # stands for each character inside a pair
_PAIRS = {"《": ("》", 160), "〈": ("〉", 80), "(": (")", 160), "[": ("]", 80), "【": ("】", 60),
          "“": ("”", 60), "「": ("」", 60), "『": ("』", 60), '"': ('"', 60)}
_OPENING = re.compile(f"[{re.escape(''.join(_PAIRS))}]")
_QUOTES = "“「『\""
_SPEECH = re.compile("[，,;；。]")  # a quotation of more than one clause is speech, not a name
_SHORT = 12
_BOUND = re.compile(r"[，,;；:。!?！？：|\n\t•]")


@dataclass(frozen=True)
class Outline:
    """`text` is the normalised sentence, `flat` the same with every pair's inside replaced by `CLOSED`; `titles`,
    `quotes` and `brackets` are the insides of 《》, quotation marks and brackets, outermost only, in order."""

    text: str
    flat: str
    titles: tuple[Span, ...]
    quotes: tuple[Span, ...]
    brackets: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Outline:
        """The outline of a normalised sentence."""
        pairs = list(_pairs(text))
        flat = text
        for _, start, end in pairs:
            flat = flat[:start] + CLOSED * (end - start) + flat[end:]
        marks = {"《〈": [], _QUOTES: [], "([【": []}  # type: dict[str, list[Span]]
        for mark, start, end in pairs:
            next(spans for opening, spans in marks.items() if mark in opening).append((start, end))
        titles, quotes, brackets = map(tuple, marks.values())
        return cls(text, flat, titles, quotes, brackets)

    def clause(self, place: int) -> Span:
        """The clause that holds `place`, without the marks at its ends."""
        start = max((mark.end() for mark in _BOUND.finditer(self.flat, 0, place)), default=0)
        end = _BOUND.search(self.flat, place)
        return start, end.start() if end else len(self.flat)

    def clauses_from(self, place: int) -> Iterator[Span]:
        """The rest of the clause at `place`, then every clause behind it."""
        while place < len(self.flat):
            end = self.clause(place)[1]
            yield place, end
            place = end + 1


def _pairs(text: str) -> Iterator[tuple[str, int, int]]:
    """Mark, start and end of the inside of every outermost pair; one that does not close soon is left open."""
    closed = 0
    for opening in _OPENING.finditer(text):
        mark, place = opening[0], opening.start()
        end = _closing(text, place) if place >= closed else -1
        if end > place + 1 and not (mark in _QUOTES and end - place > _SHORT and _SPEECH.search(text, place, end)):
            yield mark, place + 1, end
            closed = end + 1


def _closing(text: str, place: int) -> int:
    """Where the pair that opens at `place` closes, pairs of its own kind inside it passed over; -1 for nowhere near."""
    opening = text[place]
    close, limit = _PAIRS[opening]
    depth = 0
    for index in range(place + 1, min(len(text), place + limit)):
        if text[index] == close:
            if not depth:
                return index
            depth -= 1
        elif text[index] == opening:
            depth += 1
    return -1
