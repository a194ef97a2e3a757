"""A block's sentences and clauses, every character still bound to its place in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from report.sources.document import Block

ENDS = "。！？!?"
CLOSERS = "”’」』）)】］]》〉"
# An end inside one of these pairs does not end the sentence; the limit keeps a lost closing mark from
# swallowing the rest of the paragraph. A name in 《》 may be long, a quotation that short is a part of speech.
ENCLOSED = {
    "《": ("》", 120),
    "〈": ("〉", 60),
    "（": ("）", 120),
    "(": (")", 120),
    "【": ("】", 60),
    "“": ("”", 30),
    "「": ("」", 30),
    "『": ("』", 30),
}
_opening = re.compile("|".join(map(re.escape, ENCLOSED)))
_mark = re.compile(f'["{re.escape(CLOSERS)}]')
_han = "\u3400-\u9fff"
# What may end a sentence. A Western full stop does behind a Chinese character that is not the first of the text, and
# before a Chinese character, a space or the end.
_end = re.compile(f"[\n{ENDS}]|[.．](?<=.[{_han}].)(?=[{_han}\\s]|\\Z)", re.DOTALL)
CLAUSE_MARKS = "，,；;：:"
_clause_end = re.compile(f"[{CLAUSE_MARKS}](?!(?<=\\d[,:：])\\d)")


@dataclass(frozen=True)
class Sentence:
    """One sentence. `offsets[i]` is the source offset of `text[i]`; `start`, `end` (exclusive) are source offsets."""

    text: str
    offsets: Sequence[int]
    start: int
    end: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets (end exclusive) of `text[start:end]`, a run of at least one character."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence: `text == sentence.text[start_index:end_index]`, its closing mark left out."""

    text: str
    start_index: int
    end_index: int


def sentences(block: Block) -> list[Sentence]:
    """The block's sentences in order, without the space around them; runs without a letter or digit are left out.

    A sentence ends at 。！？ (full or half width) with the closing marks that follow it (GB/T 15834 §4.1–4.3), and
    at a line break that is not the space between two Latin words. ；does not end it.
    """
    offsets = _offsets(block)
    found = []
    for start, end in _ranges(block.text):
        text = block.text[start:end]
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        if any(map(str.isalnum, text)):
            places = _gapless(offsets[start:end])
            found.append(Sentence(block.text[start:end], places, places[0], places[-1] + 1))
    return found


def _offsets(block: Block) -> Sequence[int]:
    """The source offset of each character, in little memory: a range where it is one, else an array."""
    if len(block.spans) == 1:
        return range(*block.spans[0])
    return array("I", chain.from_iterable(range(start, end) for start, end in block.spans))


def _gapless(offsets: Sequence[int]) -> Sequence[int]:
    """The offsets as a range where they are one, which takes no memory."""
    whole = range(offsets[0], offsets[-1] + 1)
    return whole if len(whole) == len(offsets) else offsets


def clauses(sentence: Sentence) -> list[Clause]:
    """The sentence cut at ，；： (full or half width); a mark between two digits (1,000 or 12:56) does not cut."""
    found = []
    start = 0
    for mark in _clause_end.finditer(sentence.text):
        found.append(_clause(sentence.text, start, mark.start()))
        start = mark.end()
    found.append(_clause(sentence.text, start, len(sentence.text)))
    return [clause for clause in found if any(map(str.isalnum, clause.text))]


def _clause(text: str, start: int, end: int) -> Clause:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return Clause(text[start:end], start, end)


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    """Cut the text after every sentence end; the ranges cover it whole."""
    enclosed, closing = _enclosed(text), _closing(text)
    start = 0
    for match in _end.finditer(text):
        after = _end_at(text, match.start(), enclosed, closing) if match.start() >= start else 0
        if after:
            yield start, after
            start = after
    if start < len(text):
        yield start, len(text)


def _end_at(text: str, index: int, enclosed: bytearray, closing: bytearray) -> int:
    """Where the sentence stops that a mark at `index` may end, closing marks included; 0 if none ends there."""
    char = text[index]
    if char == "\n":
        return 0 if _joins_words(text, index) else index + 1
    after = index + 1
    while after < len(text) and (text[after] in ENDS or closing[after]):
        after += 1
    # 。 right before the closing mark ends the sentence with it; ？ in a name or a short quotation does not.
    closed = char == "。" and after > index + 1 and text[index + 1] not in ENDS + "》"
    return after if closed or not enclosed[index] else 0


def _closing(text: str) -> bytearray:
    """For every character, whether it is a closing mark; of the straight quotes every other one closes."""
    found = bytearray(len(text))
    opened = 0
    for match in _mark.finditer(text):
        if match.group() == '"':
            found[match.start()] = opened
            opened = 1 - opened
        else:
            found[match.start()] = 1
    return found


def _joins_words(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(before and after) and before.isascii() and after.isascii() and after.isalnum()


def _enclosed(text: str) -> bytearray:
    """For every character, whether it stands inside a pair of `ENCLOSED`."""
    inside = bytearray(len(text))
    for match in _opening.finditer(text):
        close, limit = ENCLOSED[match.group()]
        end = text.find(close, match.start(), match.start() + limit)
        if end > match.start():
            inside[match.start() : end] = b"\1" * (end - match.start())
    return inside
