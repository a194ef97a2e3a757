"""What an editor put in, as an author would write it: figures as slots, links, references and notes by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from report.revision.atoms import Atom, Atoms, same_address, words
from report.revision.notes import NoteKeeper
from report.revision.runs import Group, Run
from report.revision.sections import in_markdown
from report.revision.signs import touching
from report.revision.written import Unit, Written
from report.writers.docx.controls import tag_of


@dataclass
class Rewriter:
    """Writes what came new. `targets`: bookmark of the Word file → id."""

    written: Written
    keeper: NoteKeeper
    targets: Mapping[str, str]

    def __post_init__(self) -> None:
        self.forms: dict[tuple[str, str], str] = {}
        self.values: dict[str, str] = {}
        self.strange: dict[tuple[str, str, str], None] = {}  # section, value and words of figures that print otherwise
        for run in (*_runs(self.written.units), *(note.run for note in self.written.notes.values())):
            for atom in run.atoms:
                group = run.groups.get(atom.group)
                if atom.kind == "value" and group and group.kind == "value":
                    self.forms.setdefault((tag_of(atom.name), atom.shown), group.raw)
                    self.values.setdefault(tag_of(atom.name), atom.name)

    def inserted(self, atoms: Sequence[Atom], file: str) -> Atoms:
        """The atoms with a way to write those that no author has written yet."""
        found: list[Atom] = []
        own = self._without_signs(atoms, file)
        for (link, ref), run in groupby(own, key=lambda atom: (atom.link, atom.ref) if atom.at < 0 else ("", "")):
            same = list(run)
            if link:
                found.append(_link(same, link))
            elif ref in self.targets:
                found.append(self._reference(same, self.targets[ref]))
            else:
                found += [self._atom(atom, file) for atom in same]
        return tuple(found)

    def _without_signs(self, atoms: Sequence[Atom], file: str) -> list[Atom]:
        """The atoms without the signs that were typed beside figures put in."""
        gone: set[int] = set()
        for at, atom in enumerate(atoms):
            if atom.kind == "value" and atom.at < 0 and atom.name in self.values:
                led, ended = touching(atoms, at, lambda j: atoms[j].kind == "char" and atoms[j].at < 0)
                if led or ended:
                    shown = words(atoms[min([at, *led]) : max([at, *ended]) + 1])
                    self.strange[file, self.values[atom.name], shown] = None
                    gone |= {*led, *ended}
        return [atom for at, atom in enumerate(atoms) if at not in gone]

    def _atom(self, atom: Atom, file: str) -> Atom:
        if atom.at >= 0:
            return atom
        if atom.kind == "note":
            return atom if atom.raw else self.keeper.mark(atom, file)
        if atom.kind == "value":
            raw = self.forms.get((atom.name, atom.shown), "")
            if not raw and atom.name in self.values:
                raw = f"{{{{ {self.values[atom.name]} }}}}"
                self.strange[file, self.values[atom.name], atom.shown] = None
            return replace(atom, raw=raw) if raw else replace(atom, kind="char", name="")
        if atom.kind == "page":
            return replace(atom, kind="char")
        return atom

    def _reference(self, atoms: Sequence[Atom], target: str) -> Atom:
        text = "".join(atom.shown for atom in atoms)
        page = any(atom.kind == "page" for atom in atoms)
        return Atom("char", text, raw=f"[#](page:{target})" if page else f"[](#{target})")

    def line(self, atoms: Atoms, groups: Mapping[int, Group], front: str) -> str:
        """A new block as one line of Markdown that begins with `front`."""
        flat = tuple(replace(atom, kind="char", shown=" ") if atom.kind == "break" else atom for atom in atoms)
        return front + in_markdown(flat, groups, start=not front.startswith("#"))


def _runs(units: Sequence[Unit]) -> list[Run]:
    return [one.run for unit in units for one in (unit, *unit.cells)]


def _link(atoms: Sequence[Atom], address: str) -> Atom:
    text = "".join(atom.shown for atom in atoms)
    if same_address(text, address):
        return Atom("char", text, raw=f"<{text}>")
    shown = in_markdown([replace(atom, link="") for atom in atoms], {}, start=False)
    return Atom("char", text, raw=f"[{shown}]({address})")
