"""Compares a run that was written with what came back of it: which of its words, slots and notes stand, and what the
editor put in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from report.revision.atoms import Atom, Atoms, key, same_address, token, visible, words
from report.revision.runs import Group, Run
from report.revision.signs import touching
from report.writers.docx.controls import tag_of

BREAK = Atom("break", "¶")  # between paragraphs that are compared as one
_ENOUGH = 0.5  # share of a slot's words that must stand for it to be the same
_FIGURE = re.compile(
    r"(?:约|近|超过|逾|不足|至少|超)?[0-9０-９〇零一二三四五六七八九十百千两半]"
    r"[0-9０-９.,，．:：%％〇零一二三四五六七八九十百千万亿兆两半几多余~～\-–至到年月日人份家个项次倍成点元美台]*"
)


@dataclass(frozen=True)
class Altered:
    """A bound figure that came back with other words than were printed, and is not taken over."""

    name: str
    printed: str
    edited: str


@dataclass
class Outcome:
    """What came back of a run: `paragraphs` of atoms (one, unless it was split) with the `groups` in them, whether they
    differ, and what cannot be taken over: figures `altered`, words of the press (`made`: as printed, as edited),
    figures deleted (`lost`)."""

    paragraphs: list[Atoms]
    groups: Mapping[int, Group]
    changed: bool
    altered: list[Altered] = field(default_factory=list)
    made: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def joined(runs: Sequence[Run]) -> Run:
    """Several runs as one, a break between two."""
    atoms: list[Atom] = []
    groups: dict[int, Group] = {}
    for run in runs:
        offset = len(groups)
        atoms += [BREAK] if atoms else []
        atoms += [replace(atom, group=atom.group + offset) if atom.group else atom for atom in run.atoms]
        groups |= {number + offset: group for number, group in run.groups.items()}
    return Run.of(atoms, groups)


def compare(run: Run, edited: Atoms) -> Outcome:
    """What became of a run; `edited` has BREAKs where paragraphs end, and names notes as the run does."""
    seen, came = visible(run.atoms), visible(edited)
    if len(seen) == len(came) and all(_is_same(run, one, other) for one, other in zip(seen, came, strict=True)):
        return Outcome([run.atoms], run.groups, changed=False)
    base = _spread(seen, edited)
    return _Comparison(run, base, _named(came, base), _hidden_before(run.atoms)).outcome()


def _is_same(run: Run, one: Atom, other: Atom) -> bool:
    if one.kind == "value":
        return other.kind == "value" and tag_of(one.name) == other.name and key([one]) == key([other])
    if one.group and run.groups[one.group].kind == "link" and not same_address(one.link, other.link):
        return False
    return _token(one) == _token(other) and one.style == other.style


def _spread(base: Atoms, edited: Atoms) -> Atoms:
    """Bound figures under the names of their controls; those whose controls are all lost by their characters."""
    known = {atom.name for atom in edited if atom.kind == "value"}
    found: list[Atom] = []
    for atom in base:
        if atom.kind != "value":
            found.append(atom)
        elif (name := tag_of(atom.name)) in known or "" in known:
            found.append(replace(atom, name=name))
        else:
            found += [replace(atom, kind="char", shown=char, name="", raw="") for char in atom.shown]
    return tuple(found)


def _named(came: Atoms, base: Atoms) -> Atoms:
    """Controls that lost their names get them back: from what they print, else from their order."""
    nameless = [index for index, atom in enumerate(came) if atom.kind == "value" and not atom.name]
    if not nameless:
        return came
    free = [atom for atom in base if atom.kind == "value"]
    for atom in came:
        if atom.kind == "value" and atom.name:
            free = [one for one in free if one.name != atom.name]
    names: dict[int, str] = {}
    rest = []
    for index in nameless:
        same = next((one for one in free if one.shown == came[index].shown), None)
        if same:
            free.remove(same)
            names[index] = same.name
        else:
            rest.append(index)
    names |= {index: one.name for index, one in zip(rest, free, strict=False)}
    return tuple(replace(atom, name=names.get(index, atom.name)) for index, atom in enumerate(came))


@dataclass
class _Comparison:
    run: Run
    base: Atoms
    came: Atoms
    hidden: Mapping[int, list[Atom]]  # what does not print, before the atom of that place
    match: dict[int, int] = field(default_factory=dict)  # place in `came` → place in `base`
    altered: list[Altered] = field(default_factory=list)
    made: list[tuple[str, str]] = field(default_factory=list)
    swallowed: set[int] = field(default_factory=set)  # places in `came` whose words are not taken over
    restored: dict[int, int] = field(default_factory=dict)  # place in `came` → group put back there

    def outcome(self) -> Outcome:
        self._match()
        self._drop_remnants()
        self._values()
        self._groups()
        self._lost_figures()
        paragraphs = self._paragraphs()
        flat = [atom for index, one in enumerate(paragraphs) for atom in (*([BREAK] * bool(index)), *one)]
        changed = visible(tuple(flat)) != visible(self.run.atoms)
        return Outcome(paragraphs, self.run.groups, changed, self.altered, self.made, self._lost(flat))

    def _match(self) -> None:
        ours, theirs = [_token(atom) for atom in self.base], [_token(atom) for atom in self.came]
        start = 0
        while start < min(len(ours), len(theirs)) and ours[start] == theirs[start]:
            self.match[start] = start
            start += 1
        matcher = SequenceMatcher(None, ours[start:], theirs[start:], autojunk=False)
        for i, j, size in matcher.get_matching_blocks():
            self.match |= {start + j + k: start + i + k for k in range(size)}

    def _drop_remnants(self) -> None:
        """A slot of which only stray characters match is gone, and a reference whose field was overwritten."""
        sizes = Counter(atom.group for atom in self.base)
        found = Counter(self.base[i].group for i in self.match.values())
        led = {self.base[i].group for j, i in self.match.items() if self.came[j].ref}
        refs = {number for number, group in self.run.groups.items() if group.kind == "ref"} - led
        poor = {group for group in found if group and found[group] < (1 if group in refs else _ENOUGH) * sizes[group]}
        self.match = {j: i for j, i in self.match.items() if self.base[i].group not in poor}

    def _values(self) -> None:
        for j, i in self.match.items():
            ours, theirs = self.base[i], self.came[j]
            if ours.kind != "value":
                continue
            led, ended = touching(self.came, j, self._is_free)
            if led or ended or key([ours]) != key([theirs]):
                edited = f"{self._shown(led)}{theirs.shown}{self._shown(ended)}"
                self.altered.append(Altered(self._value_name(ours), ours.shown, edited))
                self.swallowed |= {*led, *ended}

    def _shown(self, places: range) -> str:
        return "".join(self.came[j].shown for j in places)

    def _value_name(self, atom: Atom) -> str:
        group = self.run.groups.get(atom.group)
        return group.name if group and group.name else atom.name

    def _groups(self) -> None:
        """Words put into a slot's, and words of it that are missing."""
        places: dict[int, list[int]] = {}
        for j, i in sorted(self.match.items()):
            if self.base[i].group:
                places.setdefault(self.base[i].group, []).append(j)
        for group, found in places.items():
            whole = [atom for atom in self.base if atom.group == group]
            first, last = self._widened(group, found)
            inside = self.came[first : last + 1]
            kind = self.run.groups[group].kind
            if kind == self.came[found[0]].kind == "value":  # told by `_values`
                continue
            same = key(whole) == key(inside) or kind == "ref" and _paged(whole) == _paged(inside)
            led = kind == "link" and any(
                not same_address(self.came[j].link, self.base[self.match[j]].link) for j in found
            )
            if same and not led:
                continue
            if kind == "link":
                self._free(group)
                continue
            self._tell(group, whole, inside)
            self.swallowed |= set(range(first, last + 1)) - set(found)

    def _widened(self, group: int, found: Sequence[int]) -> tuple[int, int]:
        """The places of a slot's words, with what was put in the place of those that are missing at its ends; of a
        figure's, with the digits before and behind it."""
        own = [i for i, atom in enumerate(self.base) if atom.group == group]
        figure = self.run.groups[group].kind == "value" and self.came[found[0]].kind == "char"
        first, last = found[0], found[-1]
        while first and self._is_free(first - 1) and (
            self.match[found[0]] != own[0] or figure and self.came[first - 1].shown in "0123456789.,，约近超"
        ):
            first -= 1
        while last + 1 < len(self.came) and self._is_free(last + 1) and (
            self.match[found[-1]] != own[-1] or figure and _FIGURE.fullmatch("1" + self.came[last + 1].shown)
        ):
            last += 1
        return first, last

    def _free(self, group: int) -> None:
        """A link whose words or address changed is written anew."""
        self.match = {j: i for j, i in self.match.items() if self.base[i].group != group}

    def _tell(self, group: int, whole: Sequence[Atom], inside: Sequence[Atom]) -> None:
        found = self.run.groups[group]
        if found.kind == "value":
            self.altered.append(Altered(found.name, words(whole), words(inside)))
        else:
            self.made.append((words(whole), words(inside)))

    def _lost_figures(self) -> None:
        """A figure whose control was overwritten: where another figure stands in its place, it is put back there."""
        kept = {self.base[i].group for i in self.match.values()}
        back = {i: j for j, i in self.match.items()}
        for number, group in self.run.groups.items():
            places = [i for i, atom in enumerate(self.base) if atom.group == number]
            if group.kind != "value" or number in kept or not places:
                continue
            start = max((back[i] for i in back if i < places[0]), default=-1) + 1
            end = min((back[i] for i in back if i > places[-1]), default=len(self.came))
            self._put_back(number, group, [j for j in range(start, end) if self._is_free(j)])

    def _is_free(self, j: int) -> bool:
        return j not in self.match and j not in self.swallowed and self.came[j].kind == "char"

    def _put_back(self, number: int, group: Group, free: Sequence[int]) -> None:
        text = "".join(self.came[j].shown for j in free)
        printed = words(atom for atom in self.base if atom.group == number)
        at = text.find(printed)
        found = (at, at + len(printed)) if at >= 0 else next((one.span() for one in _FIGURE.finditer(text)), None)
        if found is None:
            return
        edited = text[found[0] : found[1]]
        if edited != printed:
            self.altered.append(Altered(group.name, printed, edited))
        self.restored[free[found[0]]] = number
        self.swallowed |= set(free[found[0] : found[1]])

    # ------------------------------------------------------------ what stands

    def _paragraphs(self) -> list[Atoms]:
        out: list[list[Atom]] = [[]]
        done: set[int] = set()
        last = -1
        for j, atom in enumerate(self.came):
            i = self.match.get(j)
            if j in self.restored:
                out[-1] += self._whole(self.restored[j])
            if atom == BREAK:
                out.append([])
                last = i if i is not None else last
            elif i is not None:
                group = self.base[i].group
                if group and group in done:
                    last = i
                    continue
                out[-1] += self._unseen(i, last, out[-1])
                out[-1] += self._whole(group) if group else [self._kept(i, j)]
                done |= {group} if group else set()
                last = i
            elif j not in self.swallowed:
                out[-1].append(replace(atom, line=0))
        return [_trimmed(one) for one in out]

    def _kept(self, i: int, j: int) -> Atom:
        """A character that stands; in the editor's style."""
        ours, theirs = self.base[i], self.came[j]
        if ours.kind == "char" and ours.style != theirs.style:
            return replace(ours, style=theirs.style)
        return ours

    def _whole(self, group: int) -> list[Atom]:
        return [atom for atom in self.run.atoms if atom.group == group]

    def _unseen(self, i: int, last: int, out: Sequence[Atom]) -> list[Atom]:
        """The spaces and line ends of the Markdown before an atom that stands, where they still mean something."""
        hidden = self.hidden.get(self.base[i].at, [])
        if not out or last == i - 1:
            return hidden if out else []
        ends = [atom for atom in hidden if atom.kind == "break"]
        return ends[:1] if out[-1].kind != "break" else []

    def _lost(self, out: Sequence[Atom]) -> list[str]:
        """The values whose figures were deleted."""
        names = Counter(group.name for group in self.run.groups.values() if group.kind == "value")
        stand = Counter(self.run.groups[number].name for number in {a.group for a in out if a.group and a.line}
                        if self.run.groups[number].kind == "value")
        came = Counter(atom.name for atom in out if atom.kind == "value" and not atom.line)
        return [name for name, count in names.items() if count > stand[name] + came[tag_of(name)]]


def _hidden_before(atoms: Atoms) -> Mapping[int, list[Atom]]:
    """What does not print before each atom that does, by the place of the latter."""
    seen = {atom.at for atom in visible(atoms)}
    found: dict[int, list[Atom]] = {}
    hidden: list[Atom] = []
    for atom in atoms:
        if atom.at in seen:
            found[atom.at] = hidden
            hidden = []
        elif not atom.group:
            hidden = [*hidden, atom]
    return found


def _token(atom: Atom) -> tuple[str, str]:
    return ("para", "") if atom == BREAK else token(atom)


def _paged(atoms: Sequence[Atom]) -> str:
    """The words of a reference, whatever the number of the page in it."""
    return re.sub(r"\d+", "#", key(atoms))


def _trimmed(atoms: Sequence[Atom]) -> Atoms:
    """Without line ends and spaces at both ends."""
    kept = list(atoms)
    while kept and kept[-1].kind in ("break", "char") and kept[-1].shown in (" ", "\u3000"):
        kept.pop()
    while kept and kept[0].kind in ("break", "char") and kept[0].shown in (" ", "\u3000"):
        kept.pop(0)
    return tuple(kept)
