"""The places of a document where figures stand: sentences with their paragraph and heading."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.observations.citing import Citations
from report.observations.normalise import normalise
from report.sources.document import Block, Document
from report.sources.sentences import Sentence, sentences

_LONGEST = 800  # a longer sentence is cut at a comma: each of its figures carries and reads it


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
    """All sentences of a document by their place in the source, and the notes that they cite."""

    def __init__(self, document: Document) -> None:
        found = sorted(_passages(document), key=lambda passage: passage.sentence.start)
        self._starts = [passage.sentence.start for passage in found]
        self._passages = found
        self._document = document

    @cached_property
    def citations(self) -> Citations:
        """The notes of the document by the words that they support."""
        return Citations(self._document)

    def __iter__(self) -> Iterator[Passage]:
        """Every sentence, in order of place."""
        return iter(self._passages)

    @property
    def all(self) -> Sequence[Passage]:
        """Every sentence, in order of its beginning."""
        return self._passages

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
        source = self._document.source
        least, most = max(0, start - _LONGEST), min(len(source), end + _LONGEST)
        first = max(least, source.rfind("\n", least, start) + 1)
        last = source.find("\n", end, most)
        last = most if last < 0 else last
        text = source[first:last]
        sentence = Sentence(text, range(first, last), first, last)
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
            for whole in sentences(block)
            for sentence in _pieces(whole)
        )
        headings = _under(headings, block)
    return found


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence itself; one longer than `_LONGEST` in pieces, each cut behind its last clause mark."""
    text, start = sentence.text, 0
    while len(text) - start > _LONGEST:
        cut = max(text.rfind(mark, start, start + _LONGEST) for mark in "，；,;、\t ") + 1
        cut = cut if cut > start else start + _LONGEST
        yield _piece(sentence, start, cut)
        start = cut
    yield _piece(sentence, start, len(text)) if start else sentence


def _piece(sentence: Sentence, start: int, end: int) -> Sentence:
    places = sentence.offsets[start:end]
    return Sentence(sentence.text[start:end], places, places[0], places[-1] + 1)


def _under(headings: list[str], block: Block) -> list[str]:
    if block.kind != "heading":
        return headings
    return [*headings[: max(0, block.level - 1)], normalise(block.text)]
