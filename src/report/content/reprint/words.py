"""The words of a document's blocks and notes as inlines: emphasis, links, note marks; typist's spaces closed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from report.content.nodes import Inline, Link, NoteMark, Text, TextStyle
from report.content.reprint.marks import HAN, widened
from report.content.reprint.pointers import number_of
from report.sources.document import Block, Document, Note, Span
from report.sources.lines import Line
from report.sources.markup import markup_in
from report.sources.notes import urls_in

LOST = "〔原文缺注文〕"
LONGEST_LINK = 2600  # characters of a link's words and target
# A typist's space beside a Chinese character: the gap between two scripts is the press's affair (CLREQ 3.2.2). One
# between two Chinese characters parts words (姓名 姓名) and stays, save beside a mark.
_LOOSE = re.compile(
    rf"(?<=[{HAN}]) +(?=[!-~])|(?<=[!-~])(?<![,.:;]) +(?=[{HAN}])"
    r"|(?<=[，。、；：？！）》」』】]) +|\s+(?=[，。、；：？！）》」』】])"
)
_BREAK = re.compile(r"[ \t\n\r\x0b\x0c\x85\xa0\u2028\u2029]+")
_ANGLED = re.compile(r"<(https?://[^<>\s]+)>")
_TAG = re.compile(r"<(/?)(b|strong|em|i|sup|sub)(?:\s[^<>]*)?>", re.IGNORECASE)
_TAGS: dict[str, TextStyle] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "sup": "superscript", "sub": "subscript",
}
_TARGET = re.compile(r"\]\(<?(.*?)>?\)", re.DOTALL)


@dataclass(frozen=True)
class _Run:
    """Words in one style; `url` "" for none; `note` a key of the notes for a mark, which has no words."""

    text: str
    style: TextStyle = ""
    url: str = ""
    note: str = ""


class Words:
    """The words of one document. `notes` are its notes' inlines by key; notes that share their text share a key.
    `numbers` are what their marks say in the source. `on_cover` are the notes on the title and on authors' names."""

    def __init__(self, document: Document, cover: Sequence[Block]) -> None:
        """Find out where each note hangs: on the words before its mark."""
        self.document = document
        lines = [(block.spans[0][0], block.spans[-1][1]) for block in cover]
        self.on_cover = [
            note for note in document.notes
            if note.text and any(start <= note.mark_start <= end for start, end in lines)
        ]
        self.notes: dict[str, tuple[Inline, ...]] = {}
        self.numbers: dict[str, int] = {}
        self._keys: dict[tuple[Span, ...], str] = {}
        self._marks: dict[int, list[tuple[int, str]]] = {}  # by the block's start: where each stands, its key
        blocks = [block for block in document.blocks if block.kind not in ("title", "boilerplate", "contents")]
        self._spans = sorted((end, block.spans[0][0]) for block in blocks for _, end in block.spans)
        for note in document.notes:
            if note not in self.on_cover:
                self._hang(note)

    def _hang(self, note: Note) -> None:
        """Tell by what key the mark is known, and on which block it hangs: on the last words before it (before the
        note, where the mark is lost)."""
        place = note.mark_start if note.mark_start >= 0 else note.spans[0][0]
        key = f"note-{len(self.notes) + 1}"
        if note.spans:
            key = self._keys.setdefault(note.spans, key)
        self.notes[key] = inlines_of(note.text) if note.text else (Text(text=LOST),)
        self.numbers[key] = number_of(note.mark)
        if self._spans:
            before = max(bisect_right(self._spans, (place, len(self.document.source))) - 1, 0)
            end, block = self._spans[before]
            self._marks.setdefault(block, []).append((max(place, end), key))  # a mark on the title: on the first words

    def inlines(self, block: Block, start: int = 0, end: int | None = None) -> tuple[Inline, ...]:
        """What a block says, as the press sets it: all, or the characters `start` to `end` of its text."""
        runs = self._runs(block)
        if (start, end) != (0, None):
            runs = _cut(runs, start, len(block.text) if end is None else end)
        return tuple(_inlines(_closed(list(runs))))

    def _runs(self, block: Block) -> Iterator[_Run]:
        first, last = _edges(block, self.document.markup)
        marks = sorted(self._marks.get(block.spans[0][0], []))
        return _runs(self.document.source, block.spans, self.document.markup[first:last], marks)


