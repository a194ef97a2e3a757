"""Extraction: every figure of a document as an observation, with what it describes as far as rules can tell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from report.observations.attachment import Attachment, attach
from report.observations.figure import Figure
from report.observations.figures import figures_on
from report.observations.observation import Observation
from report.observations.page import Page
from report.observations.passages import Passage, Passages
from report.observations.relations import relate
from report.sources.document import Document


def extract_observations(document: Document, passages: Passages | None = None) -> list[Observation]:
    """Every figure the document states, in order of place; figures of contents lines and of notes are left out.

    `text == document.source[start:end]` for each. An id depends on the document, the sentence and the figure alone, so
    a line inserted elsewhere changes none. `passages` are the document's own, where the caller has them.
    """
    page = Page.of(document.source, _hidden(document))
    figures = figures_on(page)
    passages = passages or Passages(document)
    placed = [(figure, passages.at(figure.start, figure.end)) for figure in figures]
    attached = attach(document, placed, passages)
    seen: Counter[str] = Counter()
    found = [
        _observation(document, figure, (passage, passages.citations.at(passage.block, figure.start)), attachment, seen)
        for (figure, passage), attachment in zip(placed, attached, strict=True)
    ]
    return relate([(observation, passage) for observation, (_, passage) in zip(found, placed, strict=True)])


def _hidden(document: Document) -> Iterable[tuple[int, int]]:
    """Contents lines and the notes' own text: a reader finds no figure of the matter there."""
    for block in document.blocks:
        if block.kind == "contents":
            yield from block.spans
    for note in document.notes:
        yield from note.spans
        if note.mark_start >= 0:
            yield note.mark_start, note.mark_start + len(note.mark)


def _observation(
    document: Document, figure: Figure, cited: tuple[Passage, tuple[str, ...]], attachment: Attachment,
    seen: Counter[str],
) -> Observation:
    """The observation of a figure; `cited` is its passage with the URLs that support the figure there."""
    passage, citations = cited
    text = document.source[figure.start : figure.end]
    sentence = passage.sentence
    return Observation(
        id=_id(document.id, text, sentence.text, seen),
        doc=document.id,
        start=figure.start,
        end=figure.end,
        text=text,
        kind=figure.kind,
        base=figure.base,
        value=figure.value,
        unit=figure.unit,
        qualifier=figure.qualifier,
        bound=figure.bound,
        indicator=attachment.indicator,
        entity=attachment.entity,
        period=attachment.period,
        as_of=attachment.as_of,
        sentence=sentence.text,
        sentence_start=sentence.start,
        sentence_end=sentence.end,
        citations=citations,
        confidence=attachment.confidence,
        rule="; ".join(rule for rule in (figure.rule, *attachment.rules) if rule),
    )


def _id(doc: str, text: str, sentence: str, seen: Counter[str]) -> str:
    """obs- and a hash of document, figure, sentence, and how many such there were before."""
    key = "\x1f".join((doc, text, sentence))
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()
    return f"obs-{digest[:12]}"
