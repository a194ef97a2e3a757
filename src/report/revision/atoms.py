"""A run of text as atoms: characters, bound figures, note marks, pages; the same for what was written and for what came
back, so that the two can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import unquote

from report.content.fill import HAN
from report.content.nodes import TextStyle

Kind = Literal["char", "value", "note", "page", "break"]
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffc]")
_SPACE = re.compile(r"[\s\u00a0]")
_HAN = re.compile(f"[{HAN}]")
# What editors and programs exchange for each other without meaning anything by it.
_SAME = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece of a run: a character, a bound figure (`name` is its value, or "" where its control lost its tag), a
    note mark (`name` tells which note), the number of a page, a line end of the Markdown.

    `raw` is how an author writes it ("": as it shows). Atoms of one slot, link or reference share a `group` (0: none).
    `link` and `ref` are the address and the bookmark that the words lead to in Word; `at` is the place in the run that
    was written.
    """

    kind: Kind
    shown: str
    style: TextStyle = ""
    name: str = ""
    raw: str = ""
    group: int = 0
    link: str = ""
    ref: str = ""
    line: int = 0
    at: int = -1


Atoms = tuple[Atom, ...]


def token(atom: Atom) -> tuple[str, str]:
    """What two atoms have in common where they say the same."""
    match atom.kind:
        case "char":
            return "char", atom.shown.translate(_SAME)
        case "page":
            return "page", ""
        case kind:
            return kind, atom.name


def visible(atoms: Iterable[Atom]) -> Atoms:
    """The atoms that print: no line ends, no unseen characters, no space at the ends, beside Chinese or twice."""
    seen = [_plain_space(atom) for atom in atoms if not (atom.kind == "char" and _UNSEEN.fullmatch(atom.shown))]
    kept: list[Atom] = []
    for index, atom in enumerate(seen):
        if atom.shown != " " or atom.kind not in ("char", "break"):
            kept.append(atom)
        elif kept and not _is_han(kept[-1], -1) and kept[-1].shown != " ":
            after = next((one for one in seen[index + 1 :] if one.shown != " "), None)
            if after is not None and not _is_han(after, 0):
                kept.append(atom)
    return tuple(kept)


def _plain_space(atom: Atom) -> Atom:
    if atom.kind == "char" and atom.shown != " " and _SPACE.fullmatch(atom.shown):
        return replace(atom, shown=" ")
    return atom


def _is_han(atom: Atom, side: int) -> bool:
    """Whether the end of an atom that a space would touch is Chinese; a note mark counts as such."""
    return atom.kind == "note" or bool(_HAN.fullmatch(atom.shown.strip()[side : side + 1 or None] or "注"))


def words(atoms: Iterable[Atom]) -> str:
    """What the atoms print, note marks left out."""
    return "".join(atom.shown for atom in atoms)


def key(atoms: Iterable[Atom]) -> str:
    """The words, written alike where they mean the same (`alike`); note marks and pages as one sign each."""
    return alike("".join({"note": "†", "page": "#"}.get(atom.kind, atom.shown) for atom in atoms))


def alike(text: str) -> str:
    """A text without spaces and unseen characters, its quotation marks of one kind."""
    return re.sub(r"\s", "", _UNSEEN.sub("", text).translate(_SAME))


def same_address(one: str, other: str) -> bool:
    """Whether two addresses are one: programs write Chinese and signs in them as %E4 or as they are."""
    return one == other or unquote(one).rstrip("/") == unquote(other).rstrip("/")


def pairs_of(text: str) -> frozenset[str]:
    """Neighbouring characters of a text, by which texts are found to be alike."""
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts have in common, 0–1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def share(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of one text stands in the other, 0–1."""
    return len(part & whole) / len(part) if part else 0.0


def lines_of(atoms: Sequence[Atom]) -> tuple[int, int]:
    """The first and the last line of the file on which the atoms stand; (0, 0) for none."""
    found = [atom.line for atom in atoms if atom.line]
    return (min(found), max(found)) if found else (0, 0)
