"""Footnotes: the notes' own lines, the marks in the running text, and which mark belongs to which note."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from report.sources.document import Note, Span
from report.sources.genre import GENRE
from report.sources.lines import Line, is_full, is_latin
from report.sources.marks import CIRCLED, Key, Mark, marks_in, opening_mark
from report.sources.zones import note_zone

CUE = re.compile("|".join(GENRE.words("note_cues")))
URL = re.compile(r"https?://[!-;=?-~]+")
RAISED = re.compile(rf"[{CIRCLED}]|\d{{1,3}}")
EXPONENTS = str.maketrans("23", "²³")
LISTED = ("、", "，", ",", "；", ";", "。", "和", "与", "與", "至", "-", "–", "—")  # [1]、[2] is no note
UNFINISHED = re.compile(r"[^。.>》）)]$")


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


def find_notes(lines: list[Line], width: int = 0) -> Footnotes:
    """The notes of the text. A mark belongs to the next note with its number: numbers restart on each page.

    `width`: where lines were broken by force (0 if they were not).
    """
    found = Footnotes()
    pending: dict[Key, list[Mark]] = {}
    zone = note_zone(lines)
    taken: list[tuple[_Body, list[Mark]]] = []
    for index, line in enumerate(lines):
        if index in found.lines:
            continue
        below = line.gap or index - 1 in found.lines
        mark = _note_mark(line, pending, index in zone or below and _is_set_off(line))
        goes_on = index > 0 and index - 1 not in found.lines and _goes_on(lines[index - 1], line, width)
        if mark and not (goes_on and mark.key not in pending):
            taken.append((_body(lines, index, mark, found, width), pending.pop(mark.key, [])))
        else:
            for inner in marks_in(line, goes_on):
                pending.setdefault(inner.key, []).append(inner)
    lost = {mark.group for marks in pending.values() for mark in marks}
    for body, marks in taken:
        _record(found, body, [mark for mark in marks if mark.group < 0 or mark.group not in lost])
    _keep_orphans(found, pending)
    found.notes.sort(key=lambda note: (note.mark_start if note.mark_start >= 0 else note.spans[0][0], note.spans))
    return found


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


def _note_mark(line: Line, pending: dict[Key, list[Mark]], zoned: bool) -> Mark | None:
    """The mark that opens the line if the line is a note. `zoned`: it stands where or as notes stand."""
    mark = opening_mark(line)
    if not mark:
        return None
    rest = line.text[mark.end - line.start :]
    if mark.key[0] == "sure":
        return mark if rest.strip() and (not mark.text.startswith("[^") or rest.startswith(":")) else None
    if mark.key not in pending or not rest.strip():
        return None
    bracketed = mark.text[0] in "[〔" and rest.strip()[:1] not in LISTED
    if mark.key[0] == "word" or bracketed or CUE.match(rest.strip()) or URL.search(rest):
        return mark
    listed = mark.key[0] == "round" and rest.rstrip()[-1] in "；;"
    return mark if zoned and not listed else None


def _is_set_off(line: Line) -> bool:
    """Whether a space parts a circled number from the words after it, as in a note; in a list none does."""
    return line.text[1:2] in (" ", "\u3000", "\t", "\xa0")


def _record(found: Footnotes, body: _Body, marks: list[Mark]) -> None:
    """The note for every mark that waited for it."""
    for start, text in [(inner.start, inner.text) for inner in marks] or [(-1, body.mark.text)]:
        urls = urls_in(body.text)
        found.notes.append(Note(mark=text, mark_start=start, text=body.text, spans=body.spans, urls=urls))
    found.cuts += [(inner.start, inner.end) for inner in marks]


def _body(lines: list[Line], index: int, mark: Mark, found: Footnotes, width: int) -> _Body:
    """The note's text after its mark, with the lines over which it runs on."""
    line = lines[index]
    begin = mark.end - line.start
    loose = ": \t\u3000\xa0" + "：．." * (mark.key[0] == "word")  # 注1：
    begin += len(line.text[begin:]) - len(line.text[begin:].lstrip(loose))
    spans = [(line.start + begin, line.end)]
    text = line.text[begin:]
    found.lines.add(index)
    found.markup.append((line.start, line.start + begin))
    for later in range(index + 1, len(lines)):
        wrapped = bool(width) and is_full(lines[later - 1].text, width) and _is_rest(lines[later])
        if not wrapped and not _runs_on(text, lines[later]):
            break
        if wrapped and is_latin(text[-1]) and is_latin(lines[later].text[0]):
            spans.append((lines[later].start - 1, lines[later].start))
            text += "\n"
        spans.append((lines[later].start, lines[later].end))
        text += lines[later].text
        found.lines.add(later)
    return _Body(mark, tuple(spans), text)


def _goes_on(above: Line, line: Line, width: int) -> bool:
    """Whether a line holds the rest of a paragraph broken by force, so that a mark may open it."""
    joined = not (line.gap or line.indent or GENRE.whole.fullmatch(above.text))
    return bool(width) and joined and is_full(above.text, width)


def _is_rest(line: Line) -> bool:
    """Whether a line may be the rest of the note above it, where lines were broken by force."""
    return not (line.gap or line.indent or opening_mark(line) or GENRE.whole.fullmatch(line.text))


def _runs_on(text: str, line: Line) -> bool:
    """Whether a note goes on in the next line: its address is cut, and the line is the rest of it."""
    match = next(reversed(list(URL.finditer(text))), None)
    if not match or match.end() < len(text) or line.gap or not line.text[0].isascii() or opening_mark(line):
        return False
    return line.text[0].islower() or bool(UNFINISHED.search(text)) and " " not in line.text


def _keep_orphans(found: Footnotes, pending: dict[Key, list[Mark]]) -> None:
    """A sure mark whose note is lost is still no text; a weak one was no mark after all."""
    for key, marks in pending.items():
        if key[0] == "sure":
            found.cuts += [(mark.start, mark.end) for mark in marks]
            found.notes += [Note(mark=mark.text, mark_start=mark.start, text="", spans=()) for mark in marks]


def _trim_url(url: str) -> str:
    """Punctuation at the end belongs to the sentence; a closing bracket does unless the address opens it."""
    trimmed = url.rstrip(".,;:!?'\"")
    while trimmed.endswith((")", "]")) and trimmed.count(")") + trimmed.count("]") > trimmed.count("(") + trimmed.count(
        "["
    ):
        trimmed = trimmed[:-1].rstrip(".,;:!?'\"")
    return trimmed
