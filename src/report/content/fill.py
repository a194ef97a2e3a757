"""Fills slots: pieces of prose become inlines, every figure a Value bound to its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from report.charts.chart import Chart, text_runs
from report.content.citations import cite_documents, cite_values, disputed, tell_disputes
from report.content.evidence import count_text
from report.content.ledger import Ledger
from report.content.nodes import Direction, Inline, Inlines, Link, NoteMark, PageRef, Ref, Text, Value
from report.content.prose import Anchor, Cross, Hole, Mark, Piece, Pieces, Words
from report.dataset.direction import direction
from report.dataset.models import BoundValue
from report.errors import Issue, ReportError
from report.names import did_you_mean, look_up
from report.templates.slots import CITATION, DIRECTIONS, DOCUMENT, DOCUMENT_COUNT, Slot, parse_slots

HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f‘’“”…—·"  # no space stands beside these
_BLANK = " \u3000"  # a paragraph indented by hand loses it: the theme indents
_GAP = re.compile(f"(?<=[{HAN}]) +| +(?=[{HAN}])")


@dataclass
class Filler:
    """Fills the pieces of all sections in order; `notes` are collected by the order of their marks, mistakes in
    `issues`, what notes have told of the sources in `cited`, every value's texts as printed in `printed`, what
    each slot of a file became in `filled`."""

    ledger: Ledger
    refs: dict[str, str]
    issues: list[Issue] = field(default_factory=list)
    chapter: str = ""  # what the chapter that is being filled is called: 第二章
    notes: dict[str, Inlines] = field(default_factory=dict)
    marked: dict[tuple[str, str], str] = field(default_factory=dict)  # file and label of a note → its name
    cited: set[str] = field(default_factory=set)
    printed: dict[str, dict[str, None]] = field(default_factory=dict)
    filled: dict[str, dict[int, Inlines]] = field(default_factory=dict)

    def fill(
        self, pieces: Pieces, file: str, notes: dict[str, Pieces] | None = None, *, warn: bool = True
    ) -> Inlines:
        """The inlines of one run of text. `notes` are the file's notes by label; None where a mark may not stand.
        `warn`: the first use of a figure at odds gets a note of its own."""
        inlines: list[Inline] = []
        for piece in pieces:
            start = len(inlines)
            try:
                made = self._piece(piece, f"{file}:{piece.line}", notes)
                inlines += _sourced(made, inlines) if isinstance(piece, Hole) else made
                if isinstance(piece, Hole) and notes is not None and warn:
                    inlines += self._warned(piece, file, notes)
            except ReportError as error:
                self.issues += error.issues
            if isinstance(piece, Hole):
                self.filled.setdefault(file, {})[piece.index] = tuple(inlines[start:])
        return tidy(inlines)

    def text(self, text: str, where: str) -> Inlines:
        """A text of report.yaml or strings.yaml with its slots filled."""
        pieces = (Words(part, 1) if isinstance(part, str) else Hole(part, 1) for part in parse_slots(text, where))
        inlines: list[Inline] = []
        for piece in pieces:
            inlines += self._piece(piece, where, None)
        return tidy(inlines)

    def _piece(self, piece: Piece, where: str, notes: dict[str, Pieces] | None) -> list[Inline]:
        match piece:
            case Words():
                return [Text(text=piece.text, style=piece.style)]
            case Anchor():
                return [Link(url=piece.url, text=piece.text)]
            case Cross():
                return [self._reference(piece, where)]
            case Mark():
                return [self._mark(piece, where, notes)]
            case Hole():
                return self._slot(piece, where)

    def _reference(self, piece: Cross, where: str) -> Ref | PageRef:
        if piece.target not in self.refs:
            hint = did_you_mean(piece.target, self.refs, "给标题、表起名：{#名字}；图用它在 charts.yaml 里的名字")
            raise ReportError(where, f"没有“{piece.target}”可引用", hint)
        label = self.refs[piece.target]
        if not piece.page:
            return Ref(target=piece.target, text=piece.text or self._near(label))
        before, _, after = (piece.text or "第#页").partition("#")
        return PageRef(target=piece.target, before=before, after=after, label=label)

    def _near(self, label: str) -> str:
        """How a heading is referred to: without its chapter in the chapter itself."""
        near = label.removeprefix(self.chapter) if self.chapter else label
        return near or label

    def _mark(self, piece: Mark, where: str, notes: dict[str, Pieces] | None) -> NoteMark:
        if notes is None:
            raise ReportError(where, "脚注不能挂在标题里", "挂在正文、图题或表里")
        file = where.rpartition(":")[0]
        if (file, piece.note) in self.marked:
            return NoteMark(note=self.marked[file, piece.note])
        name = self.marked[file, piece.note] = f"note-{len(self.notes) + 1}"
        self.notes[name] = ()  # holds the place while its own text is filled
        self.notes[name] = ended(self.fill(led_in(notes[piece.note]), file))
        return NoteMark(note=name)

    def _warned(self, hole: Hole, file: str, notes: dict[str, Pieces]) -> list[NoteMark]:
        """The note that tells of a figure at odds, where the section's own notes do not cite it: made by itself, at
        its first use in the section."""
        slot = hole.slot
        printed = slot.name in self.ledger.values and slot.form != "时期"
        sentences = self.disputes([slot.name], file, notes) if printed else ()
        if not sentences:
            return []
        name = f"note-{len(self.notes) + 1}"
        self.notes[name] = sentences
        return [NoteMark(note=name)]

    def disputes(self, names: Iterable[str], file: str, notes: dict[str, Pieces]) -> Inlines:
        """In sentences, where the documents are at odds over these values; () where a note of the section cites the
        value, and tells it there, or the section has told it already."""
        cites = (hole.slot for pieces in notes.values() for hole in pieces if isinstance(hole, Hole))
        noted = {name for slot in cites if slot.name == CITATION for name in slot.args}
        left = {one for name in noted for one in disputed(name, self.ledger)}
        wanted = [one for name in names for one in disputed(name, self.ledger) if one not in left]
        told = tell_disputes(wanted, self.ledger, self.cited, file)
        return tidy(part for sentence in told for part in (*sentence, Text(text="。")))

    def _slot(self, hole: Hole, where: str) -> list[Inline]:
        slot = hole.slot
        if slot.name == DOCUMENT:
            docs = [self.ledger.document(prefix, where) for prefix in slot.args]
            return cite_documents(docs, self.ledger, self.cited)
        if slot.name == DOCUMENT_COUNT:
            return [Value(name=DOCUMENT_COUNT, text=self._count(slot))]
        values = [self._value(name, where) for name in slot.values]
        if slot.name in DIRECTIONS and slot.args:
            return [Direction(text=direction(slot.name, values[0], values[1], where), values=slot.args)]
        if slot.name == CITATION and slot.args:
            return cite_values(slot.args, self.ledger, self.cited, where.rpartition(":")[0])
        style: Literal["", "strong"] = "strong" if hole.style == "strong" else ""
        text = _form(values[0], slot, where)
        self.printed.setdefault(slot.name, {})[text] = None
        return [Value(name=slot.name, text=text, style=style)]

    def note_chart(self, chart: Chart) -> None:
        """Keeps the texts that a chart prints of its values."""
        for segment in (segment for label in text_runs(chart) for segment in label):
            if segment.value:
                self.printed.setdefault(segment.value, {})[segment.text] = None

    def forms(self, name: str) -> tuple[str, ...]:
        """How the report prints a value: its whole figure, the figure without its words, its period; a form that
        stands inside another is left out, and so are bare digits."""
        value = self.ledger.values[name]
        known = [text for text in (value.text, value.plain, value.period) if text in self.printed.get(name, {})]
        return tuple(dict.fromkeys(
            text for text in known if not any(text in other for other in known if other != text)
        )) or (value.text,)

    def _value(self, name: str, where: str) -> BoundValue:
        values = self.ledger.values
        return look_up(values, name, where, lambda: unknown_value(name, values, where))

    def _count(self, slot: Slot) -> str:
        text = count_text(self.ledger)
        return text[:-1] if slot.form == "数字" else text


def unknown_value(name: str, values: Iterable[str], where: str) -> ReportError:
    """What is told of a name that stands for no value."""
    hint = did_you_mean(name, [*values, DOCUMENT_COUNT], "在 values.yaml 里定义它")
    return ReportError(where, f"没有定义值“{name}”", hint)


def _form(value: BoundValue, slot: Slot, where: str) -> str:
    text = {"": value.text, "数值": value.plain, "数字": value.number, "时期": value.period}[slot.form]
    if not text:
        raise ReportError(where, f"“{slot.name}”没有{slot.form}", "来源没有写明；去掉竖线和后面的字")
    return text


def _sourced(inlines: list[Inline], before: Sequence[Inline]) -> list[Inline]:
    """What a slot became, with 数据来源： where it opens a note's sentence with an address, as the printed series has
    it; `before` is what stands in front."""
    opens = not before or isinstance(before[-1], Text) and before[-1].text.rstrip().endswith(("。", "；"))
    cites = opens and bool(inlines) and isinstance(inlines[0], Link)
    return [Text(text="数据来源："), *inlines] if cites else inlines


def led_in(pieces: Pieces) -> Pieces:
    """A note's pieces with 见 before a document that opens a sentence, and 、 between two documents."""
    led: list[Piece] = []
    for piece in pieces:
        before = led[-1] if led else None
        opens = before is None or isinstance(before, Words) and before.text.rstrip().endswith(("。", "；", "！", "？"))
        if _names_document(piece) and (opens or _names_document(before)):
            led.append(Words("见" if opens else "、", piece.line))
        led.append(piece)
    return tuple(led)


