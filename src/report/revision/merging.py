"""Three texts of one section: what was exported, what came back, what stands now; and the patch from the last to what
it should be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_CONTEXT = 3  # lines


@dataclass(frozen=True)
class Clash:
    """Lines that both the editor and the author changed: where they stand now, and what the editor made of them."""

    line: int
    lines: tuple[str, ...]


def merge(exported: Sequence[str], revised: Sequence[str], current: Sequence[str]) -> tuple[list[str], list[Clash]]:
    """The current lines with the editor's changes, and those that clash with the author's and are left out. A change
    that stands in the current lines already is done.

    `line` of a clash counts from 1 in `current`.
    """
    place, theirs = _places(exported, current), _changes(exported, current)
    merged: list[str] = []
    clashes: list[Clash] = []
    at = 0
    for i1, i2, j1, j2 in _changes(exported, revised):
        if _is_done((i1, i2), revised[j1:j2], revised, theirs, current):
            continue
        start = _spot(place, i1, i2, len(exported), len(current))
        if start is None or start < at:
            near = next((place[i] + i1 - i for i in range(i1, -1, -1) if i in place), i1)
            clashes.append(Clash(near + 1, tuple(revised[j1:j2])))
            continue
        merged += [*current[at:start], *revised[j1:j2]]
        at = start + (i2 - i1)
    return [*merged, *current[at:]], clashes


def done(exported: Sequence[str], revised: Sequence[str], current: Sequence[str]) -> int:
    """How many of the editor's changes stand in the current lines already."""
    theirs = _changes(exported, current)
    ours = _changes(exported, revised)
    return sum(_is_done((i1, i2), revised[j1:j2], revised, theirs, current) for i1, i2, j1, j2 in ours)


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The lines of the old text that were replaced, and the lines of the new one in their place."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [code[1:] for code in codes if code[0] != "equal"]


def _is_done(
    span: tuple[int, int], lines: Sequence[str], revised: Sequence[str],
    theirs: Sequence[tuple[int, int, int, int]], current: Sequence[str],
) -> bool:  # fmt: skip
    """Whether the author did to the same lines what the editor did, blank lines aside: put in the same ones, or took
    them out and put in nothing but what the editor put in elsewhere."""
    wanted = [line for line in lines if line.strip()]
    for i1, i2, j1, j2 in theirs:
        if not (i1 <= span[0] and span[1] <= i2):
            continue
        stand = [line for line in current[j1:j2] if line.strip()]
        if wanted and any(stand[at : at + len(wanted)] == wanted for at in range(len(stand) - len(wanted) + 1)):
            return True
        if not wanted and (span[0] < span[1] or current[j1:j2] == lines) and set(stand) <= set(revised):
            return True
    return False


def _places(exported: Sequence[str], current: Sequence[str]) -> dict[int, int]:
    """Where each line that still stands is now."""
    blocks = SequenceMatcher(None, exported, current, autojunk=False).get_matching_blocks()
    return {i + k: j + k for i, j, size in blocks for k in range(size)}


def _spot(place: dict[int, int], start: int, end: int, length: int, now: int) -> int | None:
    """Where lines `start`–`end` of the exported text stand now; None where they no longer stand as they were."""
    if start == end:  # put in between two lines: one of them still stands
        if start == length:
            return now if start - 1 in place or not length else None
        return place.get(start, place[start - 1] + 1 if start - 1 in place else None)
    found = [place.get(i) for i in range(start, end)]
    first = found[0]
    return first if first is not None and found == list(range(first, first + len(found))) else None


def relined(raw: str, lines: Sequence[str]) -> str:
    """A file with other lines: those that stand keep their line ends, new ones take the file's usual one."""
    old = _LINE.findall(raw)
    bare = [line.rstrip("\r\n") for line in old]
    usual = _usual_end(old)
    made: list[str] = []
    for name, i1, i2, j1, j2 in SequenceMatcher(None, bare, lines, autojunk=False).get_opcodes():
        made += old[i1:i2] if name == "equal" else [line + usual for line in lines[j1:j2]]
    for index in range(len(made) - 1):
        if not made[index].endswith(("\r", "\n")):
            made[index] += usual
    if made and old and not old[-1].endswith(("\r", "\n")):
        made[-1] = made[-1].rstrip("\r\n")
    return "".join(made)


def _usual_end(lines: Sequence[str]) -> str:
    ends = [line[len(line.rstrip("\r\n")) :] for line in lines]
    known = [end for end in ends if end]
    return max(dict.fromkeys(known), key=known.count, default="\n")


def patch(path: str, old: str, new: str) -> str:
    """A unified diff as `git apply` and `patch -p1` read it; "" where nothing differs."""
    before, after = _LINE.findall(old), _LINE.findall(new)
    sign = "\t" if re.search(r"\s", path) else ""
    lines = unified_diff(before, after, f"a/{path}{sign}", f"b/{path}{sign}", n=_CONTEXT, lineterm="\n")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
