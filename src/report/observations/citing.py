"""The sources a sentence names in its footnotes."""

from __future__ import annotations

from report.sources.document import Document
from report.sources.sentences import Sentence


def citations_of(document: Document, sentence: Sentence) -> tuple[str, ...]:
    """URLs of the notes whose mark stands in the sentence or right behind it, in order, each once."""
    urls = [url for note in document.notes if _marks(document, note.mark_start, sentence) for url in note.urls]
    return tuple(dict.fromkeys(urls))


def _marks(document: Document, mark_start: int, sentence: Sentence) -> bool:
    """In the sentence, or with nothing but space and line breaks between its end and the mark."""
    if sentence.start <= mark_start < sentence.end:
        return True
    between = document.source[sentence.end : mark_start]
    return sentence.end <= mark_start and len(between) < 4 and not between.strip()
