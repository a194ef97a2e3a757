"""The runs of a section's Markdown as atoms, each with what it printed: what an edited text is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from report.content.fill import CLOSING, ENDS, led_in
from report.content.nodes import Inline, Inlines, NoteMark, Origin, PageRef, Ref, Text, TextStyle, Value
from report.content.prose import Anchor, Cross, Hole, Mark, Piece, Pieces, Words
from report.content.varying import GAP
from report.revision.atoms import Atom, Atoms, words
from report.templates.slots import SLOT


@dataclass(frozen=True)
class Group:
    """What is written as one: a slot (a value's, or one that prints words), a link, a reference; `raw` is how, `name`
    the value's name; "" for what the press adds of itself."""

    kind: Literal["value", "made", "link", "ref"]
    raw: str
    name: str = ""


@dataclass(frozen=True)
class Run:
    """One run: its atoms as written, each with its place in it, what its groups are, and which note of the content
    each of its marks is."""

    atoms: Atoms
    groups: Mapping[int, Group]
    marks: Mapping[str, str] = field(default_factory=dict)  # label in the file → name in the content

    @classmethod
    def of(cls, atoms: Iterable[Atom], groups: Mapping[int, Group], marks: Mapping[str, str] | None = None) -> Run:
        """A run of atoms, their places put in."""
        return cls(tuple(replace(atom, at=at) for at, atom in enumerate(atoms)), groups, marks or {})


def note_name(file: str, label: str) -> str:
    """What a section's own note is called among all notes: no two sections share one."""
    return f"{file} [^{label}]"


@dataclass
class Runs:
    """Makes the runs of one section. `raws` are its slots as typed."""

    origin: Origin
    raws: Sequence[str]

    @classmethod
    def of(cls, origin: Origin) -> Runs:
        """The runs of a section."""
        return cls(origin, [slot[0] for slot in SLOT.finditer(origin.text)])

    def run(self, pieces: Pieces, inlines: Inlines) -> Run:
        """A run whose pieces became these inlines."""
        return self._made(pieces, pieces, inlines)

    def note(self, pieces: Pieces, inlines: Inlines) -> Run:
        """A footnote's run: the press puts 见 and 、 before documents that its author names."""
        return self._made(led_in(pieces), pieces, inlines)

    def _made(self, shown: Pieces, pieces: Pieces, inlines: Inlines) -> Run:
        """The run of the pieces that are `shown`, of which the author wrote some, with the full stop that the press
        puts behind a note."""
        own = set(map(id, pieces))
        maker = _Maker(self, iter([inline for inline in inlines if isinstance(inline, Ref | PageRef)]))
        atoms: list[Atom] = []
        for piece in shown:
            atoms += maker.piece(piece) if id(piece) in own else maker.added(words(maker.piece(piece)))
        last = inlines[-1].text if inlines and not isinstance(inlines[-1], NoteMark) else ""
        if last.endswith("。") and not words(atoms).rstrip().rstrip(CLOSING).endswith(ENDS):
            atoms += maker.added("。")
        pressed = {mark.note for mark in self._marks(pieces)}
        labels = [piece.note for piece in pieces if isinstance(piece, Mark)]
        names = [mark.note for mark in inlines if isinstance(mark, NoteMark) and mark.note not in pressed]
        return Run.of(atoms, maker.groups, dict(zip(labels, names, strict=True)))

    def _marks(self, pieces: Pieces) -> Iterator[NoteMark]:
        """The marks that the press hung on slots."""
        for piece in pieces:
            if isinstance(piece, Hole):
                yield from (inline for inline in self.printed(piece) if isinstance(inline, NoteMark))

    def printed(self, hole: Hole) -> Inlines:
        """What a slot printed: a dash where it stands alone in a cell and there is no such value."""
        printed = self.origin.printed[hole.index] if hole.index < len(self.origin.printed) else ()
        return printed or (Text(text=GAP),)


@dataclass
class _Maker:
    """Makes atoms of pieces; `refs` are the references of the content's run, in their order."""

    runs: Runs
    refs: Iterator[Ref | PageRef]
    groups: dict[int, Group] = field(default_factory=dict)
    line: int = 0

    def piece(self, piece: Piece) -> list[Atom]:
        match piece:
            case Words():
                return self._words(piece)
            case Hole():
                return self._hole(piece)
            case Anchor():
                raw = f"<{piece.url}>" if piece.text == piece.url else f"[{piece.text}]({piece.url})"
                group = self._group("link", raw)
                return [Atom("char", char, link=piece.url, group=group, line=piece.line) for char in piece.text]
            case Cross():
                return self._cross(piece)
            case Mark():
                name = note_name(self.runs.origin.file, piece.note)
                return [Atom("note", "", name=name, raw=f"[^{piece.note}]", line=piece.line)]

    def added(self, text: str) -> list[Atom]:
        """Words of the press itself."""
        group = self._group("made", "")
        return [Atom("char", char, group=group) for char in text]

    def _group(self, kind: Literal["value", "made", "link", "ref"], raw: str, name: str = "") -> int:
        self.groups[len(self.groups) + 1] = Group(kind, raw, name)
        return len(self.groups)

    def _words(self, piece: Words) -> list[Atom]:
        before, self.line = self.line, piece.line
        if piece.text == " " and 0 < before < piece.line:
            return [Atom("break", " ", line=piece.line)]
        return [Atom("char", char, piece.style, line=piece.line) for char in piece.text]

    def _hole(self, hole: Hole) -> list[Atom]:
        inlines = self.runs.printed(hole)
        raw = self.runs.raws[hole.index]
        first = inlines[0] if inlines else None
        if isinstance(first, Value) and first.name == hole.slot.name:
            group = self._group("value", raw, first.name)
            value = Atom("value", first.text, hole.style, first.name, raw, group, line=hole.line)
            return [value, *self._inlines(inlines[1:], self._group("made", "") if inlines[1:] else 0, hole.line)]
        group = self._group("made", raw)
        return self._inlines(inlines, group, hole.line)

    def _inlines(self, inlines: Iterable[Inline], group: int, line: int) -> list[Atom]:
        atoms: list[Atom] = []
        for inline in inlines:
            match inline:
                case NoteMark(note=note):
                    atoms.append(Atom("note", "", name=note, group=group, line=line))
                case Value(name=name, text=text):
                    atoms.append(Atom("value", text, name=name, group=group, line=line))
                case _:
                    atoms += [Atom("char", char, _style(inline), group=group, line=line) for char in inline.text]
        return atoms

    def _cross(self, piece: Cross) -> list[Atom]:
        raw = f"[{piece.text}]({'page:' if piece.page else '#'}{piece.target})"
        group = self._group("ref", raw)
        ref = next(self.refs, None)
        if isinstance(ref, PageRef):
            chars = [*ref.before, None, *ref.after]
            return [
                Atom("page", "", group=group, line=piece.line) if char is None
                else Atom("char", char, group=group, line=piece.line) for char in chars
            ]  # fmt: skip
        text = ref.text if ref else piece.text
        return [Atom("char", char, group=group, line=piece.line) for char in text]


def _style(inline: Inline) -> TextStyle:
    style: TextStyle = getattr(inline, "style", "")
    return style
