"""Edits of a section's Markdown, line by line: runs rewritten where they stand, blocks put in and taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from report.content.prose import Boxed, Chunk, Head, Items, Para, Pictured, Quoted, Tabled
from report.revision.atoms import Atom, Atoms, lines_of, visible
from report.revision.markdown import markdown
from report.revision.runs import Group, Run
from report.templates.slots import SLOT

_FRONT = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_TITLE = re.compile(r"[ \t>]*#{1,6}[ \t]+")
_NOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_FENCED = re.compile(r"[ \t>]*:{3,}[ \t]*\w+[ \t]*")
_SIGNS = re.compile(r"\{([^{}]*)\}[ \t#]*$")
_TAIL = re.compile(r"(?:\s*\{[^{}]*\})?[ \t]*(?:#+[ \t]*)?$")
_PICTURE = re.compile(r"([ \t>]*!\[).*(\]\([ \t]*chart:[^)]*\)[ \t]*)")
_BAR = re.compile(r"(?<!\\)\|")
_SLOT_OR_BAR = re.compile(rf"{SLOT.pattern}|\\.|\|")
_END = re.compile(r"[ \t>]*:{3,}[ \t]*")


@dataclass
class Edit:
    """Lines `first`–`last` of a file replaced by others; `last` = `first` − 1 only puts in."""

    first: int
    last: int
    lines: list[str]


@dataclass
class Lines:
    """A section as lines, counted as in the file, and the edits of it."""

    text: str
    first_line: int
    edits: list[Edit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.old = self.text.split("\n")

    def __getitem__(self, number: int) -> str:
        return self.old[number - self.first_line]

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.first_line + len(self.old) - 1

    def is_blank(self, number: int) -> bool:
        """Whether there is nothing on a line, or no such line."""
        return not (self.first_line <= number <= self.last) or not self[number].strip(" \t>")

    def replace(self, first: int, last: int, lines: Sequence[str]) -> None:
        """Put others in the place of some lines."""
        if [self[number] for number in range(first, last + 1)] != list(lines):
            self.edits.append(Edit(first, last, list(lines)))

    def remove(self, first: int, last: int, *, apart: bool = True) -> None:
        """Take lines out; a block that stands `apart` with the blank line that parted it from the next or, at the end,
        from the one before."""
        if apart and self.is_blank(last + 1) and self.is_blank(first - 1):
            if last < self.last and any(self[number].strip() for number in range(last + 1, self.last + 1)):
                last += 1
            elif first - 1 >= self.first_line:
                first -= 1
        self.edits.append(Edit(first, last, []))

    def put_in(self, after: int, lines: Sequence[str]) -> None:
        """Put a block in behind a line."""
        self.edits.append(Edit(after + 1, after, list(lines)))

    def edited(self) -> str:
        """The section with all its edits. What was put in at one place stays in the order of its putting."""
        lines: list[str] = []
        at = self.first_line
        for edit in sorted(self.edits, key=lambda one: (one.first, one.last)):
            lines += [self[number] for number in range(at, edit.first)]
            lines += edit.lines
            at = max(at, edit.last + 1)
        lines += [self[number] for number in range(at, self.last + 1)]
        return "\n".join(lines)


def end_of(chunk: Chunk, lines: Lines) -> int:
    """The last line of a chunk."""
    match chunk:
        case Para():
            return max(chunk.line, lines_of_pieces(chunk))
        case Head() | Pictured():
            return chunk.line
        case Items():
            return max(end_of(inner, lines) for item in chunk.items for inner in item)
        case Quoted():
            return max(end_of(inner, lines) for inner in chunk.blocks)
        case Boxed():
            return _fence(max([chunk.line, *(end_of(inner, lines) for inner in chunk.blocks)]), lines)
        case Tabled():
            cells = [cell.line for row in (*chunk.head, *chunk.rows) for cell in row]
            return _fence(max([*cells, *(pieces[-1].line for pieces in chunk.notes if pieces)]), lines)


def lines_of_pieces(chunk: Para) -> int:
    """The last line that a paragraph's words stand on."""
    return max((piece.line for piece in chunk.pieces), default=chunk.line)


def _fence(after: int, lines: Lines) -> int:
    return next((at for at in range(after + 1, lines.last + 1) if _END.fullmatch(lines[at])), after)


# ---------------------------------------------------------------- runs