def _names_document(piece: Piece | None) -> bool:
    return isinstance(piece, Hole) and piece.slot.name == DOCUMENT


ENDS = ("。", "？", "！", "…", ".", "?", "!")  # Latin ones end a note that cites a Latin title
CLOSING = "”’」』\""  # marks that close a quotation, behind its stop


def ended(inlines: Inlines) -> Inlines:
    """A note's text with the full stop that it lacks."""
    last = inlines[-1] if inlines else None
    if isinstance(last, Text) and last.text.rstrip(CLOSING).endswith(ENDS):
        return inlines
    return tidy([*inlines, Text(text="。")])


def tidy(inlines: Iterable[Inline]) -> Inlines:
    """Inlines with no space at the ends or next to a Chinese character, and neighbouring texts of a style joined.

    The engines set the gap between Chinese and Latin (CLREQ §3.2.2); a typed space would add to it.
    """
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(last, Text) and last.style == inline.style:
            joined[-1] = Text(text=last.text + inline.text, style=last.style)
        else:
            joined.append(inline)
    closed = [_close(joined, index) for index in range(len(joined))]
    return tuple(inline for inline in closed if not isinstance(inline, Text) or inline.text)


def _close(inlines: list[Inline], index: int) -> Inline:
    inline = inlines[index]
    if not isinstance(inline, Text):
        return inline
    before, after = _edge(inlines, index - 1, -1), _edge(inlines, index + 1, 0)
    text = before + re.sub("[ \t\n]+", " ", inline.text) + after
    text = _GAP.sub("", text)
    text = text[len(before) : len(text) - len(after)]
    text = text.lstrip(_BLANK) if not before else text
    return Text(text=text.rstrip(_BLANK) if not after else text, style=inline.style)


def _edge(inlines: list[Inline], index: int, side: int) -> str:
    """The character of a neighbour that touches; a note mark counts as Chinese."""
    if not 0 <= index < len(inlines):
        return ""
    neighbour = inlines[index]
    return "注" if isinstance(neighbour, NoteMark) else (neighbour.text.strip() or "注")[side]
