"""What Word counts for itself: results of reference and sequence fields, which no editor writes, read as what they
were."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from report.revision.atoms import Atom, Atoms, alike, key
from report.revision.runs import Run

SEQUENCE = "SEQ"  # what a character of such a field's result is called
_TARGET = re.compile(r"\]\((?:#|page:)(.*)\)\Z", re.DOTALL)


def as_referred(run: Run, edited: Sequence[Atom], targets: Mapping[str, str]) -> Atoms:
    """What came back, each reference that still leads to the same place in the words that it was printed with.

    `targets`: bookmark → id. Where a reference's own target is gone, Word may have put an error in its place: as many
    references as there were stand in their old order.
    """
    groups = _references(run)
    parts = [(ref, tuple(part)) for ref, part in groupby(edited, key=lambda atom: atom.ref * (atom.kind == "char"))]
    found = [index for index, (ref, _) in enumerate(parts) if ref]
    in_order = len(found) == len(groups)
    left = list(groups)
    atoms: list[Atom] = []
    for index, (ref, part) in enumerate(parts):
        target = targets.get(ref, "")
        wanted = (own for own in left if (own[0] == target if target else in_order and own is left[0]))
        same = next(wanted, None) if ref else None
        if same is None:
            atoms += part
            left = left[1:] if index in found and in_order else left
            continue
        left.remove(same)
        atoms += [replace(part[0], shown=atom.shown, style=atom.style) for atom in same[1]]
    return tuple(atoms)


def _references(run: Run) -> list[tuple[str, Atoms]]:
    """The references of a run to other places than pages: the id each leads to, and its words."""
    found = []
    for number, group in run.groups.items():
        atoms = tuple(atom for atom in run.atoms if atom.group == number)
        target = _TARGET.search(group.raw)
        if group.kind == "ref" and target and atoms and all(atom.kind == "char" for atom in atoms):
            found.append((target[1], atoms))
    return found


def unlabelled(atoms: Atoms, before: str) -> Atoms | None:
    """The atoms behind a label with a counted number, whatever it is now: 图2 where 图3 (`before`) was printed. None
    where they do not begin so."""
    start = next((at for at, atom in enumerate(atoms) if atom.kind == "char" and atom.name == SEQUENCE), None)
    if start is None or not before or key(atoms[:start]) != alike(before).rstrip("0123456789"):
        return None
    behind = next((at for at in range(start, len(atoms)) if atoms[at].name != SEQUENCE), len(atoms))
    return atoms[behind:]
