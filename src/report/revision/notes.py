"""Which note that came back is which that was written, and which are new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from report.revision.atoms import Atom, Atoms, key, likeness, visible
from report.revision.inlines import LOST
from report.revision.matching import Matching, Text, align
from report.revision.pieces import Piece
from report.revision.written import Unit, Written

_ALIKE = 0.5
_LABEL = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True)
class NewNote:
    """A note that a section did not have: its label there, its id in the Word file; `name` where it was another
    section's."""

    file: str
    label: str
    number: str
    name: str = ""


@dataclass
class NoteKeeper:
    """`names`: id in the Word file → name of the note as written; `came` the other way; `left` are the notes whose mark
    went over to another section."""

    written: Written
    notes: Mapping[str, Piece]
    names: dict[str, str] = field(default_factory=dict)
    came: dict[str, str] = field(default_factory=dict)
    new: list[NewNote] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)  # notes whose mark stands where it stood, copied elsewhere or not
    repeated: set[str] = field(default_factory=set)  # notes of which only a repeated mark is left, their text is gone

    def pair(self, name: str, number: str) -> None:
        """Two notes are the same."""
        self.names[number] = name
        self.came[name] = number

    def named(self, atoms: Iterable[Atom], names: Mapping[str, str] | None = None) -> Atoms:
        """The atoms, note marks under the names that they were written with; new ones keep their id with a sign."""
        known = self.names if names is None else names
        return tuple(
            replace(atom, name=known.get(atom.name, f"#{atom.name}")) if atom.kind == "note" else atom
            for atom in atoms
        )

    def mark(self, atom: Atom, file: str) -> Atom:
        """A mark as it is written in a section: by its own label there, else by a new one."""
        note = self.written.notes.get(atom.name)
        if note is not None and note.file == file:
            return replace(atom, raw=f"[^{note.label}]")
        if note is not None and not note.label:
            return replace(atom, raw="", group=0)  # the press makes it anew
        number = atom.name.removeprefix("#") if note is None else self.came.get(atom.name, "")
        if note is not None and atom.name not in self.standing:
            self.left.add(atom.name)
        if number not in self.notes:
            return replace(atom, raw="")
        label = self._free_label(file, note.label if note else "")
        self.new.append(NewNote(file, label, number, atom.name if note else ""))
        return replace(atom, raw=f"[^{label}]")

    def moved(self, atom: Atom, file: str) -> Atom:
        """A mark that went over to another section."""
        return self.mark(replace(atom, at=-1, raw=""), file) if atom.kind == "note" and not atom.group else atom

    def same(self, unit: Unit, piece: Piece) -> dict[str, str]:
        """The names of a unit's notes by the ids that a copy of it has them under."""
        return {number: name for name, number in _found(self, _marks(unit), _numbers(piece))}

    def copied(self, atom: Atom, file: str, numbers: Mapping[str, str]) -> Atom:
        """The mark of a note in a copy of its paragraph, as a note of its own; `numbers`: name → id in the copy."""
        if atom.kind != "note" or atom.group or atom.name not in numbers:
            return atom
        label = self._free_label(file, self.written.notes[atom.name].label)
        self.new.append(NewNote(file, label, numbers[atom.name], atom.name))
        return replace(atom, at=-1, raw=f"[^{label}]")

    def _free_label(self, file: str, wished: str) -> str:
        taken = set(_LABEL.findall(self.written.origins[file].text)) | {n.label for n in self.new if n.file == file}
        labels = (f"e{count}" for count in range(1, 10_000))
        return next(label for label in (wished, *labels) if label and label not in taken)


def assign_notes(keeper: NoteKeeper, matching: Matching, pieces: Sequence[Piece]) -> None:
    """Pair the notes: in each paragraph first, then those that are left, by their words."""
    units = keeper.written.units
    pairs = [*matching.pairs, *(([i], [j]) for i, j in matching.moved)]
    for ours, theirs in pairs:
        names = [name for i in ours for name in _marks(units[i])]
        numbers = [number for j in theirs for number in _numbers(pieces[j])]
        _pair(keeper, names, numbers)
    for ours, theirs in matching.pairs:
        numbers = [number for j in theirs for number in _numbers(pieces[j])]
        keeper.standing |= {name for i in ours for name in _marks(units[i]) if keeper.came.get(name) in numbers}
        _repeat(keeper, [name for i in ours for name in _marks(units[i])], numbers)
    names = [name for unit in units for name in _marks(unit) if name not in keeper.came]
    numbers = [number for piece in pieces for number in _numbers(piece) if number not in keeper.names]
    for number in (number for number in numbers if number in keeper.notes):
        likest = max(((_likeness(keeper, name, number), name) for name in names), default=(0.0, ""))
        if likest[0] >= _ALIKE:
            keeper.pair(likest[1], number)
            names.remove(likest[1])


def _repeat(keeper: NoteKeeper, names: Sequence[str], numbers: Sequence[str]) -> None:
    """Repeated marks whose first mark was deleted, in order, are those that are not accounted for in a paragraph."""
    lost = [number for number in numbers if number.startswith(LOST)]
    found = {keeper.names.get(number) for number in numbers}
    for number, name in zip(lost, (name for name in names if name not in found), strict=False):
        keeper.names[number] = name
        keeper.repeated.add(name)


def _likeness(keeper: NoteKeeper, name: str, number: str) -> float:
    ours, theirs = keeper.written.notes[name].run.atoms, keeper.notes[number].atoms
    return likeness(_text(ours).pairs, _text(theirs).pairs)


def _pair(keeper: NoteKeeper, names: Sequence[str], numbers: Sequence[str]) -> None:
    for name, number in _found(keeper, names, numbers):
        keeper.pair(name, number)


def _found(keeper: NoteKeeper, names: Sequence[str], numbers: Sequence[str]) -> list[tuple[str, str]]:
    """The notes that are the same, of some that stand in one paragraph."""
    known = [number for number in numbers if number in keeper.notes]
    ours = [_text(keeper.written.notes[name].run.atoms) for name in names]
    theirs = [_text(keeper.notes[number].atoms) for number in known]
    found = {i: i for i in range(len(names))} if len(names) == len(known) else align(ours, theirs)
    return [(names[i], known[j]) for i, j in found.items()]


def _text(atoms: Atoms) -> Text:
    return Text(key(visible(atoms)), "note")


def _marks(unit: Unit) -> list[str]:
    own = [atom.name for atom in unit.run.atoms if atom.kind == "note"]
    return own + [name for cell in unit.cells for name in _marks(cell)]


def _numbers(piece: Piece) -> list[str]:
    own = [atom.name for atom in piece.atoms if atom.kind == "note"]
    return own + [number for cell in piece.cells for number in _numbers(cell)]
