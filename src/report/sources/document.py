"""A source document as read: what was received, cut into blocks, every character traceable to the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Literal, Protocol, TypeVar

from report.errors import ReportError
from report.models import Model

Script = Literal["Hans", "Hant"]
BlockKind = Literal["title", "heading", "paragraph", "caption", "contents", "boilerplate"]
Span = tuple[int, int]  # start, end: Python offsets into Document.source, end exclusive


class Metadata(Model):
    """What the document says of itself; "" where it says nothing. Dates are ISO, as precise as given (2025, 2025-12).

    `date_kind` event: the document gives no date of itself, `date` is the day of the event that its opening tells of.

    `url` is the address that a saved web page gives of itself. `licence` and `reliability` come from the catalogue
    only: no document is believed about them.
    """

    title: str = ""
    date: str = ""
    date_kind: Literal["stated", "event"] = "stated"
    publisher: str = ""
    author: str = ""
    serial: str = ""
    code: str = ""
    series: str = ""
    script: Script = "Hans"
    url: str = ""
    licence: str = ""
    reliability: str = ""


class Block(Model):
    """A run of source text with one function.

    `text` is the concatenation of `source[start:end]` over `spans`: one span as a rule, more where a page's note
    block or a broken heading cut the text in two. `level` is 1–3 for headings, else 0.
    `boilerplate` is text that belongs to the page, not to the matter (phones, menus, image names, credits).
    `contents` is a line of a printed table of contents; `caption` a picture's caption.
    """

    kind: BlockKind
    level: int = 0
    text: str
    spans: tuple[Span, ...]

    def offset(self, index: int) -> int:
        """Offset in the source of character `index` of `text` (0 ≤ index < len(text))."""
        ends = list(accumulate(end - start for start, end in self.spans))
        piece = bisect_right(ends, index)
        start, end = self.spans[piece]
        return end - (ends[piece] - index)

    def index(self, place: int) -> int:
        """Which character of `text` stands at an offset in the source, or next behind it."""
        return sum(min(max(place - start, 0), end - start) for start, end in self.spans)


class Note(Model):
    """A footnote: its mark as printed, where the mark stands in the running text, its own text and URLs.

    `source.startswith(mark, mark_start)`: the mark as it stands in the running text (`^①`), which no block's text
    holds; `mark_start` is -1 for a note that nothing marks. `spans` cover the note's own text without its mark;
    they are empty, and so is `text`, for a mark whose note is lost.
    """

    mark: str
    mark_start: int
    text: str
    spans: tuple[Span, ...]
    urls: tuple[str, ...] = ()


class Document(Model):
    """One source file, decoded. `source` is the text as decoded (BOM removed, no newline translation); of a web page,
    a Word file or a PDF it is what the reader wrote down from it, the same from the same bytes.

    `encoding` tells how the file was read: utf-8, utf-16-le, gb18030, big5hkscs …, `html gb18030`, docx, pdf.

    Every character of it that is not white space stands in exactly one block span, note span, note mark, or run of
    `markup`: signs that say how the text is set (`**`, `#`, the mark before a note's own text) and are no text.
    """

    id: str
    file: str
    sha256: str
    encoding: str
    metadata: Metadata
    source: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    markup: tuple[Span, ...] = ()


class Received(Protocol):
    """A document, or the card of one."""

    @property
    def id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def sha256(self) -> str: ...


R = TypeVar("R", bound=Received)


def apart(documents: Iterable[R]) -> dict[str, R]:
    """The documents, or their cards, by id. ReportError for two of one id, and for two of the same bytes: one source
    would be counted as two that agree."""
    found: dict[str, R] = {}
    files: dict[str, str] = {}
    for document in documents:
        if other := found.get(document.id):
            raise ReportError("seeds", f"{document.file} 与 {other.file} 主名相同", "给其中一个文件改名")
        if twin := files.get(document.sha256):
            hint = "同一份文献不能当两个来源，移走一份"
            raise ReportError("seeds", f"{document.file} 与 {twin} 内容完全相同", hint)
        found[document.id], files[document.sha256] = document, document.file
    return found
