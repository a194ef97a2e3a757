"""The places of a document where figures stand: sentences with their paragraph and heading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from report.observations.normalise import normalise
from report.sources.document import Block, Document
from report.sources.sentences import Sentence, sentences


@dataclass(frozen=True)
class Passage:
    """A sentence in its place: number of its block, the headings over it (nearest last) and its normalised text."""

    sentence: Sentence
    block: int
    kind: str
    headings: tuple[str, ...]
    text: str

    def index(self, offset: int) -> int:
        """Index in `text` of the source offset, or of the next character of the sentence."""
        return bisect_left(self.sentence.offsets, offset)


class Passages:
    """All sentences of a document by their place in the source."""

    def __init__(self, document: Document) -> None:
        found = sorted(_passages(document), key=lambda passage: passage.sentence.start)
        self._starts = [passage.sentence.start for passage in found]
        self._passages = found
        self._source = document.source

    def at(self, start: int, end: int) -> Passage:
        """The passage that holds the span; text outside every block is its line."""
        for number in range(bisect_right(self._starts, start) - 1, -1, -1):
            passage = self._passages[number]
            if start < passage.sentence.end and _holds(passage.sentence, start):
                return passage
            if start - passage.sentence.start > 5000:
                break
        return self._line(start, end)

    def _line(self, start: int, end: int) -> Passage:
        first = self._source.rfind("\n", 0, start) + 1
        last = self._source.find("\n", end)
        last = len(self._source) if last < 0 else last
        text = self._source[first:last]
        sentence = Sentence(text, tuple(range(first, last)), first, last)
        return Passage(sentence, -1, "boilerplate", (), normalise(text))


def _holds(sentence: Sentence, offset: int) -> bool:
    index = bisect_left(sentence.offsets, offset)
    return index < len(sentence.offsets) and sentence.offsets[index] == offset


def _passages(document: Document) -> list[Passage]:
    found: list[Passage] = []
    headings: list[str] = []
    for number, block in enumerate(document.blocks):
        found.extend(
            Passage(sentence, number, block.kind, tuple(headings), normalise(sentence.text))
            for sentence in sentences(block)
        )
        headings = _under(headings, block)
    return found


def _under(headings: list[str], block: Block) -> list[str]:
    if block.kind != "heading":
        return headings
    return [*headings[: max(0, block.level - 1)], normalise(block.text)]
