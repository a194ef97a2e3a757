"""Numbers of headings, figures and tables, and the words that refer to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from report.content.prose import Head, Pictured, Place, Prose, Tabled, place_of, walk
from report.errors import Issue

# Ids of the parts that the press makes itself.
TAKEN = frozenset(
    (
        "abstract", "contents", "figures", "tables", "annex", "annex-values", "annex-words", "annex-table",
        "annex-findings", "annex-findings-table", "references",
    )
)
_DIGITS = "〇一二三四五六七八九"


def han(number: int) -> str:
    """1–99 in Chinese numerals, as chapters are numbered (GB/T 15835 §4.2): 十一, 二十."""
    if not 1 <= number <= 99:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return lead + (_DIGITS[ones] if ones else "")


@dataclass
class Counter:
    """Counts headings: 一、 or （一） or 1. after the level; a higher one starts the lower anew."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0])

    def number(self, level: int) -> str:
        """The number of the next heading of that level (1–3)."""
        self.counts[level - 1] += 1
        self.counts[level:] = [0] * (3 - level)
        count = self.counts[level - 1]
        return {1: f"{han(count)}、", 2: f"（{han(count)}）", 3: f"{count}."}[level]

    def reference(self, level: int) -> str:
        """How the heading last numbered is referred to: 第二章, 第二章（一）, 第二章（一）1."""
        words = (f"第{han(self.counts[0])}章" if self.counts[0] else "", "", "")
        second = f"（{han(self.counts[1])}）" if level > 1 and self.counts[1] else ""
        return words[0] + second + (str(self.counts[2]) if level > 2 else "")


@dataclass(frozen=True)
class Numbering:
    """What each block is called: `heads` (number, id) by place, `figures` and `tables` their numbers by
    place, `refs` the words for every id that can be referred to."""

    heads: dict[Place, tuple[str, str]]
    figures: dict[Place, int]
    tables: dict[Place, int]
    refs: dict[str, str]


def number_blocks(proses: Iterable[Prose], labels: dict[str, str]) -> tuple[Numbering, list[Issue]]:
    """Numbers for the blocks of all sections in order, and the ids that are used twice."""
    counters = {part: Counter() for part in ("series", "abstract", "body", "annex")}
    found = Numbering({}, {}, {}, {})
    issues: list[Issue] = []
    for prose in proses:
        for block in walk(prose.blocks):
            match block:
                case Head():
                    ident, words = _head(block, prose, found, counters[prose.part])
                case Pictured():
                    place = place_of(block, prose)
                    found.figures[place] = len(found.figures) + 1
                    ident, words = block.chart, f"{labels.get('figure', '图')}{found.figures[place]}"
                case Tabled():
                    place = place_of(block, prose)
                    found.tables[place] = len(found.tables) + 1
                    words = f"{labels.get('table', '表')}{found.tables[place]}"
                    ident = block.id or f"table-{found.tables[place]}"
                case _:
                    continue
            if ident in found.refs or ident in TAKEN:
                problem = f"名字“{ident}”" + ("程序已用" if ident in TAKEN else "用了两次")
                issues.append(Issue(where=f"{prose.file}:{block.line}", problem=problem, hint="换一个名字"))
            found.refs[ident] = words
    return found, issues


def _head(head: Head, prose: Prose, found: Numbering, counter: Counter) -> tuple[str, str]:
    """The heading's id and the words that refer to it; its number is noted."""
    title = "".join(getattr(piece, "text", "") for piece in head.pieces).strip()
    numbered = head.numbered and prose.part in ("body", "annex")
    number = counter.number(head.level) if numbered else ""
    ident = head.id or f"section-{len(found.heads) + 1}"
    found.heads[place_of(head, prose)] = (number, ident)
    return ident, counter.reference(head.level) if numbered else title
