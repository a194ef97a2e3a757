"""Footnotes: the notes' own lines, the marks in the running text, and which mark belongs to which note."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from report.sources.document import Note, Span
from report.sources.genre import GENRE
from report.sources.lines import Line

CIRCLED = "①-⑳㉑-㉟㊱-㊿"
# A caret or [^…] is always a mark; [1], 〔1〕 and a bare ① also number lists and are marks only if a note follows.
SURE = re.compile(
    rf"\^\[?(?P<circled>[{CIRCLED}])\]?|\[\^(?P<label>[^\]\s]{{1,20}})\]|<sup>\[?(?P<sup>\d{{1,3}})\]?</sup>"
)
WEAK = re.compile(rf"(?P<bare>[{CIRCLED}])|[\[〔](?P<number>\d{{1,3}})[\]〕]")
LAST_MARKS = re.compile(rf"(?:\^\[?[{CIRCLED}]\]?|\[\^[^\]\s]{{1,20}}\]|<sup>\[?\d{{1,3}}\]?</sup>)+$")
CUE = re.compile("|".join(GENRE.words("note_cues")))
URL = re.compile(r"https?://[!-;=?-~]+")
RAISED = re.compile(rf"[{CIRCLED}]|\d{{1,3}}")
EXPONENTS = str.maketrans("23", "²³")
LISTED = ("、", "，", ",", "；", ";", "。", "和", "与", "與", "至", "-", "–", "—")  # [1]、[2] is no note
UNFINISHED = re.compile(r"[^。.>》）)]$")

Key = tuple[str, str]  # the form of the mark, and its number or label


@dataclass(frozen=True)
class Mark:
    """A mark in the running text or before a note: `source[start:end] == text`."""

    key: Key
    start: int
    end: int
    text: str


@dataclass
class Footnotes:
    """What was found: the notes, the marks to cut out of the running text, the lines that are notes, and markup."""

    notes: list[Note] = field(default_factory=list)
    cuts: list[Span] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    markup: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class _Body:
    """A note as it stands: its own mark, and the spans and the text after it."""

    mark: Mark
    spans: tuple[Span, ...]
    text: str


def find_notes(lines: list[Line]) -> Footnotes:
    """The notes of the text. A mark belongs to the next note with its number: numbers restart on each page."""
    found = Footnotes()
    pending: dict[Key, list[Mark]] = {}
    for index, line in enumerate(lines):
        if index in found.lines:
            continue
        mark = _note_mark(line, pending)
        if mark:
            _take(found, lines, index, mark, pending.pop(mark.key, []))
        else:
            for inner in marks_in(line):
                pending.setdefault(inner.key, []).append(inner)
    _keep_orphans(found, pending)
    found.notes.sort(key=lambda note: (note.mark_start if note.mark_start >= 0 else note.spans[0][0], note.spans))
    return found


def marks_in(line: Line) -> list[Mark]:
    """The marks in a line of running text; a weak one that opens the line or a clause numbers a list instead."""
    weak = [match for match in WEAK.finditer(line.text) if _follows_text(line.text, match.start())]
    found = [_mark(line, match) for match in [*SURE.finditer(line.text), *weak]]
    found.sort(key=lambda mark: mark.start)
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def raised(before: str, text: str) -> str:
    """How a raised text stands on the line: a mark as a mark; after a letter or a digit it is an exponent."""
    bare = text.strip()
    if not RAISED.fullmatch(bare):
        return text
    if before[-1:].isascii() and before[-1:].isalnum() and bare.isdecimal():
        return bare.translate(EXPONENTS) if bare in ("2", "3") else f"^{bare}"
    return f"^{bare}" if not bare.isdecimal() else f"<sup>{bare}</sup>"


def urls_in(text: str) -> tuple[str, ...]:
    """The web addresses in a text, without the punctuation that follows them."""
    return tuple(_trim_url(match.group()) for match in URL.finditer(text))


def _note_mark(line: Line, pending: dict[Key, list[Mark]]) -> Mark | None:
    """The mark that opens the line if the line is a note."""
    match = SURE.match(line.text)
    if match:
        rest = line.text[match.end() :]
        labelled = match["label"] is None or rest.startswith(":")
        return _mark(line, match) if rest.strip() and labelled else None
    match = WEAK.match(line.text)
    if match and _is_weak_note(line, match) and _mark(line, match).key in pending:
        return _mark(line, match)
    return None


def _is_weak_note(line: Line, match: re.Match[str]) -> bool:
    rest = line.text[match.end() :].strip()
    cued = match["bare"] is None and rest[:1] not in LISTED or CUE.match(rest) or URL.search(rest)
    return bool(rest and cued)


def _take(found: Footnotes, lines: list[Line], index: int, mark: Mark, marks: list[Mark]) -> None:
    """Record the note that begins at line `index` for every mark that waited for it."""
    body = _body(lines, index, mark, found)
    for start, text in [(inner.start, inner.text) for inner in marks] or [(-1, mark.text)]:
        urls = urls_in(body.text)
        found.notes.append(Note(mark=text, mark_start=start, text=body.text, spans=body.spans, urls=urls))
    found.cuts += [(inner.start, inner.end) for inner in marks]


def _body(lines: list[Line], index: int, mark: Mark, found: Footnotes) -> _Body:
    """The note's text after its mark, with the lines over which a long address runs on."""
    line = lines[index]
    begin = mark.end - line.start
    begin += len(line.text[begin:]) - len(line.text[begin:].lstrip(": \t\u3000\xa0"))
    spans = [(line.start + begin, line.end)]
    text = line.text[begin:]
    found.lines.add(index)
    found.markup.append((line.start, line.start + begin))
    for later in range(index + 1, len(lines)):
        if not _runs_on(text, lines[later]):
            break
        spans.append((lines[later].start, lines[later].end))
        text += lines[later].text
        found.lines.add(later)
    return _Body(mark, tuple(spans), text)


def _runs_on(text: str, line: Line) -> bool:
    """Whether a note goes on in the next line: its address is cut, and the line is the rest of it."""
    cut = URL.search(text) and text[-1].isascii() and UNFINISHED.search(text)
    return bool(cut) and not line.gap and line.text[0].isascii() and not SURE.match(line.text) and " " not in line.text


def _keep_orphans(found: Footnotes, pending: dict[Key, list[Mark]]) -> None:
    """A sure mark whose note is lost is still no text; a weak one was no mark after all."""
    for key, marks in pending.items():
        if key[0] == "sure":
            found.cuts += [(mark.start, mark.end) for mark in marks]
            found.notes += [Note(mark=mark.text, mark_start=mark.start, text="", spans=()) for mark in marks]


def _mark(line: Line, match: re.Match[str]) -> Mark:
    form = "sure" if match.re is SURE else "weak"
    name = next(value for value in match.groups() if value is not None)
    key = (form, str(unicodedata.numeric(name, name)) if len(name) == 1 and not name.isdecimal() else name)
    return Mark(key, line.start + match.start(), line.start + match.end(), match.group())


def _follows_text(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] not in "：:；;　 、\t"


def _trim_url(url: str) -> str:
    """Punctuation at the end belongs to the sentence; a closing bracket does unless the address opens it."""
    trimmed = url.rstrip(".,;:!?'\"")
    while trimmed.endswith((")", "]")) and trimmed.count(")") + trimmed.count("]") > trimmed.count("(") + trimmed.count(
        "["
    ):
        trimmed = trimmed[:-1].rstrip(".,;:!?'\"")
    return trimmed
