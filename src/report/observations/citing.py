"""Which footnotes support which words of a document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from report.observations.normalise import normalise
from report.sources.document import Block, Document, Note
from report.sources.sentences import CLAUSE_MARKS, CLOSERS, ENDS, Clause, Sentence, clauses, sentences

_MOST = 9  # marks on either side that a place may lean on
_NEAR = 12  # characters read beside a mark and at a clause's beginning
_STOPS = f"{CLAUSE_MARKS}{ENDS}.)）"
_ATTRIBUTED = re.compile("(?:根据|依据|据|按照|援引)(?!此|上述|该|这)")  # opens a clause that names a source
_STATES = re.compile("(?:数据)?(?:显示|指出|认为|表明|发现|预计|预测|估计|估算|测算|统计|披露|提出|称)")
_SAME = re.compile(
    "(?:该|此|上述|这份|这一|这部)(?:文件|报告|白皮书|法|条例|规定|规则|办法|行政令|命令|指令|备忘录|战略|计划|规划|方案"
    "|政策|声明|协议|指南|通知|意见|决定|公告)"
)


@dataclass(frozen=True)
class _Mark:
    """A mark behind character `index - 1` of its sentence, in clause number `clause`.

    One that `closes` words stands at a comma or stop and supports what it closes; any other stands behind a name, and
    supports what is said of it. One that `leads` names a source, whose word goes on in the sentences that follow.
    """

    index: int
    clause: int
    urls: tuple[str, ...]
    closes: bool
    leads: bool


@dataclass(frozen=True)
class _Marked:
    """A sentence, the indexes at which its clauses begin, its marks in order, and the URLs that support it where it
    has no mark of its own."""

    sentence: Sentence
    clauses: tuple[Clause, ...]
    marks: tuple[_Mark, ...] = ()
    carried: tuple[str, ...] = ()

    def at(self, offset: int) -> tuple[str, ...]:
        """The URLs for the words at a source offset."""
        if not self.marks:
            return self.carried
        index = bisect_left(self.sentence.offsets, offset)
        place = bisect_right(self.marks, index, key=lambda mark: mark.index)
        before = self.marks[max(0, place - _MOST) : place][::-1]
        after = self.marks[place : place + _MOST]
        named = list(takewhile(lambda mark: not mark.closes, before))
        told = [mark for mark in named if mark.clause == named[0].clause][::-1]
        return _urls(_chosen(told, after, _clause(self.clauses, index)))


class Citations:
    """The notes of a document by the words that they support.

    A mark behind a comma, semicolon or stop (or right before it) supports the words since the mark before it. A mark
    behind a name in mid-clause (《…法》^①规定) supports its clause up to the name and what follows in the sentence. A
    mark at a source that the sentence leans on (据《…》^①，; 《…》^①显示) supports besides the sentences that follow
    in the paragraph, up to the next mark or the next source. A sentence that opens with 该文件 and its like shares its
    note with the one before it, which names the document. A mark on a line of its own belongs to the words before it.
    """

    def __init__(self, document: Document) -> None:
        self._blocks: dict[int, list[_Marked]] = {}
        if any(note.urls for note in document.notes):
            for number, notes in _marked_blocks(document).items():
                self._blocks[number] = _sentences(document.blocks[number], notes)

    def at(self, block: int, offset: int) -> tuple[str, ...]:
        """URLs for the words at the source offset in block number `block`, in order, each once; () for none."""
        found = self._blocks.get(block, [])
        place = bisect_right(found, offset, key=lambda marked: marked.sentence.start) - 1
        return found[place].at(offset) if place >= 0 else ()


def _marked_blocks(document: Document) -> dict[int, list[Note]]:
    """The notes by the block whose text stands last before their mark."""
    ends = sorted((end, number) for number, block in enumerate(document.blocks) for _, end in block.spans)
    found: dict[int, list[Note]] = defaultdict(list)
    for note in document.notes:
        place = bisect_right(ends, (note.mark_start, len(document.blocks))) - 1
        if note.mark_start >= 0 and place >= 0:
            found[ends[place][1]].append(note)
    return found


def _sentences(block: Block, notes: list[Note]) -> list[_Marked]:
    found = [_Marked(sentence, tuple(clauses(sentence))) for sentence in sentences(block)]
    marks: dict[int, list[_Mark]] = defaultdict(list)
    for note in sorted(notes, key=lambda note: note.mark_start):
        place = bisect_right(found, note.mark_start, key=lambda marked: marked.sentence.start) - 1
        if place >= 0:
            marks[place].append(_mark(found[place], note))
    return _carried([replace(marked, marks=tuple(marks[place])) for place, marked in enumerate(found)])


def _mark(marked: _Marked, note: Note) -> _Mark:
    """How a mark stands in its sentence, whose text holds no marks: those of one place have the same neighbours."""
    index = bisect_left(marked.sentence.offsets, note.mark_start)
    before = normalise(marked.sentence.text[max(0, index - _NEAR) : index]).rstrip()
    after = normalise(marked.sentence.text[index : index + _NEAR]).lstrip()
    number = _clause(marked.clauses, index - 1)
    attributed = bool(after) and _ATTRIBUTED.match(_opening(marked.clauses[number])) is not None
    listed = after[:1] == "、" and before[-1:] not in (*CLOSERS,)
    closes = not after or listed or before[-1:] in (*_STOPS,) or after[0] in _STOPS
    leads = attributed or not closes and _STATES.match(after) is not None
    return _Mark(index, number, note.urls, closes and not leads, leads)


def _clause(found: Sequence[Clause], index: int) -> int:
    """The number of the clause that holds the character, or that the clause mark there ends."""
    return max(0, bisect_right(found, index, key=lambda clause: clause.start_index) - 1)


def _opening(clause: Clause) -> str:
    return normalise(clause.text[:_NEAR]).lstrip()


def _chosen(told: list[_Mark], after: tuple[_Mark, ...], clause: int) -> list[_Mark]:
    """The marks that support a place: `told` are those at the last name before it, `after` those that follow."""
    own = [mark for mark in after[:1] if not mark.closes and mark.clause == clause]
    closing = [mark for mark in after if mark.closes][:1]
    found = own or [*told, *closing] or list(after[:1])
    return [*found, *(mark for mark in after if found and mark.index == found[-1].index)]


def _urls(marks: list[_Mark]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(url for mark in marks for url in mark.urls))


def _carried(found: list[_Marked]) -> list[_Marked]:
    """The sentences of a paragraph; one without a mark has what a source before it or a 该文件 behind it says."""
    result: list[_Marked] = []
    leading: tuple[str, ...] = ()
    for marked in found:
        if marked.marks:
            leading = _urls([mark for mark in marked.marks if mark.leads]) if marked.marks[-1].leads else ()
        elif any(_ATTRIBUTED.match(_opening(clause)) for clause in marked.clauses):
            leading = ()
        result.append(replace(marked, carried=leading))
    for place, (first, second) in enumerate(pairwise(result)):
        if second.marks and "》" in first.sentence.text and _SAME.match(normalise(second.sentence.text[:_NEAR])):
            result[place] = replace(first, carried=second.at(second.sentence.start))
    return result
