"""What the steps of a revision share: what was written, what came back, the sections as they are rewritten, and what
there is to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from report.content.passages import ROLES
from report.revision.atoms import Atom, Atoms, alike, key, likeness, lines_of, pairs_of, visible, words
from report.revision.comparing import BREAK, Outcome, compare, joined
from report.revision.fields import as_referred, unlabelled
from report.revision.findings import Finding, Topic, changed_sentences
from report.revision.matching import match
from report.revision.notes import NoteKeeper, assign_notes
from report.revision.pieces import Edited, Piece
from report.revision.rewriting import Rewriter
from report.revision.runs import Run
from report.revision.sections import Lines
from report.revision.written import Unit, Written
from report.writers.docx.controls import tag_of
from report.writers.docx.remarks import AUTHOR

PLAIN = ("para", "quote", "item", "item-more", "box", "heading-1", "heading-2", "heading-3")
_ADVICE = {
    "强制换行": "要分段就按回车键",
    "符号字体的字": "补丁里先写作□，换成普通的字",
    "公式": "补丁里只有它的字，照正文能印的写",
}
_COPIED = 0.75  # least likeness of a copy, which may have been edited since
_LEAST = 8  # pairs of characters by which a copy can be told


@dataclass
class Work:
    """One revision in the making. `evidence` is the sentence behind each value; `units_of` tells which (first) unit a
    piece is, by its place; `gone_at` where what is gone stood, by its words."""

    written: Written
    edited: Edited
    evidence: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = {file: Lines(one.text, one.first_line) for file, one in self.written.origins.items()}
        self.matching = match(self.written.units, self.edited.pieces)
        self.units_of = {
            place: self.written.units[units[0]] for units, places in self.matching.pairs for place in places
        }
        gone = [unit for i in self.matching.gone for unit in [self.written.units[i]] if unit.run.atoms]
        self.gone_at = {alike(words(unit.run.atoms)): self.where(unit) for unit in gone}
        self.keeper = NoteKeeper(self.written, self.edited.notes)
        assign_notes(self.keeper, self.matching, self.edited.pieces)
        self.rewriter = Rewriter(self.written, self.keeper, self._targets())

    def _targets(self) -> dict[str, str]:
        """What the bookmarks of the file stand at: bookmark → id."""
        found: dict[str, str] = {}
        for units, pieces in self.matching.pairs:
            ident = self.written.units[units[0]].ident
            marks = [mark for place in pieces for mark in self.edited.pieces[place].marks]
            found |= dict.fromkeys(marks, ident) if ident else {}
        return found

    # ------------------------------------------------------------ places

    def where(self, unit: Unit) -> str:
        """Where a unit stands: file and line, or the part of the report."""
        if unit.spot is None:
            return place(unit.varied.file, unit.varied.line) if unit.varied else ROLES[unit.part]
        first, _ = lines_of(unit.run.atoms)
        return place(unit.spot.file, first or unit.spot.chunk.line)

    # ------------------------------------------------------------ comparing

    def compared(
        self, units: Sequence[Unit], pieces: Sequence[Piece], names: Mapping[str, str] | None = None
    ) -> Outcome:
        """What became of the words of some units in some pieces; `names` of notes by id, where they are not as ever."""
        atoms: list[Atom] = []
        for piece in pieces:
            atoms += [BREAK] if atoms else []
            atoms += self.keeper.named(piece.atoms, names)
        run = joined([unit.run for unit in units]) if len(units) > 1 else units[0].run
        return compare(run, self.referred(run, _without(tuple(atoms), units[0].before, run.atoms)))

    def referred(self, run: Run, atoms: Atoms) -> Atoms:
        """What came back of a run, references that lead where they led as they were printed."""
        return as_referred(run, atoms, self.rewriter.targets)

    def original(self, piece: Piece) -> Unit | None:
        """The paragraph of the sections that a new one is a copy of, if it is one."""
        text = pairs_of(key(visible(piece.atoms)))
        if len(text) < _LEAST:
            return None
        found = ((likeness(text, pairs), at) for at, pairs in self._pairs.items())
        likest, at = max(found, default=(0.0, 0), key=lambda one: (one[0], -one[1]))
        return self.written.units[at] if likest >= _COPIED else None

    @cached_property
    def _pairs(self) -> dict[int, frozenset[str]]:
        """The pairs of characters of every paragraph of the sections, by its place."""
        return {
            at: pairs_of(key(visible(unit.run.atoms))) for at, unit in enumerate(self.written.units)
            if unit.spot is not None and unit.kind in PLAIN
        }  # fmt: skip

    # ------------------------------------------------------------ telling

    def tell(self, topic: Topic, where: str, text: str) -> None:
        """Keep a finding."""
        self.findings.append(Finding(topic, where, text))

    def tell_outcome(self, outcome: Outcome, where: str) -> None:
        """What of a comparison is not taken over, and what was lost."""
        for altered in outcome.altered:
            text = f"值“{altered.name}”印的是“{altered.printed}”，改成了“{altered.edited}”"
            text += f"；来源：{self.evidence[altered.name]}" if altered.name in self.evidence else ""
            self.tell("figure", where, text)
        for printed, edited in outcome.made:
            self.tell("generated", where, f"“{printed}”由数据生成，改成了“{edited}”")
        for name in outcome.lost:
            self.tell("lost", where, f"值“{name}”")

    def tell_lost(self, units: Sequence[Unit], where: str) -> None:
        """The figures of words that are gone, but for those that the editor put elsewhere."""
        groups = (group for unit in units for group in unit.run.groups.values())
        for name in dict.fromkeys(group.name for group in groups if group.kind == "value"):
            if self._elsewhere[tag_of(name)] > 0:
                self._elsewhere[tag_of(name)] -= 1
            else:
                self.tell("lost", where, f"值“{name}”")

    @cached_property
    def _elsewhere(self) -> Counter[str]:
        """How many figures of each control stand in new pieces."""
        new = [self.edited.pieces[j] for j in self.matching.new]
        return Counter(atom.name for piece in new for atom in piece.atoms if atom.kind == "value")

    def tell_generated(self, unit: Unit, outcome: Outcome) -> None:
        """A change to what the press makes itself."""
        old, new = words(visible(unit.run.atoms)), "".join(map(words, outcome.paragraphs))
        changes = changed_sentences(old, new) if outcome.changed else []
        changes += [f"“{one.printed}”改为“{one.edited}”" for one in outcome.altered]
        changes += [f"“{printed}”改为“{edited}”" for printed, edited in outcome.made]
        if outcome.changed or changes:
            self.tell("generated", self.where(unit), f"{'；'.join(changes) or '改了格式'} — {unit.hint}")

    def tell_marks(self, piece: Piece, where: str) -> None:
        """The tracked changes and comments of a piece, and what was done to the look of its words."""
        for change in piece.changes:
            by = "，".join(filter(None, (change.author, change.date[:16].replace("T", " "))))
            place = self.gone_at.get(alike(change.text), where) if change.whole else where
            self.tell("tracked", place, f"{by}：{change.what}“{change.text}”")
        for remark in sorted(piece.remarks, key=lambda remark: remark.place):
            if remark.author != AUTHOR:
                by = "，".join(filter(None, (remark.author, remark.date[:10])))
                on = f"（在“{remark.on[:40]}”上）" if remark.on else ""
                to = f"答{remark.to}" if remark.to else ""
                self.tell("comment", where, f"{by}{'，' * bool(to)}{to}：{' '.join(remark.text.split())}{on}")
        for look, text in dict.fromkeys(piece.looks):
            advice = _ADVICE.get(look, "要删就删去文字，要强调就用加粗、倾斜或着重号")
            self.tell("refused", where, f"“{text[:40]}”加了{look}；{advice}" if text else f"有{look}；{advice}")


def place(file: str, line: int) -> str:
    """A line of a section, as a person goes to it."""
    return f"sections/{file}:{line}"


def _without(atoms: Atoms, before: str, ours: Atoms) -> Atoms:
    """The atoms without the number or label that is printed before them."""
    if (behind := unlabelled(atoms, before)) is not None:
        return behind
    lead, seen = alike(before), visible(atoms)
    count = 0
    while lead and count < len(seen) and len(key(seen[:count])) < len(lead):
        count += 1
    own = key(visible(ours)).startswith(lead)
    return tuple(seen[count:]) if count and key(seen[:count]) == lead and not own else atoms