def inlines_of(text: str) -> tuple[Inline, ...]:
    """A text that is no block's (a note's) as inlines; its markup is read here."""
    line = Line(0, len(text), text)
    markup = [span for span in markup_in(line) if span[0] or text[:1] in "*_`[<"]
    edges = [0, *(edge for span in markup for edge in span), len(text)]
    words = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    return tuple(_inlines(_closed(list(_runs(text, words, markup, [])))))


@dataclass(frozen=True)
class _State:
    """What the markup so far says of the words to come."""

    style: TextStyle = ""
    url: str = ""

    def after(self, sign: str, source: str, end: int) -> _State:
        """The state behind one sign of markup; `end` is where it ends in the source."""
        if sign in ("**", "__"):
            return replace(self, style="" if self.style else "strong")
        if sign == "*":
            return replace(self, style="" if self.style else "emphasis")
        if sign == "[":
            found = _TARGET.search(source, end, end + LONGEST_LINK)
            return replace(self, url=found[1] if found and found[1].startswith(("http://", "https://")) else "")
        if sign.startswith("]("):
            return replace(self, url="")
        if tag := _TAG.fullmatch(sign):
            return replace(self, style="" if tag[1] else _TAGS[tag[2].lower()])
        return self


def _edges(block: Block, markup: Sequence[Span]) -> tuple[int, int]:
    """The markup from the sign that touches the block's beginning to the one that touches its end, as a slice."""
    first = bisect_left(markup, block.spans[0])
    start = block.spans[0][0]
    while first and markup[first - 1][1] == start:
        first -= 1
        start = markup[first][0]
    return first, bisect_left(markup, (block.spans[-1][1], 0))


def _runs(
    source: str, spans: Iterable[Span], markup: Iterable[Span], marks: Iterable[tuple[int, str]]
) -> Iterator[_Run]:
    """The words in the spans in the styles that the markup sets, and the marks, in the order of the source."""
    words = dict(spans)
    pieces = [*((start, 1, end, "") for start, end in words.items()), *((start, 1, end, "") for start, end in markup)]
    state = _State()
    for start, _, end, key in sorted([*pieces, *((place, 0, place, key) for place, key in marks)]):
        if key:
            yield _Run("", note=key)
        elif start in words:
            yield _Run(_ANGLED.sub(r"\1", source[start:end]), state.style, state.url)
        else:
            state = state.after(source[start:end], source, end)


def _cut(runs: Iterable[_Run], start: int, end: int) -> Iterator[_Run]:
    """The runs of some of the characters; a mark belongs to the character before it."""
    at = 0
    for run in runs:
        size = len(run.text)
        if run.note:
            if start < at <= end:
                yield run
            continue
        words = run.text[max(0, start - at) : max(0, end - at)]
        if words:
            yield replace(run, text=words)
        at += size


def _closed(runs: list[_Run]) -> list[_Run]:
    """The runs with white space made one space, the spaces closed that a typist puts beside Chinese characters, and
    half-width marks widened."""
    runs = [replace(run, text=_BREAK.sub(" ", run.text)) for run in runs]
    whole = widened("".join(run.text for run in runs))
    drop = {index for found in _LOOSE.finditer(whole) for index in range(*found.span())}
    drop |= set(range(len(whole) - len(whole.lstrip())))
    out, at = [], 0
    for run in runs:
        end = at + len(run.text)
        text = "".join(whole[index] for index in range(at, end) if index not in drop)
        at = end
        out.append(replace(run, text=text))
    return out


def _inlines(runs: Iterable[_Run]) -> Iterator[Inline]:
    """The runs as nodes, neighbours in one style joined."""
    for run in _joined(runs):
        if run.note:
            yield NoteMark(note=run.note)
        elif run.url:
            yield Link(url=run.url, text=run.text)
        elif run.text:
            yield from _linked(run)


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    out: list[_Run] = []
    for run in runs:
        same = out and not (run.note or out[-1].note) and (run.style, run.url) == (out[-1].style, out[-1].url)
        if same:
            out[-1] = replace(out[-1], text=out[-1].text + run.text)
        elif run.text or run.note:
            out.append(run)
    return out


def _linked(run: _Run) -> Iterator[Inline]:
    """Words with the web addresses in them as links."""
    rest = run.text
    for url in urls_in(rest):
        before, _, rest = rest.partition(url)
        if before:
            yield Text(text=before, style=run.style)
        yield Link(url=url, text=url)
    if rest:
        yield Text(text=rest, style=run.style)
