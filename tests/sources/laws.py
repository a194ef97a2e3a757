"""What holds of every document, whatever text it was read from."""

from __future__ import annotations

from collections import Counter

from report.sources.document import Document
from report.sources.draft import Written
from report.sources.sentences import clauses, sentences
from report.sources.structure import Received, parse_document


def parse(source: str) -> Document:
    """The document in a made-up text."""
    return parse_document(Received("made-up", "made-up.txt", "0" * 64, Written(source, "utf-8")))


def check_laws(document: Document) -> None:
    """Raise AssertionError unless every law of `Document` holds."""
    check_coverage(document)
    check_texts(document)
    check_sentences(document)


def check_coverage(document: Document) -> None:
    """Every character that is not white space has exactly one place."""
    source = document.source
    spans = [span for block in document.blocks for span in block.spans]
    spans += list({span for note in document.notes for span in note.spans})
    spans += [(n.mark_start, n.mark_start + len(n.mark)) for n in document.notes if n.mark_start >= 0]
    spans += document.markup
    placed = Counter(index for start, end in spans for index in range(start, end))
    for index, char in enumerate(source):
        if not char.isspace():
            assert placed[index] == 1, f"{char!r} at {index} has {placed[index]} places: {source!r}"
    assert all(0 <= start < end <= len(source) for start, end in spans)


def check_texts(document: Document) -> None:
    """Texts are what their spans hold, blocks stand in order, offsets lead back."""
    source = document.source
    starts = [block.spans[0][0] for block in document.blocks]
    assert starts == sorted(starts)
    for block in document.blocks:
        assert block.text == "".join(source[start:end] for start, end in block.spans)
        assert block.text == block.text.strip() != ""
        assert list(block.spans) == sorted(block.spans)
        assert all(source[block.offset(index)] == char for index, char in enumerate(block.text))
        assert (1 <= block.level <= 3) == (block.kind == "heading")
        assert block.level or block.kind != "heading"
    for note in document.notes:
        assert note.text == "".join(source[start:end] for start, end in note.spans)
        assert note.mark_start < 0 or source.startswith(note.mark, note.mark_start)
        assert all(url in note.text for url in note.urls)


def check_sentences(document: Document) -> None:
    """A block's sentences hold all its letters and digits in order; a sentence's clauses hold all of its own."""
    for block in document.blocks:
        found = sentences(block)
        assert _words("".join(sentence.text for sentence in found)) == _words(block.text)
        for sentence in found:
            assert len(sentence.text) == len(sentence.offsets)
            assert all(document.source[o] == c for o, c in zip(sentence.offsets, sentence.text, strict=True))
            assert (sentence.start, sentence.end) == sentence.span(0, len(sentence.text))
            parts = clauses(sentence)
            assert all(sentence.text[part.start_index : part.end_index] == part.text for part in parts)
            assert _words("".join(part.text for part in parts)) == _words(sentence.text)


def _words(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
