"""A source text → its document: lines classed, headings and paragraphs put together again, every character placed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from report.sources.body import shape
from report.sources.chapters import prove_headings
from report.sources.classify import Piece, classify, stands_alone
from report.sources.document import Block, BlockKind, Document, Span
from report.sources.draft import LineKind, Written
from report.sources.head import read_head
from report.sources.lines import Line, columns, is_latin, split_lines, wrap_width
from report.sources.marks import opening_mark
from report.sources.markup import markup_in
from report.sources.metadata import read_metadata
from report.sources.notes import Footnotes, find_notes
from report.sources.running import running_lines


@dataclass(frozen=True)
class Received:
    """A file as it came: `written` is its text as decoded or written down, `sha256` the hash of its bytes."""

    id: str
    file: str
    sha256: str
    written: Written


def parse_document(received: Received) -> Document:
    """The document in a received text: blocks in reading order, notes in the order of their marks, metadata."""
    source, said = received.written.text, received.written.said
    lines = split_lines(source)
    headers = running_lines(lines)
    known: dict[int, LineKind] = {**dict.fromkeys(headers, "boilerplate"), **received.written.known}
    apart = (line.start in known or stands_alone(line.text) or bool(opening_mark(line)) for line in lines)
    width = wrap_width([line for line, alone in zip(lines, apart, strict=True) if not alone])
    notes = find_notes(lines, width, headers)
    pieces = prove_headings(classify(_text_lines(lines, notes), known))
    head = read_head(pieces, width)
    cuts = sorted(notes.cuts)
    markup = list(notes.markup)
    blocks = tuple(_block(source, piece, cuts, markup) for piece in shape(head.pieces, width))
    return Document(
        id=received.id,
        file=received.file,
        sha256=received.sha256,
        encoding=received.written.encoding,
        metadata=read_metadata(head, blocks, said),
        source=source,
        blocks=blocks,
        notes=tuple(notes.notes),
        markup=tuple(sorted(markup)),
    )


def _text_lines(lines: list[Line], notes: Footnotes) -> list[Line]:
    """The lines that are neither a note nor nothing but marks, without the marks that open them."""
    cuts = sorted(notes.cuts)
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if index not in notes.lines and (spans := _without(line, cuts)):
            cut = spans[0][0] - line.start
            turn, lead = index - 1 in notes.lines, columns(line.text[:cut])
            kept.append(replace(line, start=spans[0][0], text=line.text[cut:], turn=turn, lead=lead))
    return kept


def _block(source: str, piece: Piece, cuts: list[Span], markup: list[Span]) -> Block:
    """The piece as a block; the markup that is cut out of its lines is added to `markup`.

    Page furniture keeps its signs: there they are all that the line says.
    """
    cuts = _within(piece, cuts)
    signs = [] if piece.kind == "boilerplate" else [span for line in piece.lines for span in markup_in(line)]
    signs = [span for span in signs if not _overlaps(span, cuts)]
    spans = _spans(source, piece, sorted(cuts + signs))
    if spans:
        markup += signs
    else:
        spans = _spans(source, piece, cuts)
    text = "".join(source[start:end] for start, end in spans)
    return Block(kind=_kind(piece), level=piece.rank if piece.kind == "heading" else 0, text=text, spans=spans)


def _kind(piece: Piece) -> BlockKind:
    return "paragraph" if piece.kind == "text" else piece.kind


def _spans(source: str, piece: Piece, cuts: list[Span]) -> tuple[Span, ...]:
    """What is left of the piece's lines. Two Latin words that a line break parts keep its white space between them."""
    spans: list[Span] = []
    for line in piece.lines:
        kept = _without(line, cuts)
        if spans and kept and is_latin(source[spans[-1][1] - 1]) and is_latin(source[kept[0][0]]):
            spans.append((line.start - 1, line.start))
        spans += kept
    return tuple(_merged(spans))


def _overlaps(span: Span, cuts: list[Span]) -> bool:
    """Whether one of the cuts (sorted) takes a part of the span: the tags of a mark are the mark's."""
    at = bisect_left(cuts, (span[1], 0))
    return at > 0 and cuts[at - 1][1] > span[0]


def _within(piece: Piece, cuts: list[Span]) -> list[Span]:
    """Those of the cuts (sorted) that stand between the piece's first and last character."""
    first, last = (piece.lines[0].start, 0), (piece.lines[-1].end, 0)
    return cuts[bisect_left(cuts, first) : bisect_left(cuts, last)]


def _without(line: Line, cuts: list[Span]) -> list[Span]:
    """The line less the cuts (sorted), without white space at either end."""
    inside = cuts[bisect_left(cuts, (line.start, 0)) : bisect_left(cuts, (line.end, 0))]
    if not inside:
        return [(line.start, line.end)]
    spans: list[Span] = []
    at = line.start
    for start, end in inside:
        spans.append((at, start))
        at = max(at, end)
    spans.append((at, line.end))
    return _trimmed(line, [span for span in spans if span[0] < span[1]])


def _trimmed(line: Line, spans: list[Span]) -> list[Span]:
    """The spans without the white space that a cut left at the line's ends."""
    texts = [line.text[start - line.start : end - line.start] for start, end in spans]
    while texts and not texts[0].strip():
        texts, spans = texts[1:], spans[1:]
    while texts and not texts[-1].strip():
        texts, spans = texts[:-1], spans[:-1]
    if not spans:
        return []
    first = spans[0][0] + len(texts[0]) - len(texts[0].lstrip())
    last = spans[-1][1] - (len(texts[-1]) - len(texts[-1].rstrip()))
    spans[0] = (first, spans[0][1])
    spans[-1] = (spans[-1][0], last)
    return spans


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
