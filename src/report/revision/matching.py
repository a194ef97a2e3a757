"""Which paragraph that came back is which that was written: exact matches first, then the likest in between, then what
was split, joined or moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from report.errors import ReportError
from report.revision.atoms import alike, key, likeness, pairs_of, share, visible
from report.revision.fields import unlabelled
from report.revision.pieces import Piece
from report.revision.written import Unit

_ALIKE = 0.35  # least likeness of a paragraph and its edited form
_KINDRED = 0.32  # what the same kind adds for headings, captions, tables
_PART = 0.7  # how much of a part of a paragraph stands in the whole
_MOVED = 0.6
_BETWEEN = ("picture", "caption", "source", "table", "note-under")
_MOST = 1_000_000  # comparisons
_LEAST = 0.1  # share of a report's paragraphs without which a file is another one's
_STRANGER = ("Word 文件", "同报告几乎没有相同的段落", "核对一下，是不是另一份报告的 Word 文件")


@dataclass
class Text:
    """A text to be matched: how it reads, its kind, its pairs of characters."""

    key: str
    kind: str
    pairs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.pairs = pairs_of(self.key)


@dataclass
class Matching:
    """What belongs together: `pairs` of (units, pieces), one of them with one or several of the other, in the order of
    the pieces; `moved` pairs of one each; `new` pieces and `gone` units by their places."""

    pairs: list[tuple[list[int], list[int]]] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)


def match(units: Sequence[Unit], pieces: Sequence[Piece]) -> Matching:
    """The matching of units and pieces. Raises ReportError where next to nothing of a report came back."""
    ours = [Text(_unit_key(unit), unit.kind) for unit in units]
    known = {alike(unit.before) + text.key: text.key for unit, text in zip(units, ours, strict=True) if unit.before}
    labels = {unit.before.rstrip("0123456789"): unit.before for unit in units if unit.kind == "caption" and unit.before}
    keys = [_piece_key(piece, labels.values()) for piece in pieces]
    theirs = [Text(known.get(text, text), piece.kind) for text, piece in zip(keys, pieces, strict=True)]
    matching = _settled(ours, theirs, align(ours, theirs))
    own = {i for i, unit in enumerate(units) if unit.spot is not None}
    back = {i for places, _ in matching.pairs for i in places} | {i for i, _ in matching.moved}
    if len(own & back) < _LEAST * len(own):
        raise ReportError(*_STRANGER)
    return matching


def _unit_key(unit: Unit) -> str:
    if unit.kind == "table":
        return "▦" + "".join(key(visible(cell.run.atoms)) for cell in unit.cells)
    return "▣" if unit.kind == "picture" else key(visible(unit.run.atoms))


def _piece_key(piece: Piece, labels: Iterable[str]) -> str:
    for label in labels:
        if (behind := unlabelled(piece.atoms, label)) is not None:
            return key(visible(behind))
    if piece.is_table:
        return "▦" + "".join(key(visible(cell.atoms)) for cell in piece.cells)
    return "▣" if piece.kind == "picture" and not piece.atoms else key(visible(piece.atoms))


def align(ours: Sequence[Text], theirs: Sequence[Text]) -> dict[int, int]:
    """The places in `theirs` of those in `ours` that came back in their order."""
    matcher = SequenceMatcher(None, [one.key for one in ours], [one.key for one in theirs], autojunk=False)
    found: dict[int, int] = {}
    for name, i1, i2, j1, j2 in matcher.get_opcodes():
        if name == "equal":
            found |= dict(zip(range(i1, i2), range(j1, j2), strict=True))
        elif name == "replace":
            found |= {i1 + i: j1 + j for i, j in _likest(ours[i1:i2], theirs[j1:j2])}
    return found


def _likest(ours: Sequence[Text], theirs: Sequence[Text]) -> list[tuple[int, int]]:
    """The pairs, in order, whose likeness is greatest in sum."""
    if len(ours) * len(theirs) > _MOST:
        raise ReportError(*_STRANGER)
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    scores = [[_score(one, other) for other in theirs] for one in ours]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], scores[i][j] + best[i + 1][j + 1])
    found, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        if scores[i][j] and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _score(one: Text, other: Text) -> float:
    """How alike two texts are; 0 where they cannot be the same. Tables and pictures go with their like only."""
    if ("table" in (one.kind, other.kind) or "picture" in (one.kind, other.kind)) and one.kind != other.kind:
        return 0.0
    found = likeness(one.pairs, other.pairs)
    if one.kind == other.kind and (one.kind.startswith("heading") or one.kind in ("caption", "table", "picture")):
        found += _KINDRED
    return found if found >= _ALIKE else 0.0


def _settled(ours: Sequence[Text], theirs: Sequence[Text], found: dict[int, int]) -> Matching:
    """The matching with what was split, joined and moved."""
    split, parts = _with_parts(found, theirs, ours)
    whole = {j: i for i, j in found.items() if len(split[i]) == 1}
    joined, more = _with_parts(whole, ours, theirs, set(found))
    matching = Matching()
    for i, j in sorted(found.items(), key=lambda pair: pair[1]):
        matching.pairs.append((joined.get(j, [i]), split[i]))
    gone = [i for i in range(len(ours)) if i not in found and i not in more]
    new = [j for j in range(len(theirs)) if j not in parts and j not in found.values()]
    _find_moved(matching, ours, theirs, gone, new)
    return matching


def _with_parts(
    found: dict[int, int], many: Sequence[Text], one: Sequence[Text], taken: set[int] | None = None
) -> tuple[dict[int, list[int]], set[int]]:
    """The texts of `many` that together are each text of `one`, and those among them that no match had found."""
    taken = set(found.values()) if taken is None else taken
    groups: dict[int, list[int]] = {}
    parts: set[int] = set()
    for whole, first in found.items():
        groups[whole] = [first]
        for step in (1, -1):
            at = _beside(first, step, many, taken)
            while (
                0 <= at < len(many)
                and at not in taken
                and at not in parts
                and _is_part(many[at], one[whole], many[first])
            ):
                groups[whole] = sorted([*groups[whole], at])
                parts.add(at)
                at = _beside(at, step, many, taken)
    return groups, parts


def _beside(at: int, step: int, many: Sequence[Text], taken: set[int]) -> int:
    """The next text, past a figure or table that stands between with all that belongs to it."""
    at += step
    while 0 <= at < len(many) and at in taken and many[at].kind in _BETWEEN:
        at += step
    return at


def _find_moved(
    matching: Matching, ours: Sequence[Text], theirs: Sequence[Text], gone: Sequence[int], new: list[int]
) -> None:
    """Of what is gone and what is new, the texts that are the same."""
    for i in gone:
        near = max(new, key=lambda j: _score(ours[i], theirs[j]), default=None)
        if near is not None and ours[i].kind != "picture" and likeness(ours[i].pairs, theirs[near].pairs) >= _MOVED:
            matching.moved.append((i, near))
            new.remove(near)
    moved = {i for i, _ in matching.moved}
    matching.gone, matching.new = [i for i in gone if i not in moved], new


def _is_part(part: Text, whole: Text, other: Text) -> bool:
    """Whether a text is a part of the whole that the other text does not have."""
    if part.kind in ("table", "picture") or whole.kind in ("table", "picture") or len(part.key) < 4:
        return False
    return share(part.pairs, whole.pairs) >= _PART and share(part.pairs, other.pairs) < _PART