def in_markdown(atoms: Sequence[Atom], groups: Mapping[int, Group], *, start: bool = True) -> str:
    """Atoms as Markdown, on one line; a slot once, what the press added not at all."""
    flat: list[Atom] = []
    done = 0
    for atom in atoms:
        if atom.group:
            if atom.group != done and groups[atom.group].raw:
                strong = atom.style if atom.kind == "value" else ""
                flat.append(Atom("value", "", strong, raw=groups[atom.group].raw))
            done = atom.group
        else:
            flat.append(atom)
            done = 0
    return markdown(flat, start=start)


def run_lines(run: Run, atoms: Atoms, lines: Lines, kind: str) -> tuple[int, int, list[str]]:
    """The lines of a run's paragraph, and what they become with these atoms in it."""
    first, last = lines_of(run.atoms)
    front = {"heading": _TITLE, "note": _NOTE}.get(kind, _FRONT).match(lines[first])
    prefix = front[0] if front else ""
    tail = _TAIL.search(lines[first]) if kind == "heading" else None
    new: list[str] = []
    for index, part in enumerate(_parts(atoms)):
        number = part[0].line if part else 0
        whole = [atom for atom in visible(run.atoms) if atom.line == number]
        if number and list(visible(part)) == whole and first <= number <= last:
            new.append(lines[number] if (number == first) == (index == 0) else lines[number].strip())
        else:
            lead = prefix if index == 0 else _continued(lines, first, last, prefix)
            new.append(lead + in_markdown(part, run.groups, start=kind not in ("heading",)))
    if tail and new:
        new[-1] = new[-1].removesuffix(tail[0]) + tail[0]
    return first, last, new


def _parts(atoms: Atoms) -> list[Atoms]:
    """The atoms between the line ends of the Markdown."""
    parts: list[list[Atom]] = [[]]
    for atom in atoms:
        if atom.kind == "break":
            parts.append([])
        else:
            parts[-1].append(atom)
    return [tuple(part) for part in parts if part]


def _continued(lines: Lines, first: int, last: int, prefix: str) -> str:
    """What stands before a paragraph's further lines."""
    if last > first:
        return lines[first + 1][: len(lines[first + 1]) - len(lines[first + 1].lstrip(" \t>"))]
    return re.sub(r"[^>\s]", " ", prefix)


def indent_below(line: str) -> str:
    """What stands before a further paragraph of the item that begins on a line."""
    front = _FRONT.match(line)
    return re.sub(r"[^>\s]", " ", front[0]) if front else ""


def title_line(chunk: Boxed | Tabled, text: str, lines: Lines) -> str:
    """The first line of a box or table with another title."""
    line = lines[chunk.line]
    front, tail = _FENCED.match(line), _TAIL.search(line)
    return (front[0] if front else "") + text + (tail[0] if tail else "")


def with_tail(line: str, old: str) -> str:
    """A heading's line with the id and the signs that its old one had: `{#id}`, `{.unnumbered}`."""
    tail = _TAIL.search(old)
    return line.removesuffix(" {.unnumbered}") + (tail[0] if tail else "")


def with_numbering(line: str, *, numbered: bool) -> str:
    """A heading's line with or without the sign that it takes no number."""
    found = _SIGNS.search(line)
    signs = [sign for sign in (found[1].split() if found else []) if sign != ".unnumbered"]
    signs += [] if numbered else [".unnumbered"]
    front = line[: found.start()] if found else line
    return front.rstrip() + (f" {{{' '.join(signs)}}}" if signs else "")


def picture_line(chunk: Pictured, text: str, lines: Lines) -> str:
    """A figure's line with another caption."""
    return _PICTURE.sub(lambda found: found[1] + text + found[2], lines[chunk.line])


def row_line(line: str, cells: Mapping[int, str]) -> str:
    """A row of a table with other words in some of its cells; joined cells (<, ^) count for none."""
    bars = [found.start() for found in _BAR.finditer(SLOT.sub(lambda slot: "_" * len(slot[0]), line))]
    edges = bars if line.lstrip(" \t>").startswith("|") else [-1, *bars]
    text, count = line[: edges[0] + 1], 0
    for start, end in zip(edges, [*edges[1:], len(line)], strict=True):
        old = line[start + 1 : end]
        own = end < len(line) or bool(old.strip())
        text += f" {cells[count]} " if own and old.strip() not in ("<", "^") and count in cells else old
        count += own and old.strip() not in ("<", "^")
        text += line[end : end + 1]
    return text


def in_cell(text: str) -> str:
    """Markdown that stands between bars."""
    return _SLOT_OR_BAR.sub(lambda found: "\\|" if found[0] == "|" else found[0], text)
